"""Texts that an encoder meets: languages, emoji, code, markup, empty, very long, broken."""

LANGUAGES = (
    "Morning trail run with my new shoes, 12 km before coffee.",
    "Veganes Frühstück in zehn Minuten, ganz ohne Zucker.",
    "Rutina de cuidado de la piel para pieles sensibles, sin perfume.",
    "Mes trois adresses préférées pour chiner à Lyon cet été.",
    "Treino de força em casa, sem equipamento nenhum.",
    "Ricetta della nonna: focaccia morbidissima e croccante.",
    "Утренняя пробежка в парке, новые кроссовки просто огонь.",
    "今日はカメラのレンズを三本比べてみました。",
    "在家自制手冲咖啡，新手也能学会。",
    "집에서 만드는 비건 디저트 세 가지",
    "وصفات نباتية سهلة للمبتدئين في المطبخ",
    "טיפים לצילום רחוב עם עדשה אחת",
    "घर पर योग करने के आसान तरीके",
    "เที่ยวเชียงใหม่สามวันสองคืน งบไม่เกินห้าพัน",
    "Cách pha cà phê sữa đá ngon như ngoài tiệm",
    "Günlük cilt bakımı rutinim, İstanbul'dan sevgiler",
    "Ćwiczenia na zdrowy kręgosłup, żadnych wymówek",
    "Συνταγή για σπανακόπιτα χωρίς γλουτένη",
)
SYMBOLS = (
    "🏃‍♀️🔥💯",
    "👩🏽‍🍳 dinner ✨ #homecooking #glutenfree @brand",
    "🇩🇪🇫🇷🇯🇵",
    "❤️",
    "...",
    "!!! ??? ///",
    "#ad #ootd #fyp #foryou #viral",
    "https://example.org/a?b=c&d=e#f",
    "<script>alert('x')</script> {{ 7*7 }} ${x}",
    "' OR 1=1; DROP TABLE creators; --",
    "a\tb\nc\r\nd\x0be",
    "zero\u200bwidth\u200djoiner\ufeff",
    "null\x00byte and \x1b[31mescape",
    "Ⓕⓐⓝⓒⓨ 𝓁𝑒𝓉𝓉𝑒𝓇𝓈 ｆｕｌｌｗｉｄｔｈ",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́O",
    "\u202eright to left override\u202c",
    "[CLS] [SEP] [MASK] [PAD] [UNK]",
    "1234567890 3.14159 1,000,000 50%",
)
EMPTY = ("", " ", "\n\t ", "\u3000")
LONG = (
    "gluten free sourdough bread " * 100,
    "läufer " * 400,
    "🔥" * 500,
    "x" * 5_000,
    "word " * 254,
    "word " * 255,
    "美味しい料理を作る" * 80,
    "a b " * 3_000,
)
CAPTIONS = tuple(
    f"{start} {subject} {end}"
    for start, end in (("Trying", "for the first time"), ("Honest review:", "after 30 days #notsponsored"))
    for subject in (
        "a budget mirrorless camera",
        "barefoot running shoes",
        "retinol on sensitive skin",
        "cold brew at home",
        "a standing desk for a tiny flat",
        "thrifted linen dresses",
    )
)
VARIED = (*LANGUAGES, *SYMBOLS, *EMPTY, *LONG, *CAPTIONS)
BROKEN = ("\ud83d alone", "\ude00", "pair \ud83d\ude00", "\udcff\udc80 bytes", "\ud800" * 600)
