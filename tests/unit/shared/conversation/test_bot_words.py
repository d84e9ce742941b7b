"""The bot's words: every reader is told of each text once, and of each pause."""

from pipecat.frames.frames import (
    AggregatedTextFrame,
    BotStoppedSpeakingFrame,
    InterruptionFrame,
    TTSTextFrame,
)
from pipecat.utils.text.base_text_aggregator import TextType

from shared.conversation.bot_words import BotWords
from tests.support.pipeline import on_stage


class Notes:
    def __init__(self) -> None:
        self.read: list[str] = []

    def bot_says(self, text: str) -> None:
        self.read.append(text)

    def bot_pauses(self) -> None:
        self.read.append("…")


async def test_every_reader_is_told_of_texts_and_pauses_but_not_of_their_words() -> None:
    first, second = Notes(), Notes()
    async with on_stage(BotWords(first, second)) as stage:
        await stage.plays(AggregatedTextFrame("What is it?", TextType.SENTENCE))
        await stage.plays(TTSTextFrame("What", TextType.WORD))
        await stage.plays(BotStoppedSpeakingFrame())
        await stage.plays(InterruptionFrame())
    assert first.read == second.read
    assert first.read[0] == "What is it?"
    assert first.read.count("What is it?") == 1
    assert set(first.read[1:]) == {"…"}
