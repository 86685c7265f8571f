"""Names for those who are sought. Rules about traits, places and languages look for them close by."""

PLAIN = (
    r"(?:(?:content[\s-]?|video[\s-]?)?creat(?:ors?|ives)|influencers?|personalit(?:y|ies)"
    r"|people|folks?|voices|someone|anyone"
    r"|channels|accounts|profiles|pages|talents?"
    r"|(?:content[\s-]?)?[ck]reator(?:en|innen|in|:innen|\*innen)?|influencer(?:n|innen|in"
    r"|:innen|\*innen)?|kanale?n?|leuten?"
    r"|personen|menschen|jemand(?:en)?|accounts|profilen?|stimmen|personlichkeiten"
    r"|creat(?:eurs?|rices?)(?: de contenus?)?|influenceu(?:rs?|ses?)|videastes?|chaines"
    r"|comptes|personnes|gens"
    r"|personnalites|profils?|voix"
    r"|cread(?:or|ora|ores|oras)(?: de contenidos?)?|canal(?:es)?|cuentas|personas|gente|perfil(?:es)?|voces"
    r"|criador(?:a|es|as)?(?: de conteudos?)?|influenciador(?:a|es|as)?(?: digita(?:l|is))?"
    r"|canais|contas|pessoas"
    r"|perfis|vozes|paginas?)"
)
"""Names that say nothing of a niche, in the five Latin languages (folded)."""
DOING = (
    r"(?:m[ou]ms?|moms|mothers|dads?|fathers|parents|couples?|famil(?:y|ies)|women|men|woman"
    r"|man|girls?|guys|fans|lovers|students"
    r"|teachers?|coach(?:es)?|experts?|hosts?|artists?|athletes?|chefs?|cooks?|[a-z]{3,}(?:ers|ors|ists)"
    r"|mutter|vater|eltern|paare?|familien?|frauen|manner|fans|lehrer(?:innen)?|[a-z]{3,}(?:erinnen"
    r"|blogger|streamer)"
    r"|mamans?|papas?|meres|peres|couples|familles|femmes|hommes|filles|profs?|joueurs"
    r"|coureurs|coureuses|youtubeu(?:rs?|ses?)"
    r"|[a-z]{3,}(?:eurs|euses|istes)|madres|padres|parejas?|familias?|matrimonios?|mujeres"
    r"|hombres|chicas|chicos|profes(?:ores|oras)?"
    r"|[a-z]{3,}(?:eros|eras|istas|adores|adoras)|maes|pais|casa(?:l|is)|mulheres|homens"
    r"|meninas|youtubers?|tiktokers?)"
)
"""Names that also say what someone does or is; they stay in the topic."""
LATIN = rf"(?:{PLAIN}|{DOING})"
JAPANESE = (
    r"(?:クリエイター|クリエーター|インフルエンサー|アカウント|チャンネル|配信者|実況者|発信者"
    r"|投稿者|ブロガー|ライバー|ユーチューバー|youtuber|ユーザー"
    r"|tiktoker|ティックトッカー|インスタグラマー|主婦|ママ|パパ|夫婦|カップル|家族|学生"
    r"|人(?!気|形|生|参|間|工|々)|方(?!法|向|面|言)|ファン|旅行者|観光客|視聴者|消費者|読者"
    r"|ライダー|ランナー|[vｖ]tuber|ポッドキャスター)"
)
KOREAN = (
    r"(?:크리에이터|인플루언서|채널|계정|유튜버|블로거|틱톡커|인스타그래머|스트리머|분들?|사람"
    r"|부부|커플|가족|엄마|아빠|학생|팟캐스터|선생님|러너|선수|작가|강사|교사|라이더|모델|의사|셰프"
    r"|직장인|주부|아티스트|코치|트레이너|댄서|가수|배우|브이로거|부모|할머니|할아버지|어르신|청년|캠퍼"
    r"|여행자|농부|진행자|전문가|요리사|약사|간호사|육아맘|워킹맘|시니어)"
)
HINDI = (
    r"(?:क्रिएटर|इ(?:न्|ं|न)फ्ल[ुू]एंसर|राइडर|बाइकर|गेमर|डॉक्टर|शेफ|डांसर|गायक|एथलीट|खिलाडी|महिला"
    r"|पुरुष|युवा|मम्मी|माता|दंपति|स्ट्रीमर|हैंडल|प्रोफाइल|कारीगर|चैनल|अकाउंट|पेज|यूट्यूबर|ब्लॉगर"
    r"|व्लॉगर|लोग|शिक्षक|परिवार|मां|माएं|जोड़े|जोडे|कपल|कलाकार|टीचर"
    r"|इन्स्टाग्रामर|इंस्टाग्रामर|पॉडकास्टर|शौकीन|प्रेमी|किसान|धावक|कोच|ट्रेनर|शिल्पकार|बुनकर|दादी|दादियां|नानी|रसोइय|मास्टर|पर्यटक|बच्च|मालिक|संगीतकार"
    r"|लेखक|फोटोग्राफर|माली|छात्र|यात्री|दर्शक|ग्राहक|फैन|गृहिणी)(?:्स|ों|स)?"
)
