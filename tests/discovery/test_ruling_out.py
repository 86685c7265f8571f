"""What a brief rules out, held against creators through an engine."""

import pytest

from discovery.brief import Brief
from discovery.match import Ranking
from discovery.matching import Matcher
from discovery.ruling_out import telling_words
from discovery.understanding.parts import Part, PartKind, Understood
from discovery.verdicts import Status
from embeddings.hashing_encoder import HashingEncoder
from indexer.analysis import StandardAnalyser
from tests.fictional import creator, posts
from tests.oracle import OracleEngine

ENCODER = HashingEncoder(256)
ANALYSER = StandardAnalyser()
TALK = [f"football talk about match {number}" for number in range(12)]
BETS = [f"betting tips for match {number}" for number in range(12)]
PEOPLE = [
    creator("Clean", id="x:clean", posts=posts(*TALK)),
    creator("Once", id="x:once", posts=posts(*TALK[:11], BETS[0])),
    creator("Often", id="x:often", posts=posts(*TALK[:6], *BETS[:6])),
    creator("Stated", id="x:stated", bio="football and betting tips", posts=posts(*TALK[:3])),
    creator("Silent", id="x:silent", posts=()),
]
QUERY = "football talk, no betting tips"


def search(*exclusions: str, weights: dict[str, float] | None = None) -> Ranking:
    """Search over people who bet more or less."""
    engine = OracleEngine(PEOPLE, ENCODER, ANALYSER)
    matcher = Matcher(engine=lambda: engine, encoder=ENCODER, analyser=ANALYSER, suppressed=lambda _: False)
    parts = tuple(Part(kind=PartKind.EXCLUSION, text=text) for text in exclusions)
    understood = Understood(query="football talk silent", parts=parts)
    return matcher.search(Brief(query=QUERY, understood=understood, weights=weights or {}))


def test_who_breaks_it_often_is_left_out() -> None:
    free, held = search(), search("betting tips")
    assert {*free.ids} - {*held.ids} == {"x:often", "x:stated"}
    assert (free.ruled_out, held.ruled_out) == (0, 2)
    assert held.ranked == free.ranked - 2


def test_who_breaks_it_once_loses_points_and_is_told() -> None:
    free = {str(match.creator.id): match for match in search().matches}
    held = {str(match.creator.id): match for match in search("betting tips").matches}
    (clean,), (once,) = held["x:clean"].exclusions, held["x:once"].exclusions
    assert (clean.status, clean.count, clean.seen) == (Status.MET, 0, 12)
    assert (once.status, once.count, once.seen) == (Status.NOT_MET, 1, 12)
    assert held["x:clean"].score == free["x:clean"].score
    share = 1 / (12 + 5)
    assert held["x:once"].score == pytest.approx(free["x:once"].score * (1 - share / 0.2), abs=1e-3)
    part = next(one for one in held["x:once"].contributions if one.signal == "exclusions")
    assert part.points < 0


def test_who_says_nothing_is_unknown() -> None:
    silent = next(match for match in search("betting tips").matches if match.creator.id == "x:silent")
    (verdict,) = silent.exclusions
    assert (verdict.status, verdict.count, verdict.seen) == (Status.UNKNOWN, 0, 0)


def test_without_weight_an_exclusion_is_only_told() -> None:
    free, told = search(), search("betting tips", weights={"exclusions": 0.0})
    assert told.ids == free.ids
    assert [match.score for match in told.matches] == [match.score for match in free.matches]
    often = next(match for match in told.matches if match.creator.id == "x:often")
    assert often.exclusions[0].count == 6


def test_each_exclusion_is_told_in_order() -> None:
    first = search("betting tips", "chess").matches[0]
    assert [one.text for one in first.exclusions] == ["betting tips", "chess"]


@pytest.mark.parametrize(
    ("text", "wanted", "words"),
    [
        ("betting tips", "football", [("bet",), ("tip",)]),
        ("cat videos", "dog training", [("cat",)]),
        ("football betting", "football", [("bet",)]),
        ("brand channels", "makeup", [("brand",)]),
        ("the accounts", "makeup", []),
    ],
)
def test_telling_words(text: str, wanted: str, words: list[tuple[str, ...]]) -> None:
    assert list(telling_words(text, frozenset(ANALYSER.terms(wanted)), ANALYSER)) == words


@pytest.mark.parametrize(
    "text", ["official channels of publishers", "keine offiziellen Kanäle", "公式チャンネル", "공식 채널"]
)
def test_official_tells_in_every_language(text: str) -> None:
    ((*same,),) = telling_words(text, frozenset(), ANALYSER)
    assert {"offici", "offiziellen", "oficial", "公式", "공식"} <= set(same)
