"""What is cited of a creator, and how many of the posts are on the niche."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.citing import CITED_POSTS, Citer
from discovery.creator import Creator
from discovery.match import Evidence, NicheShare
from discovery.ports import Windows
from discovery.ranking.background import Background
from indexer.analysis import StandardAnalyser
from tests.discovery.ranking.builders import NAN, windows
from tests.fictional import TODAY, creator, post

ANALYSER = StandardAnalyser()
EDGE = 0.25


def citer(made: Windows, *terms: str) -> Citer:
    """Cite by windows, with an edge of the niche at 0.25."""
    yardstick = Background(threshold=EDGE, centre=0.0, spread=0.1)
    return Citer(windows=made, yardstick=yardstick, terms=frozenset(terms), analyser=ANALYSER)


def person(posts: int, bio: str | None = "About bread") -> Creator:
    """Build a creator whose posts say what number they have."""
    return creator(
        bio=bio, posts=tuple(post(f"post number {place}", id=f"p{place}") for place in range(posts))
    )


def cited(made: Windows, one: Creator) -> list[str | None]:
    """Return the ids of the cited posts, `None` for the bio."""
    return [item.post_id for item in citer(made).evidence(0, one)]


# Which


@pytest.mark.parametrize(
    ("bio", "posts", "wanted"),
    [
        (0.1, [0.1, 0.5, 0.4], ["p1", "p2"]),  # on the niche, best first
        (0.1, [0.31, 0.9, 0.6, 0.7], ["p1", "p3", "p2"]),  # three at most
        (0.1, [0.1, 0.2, -0.4], ["p1"]),  # the best, whatever it is
        (0.1, [0.25, 0.4], ["p1"]),  # at the edge is not above it
        (0.9, [0.1, 0.4], ["p1", None]),  # a bio on the niche comes last
        (0.25, [0.1, 0.4], ["p1"]),  # one that is not says nothing
        (-0.9, [], [None]),  # unless nothing else does
        (-0.9, [NAN, NAN], [None]),
        (0.9, [NAN, 0.1], ["p1", None]),
        (NAN, [0.1], ["p0"]),
        (NAN, [], []),
        (NAN, [NAN], []),
        (NAN, [0.5, 0.5, 0.5, 0.5], ["p0", "p1", "p2"]),  # of equals the newest
    ],
)
def test_what_is_cited(bio: float, posts: list[float], wanted: list[str | None]) -> None:
    assert cited(windows((bio, posts)), person(len(posts))) == wanted
    assert CITED_POSTS == 3


def test_words_decide_between_posts_that_are_about_as_near() -> None:
    """0.8 (1 + cosine) / 2 + 0.2 words / best words of this creator: 0.56, 0.68, 0.58 and for the bio 0.7."""
    made = windows((0.75, [0.4, 0.2, 0.2]), keywords=[0.0, 0.0, 4.0, 2.0])
    found = citer(made, "number").evidence(0, person(3))
    assert [(item.post_id, item.score) for item in found] == [("p1", 0.68), ("p0", 0.56), (None, 0.7)]


def test_words_bring_no_post_onto_the_niche() -> None:
    made = windows((NAN, [0.5, 0.2, 0.25]), keywords=[9.0, 0.0, 9.0, 9.0])
    assert cited(made, person(3)) == ["p2", "p0"]
    assert citer(made).share(0) == NicheShare(on_niche=1, posts=3)


def test_the_profile_has_its_best_words_in_the_name() -> None:
    """They are a yardstick for the words of the posts too."""
    made = windows((NAN, [0.5]), keywords=[8.0, 4.0])
    (found,) = citer(made).evidence(0, person(1))
    assert found.score == round(0.8 * 0.75 + 0.2 * 0.5, 4)


def test_each_creator_is_cited_by_their_own_passages() -> None:
    made = windows((0.9, [0.5]), (NAN, []), (0.1, [0.4, 0.6]), keywords=[0, 1, 5, 0, 0, 2])
    people = [person(1, bio="First"), creator(), person(2, bio="Third")]
    by = citer(made)
    assert [[item.post_id for item in by.evidence(row, one)] for row, one in enumerate(people)] == [
        ["p0", None],
        [],
        ["p1", "p0"],
    ]
    assert [by.share(row) for row in range(3)] == [
        NicheShare(on_niche=1, posts=1),
        NicheShare(on_niche=0, posts=0),
        NicheShare(on_niche=2, posts=2),
    ]


def test_without_a_vector_of_the_brief_nothing_is_cited() -> None:
    made = windows((NAN, [NAN, NAN]), keywords=[0.0, 3.0, 1.0])
    assert citer(made).evidence(0, person(2)) == ()
    assert citer(made).share(0) == NicheShare(on_niche=0, posts=0)


# What of it


def test_a_post_is_cited_with_its_date_its_address_and_the_words_marked() -> None:
    one = creator(
        posts=(post("  Sourdough bread for breakfast ", id="p0", url="https://example.org/p", age=3),)
    )
    (found,) = citer(windows((NAN, [0.5]), keywords=[0, 1]), "bread").evidence(0, one)
    assert found == Evidence(
        kind="post",
        text="Sourdough bread for breakfast",
        highlights=((10, 15),),
        score=0.8,
        post_id="p0",
        published_at=one.posts[0].published_at,
        url="https://example.org/p",
    )
    assert found.published_at is not None
    assert (TODAY - found.published_at).days == 3


def test_a_title_and_its_description_are_cited_together() -> None:
    one = creator(posts=(post("Rye, spelt and wheat", id="p0", title="Bread"),))
    (found,) = citer(windows((NAN, [0.5])), "bread").evidence(0, one)
    assert (found.text, found.highlights) == ("Bread · Rye, spelt and wheat", ((0, 5),))


@pytest.mark.parametrize("text", [None, "", " \n"])
def test_hashtags_stand_in_for_a_caption(text: str | None) -> None:
    one = creator(posts=(post(text, id="p0", hashtags=("Bread", "Rye")),))
    (found,) = citer(windows((NAN, [0.5])), "rye").evidence(0, one)
    assert (found.text, found.highlights) == ("#Bread #Rye", ((8, 11),))


def test_a_bio_has_neither_date_nor_address() -> None:
    (found,) = citer(windows((0.5, [])), "bread").evidence(0, person(0))
    assert found == Evidence(kind="bio", text="About bread", highlights=((6, 11),), score=0.6)


def test_positions_are_those_of_the_searched_posts() -> None:
    """A copy is no passage: the third different post is at place 2, though two copies lie before it."""
    texts = ("bread", "bread", "sea", "Bread ", "rain")
    one = creator(posts=tuple(post(text, id=f"p{place}") for place, text in enumerate(texts)))
    assert cited(windows((NAN, [0.1, 0.2, 0.9])), one) == ["p4"]


# Share


@given(st.lists(st.one_of(st.just(NAN), st.floats(-1, 1, width=32)), max_size=30), st.floats(-1, 1, width=32))
def test_share_counts_posts_with_words_above_the_edge(posts: list[float], bio: float) -> None:
    known = [float(np.float32(one)) for one in posts if not np.isnan(one)]
    share = citer(windows((bio, posts))).share(0)
    assert share == NicheShare(on_niche=sum(one > EDGE for one in known), posts=len(known))


@given(
    st.lists(
        st.tuples(st.one_of(st.just(NAN), st.floats(-1, 1, width=32)), st.floats(0, 9, width=16)),
        min_size=1,
        max_size=31,
    )
)
def test_cited_posts_fall_in_score_and_all_but_the_first_are_on_the_niche(
    passages: list[tuple[float, float]],
) -> None:
    (bio, _), *posts = passages
    made = windows((bio, [cosine for cosine, _ in posts]), keywords=[words for _, words in passages])
    found = citer(made).evidence(0, person(len(posts)))
    from_posts = [item for item in found if item.kind == "post"]
    scores = [item.score for item in from_posts]
    assert scores == sorted(scores, reverse=True)
    assert len(from_posts) <= CITED_POSTS
    for item in from_posts[1:]:
        assert made.cosine[1 + int(str(item.post_id)[1:])] > EDGE
    assert bool(from_posts) is any(not np.isnan(cosine) for cosine, _ in posts)
    assert [item.kind for item in found[len(from_posts) :]] in (
        [[]] if np.isnan(bio) else [["bio"]] if bio > EDGE or not from_posts else [[]]
    )
