"""Files into the store: counts, batches, strictness, suppression, and kills at any moment."""

import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from discovery.creator import Creator, DetectedLanguage, creator_id
from discovery.errors import InvalidInput
from indexer.importers import load
from indexer.importers.bad_line import BadLine
from indexer.importers.load import ImportReport, import_files
from indexer.records import to_json
from indexer.store import Store
from indexer.suppression import SuppressionList
from tests.fictional import corpus

ROOT = Path(__file__).parents[3]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store") as opened:
        yield opened


@pytest.fixture
def suppression(tmp_path: Path) -> Iterator[SuppressionList]:
    with SuppressionList(tmp_path / "suppression") as opened:
        yield opened


def write_lines(path: Path, count: int, start: int = 0, **fields: Any) -> Path:
    with path.open("w") as file:
        for number in range(start, start + count):
            line = {"id": f"id-{number:06d}", "platform": "tiktok", "name": f"Nobody {number}", **fields}
            file.write(json.dumps(line) + "\n")
    return path


def test_counts_and_commits_in_batches(tmp_path: Path, store: Store, suppression: SuppressionList) -> None:
    path = write_lines(tmp_path / "a.jsonl", 1_200)
    seen: list[tuple[int, int]] = []

    report = import_files(
        [path], store, suppression, on_progress=lambda report: seen.append((report.lines, store.count))
    )
    assert report == ImportReport(lines=1_200, added=1_200)
    assert seen == [(500, 500), (1_000, 1_000), (1_200, 1_200)]


def test_many_posts_end_a_batch_early(
    tmp_path: Path, store: Store, suppression: SuppressionList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "BATCH_POSTS", 10)
    path = write_lines(tmp_path / "a.jsonl", 7, posts=[{"id": str(number)} for number in range(4)])
    seen: list[int] = []

    import_files([path], store, suppression, on_progress=lambda report: seen.append(report.lines))
    assert seen == [3, 6, 7]


def test_the_language_is_that_of_the_merged_captions(
    tmp_path: Path, store: Store, suppression: SuppressionList
) -> None:
    def languages(*captions: str) -> tuple[str | None, DetectedLanguage | None]:
        made = [{"id": text, "text": text} for text in captions]
        path = write_lines(tmp_path / "a.jsonl", 1, posts=made)
        import_files([path], store, suppression)
        one = store.get(creator_id("id-000000"))
        return one.language, one.detected_language

    assert languages("Was wir heute gebacken haben") == (None, None)
    german = ("So bleibt die Küche immer sauber", "Unser Brot an einem Sonntag im Regen")
    assert languages(*german) == (None, DetectedLanguage(language="de", share=1.0, captions=3))
    french = ("Ce que nous avons mangé hier soir",)
    assert languages(*french) == (None, DetectedLanguage(language="de", share=0.75, captions=4))


def test_importing_again_changes_nothing(tmp_path: Path, store: Store, suppression: SuppressionList) -> None:
    path = write_lines(tmp_path / "a.jsonl", 10)
    import_files([path], store, suppression)

    assert import_files([path, path], store, suppression) == ImportReport(lines=20, unchanged=20)
    assert import_files([write_lines(path, 10, start=5, bio="new")], store, suppression) == ImportReport(
        lines=10, added=5, changed=5
    )


def test_bad_lines_are_told_and_the_rest_goes_on(
    tmp_path: Path, store: Store, suppression: SuppressionList
) -> None:
    path = write_lines(tmp_path / "a.jsonl", 2)
    path.write_text("{}\n" + path.read_text() + "nonsense\n")
    bad: list[BadLine] = []

    assert import_files([path], store, suppression, on_bad_line=bad.append) == ImportReport(
        lines=4, added=2, bad=2
    )
    assert [(line.file, line.number) for line in bad] == [("a.jsonl", 1), ("a.jsonl", 4)]


def test_strict_stops_at_the_first_and_keeps_what_came_before(
    tmp_path: Path, store: Store, suppression: SuppressionList
) -> None:
    first, second = write_lines(tmp_path / "a.jsonl", 700), write_lines(tmp_path / "b.jsonl", 5, start=700)
    first.write_text(first.read_text() + "{}\n{}\n")
    bad: list[BadLine] = []

    report = import_files([first, second], store, suppression, strict=True, on_bad_line=bad.append)
    assert report == ImportReport(lines=701, added=700, bad=1)
    assert (store.count, len(bad)) == (700, 1)


def test_strict_keeps_the_csv_row_before_the_bad_one(
    tmp_path: Path, store: Store, suppression: SuppressionList
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,platform,name\na,tiktok,Ada\nb,tiktok,\nc,tiktok,Cem\n")

    assert import_files([path], store, suppression, strict=True) == ImportReport(lines=2, added=1, bad=1)
    assert list(store.ids()) == ["a"]


def test_the_suppressed_are_refused(tmp_path: Path, store: Store, suppression: SuppressionList) -> None:
    path = write_lines(tmp_path / "a.jsonl", 3)
    import_files([path], store, suppression)
    gone = store.get(creator_id("id-000001"))
    suppression.add(gone)
    store.erase([gone.id])

    assert import_files([path], store, suppression) == ImportReport(lines=3, unchanged=2, suppressed=1)
    assert list(store.ids()) == ["id-000000", "id-000002"]


def test_what_was_exported_can_be_imported(
    tmp_path: Path, store: Store, suppression: SuppressionList
) -> None:
    path = tmp_path / "a.jsonl"
    people = [one for one in corpus() if "\0" not in (one.bio or "")]
    path.write_bytes(b"".join(to_json(one) + b"\n" for one in people))
    bad: list[BadLine] = []

    import_files([path], store, suppression, on_bad_line=bad.append)
    assert bad == []
    assert {one.id: one.bio for one in store.creators()} == {one.id: one.bio for one in people}


def test_the_standard_input(
    store: Store, suppression: SuppressionList, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = io.BufferedReader(io.BytesIO(b'{"id":"a","platform":"tiktok","name":"Ada"}\nx\n'))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(content))
    bad: list[BadLine] = []

    assert import_files(["-"], store, suppression, on_bad_line=bad.append) == ImportReport(
        lines=2, added=1, bad=1
    )
    assert bad[0].file == "stdin"


def test_a_missing_file_is_refused_before_anything_is_imported(
    tmp_path: Path, store: Store, suppression: SuppressionList
) -> None:
    path = write_lines(tmp_path / "a.jsonl", 3)

    with pytest.raises(InvalidInput, match=r"none\.jsonl is not there; check the path"):
        import_files([path, tmp_path / "none.jsonl"], store, suppression)
    assert store.count == 0


def test_a_file_of_no_known_format_keeps_what_came_before(
    tmp_path: Path, store: Store, suppression: SuppressionList
) -> None:
    path = write_lines(tmp_path / "a.jsonl", 3)
    (tmp_path / "b.jsonl").write_text("[]")

    with pytest.raises(InvalidInput, match="one JSON array"):
        import_files([path, tmp_path / "b.jsonl"], store, suppression)
    assert store.count == 3


def test_the_source_of_the_call_is_the_default(
    tmp_path: Path, store: Store, suppression: SuppressionList
) -> None:
    import_files([write_lines(tmp_path / "a.jsonl", 1)], store, suppression, source="agency list")

    (one,) = store.creators()
    assert one.provenance["name"].source == "agency list"


@pytest.mark.parametrize("seed", range(5))
def test_a_kill_loses_nothing_that_was_reported(tmp_path: Path, seed: int) -> None:
    path = write_lines(tmp_path / "a.jsonl", 20_000)
    module = "tests.indexer.importers.importing_process"
    command = [sys.executable, "-m", module, str(path), str(tmp_path / "home")]
    wanted = Random(seed).randrange(0, 12)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        reported = [int(process.stdout.readline()) for _ in range(wanted)]
        process.send_signal(signal.SIGKILL)
        reported += map(int, process.stdout.read().split())
    assert process.returncode == -signal.SIGKILL

    with (
        Store(tmp_path / "home" / "store") as store,
        SuppressionList(tmp_path / "home" / "suppression") as again,
    ):
        committed = list(store.ids())
        assert committed == [f"id-{number:06d}" for number in range(len(committed))]
        assert len(committed) >= max(reported, default=0)
        assert all(isinstance(one, Creator) for one in store.creators())
        report = import_files([path], store, again)
        assert report == ImportReport(lines=20_000, added=20_000 - len(committed), unchanged=len(committed))
