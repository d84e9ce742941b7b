"""The configuration of one process: read once at start-up, checked as a whole, never changed."""

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import unquote

from pydantic import ConfigDict, Field, PrivateAttr, SecretStr, ValidationError

from shared.settings.credentials import faults_in_url, faults_of_pair, faults_of_secret
from shared.settings.env_file import EnvFile
from shared.settings.provider_settings import NO_SECRET, ProviderSettings
from shared.settings.unknown_names import unknown_names
from shared.settings.values import (
    HYPHENED,
    PRIVATE_NETWORKS,
    UPPER,
    Countries,
    PhoneNumbers,
    PublicUrl,
    SampleRate,
    TrustedHosts,
    Voicemail,
    fault,
    unquoted,
)
from shared.telephony.connect_mode import ConnectMode

ALIASES = {"exotel_sid": "exotel_account_sid"}  # what Pipecat's example calls it
ENV_FILE = Path(".env")


class Env(StrEnum):
    """The environment of the process, which decides how strict it is."""

    LOCAL = "local"
    PRODUCTION = "production"


class LogFormat(StrEnum):
    """The format of the log, for a person or for a log collector."""

    TEXT = "text"
    JSON = "json"


class ConfigurationError(Exception):
    """The process can't start as it is configured; `faults` says everything that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(["The configuration is not complete:", *(f"  - {f}" for f in self.faults)])


class Settings(ProviderSettings):
    """Every setting, in the order of `.env.example`; `MAX_CALLS` is the field `max_calls`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    # Where it runs
    env: Annotated[Env, HYPHENED] = Env.LOCAL
    host: str = ""  # empty: 127.0.0.1 when local, every interface in production
    port: int = Field(default=7860, ge=0, le=65535)
    bot: str = ""  # who answers, a module or a file; empty: the app's own bot.py
    log_format: Annotated[LogFormat, HYPHENED] = LogFormat.TEXT
    log_level: Annotated[Literal["TRACE", "DEBUG", "INFO", "WARNING", "ERROR"], UPPER] = "INFO"
    show_conversation: bool = False  # print what is said, on stdout; never in production

    # Exotel's API, to dial
    exotel_account_sid: str = ""
    exotel_api_key: SecretStr = NO_SECRET
    exotel_api_token: SecretStr = NO_SECRET
    exotel_phone_number: str = ""  # our ExoPhone, as Exotel's dashboard writes it
    exotel_api_url: str = Field(default="https://api.exotel.com", pattern=r"^https?://[\w.:-]+/?$")
    exotel_connect_mode: Annotated[ConnectMode, HYPHENED] = ConnectMode.TWO_NUMBERS
    exotel_flow_id: str = Field(default="", pattern="^[0-9A-Za-z]*$")
    dials_per_minute: int = Field(default=200, gt=0)  # Exotel's limit for an account
    max_dials_per_person: int = Field(default=5, ge=0)  # in 24 hours; 0 is no limit
    dial_countries: Countries = ("IN",)  # where /start may ring somebody
    voicemail: Annotated[Voicemail, HYPHENED] = Voicemail.HANG_UP  # when a machine answers
    start_api_key: SecretStr = NO_SECRET
    pipecat_cloud_agent: str = Field(default="", pattern="^[0-9A-Za-z-]*$")
    pipecat_cloud_organization: str = Field(default="", pattern="^[0-9A-Za-z-]*$")
    pipecat_cloud_region: str = Field(default="", pattern="^[0-9A-Za-z-]*$")

    # Exotel's way to us
    public_url: PublicUrl = ""
    forwarded_allow_ips: TrustedHosts = PRIVATE_NETWORKS  # whose X-Forwarded-… headers count
    exotel_sample_rate: SampleRate | None = None  # None takes what Exotel says in each call
    ws_username: str = ""
    ws_password: SecretStr = NO_SECRET

    # Transfer of the caller to a person, in a flow
    transfer_numbers: PhoneNumbers = ()  # who takes over, in E.164; the bot may name others
    transfer_ring_secs: int = Field(default=30, ge=5, le=120)
    transfer_record: bool = False

    # Limits
    max_calls: int = Field(default=20, gt=0)
    max_call_secs: float = Field(default=1_800, ge=30, le=3_500)  # Exotel's stream ends at 3,600
    drain_secs: float = Field(default=120, ge=0)

    # The record of the calls
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///voicebot.db")

    _senseless: list[str] = PrivateAttr(default_factory=list)
    _warnings: list[str] = PrivateAttr(default_factory=list)

    @classmethod
    def load(cls, env_file: Path | None = ENV_FILE, **options: str) -> Self:
        """Read the process environment, what it doesn't say from `env_file`, and `options` first.

        What the file says is in the environment from then on, for the bot's own code too: as with
        `docker run --env-file`.

        Raises:
            ConfigurationError: If the file can't be read.
        """
        started_with = list(os.environ)
        file = _read(env_file) if env_file else EnvFile()
        for name, value in file.values.items():
            os.environ.setdefault(name, value)
        settings = cls.parse({**os.environ, **options})
        known = {name.upper() for name in (*cls.model_fields, *ALIASES)}
        settings._warnings += [f"{env_file}, line {line}: not NAME=value" for line in file.broken]
        settings._warnings += unknown_names(file.values, started_with, known)
        return settings

    @classmethod
    def parse(cls, environment: Mapping[str, str | None]) -> Self:
        """Read settings from environment variables; an empty one counts as not set.

        A value that makes no sense is replaced by its default, and `faults` tells.
        """
        given = {name.lower(): unquoted(value) for name, value in environment.items() if value}
        for alias, name in ALIASES.items():
            if alias in given:
                given.setdefault(name, given[alias])
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            senseless = {str(e["loc"][0]): fault(e) for e in error.errors()}
            settings = cls.model_validate({n: v for n, v in given.items() if n not in senseless})
            settings._senseless += [f"{name.upper()}: {why}" for name, why in senseless.items()]
            return settings

    @property
    def address(self) -> str:
        """The address to listen on."""
        return self.host or ("127.0.0.1" if self.env is Env.LOCAL else "0.0.0.0")

    @property
    def warnings(self) -> list[str]:
        """The names that were read and have no effect: most often a name with a typing error."""
        return list(self._warnings)

    @property
    def secrets(self) -> list[str]:
        """The secrets that no log line may show, also in the pairs that HTTP Basic makes."""
        values = {n: v.get_secret_value() for n, v in self if isinstance(v, SecretStr)}
        in_url = re.search(r"://[^:/?#]*:(.*)@", values.pop("database_url"))
        password = in_url[1] if in_url else ""
        pairs = [
            f"{self.ws_username}:{values['ws_password']}",
            f"{values['exotel_api_key']}:{values['exotel_api_token']}",
        ]
        known = [*values.values(), password, unquote(password), *pairs]
        return [secret for secret in known if secret.strip(":")]

    def missing(self, names: tuple[str, ...]) -> list[str]:
        """Those of the settings called `names` that are empty, as environment variables."""
        return [name.upper() for name in names if not _text(getattr(self, name))]

    def faults(self, *, takes_calls: bool = True, serves: bool = True) -> list[str]:
        """The faults that forbid to start with these settings.

        Args:
            takes_calls: Whether this process has a socket that anybody could open.
            serves: Whether anybody reaches this process by an address of its own. An agent on
                Pipecat Cloud has neither: the platform takes its connections.
        """
        faults = [*self._senseless]
        if self.env is Env.PRODUCTION and self.show_conversation:
            faults.append("SHOW_CONVERSATION: what callers say is not for the logs of production")
        if serves:
            faults += self._faults_of_serving(takes_calls)
        return faults

    def _faults_of_serving(self, takes_calls: bool) -> list[str]:
        strict = self.env is Env.PRODUCTION
        faults = []
        if strict and self.public_url.startswith("http:"):
            faults.append("PUBLIC_URL: in production Exotel must reach the bot by https")
        username, password = self.ws_username, self.ws_password.get_secret_value()
        if takes_calls:
            faults += faults_of_pair(username, password, strict=strict)
        faults += faults_in_url(username, password)
        if strict:
            faults += faults_of_secret("WS_PASSWORD", password, 16, username)
            faults += faults_of_secret("START_API_KEY", self.start_api_key.get_secret_value(), 32)
        return faults


def _read(path: Path) -> EnvFile:
    try:
        return EnvFile.read(path) if path != ENV_FILE or path.exists() else EnvFile()
    except UnicodeDecodeError as error:
        raise ConfigurationError([f"{path} is not UTF-8 text: save it as such"]) from error
    except OSError as error:
        raise ConfigurationError([f"{path} can't be read: {error.strerror}"]) from error


def _text(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value or "")
