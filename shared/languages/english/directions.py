"""English stage directions: how something is to be said, or what somebody does meanwhile."""

_DOES = (
    "laugh chuckl giggl smil grin smirk beam sigh paus nod cough sniff sniffl gasp whisper shrug"
    " wink yawn sob groan moan hum hmm exhal inhal mumbl mutter murmur breath sneez frown blush"
    " hesitat stutter gulp speak talk"
).replace(" ", "|")
_DOING = rf"(?:{_DOES})(?:s|es|ed|d|e|ing|m|ming)?"
_MANNER = (
    "soft gentl warm cheerful quiet slow polite kind happi sad nervous excited calm sympathetical"
    " apologetical enthusiastical bright playful serious thoughtful patient reassuring confident"
    " awkward deep brief heavi light loud quick"
).replace(" ", "|")
_DELIVERY = rf"(?:{_MANNER})ly"
_THING = "pause|silence|beat|laugh|laughter|chuckle|giggle|sigh|smile|breath|nod|cough|whisper"
_KIND = "short|long|brief|slight|awkward|dramatic|thoughtful|small|soft|gentle|warm|nervous|deep"
_SOUND = (
    "music|noise|noises|laughter|applause|static|dial tone|ringing|ringtone|beep|beeps|typing"
    "|keyboard|keys|silence"
)
_OWN = "the|his|her|their|my|your|its|our|some|a|an"
_VOICE = f"{_KIND}|friendly|calm|cheerful|low|quiet|serious|professional|kind|polite|happy|sad"
_ACTS = (
    "checks|looks|types|taps|clicks|flips|searches|scrolls|pulls|leans|turns|picks|puts|raises|rolls"
    "|tilts|adjusts|consults|glances|scans|shuffles|opens|hangs|transfers|ends|disconnects"
    "|checking|looking|searching|pulling|typing|opening|transferring|ending|hanging"
)
_OBJECT = (
    "calendar|schedule|system|records?|notes?|screen|computer|list|files?|book|diary|head|eyes|phone"
    "|line|call|desk|glasses|keyboard|keys|database|account|details|appointments?|papers?"
    "|availability|slots?|information|profile|order|file"
)
_TAIL = (
    rf"(?:[ ](?:and|then|{_OWN}|for|in|at|to|with|again|\w+ly|seconds?|moment|little|bit|out|loud"
    rf"|back|head|relief|himself|herself|voice|tone|[0-9]+|{_DOING}|{_THING}|{_KIND}))*"
)

DIRECTIONS = (
    rf"(?:{_DELIVERY}[ ,]+(?:and )?)?{_DOING}{_TAIL}",
    rf"(?:(?:{_OWN}|{_KIND}) )*(?:{_THING})(?: in voice)?",
    rf"{_DELIVERY}(?:(?: and |, ?){_DELIVERY})*",
    rf"clear(?:s|ing)? (?:(?:{_OWN}) )?throat",
    rf"tak(?:es|ing) (?:an? )?(?:{_KIND})? ?breath",
    r"(?:in|with) (?:an? )?[\w ,-]{0,40}(?:tone|voice|manner|accent|smile|laugh|sigh)",
    rf"(?:(?:{_VOICE}) ){{1,2}}(?:tone|voice)|tone: ?[\w ,]+",
    rf"(?:[a-z]+ ){{0,2}}(?:{_SOUND})(?: (?:sounds?|plays?|playing|starts?|stops?|clack(?:s|ing)"
    r"|clicks?|clicking|tapping|in the background))+",
    r"(?:the )?(?:call|conversation|chat) (?:ends?|ended|ending|over|disconnects?|disconnected)",
    r"end of (?:the )?(?:call|conversation)|see(?: also)?|no response",
    r"(?:note to self|thinks?|thinking|internal(?: note)?|aside|system(?: note)?|sources?): ?.*",
    r"typing|thinking|listening|waiting|(?:typing|speaking) (?:in|to|on)\b[\w ]*",
    rf"(?:{_ACTS}) (?:(?:up|through|at|over|on|down|for) )?(?:(?:{_OWN}) )?(?:[\w']+ ){{0,2}}"
    rf"(?:{_OBJECT})",
    r"(?:looks|leans|hangs|glances|looking|hanging|turns) (?:up|away|over|down|back|around)",
)
