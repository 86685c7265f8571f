"""JSON-LD: mended where nothing is guessed, references followed, and what schema.org's terms mean."""

import json
from typing import Any

import pytest

from discovery.creator import Contact, Platform
from indexer.crawl.document import Outcome, Reading
from indexer.crawl.reading.json_ld import Graph, clean_text, types_of
from indexer.crawl.reading.json_repair import read_json
from tests.indexer.crawl.reading.invented import only, read, with_json_ld

ANN = "https://site.example/ann"
ID = "website:site.example/ann"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('\ufeff {"a": 1};', {"a": 1}),
        ('<!-- {"a": 1} -->', {"a": 1}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('/*<![CDATA[*/ {"a": 1} /*]]>*/', {"a": 1}),
        ("<![CDATA[ [1] ]]>", [1]),
        ('{&quot;a&quot;: &quot;b&quot;}', {"a": "b"}),
        ('{"a": "&quot;b&quot;",}', {"a": "&quot;b&quot;"}),
        ('{"a": [1, 2,], }', {"a": [1, 2]}),
        ('{"a": 1 /* one, */, // two,\n "b": 2}', {"a": 1, "b": 2}),
        ('{"a": 1, /* last */ }', {"a": 1}),
        ('{"a": "http://x.example/*,]*/",}', {"a": "http://x.example/*,]*/"}),
        ('{"a": "one\ntwo\tthree"}', {"a": "one\ntwo\tthree"}),
        (r'{"a": "\ud83d", "b": "\udc00\ud83d\ude00"}', {"a": "\ufffd", "b": "\ufffd😀"}),
        (r'{"a": "say \"hi, ]\" ",}', {"a": 'say "hi, ]" '}),
    ],
)  # fmt: skip
def test_what_is_mended(text: str, value: Any) -> None:
    assert read_json(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "{'a': 1}",
        '{"a": 1',
        '{"a" 1}',
        "{a: 1}",
        '{"a": NaN}',
        '{"a": 1} {"b": 2}',
        '{"a": "b" "c"}',
        "[" * 2000,
        '"',
        "",
    ],
)
def test_what_would_have_to_be_guessed_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"line 1 column|empty|EOF"):
        read_json(text)


def test_types_and_references() -> None:
    data = {
        "@graph": [
            {"@type": "https://schema.org/Article", "@id": "#a", "author": {"@id": "#p"}},
            {"@type": ["schema:Person", 7], "@id": "#p", "name": "Ann", "knows": {"@id": "#p"}},
            {"@id": "#p", "@type": "Person"},
        ]
    }
    graph = Graph([json.dumps(data)])
    article, person, short = graph.nodes
    assert types_of(article) == {"Article"}
    assert types_of(person) == {"Person"}
    assert [graph.resolve(one) for one in (article["author"], short, "#p", {"@id": "#none"}, 7)] == [
        *(person, person, person),
        *({"@id": "#none"}, None),
    ]
    assert list(graph.nodes_at(person, "knows")) == [person]


def test_texts_are_as_people_read_them() -> None:
    assert clean_text("<p>Tom &amp; <b class='x'>Ann</b><br/>at 3 < 4</p>") == "Tom & Ann at 3 < 4"
    assert clean_text("A&B; C&D") == "A&B; C&D"


def person(**stated: object) -> dict[str, object]:
    """Return a profile page's JSON-LD."""
    return {"@type": "ProfilePage", "mainEntity": {"@type": "Person", "name": "Ann Invented", **stated}}


def told(*data: object, url: str = ANN, **changes: Any) -> Reading:
    """Read a page with JSON-LD."""
    return read(with_json_ld(*(json.dumps(one) for one in data)), url, **changes)


def counter(action: object, count: object, **more: object) -> dict[str, object]:
    """Return an InteractionCounter."""
    return {"@type": "InteractionCounter", "interactionType": action, "userInteractionCount": count, **more}


FOLLOW = "https://schema.org/FollowAction"


@pytest.mark.parametrize(
    ("statistic", "followers"),
    [
        (counter(FOLLOW, 12), 12),
        (counter("http://schema.org/SubscribeAction", "12"), 12),
        (counter({"@type": "FollowAction"}, {"@value": 12}), 12),
        (counter({"@id": "schema:FollowAction"}, "1,234"), 1234),
        (counter(["FollowAction"], 12.0), 12),
        ([counter("LikeAction", 5), counter(FOLLOW, 12)], 12),
        ([counter(FOLLOW, 3, interactionService={"name": "elsewhere"}), counter(FOLLOW, 12)], 12),
        ([counter(FOLLOW, 12), counter(FOLLOW, 12)], 12),
        ([counter(FOLLOW, 12), counter(FOLLOW, 13)], None),
        (counter("LikeAction", 5), None),
        (counter("BefriendAction", 5), None),
        (counter(FOLLOW, -5), None),
        (counter(FOLLOW, "1.234"), None),
        (counter(FOLLOW, True), None),
        (counter(FOLLOW, 10**30), None),
        (counter(None, 5), None),
        ("12", None),
        (12, None),
    ],
)
def test_followers_are_what_others_do(statistic: object, followers: int | None) -> None:
    ann = only(told(person(interactionStatistic=statistic)))
    assert (ann.followers, ann.following) == (followers, None)


def test_what_a_person_does_is_never_taken_for_followers() -> None:
    ann = only(told(person(agentInteractionStatistic=[counter(FOLLOW, 300), counter("WriteAction", 7)])))
    assert (ann.followers, ann.following, ann.posts_total) == (None, 300, None)


def test_contradicting_counters_are_told() -> None:
    reading = told(person(interactionStatistic=[counter(FOLLOW, 12), counter(FOLLOW, 13)]))
    assert reading.problems == ("JSON-LD states several counts of FollowAction: [12, 13]",)


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ({"interactionCount": "UserPlays:1200"}, (1200, None, None, None)),
        ({"interactionCount": 1200}, (1200, None, None, None)),
        ({"interactionCount": "UserLikes:5"}, (None, 5, None, None)),
        ({"commentCount": "7"}, (None, None, 7, None)),
        (
            {"interactionStatistic": [counter("WatchAction", 1), counter("ShareAction", 2)]},
            (1, None, None, 2),
        ),
        ({"interactionStatistic": counter("CommentAction", 8), "commentCount": 7}, (None, None, 8, None)),
        (
            {"interactionStatistic": counter("CommentAction", None), "commentCount": None},
            (None, None, None, None),
        ),
    ],
)
def test_counts_of_posts(counts: dict[str, object], wanted: tuple[int | None, ...]) -> None:
    video = {"@type": "VideoObject", "name": "Bread", "uploadDate": "2026-01-01", "url": "/v", **counts}
    post = only(told(person(), video)).posts[0]
    assert (post.views, post.likes, post.comments, post.shares) == wanted
    assert (post.observed_at is None) is (wanted == (None, None, None, None))


def test_nothing_of_what_nobody_asked_for_is_read() -> None:
    traits = {"gender": "Female", "nationality": "AT", "ethnicity": "x", "religion": "y",
              "healthCondition": "z", "birthDate": "1990-01-01", "birthPlace": "Graz",
              "height": "170 cm", "spouse": {"name": "Bob"}, "telephone": "1", "netWorth": 5}  # fmt: skip
    plain, all_told = only(told(person())), only(told(person(**traits)))
    assert plain == all_told


@pytest.mark.parametrize(
    ("born", "listed"),
    [("2008-03-01", True), ("2008-03-02", False), ("2010", False), (2012, False), (["2012-01-01"], False)],
)
def test_who_is_below_18_is_not_listed(born: object, listed: bool) -> None:
    page = with_json_ld(json.dumps(person(birthDate=born)), body='<a href="/friends">x</a>')
    reading = read(page, ANN, follow=("/",))
    assert bool(reading.follow) is listed
    if listed:
        assert only(reading).name == "Ann Invented"
        return
    assert (reading.outcome, reading.creators) == (Outcome.NOINDEX, ())
    assert reading.problems == ("states an age below 18: not listed",)
    assert reading.leave_out == ("website:site.example/ann",)


def test_a_minor_among_authors_is_left_out_alone() -> None:
    data = [
        {"@type": "Article", "headline": "A", "url": "/a",
         "author": {"@type": "Person", "name": "Kid", "url": "/by/kid", "birthDate": "2012"}},
        {"@type": "Article", "headline": "B", "url": "/b",
         "author": {"@type": "Person", "name": "Ann", "url": "/by/ann"}},
    ]  # fmt: skip
    reading = told(*data)
    assert reading.outcome is Outcome.FETCHED
    assert [creator.name for creator in reading.creators] == ["Ann"]
    assert reading.leave_out == ("website:site.example/by/kid",)


@pytest.mark.parametrize(
    ("stated", "value"),
    [
        ({"address": {"addressCountry": "de"}}, "DE"),
        ({"address": [{"addressCountry": {"@type": "Country", "name": "Japan"}}]}, "JP"),
        ({"homeLocation": {"@type": "Place", "address": {"addressCountry": "Austria"}}}, "AT"),
        ({"address": {"addressCountry": "Atlantis"}}, None),
        ({"address": "Graz, Austria"}, None),
        ({"nationality": "DE"}, None),
    ],
)
def test_countries(stated: dict[str, object], value: str | None) -> None:
    assert only(told(person(**stated))).country == value


def test_only_addresses_that_are_stated_as_contact_are_one() -> None:
    ann = only(
        told(
            person(
                email=["mailto:ann%40site.example?subject=x", "not an address", "a@b@c.example"],
                contactPoint={"@type": "ContactPoint", "email": "work@site.example"},
                description="Write to hidden@site.example",
            )
        )
    )
    assert ann.contacts == (
        Contact(type="email", value="ann@site.example"),
        Contact(type="email", value="work@site.example"),
    )


@pytest.mark.parametrize(
    ("data", "creators"),
    [
        ([{"@type": "Person", "name": "Ann", "url": ANN}], [ID]),
        ([{"@type": "Person", "name": "Ann"}], [ID]),
        ([{"@type": "Person", "name": "Ann"}, {"@type": "Person", "name": "Bob"}], []),
        ([{"@type": "Person", "name": "Ann", "url": "/ann"}, {"@type": "Person", "name": "Bob"}], [ID]),
        ([{"@type": "Organization", "name": "House", "url": "https://site.example/"}], []),
        ([{"@type": "Organization", "name": "House", "url": ANN}], [ID]),
        ([{"@type": "ProfilePage", "mainEntity": {"@type": "Organization", "name": "House"}}], [ID]),
        ([{"@type": "ProfilePage", "mainEntity": {"@id": "#x"}}, {"@id": "#x", "@type": "Person"}], [ID]),
        ([{"@type": "AboutPage", "mainEntity": {"@type": "Person", "url": "/who"}}], [f"{ID[:-3]}who"]),
        ([{"@type": "Product", "name": "Spoon"}, {"@type": "Event"}, {}, [], 7, None], []),
        ([{"@type": "ProfilePage", "mainEntity": {"@type": "Product"}}], []),
        ([{"@type": "Article", "headline": "A"}, {"@type": "Person", "name": "Ann", "url": ANN}], []),
        ([{"@type": "Comment", "author": {"@type": "Person", "name": "Ann", "url": "/ann"}}], []),
    ],
)  # fmt: skip
def test_whom_a_page_is_about(data: list[object], creators: list[str]) -> None:
    assert [creator.id for creator in told(*data).creators] == creators


def test_a_video_within_a_post_is_no_post_of_its_own() -> None:
    video = {"@type": "VideoObject", "name": "V", "uploadDate": "2026-01-01", "url": "/v"}
    recipe = {"@type": "Recipe", "name": "Rye", "url": "/rye", "video": video}
    assert [post.title for post in only(told(person(), recipe)).posts] == ["Rye"]
    referring = {**recipe, "video": {"@id": "#v"}}
    assert [post.title for post in only(told(person(), referring, {**video, "@id": "#v"})).posts] == ["Rye"]


def test_addresses_of_one_profile_make_one_creator() -> None:
    by = ["/by/ann", "/by/ann/", "https://www.site.example/by/ann?utm_source=x"]
    posts = [
        {
            "@type": "Article",
            "headline": f"A{number}",
            "url": f"/{number}",
            "author": {"@type": "Person", "url": url},
        }
        for number, url in enumerate(by)
    ]
    assert len(only(told(*posts)).posts) == 3
    posts[0]["author"], posts[1]["author"] = (
        {"name": "Ann", "url": "/@ann"},
        {"name": "Ann", "url": "/users/ann"},
    )
    ann = only(told(*posts[:2], platform=Platform.MASTODON))
    assert (ann.id, len(ann.posts)) == ("mastodon:ann@site.example", 2)


def test_a_list_of_profiles_is_about_nobody_but_whose_page_it_is() -> None:
    profiles = [
        person(),
        {"@type": "ProfilePage", "mainEntity": {"@type": "Person", "name": "Bob", "url": "/bob"}},
    ]
    assert told(*profiles).creators == ()
    assert only(told(*profiles, url="https://site.example/bob")).name == "Bob"


def test_nobody_speaks_for_somebody_elsewhere() -> None:
    reading = told(person(url="https://victim.example/"))
    ann = only(reading)
    assert ann.id == "website:site.example/ann"
    assert ann.links == ("https://victim.example/",)


def test_a_first_page_stands_for_the_owner_of_the_site_alone() -> None:
    author = {"@type": "Person", "name": "Ann", "url": "https://site.example/"}
    post = {"@type": "BlogPosting", "headline": "A", "url": "/a", "author": author}
    owned = {
        "@type": "WebSite",
        "url": "https://site.example/",
        "publisher": {"@type": "Person", "name": "Ann"},
    }
    assert told(post, url="https://site.example/a").creators == ()
    assert told(post, url="https://site.example/").creators == ()
    assert only(told(post, owned, url="https://site.example/a")).id == "website:site.example"


def test_a_sponsor_that_is_stated() -> None:
    sponsor = {"@type": "Organization", "name": "Spoon Ltd"}
    post = only(told(person(), {"@type": "Article", "headline": "A", "url": "/a", "sponsor": sponsor})).posts[
        0
    ]
    assert (post.sponsored, post.sponsors) == (True, ("Spoon Ltd",))


def test_ids_of_the_sources_own_platform() -> None:
    changes: dict[str, Any] = {"url": "https://social.example/@Ann", "platform": Platform.MASTODON}
    ann = only(told(person(), **changes))
    assert (ann.id, ann.platform) == ("mastodon:ann@social.example", Platform.MASTODON)


def test_an_address_that_tells_no_id_on_the_platform_gives_nobody() -> None:
    reading = told(person(), platform=Platform.YOUTUBE)
    assert reading.creators == ()
    assert reading.problems == (f"{ANN} does not tell an id on youtube; nothing is kept",)
