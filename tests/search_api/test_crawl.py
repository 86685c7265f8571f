"""`nichescout crawl` from end to end: local sites of invented people, to a brief that finds the right one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from click.testing import Result

from indexer.home import Home
from indexer.store import Store
from tests.hostile.behaviours import page, silence
from tests.hostile.server import Server
from tests.search_api.installation import run

SOURCE = """
enabled = true
parser = "{parser}"
seeds = [{seeds}]
{more}
platform = "{platform}"
retention_days = 30
basis = "tests; the people are invented"
terms_url = "http://localhost/terms"
[allow]
hosts = ["localhost"]

[manners]
contact = "crawl@tests.example"
delay_seconds = 0.2
refresh_hours = 24
"""
BAKER = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mira Invented</title>
<link rel="alternate" type="application/rss+xml" href="/mira/feed.xml">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "ProfilePage", "mainEntity":
{"@type": "Person", "name": "Mira Invented", "alternateName": "mira.bakes", "description":
"Fictional. Sourdough bread, rye and patience.", "interactionStatistic": {"@type": "InteractionCounter",
"interactionType": "https://schema.org/FollowAction", "userInteractionCount": 18400}}}</script></head>
<body><h1>Mira Invented</h1></body></html>"""
FEED = b"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Joris Madeup</title>
<link>http://localhost/joris</link><description>Fictional. Repairing old bicycles.</description>
<item><guid>j1</guid><title>Truing a wheel at home</title><link>http://localhost/joris/wheel</link>
<description>Spokes, a stand, and an hour. #bicycle</description>
<pubDate>Mon, 02 Feb 2026 10:00:00 GMT</pubDate></item>
<item><guid>j2</guid><title>Steel frames, rust and paint</title><link>http://localhost/joris/rust</link>
<description>Saving a frame from the skip.</description>
<pubDate>Mon, 09 Feb 2026 10:00:00 GMT</pubDate></item>
</channel></rss>"""
CARD = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ada Testperson</title></head>
<body>
<div class="h-card"><a class="p-name u-url u-uid" href="/ada" rel="me">Ada Testperson</a>
<p class="p-note">Fictional. Balcony gardens: tomatoes, herbs, bees.</p></div>
<div class="h-feed"><article class="h-entry"><a class="u-url" href="/ada/tomatoes">
<span class="p-name">Growing tomatoes on a north-facing balcony</span></a>
<time class="dt-published" datetime="2026-02-11">February</time>
<div class="e-content">Seedlings, light and patience.</div></article></div></body></html>"""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def write_source(folder: Path, name: str, server: Server, *paths: str, **given: str) -> Path:
    """Write the file of a source whose host is this machine."""
    seeds = ", ".join(f'"{server.url(path, host="localhost")}"' for path in paths)
    words = {"parser": "page", "platform": "website", "more": 'follow = ["/"]', **given}
    path = folder / f"{name}.toml"
    path.write_text(SOURCE.format(seeds=seeds, **words), encoding="utf-8")
    return path


def crawl(data: Path, server: Server, *arguments: str | Path) -> Result:
    """Crawl what lives on this machine, which is reached only because it is said."""
    opened = ("--open-network", "127.0.0.0/8", "--open-network", "::1/128", "--open-port", str(server.port))
    return run(data, "crawl", *map(str, arguments), *opened)


def people(server: Server) -> None:
    """Put three invented people on the server: JSON-LD, an h-card with posts, and a feed."""
    links = (
        b'<html><body><a href="/mira">Mira</a><a href="/ada">Ada</a><a href="/private/x">?</a></body></html>'
    )
    server.on("/people", page(links))
    server.on("/mira", page(BAKER))
    server.on("/ada", page(CARD))
    server.on("/joris.xml", page(FEED, headers={"Content-Type": "application/rss+xml"}))
    server.on(
        "/robots.txt", page(b"User-agent: *\nDisallow: /private", headers={"Content-Type": "text/plain"})
    )


@pytest.mark.slow
def test_from_local_sites_to_a_brief_that_finds_the_right_creator_and_cites_the_post(
    tmp_path: Path, server: Server
) -> None:
    people(server)
    pages = write_source(tmp_path, "makers", server, "/people")
    feeds = write_source(tmp_path, "talks", server, "/joris.xml", parser="feed", platform="podcast", more="")
    data = tmp_path / "data"
    crawled = crawl(data, server, pages, feeds)
    assert crawled.exit_code == 0, crawled.output
    assert "creators new" in crawled.stdout
    assert "nichescout index --update" in crawled.stdout
    assert "/private/x" not in server.paths()
    assert server.paths()[0] == "/robots.txt"

    indexed = run(data, "index")
    assert indexed.exit_code == 0, indexed.output
    for brief, name, post in (
        ("truing bicycle wheels", "Joris Madeup", "Truing a wheel at home"),
        ("tomatoes on a balcony", "Ada Testperson", "Growing tomatoes on a north-facing balcony"),
        ("sourdough bread", "Mira Invented", "Sourdough bread, rye and patience"),
    ):
        found = run(data, "search", brief, "--json")
        assert found.exit_code == 0, found.output
        best = orjson.loads(found.stdout)["matches"][0]
        assert best["name"] == name
        assert any(post in cited["text"] for cited in best["evidence"]), best["evidence"]
    with Store(Home(data).store) as store:
        mira = next(one for one in store.creators() if one.name == "Mira Invented")
    assert (mira.followers, mira.provenance["followers"].source) == (18_400, "makers")


def test_nothing_of_this_machine_is_reached_unless_that_is_said(tmp_path: Path, server: Server) -> None:
    people(server)
    source = write_source(tmp_path, "makers", server, "/people")
    result = run(tmp_path / "data", "crawl", str(source))
    assert result.exit_code == 1
    assert "Nothing of makers could be read" in result.stderr
    assert "/robots.txt: not an address that may be fetched" in result.stderr
    assert server.seen == []


def test_a_dry_run_says_what_would_be_fetched_and_sends_nothing(tmp_path: Path, server: Server) -> None:
    source = write_source(tmp_path, "makers", server, "/people", "/ada")
    data = tmp_path / "data"
    result = crawl(data, server, source, "--dry-run")
    assert result.exit_code == 0, result.output
    assert "robots.txt first" in result.stdout
    assert "Nothing was sent." in result.stdout
    planned = orjson.loads(crawl(data, server, source, "--dry-run", "--json").stdout)
    assert [one["url"].rpartition("/")[2] for one in planned] == ["people", "ada"]
    assert all(one["asks_robots"] for one in planned)
    assert server.seen == []

    people(server)
    crawl(data, server, source, "--limit", "1")
    again = orjson.loads(crawl(data, server, source, "--dry-run", "--json").stdout)
    asked = {one["url"].rpartition("/")[2]: one["refused"] for one in again}
    assert asked == {"ada": None, "mira": None, "x": "disallowed by robots.txt"}


def test_the_report_as_json(tmp_path: Path, server: Server) -> None:
    people(server)
    source = write_source(tmp_path, "makers", server, "/people")
    report = orjson.loads(crawl(tmp_path / "data", server, source, "--json").stdout)
    assert report["creators"]["new"] == 2
    assert report["sources"]["makers"]["ended"] == {
        "fetched": 3, "gone": 2, "disallowed by robots.txt": 1,
    }  # fmt: skip
    assert report["purged"] == {"records changed": 0, "records erased": 0, "addresses": 0}
    assert not report["stopped"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("crawl",), "is enabled; name the file of one"),
        (("crawl", "no-such"), "no source 'no-such'"),
        (("crawl", "example-page"), "example-page: is not enabled; read its terms"),
        (("crawl", "example-page", "--limit", "0"), "x>=1"),
        (("crawl", "--since", "soon", "example-page"), "does not match the format"),
    ],
)
def test_what_cannot_be_crawled_is_refused_with_the_way_out(
    tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = run(tmp_path / "data", *arguments)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_network_that_is_none_is_refused(tmp_path: Path, server: Server) -> None:
    source = write_source(tmp_path, "makers", server, "/people")
    result = run(tmp_path / "data", "crawl", str(source), "--open-network", "everything")
    assert result.exit_code == 2
    assert "write a network such as 10.1.0.0/16" in result.stderr


def test_keys_that_are_missing_are_named(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "crawl_config/sources/example-youtube.toml").read_text("utf-8")
    changed = text.replace("enabled = false", "enabled = true").replace(
        "crawl@your-company.example", "crawl@invented-office.eu"
    )
    source = tmp_path / "channels.toml"
    source.write_text(changed, encoding="utf-8")
    result = run(tmp_path / "data", "crawl", str(source))
    assert result.exit_code == 2
    assert "is not set; channels needs it" in result.stderr


def test_check_is_a_command_of_its_own_and_all_else_is_a_source(tmp_path: Path, server: Server) -> None:
    source = write_source(tmp_path, "makers", server, "/people")
    assert "no problems" in run(tmp_path / "data", "crawl", "check", str(source)).stdout
    told = run(tmp_path / "data", "crawl", "--help").stdout
    assert "[SOURCE]..." in told
    assert "--dry-run" in told
    assert "check" in told


@pytest.mark.slow
def test_ctrl_c_ends_cleanly_and_two_crawls_at_once_are_refused(tmp_path: Path, server: Server) -> None:
    people(server)
    server.on("/mira", silence())
    source = write_source(tmp_path, "makers", server, "/people")
    command = [
        sys.executable, "-P", "-m", "search_api.cli", "--data", str(tmp_path / "data"), "crawl", str(source),
        "--open-network", "127.0.0.0/8", "--open-network", "::1/128", "--open-port", str(server.port),
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        deadline = time.monotonic() + 30
        while "/mira" not in server.paths() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert "/mira" in server.paths()
        busy = crawl(tmp_path / "data", server, source)
        assert busy.exit_code == 2
        assert "another process is crawling" in busy.stderr
        process.send_signal(signal.SIGINT)
        printed, told = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in told
    assert "The next crawl goes on" in told
    assert "fetched" in printed
    server.on("/mira", page(BAKER))
    again = orjson.loads(crawl(tmp_path / "data", server, source, "--json").stdout)
    with Store(Home(tmp_path / "data").store) as store:
        assert {one.name for one in store.creators()} == {"Mira Invented", "Ada Testperson"}
    assert again["sources"]["makers"]["ended"]["fetched"] >= 1
    assert server.paths().count("/people") == 1
