import pytest

from shared.conversation.machine_words import Machine, normalise, perhaps_mailbox, recognise

MAILBOXES = [
    "You've reached Meera. I can't take your call right now, please leave a message after the tone",
    "Your call has been forwarded to an automated voice messaging system.",
    "The person you are calling is not available. At the tone, please record your message.",
    "Please leave your message after the beep",
    "The mailbox is full and cannot accept any messages at this time",
    "कृपया बीप के बाद अपना संदेश छोड़ें",
    "अपना मैसेज रिकॉर्ड कीजिए",
]
MENUS = [
    "Welcome to Sunrise Bank. For English, press 1. For Hindi, press 2.",
    "Thank you for calling. Please listen to the following options.",
    "Please enter your customer number followed by the hash key",
    "हिंदी के लिए एक दबाएं",
]
UNREACHABLE = [
    "The number you are calling is currently switched off. Please try again later.",
    "The subscriber you are trying to reach is not reachable at the moment",
    "The Airtel customer you have called is out of coverage area",
    "The number you have dialled does not exist. Please check the number you have dialled.",
    "आपके द्वारा डायल किया गया नंबर अभी स्विच ऑफ है",
    "जिस व्यक्ति को आप कॉल कर रहे हैं वह नेटवर्क कवरेज क्षेत्र से बाहर है",
]
HOLDS = [
    "The person you are calling is speaking to someone else. Please stay on the line.",
    "The number you",  # so far
    "Please hold the line",
    "जिस व्यक्ति को आप कॉल कर रहे हैं वह दूसरी कॉल पर व्यस्त हैं",
    "कृपया लाइन पर बने रहिए",
]
SCREENS = [
    "Hi, the person you're calling is using a screening service from Google, and will get a copy "
    "of this conversation. Go ahead and say your name, and why you're calling.",
    "Please state your name and the reason for your call",
]
PEOPLE = [
    "hello",
    "Hello? Hello, who is this? I can't hear you",
    "Yes, Meera speaking, who is calling please?",
    "Sorry, I am not available now, please call me back later",
    "He is not in. Would you like to leave a message?",
    "Sunrise Dental, good morning, how can I help you?",
    "हां जी, कौन बोल रहा है?",
    "नमस्ते, मैं अभी मीटिंग में हूं",
    "बोलिए, आवाज़ नहीं आ रही है",
]


@pytest.mark.parametrize(
    ("words", "machine"),
    [
        *((words, Machine.MAILBOX) for words in MAILBOXES),
        *((words, Machine.MENU) for words in MENUS),
        *((words, Machine.NOBODY) for words in UNREACHABLE),
        *((words, Machine.HOLD) for words in HOLDS),
        *((words, Machine.SCREEN) for words in SCREENS),
        *((words, None) for words in PEOPLE),
    ],
)
def test_machines_are_known_by_what_only_they_say(words: str, machine: Machine | None) -> None:
    assert recognise(words) == machine


@pytest.mark.parametrize(
    ("words", "perhaps"),
    [
        ("Hi, you have reached Meera", True),
        ("I am not available right now", True),
        ("Meera can't come to the phone", True),
        ("मैं अभी उपलब्ध नहीं हूं", True),
        ("Hello, who is this? I can't hear you", False),
        ("हैलो, कौन?", False),
    ],
)
def test_what_people_say_too_is_no_more_than_a_suspicion(words: str, perhaps: bool) -> None:
    assert recognise(words) is None
    assert perhaps_mailbox(words) is perhaps


def test_spelling_and_punctuation_make_no_difference() -> None:
    assert normalise("  You’ve REACHED -- Meera!  ") == "youve reached meera"
    assert normalise("फ़ोन") == normalise("फोन") == normalise("\u092b\u093c\u094b\u0928")
