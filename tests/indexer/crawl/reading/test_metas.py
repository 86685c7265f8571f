"""OpenGraph and its kin, and what happens where formats of one page disagree."""

import json

import pytest

from indexer.crawl.reading.metas import name_and_handle
from tests.indexer.crawl.reading.invented import only, read, with_json_ld

ANN = "https://site.example/ann"
PROFILE = '<meta property="og:type" content="profile"><meta property="og:title" content="Ann Invented">'


def meta(**named: str) -> str:
    """Return meta elements; `__` stands for a colon."""
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{content}">' for name, content in named.items()
    )


def test_a_profile() -> None:
    head = meta(
        og__type="Profile",
        og__title="Ann (@ann) on Site",
        og__url="https://site.example/people/ann",
        og__description="Bakes &amp; builds.",
        profile__first_name="Ann",
        profile__last_name="Invented",
        profile__username="ann",
        profile__gender="female",
    )
    ann = only(read(head, ANN))
    assert (ann.id, ann.name, ann.handle, ann.bio) == (
        *("website:site.example/people/ann", "Ann Invented", "ann", "Bakes & builds."),
    )


def test_an_address_of_another_host_is_not_believed() -> None:
    head = PROFILE + meta(og__url="https://victim.example/")
    head += '<link rel="canonical" href="https://victim.example/x">'
    assert only(read(head, ANN)).id == "website:site.example/ann"


def test_the_canonical_address_names_a_profile() -> None:
    head = PROFILE + '<link rel="canonical" href="/people/ann#me">'
    assert only(read(head, f"{ANN}?tab=1")).id == "website:site.example/people/ann"


def test_a_page_of_no_kind_is_about_nobody() -> None:
    head = meta(og__type="website", og__title="Shop", og__description="Spoons.")
    assert read(f"{head}<title>Shop</title>").creators == ()


@pytest.mark.parametrize(
    ("author", "creators"),
    [
        (meta(article__author="https://site.example/by/ann"), ["website:site.example/by/ann"]),
        ('<a rel="author" href="/by/ann">Ann</a>', ["website:site.example/by/ann"]),
        ('<a rel="author" href="/">Ann</a>', []),
        ('<a rel="author" href="/by/ann">Ann</a><a rel="author" href="/by/bob">Bob</a>', []),
        (meta(article__author="https://elsewhere.example/ann"), []),
        (meta(author="Ann Invented"), []),
        ("", []),
    ],
)
def test_whose_an_article_is(author: str, creators: list[str]) -> None:
    head = meta(
        og__type="article", og__title="Bread", article__published_time="2026-01-02", article__tag="rye"
    )
    reading = read(head + author, "https://site.example/bread")
    assert [creator.id for creator in reading.creators] == creators
    for creator in reading.creators:
        (post,) = creator.posts
        assert (post.id, post.title, post.hashtags) == ("site.example/bread", "Bread", ("rye",))
        assert str(post.published_at) == "2026-01-02"


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Ann Invented (@ann.bakes) • Photos", ("Ann Invented", "ann.bakes")),
        ("Ann Invented (@ann@social.example)", ("Ann Invented", "ann@social.example")),
        ("(@ann)", ("ann", "ann")),
        ("Ann (Graz)", ("Ann (Graz)", None)),
        (None, (None, None)),
    ],
)
def test_titles_with_a_handle(title: str | None, wanted: tuple[str | None, str | None]) -> None:
    assert name_and_handle(title) == wanted


@pytest.mark.parametrize(
    ("description", "wanted"),
    [
        ("12.5K Followers, 310 Following, 214 Posts - Bread", (12_500, 310, 214)),
        ("1.2K Posts, 300 Following, 4 Followers · Bread", (4, 300, 1_200)),
        ("1,234 Followers, 1 Post", (1234, None, 1)),
        ("214 Posts", (None, None, None)),
        ("12 Followers, and counting", (None, None, None)),
        ("I have 12 Followers, 3 Following, 4 Posts", (None, None, None)),
    ],
)
def test_descriptions_that_sum_up(description: str, wanted: tuple[int | None, ...]) -> None:
    ann = only(read(PROFILE + meta(og__description=description)))
    assert (ann.followers, ann.following, ann.posts_total) == wanted


def test_counts_that_cards_label() -> None:
    head = PROFILE + meta(
        twitter__label1="Followers", twitter__data1="1,234", twitter__label2="Rating", twitter__data2="5"
    )
    assert only(read(head)).followers == 1234


def test_formats_that_disagree_are_told_and_the_exact_one_is_believed() -> None:
    counter = {"interactionType": "https://schema.org/FollowAction", "userInteractionCount": 12_534}
    data = {"@type": "ProfilePage", "mainEntity": {"@type": "Person", "interactionStatistic": counter}}
    agreeing = PROFILE + meta(og__description="12.5K Followers, 3 Following, 4 Posts - x")
    reading = read(with_json_ld(json.dumps(data), head=agreeing))
    assert (only(reading).followers, only(reading).following, reading.problems) == (12_534, 3, ())
    contradicting = PROFILE + meta(og__description="13.5K Followers, 3 Following, 4 Posts - x")
    reading = read(with_json_ld(json.dumps(data), head=contradicting))
    assert only(reading).followers == 12_534
    assert reading.problems == ("followers: JSON-LD says 12534, OpenGraph 13500; JSON-LD is believed",)


def test_the_same_post_in_two_formats_is_one() -> None:
    article = {
        "@type": "Article",
        "headline": "Bread",
        "commentCount": 3,
        "url": "https://www.site.example/bread/",
    }
    person = {"@type": "ProfilePage", "mainEntity": {"@type": "Person", "name": "Ann"}}
    head = meta(
        og__type="article", og__title="Bread!", og__url="/bread", article__published_time="2026-01-02"
    )
    page = with_json_ld(json.dumps([person, article]), head=head)
    (post,) = only(read(page, ANN)).posts
    assert (post.id, post.title, post.comments, str(post.published_at)) == (
        *("site.example/bread", "Bread", 3, "2026-01-02"),
    )
