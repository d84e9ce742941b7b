"""The script of the fixture recordings: who says what."""

from dataclasses import dataclass

from benchmarks.hearing.fixtures import Kind

FLITE = ("slt", "rms", "awb")  # the others are espeak-ng's


@dataclass(frozen=True, slots=True)
class Line:
    """One recording to make.

    Args:
        name: Of the file.
        kind: What it tries.
        voice: Of flite or espeak-ng.
        text: As it is transcribed; "…" is a pause.
        pause: Seconds of it.
        spelling: What the voice is to read, where that is another script.
    """

    name: str
    kind: Kind
    voice: str
    text: str
    pause: float = 0.0
    spelling: str = ""


QUESTIONS = (
    Line("opening_hours", Kind.QUESTION, "slt", "what are your opening hours"),
    Line("book_appointment", Kind.QUESTION, "en-gb-x-rp", "i want to book an appointment"),
    Line("cost", Kind.QUESTION, "rms", "how much does a cleaning cost"),
    Line("sunday", Kind.QUESTION, "awb", "are you open on sunday"),
    Line("doctor", Kind.QUESTION, "en-us+f3", "can i speak to the doctor"),
    Line("friday", Kind.QUESTION, "en-us", "please change my appointment to friday"),
)
SHORT = (
    Line("yes_slt", Kind.SHORT, "slt", "yes"),
    Line("yes_british", Kind.SHORT, "en-gb-x-rp", "yes"),
    Line("yes_rms", Kind.SHORT, "rms", "yes"),
    Line("no_awb", Kind.SHORT, "awb", "no"),
    Line("no_woman", Kind.SHORT, "en-us+f3", "no"),
    Line("no_rms", Kind.SHORT, "rms", "no"),
    Line("haan_ji", Kind.SHORT, "hi", "haan ji", spelling="हाँ जी"),
    Line("ji", Kind.SHORT, "hi", "ji", spelling="जी"),
    Line("okay_slt", Kind.SHORT, "slt", "okay"),
    Line("okay_american", Kind.SHORT, "en-us", "okay"),
    Line("four_rms", Kind.SHORT, "rms", "four"),
    Line("four_british", Kind.SHORT, "en-gb-x-rp", "four"),
    Line("twenty_five_slt", Kind.SHORT, "slt", "twenty five"),
    Line("twenty_five_awb", Kind.SHORT, "awb", "twenty five"),
    Line("monday_woman", Kind.SHORT, "en-us+f3", "monday"),
    Line("monday_rms", Kind.SHORT, "rms", "monday"),
)
_TEN = "nine eight seven six five … four three two one zero"
_MINE = "my number is … nine eight seven six"
_LIKE = "i would like … to book an appointment"
_TELL = "can you tell me … how much a filling costs"
PAUSES = (
    Line("like_to_500", Kind.PAUSE, "slt", _LIKE, 0.5),
    Line("like_to_800", Kind.PAUSE, "en-gb-x-rp", _LIKE, 0.8),
    Line("like_to_1000", Kind.PAUSE, "rms", _LIKE, 1.0),
    Line("tell_me_800", Kind.PAUSE, "awb", _TELL, 0.8),
    Line("ten_digits_500", Kind.NUMBER, "slt", _TEN, 0.5),
    Line("ten_digits_800", Kind.NUMBER, "en-gb-x-rp", _TEN, 0.8),
    Line("ten_digits_1000", Kind.NUMBER, "rms", _TEN, 1.0),
    Line("my_number_800", Kind.NUMBER, "awb", _MINE, 0.8),
    Line("my_number_1000", Kind.NUMBER, "en-us+f3", _MINE, 1.0),
)
BARGE_INS = (
    Line("wait", Kind.BARGE_IN, "rms", "wait"),
    Line("stop", Kind.BARGE_IN, "slt", "stop"),
    Line("no_no", Kind.BARGE_IN, "en-gb-x-rp", "no no"),
    Line("excuse_me", Kind.BARGE_IN, "awb", "excuse me"),
    Line("something_else", Kind.BARGE_IN, "en-us+f3", "actually i wanted something else"),
    Line("wait_a_minute", Kind.BARGE_IN, "en-us", "wait a minute"),
)
BACKCHANNELS = (
    Line("hmm_rms", Kind.BACKCHANNEL, "rms", "hmm"),
    Line("hmm_slt", Kind.BACKCHANNEL, "slt", "hmm"),
    Line("uh_huh", Kind.BACKCHANNEL, "awb", "uh huh"),
    Line("haan", Kind.BACKCHANNEL, "hi", "haan", spelling="हाँ"),
    Line("acha", Kind.BACKCHANNEL, "hi", "acha", spelling="अच्छा"),
)
LINES = (*QUESTIONS, *SHORT, *PAUSES, *BARGE_INS, *BACKCHANNELS)
VARIED = ("opening_hours", "no_rms", "twenty_five_slt")  # these are also made on bad lines
