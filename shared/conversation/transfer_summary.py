"""A summary of the conversation, in a few sentences for the person who takes the call over."""

from loguru import logger
from pipecat.pipeline.llm_switcher import LLMSwitcher
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.frame_processor import FrameProcessor
from pipecat.services.llm_service import LLMService

from shared.deadlines import within
from shared.languages.word_split import text_of

SUMMARY_SECS = 4.0  # the caller listens to the announcement meanwhile
MAX_TOKENS = 200
EXCERPT = 1_000  # characters of the conversation's end, where no summary can be had

INSTRUCTIONS = (
    "A caller and an assistant have talked on the phone, and a colleague takes the call over now. "
    "Tell the colleague in at most three short sentences of English who calls, what they want and "
    "what has been said or done already. Only facts from the conversation."
)


async def summarise(llm: FrameProcessor, context: LLMContext) -> str:
    """Sum the conversation up; its last words as they are, if the LLM doesn't within 4 s."""
    transcript = excerpt(context)
    question = LLMContext(messages=[{"role": "user", "content": transcript}])
    if transcript and isinstance(llm, LLMService | LLMSwitcher):
        try:
            asked = llm.run_inference(
                question, max_tokens=MAX_TOKENS, system_instruction=INSTRUCTIONS
            )
            summary = await within(SUMMARY_SECS, asked)
            if summary and summary.strip():
                return summary.strip()
        except Exception as error:  # noqa: BLE001  # whatever a vendor's client raises
            logger.warning("no summary of the conversation: {}", type(error).__name__)
    return transcript


def excerpt(context: LLMContext) -> str:
    """The end of a conversation, a line for each turn."""
    lines = [line for message in context.messages if (line := _line(message))]
    return "\n".join(lines)[-EXCERPT:]


def _line(message: object) -> str:
    match message:
        case {"role": "user" | "assistant" as role, "content": content} if content:
            return f"{'Caller' if role == 'user' else 'Bot'}: {text_of(content)}"
    return ""
