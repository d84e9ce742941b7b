"""What a bot writes in Hindi, and what its caller should hear."""

import pytest

from shared.conversation.speakable.hindi_numbers import WORDS, cardinal
from shared.conversation.speakable.speaker import speaker_of

SPOKEN = {
    "बिल ₹1,250.50 है।": "बिल एक हज़ार दो सौ पचास रुपये पचास पैसे है।",
    "Rs. 500 बाकी है": "पाँच सौ रुपये बाकी है",
    "रु. 250/-": "दो सौ पचास रुपये",
    "500रुपये": "पाँच सौ रुपये",
    "₹1": "एक रुपया",
    "₹1.5 लाख": "डेढ़ लाख रुपये",
    "2.5 करोड़": "ढाई करोड़",
    "3.5 लाख रुपये": "साढ़े तीन लाख रुपये",
    "₹500-700": "पाँच सौ से सात सौ रुपये",
    "₹250/kg": "दो सौ पचास रुपये प्रति किलो",
    "1,25,000 ग्राहक": "एक लाख पच्चीस हज़ार ग्राहक",
    "१२३ लोग": "एक सौ तेईस लोग",
    "18% GST": "अठारह प्रतिशत GST",
    "98.6": "अट्ठानवे दशमलव छह",
    "-5°C": "माइनस पाँच डिग्री सेल्सियस",
    "10-12 दिन": "दस से बारह दिन",
    "1.5 घंटे": "डेढ़ घंटे",
    "5वीं मंज़िल, 6वां": "पाँचवीं मंज़िल, छठा",
    "20 नवंबर 2026 को": "बीस नवंबर दो हज़ार छब्बीस को",
    "20 Nov 2026": "बीस नवंबर दो हज़ार छब्बीस",
    "2026-11-20": "बीस नवंबर दो हज़ार छब्बीस",
    "12/11/2026": "बारह नवंबर दो हज़ार छब्बीस",
    "1947 में": "उन्नीस सौ सैंतालीस में",
    "सुबह 10:30 बजे": "सुबह साढ़े दस बजे",
    "शाम 6 बजे": "शाम छह बजे",
    "18:00": "शाम छह बजे",
    "10:20 बजे": "दस बजकर बीस मिनट",
    "1:30 pm": "दोपहर डेढ़ बजे",
    "12:45": "पौने एक बजे",
    "10:15 बजे": "सवा दस बजे",
    "10 am–7 pm": "सुबह दस बजे से शाम सात बजे",
    "10-11 am": "सुबह दस बजे से ग्यारह बजे",
    "11-1 pm": "सुबह ग्यारह बजे से दोपहर एक बजे",
    "+91 98765 43210 पर": "प्लस नौ एक, नौ आठ सात छह पाँच, चार तीन दो एक शून्य पर",
    "OTP 4829 है": "OTP चार आठ दो नौ है",
    "ऑर्डर नंबर 4521": "ऑर्डर नंबर चार पाँच दो एक",
    "डॉ. शर्मा": "डॉक्टर शर्मा",
    "care@clinic.in": "care ऐट clinic डॉट in",
    "कृपया * दबाएँ": "कृपया स्टार दबाएँ",
}


@pytest.mark.parametrize(("text", "spoken"), SPOKEN.items())
async def test_hindi_is_said_in_hindi(text: str, spoken: str) -> None:
    assert await speaker_of("hi-IN")(text, "sentence") == spoken


@pytest.mark.parametrize("text", ["A4 और 5G प्लान", "आपका appointment confirm है।", "1st floor"])
async def test_english_in_hindi_stays_as_it_is(text: str) -> None:
    assert await speaker_of("hi-IN")(text, "sentence") == text


def test_every_number_up_to_99_has_a_word_of_its_own() -> None:
    assert len(WORDS) == len(set(WORDS)) == 100


def test_hindi_counts_in_crore_and_lakh() -> None:
    assert cardinal(12_34_05_600) == "बारह करोड़ चौंतीस लाख पाँच हज़ार छह सौ"
    assert cardinal(100_00_00_000) == "एक सौ करोड़"


async def test_a_crore_is_one_in_either_encoding() -> None:
    speak = speaker_of("hi")
    assert await speak("2.5 करो\u095c", "sentence") == await speak("2.5 करोड\u093c", "sentence")
