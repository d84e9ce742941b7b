"""Hindi words by whose order a sentence is whole, or wants more, in both scripts.

A word in Latin letters that is an English one as well, such as "to" or "me", is missing here.
"""

from shared.languages.answers.clause_word_lists import ClauseWords
from shared.languages.word_lists import words

CLAUSE_WORDS = ClauseWords(
    conjunctions=words(
        """aur ya kyunki kyonki lekin magar agar matlab toh jab jaise taaki isliye jo yadi ki kyuki
        और या क्योंकि लेकिन मगर अगर मतलब तो जब जैसे ताकि इसलिए जो यदि कि क्यूंकि चूंकि"""
    ),
    degrees=words("zara ज़रा bahut thoda bilkul sirf lagbhag kareeb karib बहुत थोड़ा सिर्फ लगभग करीब"),
    question_words=words(
        """kab kahan kahaan kaun kis kiska kiski kiske kisko kitna kitni kitne kyon kyun kaise kaisa
        kaisi कब कहाँ कहां कौन किस किसका किसकी किसके किसको कितना कितनी कितने क्यों कैसे कैसा कैसी"""
    ),
    negations=words("nahi nahin नहीं"),
    tellings=words("""bata batana kaha bola kehna poochna puchna lagta janna socha suna
        बता बताना कहा बोला कहना पूछना लगता जानना सोचा सुना"""),
    topics=words(
        """main aapne tum tumne tumhe mujhe mujhko hum hume humein hamein aap aapko
        maine usne unhone humne usko unko
        isko
        मैं आपने तुम तुमने तुम्हें मुझे मुझको हम हमें आप आपको मैंने उसने उन्होंने हमने उसको उनको मै इसको इसे उसे"""
    ),
    possessives=words(
        """mera meri mere aapka aapki aapke apna apni apne uska uski uske unka unki unke iska iski
        iske hamara hamari hamare humara humari humare
        मेरा मेरी मेरे आपका आपकी आपके अपना अपनी अपने उसका उसकी उसके उनका उनकी उनके इसका इसकी इसके
        हमारा हमारी हमारे"""
    ),
    subject_possessives=words("mera aapka hamara humara uska iska मेरा आपका हमारा उसका इसका"),
    genitives=words("ka ke का की के"),
    oblique_genitives=words("ke के"),
    postpositions=words(
        """ko se mein par pe tak liye paas saath baad pehle andar baare taraf bina
        को से में पर पे तक लिए लिये पास साथ बाद पहले अंदर बारे तरफ बिना"""
    ),
    agents=words("ne ने"),
    final_verbs=words(
        """hai hain hoon hun h tha thi hoga hogi honge hona chahiye chahie chahta chahti chahte gaya
        gayi gaye raha rahi rahe karo karein karen kardo kare dena dijiye dijie lena batao bolo
        sakte sakta sakti nahi nahin pata lagega milega hua hui hue kijiye
        jaoon jaun karoon karun doon loon aaun aaoon chalun bolun milun karwana karvana ho
        diya diye kiya kiye liya liye aaya aayi aaye mila mili karta karti karte aata aati aate
        jaata jaati jaate jata jati jate deta deti dete hota hoti hote khulta khulti khulte rehta
        rehti rehte
        है हैं जाऊं जाऊँ करूं करूँ दूं दूँ लूं लूँ आऊं आऊँ
        हूँ हूं हू था थी थे होगा होगी होंगे होना चाहिए चाहिये चाहता चाहती चाहते गया गई गयी गए
        रहा रही रहे करो करें करूं करूँ दो देना दीजिए दीजिये लेना बताओ बोलो सकते सकता सकती नहीं दें
        पता हुआ हुई हुए कीजिए लें दिया दिए किया किए लिया ली आया आए मिला मिली मिले
        करता करती करते आता आती आते जाता जाती जाते देता देती देते होता होती होते खुलता खुलती खुलते
        रहता रहती रहते"""
    ),
    verb_endings=(
        "[a-z]{2,}(?:iye|iyega|unga|ungi|oonga|oongi|enge|engi|ega|egi|enga)",
        "[a-z]{2,}(?:aa?yen?|aa?en|aa?o)",
        "[ऀ-ॿ]+(?:िए|िये|िएगा|ूंगा|ूँगा|ूंगी|ूँगी|ऊंगा|ऊँगा|ऊंगी|एंगे|ेंगे|ेगा|ेगी|एगा|एगी|ाइए|ाओ)",
    ),
    final_verbs_too=words("he do de den le len kare bheje rakhe dekhe rok ho rahe the mile lo hu"),
    postpositions_too=words("me"),
    half_verbs=words(
        """kar karna karne karni hata bana laga bhej lena dena chahta chahti chahte raha rahi
        rahe sakta sakti sakte karke
        करना करने करनी चाहता चाहती चाहते रहा रही रहे सकता सकती सकते करके"""
    ),
    adverbs=words(
        """kal aaj parso abhi yahan wahan bhi jaldi sirf कल आज परसों अभी यहाँ यहां वहाँ वहां भी ही
        जल्दी pehle phir फिर"""
    ),
    polar=words("kya क्या"),
    conditions=words("agar jab yadi jo अगर जब यदि चूंकि जो"),
    correlates=words("toh to tab woh vo तो तब वो वह"),
    attributes=words("agle agla agli pichle pichhle अगले अगला अगली पिछले"),
    demonstratives=words("iss इस उस"),
)
