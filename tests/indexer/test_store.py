"""The record of truth: merging, revisions, streaming, erasure down to the bytes, and damaged files."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import apsw
import pytest
from hypothesis import given, settings

from discovery.creator import Creator, CreatorId, creator_id
from discovery.errors import CreatorNotFound, StoreDamaged
from indexer.merge import merge
from indexer.sqlite_file import require_sqlite
from indexer.store import PAGE, Store, UpsertReport
from tests.fictional import corpus, creator, posts, stated
from tests.strategies import corpora

STRANGE_IDS = [
    "a/b/../c",
    "two  spaces ",
    "instagram:🌱🏳️\u200d🌈",
    "quote\"'",
    "line\nbreak",
    "nul\x00x",
    "%2F",
    "é",
    "É",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "store.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


def numbered(count: int) -> list[Creator]:
    return [creator(f"Nobody {number}", id=f"id-{number:05d}") for number in range(count)]


def test_reports_what_was_added_changed_and_unchanged(store: Store) -> None:
    one, two, three = numbered(3)

    assert store.upsert([one, two]) == UpsertReport(added=2)
    assert store.upsert([one, replace(two, bio="new"), three]) == UpsertReport(
        added=1, changed=1, unchanged=1
    )
    assert store.count == 3


def test_one_call_may_name_a_creator_twice(store: Store) -> None:
    (one,) = numbered(1)

    assert store.upsert([one, replace(one, bio="more")]) == UpsertReport(added=1, changed=1)
    assert store.get(one.id).bio == "more"


def test_an_older_record_changes_nothing(store: Store) -> None:
    new = creator(followers=20, provenance=stated("followers"))
    old = creator(followers=10, provenance=stated("followers", observed_at=date(2020, 1, 1)))
    store.upsert([new])

    assert store.upsert([old]) == UpsertReport(unchanged=1)
    assert store.get(new.id).followers == 20


def test_all_of_a_call_or_nothing(store: Store) -> None:
    one, two = numbered(2)

    with pytest.raises(ValueError, match="JSON"):
        store.upsert([one, replace(two, bio="\ud800")])
    assert (store.count, store.revision) == (0, 0)


def test_an_error_of_the_source_is_not_an_error_of_the_store(store: Store) -> None:
    def source() -> Iterator[Creator]:
        yield creator()
        raise OSError("the network is down")

    with pytest.raises(OSError, match="the network is down"):
        store.upsert(source())
    assert store.count == 0


def test_the_suppressed_are_left_out(store: Store) -> None:
    one, two = numbered(2)

    assert store.upsert([one, two], lambda asked: asked.id == one.id) == UpsertReport(added=1, suppressed=1)
    assert list(store.ids()) == [two.id]


def test_what_is_derived_comes_from_the_merged_record(store: Store) -> None:
    def numbered_bio(one: Creator) -> Creator:
        return replace(one, bio=f"followed by {one.followers}, following {one.following}")

    store.upsert([creator(id="a", followers=5)], derive=numbered_bio)
    report = store.upsert([creator(id="a", following=7)], derive=numbered_bio)

    assert report == UpsertReport(changed=1)
    assert store.get(creator_id("a")).bio == "followed by 5, following 7"
    assert store.upsert([creator(id="a", following=7)], derive=numbered_bio) == UpsertReport(unchanged=1)


def test_the_revision_grows_only_with_changes(store: Store) -> None:
    one, two = numbered(2)
    assert store.revision == 0
    store.upsert([one, two])
    assert store.revision == 1
    store.upsert([one])
    assert store.revision == 1
    store.upsert([replace(one, bio="new")])
    assert store.revision == 2

    assert list(store.changed_since(0)) == [two.id, one.id]
    assert list(store.changed_since(1)) == [one.id]
    assert list(store.changed_since(2)) == []


def test_the_revision_never_goes_back(store: Store, path: Path) -> None:
    one, two = numbered(2)
    store.upsert([one])
    store.upsert([two])
    store.erase([two.id])
    assert store.revision == 3
    store.close()

    with Store(path) as again:
        assert again.revision == 3
        again.upsert([two])
        assert list(again.changed_since(3)) == [two.id]


def test_streams_more_than_a_page_in_the_order_of_ids(store: Store) -> None:
    many = numbered(2 * PAGE + 7)
    shuffled = Random(0).sample(many, len(many))
    store.upsert(shuffled)

    assert list(store.creators()) == many
    assert list(store.ids()) == [one.id for one in many]
    assert list(store.changed_since(0)) == [one.id for one in shuffled]


def test_writing_while_reading_is_allowed(store: Store) -> None:
    many = numbered(2 * PAGE)
    store.upsert(many)

    for one in store.creators():
        store.upsert([replace(one, bio="seen")])
    assert all(one.bio == "seen" for one in store.creators())


def test_some_creators_by_id(store: Store) -> None:
    one, two, three = numbered(3)
    store.upsert([one, two, three])

    assert list(store.creators([three.id, one.id, three.id, CreatorId("nobody")])) == [one, three]
    assert list(store.creators([])) == []


def test_an_unknown_id(store: Store) -> None:
    with pytest.raises(CreatorNotFound, match="'no/body'"):
        store.get(CreatorId("no/body"))


@pytest.mark.parametrize("identity", STRANGE_IDS)
def test_ids_hold_any_character(store: Store, identity: str) -> None:
    one = creator(id=identity)
    store.upsert([one, creator(id="other")])

    assert store.get(one.id) == one
    assert one.id in list(store.ids())
    assert store.erase([one.id]) == 1
    assert list(store.ids()) == ["other"]


@settings(max_examples=25, deadline=None)
@given(corpora(), corpora())
def test_holds_what_merging_gives(
    tmp_path_factory: pytest.TempPathFactory, first: list[Creator], second: list[Creator]
) -> None:
    expected: dict[CreatorId, Creator] = {}
    with Store(tmp_path_factory.mktemp("store") / "s") as store:
        for batch in (first, second):
            store.upsert(batch)
            for one in batch:
                expected[one.id] = merge(expected.get(one.id), one)
        assert list(store.creators()) == [expected[key] for key in sorted(expected)]


def test_what_was_stored_is_there_after_reopening(path: Path) -> None:
    with Store(path) as store:
        store.upsert(corpus())
        before = list(store.creators())
    with Store(path) as again:
        assert list(again.creators()) == before


def test_two_connections_share_the_file(store: Store, path: Path) -> None:
    with Store(path) as other:
        other.upsert([creator()])
        assert store.count == 1


def all_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_an_erased_creator_is_in_no_byte_of_any_file(store: Store, path: Path) -> None:
    random = Random(7)
    marks = [f"mark-{number}-{random.getrandbits(60)}" for number in range(600)]
    people = [
        creator(
            mark, id=mark, bio=mark * random.choice([1, 30]), posts=posts(mark * random.choice([1, 9, 300]))
        )
        for mark in marks
    ]
    for start in range(0, 600, 50):  # grown and rewritten, as a store is: pages split and cells move
        store.upsert(people[start : start + 50])
        store.upsert([replace(one, url=one.name * 20) for one in random.sample(people[: start + 50], 20)])
    gone = random.sample(marks, 150)

    assert store.erase([CreatorId(mark) for mark in gone]) == 150
    left = all_bytes(path.parent)
    assert [mark for mark in gone if mark.encode() in left] == []
    assert all(mark.encode() in left for mark in marks if mark not in gone)
    assert store.count == 450


def test_erasing_nobody(store: Store) -> None:
    store.upsert([creator()])

    assert store.erase([CreatorId("nobody")]) == 0
    assert (store.count, store.revision) == (1, 1)


def test_only_the_owner_may_read_the_file(store: Store, path: Path) -> None:
    store.upsert([creator()])

    assert [file.stat().st_mode & 0o077 for file in path.parent.iterdir()] == [0, 0, 0]


def test_another_file_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("my diary " * 1_000)

    with pytest.raises(StoreDamaged, match=r"is damaged .* restore it from a backup"):
        Store(path)
    assert path.read_text() == "my diary " * 1_000


def test_the_database_of_another_program_is_refused(path: Path) -> None:
    path.parent.mkdir()
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE diary (entry TEXT)")
    other.close()

    with pytest.raises(StoreDamaged, match="database of another program"):
        Store(path)


def test_another_schema_version_is_refused(path: Path) -> None:
    Store(path).close()
    connection = apsw.Connection(str(path))
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with pytest.raises(
        StoreDamaged, match="schema version 99, this program reads 2; use the version of NicheScout"
    ):
        Store(path)


def test_a_folder_is_refused(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(StoreDamaged, match="cannot be used"):
        Store(path)


def test_damage_in_the_middle_is_reported_never_returned(path: Path) -> None:
    with Store(path) as store:
        store.upsert(numbered(2_000))
        whole = list(store.creators())
    size = path.stat().st_size
    content = bytearray(path.read_bytes())
    content[8_192 : size - 4_096] = bytes(size - 12_288)
    path.write_bytes(content)

    with pytest.raises(StoreDamaged, match="restore it from a backup"), Store(path) as store:
        assert list(store.creators()) != whole


def test_a_damaged_record_is_named(path: Path) -> None:
    with Store(path) as store:
        store.upsert([creator(id="a/b")])
    connection = apsw.Connection(str(path))
    connection.execute("UPDATE creator SET record = x'00'")
    connection.close()

    with Store(path) as store, pytest.raises(StoreDamaged, match=r"the record of 'a/b' .* cannot be read"):
        store.get(CreatorId("a/b"))


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2"])
def test_sqlite_that_damages_its_log_is_refused(version: str) -> None:
    with pytest.raises(StoreDamaged, match=r"install apsw 3\.51\.3 or later"):
        require_sqlite(version)


@pytest.mark.parametrize("version", ["3.51.3", "3.54.1", "4.0.0"])
def test_later_sqlite_is_taken(version: str) -> None:
    require_sqlite(version)
