"""The bot's prompts in English."""

from shared.languages.prompts import Prompts

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
