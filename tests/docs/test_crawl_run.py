"""The part of the guide on running a crawl names what the program says."""

import re
from pathlib import Path

from click.testing import CliRunner

from indexer.crawl.document import Outcome
from indexer.crawl.frontier.limits import Limits, Skip
from indexer.crawl.robots import CLOSED_FOR, LONGEST_DELAY
from search_api.cli import main

RUN = (Path(__file__).parents[2] / "docs/how-to/crawl.md").read_text("utf-8").partition("\n## Run it\n")[2]


def test_the_report_says_what_the_guide_says() -> None:
    rows = re.findall(r"^\| (`.*?) \|", RUN, re.MULTILINE)
    words = {word for row in rows for word in re.findall(r"`([^`]+)`", row)}
    known = {one.value for one in Outcome} | {f"skipped: {one.value}" for one in Skip}
    assert words - {"failed: …", "creators …"} <= known
    assert {Outcome.DISALLOWED.value, f"skipped: {Skip.ENDLESS.value}"} <= words


def test_the_figures_are_those_of_the_program() -> None:
    limits = Limits()
    assert f"{limits.barren:,} addresses" in RUN
    assert f"{limits.per_creator} more for each creator" in RUN
    assert f"more than {limits.depth} links deep, more than {limits.pages:,} pages" in RUN
    assert f"up to {LONGEST_DELAY:.0f} s" in RUN
    assert CLOSED_FOR.total_seconds() == 3_600


def test_every_option_that_is_named_exists() -> None:
    told = CliRunner().invoke(main, ["crawl", "--help"]).output
    for option in set(re.findall(r"--[a-z][a-z-]+", RUN)) - {"--update"}:
        assert option in told
