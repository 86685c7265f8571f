"""What a brief asks about a person: gender, age, ethnicity, health, religion, politics or sexuality.

Only words that qualify those who are sought count: "female creators" does, "women's health" does not.
"""

import re

from discovery.understanding.parts import Part, PartKind
from discovery.understanding.persons import HINDI, JAPANESE, KOREAN, LATIN
from discovery.understanding.reading import Found, Reading

_TRAITS = {
    "religion": r"muslims?|(?:muslim|kathol|evangel|buddhist|hinduist)isch(?:e[nrs]?)?|christians?"
    r"|christlich\w*|jewish|judisch\w*|hindus?|catholics?|buddhists?|sikhs?|mormons?"
    r"|musulman(?:e?s?|as?|es)|chretien(?:ne)?s?|jui(?:f|fs|ve|ves)|catholiques?|catolic[oa]s?"
    r"|cristian[oa]s?|judi[oa]s?|muculman[oa]s?|crist(?:ao|aos|a|as)|evangelic[oa]s?",
    "sexuality": r"gays?|gais?|lesbians?|lesbian[ao]s?|lesbien(?:ne)?s?|lesbisch\w*|schwule?[nrs]?"
    r"|queere?[nrs]?|lgbt\w*|trans(?:gender)?|bisexual(?:es)?|homosexual(?:es)?|homosexuels?"
    r"|homo(?:s)?",
    "ethnicity": r"black|asian|south asian|latin[oax]s?|latines|hispanics?|white|afro[\s-]?\w+"
    r"|african american|schwarze[nrs]?|noire?s?|metis(?:ses?)?|negr[oa]s?|indigen[aeo]\w*"
    r"|bipoc|poc|roma",
    "health": r"disabled|blind|deaf|autistic|neurodivergent|diabetics?|diabeti\w+|chronically ill"
    r"|pregnant|wheelchair users?|people with disabilities|rollstuhlfahrer(?:innen)?"
    r"|personnes en situation de handicap|personas con discapacidad|pessoas com deficiencia"
    r"|behinderte[nrs]?|autistische[nrs]?|schwangere[nrs]?|handicape\w*|autistes?"
    r"|enceintes?|discapacitad[oa]s?|embarazadas?|autistas?|gravidas?|deficientes?|cieg[oa]s?"
    r"|sord[oa]s?|sourd(?:e)?s?|malentendante?s?|malvoyante?s?|aveugles?|gehorlose?[nrs]?",
    "politics": r"conservatives?|liberals?|left-wing|right-wing|republicans?|democrats?|progressives?"
    r"|konservative[nrs]?|linke[nrs]?|rechte[nrs]?|conservateurs?|conservatrices?"
    r"|conservador(?:es|as?)?|progresistas?|progressistas?",
    "gender": r"female|male|women|woman|men|girls?|ladies|weibliche?[nrs]?|mannliche?[nrs]?|frauen"
    r"|manner|feminines?|masculins?|femmes|hommes|mujer(?:es)?|hombres|chicas|femenin[oa]s"
    r"|mulher(?:es)?|homens|meninas|feminin[oa]s|masculin[oa]s|non-binary",
    "age": r"older|teen(?:age)?|senior(?:s|en|innen)?|elderly|altere[nrs]?|agees?|mayores(?! de \d)"
    r"|idos[oa]s|gen[\s-]?z|generation z|millennials?|boomers?",
}
_NOUNS = {"gender", "age"}
_OPEN = {
    "wheelchair users", "wheelchair user", "people with disabilities", "personas con discapacidad",
    "pessoas com deficiencia", "personnes en situation de handicap",
}  # fmt: skip
_TRAIT = re.compile("|".join(rf"(?<![\w-])(?P<{code}>{words})(?![\w'’-])" for code, words in _TRAITS.items()))
_PERSON_AFTER = re.compile(rf"\s(?:(?:and|or|und|oder)\s[a-z-]+\s|[a-z-]+\s)?{LATIN}(?![a-z])|[\s-]owned")
_PERSON_BEFORE = re.compile(rf"(?<![a-z]){LATIN}[\s,]+(?:[a-z]+\s(?:ou|et|or|and|y|e|o|und|oder)\s)?$")
_FOR = re.compile(
    r"(?<![a-z])(?:(?<!looking )(?<!searching )(?<!look )for|fur|pour|para|pra|of|about|to|von"
    r"|uber|sobre|sur|aux?|by)\s(?:[a-z]+\s)?$"
)
_AS_PERSON = re.compile(
    r"\s(?:who|that|die|qui|que|aged|over|under|between|from|in|aus|uber|unter|ab|mit|de"
    r"|agees?|mayores|con|com|acima|noires?|negr[ao]s?|musulm\w+|muculman\w+)(?![a-z])"
)
_ASKED = re.compile(
    r"(?:(?<![a-z])(?:with|mit|avec|con|com|seek\w*|want\w*|need\w*|for female|looking for"
    r"|suchen?|sucht|gern|gerne|cherch\w+|recherch\w+|busc\w+|procur\w+|quer\w+|preferably"
    r"|idealerweise|bevorzugt)"
    r"\s(?:des |de |a |some )?|[:,;.!?]\s(?:des |de |a |some |unas |unos )?)$"
)
_ALONE = re.compile(r"[\s]*(?:[,.;!)]|$)")
_ENDS = re.compile(r"\s*(?:[,.;!)]|$|(?:who|that|die|qui|que|from|aus|in|en|em|de|der)(?![a-z]))")
_NUMBER = r"\d{2}"
_AGES = re.compile(
    rf"(?<![a-z\d])(?:(?:aged|age|im alter von|ages|ages|ages de|entre)\s)?(?:over|under|above"
    rf"|below|aged|uber|unter|ab|plus de|moins de|mayores de|menores de|mas de|menos de"
    rf"|maiores de|acima dos?|acima de|abaixo de|mais de|com mais de|between|zwischen|entre"
    rf"|von)?\s?(?P<first>{_NUMBER})\s?(?P<second>(?:-|–|to|and|bis|und|a|et|y"
    rf"|e)\s?{_NUMBER}(?!\d)\s?)?"
    r"(?P<unit>\+|year[\s-]olds?|years?(?: old| of age)?|yo(?![a-z])|jahren?(?: alt)?"
    r"|-?jahrige?[nrs]?|ans|anos|s(?![a-z])|something)?(?![.,]?\d|\s?(?:[%€$£]|(?:k|m|mil|euro"
    r"|eur|usd|follower|min|sek|sec|day|tag|jour|dia|km|kg|g|cm)(?![a-z])))"
)
_AGE_CUE = re.compile(
    r"^(?:over|under|above|below|aged|uber|unter|ab|plus|moins|mayores|menores|mas|menos"
    r"|maiores|acima|abaixo|mais|age|im alter)"
)
_PEOPLE_BACK = re.compile(
    rf"(?<![a-z])(?:{LATIN}|female|male)(?:\s(?:(?:de|d'|of|fur)\s)?[a-z-]+)?[\s,(]*(?:(?:who\s"
    rf"|die\s|qui\s|que\s)?(?:com|con|mit|with|de|must be|should be|are|ont|tengan|tenham"
    rf"|sind)\s)?(?:aged|in their|im alter|ages|de)?\s?$"
)
_KOREAN_SOUGHT = (
    rf"(?:\s?(?:[가-힣]{{1,6}}\s){{0,2}}?{KOREAN}(?!들?[을를]?\s(?:위|대상))|[,.]|$"
    r"|(?:\s?분들?)?(?:[을를이만]|이면|이신)?\s(?:모[십셔시집]|찾|구[합해하]|섭외|우대|선호|환영|원[합해]|기다))"
)
_EAST = re.compile(
    rf"(?P<gender>女性|男性|女子|男子)(?=(?:の)?(?:限定|[、。]|$"
    rf"|[^。、\s向け]{{0,4}}{JAPANESE}))|(?P<age>\d{{2}}[〜~-]?\d{{0,2}}(?:代|歳以上|歳以下"
    rf"|歳))(?=(?:の|以上|前半|後半)?(?:[^。、]{{0,8}}{JAPANESE}|女性|男性))"
    rf"|(?P<gender2>여성|남성|여자|남자)(?={_KOREAN_SOUGHT})"
    rf"|(?P<age2>(?:\d{{2}}대?\s?[~-]\s?)?\d{{2}}대(?:\s?이상|\s?[초중후]반)?"
    rf"|(?:만\s?)?\d{{2}}세\s?(?:이상|이하))(?=\s?(?:[가-힣]{{1,8}}\s){{0,2}}?(?:{KOREAN}(?![을를]?\s위)"
    rf"|(?:여성|남성|여자|남자)(?:{_KOREAN_SOUGHT})))"
    rf"|(?P<gender4>(?<=वाली )महिला(?:एं|ओं)?)"
    rf"|(?P<gender3>महिला(?:एं|ओं)?|पुरुष(?:ों)?|लडकियां|लडकियों|लडकी|लडके)(?=[।,]|$|\s(?:[\u0900-\u0963]+\s)?(?:{HINDI}|जो))"
    rf"|(?P<age3>\d{{2}}\s(?:साल|वर्ष|की उम्र)\s(?:(?:से|के)\s(?:ऊपर|ज्यादा|अधिक|कम|पार|बडी|बडे"
    rf"|बीच)(?:\sउम्र)?)|\d{{2}}\sसे\s\d{{2}}\s(?:साल|वर्ष)|\d{{2}}\+?\s(?:पार|प्लस)|बुजुर्ग)"
    rf"|(?P<religion>イスラム教徒|ムスリム|クリスチャン|キリスト教徒|仏教徒|무슬림|기독교인|크리스천|개신교인|유대인|불자"
    rf"|(?:기독교|불교|천주교|가톨릭|개신교|힌두교|이슬람)\s?신자|मुस्लिम|हिंदू|ईसाई|सिख"
    rf"|जैन)(?=の?(?:이신)?\s?(?:[^\s。、,.।]{{0,6}}\s?)(?:{JAPANESE}|{KOREAN}|{HINDI}|महिला|पुरुष))"
    rf"|(?P<sexuality>ゲイ|レズビアン|lgbtq?\+?(?:当事者)?|게이|레즈비언|성소수자"
    rf"|समलैंगिक)(?=の?\s?(?:{JAPANESE}|{KOREAN}|{HINDI}))"
    rf"|(?P<health>妊娠中|障害のある|車椅子|임산부|임신부|임신\s?중|(?:청각"
    rf"|시각)?\s?장애(?:가 있는|인)?|휠체어를?\s?타는|गर्भवती|दिव्यांग)(?=の?\s?(?:{JAPANESE}"
    rf"|{KOREAN}|{HINDI}|유튜버))"
    rf"|(?P<ethnicity>黒人|アジア系|흑인|동양인)(?=の?\s?(?:[^\s。、]{{0,4}})(?:{JAPANESE}|{KOREAN}))"
)


def find(reading: Reading) -> list[Found]:
    """Traits in the order of the text."""
    text = reading.folded
    found = []
    for match in _TRAIT.finditer(text):
        code = next(name for name in _TRAITS if match[name])
        if _qualifies(text, match, code):
            found.append(_found(reading, match.span(), code))
    for match in _AGES.finditer(text):
        if _is_age(text, match):
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            found.append(_found(reading, (start, start + len(match.group().strip())), "age"))
    for match in _EAST.finditer(text):
        code = next(name for name, value in match.groupdict().items() if value)
        found.append(_found(reading, match.span(), code.rstrip("234")))
    return found


def _qualifies(text: str, match: re.Match[str], code: str) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    if _FOR.search(before):
        return False
    if match.group() in _OPEN or _PERSON_AFTER.match(text, match.end()):
        return True
    asked = _ASKED.search(before) or match.start() == 0
    if asked and (_AS_PERSON.match(text, match.end()) or _TRAIT.match(text, match.end() + 1)):
        return True
    if code in _NOUNS:
        return bool(asked and before.endswith(", ") and _ALONE.match(text, match.end()))
    return bool(_PERSON_BEFORE.search(before))


def _is_age(text: str, match: re.Match[str]) -> bool:
    said = match.group().strip()
    before = text[max(0, match.start() - 40) : match.start()]
    ranged = match["second"] and _ENDS.match(text, match.start() + len(match.group().rstrip()))
    if not (_AGE_CUE.match(said) or match["unit"] or ranged) or _FOR.search(before):
        return False
    if match["unit"] and _ALONE.match(text, match.end()) and before.rstrip().endswith((",", ";")):
        return True
    person = bool(_PEOPLE_BACK.search(before)) or bool(
        re.match(rf"\s{LATIN}(?![a-z])", text[match.end() :][:24])
    )
    return person and 13 <= int(match["first"]) <= 99


def _found(reading: Reading, place: tuple[int, int], code: str) -> Found:
    span = reading.span(*place)
    part = Part(
        kind=PartKind.PERSONAL, any_of=(code,), text=reading.said(span), spans=(span,), confidence=0.85
    )
    return Found(part=part, cut=(span,))
