"""Cursors lead through an answer, and only through the one they belong to."""

from dataclasses import replace
from datetime import date

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.brief import Brief, Seed
from discovery.creator import creator_id
from discovery.errors import InvalidCursor, StaleCursor
from discovery.filters import Filter, Mode, Unknown
from discovery.understanding.parts import Part, PartKind, Understood
from search_api.cursors import Cursor, CursorSigner, fingerprint, next_cursor
from tests.search_api.world import SECRET, Build, World, engine, problem

BRIEF = Brief(
    query="vegan",
    filters=(Filter(field="followers", min=1, max=9),),
    weights={"theme": 1.0},
    as_of=date(2026, 3, 1),
)
SIGNER = CursorSigner(SECRET)
CURSOR = Cursor(offset=20, generation="g-1", fingerprint=fingerprint(BRIEF))
TEXT = SIGNER.write(CURSOR)

OTHERS = [
    replace(BRIEF, query="vegans"),
    replace(BRIEF, seeds=(Seed(creator=creator_id("a")),)),
    replace(BRIEF, filters=()),
    replace(BRIEF, filters=(Filter(field="followers", min=1, max=9, unknown=Unknown.INCLUDE),)),
    replace(BRIEF, filters=(Filter(field="followers", min=1, max=9, mode=Mode.SHOULD),)),
    replace(BRIEF, filters=(Filter(field="followers", min=1),)),
    replace(BRIEF, weights={"theme": 2.0}),
    replace(BRIEF, as_of=None),
    replace(BRIEF, understood=Understood(query="vegan")),
    replace(BRIEF, understood=Understood(query="vegan", language="en")),
    replace(BRIEF, understood=Understood(query="food")),
    *(
        replace(BRIEF, understood=Understood(query="vegan", parts=(one,)))
        for one in (
            Part(kind=PartKind.EXCLUSION, text="dogs"),
            Part(kind=PartKind.EXCLUSION, text="dogs", use=False),
            Part(kind=PartKind.EXCLUSION, text="dogs", spans=((0, 1),)),
            Part(kind=PartKind.COUNTRY, any_of=("DE",)),
            Part(kind=PartKind.COUNTRY, any_of=("DE",), confidence=0.5),
            Part(kind=PartKind.BUDGET, max=5),
            Part(kind=PartKind.BUDGET, min=5),
            Part(kind=PartKind.BUDGET, max=5, currency="EUR"),
        )
    ),
]


def test_round_trip() -> None:
    assert SIGNER.read(TEXT, BRIEF) == CURSOR
    assert CursorSigner(SECRET).read(TEXT, BRIEF) == CURSOR


def test_the_page_size_may_change_on_the_way() -> None:
    assert SIGNER.read(TEXT, BRIEF.page(offset=3, limit=50)) == CURSOR


@pytest.mark.parametrize("other", OTHERS)
def test_a_cursor_of_another_query_is_refused(other: Brief) -> None:
    with pytest.raises(InvalidCursor, match="belongs to another query"):
        SIGNER.read(TEXT, other)


def test_every_other_query_has_a_fingerprint_of_its_own() -> None:
    assert len({fingerprint(brief) for brief in (*OTHERS, BRIEF)}) == len(OTHERS) + 1


def test_a_weight_given_as_the_default_is_the_same_query() -> None:
    assert fingerprint(
        Brief(query="a", weights={"theme": Brief(query="a").all_weights["theme"]})
    ) == fingerprint(Brief(query="a"))


@given(position=st.integers(0, len(TEXT) - 1), sign=st.characters())
def test_a_changed_sign_is_refused(position: int, sign: str) -> None:
    changed = TEXT[:position] + sign + TEXT[position + 1 :]
    if changed != TEXT:
        with pytest.raises(InvalidCursor):
            SIGNER.read(changed, BRIEF)


@given(st.text(max_size=600) | st.text(alphabet="ABCab01-_=", max_size=120))
def test_a_made_up_cursor_is_refused(text: str) -> None:
    with pytest.raises(InvalidCursor):
        SIGNER.read(text, BRIEF)


@pytest.mark.parametrize(
    "text", [TEXT + "=", TEXT + "A", TEXT[:-1], f" {TEXT}", TEXT.swapcase(), "", TEXT * 9]
)
def test_nearly_right_is_refused(text: str) -> None:
    with pytest.raises(InvalidCursor):
        SIGNER.read(text, BRIEF)


def test_another_installation_refuses() -> None:
    with pytest.raises(InvalidCursor, match="not a cursor of this installation"):
        CursorSigner(b"x" * 32).read(TEXT, BRIEF)


@pytest.mark.parametrize(
    ("offset", "limit", "ranked", "following"),
    [(0, 10, 11, 10), (0, 10, 10, None), (0, 10, 0, None), (490, 10, 5_000, None), (480, 10, 5_000, 490)],
)
def test_where_the_next_page_begins(offset: int, limit: int, ranked: int, following: int | None) -> None:
    found = next_cursor(BRIEF.page(offset=offset, limit=limit), "g", ranked)
    assert (found.offset if found else None) == following


def test_another_generation_is_stale() -> None:
    CURSOR.check_generation("g-1")
    with pytest.raises(StaleCursor, match="ask again without a cursor"):
        CURSOR.check_generation("g-2")


BODY = {"query": "vegan dogs garden", "limit": 7}


def test_pages_join_to_the_whole_answer(world: World) -> None:
    whole = orjson.loads(world.post("/v1/search", BODY | {"limit": 100}).data)
    found, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = orjson.loads(world.post("/v1/search", BODY | {"cursor": cursor}).data)
        found += page["matches"]
        cursor, pages = page["next_cursor"], pages + 1
    assert found == whole["matches"]
    assert pages == -(-whole["totals"]["ranked"] // 7)
    assert whole["next_cursor"] is None


def test_a_page_may_be_read_again_with_the_same_bytes(world: World) -> None:
    cursor = orjson.loads(world.post("/v1/search", BODY).data)["next_cursor"]
    first, second = (world.post("/v1/search", BODY | {"cursor": cursor}).data for _ in range(2))
    assert first == second


def test_a_number_is_the_same_however_it_is_written() -> None:
    marks = {
        fingerprint(replace(BRIEF, understood=Understood(query="x", parts=(part,))))
        for part in (Part(kind=PartKind.BUDGET, max=5), Part(kind=PartKind.BUDGET, max=5.0))
    }
    assert len(marks) == 1


def test_over_http_a_foreign_cursor_is_400_and_a_stale_one_410(build: Build) -> None:
    world = build()
    cursor = orjson.loads(world.post("/v1/search", BODY).data)["next_cursor"]
    other = problem(world.post("/v1/search", BODY | {"query": "b", "cursor": cursor}), 400, "invalid_cursor")
    assert other["problems"][0]["field"] == "cursor"
    problem(world.post("/v1/search", BODY | {"cursor": "A" * 90}), 400, "invalid_cursor")
    similar = {"seeds": [{"creator": "instagram:mira.invented"}], "cursor": cursor}
    problem(world.post("/v1/similar", similar), 400, "invalid_cursor")
    world.engine = engine("oracle-2")
    problem(world.post("/v1/search", BODY | {"cursor": cursor}), 410, "stale_cursor")


def test_a_creator_who_left_takes_no_place_and_shifts_nobody(world: World) -> None:
    before = orjson.loads(world.post("/v1/search", BODY).data)
    world.left_out.add(before["matches"][2]["id"])
    after = orjson.loads(world.post("/v1/search", BODY).data)
    assert after["matches"] == before["matches"][:2] + before["matches"][3:]
    assert after["next_cursor"] == before["next_cursor"]
