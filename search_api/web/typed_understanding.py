"""What a brief was understood as, in an address: parameters to `Understood`, and back. Pure.

Without such parameters the text is read. With any of them it is not: `topic` is what is searched for (it
follows from the parts that are topics unless it is said), `written` the brief's language, `part.1` and so on
the parts. `read=no` alone understands nothing: the whole text is searched for. The form sends the mark of the
text that its parts belong to as `read`; once the text was changed, they are dropped and it is read anew.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from discovery.errors import Problem
from discovery.understanding.parts import MAX_PARTS, Part, PartKind, Understood
from discovery.vocabulary import languages
from search_api.understanding import as_typed
from search_api.web.typed_parts import Pairs, TypedPart, owns, read_parts, write_part

NAMES = ("read", "topic", "written")
_MARK_LENGTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedUnderstanding:
    """What an address says of a brief's meaning. `understood` is `None` when something is wrong with it."""

    topic: str = ""
    written: str = ""
    parts: tuple[TypedPart, ...] = ()
    understood: Understood | None = None
    problems: tuple[Problem, ...] = ()


def mark(query: str) -> str:
    """Name a text, so that parts are not taken for those of another one."""
    return hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_LENGTH]


def usual_topic(parts: Sequence[Part], query: str) -> str:
    """Return what is searched for unless something else is said: the topics in use, else the whole text."""
    topics = [part for part in parts if part.kind is PartKind.TOPIC]
    if topics:
        return ". ".join(part.text or "" for part in topics if part.use)
    return as_typed(query).query


def read_understanding(pairs: Pairs, query: str) -> TypedUnderstanding | None:
    """Read what an address says; `None`: nothing, the text is to be read."""
    single = {name: value.strip() for name, value in pairs if name in NAMES}
    read = single.get("read", "")
    if not single and not any(owns(name) for name, _ in pairs):
        return None
    ticked = read not in {"", "no"}
    if ticked and read != mark(query):
        return None
    topic, written = single.get("topic", ""), single.get("written", "")
    parts = read_parts(pairs, query, ticked=ticked)
    problems = [problem for typed in parts for problem in typed.problems]
    if written and written not in languages():
        problems.append(Problem(field="written", message="must be a language of ISO 639-1", value=written))
    if len(parts) > MAX_PARTS:
        problems.append(Problem(field="", message=f"At most {MAX_PARTS} parts are read", value=len(parts)))
    typed = TypedUnderstanding(topic=topic, written=written, parts=parts, problems=tuple(problems))
    if problems:
        return typed
    known = tuple(one.part for one in parts if one.part is not None)
    understood = Understood(query=topic or usual_topic(known, query), language=written or None, parts=known)
    return TypedUnderstanding(topic=topic, written=written, parts=parts, understood=understood)


def write_understanding(understood: Understood, query: str) -> list[tuple[str, str]]:
    """Return the shortest parameters that `read_understanding` turns into what was understood."""
    pairs = []
    if understood.query != usual_topic(understood.parts, query):
        pairs.append(("topic", understood.query))
    if understood.language:
        pairs.append(("written", understood.language))
    for number, part in enumerate(understood.parts, 1):
        pairs += write_part(part, number, query)
    return pairs or [("read", "no")]
