"""Hindi words around figures and marks in a written text, in both scripts."""

from shared.languages.hindi.directions import DIRECTIONS
from shared.languages.hindi.names import spelling_of
from shared.languages.hindi.vocabulary import NAMING
from shared.languages.normalization.written_words import WrittenWords

WRITTEN = WrittenWords(
    weekdays=tuple(f"{day}(?:वार)?" for day in ["सोम", "मंगल", "बुध", "गुरु", "शुक्र", "शनि", "रवि"]),
    to=("se", "से"),
    and_=("aur|और",),
    or_=("ya|या",),
    dated=("kal|aaj|parso|tari+kh|tareekh|कल|आज|तारीख|दिनांक",),
    dated_then=("ko",),
    dates=("ko|tak|tari+kh|tareekh|को|तक|तारीख",),
    perhaps_dates=("se|ki|ke|wale|wali|से|की|के|वाले|वाली",),
    numbered=("मकान|फ़्लैट|नंबर",),
    opens=("दिन|वार|समय|खुला|खुले|रोज़|रोज",),
    oclock=("baje|बजे",),
    goes_on=("से|तक|को|पर|के|की|का|और|या|बजे|में",),
    naming=(NAMING,),
    code_is=("hai|है|हैं",),
    code_verbs=("hai|है",),
    possessives=("aapka|आपका",),
    lone_possessives=("aapka|आपका",),
    code_names=("ओटीपी|पिन|कोड",),
    last_digits=("अंक(?: हैं)?|अंत में|आख़िरी",),
    # केए 01 एबी 1234
    letters=(
        "डब्ल्यू|डबल्यू|क्यू|एक्स|एच|एफ|एल|एम|एन|एस|आई|आर|ओ|वाई|जेड|ज़ेड|जी|जे|टी|डी|पी|बी|वी|सी|के",
        "यू|ई|ए",
    ),
    rupees=("रु",),
    abbreviations=(
        r"(?:डॉ|श्री|श्रीमती|प्रो|रु|रू|नं)\.",
        r"कि\.[ ]?(?:मी|ग्रा)\.",
    ),
    before_numbers=("नं|न|रु|रू",),
    before_prices=("के|का|की|है|में|से",),
    item_letters=("कखगघच", "अबसद"),
    directions=DIRECTIONS,
    roles=("असिस्टेंट|सहायक|बॉट",),
    lone_roles=("एजेंट",),
    called=("[Aa]ap|[Aa]apka naa?m|आप|आपका नाम|तुम|तुम्हारा नाम",),
    says=("बोली|बोलीं|बोला|कहती है|कहते हैं",),
    no_names=("हैं?|एक|की|के|का",),
    spellings=(spelling_of,),
)
