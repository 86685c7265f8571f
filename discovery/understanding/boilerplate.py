"""Words that every brief has and that say nothing about a niche: that someone is sought, and "creators"."""

import re

from discovery.understanding.parts import Span
from discovery.understanding.persons import PLAIN
from discovery.understanding.reading import Reading

_TIE = r"(?:\s*,?\s+(?:who|that|which|whose|die|der|das|qui|que|quem|quienes|cuyos?))?"
_SEEK = (
    r"(?:we|i|our brand|our team|they)?(?:\s*'?(?:re|m|d)|\s+(?:are|am|is"
    r"|would))?\s*(?:(?:currently|now|like|love|mainly)\s+)?"
    r"(?:(?:looking|searching) for|look for|in search of|seek(?:s|ing)?|want(?:s"
    r"|ed)?(?: to (?:find|reach|work with))?|need(?:s|ed)?"
    r"|to work with|to find|to partner with|to collaborate with|partner(?:ing)? with|find me|find us|wanted)"
    r"|(?:wir |ich )?(?:aktuell |derzeit )?(?:suchen?|sucht|gesucht(?: werden| sind)?|brauchen"
    r"|braucht|wunschen (?:wir )?uns|mochten)(?: wir| ich)?(?: nach)?"
    r"|(?:nous |on |je )?(?:cherch(?:e|ons|ent)|recherch(?:e|ons|ent)|voulons|souhait(?:e|ons)"
    r"|a la recherche de|avons besoin de)"
    r"|(?:aimer(?:ait|ions|ais) )?(?:collaborer|travailler) avec|gern mit|zusammenarbeiten mit"
    r"|(?:nos? )?(?:gustaria )?(?:trabajar|colaborar) con|nos interesan?"
    r"|(?:gostariamos de )?(?:trabalhar|colaborar) com"
    r"|(?:nos? |se )?(?:busc(?:a|an|amos|o|ando)|queremos|quiero|quero|necesit(?:a|amos|o))(?: a)?"
    r"|(?:estamos )?(?:procur(?:a|amos|o|ando)|precis(?:a|amos|o)(?: de)?)(?: por)?"
)
_SEEKING = re.compile(
    rf"(?<!\w)(?:{_SEEK})(?!\w)(?:\s+(?:a|an|some|the|few|for|eine[nrm]?|des|de|d'|du|un|une"
    rf"|unos|unas|uns|umas|um|uma|\d{{1,2}}))*"
    rf"(?:\s+{PLAIN}(?!\w))?{_TIE}(?!\w)"
)
_SEEKING_AFTER = re.compile(
    r"(?:を|の方を|方を)?(?:探して(?:います|いる|おります|ます)|探しています"
    r"|募集(?:して(?:います|おります)|中(?:です)?|します)?"
    r"|求めて(?:います|おります)|お願い(?:し(?:ます|たい(?:です)?)|いたします)|希望(?:します"
    r"|です)?|歓迎(?:です|します)?|大歓迎)|してほしい(?:です)?|していただける方|してくださる方"
    r"|(?:[을를]|(?<=[가-힣])께)?\s*(?:찾(?:습니다|아요|는\s?중)|구(?:합니다|해요|함)|모(?:십니다|셔요|실게요)"
    r"|모집\s?(?:합니다|해요|중(?:입니다|이에요)?)?|원(?:합니다|해요)|필요(?:합니다|해요)|섭외(?:합니다|해요)"
    r"|환영(?:합니다|해요)|기다립니다|기다려요"
    r"|(?:찾|구하|모시|모집하|섭외하|만나\s?뵙|기다리|제안드리)고\s?(?:있(?:습니다|어요|음)|싶(?:습니다|어요))"
    r"|부탁\s?드(?:립니다|려요|릴게요)|부탁(?:합니다|해요)|좋겠(?:습니다|어요))|(?:[와과]\s?)?(?:함께\s?"
    r"|협업)하(?:고\s?싶(?:습니다|어요)|실)|(?:이|라)?면 (?:좋겠(?:습니다|어요)|됩니다|돼요|좋습니다)"
    r"|입니다|이에요|예요"
    r"|(?:की|के|का)?\s*(?:तलाश\s?(?:है|में हैं|रहे हैं|कर रहे हैं)|खोज\s?(?:रहे हैं|में हैं|है)"
    r"|चाहिए(?:ं)?|(?:ढूंढ|जोड|बुला)\sरहे हैं|जरूरत है|चाहते हैं|आमंत्रित हैं)"
)
_PEOPLE = re.compile(
    rf"(?<![\w-])(?:the |des |de |d')?{PLAIN}(?![\w-]){_TIE}(?!\w)"
    r"|(?:クリエイター|クリエーター|インフルエンサー|アカウント|チャンネル)(?:さん|様)?"
    r"|(?:크리에이터|인플루언서|채널|계정)(?:들)?(?:[을를이가은는의]|에게|와|과)?(?![가-힣])"
    r"|(?<![\u0900-\u097f])(?:क्रिएटर|इ(?:न्|ं|न)फ्ल[ुू]एंसर|चैनल|अकाउंट)(?:्स|स|ों"
    r"|र्स)?(?![\u0900-\u097f])(?:\s+(?:जो|की|के|को))?"
)


def seeking(reading: Reading) -> list[Span]:
    """Where the brief says that it looks for someone; one clause ends there and another begins."""
    return [
        reading.of_match(one)
        for pattern in (_SEEKING, _SEEKING_AFTER)
        for one in pattern.finditer(reading.folded)
    ]


def people(reading: Reading) -> list[Span]:
    """Where the brief only names creators as such."""
    return [reading.of_match(one) for one in _PEOPLE.finditer(reading.folded)]
