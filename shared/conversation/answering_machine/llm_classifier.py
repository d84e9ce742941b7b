"""Asks the LLM whether a person or a machine has answered, where the words leave it open."""

from loguru import logger
from pipecat.classifiers.base_classifier import ChoiceQuestion, ClassifierError
from pipecat.classifiers.llm.classifier import LLMClassifier
from pipecat.pipeline.llm_switcher import LLMSwitcher
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.services.llm_service import LLMService

from shared.languages.machine_phrases import AnsweredBy

ASK_SECS = 3.0  # for the answer; without one it is a person
SURE = 0.8  # of a machine; hanging up on a person is the worse mistake

QUESTION = ChoiceQuestion(
    instructions="A bot has rung somebody. This is what was heard when the call was answered, as a "
    "speech recogniser wrote it. Who speaks?",
    options={
        "person": "somebody who says hello, asks who is there or talks to the bot, at whatever "
        "length and in whatever language; also a relative or a colleague who answers for somebody "
        '("his phone is switched off, I am his wife", "you can leave a message with me"), and a '
        "call screening assistant that asks who calls and why; also whenever it is not clear",
        "mailbox": "the recorded greeting of an answering machine or voicemail, which regrets that "
        "nobody can take the call or invites to leave a message",
        "menu": "a company's recorded voice that offers keys to press, or tells its opening hours",
        "operator": "the telephone network, which says that the number can't be reached",
    },
)
MACHINES = {
    "mailbox": AnsweredBy.MAILBOX,
    "menu": AnsweredBy.MENU,
    "operator": AnsweredBy.NOBODY,
}


async def ask_who(llm_service: FrameProcessor, words: str) -> AnsweredBy | None:
    """Ask which machine says this; None for a person, and whenever the LLM fails or is slow.

    Args:
        llm_service: Of this call; the question goes past its conversation.
        words: All that was heard so far.
    """
    llm = llm_service.active_llm if isinstance(llm_service, LLMSwitcher) else llm_service
    if not isinstance(llm, LLMService):
        return None
    try:
        answers = await LLMClassifier(llm=llm, timeout=ASK_SECS).choice(words, {"who": QUESTION})
    except ClassifierError as error:  # its text holds what the LLM said
        logger.info("the LLM can't tell who has answered: {}", type(error.__cause__ or error))
        return None
    answer = answers["who"]
    return MACHINES.get(answer.choice) if answer.confidence >= SURE else None
