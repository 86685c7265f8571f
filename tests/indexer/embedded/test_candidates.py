"""The candidate search: the best of both legs, on every path, never a short list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import faiss
import numpy as np
import pytest
from numpy.typing import NDArray

from discovery.creator import CreatorId, creator_id
from discovery.filters import Filter
from discovery.ports import Depth, Query, Themes
from indexer.documents import document
from indexer.embedded import candidates
from indexer.embedded.engine import EmbeddedEngine, open_generation
from indexer.embedded.manifest import read_manifest
from indexer.embedded.planner import Path as Plan
from indexer.embedded.vectors import MIN_APPROXIMATE
from indexer.embedded.writer import GenerationWriter, grown_sample
from indexer.home import Home
from indexer.records import to_json
from indexer.sample import sample_of
from indexer.votes import THEME_SHARE
from tests.contracts.pair import found, query_for
from tests.contracts.test_embedded import blank
from tests.fictional import creator, posts
from tests.indexer.installation import ANALYSER, build, crowd, folder, stock, update

Floats = NDArray[np.float64]
NOBODY = Query(vector=None, terms=())


def everybody(engine: EmbeddedEngine, filters: Sequence[Filter] = ()) -> list[CreatorId]:
    """Return all who are admitted, in the order of rows."""
    admission = engine.admit(filters, None)
    return list(engine.candidates(NOBODY, admission, Depth(creators=max(1, admission.count))).creators)


# Both legs


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """A generation of two segments: as it is served, and made to search by its legs."""

    served: EmbeddedEngine
    legs: EmbeddedEngine


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    home = Home(tmp_path_factory.mktemp("small"))
    stock(home, crowd(400))
    build(home)
    stock(home, crowd(60, seed=1))
    assert not update(home).whole
    return Small(served=open_generation(folder(home)), legs=open_generation(folder(home), force=Plan.EXACT))


def leg(scores: NDArray[np.float32], count: int) -> list[int]:
    """Rows of the best scores, by score, then row."""
    known = [row for row in range(len(scores)) if scores[row] > -2]
    return sorted(known, key=lambda row: (-scores[row], row))[:count]


def votes(themes: Themes, depth: Depth) -> Floats:
    """By the formula: a share for the standing among the best themes, the rest among the best by word."""
    total = np.zeros(len(themes.creators))
    words = np.where(themes.keyword > 0, themes.keyword, -9).astype(np.float32)
    share = THEME_SHARE
    for scores, count, weight in (
        (themes.cosine, depth.vectors, share),
        (words, depth.keywords, 1 - share),
    ):
        rows = leg(np.nan_to_num(scores, nan=-9), count)
        if rows:
            own = scores[rows].astype(np.float64)
            total[rows] += weight * (0.05 + (own - own.min()) / max(float(own.max() - own.min()), 1e-9))
    return total


@pytest.mark.parametrize("filters", [(), (Filter(field="followers", min=30_000),)])
@pytest.mark.parametrize("depth", [Depth(vectors=20, keywords=10, creators=12), Depth(creators=15)])
@pytest.mark.parametrize("brief", ["chess and bread", "violin", "garden rain window", "nothing of it"])
def test_the_creators_with_most_votes_are_kept(
    small: Small, brief: str, depth: Depth, filters: tuple[Filter, ...]
) -> None:
    query, ids = query_for(brief), everybody(small.served, filters)
    themes = small.served.themes(query, ids)
    by_word = np.sort(themes.keyword)[::-1]
    cut = min(depth.keywords, len(ids) - 1)
    assert by_word[cut] == 0 or by_word[cut - 1] > by_word[cut], "which of equals is found is not promised"
    total = votes(themes, depth).astype(np.float32)
    wanted = sorted(np.flatnonzero(total).tolist(), key=lambda row: (-total[row], row))[: depth.creators]
    for engine in (small.served, small.legs):
        got = engine.candidates(query, engine.admit(filters, None), depth)
        assert list(got.creators) == [ids[row] for row in sorted(wanted)]


def test_few_admitted_are_all_candidates(small: Small) -> None:
    """Without a search: whoever is let through can be scored."""
    few = (Filter(field="followers", max=5_000),)
    ids = everybody(small.served, few)
    assert 0 < len(ids) < 100
    got = small.served.candidates(query_for("chess"), small.served.admit(few, None), Depth(creators=len(ids)))
    assert list(got.creators) == ids
    assert got.plan.reason == f"all {len(ids)} admitted creators scored"
    fewer = small.served.candidates(
        query_for("chess"), small.served.admit(few, None), Depth(creators=len(ids) - 1)
    )
    assert len(fewer.creators) == len(ids) - 1
    assert fewer.plan.reason == f"all {len(everybody_of_base(few))} admitted vectors compared"


def everybody_of_base(filters: Sequence[Filter]) -> list[int]:
    """Who of the base segment passes a filter on followers."""
    (most,) = (one.max for one in filters)
    assert most is not None
    return [row for row, one in enumerate(crowd(400)) if one.followers is not None and one.followers <= most]


# By word


@pytest.mark.parametrize("few", [0, 10_000])
@pytest.mark.parametrize("most", [3, 40, 4_000])
@pytest.mark.parametrize("least_followers", [0, 50_000, 95_000])
@pytest.mark.parametrize("count", [1, 10, 1_000])
def test_the_best_by_word_are_found_on_every_path(
    small: Small, monkeypatch: pytest.MonkeyPatch, few: int, most: int, least_followers: int, count: int
) -> None:
    """Looked up, filtered, or filtered and found too few: the scores are those of the best admitted."""
    monkeypatch.setattr(candidates, "FEW_CREATORS", few)
    monkeypatch.setattr(candidates, "MOST_HITS", most)
    filters = (Filter(field="followers", min=least_followers),)
    allowed = everybody(small.served, filters)
    for brief in ("chess", "bread garden", "crowd", "nothing of it"):
        query = replace(query_for(brief), vector=None)
        ids = found(small.legs, query, filters, depth=Depth(keywords=count, creators=1_000))
        every = small.served.themes(query, allowed).keyword
        best = np.sort(every[every > 0])[::-1][:count]
        got = small.served.themes(query, sorted(ids)).keyword
        np.testing.assert_allclose(np.sort(got)[::-1], best, rtol=1e-6)
        assert ids <= set(allowed)


def test_related_terms_find_creators_too(small: Small) -> None:
    said = Query(vector=None, terms=("nobody-says-this",))
    assert found(small.legs, said) == set()
    meant = replace(said, related={"violin": 0.2})
    assert found(small.legs, meant) == found(small.legs, Query(vector=None, terms=("violin",))) != set()


# The approximate path

DIMENSION = 96
CREATORS = MIN_APPROXIMATE + 1_000


def unit(rows: Floats) -> Floats:
    """Bring rows to length 1."""
    scaled: Floats = rows / np.linalg.norm(rows, axis=-1, keepdims=True)
    return scaled


def write(writer: GenerationWriter, first: int, passages: Floats) -> None:
    """Add creators of two passages each, with vectors of their own."""
    for number, vectors in enumerate(passages, first):
        one = creator(
            f"Member {number}",
            id=f"x:{number:05}",
            bio=f"word{number % 50}",
            followers=number,
            posts=posts(f"word{number % 7}"),
        )
        writer.add(document(one), to_json(one), vectors.astype(np.float32))


class Large:
    """A generation with an approximate index over its themes, opened with each path forced and with none.

    The themes crowd around some centres, as creators do around subjects; followers count them through.
    """

    def __init__(self, root: Path) -> None:
        random = np.random.default_rng(5)
        centres = random.standard_normal((150, DIMENSION))
        own = centres[random.integers(0, 150, CREATORS)] + 0.5 * random.standard_normal((CREATORS, DIMENSION))
        self.passages = unit(own[:, None, :] + 0.5 * random.standard_normal((CREATORS, 2, DIMENSION)))
        self.themes = unit(self.passages.sum(axis=1))
        pairs = random.integers(0, CREATORS, (24, 2))
        self.queries = unit(self.themes[pairs[:, 0]] + self.themes[pairs[:, 1]]).astype(np.float32)
        ids = [creator_id(f"x:{number:05}") for number in range(CREATORS)]
        self.folder = root / "g1"
        writer = GenerationWriter(
            self.folder,
            blank=replace(blank("g1"), dimension=DIMENSION),
            analyser=ANALYSER,
            sampled=frozenset(sample_of(ids)),
        )
        write(writer, 0, self.passages)
        writer.finish(threads=2)
        self.engine, self.exact, self.approximate = (
            open_generation(self.folder, force=force) for force in (None, Plan.EXACT, Plan.APPROXIMATE)
        )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Large]:
    threads = faiss.omp_get_max_threads()
    yield Large(tmp_path_factory.mktemp("large"))
    faiss.omp_set_num_threads(threads)


def recall_and_shortest(large: Large, engine: EmbeddedEngine, filters: Sequence[Filter]) -> tuple[float, int]:
    """Return the share of the exact 100 best themes among the candidates, and the shortest list."""
    admission, shares, lengths = engine.admit(filters, None), [], []
    allowed = np.array([int(one[2:]) for one in everybody(large.engine, filters)])
    for vector in large.queries:
        cosine = large.themes[allowed] @ vector.astype(np.float64)
        best = {f"x:{row:05}" for row in allowed[np.argsort(-cosine, kind="stable")[:100]]}
        got = set(engine.candidates(Query(vector=vector, terms=()), admission, Depth()).creators)
        assert got <= {f"x:{row:05}" for row in allowed}
        shares.append(len(best & got) / len(best))
        lengths.append(len(got))
    return float(np.mean(shares)), min(lengths)


@pytest.mark.slow
@pytest.mark.parametrize("share", [1.0, 0.1, 0.01, 0.001])
def test_recall_in_every_filter_class_and_never_short(large: Large, share: float) -> None:
    filters = () if share == 1.0 else (Filter(field="followers", max=share * CREATORS - 1),)
    count = large.engine.admit(filters, None).count
    assert count == round(share * CREATORS)
    for engine, least in ((large.approximate, 0.98), (large.engine, 0.98), (large.exact, 1.0)):
        recall, shortest = recall_and_shortest(large, engine, filters)
        assert recall >= least
        assert shortest == min(500, count)


@pytest.mark.slow
def test_recall_where_the_filter_goes_with_the_subject(large: Large) -> None:
    """Only the tenth of the creators who are farthest from a subject are admitted."""
    order = np.argsort(large.themes @ large.themes[:2_000].mean(axis=0), kind="stable")
    far, left_out = order[: CREATORS // 10], [creator_id(f"x:{row:05}") for row in order[CREATORS // 10 :]]
    engine, shares = large.approximate, []
    for vector in large.queries:
        query = Query(vector=vector, terms=())
        got = engine.candidates(query, engine.admit((), None), Depth(), exclude=left_out).creators
        assert len(got) == 500
        best = far[np.argsort(-(large.themes[far] @ vector.astype(np.float64)), kind="stable")[:100]]
        shares.append(len({f"x:{row:05}" for row in best} & set(got)) / 100)
        assert not set(got) & set(left_out)
    assert np.mean(shares) >= 0.98


@pytest.mark.slow
def test_the_plan_tells_the_path(large: Large) -> None:
    query = Query(vector=large.queries[0], terms=("word1",))
    for engine, path in ((large.approximate, "approximate"), (large.exact, "exact")):
        plan = engine.candidates(query, engine.admit((), None), Depth()).plan
        assert (plan.vectors, plan.keywords) == (path, "exact")
        assert plan.reason.startswith(f"{CREATORS} of {CREATORS} vectors admitted: exact about ")


@pytest.mark.slow
def test_whatever_the_path_scores_are_exact(large: Large) -> None:
    query = Query(vector=large.queries[1], terms=())
    got = large.approximate.candidates(query, large.approximate.admit((), None), Depth()).creators
    scores = large.approximate.themes(query, got)
    wanted = large.themes[[int(one[2:]) for one in got]] @ large.queries[1].astype(np.float64)
    np.testing.assert_allclose(scores.cosine, wanted, rtol=0, atol=1e-6)
    assert scores.passages.tolist() == [2] * len(got)


@pytest.mark.slow
def test_the_word_leg_does_not_hang_on_the_path(large: Large) -> None:
    query = Query(vector=large.queries[2], terms=("word49", "word6"))
    alone = replace(query, vector=None)
    depth = Depth(vectors=50, keywords=60, creators=500)
    for engine in (large.approximate, large.exact, large.engine):
        by_word = found(engine, alone, depth=depth)
        assert len(by_word) == 60
        assert by_word <= found(engine, query, depth=depth)


@pytest.mark.slow
def test_newcomers_on_top_of_an_approximate_base_are_found(large: Large, tmp_path: Path) -> None:
    """Ten of them are the nearest of all; each segment is searched by its own path."""
    near = unit(large.queries[:10, None, :].astype(np.float64) + np.zeros((10, 2, DIMENSION)))
    far = unit(np.random.default_rng(9).standard_normal((40, 2, DIMENSION)))
    passages = np.concatenate([near, far])
    ids = [creator_id(f"x:{CREATORS + number:05}") for number in range(len(passages))]
    manifest = read_manifest(large.folder)
    writer = GenerationWriter(
        tmp_path / "g2",
        blank=replace(blank("g2"), dimension=DIMENSION),
        analyser=ANALYSER,
        sampled=grown_sample(large.folder, manifest, ids),
        base=large.folder,
        base_manifest=manifest,
    )
    write(writer, CREATORS, passages)
    writer.finish(threads=1)
    for force in (None, Plan.EXACT, Plan.APPROXIMATE):
        engine = open_generation(tmp_path / "g2", force=force)
        for number in range(10):
            query = Query(vector=large.queries[number], terms=())
            got = engine.candidates(query, engine.admit((), None), Depth()).creators
            assert len(got) == 500
            assert ids[number] in got
            best = engine.themes(query, got)
            assert best.creators[int(np.argmax(best.cosine))] == ids[number]
            assert float(best.cosine.max()) == pytest.approx(1.0, abs=1e-6)
