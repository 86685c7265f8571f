"""The few names that people say and the libraries do not list, by what they mean; "|" parts them."""

COUNTRIES = {
    "AE": "UAE|Emirates|यूएई",
    "AU": "호주|ऑस्ट्रेलिया",
    "CZ": "Czech Republic",
    "GB": "UK|Britain|Great Britain|England|Scotland|Wales|Großbritannien|Angleterre|Inglaterra|英国"
    "|ब्रिटेन|यूके|इंग्लैंड",
    "HK": "Hong Kong|Hongkong|香港|홍콩|हांगकांग",
    "IN": "इंडिया|हिंदुस्तान",
    "MO": "Macau|マカオ",
    "NL": "Holland",
    "TR": "터키",
    "US": "US|U.S.|USA|U.S.A.|America|the States|Amerika|EUA|EEUU|EE. UU.|アメリカ|米国|अमेरिका|अमरीका"
    "|यूएसए|यूएस",
}
ADJECTIVES = {
    "AE": "emirati",
    "AR": "argentine|argentino",
    "BE": "belge",
    "BJ": "béninois",
    "CA": "québécois",
    "CH": "swiss|suisse",
    "CI": "ivorian|ivoirien",
    "CM": "cameroonian|camerounais",
    "GA": "gabonais",
    "GB": "british|brit|britisch|britannique|británico|britânico|scottish",
    "IN": "indio",
    "ML": "malien",
    "PE": "peruvian",
    "PR": "puertorriqueño",
    "SN": "senegalese|sénégalais|senegalés|senegalês",
    "TG": "togolais",
    "US": "us|american|amerikanisch|américain|estadounidense|norteamericano|norte-americano|estadunidense",
}
"""Words of nationality that neither a language's nor a currency's name gives ("deutsch", "mexican peso")."""
LANGUAGES = {
    "bn": "बांग्ला",
    "en": "अंग्रेजी|इंग्लिश",
    "es": "castellano",
    "hi": "हिन्दी|हिंदी",
    "or": "उड़िया",
    "te": "तेलुगू|तेलुगु",
    "zh": "Mandarin|북경어|만다린",
}
CITIES = {
    "Bengaluru": "बेंगलुरु|बैंगलोर",
    "Gorakhpur": "गोरखपुर",
    "Gwalior": "ग्वालियर",
    "Howrah": "हावड़ा",
    "Jeju City": "제주도",
    "Rājkot": "राजकोट",
}
"""Names that the source of cities does not give; keys are its own names."""
CURRENCIES = {
    "AUD": "$au",
    "CAD": "$ca",
    "CNY": "元|위안",
    "GBP": "quid",
    "EUR": "유로|यूरो",
    "INR": "Rs|Rs.|रु|रु.|रुपये",
    "JPY": "엔",
    "USD": "$us|bucks|달러|डॉलर",
}
UNITS = {
    1e3: "k|tsd|mil|mille|thousand|grand|千|천|हजार",
    1e5: "lakh|lakhs|lac|십만",
    1e6: "m|mn|mio|milhao|百万|백만",
    1e7: "crore|करोड|千万|천만",
}
"""Number words, by what they multiply by."""
PREFERRED_CURRENCIES = ("USD", "EUR", "GBP", "INR", "JPY", "KRW", "BRL", "MXN", "CHF", "CNY")
"""Whose money a sign or word means that several share, first come first."""
