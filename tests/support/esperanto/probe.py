"""A program that prints what the functions of a call make of Esperanto, as JSON.

It is run in a copy of the code that has the language, by `python -P probe.py`.
"""

import asyncio
import json
from collections.abc import Mapping

from shared.bot.persona import Persona
from shared.conversation.answering_machine.recognition import judge
from shared.conversation.farewell import not_said_yet
from shared.conversation.speech.last_resort import last_resort
from shared.conversation.speech.prompt_cache import prompts_of
from shared.languages.answers.completeness import completeness
from shared.languages.answers.expected import expected_answer
from shared.languages.answers.kinds import AnswerKind, ExpectedAnswer
from shared.languages.backchannels import assents, meant
from shared.languages.normalization.normalizer import normalizer_for
from shared.languages.questions import is_question
from shared.languages.requested_digits import expected_in, menu_keys
from shared.languages.spoken_digits import mask_digits, spoken_keys
from shared.languages.utterances import Utterances
from shared.providers.llm_output.names import of_tag


async def answers() -> Mapping[str, object]:
    """What each of them says."""
    persona = Persona(instructions="Estu afabla.", language="eo")
    resort = last_resort("eo", 8_000)
    utterances = Utterances()  # type: ignore[no-untyped-call]
    otp = ExpectedAnswer(AnswerKind.OTP, frozenset({4}))
    asked = expected_answer("Ĉu vian retadreson, retadreso?")
    expected = expected_in("Bonvolu tajpu vian unufoja kodo.")
    return {
        "goodbye": prompts_of(persona).goodbye,
        "last resort": resort.text,
        "its bytes": len(resort.audio),
        "mailbox": judge("Saluton. Bonvolu lasi mesaĝon post la bipo.").machine,
        "person": judge("Saluton, kiu parolas").alive,
        "going on": completeness("mi volas du kaj").name,
        "digits": completeness("unu du tri kvar", otp).name,
        "amount": completeness("du mil", ExpectedAnswer(AnswerKind.AMOUNT)).name,
        "asked": asked.kind if asked else None,
        "assent": assents("Jes, nu, bone."),
        "meant": meant("Nu, mia nomo."),
        "question": is_question("Ĉu vi venos"),
        "farewell": not_said_yet("Ĝis la revido!", "Dankon. Ĝis revido!"),
        "spoken": spoken_keys("la kodo estas unu du tri kvar", 4),
        "masked": mask_digits("mia kodo estas unu du tri kvar"),
        "expected": sorted(expected.lengths) if expected else None,
        "menu": sorted(menu_keys("Premu du.")),
        "figures": await normalizer_for("eo")("Roboto: La kodo estas 42.", "sentence"),
        "utterances": [each.text async for each in utterances.aggregate("S-ro. Rao venos. Bone.")],
        "tag": of_tag("esperanto", frozenset()).name,
        "Hindi": prompts_of(Persona(instructions="", language="hi-IN")).goodbye,
        "Hinglish": completeness("mera number hai aur").name,
        "English figures": await normalizer_for("en-IN")("It is ₹42.", "sentence"),
        "without a folder": prompts_of(Persona(instructions="", language="la")).goodbye,
        "sparse goodbye": prompts_of(Persona(instructions="", language="mi")).goodbye,
        "sparse mailbox": judge("waiho karere i muri i te pipi").machine,
        "sparse last resort": last_resort("mi", 8_000).text,
        "sparse figures": await normalizer_for("mi")("**42**", "sentence"),
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(answers())))  # noqa: T201
