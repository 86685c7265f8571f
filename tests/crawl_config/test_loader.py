"""Files of sources: what a good one becomes; every fault names file, line, key, value and way out."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import binary, sampled_from

from crawl_config.loader import load_files, load_folder, load_named, parse_source
from crawl_config.parts import TOP_KEYS
from crawl_config.source import Allowed, Manners, Parser, Selector, Source
from discovery.creator import Platform
from discovery.errors import InvalidInput, Problem
from tests.crawl_config.samples import PAGE_FILE
from tests.crawl_config.toml_writer import PLAIN, TEXTS

API_FILE = """\
enabled = false
parser = "{parser}"
seeds = ["{seed}"]
retention_days = 30
basis = "legitimate interests"
terms_url = "https://site.example/terms"
[manners]
contact = "crawl@company.example"
"""


def read(text: str) -> Source:
    """Return the source that a text is."""
    source = parse_source("invented", text.encode(), file="invented.toml")
    assert isinstance(source, Source), "\n".join(map(str, source))
    return source


def told(text: str) -> list[str]:
    """Return the problems of a text, as they are told."""
    found = parse_source("invented", text.encode(), file="invented.toml")
    assert not isinstance(found, Source)
    return [str(problem) for problem in found]


def changed(old: str, new: str) -> str:
    """Return the file of pages with one thing changed."""
    assert PAGE_FILE.count(old) == 1
    return PAGE_FILE.replace(old, new)


def write(folder: Path, **files: str) -> None:
    """Write files of sources."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def refused(wanted: Sequence[str], folder: Path) -> tuple[Problem, ...]:
    """Return why some names cannot be loaded."""
    with pytest.raises(InvalidInput) as caught:
        load_named(wanted, folder)
    return caught.value.problems


def test_the_shortest_source() -> None:
    assert read(PAGE_FILE) == Source(
        name="invented",
        parser=Parser.PAGE,
        enabled=True,
        seeds=("https://site.example/people",),
        allowed=Allowed(hosts=("site.example",), paths=("/people",)),
        manners=Manners(contact="crawl@company.example"),
        retention_days=90,
        basis="legitimate interests",
        terms_url="https://site.example/terms",
        follow=("/people/*",),
    )


def test_everything_that_can_be_said() -> None:
    source = read(
        changed("retention_days = 90", 'retention_days = 9\nsitemaps = true\nplatform = "podcast"').replace(
            'hosts = ["site.example"]', 'hosts = ["site.example", "*.BÜCHER.example."]'
        )
        + 'product = "my-crawler"\ndelay_seconds = 3\nconnections = 2\nrefresh_hours = 12.5\n'
        '[selectors]\nname = "h1"\nlinks = { css = "a[rel~=me]", attribute = "href" }\n'
        '[selectors.post]\neach = "article"\ntitle = "h2"\nid = { css = "a", attribute = "data-id" }\n'
    )
    assert source.allowed.hosts == ("site.example", "*.xn--bcher-kva.example")
    assert (source.sitemaps, source.platform, source.retention_days) == (True, Platform.PODCAST, 9)
    assert source.manners == Manners(
        contact="crawl@company.example",
        product="my-crawler",
        delay_seconds=3.0,
        connections=2,
        refresh_hours=12.5,
    )
    assert source.selectors.creator == {
        "name": Selector(css="h1"),
        "links": Selector(css="a[rel~=me]", attribute="href"),
    }
    assert source.selectors.post_each == "article"
    assert source.selectors.post == {
        "title": Selector(css="h2"),
        "id": Selector(css="a", attribute="data-id"),
    }


FAULTS = [
    ('parser = "page"', 'parser = "pag"', "line 2: parser: unknown parser 'pag'. Did you mean 'page'?"),
    ('parser = "page"', "parser = 1", "line 2: parser: must be text in quotes, not a whole number"),
    ("enabled = true\n", "", "invented.toml: enabled: is missing, but required: true or false"),
    ("enabled = true", 'enabled = "yes"', "line 1: enabled: must be true or false, not text"),
    ("enabled = true", "enabled = 2026-01-01", "line 1: enabled: must be true or false, not a date or time"),
    ("follow = [", "folow = [", "line 4: folow: unknown key 'folow'. Did you mean 'follow'?"),
    ('follow = ["/people/*"]', "sitemaps = true", "line 4: sitemaps: takes the addresses that fit 'follow'"),
    ('["/people/*"]', '"/people/*"', "line 4: follow: must be a list, not text"),
    ('["/people/*"]', '["/a", 2]', "line 4: follow[1]: must be text in quotes, not a whole number"),
    ('["/people/*"]', "[]", "line 4: follow: is an empty list; name at least one, or leave it out"),
    ('["/people/*"]', '["/a", "/b",\n"/a"]', "line 5: follow[2]: '/a' is given twice; it stands at follow[0"),
    ('["/people/*"]', '["people"]', "line 4: follow[0]: 'people' must begin with '/' or '*': '/people'"),
    ('["/people/*"]', '["https://site.example/a?b"]', "is an address; write its path alone: '/a'"),
    ('["/people/*"]', '["/a#b"]', "'/a#b' holds '#', which is never sent to a host; leave it out"),
    ('["/people/*"]', '["/a$b"]', "has a '$' before its end; write %24 where the sign itself is meant"),
    ("90", "0", "line 5: retention_days: is 0; it must lie between 1 and 3650"),
    ("90", "90.5", "line 5: retention_days: must be a whole number, not a number"),
    ("90", "9" * 200, "it must lie between 1 and 3650"),
    ('basis = "legitimate interests"', 'basis = " "', "line 6: basis: is empty"),
    ('basis = "legitimate interests"', 'basis = "a\\u001b[31m"', "basis: holds a line break or another sign"),
    ('"https://site.example/terms"', '"see below"', "line 7: terms_url: 'see below' is no address; write it"),
    ('"https://site.example/people"', '"site.example/people"', "seeds[0]: 'site.example/people' is no addre"),
    ('"https://site.example/people"', '"https://8.8.8.8/"', "seeds[0]: 'https://8.8.8.8/' is no address of"),
    (
        '"https://site.example/people"',
        '"https://other.example/people"',
        "line 3: seeds[0]: 'https://other.example/people' is outside of allow.hosts; add 'other.example'",
    ),
    (
        '"https://site.example/people"',
        '"https://site.example/else"',
        "line 3: seeds[0]: 'https://site.example/else' is outside of allow.paths; add '/else' there",
    ),
    (
        '"https://site.example/people"',
        '"https://www.Instagram.com./invented"',
        'seeds[0]: \'https://www.Instagram.com./invented\' cannot be read. Instagram: its terms forbid',
    ),
    ('hosts = ["site.example"]', "", "line 9: allow.hosts: is missing, but required: the hosts that may be"),
    ('["site.example"]', '["https://site.example/a"]', "is an address; write the host alone: 'site.example'"),
    ('["site.example"]', '["site.example:443"]', "is no name of a host; leave out the port: 'site.example'"),
    ('["site.example"]', '["site.example/people"]', "the host alone is 'site.example'"),
    ('["site.example"]', '["site"]', "'site' is no full name of a host; write it with its ending: 'site.exa"),
    ('["site.example"]', '["site.*"]', "a '*' may stand at its beginning only"),
    ('["site.example"]', '["*"]', "a '*' may stand at its beginning only"),
    ('["site.example"]', '["8.8.8.8"]', "an IP address says nothing about whose it is, write the name"),
    ('["site.example"]', '["*.de"]', "'*.de' reaches Pinterest, whose terms forbid it; name the hosts one b"),
    ('["site.example"]', '["*.museum"]', "'*.museum' is too wide; name the site: '*.site.museum'"),
    ('["site.example"]', '["vm.tiktok.com"]', "'vm.tiktok.com' cannot be a source. TikTok: its terms forbid"),
    ('["site.example"]', '["*.instagram.com"]', 'use parser = "instagram"'),
    ('["site.example"]', '["graph.facebook.com"]', "'graph.facebook.com' cannot be a source. Facebook"),
    ('["site.example"]', '["www.youtube.com"]', "'www.youtube.com' cannot be a source. YouTube"),
    ('contact = "crawl@company.example"', "", "line 13: manners.contact: is missing, but required: an e-mai"),
    ('"crawl@company.example"', '"me"', "line 14: manners.contact: 'me' is neither an e-mail address nor"),
    ('"crawl@company.example"', '"http://a.example/"', "manners.contact: 'http://a.example/' is neither"),
    ('"crawl@company.example"', '"https://a.example/)"', "manners.contact: 'https://a.example/)' is neither"),
    ('"crawl@company.example"', '"a\\r\\nHost: b"', "holds a line break or another sign that cannot be prin"),
    ("contact", "contakt", "line 14: manners.contakt: unknown key 'contakt' in [manners]. Did you mean 'con"),
    ("[manners]", "[maners]", "line 13: maners: unknown key 'maners'. Did you mean 'manners'?"),
    ("[allow]", "allow = 1\n[x]", "line 9: allow: must be a table, not a whole number"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS)
def test_a_fault_is_named(old: str, new: str, expected: str) -> None:
    problems = told(changed(old, new))
    assert any(expected in problem for problem in problems), problems
    assert all(problem.startswith("invented.toml") for problem in problems)


MORE = [
    ("delay_seconds = 0.1", "line 15: manners.delay_seconds: is 0.1; it must lie between 0.2 and 3600"),
    ("delay_seconds = nan", "manners.delay_seconds: is nan; it must lie between 0.2 and 3600"),
    ("delay_seconds = inf", "manners.delay_seconds: is inf; it must lie between 0.2 and 3600"),
    ("delay_seconds = true", "manners.delay_seconds: must be a number, not true or false"),
    ("connections = 9", "line 15: manners.connections: is 9; it must lie between 1 and 8"),
    ("refresh_hours = 0.5", "manners.refresh_hours: is 0.5; it must lie between 1 and 8760"),
    ("refresh_hours = 8760", "retention_days: is 90, but pages are read again after 8760 hours"),
    ('product = "my crawler/1.0"', "manners.product: 'my crawler/1.0' cannot be named in robots.txt"),
    ("parser = 'feed'", "manners.parser: unknown key 'parser' in [manners]. It belongs to the top, above th"),
    ("hosts = []", "manners.hosts: unknown key 'hosts' in [manners]. It belongs into the table [allow]."),
    ("[selectors]\nnam = 'h1'", "line 16: selectors.nam: unknown key 'nam' in [selectors]. Did you mean 'na"),
    ("[selectors]\nname = 'h1['", "selectors.name: 'h1[' is no CSS selector: malformed attribute selector"),
    ("[selectors]\nname = 'h1::text'", "asks for a pseudo-element; to read an attribute write"),
    ("[selectors]\nname = 'p:contains(a)'", "is out of use"),
    ("[selectors]\nname = '@import'", "is no CSS selector"),
    ("[selectors]\nname = 3", "selectors.name: must be text in quotes, not a whole number"),
    ("[selectors]\nname = {}", "line 16: selectors.name.css: is missing, but required: a CSS selector"),
    ("[selectors]\nname = {css = 'a', attribute = 'a b'}", "name.attribute: 'a b' is no name of an attribut"),
    ("[selectors]\nname = {css = 'a', atribute = 'b'}", "unknown key 'atribute' in [selectors.name]. Did yo"),
    ("[selectors]\nverified = 'b'", "unknown key 'verified' in [selectors]"),
    ("[selectors.post]\ntext = 'p'", "selectors.post.each: is missing, but required: the CSS selector of"),
    ("[selectors.post]\neach = 'p'", "line 16: selectors.post.each: selects posts, but nothing is read in t"),
    ("[selectors.post]\neach = 'p'\ntxt = 'p'", "selectors.post.txt: unknown key 'txt' in [selectors.post]."),
    ("[keys]\nkey = 'A'", "line 15: keys: means nothing to parser = 'page'; it is for APIs, leave it out"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "expected"), MORE)
def test_a_fault_in_a_table_is_named(more: str, expected: str) -> None:
    problems = told(f"{PAGE_FILE}{more}\n")
    assert any(expected in problem for problem in problems), problems


def test_the_largest_that_is_allowed() -> None:
    seeds = [f"https://site.example/people/{number}" for number in range(10_001)]
    assert len(read(changed('["https://site.example/people"]', str(seeds[:10_000]))).seeds) == 10_000
    (problem,) = told(changed('["https://site.example/people"]', str(seeds)))
    assert "line 3: seeds: has 10,001 entries; at most 10,000 are allowed" in problem
    assert read(changed("legitimate interests", "b" * 500)).basis == "b" * 500
    (problem,) = told(changed("legitimate interests", "b" * 501))
    assert "line 6: basis: is 501 characters long; at most 500 are allowed" in problem
    assert read(PAGE_FILE + "refresh_hours = 2160\n").manners.refresh_hours == 2160
    assert "retention_days: is 90, but" in told(PAGE_FILE + "refresh_hours = 2160.5\n")[0]
    contact = f"https://company.example/{'c' * 176}"
    assert read(changed("crawl@company.example", contact)).manners.contact == contact
    assert "contact: is 201 characters long" in told(changed("crawl@company.example", f"{contact}c"))[0]
    seed = f"https://site.example/people/{'s' * 1_972}"
    assert read(changed("https://site.example/people", seed)).seeds == (seed,)
    assert "seeds[0]: is 2,001 characters long" in told(changed("https://site.example/people", f"{seed}s"))[0]
    selector = PAGE_FILE + "[selectors]\nname = '{}'\n"
    assert read(selector.format("a" * 500)).selectors.creator["name"].css == "a" * 500
    (problem,) = told(selector.format("a" * 501))
    assert "selectors.name: is 501 characters long; at most 500 are allowed" in problem


def test_long_values_are_cut_where_they_are_told() -> None:
    (problem,) = told(changed('parser = "page"', f'parser = "{"a" * 81}"'))
    assert f"unknown parser '{'a' * 79}…'. Known: page, feed" in problem
    (problem,) = told(changed('parser = "page"', f'parser = "{"a" * 80}"'))
    assert f"unknown parser '{'a' * 80}'." in problem


def test_a_fault_carries_its_value() -> None:
    found = parse_source("invented", changed("90", "-1").encode(), file="invented.toml")
    assert not isinstance(found, Source)
    assert [(problem.field, problem.value) for problem in found] == [
        ("invented.toml, line 5: retention_days", -1)
    ]


def test_all_faults_are_told_in_the_order_of_their_lines() -> None:
    text = changed("enabled = true", "enabeld = true") + "delay_seconds = 0\nconnections = 0\n"
    assert [problem.split(":")[0] + problem.split(":")[1] for problem in told(text)] == [
        "invented.toml enabled",
        "invented.toml, line 1 enabeld",
        "invented.toml, line 15 manners.delay_seconds",
        "invented.toml, line 16 manners.connections",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\nb = [1,\n", "invented.toml, line 3: is not valid TOML: "),
        ("a = page\n", "line 1: is not valid TOML: invalid value (column 5); text stands in quotes"),
        (
            "a: 1\n",
            "line 1: is not valid TOML: expected '=' after a key in a key/value pair (column 2); a key and",
        ),
        ("a = 1\na = 2\n", "line 2: is not valid TOML: cannot overwrite a value (column 6)"),
        ("a = " + "[" * 10_000, "invented.toml: is nested too deep"),
        ("a = 1979-02-31", "line 1: is not valid TOML: invalid date or datetime"),
    ],
)
def test_what_is_no_toml(text: str, expected: str) -> None:
    assert told(text)[0].startswith(expected) or expected in told(text)[0]


def test_other_encodings_are_named_with_the_line() -> None:
    found = parse_source("invented", "a = 1\nb = 'ä'\n".encode("latin-1"), file="invented.toml")
    assert [str(one) for one in found] == [  # type: ignore[union-attr]
        "invented.toml, line 2: byte 12 is not UTF-8; save the file as UTF-8"
    ]
    assert isinstance(parse_source("invented", b"\xef\xbb\xbf" + PAGE_FILE.encode(), file="x"), Source)
    assert isinstance(parse_source("invented", PAGE_FILE.replace("\n", "\r\n").encode(), file="x"), Source)


@given(binary(max_size=60), sampled_from(PAGE_FILE.splitlines(keepends=True)))
def test_any_bytes_end_in_a_source_or_in_problems(noise: bytes, line: str) -> None:
    for content in (noise, PAGE_FILE.encode().replace(line.encode(), noise), PAGE_FILE.encode() + noise):
        found = parse_source("invented", content, file="invented.toml")
        assert isinstance(found, Source) or found


VALUES = (*PLAIN, *TEXTS, "[]", "[[1], 'a']", "{}", "{css = 1}", "{css = 'a', attribute = ''}", "['/a']")


@given(
    sampled_from(PAGE_FILE.splitlines()),
    sampled_from([*TOP_KEYS, "name", "each", "hosts"]),
    sampled_from(VALUES),
)
def test_any_value_of_any_key_ends_in_a_source_or_in_problems(line: str, key: str, value: str) -> None:
    name = line.partition(" = ")[0]
    written = PAGE_FILE.replace(line, f"{name} = {value}" if " = " in line else f"{key} = {value}")
    for text in (written, f"{written}[selectors]\n{key} = {value}\n[selectors.post]\n{key} = {value}\n"):
        found = parse_source("invented", text.encode(), file="invented.toml")
        assert isinstance(found, Source) or (found and all(str(one).startswith("invented") for one in found))


class TestApis:
    """Sources of interfaces for programs."""

    @pytest.mark.parametrize(
        ("parser", "seed", "hosts"),
        [
            ("bluesky", "mira.invented.example", ("public.api.bsky.app",)),
            ("bluesky", "did:plc:abcdefghijklmnopqrstuvwx", ("public.api.bsky.app",)),
            ("mastodon", "@mira@Social.example", ("social.example",)),
        ],
    )
    def test_hosts_come_with_the_parser(self, parser: str, seed: str, hosts: tuple[str, ...]) -> None:
        source = read(API_FILE.format(parser=parser, seed=seed))
        assert (source.allowed, source.seeds) == (Allowed(hosts=hosts), (seed,))

    def test_keys_are_names_of_variables(self) -> None:
        text = API_FILE.format(parser="youtube", seed="@invented") + "[keys]\nkey = 'MY_KEY'\n"
        source = read(text)
        assert (source.keys, source.allowed.hosts) == ({"key": "MY_KEY"}, ("www.googleapis.com",))
        assert told(text.replace("'MY_KEY'", "'AIza-sy/123'")) == [
            "invented.toml, line 10: keys.key: is no name of an environment variable; write the name, such "
            "as 'YOUTUBE_API_KEY', never the key"
        ]
        assert told(text.replace("key = 'M", "kye = 'M")) == [
            "invented.toml, line 9: keys.key: is missing, but required: the environment variable that holds "
            "the API key",
            "invented.toml, line 10: keys.kye: unknown key 'kye' in [keys]. Did you mean 'key'?",
        ]

    @pytest.mark.parametrize(
        "keys",
        [
            "key = 'AIza-sy/1'",
            "key = 'AIza-sy\\u0007'",
            "key = ['AIza-sy']",
            "kye = 'AIza-sy'",
            "key = {a = 'AIza-sy'}",
        ],
    )
    @pytest.mark.parametrize("parser", ["youtube", "bluesky", "feed"])
    def test_a_key_that_was_written_into_the_file_is_never_told(self, parser: str, keys: str) -> None:
        text = API_FILE.format(parser=parser, seed="@invented.example")
        found = parse_source("invented", f"{text}[keys]\n{keys}\n".encode(), file="invented.toml")
        assert not isinstance(found, Source)
        assert any("keys" in problem.field for problem in found)
        assert "AIza" not in repr(found)

    @pytest.mark.parametrize(
        ("parser", "seed"),
        [
            ("bluesky", "mira"),
            ("mastodon", "mira"),
            ("mastodon", "mira@127.0.0.1"),
            ("youtube", "invented channel"),
            ("instagram", "https://www.instagram.com/invented"),
            ("podcast-index", "invented"),
        ],
    )
    def test_an_account_of_another_form(self, parser: str, seed: str) -> None:
        problems = told(API_FILE.format(parser=parser, seed=seed))
        expected = f"line 3: seeds[0]: '{seed}' is no account as {parser} names them; write it like "
        assert any(expected in problem for problem in problems)

    def test_an_account_on_a_denied_host(self) -> None:
        (problem,) = told(API_FILE.format(parser="mastodon", seed="invented@threads.net"))
        assert "line 3: seeds[0]: 'threads.net' cannot be a source. Threads: its terms forbid" in problem

    def test_another_host(self) -> None:
        text = API_FILE.format(parser="mastodon", seed="mira@social.example")
        assert read(text + "[allow]\nhosts = ['127.0.0.1']\n").allowed.hosts == ("127.0.0.1",)
        (problem,) = told(text + "[allow]\nhosts = ['view.example']\n")
        assert "allow.hosts[0]: 'view.example' is not where this API is asked; leave 'hosts' out" in problem

    def test_what_has_no_meaning_is_refused(self) -> None:
        text = API_FILE.format(parser="bluesky", seed="mira.invented.example")
        problems = told("platform = 'bluesky'\nfollow = ['/']\nsitemaps = false\n" + text + "[selectors]\n")
        assert [problem.split(":")[1].strip() for problem in problems] == [
            "platform",
            "follow",
            "sitemaps",
            "selectors",
        ]

    def test_retention_is_bounded_by_terms(self) -> None:
        text = API_FILE.format(parser="youtube", seed="@invented") + "[keys]\nkey = 'MY_KEY'\n"
        (problem,) = told(text.replace("30", "31"))
        assert "line 4: retention_days: is 31; the terms of this API allow 30 at most" in problem


class TestManners:
    """What is asked of those who go to hosts of others."""

    def test_the_machine_itself_may_be_asked_without_delay(self) -> None:
        text = PAGE_FILE.replace("https://site.example/people", "http://127.0.0.1:8043/people")
        text = text.replace('"site.example"', '"127.0.0.1", "localhost"') + "delay_seconds = 0\n"
        assert read(text).manners.delay_seconds == 0

    def test_who_goes_to_real_hosts_can_be_reached(self) -> None:
        text = PAGE_FILE.replace("site.example", "nichescout-site.org")
        (problem,) = told(text)
        assert "manners.contact: 'crawl@company.example' reaches nobody" in problem
        assert read(text.replace("enabled = true", "enabled = false"))
        assert read(text.replace("crawl@company.example", "https://nichescout-site.org/about"))

    def test_feeds_are_of_platforms_where_they_say_who_wants_to_be_found(self) -> None:
        text = PAGE_FILE.replace('"page"', '"feed"').replace(
            'follow = ["/people/*"]\n', "platform = 'mastodon'\n"
        )
        (problem,) = told(text)
        assert "line 4: platform: feeds do not say who wants to be found on mastodon; use its API" in problem
        assert read(text.replace("mastodon", "youtube")).platform is Platform.YOUTUBE

    def test_feeds_of_youtube_are_open_its_pages_are_not(self) -> None:
        text = (
            'enabled = false\nparser = "feed"\n'
            'seeds = ["https://www.youtube.com/feeds/videos.xml?channel_id=UCinvented"]\n'
            'retention_days = 9\nbasis = "b"\nterms_url = "https://site.example/"\n'
            '[allow]\nhosts = ["www.youtube.com"]\n[manners]\ncontact = "crawl@company.example"\n'
        )
        assert read(text).allowed.hosts == ("www.youtube.com",)
        (problem,) = told(text.replace("feeds/videos.xml", "watch"))
        assert "line 3: seeds[0]" in problem
        assert "YouTube: its terms forbid" in problem


class TestFolders:
    """Which files are read."""

    def test_a_folder_in_the_order_of_names(self, tmp_path: Path) -> None:
        write(tmp_path, b=PAGE_FILE, a=PAGE_FILE)
        (tmp_path / "notes.txt").write_text("no source")
        assert [source.name for source in load_folder(tmp_path)] == ["a", "b"]

    def test_faults_of_all_files_at_once(self, tmp_path: Path) -> None:
        write(tmp_path, a=changed("90", "0"), b=PAGE_FILE, c="x =", d=changed("true", "1"))
        with pytest.raises(InvalidInput) as caught:
            load_folder(tmp_path)
        assert [problem.field.split(":")[0] for problem in caught.value.problems] == [
            "a.toml, line 5",
            "c.toml, line 1",
            "d.toml, line 1",
        ]

    def test_a_name_or_a_path(self, tmp_path: Path) -> None:
        write(tmp_path, makers=PAGE_FILE)
        by_name, by_path = load_named(["makers"], tmp_path), load_named([str(tmp_path / "makers.toml")])
        assert by_name == by_path
        assert load_named(["makers", str(tmp_path / "makers.toml")], tmp_path) == by_name

    def test_an_unknown_name(self, tmp_path: Path) -> None:
        write(tmp_path, makers=PAGE_FILE)
        (problem,) = refused(["maker"], tmp_path)
        assert "no source 'maker' in" in problem.message
        assert "Did you mean 'makers'?" in problem.message

    def test_what_cannot_be_read(self, tmp_path: Path) -> None:
        assert "cannot be read: No such file" in str(refused([str(tmp_path / "none.toml")], tmp_path)[0])
        assert "cannot be read as a folder" in str(refused(["none"], tmp_path / "none")[0])
        write(tmp_path, **{"-a b": PAGE_FILE, "large": "#" * 1_000_001})
        assert "is no name of a source" in str(refused([str(tmp_path / "-a b.toml")], tmp_path)[0])
        assert "is larger than 1,000,000 bytes" in str(refused(["large"], tmp_path)[0])
        write(tmp_path, large=PAGE_FILE + "#" * (1_000_000 - len(PAGE_FILE)))
        assert [source.name for source in load_named(["large"], tmp_path)] == ["large"]

    def test_two_sources_of_one_name(self, tmp_path: Path) -> None:
        (tmp_path / "b").mkdir()
        write(tmp_path, makers=PAGE_FILE)
        write(tmp_path / "b", Makers=PAGE_FILE)
        with pytest.raises(InvalidInput, match="a source is known by its name"):
            load_files([tmp_path / "makers.toml", tmp_path / "b" / "Makers.toml"])
