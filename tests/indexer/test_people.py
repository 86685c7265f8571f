"""Who is one person: only links in both directions count, whatever the addresses look like."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Creator, Platform, creator_id
from indexer.people import MOST_PROFILES, People, addresses_of, by_profile, people, present, profile_address
from tests.fictional import creator
from tests.strategies import creators

URLS = {
    Platform.INSTAGRAM: "https://www.instagram.com/{}/",
    Platform.TIKTOK: "https://www.tiktok.com/@{}",
    Platform.YOUTUBE: "https://www.youtube.com/@{}",
    Platform.PODCAST: "https://{}.example/show",
    Platform.BLUESKY: "https://bsky.app/profile/{}",
    Platform.MASTODON: "https://social.example/@{}",
    Platform.WEBSITE: "https://{}.example/",
}


def profile(platform: Platform, name: str = "jane", *links: str, **changes: object) -> Creator:
    """Invent a profile; its id is as its platform makes it."""
    url = URLS[platform].format(name)
    native = {
        Platform.MASTODON: f"{name}@social.example",
        Platform.WEBSITE: f"{name}.example",
        Platform.PODCAST: f"{name}.example/feed.xml",
        Platform.YOUTUBE: f"UC{name}",
        Platform.BLUESKY: f"did:plc:{name}",
    }.get(platform, name)
    given_fields: dict[str, object] = {"handle": name, "url": url, "links": links or None}
    return creator(name, id=f"{platform}:{native}", platform=platform, **(given_fields | changes))


def linked(*profiles: Creator) -> list[Creator]:
    """Let every profile link to all others."""
    return [
        replace(one, links=tuple(other.url for other in profiles if other is not one and other.url))
        for one in profiles
    ]


SITE, FEDI = profile(Platform.WEBSITE), profile(Platform.MASTODON)


def test_two_profiles_that_link_to_each_other_are_one_person() -> None:
    assert people(linked(SITE, FEDI)) == People(persons=((FEDI.id, SITE.id),))


def test_a_link_in_one_direction_proves_nothing() -> None:
    site, fedi = linked(SITE, FEDI)

    assert people([replace(site, links=None), fedi]) == People()
    assert people([site, replace(fedi, links=())]) == People()
    assert people([site, replace(fedi, links=("https://jane.example.evil.example/",))]) == People()


def test_one_cannot_claim_to_be_somebody_by_linking_to_them_in_a_row() -> None:
    """A links to B, B to C, C to A: nobody links back."""
    a, b, c = (profile(Platform(name)) for name in ("website", "mastodon", "bluesky"))
    row = [replace(one, links=(str(to.url),)) for one, to in ((a, b), (b, c), (c, a))]
    assert people(row) == People()


def test_persons_are_what_hangs_together() -> None:
    site, fedi = linked(SITE, FEDI)
    tube = profile(Platform.YOUTUBE, "jane", str(SITE.url))
    site = replace(site, links=(*(site.links or ()), str(tube.url)))
    other = linked(profile(Platform.WEBSITE, "max"), profile(Platform.TIKTOK, "max"))

    assert people([tube, fedi, site, *other]).persons == (
        (fedi.id, site.id, tube.id),
        ("tiktok:max", "website:max.example"),
    )


@pytest.mark.parametrize(
    ("one", "link"),
    [
        (profile(Platform.YOUTUBE, url=None), "http://youtube.com/@Jane"),
        (profile(Platform.YOUTUBE, url=None), "https://m.youtube.com/@jane/videos?sub_confirmation=1"),
        (profile(Platform.YOUTUBE, url=None, handle=None), "https://www.youtube.com/channel/UCjane/about"),
        (profile(Platform.INSTAGRAM, url=None), "instagram.com/Jane/?hl=de&igsh=abc"),
        (profile(Platform.INSTAGRAM, url=None, handle=None), "https://instagram.com/jane"),
        (profile(Platform.TIKTOK, url=None), "https://www.tiktok.com/@jane?lang=en&_t=1"),
        (profile(Platform.BLUESKY, url=None, handle="jane.example"), "https://bsky.app/profile/jane.example"),
        (profile(Platform.BLUESKY, url=None, handle=None), "https://bsky.app/profile/did:plc:jane"),
        (profile(Platform.MASTODON, url=None, handle=None), "https://social.example/@jane"),
        (profile(Platform.MASTODON, url=None, handle=None), "https://social.example/users/jane"),
        (profile(Platform.WEBSITE, url=None), "http://www.jane.example"),
        (profile(Platform.PODCAST, url=None), "https://jane.example/feed.xml"),
        (profile(Platform.PODCAST), "https://jane.example/show/"),
    ],
)
def test_the_forms_of_an_address(one: Creator, link: str) -> None:
    assert profile_address(link) in addresses_of(one)


@pytest.mark.parametrize(
    "link",
    [
        "https://instagram.com/",
        "https://instagram.com/p/jane",
        "https://www.tiktok.com/@jane/video/1",
        "https://youtube.com/jane",
        "https://social.example/@jane/1",
        "https://other.example/@jane",
        "https://bsky.app/profile/jane/post/1",
        "https://jane.example/elsewhere",
        "https://evil.example/?u=https://jane.example",
        "",
        "mailto:jane@jane.example",
        "http://[broken",
    ],
)
def test_other_addresses_name_nobody(link: str) -> None:
    for platform in Platform:
        assert profile_address(link) not in addresses_of(profile(platform))


def test_an_address_that_many_claim_names_nobody() -> None:
    crowd = [
        profile(Platform.WEBSITE, f"n{number}", url="https://shared.example")
        for number in range(MOST_PROFILES + 1)
    ]
    fedi = replace(FEDI, links=("https://shared.example",))
    claiming = [replace(one, links=(str(FEDI.url),)) for one in crowd]

    assert people([fedi, *claiming[:3]]).persons
    assert people([fedi, *claiming]) == People()


def test_a_hub_that_many_link_back_to_is_no_person() -> None:
    members = [profile(Platform.WEBSITE, f"n{number}", str(FEDI.url)) for number in range(MOST_PROFILES)]
    hub = replace(FEDI, links=tuple(str(one.url) for one in members))

    assert people([hub, *members]) == People(doubtful=1)
    fewer = replace(hub, links=hub.links and hub.links[:-1])
    assert [len(one) for one in people([fewer, *members]).persons] == [MOST_PROFILES]


def test_two_on_one_platform_may_be_two_people() -> None:
    """A couple, a band, an agency with its people: all of them link to their site, and it to all of them."""
    ada, max_ = profile(Platform.INSTAGRAM, "ada"), profile(Platform.INSTAGRAM, "max")

    assert people(linked(ada, max_)) == People(doubtful=1)
    assert people(linked(SITE, ada, max_)) == People(doubtful=1)
    shows = linked(SITE, profile(Platform.PODCAST, "a"), profile(Platform.PODCAST, "b"))
    assert people(shows).doubtful == 0


def test_who_links_to_themselves_is_nobody_else() -> None:
    assert people([replace(FEDI, links=(str(FEDI.url),))]) == People()


PLATFORMS = tuple(Platform)


@st.composite
def webs(draw: st.DrawFn) -> tuple[list[Creator], set[tuple[int, int]]]:
    """Some profiles, and which links to which."""
    count = draw(st.integers(1, 8))
    chosen = [profile(draw(st.sampled_from(PLATFORMS)), f"n{number}") for number in range(count)]
    pairs = [(a, b) for a in range(count) for b in range(count) if a != b]
    links = set(draw(st.lists(st.sampled_from(pairs), unique=True))) if pairs else set()
    return [
        replace(one, links=tuple(str(chosen[to].url) for start, to in sorted(links) if start == number))
        for number, one in enumerate(chosen)
    ], links


@given(webs(), st.randoms(use_true_random=False))
def test_persons_are_joined_by_links_in_both_directions_and_by_nothing_else(
    web: tuple[list[Creator], set[tuple[int, int]]], random: object
) -> None:
    """Compared with joining pairs again and again until nothing changes."""
    profiles, links = web
    joined = [{number} for number in range(len(profiles))]
    for _ in profiles:
        for a, b in combinations(range(len(profiles)), 2):
            if (a, b) in links and (b, a) in links:
                both = joined[a] | joined[b]
                for one in both:
                    joined[one] = both
    groups = {tuple(sorted(profiles[one].id for one in group)) for group in joined if len(group) > 1}
    platform = {one.id: one.platform for one in profiles}
    several = {Platform.WEBSITE, Platform.PODCAST}

    def sure(group: tuple[str, ...]) -> bool:
        single = [platform[creator_id(one)] for one in group if platform[creator_id(one)] not in several]
        return len(single) == len(set(single))

    found = people(profiles)
    assert set(found.persons) == {group for group in groups if sure(group)}
    assert found.doubtful == sum(1 for group in groups if not sure(group))
    assert people(profiles[::-1]) == found


@given(st.lists(creators(), max_size=6, unique_by=lambda one: one.id))
def test_arbitrary_creators_never_break_it(given_creators: list[Creator]) -> None:
    found = people(given_creators)
    known = {one.id for one in given_creators}
    for profiles in found.persons:
        assert set(profiles) <= known
        assert 2 <= len(profiles) <= MOST_PROFILES
    assert len(by_profile(found.persons)) == sum(map(len, found.persons))


def test_who_is_not_there_with_every_profile_is_nobody() -> None:
    a, b, c = map(creator_id, "abc")

    assert present([(a, b)], {a, b, c}) == {a: (a, b), b: (a, b)}
    assert present([(a, b)], {a, c}) == {}
