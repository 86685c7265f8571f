"""Countries and cities of those who are sought: "in India", "French YouTubers", "大阪か京都で"."""

import re
from dataclasses import dataclass

from discovery.understanding.gazetteers import Gazetteers
from discovery.understanding.parts import Part, PartKind, Span
from discovery.understanding.persons import HINDI, JAPANESE, KOREAN, LATIN, PLAIN
from discovery.understanding.place_names import Named, chains
from discovery.understanding.reading import Found, Reading

_STRONG = re.compile(
    r"(?<![a-z])(?:(?:based|living|located|base[ds]?|vivant|residentes?|que viv\w+|radicad\w+"
    r"|bas[ea]ad[oa]s|lebend?|wohnhaft)\s)?"
    r"(?:in|from|across|around|throughout|aus|im|en|au|aux|a|em|no|na|nos|nas|desde|within"
    r"|market:?|country:?|location:?|region:?|land:?|pays ?:?|pais:?|"
    r"ort:?|standort:?)(?:\s(?:the|der|den|dem|die|la|las|los|el|o|os))?\s+$"
)
_LIVING = re.compile(r"based|living|located|base[ds]|vivant|resident|viv|radicad|lebend|wohnhaft|aus|from")
_WEAK = re.compile(r"(?<![a-z])(?:(?:of|von|vom|de|du|des|de la|de l'|d'|do|da|dos|das|del)\s*|d')$")
_PERSON_END = re.compile(
    rf"(?<![a-z])(?:{LATIN}|instagram|insta|tiktok|youtube|anos|ans|jahren?|years?)[\s,)]*$"
)
_WELCOME = r"(?:\s[a-z-]+)?(?:\s(?:welcome|bienvenu[es]*|willkommen|bienvenid[oas]*|bem-vind[oas]*))?"
_PERSON_BEFORE = re.compile(rf"(?<![a-z])(?P<person>{LATIN}){_WELCOME}[\s,]*$")
_PERSON_AFTER = re.compile(rf"[\s-]+(?:(?:and|or|&)\s[a-z]+\s|[a-z-]+\s)?(?P<person>{LATIN})(?![a-z])")
_GERMAN_ADJECTIVE = re.compile(r"(?:sche[nrms]?|schweizer)$")
_GERMAN_PERSON = re.compile(r"\s(?P<person>[a-z]{3,}er)(?![a-z])")
_MARKET_AFTER = re.compile(
    r"\s(?:markets?|markt\w*|audience|viewers|community|customers|publikum|kunden|kundinnen"
    r"|szene|public|clientes)(?![a-z])"
)
_MARKET_BEFORE = re.compile(r"(?:marche|mercado|publico|publica|audiencia)\s$")
_CREATOR = re.compile(rf"(?<![a-z])(?:{PLAIN}|youtub|tiktok|insta|podcast)")
_LOOK_BACK = 200
_SENTENCE_START = re.compile(r"[.!?;]\s")
_COMPANY = re.compile(
    r"-?(?:based|ansassig\w*)?\s+(?:[a-z-]+\s)?(?:brand|company|maker|shop|store|label|studio"
    r"|start-?up|agency|manufacturer|firm|business)(?![a-z])"
)
_OWN = re.compile(
    r"(?<![a-z])[a-z-]*(?:brand|company|shop|store|studio|start-?up|label|bakery|brewery"
    r"|roastery|cafe|restaurant|hotel|workshop|factory|farm|winery|agency"
    r"|marke|laden|firma|hersteller|manufaktur|rosterei|backerei|brauerei|werkstatt|verlag"
    r"|weingut|agentur|unternehmen|marque|entreprise|boutique|maison|atelier"
    r"|brasserie|boulangerie|torrefacteur|librairie|ferme|empresa|tienda|taller|panaderia"
    r"|cerveceria|bodega|libreria|marca|loja|padaria|cervejaria|vinicola|oficina"
    r"|made|produced|grown|brewed|designed|crafted|founded|hergestellt|gefertigt|gegrundet"
    r"|fabriquee?s?|produite?s?|hech[oa]s?|fabricad[oa]s?|feit[oa]s?|produzid[oa]s?"
    r"|cultivad[oa]s?)"
    r"\s(?:based\s|located\s|basee?\s|situee?\s)?(?:in|from|aus|en|de|do|da|em|a|au|d'|of)\s?$"
)
_LABEL = re.compile(r"(?:국가|지역|나라|도시|国|地域|エリア|拠点|देश|शहर)\s?:\s?$")
_BASED = re.compile(rf"-based(?=\s(?:[a-z-]+\s)?{LATIN})")
_JAPAN_AFTER = re.compile(
    rf"(?:人|系|国内)?(?:在住|出身|を?拠点|エリア|国内|に住|に在住|に進出|市場|で(?!作|つく"
    rf"|製造|生まれ|創業|発売|販売|育|焙煎|醸造|採れ|とれ|人気|有名)"
    rf"|の?[^。、\s]{{0,4}}?{JAPANESE})"
)
_KOREA_AFTER = re.compile(
    rf"(?:인|에|의|에서|쪽|권|시|도|시에|도에)?\s?(?:에서(?!\s(?:만든|만드|생산|시작|온\s|나온|재배|직접|태어"
    rf"|출시|볶|자란|인기))|사는|사시는|살고|계신|계시는|활동|머무는|지내는|거주|출신|지역|기반|진출|시장|현지"
    rf"|(?:관광객|여행객|유학생|고객|소비자|시청자|학부모|팬|독자|청년|대학생|러너|라이더)"
    r"|\s?(?:현지|생활|일상|유학|이민|배낭여행|여행)\s(?:콘텐츠|영상|채널|계정|브이로그|유튜버|블로거)"
    rf"|[·,/]\s?[가-힣]{{2,4}}\s?지역|(?:여성|남성|인기|유명|대학생|\d{{2}}대)?\s?{KOREAN})"
    rf"|에서(?!\s(?:만든|만드|생산|시작|온\s|나온|재배|직접|태어|출시|볶|자란|인기))"
)
_KOREAN_CITY_AFTER = re.compile(rf"\s(?:[가-힣]{{1,6}}\s){{0,2}}{KOREAN}")
_HINDI_AFTER = re.compile(
    r"\s(?:के|की|का|में(?:\s(?P<living>(?:रहने|बसे|रहते|रह रहे)(?:\s(?:वाल[ेी]|हुए|हों))?))?|से|भर|वाले|स्थित)"
    r"(?![\u0900-\u0963])"
)
_HINDI_ROUTE = re.compile(r"[^।,]{0,30}\sतक(?![\u0900-\u0963])")
_HINDI_PERSON = re.compile(rf"{HINDI}|वाले|वाली")
_HINDI_PERSON_AFTER = re.compile(rf"\s(?:[\u0900-\u0963]+\s)?{HINDI}")
_HINDI_STOP = re.compile(r"[।,?!]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    """Places in a row that a cue makes a condition; `cut` is what leaves the topic when they are sure."""

    places: tuple[Named, ...]
    cut: tuple[int, int]
    confidence: float


def find(reading: Reading, gazetteers: Gazetteers) -> list[Found]:
    """Cities, one part each, and one part for all countries, in the order they are named."""
    meant = [one for chain in chains(reading, gazetteers) if (one := _meant(reading.folded, chain))]
    found = [_city(reading, place, one) for one in meant for place in one.places if place.city is not None]
    countries = [(place, one) for one in meant for place in one.places if place.city is None]
    if countries:
        found.append(_country_part(reading, countries))
    return found


def _city(reading: Reading, place: Named, one: _Meant) -> Found:
    span = reading.span(place.start, place.end)
    part = Part(kind=PartKind.CITY, text=reading.said(span), spans=(span,), confidence=one.confidence)
    return Found(part=part, cut=_cuts(reading, one))


def _country_part(reading: Reading, countries: list[tuple[Named, _Meant]]) -> Found:
    codes = tuple(dict.fromkeys(place.country for place, _ in countries))
    spans = tuple(dict.fromkeys(reading.span(place.start, place.end) for place, _ in countries))
    cuts = tuple(dict.fromkeys(cut for _, one in countries for cut in _cuts(reading, one)))
    confidence = max(one.confidence for _, one in countries)
    return Found(part=Part(kind=PartKind.COUNTRY, any_of=codes, spans=spans, confidence=confidence), cut=cuts)


def _cuts(reading: Reading, one: _Meant) -> tuple[Span, ...]:
    return (reading.span(*one.cut),) if one.confidence >= 0.7 else ()


def _meant(text: str, chain: list[Named]) -> _Meant | None:
    first, last = chain[0], chain[-1]
    if all(place.adjective for place in chain):
        return _by_adjective(text, chain)
    if first.adjective != last.adjective:
        chain = [place for place in chain if not place.adjective]
        first, last = chain[0], chain[-1]
    script = text[first.start]
    if script >= "가":
        return _by_after(text, chain, _KOREA_AFTER) or (
            _by_after(text, chain, _KOREAN_CITY_AFTER) if chain[0].city else None
        )
    if script >= "\u3040":
        return _by_after(text, chain, _JAPAN_AFTER)
    if script >= "\u0900":
        return _hindi(text, chain)
    return _by_before(text, chain)


def _by_before(text: str, chain: list[Named]) -> _Meant | None:
    start, end = chain[0].start, chain[-1].end
    back = max(0, start - 30)
    if _COMPANY.match(text, end) or _OWN.search(text, max(0, start - 60), start):
        return None
    if based := _BASED.match(text, end):
        return _Meant(places=tuple(chain), cut=(start, based.end()), confidence=0.85)
    if strong := _STRONG.search(text, back, start):
        return _Meant(places=tuple(chain), cut=(strong.start(), end), confidence=_certainty(text, strong))
    weak = _WEAK.search(text, back, start)
    if weak and _PERSON_END.search(text, max(0, weak.start() - 40), weak.start()):
        return _Meant(places=tuple(chain), cut=(weak.start(), end), confidence=0.85)
    if _PERSON_AFTER.match(text, end) and chain[0].city is None:
        return _Meant(places=tuple(chain), cut=(start, end), confidence=0.75)
    return None


def _certainty(text: str, strong: re.Match[str]) -> float:
    """High right after a person or "living in"; low where the clause may speak of the product."""
    if _LIVING.search(strong.group()) or _PERSON_END.search(
        text, max(0, strong.start() - 40), strong.start()
    ):
        return 0.9
    start = _sentence_start(text, strong.start())
    return 0.75 if _CREATOR.search(text, start, strong.start()) else 0.55


def _sentence_start(text: str, at: int) -> int:
    back = max(0, at - _LOOK_BACK)
    return max((one.end() for one in _SENTENCE_START.finditer(text, back, at)), default=back)


def _by_adjective(text: str, chain: list[Named]) -> _Meant | None:
    start, end = chain[0].start, chain[-1].end
    after, before = _PERSON_AFTER.match(text, end), _PERSON_BEFORE.search(text, max(0, start - 60), start)
    market = _MARKET_AFTER.match(text, end) or _MARKET_BEFORE.search(text, max(0, start - 20), start)
    hindi = text[start] >= "\u0900" and _HINDI_PERSON_AFTER.match(text, end)
    if text[end : end + 1] == "-":
        return None
    if _GERMAN_ADJECTIVE.search(text, start, end):
        after = after or _GERMAN_PERSON.match(text, end)
    person = after or before
    if person:
        plain = (
            re.fullmatch(PLAIN, person["person"]) or "tube" in person["person"] or "tok" in person["person"]
        )
        return _Meant(places=tuple(chain), cut=(start, end), confidence=0.75 if plain else 0.55)
    if market or hindi:
        return _Meant(places=tuple(chain), cut=(start, end), confidence=0.75)
    return None


def _by_after(text: str, chain: list[Named], cue: re.Pattern[str]) -> _Meant | None:
    if _LABEL.search(text, max(0, chain[0].start - 12), chain[0].start):
        return _Meant(places=tuple(chain), cut=(chain[0].start, chain[-1].end), confidence=0.85)
    match = cue.match(text, chain[-1].end)
    if not match:
        return None
    end = (
        match.end()
        if re.search(r"(?:在住|出身|拠点|国内|で|に住|人|系|에서|거주|출신|사는)$", match.group())
        else chain[-1].end
    )
    return _Meant(places=tuple(chain), cut=(chain[0].start, end), confidence=0.8)


def _hindi(text: str, chain: list[Named]) -> _Meant | None:
    after = _HINDI_AFTER.match(text, chain[-1].end)
    if not after:
        return None
    stop = _HINDI_STOP.search(text, after.end())
    ended = not text[after.end() : stop.start() if stop else len(text)].strip()
    from_there = ended and not _HINDI_ROUTE.match(text, after.end())
    if from_there and _HINDI_PERSON.search(text, max(0, chain[0].start - 120), chain[0].start):
        return _Meant(places=tuple(chain), cut=(chain[0].start, after.end()), confidence=0.8)
    if not after["living"] and not _HINDI_PERSON.search(
        text, after.end(), stop.start() if stop else len(text)
    ):
        return None
    return _Meant(places=tuple(chain), cut=(chain[0].start, after.end()), confidence=0.8)
