"""Cut a cited text to what proves the match, and mark the words of the brief in it."""

from collections.abc import Collection

from discovery.ports import Analyser, Term

EXCERPT_LENGTH = 280
LEAD = 60
READ_LENGTH = 500
"""How much of a text is read: what lies further down a long description is seldom about the post."""


def excerpt(
    text: str, wanted: Collection[str], analyser: Analyser
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return at most 280 characters around the densest run of wanted terms, and the terms' ranges in it.

    Ranges are offsets in code points of the returned excerpt, ascending and without overlap. A cut end is
    marked by an ellipsis.
    """
    total = len(text)
    if total > READ_LENGTH:
        space = text.rfind(" ", READ_LENGTH - LEAD, READ_LENGTH)
        text = text[: space if space > 0 else READ_LENGTH]
    hits = analyser.find(text, wanted) if wanted else []
    start, end = _span(text, hits)
    prefix = "…" if start > 0 else ""
    shown = prefix + text[start:end] + ("…" if end < total else "")
    shift = len(prefix) - start
    ranges: list[tuple[int, int]] = []
    for hit in hits:
        if start <= hit.start and hit.end <= end:
            begin = max(hit.start + shift, ranges[-1][1] if ranges else 0)
            if begin < hit.end + shift:
                ranges.append((begin, hit.end + shift))
    return shown, tuple(ranges)


def _span(text: str, hits: list[Term]) -> tuple[int, int]:
    if len(text) <= EXCERPT_LENGTH:
        return 0, len(text)
    anchor = _densest(hits)
    start = max(0, min(anchor - LEAD, len(text) - EXCERPT_LENGTH))
    if start:
        space = text.find(" ", start, start + LEAD)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + EXCERPT_LENGTH)
    if end < len(text):
        space = text.rfind(" ", end - LEAD, end)
        end = space if space > start else end
    return start, end


def _densest(hits: list[Term]) -> int:
    """Start of the hit that has most hits after it within one excerpt; 0 without hits."""
    reach = EXCERPT_LENGTH - LEAD
    best, best_count = 0, 0
    for position, hit in enumerate(hits):
        count = sum(1 for other in hits[position:] if other.end <= hit.start + reach)
        if count > best_count:
            best, best_count = hit.start, count
    return best
