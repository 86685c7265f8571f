"""The planner: a pure choice from measured costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.embedded.planner import OVERHEAD, RECALL_DEPTH, Choice, Costs, Path, choose, probes_for

COSTS = Costs(
    gather=100.0, scan=50.0, probe=10.0, lists=512, probes=((100, 8), (400, 16), (1_600, 64), (6_400, 256))
)
TOTAL = 150_000


@pytest.mark.parametrize(
    ("admitted", "path", "probes"),
    [
        (150_000, Path.APPROXIMATE, 8),  # no filter: a scan of 7.5 ms against 0.07 ms
        (37_500, Path.APPROXIMATE, 16),  # a quarter: the best 100 are among the nearest 400
        (14_000, Path.APPROXIMATE, 43),  # about a tenth: between two measured depths
        (9_375, Path.APPROXIMATE, 64),  # 0.9 ms against 0.24 ms
        (2_450, Path.EXACT, 245),  # 0.25 ms against 0.77 ms
        (150, Path.EXACT, 512),  # beyond the table: all lists would have to be read
        (1, Path.EXACT, 512),
    ],
)
def test_the_cheaper_path_is_taken(admitted: int, path: Path, probes: int) -> None:
    choice = choose(admitted, TOTAL, COSTS)
    assert (choice.path, choice.probes) == (path, probes)
    assert choice.reason.startswith(f"{admitted} of {TOTAL} vectors admitted: exact about ")
    assert f"approximate with {probes} of 512 lists about " in choice.reason


def test_the_reason_gives_both_costs() -> None:
    assert choose(9_375, TOTAL, COSTS).reason == (
        "9375 of 150000 vectors admitted: exact about 0.94 ms, approximate with 64 of 512 lists about 0.24 ms"
    )


def test_a_scan_of_all_is_cheaper_a_vector_than_picking() -> None:
    """One vector less, and every other one has to be picked out."""
    costs = Costs(gather=100.0, scan=1.0, probe=10.0, lists=8, probes=((100, 8),))
    assert choose(100_000, 100_000, costs).path is Path.EXACT
    assert choose(99_999, 100_000, costs).path is Path.APPROXIMATE


@pytest.mark.parametrize("admitted", [0, 1, 5_000])
def test_without_an_approximate_index_all_are_compared(admitted: int) -> None:
    wanted = Choice(path=Path.EXACT, probes=0, reason=f"all {admitted} admitted vectors compared")
    for force in (None, *Path):
        assert choose(admitted, 5_000, None, force) == wanted


def test_nobody_admitted_needs_no_index() -> None:
    assert choose(0, TOTAL, COSTS, Path.APPROXIMATE).path is Path.EXACT


@pytest.mark.parametrize("admitted", [1, 150, 15_000, 150_000])
@pytest.mark.parametrize("path", [Path.EXACT, Path.APPROXIMATE])
def test_a_forced_path_keeps_the_probes(admitted: int, path: Path) -> None:
    forced = choose(admitted, TOTAL, COSTS, path)
    assert forced.path is path
    assert forced.probes == choose(admitted, TOTAL, COSTS).probes


@given(st.integers(1, TOTAL))
def test_the_choice_is_the_lower_cost(admitted: int) -> None:
    exact = TOTAL * COSTS.scan if admitted == TOTAL else admitted * COSTS.gather
    probes = probes_for(RECALL_DEPTH * TOTAL / admitted, COSTS)
    approximate = OVERHEAD + COSTS.probe * TOTAL * probes / COSTS.lists
    wanted = Path.EXACT if exact <= approximate else Path.APPROXIMATE
    assert choose(admitted, TOTAL, COSTS).path is wanted


@pytest.mark.parametrize(
    ("depth", "probes"), [(1, 8), (100, 8), (400, 16), (1_600, 64), (6_400, 256), (6_401, 512), (1e9, 512)]
)
def test_measured_depths_give_measured_probes(depth: float, probes: int) -> None:
    assert probes_for(depth, COSTS) == probes


@given(st.floats(1, 10_000), st.floats(1, 10_000))
def test_a_greater_depth_never_needs_fewer_probes(one: float, other: float) -> None:
    fewer, more = sorted((one, other))
    assert probes_for(fewer, COSTS) <= probes_for(more, COSTS) <= COSTS.lists


def test_an_empty_table_probes_all_lists() -> None:
    assert probes_for(1, Costs(gather=1, scan=1, probe=1, lists=32, probes=())) == 32
