"""The work that is ordered ("2 reels") and how it is paid for (money, a share of sales, products)."""

import re

from discovery.understanding.parts import Part, PartKind, Span
from discovery.understanding.reading import Found, Reading

_WORK = {
    "reel": r"reels?|リール(?:動画)?|릴스|रील(?:्स|स)?",
    "story": r"stor(?:y|ies|ys)|instastor(?:y|ies|ys)|historias?|ストーリー(?:ズ)?|스토리|स्टोर(?:ी|ीज|ियां)",
    "carousel": r"carousels?|karussells?|carrousels?|carrus?el(?:es)?|carrosse(?:l|is)|カルーセル(?:投稿)?"
    r"|캐러셀|카드뉴스|कैरोसेल|कैरसेल",
    "episode": r"episodes?|episoden?|folgen?|episodios?|エピソード|에피소드|एपिसोड|एपिसोड्स",
    "short": r"(?:youtube[\s-])?shorts?(?:[\s-](?:videos?|clips?))?|kurzvideos?|ショート(?:動画)?|쇼츠"
    r"|숏폼|शॉर्ट(?:्स)?",
    "live": r"lives?|live[\s-]?streams?|livestreams?|directos?|en vivo|ライブ(?:配信)?|라이브(?: 방송)?|लाइव",
    "unboxing": r"unboxings?(?: videos?)?|開封動画|언박싱(?: 영상)?|अनबॉक्सिंग(?: वीडियो)?",
    "tutorial": r"tutorials?|tutoriel(?:s)?|tutos?|tutoriais?|tutoriales|チュートリアル|튜토리얼|ट्यूटोरियल",
    "review": r"reviews?|testberichte?|resenas?|resenhas?|レビュー(?:動画|記事)?|리뷰|रिव्यू",
    "giveaway": r"giveaways?|gewinnspiele?|(?:jeux?[\s-])?concours|sorteos?|sorteios?|プレゼント企画"
    r"|(?:경품|나눔|증정)\s?이벤트|गिवअवे",
    "ugc": r"ugc(?:[\s-](?:videos?|clips?|content))?",
    "video": r"videos?|clips?|動画|ビデオ|영상|비디오|वीडियो|विडियो",
    "post": r"posts?|feed[\s-]?posts?|beitrage?|publications?|publicacion(?:es)?|publicac(?:ao|oes)"
    r"|投稿|フィード投稿|게시[물글]|포스[팅트]|피드|पोस्ट",
}
_NOUN = "|".join(f"(?P<{code}>{names})" for code, names in _WORK.items())
_ONE_TO_TEN = {
    1: "one 일 한 하나 一 एक",
    2: "two zwei deux dos dois duas 두 둘 二 दो",
    3: "three drei trois tres 세 셋 三 तीन",
    4: "four vier quatre cuatro quatro 네 四 चार",
    5: "five funf cinq cinco 다섯 五 पांच पाँच",
    6: "six sechs seis छह",
    8: "eight acht huit ocho oito",
    10: "ten zehn dix diez dez दस",
}
_COUNTS = {word: number for number, words in _ONE_TO_TEN.items() for word in words.split()}
_COUNT = "|".join(sorted(_COUNTS, key=len, reverse=True))
_FILLER = (
    r"(?:[\s-](?:short|dedicated|sponsored|instagram|insta|ig|youtube|tik\s?tok|kurze|eigene"
    r"|gesponserte|feed|static|in-feed|long|인스타|유튜브|틱톡|इंस्टा|यूट्यूब|छोटे|लंबे"
    r"|डेडिकेटेड)){0,2}"
)
_COUNTED = re.compile(
    rf"(?:(?<![\d.,])(?P<digits>\d{{1,2}})(?:\s?[-–~]\s?(?P<upto>\d{{1,2}}))?\s?[x×]?"
    rf"|(?<![a-z\u0900-\u0963])(?P<word>{_COUNT}))(?:本の|(?:개|편|건|회)의?"
    rf"|\s)?{_FILLER}[\s-]?(?:{_NOUN})(?![a-z\u0900-\u0963])"
)
_AFTERWARDS = re.compile(
    rf"(?:{_NOUN})(?:を|는|을|를|\s)?\s?(?:×\s?)?(?P<digits>\d{{1,2}}|[一二三四五]|한|두|세|네"
    rf"|하나|둘|셋)\s?(?:本|回|件|つ|枚|개|회|편|건|번|(?<=하나)|(?<=둘)|(?<=셋)|x(?![a-z]))"
)
_ARTICLE = re.compile(
    rf"(?<![a-z])(?:a|an|eine?n?|une?|una|uma?|um|per|pro|par|por|je|cada|each|dedicated"
    rf"|sponsored){_FILLER}\s(?:{_NOUN})(?![a-z])"
)
_FOR = re.compile(
    rf"(?:건당|편당|प्रति\s|(?<![a-z])(?:in exchange for|deliverables?:?|we need"
    rf"|book)\s)\s?(?:{_NOUN})(?![a-z])"
)
_WEAK_CONTEXT = re.compile(r"(?:who|that|which|die|der|das|qui|que|quem)\s(?:[a-z']+\s){0,3}$")

_DEALS = {
    "commission": r"commission(?:s|[\s-]based)?|affiliat\w+(?:[\s-](?:deal|provision|link|program"
    r"|commission)\w*)?|rev(?:enue)?[\s-]share|per sale|provision\w*|umsatzbeteiligung"
    r"|comision(?:es)?|afiliad\w+"
    r"|afiliacion|comissao|comissoes|afiliac\w+|成果報酬(?:型)?|アフィリエイト(?:報酬)?"
    r"|コミッション|歩合|(?:판매\s?)?수수료|어필리에이트|커미션|(?:매출"
    r"|판매)액?의?\s?\d{1,2}\s?%|수익\s?(?:배분|쉐어|공유)|제휴\s?마케팅|कमीशन|एफिलिएट|अफिलिएट",
    "gift": r"gifted|gifting|gift only|freebies|complimentary products?|free (?:products?|samples?"
    r"|stay|meal|kit|box)|product (?:exchange|seeding|only)|in exchange for (?:an? |the "
    r"|our )?(?:free )?[a-z]+|barter|pr package"
    r"|gratisprodukt\w*|gratis(?:-| )?(?:muster|exemplare?|paket)|testprodukt\w*|pr-samples?"
    r"|gratismuster|produktgeschenk\w*|kostenlose[nrs]? produkt\w*|produktmuster"
    r"|gegen produkte?|sachleistung\w*"
    r"|dotations?(?: produits?)?|produits? (?:offerts?|gratuits?)|en echange d(?:u|e la|e l'"
    r"|'une?)\s?[a-z]+|echange de produits?|contre (?:des )?produits?|troc|(?:box"
    r"|coffrets?) offert[es]*|produits? en (?:cadeau|echange)|echantillons? (?:gratuits?"
    r"|offerts?)"
    r"|productos? (?:gratis|gratuitos?|de regalo|de cortesia)|canje(?: de productos?)?"
    r"|intercambio de productos?|cambio de (?:productos?|una? [a-z]+)|muestras gratis"
    r"|permuta|recebidos?|produtos? (?:gratis|gratuitos?|de graca)|troca de produtos?|mimos?"
    r"|無料体験|商品提供|製品提供|無償提供|ギフティング|現物支給|サンプル提供|プレゼント提供"
    r"|무료\s?(?:제품|숙박|식사|이용권)(?:\s?제공)?|제품\s?(?:만\s?)?증정"
    r"|(?:제품|상품)(?:[을만은])?\s?(?:무상(?:으로)?\s?|무료로\s?)?(?:제공|협찬|증정|보내)|무상\s?제공"
    r"|(?<!유료 )협찬(?!\s?(?:[가-힣]+\s){0,2}(?:채널|계정|영상|콘텐츠|글|후기|많))"
    r"|무료\s[가-힣]+\s(?:증정|제공)|무료\s?체험|체험권"
    r"|(?:फ्री|मुफ्त)\s(?:[\u0900-\u0963]+\s)?(?:प्रोडक्ट|सैंपल|उत्पाद|किट|सामान|गिफ्ट|नमूने)|बार्टर",
    "fee": r"(?:flat |fixed |one-off )?fees?|paid (?:partnership|collab\w*|promotion|campaign|gig"
    r"|work)|retainer|honorar(?:e|s)?|fixhonorar|(?:feste |faire )?vergutung"
    r"|bezahlte (?:kooperation|zusammenarbeit)|bezahlung|festpreis|gage|pauschale"
    r"|cachets?|remuneration(?: fixe)?|(?:collaboration|partenariat|prestation)s? (?:remunere"
    r"|paye)e?s?|forfait|tarifas?(?: fijas?)?|honorarios|remuneracion|colaboracion pagad?a"
    r"|parceria paga|publicidade paga|pago fijo|caches?|remuneracao|pagamento|謝礼(?:金)?|報酬"
    r"|固定報酬|ギャラ(?:ンティ)?|有償(?:案件)?"
    r"|원고료|고료|고정\s?비용?|사례금|제작비|진행비|활동비|섭외[비료]|고정\s?페이|출연료|사례비|광고비|유료\s?(?:광고|협찬|협업)"
    r"|페이(?=는|\s?\d|\s?협의|\s?지급)|फिक्स(?:्ड)?\sफीस|पेड\s(?:कोलैब\w*|पार्टनरशिप|प्रमोशन)|फीस|शुल्क|भुगतान|मानदेय|पेमेंट|पारिश्रमिक",
}
_DEAL = re.compile("|".join(rf"(?<![a-z])(?P<{code}>{names})(?![a-z])" for code, names in _DEALS.items()))
_DEAL_BEFORE = re.compile(
    r"(?:(?:in exchange for|on|via|auf|gegen|per|als|mit|bezahlt (?:wird )?(?:mit|auf)|en|a la"
    r"|payes? a la|payee?s? (?:a la|en)|a cambio de|en echange de|con|por|em|em troca de"
    r"|paid (?:in|by|with)|as)\s)+$"
)
_UNPAID_AFTER = re.compile(
    r"\s?(?:은|는|이|가)?\s?없|(?:は|も)?(?:なし|ありません|なく|ではなく)|\s(?:नहीं|के बिना)"
)
_UNPAID_BEFORE = re.compile(r"(?<![a-z])(?:no|not|kein\w*|sans|pas de|sin|sem|without|ohne)\s$")
_DEAL_AFTER = re.compile(
    r"(?:\s?(?:de |of |von |a |報酬|型)?\d{1,2}(?:[.,]\d)?\s?%|\s(?:only|on every sale"
    r"|on sales|per sale|nur|uniquement|seulement|por venta|sobre ventas|solo|por cupom"
    r"|por venda|apenas)(?![a-z])|のみ|で|만|\s?지급|\s?방식으로|\s?(?:अलग से|पर|मिलेगा"
    r"|मिलेगी))+"
)


def deliverables(reading: Reading) -> list[Found]:
    """Work that is ordered, each kind once, in the order of the text."""
    found: dict[str, tuple[int, Found]] = {}
    text = reading.folded
    for pattern, confidence in ((_COUNTED, 0.9), (_AFTERWARDS, 0.9), (_ARTICLE, 0.65), (_FOR, 0.65)):
        for match in pattern.finditer(text):
            code = next(name for name in _WORK if match[name])
            if code in found or (
                confidence < 0.9 and _WEAK_CONTEXT.search(text, max(0, match.start() - 40), match.start())
            ):
                continue
            low, high = _count(match)
            span = reading.of_match(match, code)
            part = Part(
                kind=PartKind.DELIVERABLE,
                any_of=(code,),
                min=low,
                max=high,
                spans=(span,),
                confidence=confidence,
            )
            found[code] = (match.start(), Found(part=part, cut=(reading.of_match(match),)))
    return [one for _, one in sorted(found.values(), key=lambda pair: pair[0])]


def _count(match: re.Match[str]) -> tuple[float | None, float | None]:
    groups = match.groupdict()
    said = groups.get("digits") or groups.get("word")
    if not said:
        return None, None
    low = float(said) if said.isdigit() and said.isascii() else float(_COUNTS.get(said, 1))
    return low, float(groups.get("upto") or low)


def deal_places(reading: Reading) -> list[Span]:
    """Wherever a way of paying is named, wanted or not."""
    return [reading.of_match(match) for match in _DEAL.finditer(reading.folded)]


def deals(reading: Reading) -> list[Found]:
    """Ways of paying, each once, in the order of the text; "no fee" is none."""
    spans: dict[str, list[Span]] = {}
    cuts: dict[str, list[Span]] = {}
    text = reading.folded
    for match in _DEAL.finditer(text):
        before = _DEAL_BEFORE.search(text, max(0, match.start() - 24), match.start())
        start = before.start() if before else match.start()
        if _UNPAID_AFTER.match(text, match.end()) or _UNPAID_BEFORE.search(text, max(0, start - 12), start):
            continue
        after = _DEAL_AFTER.match(text, match.end())
        code = next(name for name in _DEALS if match[name])
        spans.setdefault(code, []).append(reading.of_match(match))
        cuts.setdefault(code, []).append(reading.span(start, after.end() if after else match.end()))
    return [
        Found(
            part=Part(kind=PartKind.DEAL, any_of=(code,), spans=tuple(spans[code][:1]), confidence=0.85),
            cut=tuple(cuts[code]),
        )
        for code in spans
    ]
