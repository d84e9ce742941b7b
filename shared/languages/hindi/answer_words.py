"""Hindi words that answers of a known kind are made of, in both scripts.

English words are here as recognisers write them in Devanagari.
"""

from shared.languages.answers.word_lists import AnswerWords
from shared.languages.hindi.answer_questions import ANSWER_QUESTIONS
from shared.languages.hindi.cities import CITIES
from shared.languages.hindi.vocabulary import MONTHS, WEEKDAYS, ZEROS
from shared.languages.word_lists import words

_LETTERS = """
    ए=a बी=b सी=c डी=d ई=e एफ=f जी=g एच=h आई=i जे=j के=k एल=l एम=m एन=n ओ=o पी=p क्यू=q आर=r एस=s
    टी=t यू=u वी=v डब्ल्यू=w डबल्यू=w एक्स=x वाई=y जेड=z जैड=z वाय=y
"""
_AMBIGUOUS = words("जी के आई ए ई ओ")


def _letters(*, ambiguous: bool) -> dict[str, str]:
    pairs = (pair.split("=") for pair in _LETTERS.split())
    return {word: letter for word, letter in pairs if (word in _AMBIGUOUS) is ambiguous}


ANSWER_WORDS = AnswerWords(
    kinds={
        "email": ("(?:ईमेल|ई मेल|मेल)(?: (?:आईडी|आई डी|एड्रेस|का पता))?", "यूपीआई(?: (?:आईडी|आई डी))?"),
        "pan_number": ("पैन(?: कार्ड)?(?: (?:का )?नंबर)?",),
        "ifsc_code": ("आईएफएससी(?: कोड)?",),
        "passport_number": ("पासपोर्ट(?: (?:का )?नंबर)?",),
        "voter_id": ("वोटर आईडी(?: कार्ड)?(?: (?:का )?नंबर)?",),
        "gstin": ("जीएसटी(?:आईएन)?(?: (?:का )?नंबर)?",),
        "vehicle_number": (
            "(?:gaa?di|vehicle|car|bike) (?:ka |ki )?(?:number|no)",
            "(?:गाड़ी|वाहन|कार|बाइक) (?:का |की )?(?:नंबर|नम्बर|संख्या)",
        ),
        "spelling": ("स्पेलिंग|स्पेल",),
        "amount": (
            "kitn[ae] (?:rupaye|rupay|paise|paisa|amount)|kitne ka",
            "कितना (?:पैसा|अमाउंट)|कितने (?:पैसे|का)|बजट|अमाउंट",
        ),
        "address": (
            "(?:apna|aapka|apka|mera|poora|pura|ghar ka) (?:pata|address)",
            "(?:अपना|आपका|मेरा|पूरा|घर का) (?:पता|एड्रेस|ऐड्रेस)|एड्रेस",
            "(?:pata|address) (?:bata|kya|de)\\S*|(?:पता|एड्रेस) (?:बता|क्या|दे)\\S*",
            "(?:kahan|kahaan) (?:rehte|rahte)|कहाँ रहते|कहां रहते",
        ),
        "date": (
            "(?:kis|kaun ?s[ie]) (?:din|tarikh|date)|kab|(?:किस|कौन सी|कौनसी) (?:दिन|तारीख)|कब",
        ),
        "time": ("kitne baje|kis (?:time|samay)|कितने बजे|किस (?:समय|टाइम)|टाइम",),
        "name": (
            "(?:apna|aapka|apka|mera|shubh|poora|pura)(?: (?:shubh|poora|pura))? na+m",
            "(?:अपना|आपका|मेरा|शुभ|पूरा)(?: (?:शुभ|पूरा))? नाम|नाम (?:बता|क्या)",
            "kaun bol (?:rahe|rahi)|कौन बोल (?:रहे|रही)",
        ),
    },
    asked=ANSWER_QUESTIONS,
    codes=("नंबर|नम्बर|कोड|आईडी|आई डी",),
    births=("janm\\S*|paida|जन्म\\S*|पैदा|बर्थ",),
    requests=(
        "(?:bata|jaan|bol|de|spell kar|share kar) sakt\\S*",
        "(?:बता|जान|बोल|दे|स्पेल कर|शेयर कर) सकत\\S*",
        "(?:aapke|apke|aap ke) paas (?:\\S+ ){0,3}(?:number|code|otp|id|email|address|pata)",
        "आपके पास (?:\\S+ ){0,3}(?:नंबर|नम्बर|कोड|ओटीपी|आईडी|ईमेल|पता|एड्रेस)",
    ),
    tags=("(?:theek|thik|sahi) hai(?: na)?|hai na", "(?:ठीक|सही) है(?: ना| न)?|है (?:ना|न)"),
    polar_ends=(
        "(?:hain?|h|ho|tha|thi|the|chahiye|chahie|gay[aie]|mil[aie]|hu[aie]|do+n|dun)(?: kya)?",
        "\\S{2,}(?:enge|engi|ega|egi|oo?ga|oon|un)(?: kya)?",
        "(?:है|हैं|हो|था|थी|थे|चाहिए|चाहिये|गया|गई|गयी|गए|मिला|मिली|हुआ|हुई|दूँ|दूं)(?: क्या)?",
        "\\S+(?:ेंगे|ेंगी|ेगा|ेगी|एंगे|ूँ|ूं)(?: क्या)?",
    ),
    whats=(
        "(?:kya|क्या) (?!yeh|ye|yah|aap|woh|wo|vo|sab|यह|ये|आप|वह|वो|सब)"
        "\\S+ (?:hain?|h|है|हैं)(?=\\W*$)",
        "(?:kya|क्या) (?:hua|hui|chahiye|kaam|हुआ|हुई|चाहिए|चाहिये|काम)",
        "(?:kya|क्या) (?:problem|dikkat|samasya|issue|pareshani|takleef|समस्या|दिक्कत|परेशानी|तकलीफ)",
    ),
    choices=("ya|या",),
    negatives=words("nahi nahin nai nahii mat नहीं नहि ना मत नो"),
    polite=words("जी सर मैडम भैया भाई प्लीज प्लीज़ bhaiya bhai sahab साहब कृपया"),
    hesitations=words(
        """तो हम्म अं उम मतलब अच्छा वो वह यानी देखिए देखो सुनिए woh matlab achha accha toh yaani
        dekhiye suniye वैसे waise असल में asal ओके ok हाँ हां haan और aur एक्चुअली बेसिकली"""
    ),
    greetings=words("namaste namaskar हेलो हैलो नमस्ते नमस्कार हाय"),
    holds=(
        "(?:bas |sirf )?(?:ek|1) (?:min|minat|minute|sec|second|pal)(?: (?:ruki?ye|ruko|dijiye))?",
        "(?:zara |thoda |ek minute )?(?:ruki(?:ye|e)|ruko|thehri(?:ye|e)|hold kijiye|hold karo)",
        "(?:main )?(?:dekht|socht|batat|check kart)[ai] (?:hoon|hun|hu)",
        "(?:aap )?(?:note (?:kijiye|karo|kar lijiye|karein)|likhiye|likho)",
        "(?:आप )?(?:नोट (?:कीजिए|करो|कर लीजिए|करें)|लिखिए|लिखो)",
        "(?:(?:mera|मेरा) )?(?:(?:number|नंबर) )?(?:likh|note kar|लिख|नोट कर) (?:lijiye|lo|लीजिए|लो)",
        "(?:dekhne|sochne|check karne|yaad karne) (?:do|dijiye)",
        "(?:बस |सिर्फ )?(?:एक|1) (?:मिनट|मिनिट|सेकंड|सेकेंड|पल)(?: (?:रुकिए|रुको|दो|दीजिए))?",
        "(?:ज़रा |थोड़ा |एक मिनट )?(?:रुकिए|रुकिये|रुको|ठहरिए|होल्ड कीजिए)",
        "(?:मैं )?(?:देखता|देखती|सोचता|सोचती|बताता|बताती|चेक करता|चेक करती) (?:हूँ|हूं)",
        "(?:देखने|सोचने|चेक करने|याद करने) (?:दो|दीजिए)",
    ),
    closings=(
        "dhanyava+d|shukriya|धन्यवाद|शुक्रिया|थैंक यू|थैंक्यू|थैंक्स",
        "(?:(?:bas|बस) )?(?:itna|इतना)(?: (?:hi|ही))?(?: (?:hai|है))?",
        "(?:aur |और )?(?:kuch|kuchh|कुछ) (?:nahi|nahin|नहीं)|alvida|अलविदा",
    ),
    inside=words("aur phir fir uske baad और फिर उसके बाद डैश हाइफन स्पेस ओके अं उम haan हाँ हां"),
    corrections=words("sorry nahi nahin galat माफ सॉरी नहीं गलत"),
    after=words("hai h है हैं ji जी hain ok bas बस ओके ठीक theek na ना हां हाँ haan"),
    plus=words("प्लस"),
    scales={
        **ZEROS,
        **{"हंड्रेड": 2, "थाउजेंड": 3, "sau": 2, "hazaar": 3, "hazar": 3, "hajar": 3, "hajaar": 3},
        **{"laakh": 5, "karor": 7, "करोड़": 7},
    },
    halves=words("dhai dhaai dedh derh adhai aadha ढाई डेढ़ आधा अढ़ाई"),
    half_more=words("saade sadhe saadhe sava sawa paune साढ़े सवा पौने साढे"),
    points=words("पॉइंट दशमलव"),
    currencies=words(
        """rupaye rupay rupya rupaya rupe rupiya paise रुपये रुपए रूपये रुपया रूपए पैसे मात्र
        रुपीज परसेंट प्रतिशत"""
    ),
    letters=_letters(ambiguous=False),
    letters_too=_letters(ambiguous=True),
    letter_for=words("फॉर फोर से se"),
    capitals=words("कैपिटल स्मॉल"),
    at=words("ऐट एट अट"),
    at_rate=words("द दा रेट"),
    rates=words("रेट"),
    dot=words("डॉट डाट"),
    address_signs=words("अंडरस्कोर हाइफन डैश"),
    underscores=words("अंडरस्कोर"),
    mail_hosts=words("जीमेल याहू हॉटमेल आउटलुक रेडिफमेल"),
    host_ends=words("कॉम काम इन ऑर्ग नेट"),
    host_regions=words("को"),
    months=words(
        " ".join(MONTHS)
        + """ फरवरी फ़रवरी सितम्बर नवम्बर दिसम्बर अक्तूबर मार्च जनवरी janvari farvari
        march aprail joon julai agast sitambar aktubar navambar disambar"""
    ),
    cities=CITIES,
    area_codes=words("पिन कोड पिनकोड"),
    weekdays=words(
        " ".join(WEEKDAYS)
        + """ इतवार बृहस्पतिवार मंडे ट्यूजडे वेडनेसडे थर्सडे फ्राइडे सैटरडे संडे
        somvar somwar mangalvar mangalwar budhvar budhwar guruvar guruwar shukravar shukrawar
        shanivar shaniwar ravivar raviwar itvar itwar"""
    ),
    days=words("aaj kal parso parson आज कल परसों परसो टुमॉरो टुडे"),
    ordinals=words("pehli pahli pehla pahla dusri dusra teesri tisri पहली पहला दूसरी दूसरा तीसरी"),
    dated=words("tarikh tareekh taareekh तारीख दिनांक"),
    clock=words("baje bje बजे पीएम एएम"),
    parts_of_day=words("subah savere dopahar shaam sham raat सुबह सवेरे दोपहर शाम रात मॉर्निंग इवनिंग"),
    before_hours=words("saade sadhe saadhe sava sawa paune साढ़े सवा पौने साढे"),
    introductions=words("naam nam नाम मायसेल्फ"),
    numbered=words("makaan makan gali नंबर नम्बर फ्लैट मकान गली सेक्टर ब्लॉक प्लॉट दुकान पिन कोड पिनकोड"),
    localities=words("रोड नगर कॉलोनी विहार मार्ग चौक बाज़ार अपार्टमेंट सोसाइटी marg bazaar mohalla"),
    titles=words("श्री श्रीमती डॉक्टर मिस्टर मिसेज"),
    named=words(
        """naam nam pata ka ki khata gaadi umar नाम नंबर नम्बर पता फोन मोबाइल ईमेल मेल आईडी पिन
        कोड ओटीपी आधार पैन कार्ड खाता अकाउंट गाड़ी उम्र का की एड्रेस बजट जन्मदिन
        व्हाट्सएप"""
    ),
)
