"""Names that look like settings and are none: most often a typing error."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

OURS = "EXOTEL_"  # nobody else's variables begin like this
ALIKE = 0.75  # from 0 to 1, for difflib
SLIP = 0.9  # so nearly alike that it was a slip of a finger
SHORT, SHORTS_ALIKE = 4, 0.6  # letters; of three one may be wrong
# Other people's words for ours; the longer ones first.
SYNONYMS = {
    **{
        "ENVIRONMENT": "ENV",
        "ENVIROMENT": "ENV",
        "PROVIDER": "",
        "SERVICE": "",
        "GEMINI": "GOOGLE",
    },
    **{"CALLERID": "PHONE_NUMBER", "CALLER_ID": "PHONE_NUMBER", "EXOPHONE": "EXOTEL_PHONE_NUMBER"},
    **{"WEBSOCKET": "WS", "PWD": "PASSWORD", "SECRET": "TOKEN", "DB": "DATABASE", "URI": "URL"},
}
LEAST = 6  # letters of a name that is compared though the whole machine may have set it


def unknown_names(
    in_file: Iterable[str], in_environment: Iterable[str], known: Collection[str]
) -> list[str]:
    """The warnings about names that are no settings, a sentence each.

    Of the environment only what is nearly a setting's name: the rest is other programs'.

    Args:
        in_file: Names that `.env` sets.
        in_environment: Names that the process was started with.
        known: The settings, in upper case.
    """
    file = sorted({name for name in in_file if name.upper() not in known})
    environment = {name for name in in_environment if name.upper() not in known} - set(file)
    sentences, others = [], []
    for name in file:
        if meant := _meant(_in_our_words(name), known):
            sentences.append(_sentence(f"{name} in .env", meant))
        else:
            others.append(name)
    for name in sorted(environment):
        meant = _meant(name, known) if len(name) >= LEAST else ""
        if meant[:2] == name.upper()[:2] or name.upper().startswith(OURS):
            sentences.append(_sentence(name, meant))
    if others:
        sentences.append(f"{', '.join(others)} in .env: no setting of the bot, left to your code")
    return sentences


def _meant(name: str, known: Collection[str]) -> str:
    """The setting that the name was probably meant for, or nothing."""
    plain = {setting.replace("_", ""): setting for setting in known}
    alike = SHORTS_ALIKE if len(name) <= SHORT else ALIKE
    written, words = name.upper().replace("_", ""), set(name.upper().split("_"))
    if close := get_close_matches(written, plain, 1, SLIP):
        return plain[close[0]]
    longer = [each for each in known if len(words) > 1 and words < set(each.split("_"))]
    if longer:
        return min(longer, key=len)
    close = get_close_matches(written, plain, 1, alike)
    return plain[close[0]] if close else ""


def _in_our_words(name: str) -> str:
    said = f"_{name.upper()}_"
    for theirs, ours in SYNONYMS.items():
        said = said.replace(f"_{theirs}_", f"_{ours}_" if ours else "_")
    return said.strip("_")


def _sentence(name: str, meant: str) -> str:
    hint = f"did you mean {meant}?" if meant else ".env.example lists them all"
    return f"{name} is no setting of the bot: {hint}"
