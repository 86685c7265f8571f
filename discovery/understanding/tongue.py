"""The language that a brief is written in, from its script or its most frequent small words. No model."""

import re
from collections import Counter

from discovery.understanding.reading import Reading

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[가-힣]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_SMALL = {
    "en": """
        the and for who we our looking with of to are is that in on or not from want creators people no but
        about us their
    """,
    "de": """
        die der das und wir fur mit suchen sucht ein eine einen auf uber nicht keine kein zu von aus oder im
        unsere unser ist wer sind bitte gesucht den dem am ohne
    """,
    "fr": """
        le les des et nous pour avec cherche cherchons une un sur pas de du qui en notre nos ou est la dans
        recherche recherchons sans au aux on francais mais
    """,
    "es": """
        el los las y para con buscamos busca una un sobre no de del que en nuestro nuestra o es la por somos
        sin queremos gente espanol pero como
    """,
    "pt": """
        o os as e para com procuramos procura uma um sobre nao de do da que em nosso nossa ou no na dos das
        por somos sem queremos quem pra pessoas mas
    """,
}
"""The most frequent small words of briefs, folded; a word of several languages counts for each in part."""
_WORDS = {
    word: tuple(code for code, words in _SMALL.items() if word in words.split())
    for words in _SMALL.values()
    for word in words.split()
}
_LATIN = re.compile(r"[a-z']+")
_MARKS = {"de": "äöüß", "fr": "èêâîôûçœ", "es": "ñ¿¡", "pt": "ãõ"}


def of(reading: Reading) -> str | None:
    """ISO 639-1 of the brief's language among the eight, or `None` when that is not clear."""
    letters = sum(char.isalpha() for char in reading.text)
    for code, script in _SCRIPTS:
        if letters and len(script.findall(reading.text)) * 4 > letters:
            return code
    scores: Counter[str] = Counter()
    for word in _LATIN.findall(reading.folded):
        codes = _WORDS.get(word, ())
        for code in codes:
            scores[code] += 12 // len(codes)
    for code, marks in _MARKS.items():
        scores[code] += 8 * sum(reading.text.lower().count(mark) for mark in marks)
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < 12 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
