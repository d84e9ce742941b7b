"""What the bot says when its LLM is not asked: lines that are sound before they are needed."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """One language's lines; `replace(ENGLISH, goodbye="…")` makes a bot's own.

    Attributes:
        still_there: After the first silence of the caller's.
        hello: After the second.
        nobody: After the third; the call ends with it.
        one_moment: When an answer takes long.
        again: When the caller was heard and not understood.
        go_on: When an answer has become long; the caller is to say whether they want the rest.
        sorry: When an answer has failed; the caller is to ask once more.
        giving_up: When it has failed again; the call ends with it, or a person takes over.
        minute_left: A minute before the call has lasted as long as it may.
        time_is_up: When it has; the call ends with it.
        goodbye: When the LLM hangs up without a word.
        connecting: Before a person takes over.
        no_agent: When nobody can.
    """

    still_there: str
    hello: str
    nobody: str
    one_moment: str
    again: str
    go_on: str
    sorry: str
    giving_up: str
    minute_left: str
    time_is_up: str
    goodbye: str
    connecting: str
    no_agent: str

    def __iter__(self) -> Iterator[str]:
        """Each of them."""
        return iter(astuple(self))

    @property
    def excuses(self) -> tuple[str, ...]:
        """Those that are said in place of an answer."""
        return self.one_moment, self.again, self.sorry, self.giving_up


ENGLISH = Prompts(
    still_there="Are you still there?",
    hello="Hello? I can't hear you.",
    nobody="I can't hear anybody, so I am hanging up now. Please call again. Goodbye.",
    one_moment="One moment, please.",
    again="Sorry, I did not catch that. Could you say it again?",
    go_on="Shall I go on?",
    sorry="I am sorry, something went wrong here. Could you say that once more?",
    giving_up="I am sorry, we have a technical problem. Please call again later. Goodbye.",
    minute_left="By the way, this call can go on for one more minute.",
    time_is_up="I am sorry, our time is up. Thank you for calling. Goodbye.",
    goodbye="Goodbye.",
    connecting="I am connecting you. Please hold the line.",
    no_agent="I am sorry, I can't connect you at the moment.",
)

HINDI = Prompts(
    still_there="क्या आप लाइन पर हैं?",
    hello="हैलो? आपकी आवाज़ नहीं आ रही है।",
    nobody="आपकी आवाज़ नहीं आ रही है, इसलिए मैं फ़ोन रख रही हूँ। कृपया फिर से कॉल कीजिए। नमस्ते।",
    one_moment="कृपया एक क्षण रुकिए।",
    again="माफ़ कीजिए, मैं समझ नहीं पाई। क्या आप फिर से बोलेंगे?",
    go_on="क्या मैं आगे बताऊँ?",
    sorry="माफ़ कीजिए, यहाँ कुछ गड़बड़ हो गई। क्या आप एक बार फिर बोलेंगे?",
    giving_up="माफ़ कीजिए, हमारे यहाँ तकनीकी समस्या है। कृपया थोड़ी देर बाद कॉल कीजिए। नमस्ते।",
    minute_left="यह कॉल अब एक मिनट और चल सकती है।",
    time_is_up="माफ़ कीजिए, हमारा समय पूरा हो गया है। कॉल करने के लिए धन्यवाद। नमस्ते।",
    goodbye="नमस्ते।",
    connecting="मैं आपकी बात करवा रही हूँ। कृपया लाइन पर बने रहिए।",
    no_agent="माफ़ कीजिए, अभी किसी से बात नहीं हो पाएगी।",
)

_BY_LANGUAGE = {"en": ENGLISH, "hi": HINDI}


def prompts_in(language: str) -> Prompts:
    """The lines for a code such as `hi-IN`; in English where there are none in that language."""
    return _BY_LANGUAGE.get(language.partition("-")[0].lower(), ENGLISH)
