"""The JSON Lines format: what is read out of a line, and that no line whatever raises."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Audience, Contact, Creator, Platform, Price, Provenance
from discovery.errors import InvalidInput
from discovery.vocabulary import AGE_BANDS
from indexer.importers.bad_line import BadLine
from indexer.importers.byte_lines import MAX_LINE
from indexer.importers.json_lines import parse_line
from indexer.importers.reading import read

LEAST: dict[str, Any] = {"id": "instagram:ada", "platform": "instagram", "name": "Ada Testperson"}


def line(**fields: Any) -> bytes:
    return json.dumps(LEAST | fields, ensure_ascii=False).encode()


def parsed(**fields: Any) -> Creator:
    creator = parse_line(line(**fields), "test file")
    assert isinstance(creator, Creator), creator
    return creator


def complaints(content: bytes) -> list[str]:
    problems = parse_line(content, "test file")
    assert not isinstance(problems, Creator)
    return [str(problem) for problem in problems]


def refused(**fields: Any) -> list[str]:
    return complaints(line(**fields))


def post(**fields: Any) -> dict[str, Any]:
    return {"posts": [fields]}


def test_the_least_a_line_says() -> None:
    origin = Provenance(source="test file")

    assert parsed() == Creator(
        id=parsed().id,
        platform=Platform.INSTAGRAM,
        name="Ada Testperson",
        provenance={"platform": origin, "name": origin},
    )


def test_every_field_arrives() -> None:
    one = parsed(
        handle="@ada",
        url="https://example.org/ada",
        bio="Invented",
        language="DE",
        country="at",
        categories=["Food"],
        followers=10,
        following=0,
        posts_total=7,
        verified=False,
        contacts=[{"type": "email", "value": "ada@example.org"}],
        audience={
            "countries": {"de": 0.5, "AT": 0.5},
            "ages": {"18-24": 1},
            "sample_size": 9,
            "basis": "panel",
        },
        prices=[{"deliverable": "reel", "amount": 10.5, "currency": "eur"}],
        fictional=True,
    )

    assert (one.handle, one.language, one.country, one.categories) == ("@ada", "de", "AT", ("Food",))
    assert (one.followers, one.following, one.posts_total, one.verified) == (10, 0, 7, False)
    assert one.contacts == (Contact(type="email", value="ada@example.org"),)
    assert one.audience == Audience(
        countries={"DE": 0.5, "AT": 0.5}, ages={"18-24": 1.0}, sample_size=9, basis="panel"
    )
    assert one.prices == (Price(deliverable="reel", amount=10.5, currency="EUR"),)
    assert one.fictional
    assert set(one.provenance) >= {"handle", "followers", "contacts", "audience", "prices", "verified"}


def test_null_is_the_same_as_leaving_out() -> None:
    assert parsed(bio=None, followers=None, posts=None, contacts=None) == parsed()


def test_posts_come_newest_first() -> None:
    one = parsed(
        posts=[
            {"id": "a"},
            {"id": "b", "published_at": "2026-01-01"},
            {"id": "c", "published_at": "2026-02-01"},
        ]
    )

    assert [entry.id for entry in one.posts] == ["c", "b", "a"]


def test_tags_are_read_from_the_words_when_left_out() -> None:
    (read_out,) = parsed(**post(title="#Bread", text="with @Oat.Co, mail a@b.example #bread #2026")).posts
    (stated,) = parsed(**post(text="#Bread @Oat.Co", hashtags=[], mentions=["@Friend", "@Friend", "@"])).posts

    assert (read_out.hashtags, read_out.mentions) == (("Bread",), ("Oat.Co",))
    assert (stated.hashtags, stated.mentions) == ((), ("Friend",))


def test_a_post_without_id_gets_one_from_its_content() -> None:
    (one,) = parsed(**post(text="Bread", published_at="2026-01-01")).posts
    (same,) = parsed(**post(text="Bread", published_at="2026-01-01T10:00:00", likes=3)).posts
    (other,) = parsed(**post(text="Bread", published_at="2026-01-02")).posts

    assert one.id == same.id == "content:" + one.id.removeprefix("content:")
    assert one.id != other.id


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31T23:30:00", date(2026, 1, 31)),
        ("2026-01-31T23:30:00Z", date(2026, 1, 31)),
        ("2026-01-31T23:30:00-05:00", date(2026, 2, 1)),
    ],
)
def test_days_and_timestamps(written: str, day: date) -> None:
    assert parsed(**post(published_at=written)).posts[0].published_at == day


def test_the_record_is_dated_by_itself_else_by_its_newest_post() -> None:
    posts = [{"id": "a", "published_at": "2026-01-05", "observed_at": "2026-01-07"}, {"id": "b"}]

    assert parsed(posts=posts).provenance["name"].observed_at == date(2026, 1, 7)
    assert parsed(posts=posts, observed_at="2025-01-01").provenance["posts"].observed_at == date(2025, 1, 1)
    assert parsed().provenance["name"].observed_at is None


def test_fields_may_have_a_source_of_their_own() -> None:
    one = parsed(
        followers=5,
        source="mine",
        provenance={"followers": {"source": "theirs", "observed_at": "2026-01-01"}},
    )

    assert one.provenance["followers"] == Provenance(source="theirs", observed_at=date(2026, 1, 1))
    assert one.provenance["name"] == Provenance(source="mine")


def test_provenance_of_an_unknown_value_says_nothing() -> None:
    assert "bio" not in parsed(provenance={"bio": {"source": "x"}}).provenance


REFUSALS: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "name: is empty; leave out what is unknown"),
    ({"id": ".."}, "id: '..' cannot be part of a URL; add the platform: 'platform:..'"),
    ({"platform": "instagrm"}, "platform: unknown platform 'instagrm'. Did you mean 'instagram'?"),
    ({"folowers": 3}, "folowers: unknown field 'folowers'. Did you mean 'followers'?"),
    (post(veiws=3), "posts[0].veiws: unknown field 'veiws'. Did you mean 'views'?"),
    ({"followers": -1}, "followers: must be 0 or more"),
    ({"followers": 1.5}, "followers: must be a whole number"),
    ({"followers": "12k"}, "followers: must be a whole number"),
    ({"followers": True}, "followers: must be a whole number"),
    ({"followers": 10**20}, "followers: must be at most 9,007,199,254,740,992"),
    ({"verified": "yes"}, "verified: must be true or false"),
    ({"bio": 5}, "bio: must be text in quotes"),
    ({"bio": "a\0b"}, "bio: holds a NUL character; remove it"),
    ({"name": "x" * 501}, "name: is longer than 500 characters"),
    ({"posts": {}}, "posts: must be a list: [...]"),
    ({"posts": [5]}, "posts[0]: must be an object: {...}"),
    ({"posts": [{}] * 10_001}, "posts: has more than 10000 entries"),
    (post(published_at="31.01.2026"), "posts[0].published_at: is not an ISO date such as 2026-01-31"),
    (post(published_at=1_700_000_000), "posts[0].published_at: must be an ISO date such as 2026-01-31"),
    (post(published_at="0026-01-31"), "posts[0].published_at: must lie between 1990-01-01 and 2100-12-31"),
    (
        {"country": "UK"},
        "country: 'UK' is not an ISO 3166-1 alpha-2 country code such as 'DE'. Did you mean 'GB'?",
    ),
    (
        {"country": "Germany"},
        "country: 'Germany' is not an ISO 3166-1 alpha-2 country code such as 'DE'. Did you mean 'DE'?",
    ),
    (
        {"language": "en-US"},
        "language: 'en-US' is not an ISO 639-1 language code such as 'de'. Did you mean 'en'?",
    ),
    (
        {"language": "germn"},
        "language: 'germn' is not an ISO 639-1 language code such as 'de'. Did you mean 'German'?",
    ),
    (
        {"audience": {"genders": {"female": 0.7, "male": 0.6}}},
        "audience.genders: shares add up to 1.3; together they are at most 1",
    ),
    (
        {"audience": {"countries": {"DE": 70}}},
        "audience.countries.DE: is a fraction between 0 and 1; write 0.7 for 70 %",
    ),
    (
        {"audience": {"ages": {"18-25": 0.1}}},
        "audience.ages.18-25: unknown age band '18-25'. Known: " + ", ".join(AGE_BANDS) + ".",
    ),
    (
        {"prices": [{"deliverable": "reel", "amount": 5, "currency": "euro"}]},
        "prices[0].currency: 'euro' is not an ISO 4217 currency code such as 'EUR'",
    ),
    ({"contacts": [{"type": "email"}]}, "contacts[0].value: is missing, but required"),
    (
        {"provenance": {"follower": {"source": "x"}}},
        "provenance: unknown field 'follower'. Did you mean 'followers'?",
    ),
    ({"observed_at": "yesterday"}, "observed_at: is not an ISO date such as 2026-01-31"),
]


@pytest.mark.parametrize(
    ("fields", "complaint"), REFUSALS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_refusals_name_the_field_and_the_way_out(fields: dict[str, Any], complaint: str) -> None:
    assert refused(**fields) == [complaint]


def test_all_first_problems_are_told_at_once() -> None:
    assert refused(followers=-1, country="XX", handel="ada") == [
        "country: 'XX' is not an ISO 3166-1 alpha-2 country code such as 'DE'.",
        "followers: must be 0 or more",
        "handel: unknown field 'handel'. Did you mean 'handle'?",
    ]
    assert len(refused(posts=[{"views": -1}] * 100)) == 5


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{}", "id: is missing, but required"),
        (b"nonsense", "is not valid JSON: "),
        (b'{"id": ', "is not valid JSON: EOF while parsing"),
        (b"[1, 2]", "must be an object: {...}"),
        (line()[:-2] + b'\xff"}', "is not valid UTF-8 (byte 7"),
        (line()[:-2] + b'\\ud800"}', "holds half of a surrogate pair (column 7"),
        (b'{"bio":' + b"[" * 100_000, "is nested too deep"),
        (b"\0\0\0", "is not valid JSON: "),
    ],
    ids=["empty", "words", "cut off", "array", "not UTF-8", "surrogate", "deep", "NUL"],
)
def test_lines_that_are_no_creator(content: bytes, complaint: str) -> None:
    assert complaints(content)[0].startswith(complaint)


@given(st.binary(max_size=200))
def test_no_bytes_raise(content: bytes) -> None:
    assert parse_line(content, "test file")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(
    [
        "bio",
        "followers",
        "country",
        "posts",
        "audience",
        "prices",
        "provenance",
        "observed_at",
        "n_posts_found",
        "sources",
    ]
)


@given(st.dictionaries(keys, json_values, max_size=5))
def test_no_json_raises(fields: dict[str, Any]) -> None:
    assert parse_line(json.dumps(LEAST | fields).encode(), "test file")


def read_bytes(folder: Path, content: bytes, name: str = "creators.jsonl") -> list[Creator | BadLine]:
    (folder / name).write_bytes(content)
    return list(read(folder / name))


def test_a_bad_line_is_numbered_and_the_rest_goes_on(tmp_path: Path) -> None:
    first, blank, bad, last = read_bytes(
        tmp_path, b"\xef\xbb\xbf" + line() + b"\r\n\n \n{}\nx\n" + line(name="Last")
    )[:4]

    assert isinstance(first, Creator)
    assert isinstance(blank, BadLine)
    assert isinstance(bad, BadLine)
    assert isinstance(last, Creator)
    assert (blank.number, blank.field, blank.reason) == (4, "id", "is missing, but required")
    assert str(bad).startswith("creators.jsonl, line 5: is not valid JSON: expected value")
    assert first.provenance["name"].source == "creators.jsonl"


def test_a_bad_line_shows_the_value_cut_and_printable(tmp_path: Path) -> None:
    (bad,) = read_bytes(tmp_path, line(country="\u202e\n" + "x" * 200, followers=-5))

    assert isinstance(bad, BadLine)
    assert bad.field == "country"
    assert bad.value == "��" + "x" * 77 + "…"
    assert [(problem.field, problem.value) for problem in bad.more] == [("followers", -5)]


def test_a_line_that_is_too_long_is_refused_and_skipped(tmp_path: Path) -> None:
    long, after = read_bytes(tmp_path, line(bio="x" * 10_000_000) + b"\n" + line())

    assert isinstance(long, BadLine)
    assert (long.number, long.reason) == (1, f"is longer than {MAX_LINE // 1024**2} MiB")
    assert isinstance(after, Creator)


def test_an_empty_file_holds_nobody(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"") == []
    assert read_bytes(tmp_path, b"\n\n") == []


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b'[{"id": "a"}]', "is one JSON array; write one object on each line instead"),
        ('{"id": "a"}'.encode("utf-16"), "is UTF-16; save it as UTF-8"),
    ],
)
def test_files_of_another_kind_are_refused_as_a_whole(tmp_path: Path, content: bytes, complaint: str) -> None:
    with pytest.raises(InvalidInput, match=complaint):
        read_bytes(tmp_path, content)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"none\.jsonl cannot be read: No such file or directory"):
        list(read(tmp_path / "none.jsonl"))
    with pytest.raises(InvalidInput, match="Is a directory"):
        list(read(tmp_path))


def test_links_and_the_source_of_a_post_arrive() -> None:
    page = "https://ada.example/"
    one = parsed(
        platform="mastodon",
        links=[page, "https://bsky.app/profile/ada.example", page],
        posts=[{"id": "p", "source": "another list"}, {"id": "q"}],
        source="my research",
    )
    assert one.links == (page, "https://bsky.app/profile/ada.example")
    assert one.provenance["links"].source == "my research"
    assert {one.source for one in one.posts} == {"another list", None}
    assert parsed(links=[]).links == ()
    assert refused(links=["x" * 2_001]) == ["links[0]: is longer than 2000 characters"]
    assert refused(links="https://ada.example/") == ["links: must be a list: [...]"]


def test_what_other_sources_say_is_worked_out_and_not_stated() -> None:
    (complaint,) = refused(also_stated={})
    assert complaint.startswith("also_stated: unknown field 'also_stated'")
