"""What one source stated, in the store: seen, withdrawn, purged; all of it, down to the bytes."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from signal import SIGKILL

import apsw
import pytest

from discovery.creator import Creator, CreatorId, creator_id
from discovery.errors import StoreDamaged
from indexer.store import PAGE, Purge, Store, UpsertReport, WithdrawalReport
from tests.fictional import creator, posts, stated

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
VERSION_1 = """
    CREATE TABLE creator (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL,
        record BLOB NOT NULL
    ) STRICT;
    CREATE INDEX creator_by_revision ON creator (revision);
    CREATE TABLE latest (revision INTEGER NOT NULL) STRICT;
    INSERT INTO latest VALUES (0);
"""
"""The tables of the first version, as it made them."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


def told(name: str, source: str = "page", day: date = JANUARY, **changes: object) -> Creator:
    one = creator(name, id=f"x:{name}", **changes)
    known = [field for field in ("name", "platform", *changes) if getattr(one, field) is not None]
    return replace(one, provenance=stated(*known, source=source, observed_at=day))


def ids(*names: str) -> list[CreatorId]:
    return [creator_id(f"x:{name}") for name in names]


def seen(store: Store, source: str = "page") -> dict[str, date]:
    return {one.removeprefix("x:"): day for one, day in store.sightings(source)}


# Seen


def test_a_source_has_seen_whom_it_states(store: Store) -> None:
    store.upsert([told("a"), told("b", "list"), creator("c", id="x:c")])

    assert seen(store) == {"a": JANUARY}
    assert seen(store, "list") == {"b": JANUARY}
    store.upsert([told("a", day=FEBRUARY)])
    store.upsert([told("a", day=date(2025, 1, 1))])
    assert seen(store) == {"a": FEBRUARY}


def test_a_source_without_a_day_has_seen_nobody(store: Store) -> None:
    store.upsert([replace(told("a"), provenance=stated("name", source="list", observed_at=None))])

    assert seen(store, "list") == {}


def test_the_latest_day_of_a_source_counts(store: Store) -> None:
    both = stated("name", source="page") | stated("bio", source="page", observed_at=date(2026, 3, 9))
    store.upsert([replace(told("a", bio="Bread"), provenance=both)])

    assert seen(store) == {"a": date(2026, 3, 9)}


def test_who_is_left_out_was_not_seen(store: Store) -> None:
    store.upsert([told("a")], suppressed=lambda _: True)

    assert seen(store) == {}


def test_seeing_again_without_news_changes_nothing_else(store: Store) -> None:
    store.upsert([told("a"), told("b")])
    revision = store.revision
    store.seen("page", ids("a", "nobody"), FEBRUARY)
    store.seen("page", ids("b"), date(2025, 12, 1))

    assert seen(store) == {"a": FEBRUARY, "b": JANUARY}
    assert (store.revision, store.count) == (revision, 2)
    assert store.get(*ids("a")).provenance["name"].observed_at == JANUARY


def test_what_says_nothing_new_was_seen_all_the_same(store: Store) -> None:
    store.upsert([told("a")])
    assert store.upsert([told("a")]) == UpsertReport(unchanged=1)
    assert seen(store) == {"a": JANUARY}


def test_sightings_of_more_than_a_page(store: Store) -> None:
    names = [f"n{number:04}" for number in range(2 * PAGE + 3)]
    store.upsert([told(name) for name in names])

    assert sorted(seen(store)) == names


# Links


def test_only_those_with_links_are_read_for_them(store: Store) -> None:
    linked = [told(f"n{number:04}", links=("https://a.example",)) for number in range(PAGE + 3)]
    store.upsert([told("a"), told("none", links=()), *linked])

    known = {one.id: one for one in store.linked()}
    assert known == {
        one.id: Creator(id=one.id, platform=one.platform, name=one.name, links=one.links) for one in linked
    }
    store.upsert([told("a", day=FEBRUARY, links=("https://b.example",))])
    store.upsert([told("n0000", day=FEBRUARY, links=())])
    assert {one.id for one in store.linked()} == {*ids("a"), *(one.id for one in linked[1:])}
    store.erase(one.id for one in linked)
    assert [one.id for one in store.linked()] == ids("a")
    store.withdraw("page", ids("a"))
    assert list(store.linked()) == []


# Withdrawn


def test_withdrawing_leaves_what_others_state(store: Store) -> None:
    store.upsert([told("a", "list", followers=10), told("b", "list"), told("c")])
    store.upsert([told("a", day=FEBRUARY, followers=20, bio="Bread"), told("b", day=FEBRUARY)])

    assert store.withdraw("page", ids("a", "c", "nobody", "a")) == WithdrawalReport(changed=1, erased=1)
    assert store.get(*ids("a")) == told("a", "list", followers=10)
    assert list(store.ids()) == ids("a", "b")
    assert seen(store) == {"b": FEBRUARY}
    assert seen(store, "list") == {"a": JANUARY, "b": JANUARY}


def test_an_update_of_an_index_hears_of_it(store: Store) -> None:
    store.upsert([told("a", "list"), told("c")])
    store.upsert([told("a", day=FEBRUARY, bio="Bread")])
    before = store.revision
    store.withdraw("page", ids("a", "c"))

    assert store.revision > before
    assert list(store.changed_since(before)) == ids("a")


def test_withdrawing_nothing_changes_nothing(store: Store) -> None:
    store.upsert([told("a", "list")])
    before = store.revision

    assert store.withdraw("page", ids("a", "nobody")) == WithdrawalReport()
    assert store.revision == before


def test_what_is_derived_comes_from_what_is_left(store: Store) -> None:
    store.upsert([told("a", "list"), told("a", day=FEBRUARY, bio="Brot")])
    store.withdraw("page", ids("a"), derive=lambda one: replace(one, following=0 if one.bio is None else 1))

    assert store.get(*ids("a")).following == 0


# Purged


def test_who_was_not_seen_for_long_is_purged_with_an_audit_row(store: Store) -> None:
    store.upsert([told("old"), told("kept", "list"), told("fresh", day=MARCH)])
    store.upsert([told("kept", bio="Bread"), told("refreshed")])
    store.seen("page", ids("refreshed"), MARCH)

    report = store.purge("page", FEBRUARY, NOW, rule="retention of 30 days")
    assert report == WithdrawalReport(changed=1, erased=1)
    assert list(store.ids()) == ids("fresh", "kept", "refreshed")
    assert store.get(*ids("kept")).bio is None
    assert store.purges() == [Purge(at=NOW, source="page", rule="retention of 30 days", changed=1, erased=1)]


def test_the_day_itself_is_not_before_it(store: Store) -> None:
    store.upsert([told("a", day=FEBRUARY)])

    assert store.purge("page", FEBRUARY, NOW) == WithdrawalReport()
    assert store.purge("page", date(2026, 2, 2), NOW) == WithdrawalReport(erased=1)
    assert [one.rule for one in store.purges()] == [
        "not seen since 2026-02-01", "not seen since 2026-02-02",
    ]  # fmt: skip


def test_the_audit_says_nothing_of_anybody(store: Store, path: Path) -> None:
    store.upsert([told("unmistakable-ada", bio="unmistakable")])
    store.purge("page", MARCH, NOW)

    assert b"unmistakable" not in b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert len(store.purges()) == 1


def test_what_is_withdrawn_is_in_no_byte_of_any_file(store: Store, path: Path) -> None:
    random = Random(11)
    marks = [f"mark-{number}-{random.getrandbits(60)}" for number in range(300)]
    for start in range(0, 300, 50):  # grown and rewritten, as a store is: pages split and cells move
        batch = marks[start : start + 50]
        store.upsert([told(f"n{start + place}", "list", followers=5) for place in range(50)])
        store.upsert(
            [
                told(
                    f"n{start + place}",
                    day=FEBRUARY,
                    bio=mark * random.choice([1, 30]),
                    posts=posts(mark * 9),
                )
                for place, mark in enumerate(batch)
            ]
        )
    gone = random.sample(range(300), 100)
    with Store(path) as other:
        other.withdraw("page", ids(*(f"n{number}" for number in gone)))

    left = b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))
    assert [number for number in gone if marks[number].encode() in left] == []
    assert all(mark.encode() in left for number, mark in enumerate(marks) if number not in gone)
    assert store.count == 300


def test_an_error_leaves_the_rewriting_to_the_next_end(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Store(path) as store:
        store.upsert([told("a", bio="unmistakable " * 2_000)])
        store.withdraw("page", ids("a"))
        raise ZeroDivisionError
    connection = apsw.Connection(str(path))
    assert connection.execute("SELECT rewriting FROM due").get == 1
    connection.close()
    with Store(path):
        pass
    connection = apsw.Connection(str(path))
    assert connection.execute("SELECT rewriting FROM due").get == 0
    connection.close()


def test_what_a_killed_purge_left_in_the_file_goes_with_the_next_call(store: Store, path: Path) -> None:
    """It was killed after its transaction, and before the file was written anew."""
    store.upsert([told("a", bio="Bread")])
    connection = apsw.Connection(str(path))
    connection.execute("UPDATE due SET rewriting = 1")
    connection.execute("CREATE TABLE filler (stuff BLOB); INSERT INTO filler VALUES (zeroblob(3000000))")
    connection.execute("DROP TABLE filler")
    connection.close()
    store.seen("page", ids("a"), FEBRUARY)
    large = sum(file.stat().st_size for file in path.parent.iterdir())
    store.purge("nobody", FEBRUARY, NOW)

    assert sum(file.stat().st_size for file in path.parent.iterdir()) < large / 10
    assert store.get(*ids("a")).bio == "Bread"


# Files of the first version


def version_1(path: Path, people: list[Creator]) -> None:
    """Write a store as the first version did."""
    with Store(path.with_name("later")) as later:
        later.upsert(people)
    reader = apsw.Connection(str(path.with_name("later")))
    rows = list(reader.execute("SELECT id, revision, record FROM creator ORDER BY number"))
    reader.close()
    connection = apsw.Connection(str(path))
    for pragma in ("page_size=4096", "journal_mode=WAL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute(VERSION_1)
    connection.execute(f"PRAGMA application_id={0x4E53_5354}")
    connection.execute("PRAGMA user_version=1")
    connection.executemany("INSERT INTO creator (id, revision, record) VALUES (?, ?, ?)", rows)
    connection.execute("UPDATE latest SET revision = 1")
    connection.close()


def tables(path: Path) -> list[tuple[str, str]]:
    connection = apsw.Connection(str(path))
    found = [
        (name, " ".join((sql or "").split()))
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name")
    ]
    found.append(("version", str(connection.pragma("user_version"))))
    connection.close()
    return found


PEOPLE = [told("a", bio="Bread", posts=posts("One", "Two")), told("b", "list", followers=3)]


def test_a_store_of_the_first_version_is_opened_and_keeps_all(path: Path) -> None:
    version_1(path, PEOPLE)
    with Store(path) as store:
        assert list(store.creators()) == [replace(one, posts=one.posts) for one in PEOPLE]
        assert store.revision == 1
        assert seen(store) == {}
        assert store.upsert([PEOPLE[0]]) == UpsertReport(unchanged=1)
        assert seen(store) == {"a": JANUARY}
        assert store.purges() == []


def test_a_changed_file_has_the_tables_of_a_new_one(path: Path) -> None:
    version_1(path, PEOPLE)
    Store(path).close()
    new = path.with_name("new")
    Store(new).close()

    assert tables(path) == tables(new)


def test_killed_while_it_is_changed_it_is_of_the_first_version_or_of_this(path: Path) -> None:
    version_1(path, PEOPLE)
    before = tables(path)
    script = """
import os, sys
from dataclasses import replace
from pathlib import Path
import apsw
from indexer import store_schema, sqlite_file

def hooked(connection):
    connection.create_scalar_function("die", lambda: os.kill(os.getpid(), 9))

apsw.connection_hooks.append(hooked)
kind = replace(
    store_schema.STORE, migrations={1: store_schema.STORE.migrations[1] + "; SELECT die();"}
)
sqlite_file.open_file(Path(sys.argv[1]), kind)
"""
    ended = subprocess.run([sys.executable, "-c", script, str(path)], check=False)

    assert ended.returncode == -SIGKILL
    assert tables(path) == before
    with Store(path) as store:
        assert [one.id for one in store.creators()] == ids("a", "b")


def test_a_version_that_nobody_knows_how_to_change_is_refused(path: Path) -> None:
    version_1(path, PEOPLE)
    for version in (3, -1):
        connection = apsw.Connection(str(path))
        connection.execute(f"PRAGMA user_version = {version}")
        connection.close()
        with pytest.raises(StoreDamaged, match=f"schema version {version}, this program reads 2"):
            Store(path)
