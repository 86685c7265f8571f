"""What the work may cost: an amount beside words for paying, and not the price of a product."""

import re
from collections.abc import Iterable, Mapping, Sequence

from discovery.understanding.clauses import Clauses
from discovery.understanding.numbers import Quantity
from discovery.understanding.parts import Part, PartKind, Span
from discovery.understanding.reading import Found, Reading

_BUDGET = re.compile(
    r"(?<![a-z])(?:budget|enveloppe|presupuesto|orcamento|verba|fee|fees|honorar|vergutung"
    r"|gage|pay|pays|paid|paying|bezahl\w*|zahlen"
    r"|cachet|cache|remunerat\w*|remuner\w*|pagamos|pago|paga|tarif\w*|honorarios|per (?:post"
    r"|video|reel|story)"
    r"|pro (?:post|video|reel|story)|par (?:post|video|publication)|por (?:post|video|reel"
    r"|publicac\w*)|payons|payes?)(?![a-z])"
    r"|予算|謝礼|報酬|ギャラ|예산|건당|원고료|페이|사례[비금]|고정\s?비|광고비|제작비"
    r"|진행비|활동비|섭외[비료]|보수|고료|지급|회당|편당|출연료|प्रति"
    r"|हर (?:पोस्ट|रील|वीडियो|स्टोरी)|बजट|फीस|भुगतान"
)
_PRICE = re.compile(
    r"(?<![a-z])(?:costs?|costing|priced?|prices|retails?|sells?|selling|worth|kosten|kostet"
    r"|preis|wert|verkaufen|coute(?:nt)?|prix|vend(?:s|ons)?"
    r"|vaut|valeur|cuestan?|precio|vendemos|vale|valor|custam?|preco|earns?|gagne\w*|ganha\w*"
    r"|ganan?|per month|par mois"
    r"|al mes|por mes|monat\w*|salary)(?![a-z])"
    r"|円(?:の|で買|相当)|価格|売って|販売|原価|定価|月収|年収|税込|원대|원짜리|정가|판매가"
    r"|월급|연봉|가격|판매합|팝니다|कीमत|दाम|कमाने|महीने|बेचते|(?:₹|रुपये)[\s\d,]*\s?(?:की|का"
    r"|के(?! लिए)|वाले|वाली)\s"
)
_LOOSE_BEFORE = re.compile(
    r"(?:(?:(?:the|our|my|das|unser|notre|nuestro|nosso)\s)?(?:(?:total|max(?:imum)?\.?)\s)?"
    r"(?:budget|enveloppe|presupuesto|orcamento|verba|予算|예산|बजट)"
    r"|for|fur|pour|por|para|of|von|de|d'|at|au|a|is|is up to|ist|est|es|e de|は|회당|건당"
    r"|편당|प्रति|:)[\s:]*$"
)
_LOOSE_AFTER = re.compile(r"\s*(?:तक )?(?:का |की )?(?:budget|बजट)|\s?(?:まで|程度|정도|까지|तक)")


class Money:
    """Finds budgets; signs and words of currencies are data."""

    def __init__(self, currencies: Mapping[str, str]) -> None:
        self._currencies = currencies
        names = sorted(
            {name.lower() if name.isascii() else name for name in currencies}, key=len, reverse=True
        )
        signs = [name for name in names if not name.isascii() or not name.replace(".", "").isalpha()]
        words = [name for name in names if name.isascii() and name.replace(".", "").isalpha()]
        sign, word = "|".join(map(re.escape, signs)), "|".join(map(re.escape, words))
        self._before = re.compile(rf"(?:(?P<sign>{sign})|(?<![a-z])(?P<word>{word}))\s?$")
        self._after = re.compile(
            rf"\s?(?:(?P<word>{word})(?![a-z])|(?P<sign>\$ ?(?:us|ca|au|nz|mx|hk|sg)(?![a-z])|{sign}))"
        )

    def find(
        self, reading: Reading, clauses: Clauses, quantities: Sequence[Quantity], ordered: Iterable[Span]
    ) -> list[Found]:
        """Budgets in the order of the text; `ordered` is where deliverables were read."""
        places = [start for start, _ in ordered]
        return [
            found for one in quantities if (found := self._budget(reading, clauses, one, places)) is not None
        ]

    def _budget(
        self, reading: Reading, clauses: Clauses, one: Quantity, ordered: Sequence[int]
    ) -> Found | None:
        start, end, currency = self._with_currency(reading, one)
        text = reading.folded
        first, last = clauses.sentence(start, len(text))
        clause = clauses.clause(start, len(text))
        paying = bool(_BUDGET.search(text, first, last))
        near = any(reading.origin[first] <= place <= reading.origin[last] for place in ordered)
        if _PRICE.search(text, *clause) or not (paying or (currency and (near or one.low or one.high))):
            return None
        if not currency and not re.search(
            r"(?:budget|enveloppe|presupuesto|orcamento|予算|예산|बजट)\W*(?:\w+\W+){0,2}$",
            text[clause[0] : one.start],
        ):
            return None
        low, high = (one.low, one.high) if one.low or one.high else (None, one.value)
        part = Part(
            kind=PartKind.BUDGET, min=low, max=high, currency=currency, spans=(reading.span(start, end),),
            confidence=0.9 if paying and currency else 0.7,
        )  # fmt: skip
        return Found(part=part, cut=(reading.span(*self._cut(text, one, start, end)),))

    def _with_currency(self, reading: Reading, one: Quantity) -> tuple[int, int, str | None]:
        text = reading.folded
        before = self._before.search(text, max(0, one.start - 8), one.start)
        after = self._after.match(text, one.end)
        code_before, code_after = self._code(reading, before), self._code(reading, after)
        start = before.start() if before and code_before else one.start
        end = after.end() if after and code_after else one.end
        if not (code_before or code_after):
            inside = re.search("[€$£₹¥₩]", text[one.start : one.end])
            return start, end, self._currencies.get(inside.group()) if inside else None
        return start, end, code_before or code_after

    def _code(self, reading: Reading, match: re.Match[str] | None) -> str | None:
        """The currency that a sign, word or code means; rarer codes count in capitals only."""
        if not match:
            return None
        group = "sign" if match["sign"] else "word"
        folded = match[group].replace(" ", "") if group == "sign" else match[group]
        return self._currencies.get(folded) or self._currencies.get(
            reading.said(reading.of_match(match, group))
        )

    def _cut(self, text: str, one: Quantity, start: int, end: int) -> tuple[int, int]:
        start, end = min(start, one.cue[0]), max(end, one.cue[1])
        while before := _LOOSE_BEFORE.search(text, max(0, start - 24), start):
            start = before.start()
        if after := _LOOSE_AFTER.match(text, end):
            end = after.end()
        return start, end
