"""The settings that dialling needs, and what is missing of them."""

from urllib.parse import quote

from shared.settings.settings import Env, Settings
from shared.telephony.connect_mode import ConnectMode
from shared.telephony.rest.connect_request import Account
from shared.telephony.stream.audio import DEFAULT_SAMPLE_RATE

ALWAYS = (
    "exotel_account_sid",
    "exotel_api_key",
    "exotel_api_token",
    "exotel_phone_number",
    "start_api_key",
)


def faults_of_dialling(settings: Settings) -> list[str]:
    """The faults that keep this process from dialling."""
    missing = settings.missing(ALWAYS)
    faults = [f"{', '.join(missing)}: POST /start needs it"] if missing else []
    if not 8 <= sum(map(str.isdigit, settings.exotel_phone_number)) <= 15 and not missing:
        faults.append("EXOTEL_PHONE_NUMBER: this is your ExoPhone's number, such as 08047112233")
    if fault := fault_of_mode(settings, settings.exotel_connect_mode):
        faults.append(f"EXOTEL_CONNECT_MODE={settings.exotel_connect_mode}: {fault}")
    if bool(settings.pipecat_cloud_agent) != bool(settings.pipecat_cloud_organization):
        faults.append("PIPECAT_CLOUD_AGENT and PIPECAT_CLOUD_ORGANIZATION go together")
    return faults


def fault_of_mode(settings: Settings, mode: ConnectMode) -> str:
    """The fault that forbids to dial in this mode, or ""."""
    traits = mode.traits
    if traits.dial_names_flow and not settings.exotel_flow_id:
        return "this mode needs EXOTEL_FLOW_ID, the flow in App Bazaar that takes the call"
    reached = settings.public_url or on_pipecat_cloud(settings)
    if traits.dial_names_socket and not reached:
        return "this mode needs PUBLIC_URL, where Exotel opens the socket"
    return ""


def account_of(settings: Settings) -> Account:
    """Our account at Exotel."""
    return Account(
        sid=settings.exotel_account_sid,
        api_key=settings.exotel_api_key.get_secret_value(),
        api_token=settings.exotel_api_token.get_secret_value(),
        exophone=settings.exotel_phone_number,
        api_url=settings.exotel_api_url,
    )


def on_pipecat_cloud(settings: Settings) -> bool:
    """Whether it's Pipecat Cloud that talks with the people whom we ring."""
    return settings.env is Env.PRODUCTION and bool(settings.pipecat_cloud_agent)


def stream_url(settings: Settings, token: str) -> str:
    """The socket that Exotel opens in voice-ai mode."""
    rate = settings.exotel_sample_rate or DEFAULT_SAMPLE_RATE
    if not on_pipecat_cloud(settings):
        sockets = settings.public_url.replace("http", "ws", 1)
        return f"{sockets}/ws/{token}?sample-rate={rate}"
    region = f"{settings.pipecat_cloud_region}." if settings.pipecat_cloud_region else ""
    host = f"{settings.pipecat_cloud_agent}.{settings.pipecat_cloud_organization}"
    return f"wss://{region}api.pipecat.daily.co/ws/exotel?serviceHost={quote(host)}"


def status_callback(settings: Settings, token: str) -> str:
    """The URL of status callbacks; "" when Exotel couldn't reach us."""
    return f"{settings.public_url}/exotel/status/{token}" if settings.public_url else ""
