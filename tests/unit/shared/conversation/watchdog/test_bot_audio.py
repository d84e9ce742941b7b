"""The bot's sound on its way: when it ends, and what it says about the TTS."""

from shared.conversation.watchdog.bot_audio import BotAudio

T = 100.0


def test_bot_audio_is_played_piece_behind_piece_until_an_interruption() -> None:
    audio = BotAudio()
    audio.send(T, 2.0, by_tts=True)
    audio.send(T + 0.1, 3.0, by_tts=True)
    assert audio.until == T + 5.0
    audio.interrupt(T + 1.0)
    assert audio.until == T + 1.0
    audio.interrupt(T + 2.0)
    assert audio.until == T + 1.0


def test_a_prompt_is_known_to_be_played_for_as_long_as_it_lasts() -> None:
    audio = BotAudio()
    assert audio.prompt_left(T) == 0.0
    audio.send(T, 1.0, by_tts=False)
    assert audio.prompt_left(T + 0.25) == 0.75
    assert audio.prompt_left(T + 2.0) == 0.0


def test_a_tts_that_failed_is_trusted_when_it_is_heard_and_not_for_a_prompt() -> None:
    audio = BotAudio()
    audio.tts_failed()
    audio.send(T, 1.0, by_tts=False)
    assert audio.tts_fails
    audio.send(T, 1.0, by_tts=True)
    assert not audio.tts_fails
