"""The public-data collection format. Every record here is invented."""

import json
from datetime import date
from typing import Any

import pytest

from discovery.creator import Contact, Creator, Platform, Provenance
from indexer.importers.json_lines import parse_line

LEAST: dict[str, Any] = {
    "id": "yt:UCinvented",
    "platform": "youtube",
    "name": "Invented Kitchen",
    "n_posts_found": 2,
    "posts": [],
    "sources": ["invented-set-2024", "other-set"],
    "licence_class": "none-stated",
}
VIDEO: dict[str, Any] = {
    "id": "v1",
    "title": "Lentil soup #Soup",
    "description": "With @Oat.Co",
    "tags": ["lentil soup", "#Vegan", "soup", " "],
    "published_at": "2024-05-01T10:00:00Z",
    "observed_at": "2024-05-09",
    "views": 100,
    "likes": 0,
    "is_short": False,
    "sources": ["invented-set-2024"],
}


def parsed(**fields: Any) -> Creator:
    one = parse_line(json.dumps(LEAST | fields).encode(), "creators.jsonl")
    assert isinstance(one, Creator), one
    return one


def test_a_record_without_posts() -> None:
    one = parsed()

    assert (one.id, one.platform, one.name, one.posts) == (
        "yt:UCinvented",
        Platform.YOUTUBE,
        "Invented Kitchen",
        (),
    )
    assert one.provenance["name"] == Provenance(source="invented-set-2024, other-set")
    assert "posts" not in one.provenance
    assert not one.fictional


def test_a_video() -> None:
    one = parsed(posts=[VIDEO])
    (post,) = one.posts

    assert (post.title, post.text) == ("Lentil soup #Soup", "With @Oat.Co")
    assert (post.published_at, post.observed_at) == (date(2024, 5, 1), date(2024, 5, 9))
    assert (post.views, post.likes, post.comments, post.shares) == (100, 0, None, None)
    assert set(post.hashtags) == {"soup", "lentil soup", "Vegan"}
    assert post.mentions == ("Oat.Co",)
    assert post.sponsored is None
    assert one.provenance["posts"].observed_at == date(2024, 5, 9)


def test_a_caption() -> None:
    (post,) = parsed(platform="instagram", posts=[{"id": "p", "caption": "Bread #sourdough"}]).posts

    assert (post.title, post.text, post.hashtags) == (None, "Bread #sourdough", ("sourdough",))


def test_a_sponsor_tag_says_sponsored_and_its_absence_nothing() -> None:
    posts = [{"id": "a", "sponsor_tag": ["brand"]}, {"id": "b", "sponsor_tag": []}, {"id": "c"}]

    assert [post.sponsored for post in parsed(posts=posts).posts] == [True, None, None]


def test_followers_keep_their_own_source_and_day() -> None:
    one = parsed(followers=5, followers_at="2023-07", followers_source="a-ranking", posts=[VIDEO])

    assert one.followers == 5
    assert one.provenance["followers"] == Provenance(source="a-ranking", observed_at=date(2023, 7, 1))
    assert one.provenance["name"].observed_at == date(2024, 5, 9)


@pytest.mark.parametrize(
    ("written", "day"), [("2025", date(2025, 1, 1)), ("2025-03", date(2025, 3, 1)), (None, None)]
)
def test_a_partial_date_is_its_first_day(written: str | None, day: date | None) -> None:
    assert parsed(followers=5, followers_at=written).provenance["followers"].observed_at == day


def test_a_masked_address_is_a_contact() -> None:
    one = parsed(bio="Business: [email]", bio_source="a-list")

    assert one.contacts == (Contact(type="email", value="[email]"),)
    assert one.provenance["bio"] == Provenance(source="a-list")
    assert parsed(bio="No address").contacts is None
    assert parsed().contacts is None


@pytest.mark.parametrize(
    ("stated", "taken"),
    [("en-US", "en"), ("pt_BR", "pt"), ("de", "de"), ("fil", None), ("zxx", None), (None, None)],
)
def test_only_stated_languages_of_the_vocabulary(stated: str | None, taken: str | None) -> None:
    assert parsed(language=stated, language_detected="nl", language_detected_p=0.9).language == taken


def test_trending_lists_are_not_the_country() -> None:
    assert parsed(trending_in=["JP"]).country is None
    assert parsed(trending_in=["JP"], country="FR").country == "FR"


def test_categories_are_the_label_and_what_holds_a_tenth() -> None:
    counts = {"Comedy": 1, "Gaming": 80, "Music": 19}

    assert parsed(category="Gaming", categories=counts).categories == ("Gaming", "Music")
    assert parsed(
        platform="podcast", category="podcast/true crime", categories=["podcast/true crime", "law"]
    ).categories == (
        "true crime",
        "law",
    )
    assert parsed().categories is None


def test_figures_of_the_account() -> None:
    one = parsed(handle="@invented", following=3, media_count=40, verified=False)

    assert (one.handle, one.following, one.posts_total, one.verified) == ("@invented", 3, 40, False)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        (
            {"sources": None},
            "is not a record of the public-data collection format: can only join an iterable",
        ),
        (
            {"posts": [7]},
            "is not a record of the public-data collection format: 'int' object has no attribute 'get'",
        ),
        ({"followers": -1}, "followers: must be 0 or more"),
        ({"name": ""}, "name: is empty; leave out what is unknown"),
        ({"country": "ZZ"}, "country: 'ZZ' is not an ISO 3166-1 alpha-2 country code such as 'DE'."),
    ],
)
def test_bad_records_are_refused(fields: dict[str, Any], complaint: str) -> None:
    problems = parse_line(json.dumps(LEAST | fields).encode(), "creators.jsonl")

    assert not isinstance(problems, Creator)
    assert str(problems[0]) == complaint


def test_the_mark_inside_a_text_is_no_mark() -> None:
    line = {"id": "a", "platform": "tiktok", "name": "x", "bio": '"n_posts_found"'}

    assert isinstance(parse_line(json.dumps(line).encode(), "f"), Creator)
