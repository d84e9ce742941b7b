"""The settings of the STT, the LLM, the TTS and their vendors."""

from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

from shared.settings.values import HYPHENED, DeepgramUrl, WebsocketUrl, WebUrl

NO_SECRET = SecretStr("")
MAX_CONTEXT_TOKENS = 16_000  # about an hour of talk

Name = Annotated[str, HYPHENED]


class ProviderSettings(BaseModel):
    """The choice of providers, by the names of shared/providers/catalogue, and their settings."""

    stt: Name = "deepgram"
    llm: Name = "openai"
    tts: Name = "cartesia"
    stt_fallback: Name = ""  # who takes over in a call when the first one fails
    llm_fallback: Name = ""
    tts_fallback: Name = ""
    max_context_tokens: int = Field(default=MAX_CONTEXT_TOKENS, ge=500)  # of the conversation
    deepgram_api_key: SecretStr = NO_SECRET
    deepgram_base_url: DeepgramUrl = ""
    openai_api_key: SecretStr = NO_SECRET
    openai_base_url: WebUrl = ""
    openai_model: str = "gpt-4.1"
    openai_compatible_url: WebUrl = ""
    openai_compatible_api_key: SecretStr = NO_SECRET
    openai_compatible_model: str = ""
    cartesia_api_key: SecretStr = NO_SECRET
    cartesia_url: WebsocketUrl = "wss://api.cartesia.ai/tts/websocket"
    cartesia_voice_id: str = ""
    sarvam_api_key: SecretStr = NO_SECRET
    sarvam_url: WebsocketUrl = "wss://api.sarvam.ai"  # of its STT and its TTS
    sarvam_model: str = "sarvam-105b-conversations"
    elevenlabs_api_key: SecretStr = NO_SECRET
    elevenlabs_url: WebsocketUrl = "wss://api.elevenlabs.io"
    elevenlabs_voice_id: str = ""
    soniox_api_key: SecretStr = NO_SECRET
    soniox_url: WebsocketUrl = "wss://stt-rt.soniox.com/transcribe-websocket"
    google_application_credentials: str = ""  # the path of a service account's key
    google_api_key: SecretStr = NO_SECRET
    google_model: str = "gemini-3.6-flash"
    azure_speech_key: SecretStr = NO_SECRET
    azure_speech_region: str = ""
    azure_openai_api_key: SecretStr = NO_SECRET
    azure_openai_endpoint: WebUrl = ""
    azure_openai_deployment: str = ""
    whisper_model: str = "small"
