"""Values that a document states, checked as a line of an import is: what does not pass is dropped, and told.

A file is refused line by line, for whoever wrote it can mend it. A page or an answer of an API cannot be
mended: what is wrong in it is passed over, and the rest is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, TypeVar

from pydantic import StringConstraints, ValidationError

from discovery.creator import Creator, Platform
from discovery.errors import Problem
from indexer.importers.convert import to_creator
from indexer.importers.line_model import MAX_POSTS, CreatorLine, Line, Name, PostLine
from indexer.importers.refusals import problems_of

MAX_TEXT = 50_000
"""Characters of a bio or a post's text that are kept."""

MOST_PROBLEMS = 1_000
"""How many refused values of one creator are told."""

_CHECKED = TypeVar("_CHECKED", bound=Line)
_CONTENT = ("id", "title", "text", "url")


class _Named(Line):
    name: Annotated[Name, StringConstraints(strip_whitespace=True)]


def creator_of(
    values: Mapping[str, object], posts: Sequence[Mapping[str, object]], source: str
) -> tuple[Creator | None, tuple[Problem, ...]]:
    """Build a creator of values by the field names of the JSON Lines format.

    Days are dates or ISO texts; lists are lists or tuples; `None` is the same as absent. A value that an
    import would refuse is dropped, of a list the entry alone; a bio or text that is too long is cut. Without
    a name the handle, or else the id, stands for it, and has no provenance. `None` instead of a creator: the
    id or the platform is missing or refused.
    """
    problems: list[Problem] = []
    stated = _present(values)
    named = _checked(_Named, {"name": stated.pop("name")}, problems) if "name" in stated else None
    if isinstance(platform := stated.get("platform"), str):
        stated["platform"] = next((one for one in Platform if one == platform), platform)
    _cut(stated, "bio", problems)
    stated["name"] = named.name if named else _stand_in(stated)
    stated["posts"] = _posts(posts, problems)
    line = _checked(CreatorLine, stated, problems)
    if line is None:
        return None, tuple(problems)
    creator = to_creator(line, source)
    unsaid = set() if named else {"name"}
    creator = replace(
        creator,
        posts=tuple(replace(post, source=source) for post in creator.posts),
        provenance={name: origin for name, origin in creator.provenance.items() if name not in unsaid},
    )
    return creator, tuple(problems)


def _stand_in(stated: Mapping[str, object]) -> str:
    handle, native = stated.get("handle"), str(stated.get("id")).partition(":")[2]
    name = handle if isinstance(handle, str) and handle.strip() else native or str(stated.get("id"))
    return name.replace("\0", "")[:500] or "?"


def _posts(posts: Sequence[Mapping[str, object]], problems: list[Problem]) -> list[PostLine]:
    if len(posts) > MAX_POSTS:
        problems.append(
            Problem(field="posts", message=f"has more than {MAX_POSTS} entries; the rest is left")
        )
    lines = []
    for number, post in enumerate(posts[:MAX_POSTS]):
        found: list[Problem] = []
        stated = _present(post)
        _cut(stated, "text", found)
        line = _checked(PostLine, stated, found)
        problems += (replace(one, field=f"posts[{number}].{one.field}") for one in found)
        if line is not None and any(getattr(line, name) for name in _CONTENT):
            lines.append(line)
    return lines


def _checked(model: type[_CHECKED], stated: dict[str, Any], problems: list[Problem]) -> _CHECKED | None:
    """Check values, and drop those that are refused until the rest passes; `None` when one was needed."""
    while True:
        try:
            return model.model_validate(stated)
        except ValidationError as error:
            told = {problem.field for problem in problems}
            problems += (
                problem for problem in problems_of(error, MOST_PROBLEMS) if problem.field not in told
            )
            refused = [found["loc"] for found in error.errors(include_url=False, include_context=False)]
            if not _drop(stated, refused):
                return None


def _drop(stated: dict[str, Any], refused: Iterable[tuple[int | str, ...]]) -> bool:
    """Take out what was refused, of a list the entries alone; tell whether there was anything to take out."""
    entries: dict[str, set[int]] = {}
    dropped = False
    for place in refused:
        name = str(place[0])
        if len(place) > 1 and isinstance(place[1], int) and isinstance(stated.get(name), list):
            entries.setdefault(name, set()).add(place[1])
        else:
            dropped |= stated.pop(name, None) is not None
    for name, places in entries.items():
        stated[name] = [one for place, one in enumerate(stated.get(name, ())) if place not in places]
    return dropped or bool(entries)


def _present(values: Mapping[str, object]) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value is not None
    }


def _cut(stated: dict[str, Any], name: str, problems: list[Problem]) -> None:
    value = stated.get(name)
    if isinstance(value, str) and len(value) > MAX_TEXT:
        stated[name] = value[:MAX_TEXT]
        problems.append(Problem(field=name, message=f"is longer than {MAX_TEXT} characters; the rest is cut"))
