"""The planner: a pure choice from measured costs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.embedded.planner import Choice, Costs, Path, choose

COSTS = Costs(gather=100.0, scan=50.0, approximate=1_500_000.0, recall=0.997)
TOTAL = 150_000


@pytest.mark.parametrize(
    ("admitted", "path"),
    [
        (150_000, Path.APPROXIMATE),  # no filter: a scan of 7.5 ms against 1.5 ms
        (149_999, Path.APPROXIMATE),
        (15_001, Path.APPROXIMATE),
        (15_000, Path.EXACT),  # a tenth: 1.5 ms either way
        (1_500, Path.EXACT),
        (150, Path.EXACT),
        (1, Path.EXACT),
    ],
)
def test_the_cheaper_path_is_taken(admitted: int, path: Path) -> None:
    assert choose(admitted, TOTAL, COSTS).path is path


def test_the_reason_gives_both_costs() -> None:
    assert choose(9_375, TOTAL, COSTS).reason == (
        "9375 of 150000 vectors admitted: exact about 0.94 ms, approximate about 1.5 ms"
    )
    assert choose(TOTAL, TOTAL, COSTS).reason == (
        "150000 of 150000 vectors admitted: exact about 7.5 ms, approximate about 1.5 ms"
    )


def test_one_sweep_over_all_is_cheaper_than_picking() -> None:
    """One vector less, and every other one has to be picked out."""
    costs = replace(COSTS, scan=1.0)
    assert choose(TOTAL, TOTAL, costs).path is Path.EXACT
    assert choose(TOTAL - 1, TOTAL, costs).path is Path.APPROXIMATE


@pytest.mark.parametrize("admitted", [0, 1, 5_000])
@pytest.mark.parametrize("force", [None, *Path])
def test_without_an_approximate_index_all_are_compared(admitted: int, force: Path | None) -> None:
    wanted = Choice(path=Path.EXACT, reason=f"all {admitted} admitted vectors compared")
    assert choose(admitted, 5_000, None, force) == wanted


@pytest.mark.parametrize("force", [None, *Path])
def test_nobody_admitted_needs_no_index(force: Path | None) -> None:
    assert choose(0, TOTAL, COSTS, force).path is Path.EXACT


@pytest.mark.parametrize("admitted", [1, 15_000, 150_000])
@pytest.mark.parametrize("path", [Path.EXACT, Path.APPROXIMATE])
def test_a_forced_path_is_taken_for_the_same_reasons(admitted: int, path: Path) -> None:
    forced = choose(admitted, TOTAL, COSTS, path)
    assert forced == replace(choose(admitted, TOTAL, COSTS), path=path)


@given(
    admitted=st.integers(1, TOTAL),
    gather=st.floats(1, 1e4),
    scan=st.floats(1, 1e4),
    approximate=st.floats(1, 1e9),
)
def test_the_choice_is_the_lower_cost(admitted: int, gather: float, scan: float, approximate: float) -> None:
    costs = Costs(gather=gather, scan=scan, approximate=approximate, recall=1.0)
    exact = TOTAL * scan if admitted == TOTAL else admitted * gather
    wanted = Path.EXACT if exact <= approximate else Path.APPROXIMATE
    assert choose(admitted, TOTAL, costs).path is wanted
