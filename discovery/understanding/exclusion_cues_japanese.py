"""Words that exclude what stands before them in Japanese (folded)."""

import re

from discovery.understanding.exclusion_script import Script

_CUES = re.compile(
    r"(?P<strong>以外の?(?:方|人)?|(?:(?:は|を|も|については|に関しては)?(?:除(?:く|き|いた"
    r"|いて|外)|対象外|不可|お断り|ご遠慮|避け|控え|禁止|(?<![a-z])ng(?![a-z]))"
    r"|(?:は|も)(?:なし|無し|不要|いりません|要りません|求めていません|扱わない|しない|ナシ"
    r"|パス|遠慮))[ぁ-ん]{0,14})|(?P<near>ではなく|じゃなく|でない|ではない)"
    r"|(?P<weak>(?:は)?(?:なし|抜き)(?=で?(?:お願い|。|、|$)))"
)
_HEADING = re.compile(
    r"(?:ng|除外|対象外|不可|お断り|避けたい|避けてほしい|望まない)な?(?:対象|項目|ジャンル"
    r"|事項|内容|テーマ|もの|の)?(?:は、?|:)"
)
_HARMLESS = re.compile(
    r"(?:だけ|のみ|ばかり)\s?$|(?:だけで|だけじゃ)(?:は|なく)"
    r"|(?:問題|経験|制限|条件|こだわり|経験者)\s?$|(?:両社|両方|それら).*$|(?:vat|税|消費税)\s?$"
)
_TIE = re.compile(r"、|，|,|や|・|または|および|(?<=[^ぁ-ん])と(?=[^ぁ-ん])|(?<=[^ぁ-ん])か(?=[^ぁ-ん])")
_VERB = re.compile(r"(?:ます|です|する|して|ている|した|たい|[をがはで])")
_TAIL = re.compile(
    r"(?:は|も)?(?:固く|一切|絶対に?|すべて|全て|極力|なるべく|申し訳ありませんが"
    r"|恐れ入りますが)$|(?:の(?:投稿|紹介|話題|宣伝|内容|ネタ|話|発信|動画|案件))?(?:(?:が|を"
    r"|に関する|に関わる|についての)[ぁ-ん一-龠]{1,4}|ばかりの|中心の)(?:方|人|動画|投稿"
    r"|アカウント|チャンネル|もの|内容|コンテンツ)[はもを]?$|(?:など|等)の?(?:投稿|内容)?$"
    r"|[はもをが]$"
)
_HEAD = re.compile(r"^(?:\s|ただし、?|でも)+")
_START = re.compile(r"ただし|但し")
_LETTERS = re.compile(r"[\u3040-\u30ff]")

JAPANESE = Script(
    letters=_LETTERS,
    cues=_CUES,
    headings=_HEADING,
    harmless=_HARMLESS,
    tie=_TIE,
    verb=_VERB,
    tail=_TAIL,
    head=_HEAD,
    start=_START,
)
