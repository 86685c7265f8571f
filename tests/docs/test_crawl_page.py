"""The guide to crawling: its sources load, its page is read by them, and what is printed is what it says."""

import re
from pathlib import Path

import pytest

from crawl_config.loader import parse_source
from crawl_config.source import Source
from tests.docs.console import Shell, environment, fits, steps

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "crawl.md").read_text(encoding="utf-8")
CHECKED, _, _RUN = PAGE.partition("\n## Run it\n")
FILES = dict(re.findall(r"`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", CHECKED, re.DOTALL | re.MULTILINE))
STEPS = list(steps(CHECKED))
SOURCES = re.findall(r"^```toml\n(.*?)^```$", CHECKED, re.DOTALL | re.MULTILINE)
REFUSALS = re.search(r"^```text\n(.*?)^```$", CHECKED, re.DOTALL | re.MULTILINE)


def test_the_guide_is_seen() -> None:
    assert set(FILES) == {"makers.toml", "saved/people/mira.html"}
    assert [step.command.split()[:3] for step in STEPS] == [["nichescout", "crawl", "check"]] * 2
    assert len(SOURCES) == 2


def test_the_consoles_print_what_they_show(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Shell(tmp_path, environment()) as shell:
        for step in STEPS:
            printed, status = shell.run(step.command)
            assert fits(step.expected, printed), f"line {step.line} printed:\n{printed}"
            assert status == 0


def test_the_sources_are_refused_for_nothing_but_the_contact() -> None:
    first, second = (parse_source("guide", text.encode(), file="guide.toml") for text in SOURCES)
    assert isinstance(first, Source)
    assert not isinstance(second, Source)
    assert [problem.field for problem in second] == ["guide.toml, line 12: manners.contact"]


def test_the_refusals_are_those_of_the_loader() -> None:
    assert REFUSALS is not None
    broken = (
        FILES["makers.toml"]
        .replace("follow =", "folow =")
        .replace("delay_seconds = 2.0", "delay_seconds = 0.1")
    )
    problems = parse_source("makers", broken.encode(), file="makers.toml")
    assert not isinstance(problems, Source)
    assert [str(problem) for problem in problems] == REFUSALS[1].splitlines()


@pytest.mark.parametrize("name", ["crawl_config/sources", "crawl_config/README.md"])
def test_what_the_guide_points_to_is_there(name: str) -> None:
    assert name in PAGE
    assert (Path(__file__).parents[2] / name).exists()
