"""What the benchmark measures besides time: the recall of the shortcuts, on an invented crowd."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from discovery.brief import Brief
from discovery.creator import CreatorId
from discovery.filters import Filter
from discovery.ports import Admission, Candidates, Depth, Query
from evaluation.benchmark.briefs import LONG, SHORT
from evaluation.benchmark.figures import percentiles
from evaluation.benchmark.searching import (
    filter_classes,
    measure_recall,
    ranking_recall,
    theme_recall,
)
from indexer.embedded import vectors
from indexer.embedded.engine import EmbeddedEngine, open_generation
from indexer.embedded.manifest import read_manifest
from indexer.embedded.planner import Path as Plan
from indexer.home import Home
from tests.indexer.installation import ENCODER, build, crowd, folder, matcher, stock

BRIEFS = ("chess and bread", "violin", "rain in the garden", "a kettle by the window")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A crowd with an approximate index over its themes, small as it is."""
    home = Home(tmp_path_factory.mktemp("crowd"))
    stock(home, crowd(2_600))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(vectors, "MIN_APPROXIMATE", 2_500)
        build(home)
    return folder(home)


@pytest.fixture
def engine(built: Path) -> EmbeddedEngine:
    return open_generation(built)


class Forgetful(EmbeddedEngine):
    """Finds every other candidate."""

    def candidates(
        self, query: Query, admission: Admission, depth: Depth, exclude: Sequence[CreatorId] = ()
    ) -> Candidates:
        """Leave out every second one."""
        found = super().candidates(query, admission, depth, exclude)
        return replace(found, creators=found.creators[::2])


@pytest.fixture
def forgetful(built: Path) -> Forgetful:
    return Forgetful(built, read_manifest(built), Plan.EXACT)


def test_an_exact_search_finds_all_and_an_approximate_one_nearly(built: Path, engine: EmbeddedEngine) -> None:
    asked = ENCODER.encode_queries(list(BRIEFS))
    exact = theme_recall(engine, open_generation(built, force=Plan.EXACT), asked, ())
    assert exact == [1.0] * len(BRIEFS)
    near = theme_recall(engine, open_generation(built, force=Plan.APPROXIMATE), asked, ())
    assert 0.9 < np.mean(near) <= 1.0


def test_what_is_missed_is_counted(engine: EmbeddedEngine, forgetful: Forgetful) -> None:
    """By hand for one brief: the share of the hundred nearest that every second candidate covers."""
    asked = ENCODER.encode_queries(list(BRIEFS[:1]))
    (share,) = theme_recall(engine, forgetful, asked, ())
    ids = sorted(one.id for one in crowd(2_600))
    query = Query(vector=asked[0], terms=())
    cosine = engine.themes(query, ids).cosine
    best = {ids[row] for row in np.argsort(-np.nan_to_num(cosine, nan=-2), kind="stable")[:100]}
    kept = set(forgetful.candidates(query, forgetful.admit((), None), Depth()).creators)
    assert share == len(best & kept) / 100
    assert 0.2 < share < 0.8


def test_a_short_list_is_no_recall_but_an_error(engine: EmbeddedEngine, forgetful: Forgetful) -> None:
    few = (Filter(field="followers", max=3_000),)
    with pytest.raises(AssertionError, match="a short list"):
        theme_recall(engine, forgetful, ENCODER.encode_queries(["chess"]), few)


def test_a_search_is_compared_with_scoring_everybody(engine: EmbeddedEngine) -> None:
    search = matcher(engine)
    shares = ranking_recall(search, BRIEFS, (), 10)
    assert len(shares) == len(BRIEFS)
    assert np.mean(shares) >= 0.9
    few = (Filter(field="followers", max=3_000),)
    assert 0 < search.search(Brief(query="chess", filters=few)).admitted < 500
    assert ranking_recall(search, BRIEFS, few, 100) == [1.0] * len(BRIEFS)


def test_the_report_has_three_lines_a_class(
    engine: EmbeddedEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("evaluation.benchmark.searching.filter_classes", lambda one: filter_classes(one)[-1:])
        measure_recall(engine, engine, matcher(engine))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "recall of the 100 nearest themes",
        "recall of the 10 best of all",
        "recall of the 100 best of all",
    ]
    assert all(line.split()[-2:] == ["1.0000", "1.00"] for line in lines)


def test_filters_keep_about_what_a_class_promises(engine: EmbeddedEngine) -> None:
    classes = filter_classes(engine)
    assert [one.share for one in classes] == [1.0, 0.1, 0.01, 0.001]
    assert (classes[0].admitted, str(classes[0])) == (2_600, "no filter")


def test_percentiles_are_one_cell() -> None:
    assert percentiles([float(number) for number in range(1, 102)]) == "  51.0   96.0  100.0"


def test_briefs_are_short_and_long() -> None:
    assert (len(SHORT), len(LONG)) == (40, 4)
    assert len({*SHORT, *LONG}) == 44
