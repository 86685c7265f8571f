"""A data folder with invented creators in it, for tests of what is built from them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from discovery.brief import Brief
from discovery.creator import Creator, CreatorId
from discovery.filters import Filter, Mode
from discovery.match import Ranking
from discovery.matching import Matcher
from discovery.ports import Depth, Query, SearchEngine, Vectors
from embeddings.hashing_encoder import HashingEncoder
from indexer.analysis import StandardAnalyser
from indexer.build import BuildReport, build_index, update_index
from indexer.embedded.engine import EmbeddedEngine, open_generation
from indexer.embedded.layout import Layout
from indexer.home import Home
from indexer.store import Store
from indexer.suppression import SuppressionList
from tests.fictional import creator, posts

ENCODER = HashingEncoder()
ANALYSER = StandardAnalyser()
WORDS = [
    "bread",
    "cheese",
    "garden",
    "running",
    "chess",
    "train",
    "knitting",
    "lamp",
    "violin",
    "forest",
    "kettle",
    "pottery",
    "rain",
    "bicycle",
    "market",
    "candle",
    "dog",
    "seed",
    "window",
    "ladder",
]
BRIEFS = (
    Brief(query="vegan recipes for students", limit=50),
    Brief(query="chess", limit=50),
    Brief(query="garden and pottery", limit=50, filters=(Filter(field="followers", min=5_000),)),
    Brief(
        query="running",
        limit=50,
        filters=(
            Filter(field="country", any_of=("DE", "SE"), mode=Mode.SHOULD),
            Filter(field="category", any_of=("food",), mode=Mode.NOT),
        ),
    ),
    Brief(query="ヴィーガンカフェ 🌱", limit=50),
)
"""Briefs on the invented corpus; their filters name only values that it has."""


class CountingEncoder:
    """A hashing encoder that remembers which passages it was given."""

    def __init__(self, dimension: int = 64) -> None:
        self._encoder = HashingEncoder(dimension)
        self.id = self._encoder.id
        self.dimension = dimension
        self.languages = self._encoder.languages
        self.texts: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode briefs."""
        return self._encoder.encode_queries(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode passages and remember them."""
        self.texts += texts
        return self._encoder.encode_documents(texts)


def crowd(count: int, seed: int = 0) -> list[Creator]:
    """Invent creators whose captions are a few words of a small vocabulary each."""
    random = Random(seed)

    def text() -> str:
        return " ".join(random.choices(WORDS, k=random.randint(2, 7)))

    return [
        creator(
            f"Crowd Member {number}",
            id=f"tiktok:crowd-{seed}-{number:05}",
            bio=text(),
            followers=random.randrange(100, 100_000),
            country=random.choice(["DE", "SE", "US", None]),
            categories=(random.choice(["food", "home"]),),
            posts=posts(*(text() for _ in range(random.randrange(4)))),
        )
        for number in range(count)
    ]


def stock(home: Home, creators: Iterable[Creator]) -> None:
    """Put creators into the store."""
    with Store(home.store) as store:
        store.upsert(creators)


def erase(home: Home, *ids: CreatorId) -> None:
    """Take creators out of the store alone."""
    with Store(home.store) as store:
        assert store.erase(ids) == len(ids)


def suppress(home: Home, *creators: Creator) -> None:
    """Put creators on the suppression list alone."""
    with SuppressionList(home.suppression) as suppression:
        for one in creators:
            suppression.add(one)


def build(home: Home) -> BuildReport:
    """Build anew."""
    return build_index(home, ENCODER, ANALYSER)


def update(home: Home) -> BuildReport:
    """Follow what changed."""
    return update_index(home, ENCODER, ANALYSER)


def folder(home: Home) -> Path:
    """Return the folder of the published generation."""
    layout = Layout(home.index)
    return layout.generation(layout.current())


def generations(home: Home) -> list[str]:
    """Return the names of all generations on the disk, oldest first."""
    return sorted(path.name for path in (home.index / "generations").iterdir())


def engine(home: Home) -> EmbeddedEngine:
    """Open the published generation."""
    return open_generation(folder(home))


def indexed(home: Home) -> set[CreatorId]:
    """Return who is in the published generation."""
    opened = engine(home)
    admission = opened.admit([], None)
    nothing = Query(vector=None, terms=())
    return set(opened.candidates(nothing, admission, Depth(creators=admission.count)).creators)


def matcher(opened: SearchEngine) -> Matcher:
    """Put a matcher over an engine; nobody is suppressed at the query."""
    return Matcher(engine=lambda: opened, encoder=ENCODER, analyser=ANALYSER, suppressed=lambda _: False)


def answers(opened: SearchEngine, briefs: Sequence[Brief] = BRIEFS) -> list[Ranking]:
    """Answer briefs."""
    return [matcher(opened).search(brief) for brief in briefs]


def outline(rankings: Sequence[Ranking]) -> list[list[tuple[str, float]]]:
    """Reduce answers to ids and scores."""
    return [[(match.creator.id, match.score) for match in ranking.matches] for ranking in rankings]
