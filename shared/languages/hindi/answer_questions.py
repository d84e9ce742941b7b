"""Hindi questions that ask for an answer of a kind without its name, or in other words."""

_PLACES = "area|ghar|ilake|city|shahar|gaon"

ANSWER_QUESTIONS = {
    "email": ("mail ?id",),
    "phone_number": (
        "kis number (?:par|pe)|kaun ?sa (?:mobile|phone)",
        "किस (?:नंबर|नम्बर) (?:पर|पे)|कौन ?सा (?:मोबाइल|फोन)",
    ),
    "pin_code": (f"(?:{_PLACES}) (?:ka|ke|ki) pin", "(?:इलाके|एरिया|घर|शहर|गाँव|गांव) का पिन"),
    "otp": (
        "(?:otp|code|message|sms) (?:aaya|aayi|mila|bheja|likha|gaya)",
        "कोड (?:आया|मिला|भेजा|गया)|(?:मैसेज|एसएमएस) में क्या",
    ),
    "amount": ("(?:आय|आमदनी|तनख्वाह|सैलरी|income|salary|kamai)",),
    "date": ("kab ki", "कब की"),
    "address": (
        "(?:kahan|kahaan) (?:bhej|deliver|pahu?nch|drop|aana|se bol|se call|rah|reh)\\S*",
        "(?:कहाँ|कहां) (?:भेज|डिलीवर|पहुँच|पहुंच|आना|से बोल|से कॉल|रह)\\S*",
        "(?:kis|kaun ?s[ie]) (?:area|ilake|city|shahar|jagah)",
        "(?:किस|कौन ?सी|कौन ?से) (?:एरिया|इलाके|शहर|जगह)",
        "(?:ghar|dukaan|office|makaan) (?:kahan|kahaan)|(?:घर|दुकान|ऑफिस|मकान) (?:कहाँ|कहां)",
    ),
    "name": ("kisk[ei] na+m|na+m kya|kya na+m", "किसके नाम|किसका नाम|क्या नाम"),
}
