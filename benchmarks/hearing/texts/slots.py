"""The slots of a template, filled by lot: names, numbers, addresses, dates, e-mail addresses."""

import re
from collections.abc import Callable
from random import Random

from benchmarks.hearing.texts.amounts import amount, hindi_amount
from benchmarks.hearing.texts.numbers import HINDI_COUNTS, digits_said, english, ordinal
from benchmarks.hearing.texts.texts import ENGLISH, Both, Texts, words

SLOT = re.compile(r"\{(\w+)\}")
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
FORMS = {  # letters as A, digits as 1
    "PAN number": "AAAAA 1111 A",
    "passport number": "A 1111 111",
    "driving licence number": "AA 11 1111 1111 111",
    "voter id": "AAA 1111 111",
}


class Slots:
    """Values for the slots of one utterance and of the question before it.

    Attributes:
        digits: The ten of the phone number that was drawn.
    """

    def __init__(self, texts: Texts, language: str, dice: Random) -> None:
        self.digits = ""
        self._texts = texts
        self._english = language == ENGLISH
        self._language = language
        self._dice = dice
        self._name = ""
        self._count = dice.choice((4, 6))
        self._document = self._listed("document")[0] if self._english else ""
        self._made: dict[str, Callable[[], Both]] = {
            "phone": self._phone,
            "pin": lambda: self._digits(
                self._drawn(6, "12345678"), self._dice.choice(("3 3", "6", "2 2 2"))
            ),
            "otp": self._otp,
            "card": lambda: self._digits(self._drawn(16, "456"), "4 4 4 4"),
            "aadhaar": lambda: self._digits(self._drawn(12, "23456789"), "4 4 4"),
            "identity": lambda: self._code(FORMS[self._document]),
            "reference": self._reference,
            "amount": lambda: amount(self._dice) if self._english else hindi_amount(self._dice),
            "date": self._date,
            "time": self._time if self._english else self._hindi_time,
            "email": self._email,
            "spelled": lambda: self._spelled(self._listed("name")[1]),
            "spelled_name": lambda: self._spelled(self._name),
            "address": self._address,
            "number": self._house_number,
            "count": lambda: (english(self._count),) * 2,
            "document": lambda: (self._document,) * 2,
        }

    def fill(self, template: Both) -> Both:
        """Put a value into each slot, the same in both writings."""
        values = [self._value(slot) for slot in SLOT.findall(template[0])]
        spoken, written = (
            _inserted(text, [v[n] for v in values]) for n, text in enumerate(template)
        )
        return spoken, written

    def _value(self, slot: str) -> Both:
        return self._made[slot]() if slot in self._made else self._listed(slot)

    def _listed(self, slot: str) -> Both:
        chosen = self._dice.choice(self._texts.values[slot])
        filled = self.fill(chosen) if "{" in chosen[0] else chosen
        if slot == "name":
            self._name = filled[1]
        return filled

    def _drawn(self, count: int, first: str = "0123456789") -> str:
        return self._dice.choice(first) + "".join(self._dice.choices("0123456789", k=count - 1))

    def _phone(self) -> Both:
        digits = self._drawn(10, "6789")
        if self._dice.random() < 0.4:  # people get numbers that one can remember
            at = self._dice.randrange(2, 8)
            digits = digits[:at] + digits[at] * 2 + digits[at + 2 :]
        self.digits = digits
        return self._digits(digits, self._listed("groups")[0])

    def _digits(self, digits: str, groups: str) -> Both:
        styles = ("", "", "double", "oh") if self._english else ("", "hinglish")
        style = self._dice.choice(styles)
        if self._english and set(groups) == {"2", " "}:
            style = "pairs"
        said: list[Both] = []
        for size in map(int, groups.split()):
            group, digits = digits[:size], digits[size:]
            said.append(digits_said(group, self._language, self._dice, style))
        return _joined(said, " | ")

    def _otp(self) -> Both:
        groups = {4: ("4", "2 2"), 6: ("6", "3 3", "2 2 2")}[self._count]
        return self._digits(self._drawn(self._count), self._dice.choice(groups))

    def _code(self, form: str) -> Both:
        groups = []
        for group in form.split():
            if "A" in group:
                letters = " ".join(self._dice.choices(LETTERS, k=len(group)))
                groups.append((letters, letters.lower()))
            else:
                groups.append(digits_said(self._drawn(len(group)), ENGLISH, self._dice, ""))
        return _joined(groups, " | ")

    def _reference(self) -> Both:
        form = self._listed("reference_form")[0].split()
        return self._code(" ".join("1" * int(part) if part.isdigit() else part for part in form))

    def _date(self) -> Both:
        month = self._listed("month")
        if not self._english:
            count = self._dice.choice(HINDI_COUNTS[:5])
            return f"{count[0]} {month[0]}", f"{count[1]} {month[1]}"
        day = ordinal(self._dice.randrange(1, 29))
        year = f"nineteen {english(self._dice.randrange(60, 99))}"
        forms = (
            f"{day} {month[0]}",
            f"the {day} of {month[0]}",
            f"{day} {month[0]} | {year}",
            f"{day} of {month[0]} | {year}",
            f"{month[0]} | {day} | two thousand and {english(self._dice.randrange(1, 12))}",
        )
        return (self._dice.choice(forms),) * 2

    def _time(self) -> Both:
        hour = english(self._dice.randrange(1, 12))
        forms = (
            *(f"half past {hour}", f"{hour} thirty", f"{hour} o'clock", f"quarter to {hour}"),
            *(f"{hour} p m", f"{hour} | or maybe half past {hour}"),
        )
        return (self._dice.choice(forms),) * 2

    def _hindi_time(self) -> Both:
        oclock, part = self._listed("oclock"), self._listed("daypart")
        hour = self._dice.choice((("चार", "char"), ("छह", "chhe"), ("नौ", "nau"), ("दस", "das")))
        half = self._dice.choice((("", ""), ("साढ़े ", "saadhe ")))
        at = [f"{half[n]}{hour[n]} {oclock[n]}" for n in (0, 1)]
        if self._dice.random() < 0.5:
            return at[0], at[1]
        return f"{part[0]} को | {at[0]}", f"{part[1]} ko | {at[1]}"

    def _email(self) -> Both:
        name, surname = self._listed("name"), self._listed("surname")
        digits = digits_said(self._drawn(2), ENGLISH, self._dice, "pairs")
        local = self._dice.choice(
            (
                (name, surname),
                (name, ("dot " + surname[0],) * 2),
                (name, ("underscore " + surname[0],) * 2),
                (name, digits),
                (self._spelled(name[1]), digits),
            )
        )
        at, domain, ending = (self._listed(slot) for slot in ("at", "domain", "ending"))
        host = tuple(f"{at[n]} {domain[n]} {ending[n]}" for n in (0, 1))
        return _joined([*local, (host[0], host[1])], " | ")

    def _spelled(self, word: str) -> Both:
        letters = word.replace(" ", "")
        if self._dice.random() < 0.25:
            listed, link = self._dice.choice((("for_words", "for"), ("as_in_words", "as in")))
            said = [(f"{c.upper()} {link} {words(listed)[ord(c) - 97]}",) * 2 for c in letters]
            return _joined([(s, w.lower()) for s, w in said], " | ")
        at = self._dice.randrange(2, len(letters) - 1) if len(letters) > 3 else len(letters)
        parts = [part for part in (letters[:at], letters[at:]) if part]
        return _joined([(" ".join(part.upper()), " ".join(part)) for part in parts], " | ")

    def _address(self) -> Both:
        slots = ["house", "street", "area"]
        slots.insert(self._dice.randrange(1, 4), "landmark")
        parts = [self._listed(slot) for slot in slots]
        parts.append(self._listed("city"))
        if self._dice.random() < 0.5:
            parts.append(self._made["pin"]())
        if self._dice.random() < 0.3:
            parts.pop(0)
        return _joined(parts, " | ")

    def _house_number(self) -> Both:
        if self._english:
            return (english(self._dice.randrange(2, 99)),) * 2
        return self._dice.choice(HINDI_COUNTS)


def _joined(parts: list[Both], sign: str) -> Both:
    return sign.join(spoken for spoken, _ in parts), sign.join(written for _, written in parts)


def _inserted(text: str, values: list[str]) -> str:
    rest = iter(values)
    return SLOT.sub(lambda _: next(rest), text)
