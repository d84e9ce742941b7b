"""The cities and states of India as they are written in Latin letters, a word of each.

Behind one of them an address may be over; before, hardly any is. Of names with several words the
last one stands here, unless it is another word as well.
"""

from shared.languages.word_lists import words

CITIES = words(
    """agra ahmedabad ahmednagar aizawl ajmer akola aligarh allahabad alwar ambala amravati
    amritsar anand anantapur asansol aurangabad bareilly bangalore bengaluru belagavi belgaum
    bellary berhampur bhagalpur bharuch bhavnagar bhilai bhilwara bhiwandi bhopal bhubaneswar
    bhubaneshwar bikaner bilaspur bokaro bombay calcutta calicut chandigarh chandrapur chennai
    cochin coimbatore cuttack darbhanga davangere dehradun delhi dhanbad dharwad dhule
    dindigul dispur durgapur erode faridabad firozabad gandhidham gandhinagar gangtok gaya
    ghaziabad goa gorakhpur gulbarga guntur gurgaon gurugram guwahati gwalior haldwani
    haridwar hisar hosur howrah hubli hyderabad imphal indore itanagar jabalpur jaipur
    jaisalmer jalandhar jalgaon jammu jamnagar jamshedpur jhansi jodhpur kakinada kannur
    kanpur karimnagar karnal karur kochi kohima kolhapur kolkata kollam korba kota kottayam
    kozhikode kurnool latur lucknow ludhiana madras madurai malegaon mangalore mangaluru
    margao mathura meerut mohali moradabad mumbai muzaffarpur mysore mysuru nadiad nagercoil
    nagpur nanded nashik nasik nellore nizamabad noida ooty palakkad palghar panchkula panipat
    panaji panjim patiala patna pondicherry puducherry prayagraj puri pune raipur rajahmundry
    rajkot ranchi ratlam rewari rohtak roorkee rourkela sagar salem sambalpur sangli satara
    secunderabad shillong shimla shivamogga siliguri solapur sonipat srinagar surat thane
    thanjavur thiruvananthapuram thrissur tiruchirappalli tirunelveli tirupati tiruppur trichy
    trivandrum tumkur udaipur udupi ujjain vadodara baroda vapi varanasi vasai vellore
    vijayawada virar visakhapatnam vizag warangal wardha andhra assam bihar chhattisgarh
    gujarat haryana himachal jharkhand karnataka kerala maharashtra manipur meghalaya mizoram
    nagaland odisha orissa punjab rajasthan sikkim tamilnadu telangana tripura uttarakhand
    bengal kashmir ladakh pradesh india"""
)
