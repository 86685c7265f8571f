"""What must hold at any moment, whatever was killed. Each check raises `Violation` with what it found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from discovery.creator import Creator, CreatorId
from discovery.errors import CreatorNotFound, IndexMissing
from discovery.matching import Matcher
from discovery.ports import Depth, Query
from evaluation.kill.answers import Answers, answers_of, brief_for, matcher_over
from evaluation.kill.expectation import Known
from indexer.embedded.engine import EmbeddedEngine, open_generation
from indexer.embedded.index import verify_index
from indexer.embedded.layout import Layout
from indexer.home import Home
from indexer.store import Store
from indexer.suppression import SuppressionList


class Violation(Exception):
    """A promise that was not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The published generation as a search sees it."""

    generation: str
    segments: int
    ids: frozenset[CreatorId]
    answers: Answers


def require(kept: bool, otherwise: str) -> None:
    """Raise a violation unless a promise is kept."""
    if not kept:
        raise Violation(otherwise)


def stored(home: Home) -> Known:
    """Everybody in the store; reading them checks that every record is whole."""
    with Store(home.store) as store:
        return {one.id: one for one in store.creators()}


def difference(got: Known, wanted: Known) -> str:
    """Say in a few words how two states differ."""
    missing, extra = sorted(wanted.keys() - got.keys()), sorted(got.keys() - wanted.keys())
    other = sorted(one for one in got.keys() & wanted.keys() if got[one] != wanted[one])
    return f"missing {missing[:5]}, too many {extra[:5]}, different {other[:5]}"


def check_store(home: Home, possible: Iterable[Known]) -> Known:
    """The store is in one of the possible states, which is returned."""
    got = stored(home)
    states = list(possible)
    for state in states:
        if got == state:
            return state
    raise Violation(f"the store lost or changed somebody: {difference(got, states[0])}")


def check_forgetting(home: Home, known: Known, ids: Iterable[CreatorId]) -> None:
    """Of those to forget, nobody may be gone from the store who is not suppressed; all others are there."""
    got = stored(home)
    wanted = {one: known[one] for one in known if one in got or one not in set(ids)}
    require(got == wanted, f"forgetting touched somebody else: {difference(got, wanted)}")
    with SuppressionList(home.suppression) as suppression:
        for one in known.keys() - got.keys():
            require(suppression.is_suppressed(known[one]), f"{one!r} is gone but may come back")


def look(home: Home, hidden: Mapping[CreatorId, Creator]) -> Served | None:
    """Verify, open and search the published generation (`None`: none is); `hidden` are not to be seen."""
    try:
        manifest = verify_index(home)
    except IndexMissing:
        return None
    engine = open_generation(Layout(home.index).generation(manifest.generation))
    with SuppressionList(home.suppression) as suppression:
        matcher = matcher_over(engine, suppression.is_suppressed)
        suppressed = [one for one in hidden.values() if suppression.is_suppressed(one)]
        require(len(suppressed) == len(hidden), "somebody who was forgotten is not suppressed any more")
        for one in suppressed:
            check_hidden(matcher, one)
        return Served(
            generation=manifest.generation,
            segments=len(manifest.segments),
            ids=ids_in(engine),
            answers=answers_of(matcher),
        )


def check_hidden(matcher: Matcher, one: Creator) -> None:
    """Neither a search for their own words nor a look at their page shows somebody."""
    require(one.id not in matcher.search(brief_for(one)).ids, f"{one.id!r} is found though suppressed")
    try:
        matcher.creator(one.id)
    except CreatorNotFound:
        return
    raise Violation(f"{one.id!r} is shown though suppressed")


def ids_in(engine: EmbeddedEngine) -> frozenset[CreatorId]:
    """Everybody in a generation."""
    admission = engine.admit([], None)
    nothing = Query(vector=None, terms=())
    found = engine.candidates(nothing, admission, Depth(creators=max(1, admission.count)))
    return frozenset(found.creators)


def still_suppressed(home: Home, people: Known) -> dict[CreatorId, Creator]:
    """Those of some people who are on the suppression list."""
    with SuppressionList(home.suppression) as suppression:
        return {identity: one for identity, one in people.items() if suppression.is_suppressed(one)}
