"""Where creators publish: names of platforms and of those who publish there ("YouTubers")."""

import re

from discovery.understanding.parts import Part, PartKind, Span
from discovery.understanding.persons import DOING, LATIN
from discovery.understanding.reading import Found, Reading

_NAMES = {
    "instagram": r"instagram(?:m?(?:er|eur|euse)(?:s|in|innen)?)?|insta(?:s)?|ig|インスタ(?:グラム"
    r"|グラマー)?|인스타(?:그램|그래머)?|इंस्टा(?:ग्राम(?:र)?)?",
    "tiktok": r"tik\s?tok(?:s|er(?:s|in|innen|as|os|es)?|eur|euse|eurs|euses)?|ティックトック"
    r"|ティックトッカー|틱톡(?:커)?|टिकटॉक(?:र)?",
    "youtube": r"you\s?tube(?:r(?:s|in|innen|as|os|es)?)?|youtubeur(?:s)?|youtubeuse(?:s)?|yt"
    r"|ユーチュー(?:ブ|バー)|유[튜투](?:브|버)|यूट्यूब(?:र(?:्स|ों)?)?",
    "podcast": r"podcast(?:s|er(?:s|in|innen)?|eur|euse|eurs|euses|ing)?|ポッドキャスト(?:番組)?"
    r"|ポッドキャスター|팟캐스트|팟캐스터|पॉडकास्ट(?:र)?",
    "bluesky": r"bluesky|bsky|ブルースカイ|블루스카이|ब्लूस्काई",
    "mastodon": r"mastodon(?!\s(?:fossils?|bones?|tusks?|skulls?|albums?|concerts?|tours?|band))"
    r"|fedivers[eo]|マストドン|마스토돈|मास्टोडॉन",
    # A brand has a website and a blog of its own, and a blogger posts anywhere: only "blogs" is unambiguous.
    "website": r"(?:web)?blogs",
}
_ONE = "|".join(f"(?P<{code}>{names})" for code, names in _NAMES.items())
_NAME = re.compile(
    rf"(?<![\w@#.-])(?:{_ONE})(?![a-z])|(?<=[^\x00-\u024f])(?:{_ONE.replace('(?P<', '(?P<k')})(?![a-z])"
)
_TOOL = re.compile(
    r"[\s-](?:app|tool|ads?|software|algorithm|growth|scheduler|marketing|kurse?|courses?"
    r"|thumbnails?|strateg\w+|analytics|werbung)(?![a-z])"
    r"|(?:の)?(?:運用|講座|アプリ|広告|編集|マーケティング)|\s?(?:운영|강의|강좌|편집|광고(?=\s?(?:운영|강의|강좌|대행|전략|법))"
    r"|마케팅)|\s(?:कोर्स|मार्केटिंग|एडिटिंग|विज्ञापन)"
)
_ABOUT = re.compile(
    r"(?<![a-z])(?:courses?|kurse?|cours|cursos?|formation|formacion|app|tool|software"
    r"|aplicacion|aplicativo|strateg\w+|estrategia\w*|marketing)"
    r"\s(?:about|uber|de|sur|sobre|para|pour|fur|for|on|en|no)\s$"
)
_BEFORE = re.compile(
    r"(?<![a-z])(?:(?:on|auf|bei|sur|en|no|na|nas|nos|em|via|preferably on|am liebsten auf"
    r"|plutot sur|de preferencia no"
    r"|mainly on|できれば)\s*)+$"
)
_AFTER = re.compile(
    r"[\s-](?:channels?|accounts?|creators?|kanale?n?|profil\w*|pages?|influencers?"
    r"|shows?)(?![a-z])|(?:で|上で|에서|위주로?|पर|の)\s?"
    r"|\s(?:पर|चैनल)(?![\u0900-\u0963])"
)
_OWN_OR_VERB = re.compile(
    r"(?<![a-z])(?:who|that|which|she|he|our|my|their|(?:unsere|meine)[rn]?|nos|mes|nuestros|mis|nossos|meus)\s$"
)
"""Before "blogs": somebody blogs, or the brand has them."""
_TIED = r"(?:,|(?:,?\s(?:and|or|und|oder|et|ou|y|o|e)))\s+"
_LISTED = re.compile(
    rf"(?<![a-z-])(?:{LATIN}|[a-z]{{4,}}er(?=,|\s(?:und|oder)\s))(?:\s(?:de|d'|du|of|fur)\s?[a-z]+)?{_TIED}(?:(?!(?:in|on|auf|sur|en|em)\s)[a-z-]+\s)"
    r"{0,3}$"
)
_LISTED_AFTER = re.compile(
    rf"{_TIED}(?:(?!who|that|die|qui|que|in|on)[a-z-]+\s){{0,2}}(?!youtube|tiktok|insta){DOING}(?![a-z])"
)


def find(reading: Reading) -> list[Found]:
    """One part for all platforms of a brief, in the order they are named."""
    codes: list[str] = []
    spans: list[Span] = []
    cuts: list[Span] = []
    weak = True
    for match in _NAME.finditer(reading.folded):
        code = next(name for name, value in match.groupdict().items() if value).removeprefix("k")
        before = reading.folded[max(0, match.start() - 30) : match.start()]
        if _TOOL.match(reading.folded, match.end()) or _ABOUT.search(before):
            continue
        if code == "website" and _OWN_OR_VERB.search(before):
            continue
        if code not in codes:
            codes.append(code)
        listed = _listed(reading.folded, match)
        one_of_others = bool(code in {"podcast", "website"} and listed and not spans)
        weak = weak and one_of_others
        spans.append(reading.of_match(match))
        if not one_of_others:
            cuts.append(reading.span(*_around(reading.folded, match)))
    if not codes:
        return []
    part = Part(
        kind=PartKind.PLATFORM, any_of=tuple(codes), spans=tuple(spans), confidence=0.5 if weak else 0.9
    )
    return [Found(part=part, cut=tuple(cuts))]


def _listed(text: str, match: re.Match[str]) -> bool:
    """Whether a platform's name stands in a row of people ("trail runners and running podcasts")."""
    before = _LISTED.search(text, max(0, match.start() - 60), match.start())
    return bool(before or _LISTED_AFTER.match(text, match.end()))


def _around(text: str, match: re.Match[str]) -> tuple[int, int]:
    before = _BEFORE.search(text, max(0, match.start() - 24), match.start())
    after = _AFTER.match(text, match.end())
    return before.start() if before else match.start(), after.end() if after else match.end()
