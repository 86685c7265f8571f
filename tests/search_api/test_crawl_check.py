"""`nichescout crawl check` on real files with the real readers: what it tells, and its exit status."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search_api.commands.crawl_check import check
from search_api.commands.refusals import RefusingGroup
from tests.crawl_config.samples import PAGE_FILE

PROGRAM = RefusingGroup("crawl", commands=[check])
SELECTORS = '[selectors]\nname = "h1"\nbio = ".none"\n'
PROFILE = (
    '<!doctype html><html lang="en"><title>t</title><script type="application/ld+json">'
    '{"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity": {"@type": "Person", '
    '"name": "From JSON", "description": "Bread for beginners.", "interactionStatistic": '
    '{"@type": "InteractionCounter", "interactionType": "https://schema.org/FollowAction", '
    '"userInteractionCount": 1200}}}</script>'
    '<h1>Mira \x1b[31m Invented</h1><a href="/people/joris">Joris</a><a href="/elsewhere">No</a>'
)
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Invented Kitchen</title>'
    "<link>https://site.example/</link><description>Bread.</description><item><title>Rye in a day</title>"
    "<link>https://site.example/people/rye</link><guid>1</guid></item></channel></rss>"
)


def run(*arguments: object) -> Result:
    """Run the command as the program would."""
    return CliRunner().invoke(PROGRAM, ["check", *map(str, arguments)])


def write(folder: Path, **files: str) -> Path:
    """Write a source and saved pages, return the source's path; `__` stands for a slash, `_` for a dot."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "makers.toml"


def test_a_source_alone(tmp_path: Path) -> None:
    result = run(write(tmp_path, makers_toml=PAGE_FILE))
    assert result.exit_code == 0
    assert result.stdout.startswith("makers: no problems. page, enabled, 1 seed; asks site.example every 2 s")
    assert len(result.stdout.splitlines()) == 1


def test_a_source_is_found_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, makers_toml=PAGE_FILE)
    assert run("makers", "--sources", tmp_path).exit_code == 0
    result = run("markers", "--sources", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Did you mean 'makers'?" in result.stderr


def test_problems_are_listed_with_status_2(tmp_path: Path) -> None:
    source = write(tmp_path, makers_toml=PAGE_FILE.replace("follow", "folow").replace("90", "0"))
    result = run(source, tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "Error: there are 2 problems:",
        "  makers.toml, line 4: folow: unknown key 'folow'. Did you mean 'follow'?",
        "  makers.toml, line 5: retention_days: is 0; it must lie between 1 and 3650",
    ]


def test_a_page_is_told_with_what_selectors_and_formats_give(tmp_path: Path) -> None:
    source = write(tmp_path, makers_toml=PAGE_FILE + SELECTORS, saved__people__mira_html=PROFILE)
    result = run(source, tmp_path / "saved")
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "people/mira.html, read as https://site.example/people/mira.html" in lines
    assert any(re.fullmatch(r"creator\.name h1 1 element Mira .?\[31m Invented", line) for line in lines)
    assert "creator.bio .none 0 elements nothing" in lines
    told = {line.split()[0]: line for line in lines if line.split()[1:2] == ["makers,"]}
    assert told["followers"].endswith(" 1,200")
    assert told["bio"].endswith(" Bread for beginners.")
    assert "Mira" in told["name"]
    assert lines[lines.index("follows") + 1] == "https://site.example/people/joris"
    assert not any("elsewhere" in line for line in lines)
    assert lines[-2:] == [
        "1 page read, 1 creator, 1 address to follow.",
        "Found nothing on any page: creator.bio (.none).",
    ]
    assert "\x1b" not in result.output


def test_a_feed_is_read_by_a_source_of_feeds_and_beside_pages(tmp_path: Path) -> None:
    feeds = PAGE_FILE.replace('"page"', '"feed"').replace('follow = ["/people/*"]\n', "")
    for text in (feeds, PAGE_FILE):
        source = write(tmp_path, makers_toml=text, saved__people__feed_xml=RSS)
        result = run(source, tmp_path / "saved")
        assert result.exit_code == 0, result.output
        assert "Invented Kitchen" in result.stdout
        assert "Rye in a day" in result.stdout


def test_pages_that_give_nothing_end_with_status_1(tmp_path: Path) -> None:
    wish = '<meta name="robots" content="noindex"><h1>Mira Invented</h1>'
    source = write(
        tmp_path, makers_toml=PAGE_FILE, saved__a_html=wish, saved__people__b_html="\x00\x01PDF" * 9
    )
    result = run(source, tmp_path / "saved")
    assert result.exit_code == 1
    assert "a.html, read as https://site.example/a.html" in result.stdout
    assert "would not be fetched: it is outside of what the source allows" in result.stdout
    assert "\n  noindex\n" in result.stdout
    assert "2 pages read, 0 creators" in result.stdout


def test_an_address_that_is_stated(tmp_path: Path) -> None:
    source = write(tmp_path, makers_toml=PAGE_FILE, a_html=PROFILE)
    page = tmp_path / "a.html"
    result = run(source, page, "--url", "https://site.example/people/mira")
    assert "a.html, read as https://site.example/people/mira\n" in result.stdout
    assert "creator website:site.example/people/mira\n" in result.stdout
    for wrong in (
        [page, page, "--url", "https://site.example/"],
        [tmp_path, "--url", "https://site.example/"],
    ):
        assert run(source, *wrong).exit_code == 2
    result = run(source, page, "--url", "mira")
    assert (result.exit_code, "--url is the http or https address" in result.stderr) == (2, True)


@pytest.mark.parametrize("pages", [["none.html"], ["."]])
def test_pages_that_are_not_there(tmp_path: Path, pages: list[str]) -> None:
    source = write(tmp_path, makers_toml=PAGE_FILE)
    (tmp_path / "empty").mkdir()
    result = run(source, *(tmp_path / "empty" / page for page in pages))
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_saved_answers_of_an_api_are_refused(tmp_path: Path) -> None:
    write(tmp_path, a_json="{}")
    result = run("example-bluesky", tmp_path / "a.json")
    assert result.exit_code == 2
    assert "saved pages say nothing about an API" in result.stderr
    assert run("example-bluesky").exit_code == 0
