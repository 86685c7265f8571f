"""Who asked to be left out stays out: by any mark, in any process, or with a loud error."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Platform, creator_id
from discovery.errors import StoreDamaged
from indexer.suppression import SuppressionList
from indexer.suppression_marks import canonical_url
from tests.fictional import corpus, creator

ADA = creator(
    "Ada Testperson", id="instagram:4711", handle="@Ada.Test", url="https://www.instagram.com/ada.test/"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "suppression.sqlite3"


@pytest.fixture
def suppression(path: Path) -> Iterator[SuppressionList]:
    with SuppressionList(path) as opened:
        yield opened


def test_nobody_is_suppressed_at_first(suppression: SuppressionList) -> None:
    assert not any(suppression.is_suppressed(one) for one in corpus())
    assert suppression.count == 0


@pytest.mark.parametrize(
    "again",
    [
        ADA,
        creator("Somebody", id="instagram:4711", platform=Platform.TIKTOK),
        creator("A. T.", id="other-source:1", handle="ada.test"),
        creator("A. T.", id="other-source:1", handle=" @ADA.TEST "),
        creator("A. T.", id="instagram:ada.test"),
        creator("A. T.", id="x", url="http://instagram.com/Ada.Test?igsh=abc&utm_source=mail#about"),
    ],
    ids=["same", "id", "handle", "handle in capitals", "handle in the id", "address"],
)
def test_is_recognised_by_every_mark(suppression: SuppressionList, again: object) -> None:
    suppression.add(ADA)

    assert suppression.is_suppressed(again)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        creator("Ada Testperson", id="instagram:4712"),
        creator("A", id="t", platform=Platform.TIKTOK, handle="ada.test"),
        creator("A", id="instagram:471"),
        creator("A", id="x", url="https://www.instagram.com/ada.test.two"),
        creator("A", id="x", handle="", url=""),
    ],
    ids=["name", "platform", "id", "address", "blank"],
)
def test_others_are_left_alone(suppression: SuppressionList, other: object) -> None:
    suppression.add(ADA)

    assert not suppression.is_suppressed(other)  # type: ignore[arg-type]


@pytest.mark.parametrize("one", corpus(), ids=lambda one: ascii(one.name))
def test_everybody_can_be_suppressed(suppression: SuppressionList, one: object) -> None:
    suppression.add(one)  # type: ignore[arg-type]

    assert suppression.is_suppressed(one)  # type: ignore[arg-type]


@pytest.mark.parametrize("identity", ["a/b", "two  spaces ", "🌱", "nul\x00", "instagram:ada"])
def test_by_id_alone(suppression: SuppressionList, identity: str) -> None:
    suppression.add_id(creator_id(identity))

    assert suppression.is_suppressed_id(creator_id(identity))
    assert suppression.is_suppressed(creator(id=identity))
    assert not suppression.is_suppressed_id(creator_id("somebody else"))


def test_outlives_reopening(path: Path) -> None:
    with SuppressionList(path) as suppression:
        suppression.add(ADA)
    with SuppressionList(path) as again:
        assert again.is_suppressed(ADA)


def test_additions_of_another_connection_are_seen_at_once(suppression: SuppressionList, path: Path) -> None:
    assert not suppression.is_suppressed(ADA)
    with SuppressionList(path) as other:
        other.add(ADA)
        assert suppression.is_suppressed(ADA)
    suppression.add_id(creator_id("more"))
    assert suppression.is_suppressed(ADA)


def _add(path: Path) -> None:
    with SuppressionList(path) as suppression:
        suppression.add(ADA)


def test_additions_of_another_process_are_seen_at_once(suppression: SuppressionList, path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_add, args=(path,))
    process.start()
    process.join()

    assert process.exitcode == 0
    assert suppression.is_suppressed(ADA)


def test_threads_share_a_list(suppression: SuppressionList) -> None:
    people = [creator(f"Nobody {number}", id=f"id {number}") for number in range(80)]
    seen: list[bool] = []

    def work(start: int) -> None:
        for one in people[start::4]:
            suppression.add(one)
            seen.append(suppression.is_suppressed(one))

    threads = [Thread(target=work, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 80


def test_two_that_begin_at_once_agree_on_the_key(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add, args=(path,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0, 0]
    with SuppressionList(path) as suppression:
        assert suppression.is_suppressed(ADA)


def test_holds_no_personal_data(suppression: SuppressionList, path: Path) -> None:
    suppression.add(ADA)
    suppression.close()

    content = b"".join(file.read_bytes() for file in path.parent.iterdir()).lower()
    assert [word for word in (b"ada", b"4711", b"instagram") if word in content] == []


def test_the_same_person_has_other_hashes_in_another_list(tmp_path: Path) -> None:
    stored = []
    for name in ("one", "two"):
        with SuppressionList(tmp_path / name / "s.sqlite3") as suppression:
            suppression.add(ADA)
        connection = apsw.Connection(str(tmp_path / name / "s.sqlite3"))
        stored.append({row[0] for row in connection.execute("SELECT hash FROM suppressed")})
        connection.close()

    assert len(stored[0]) == 4
    assert stored[0] & stored[1] == set()


def test_only_the_owner_may_read_list_and_key(suppression: SuppressionList, path: Path) -> None:
    assert path.with_suffix(".key").stat().st_mode & 0o777 == 0o600
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.with_suffix(".key").read_bytes()) == 32
    assert not list(path.parent.glob("*.key.*"))


@pytest.fixture
def filled(path: Path) -> Path:
    with SuppressionList(path) as suppression:
        suppression.add(ADA)
    return path


def test_a_lost_key_is_an_error(filled: Path) -> None:
    filled.with_suffix(".key").unlink()

    with pytest.raises(StoreDamaged, match=r"the key .* is missing; restore it together with its key"):
        SuppressionList(filled)
    assert not filled.with_suffix(".key").exists()


def test_another_key_is_an_error(filled: Path) -> None:
    filled.with_suffix(".key").write_bytes(bytes(32))

    with pytest.raises(StoreDamaged, match="is not the one that the suppression list was made with"):
        SuppressionList(filled)


def test_half_a_key_is_an_error(filled: Path) -> None:
    filled.with_suffix(".key").write_bytes(bytes(16))

    with pytest.raises(StoreDamaged, match="has 16 bytes instead of 32"):
        SuppressionList(filled)


def test_a_lost_list_is_an_error(filled: Path) -> None:
    filled.unlink()

    with pytest.raises(StoreDamaged, match=r"is missing but its key suppression\.key is there"):
        SuppressionList(filled)


def test_a_damaged_list_is_an_error(filled: Path) -> None:
    filled.write_bytes(b"x" * 9_000)

    with pytest.raises(StoreDamaged, match="is damaged"):
        SuppressionList(filled)


def test_a_key_without_entries_can_be_made_again(path: Path) -> None:
    SuppressionList(path).close()
    path.with_suffix(".key").unlink()

    with SuppressionList(path) as suppression:
        suppression.add(ADA)
    with SuppressionList(path) as again:
        assert again.is_suppressed(ADA)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.instagram.com/ada/", "instagram.com/ada"),
        ("instagram.com/ada", "instagram.com/ada"),
        ("HTTP://M.TIKTOK.COM/@Ada?lang=de&_t=1", "tiktok.com/@ada"),
        ("https://example.org/show?id=7&utm_medium=x", "example.org/show?id=7"),
        ("https://example.org/?b=2&a=1", "example.org?a=1&b=2"),
        ("http://[broken", "http://[broken"),
        ("", ""),
    ],
)
def test_addresses_have_one_form(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@given(
    st.one_of(st.text(), st.from_regex(r"https?://(www\.)?[a-z.]{1,8}/[a-zA-Z@/?&=#]{0,9}", fullmatch=True))
)
def test_no_address_is_too_odd(url: str) -> None:
    canonical_url(url)
