"""`nichescout evaluate` on the sample corpus, with invented judgments: what it prints, writes and refuses."""

import sys
from pathlib import Path

import orjson
import pytest
from click.testing import Result

from discovery.ranking.weights import DEFAULT_WEIGHTS
from evaluation.judged.plain import BM25, RRF
from evaluation.judged.run_files import read_run
from indexer.home import Home
from indexer.store import Store
from tests.search_api.installation import install, run

SAMPLE = Path(__file__).parents[3] / "sample" / "creators.jsonl"
BRIEFS = (("b1", "literal", "handmade stoneware mugs from a wood-fired kiln"), ("b2", "narrow", "weddings"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with briefs, invented judgments of creators of the sample, and the built collection."""
    made = tmp_path_factory.mktemp("judged")
    lines = ["\t".join(row) for row in (("brief_id", "slice", "text"), *BRIEFS)]
    (made / "briefs.tsv").write_text("\n".join(lines), encoding="utf-8")
    potters = [f"b1 0 {one} 3" for one in ("instagram:ashglade.pots",)]
    planners = [f"b2 0 {one} 2" for one in ("instagram:aisleandaxle", "instagram:bandbaajabudget")]
    (made / "judged.qrels").write_text("\n".join([*potters, "b1 0 instagram:aisleandaxle 0", *planners]))
    result = evaluate(made, "--run", str(made / "run.trec"))
    assert result.exit_code == 0, result.output
    return made


def evaluate(folder: Path, *options: str, collection: bool = True) -> Result:
    """Run the command on the folder's briefs and judgments."""
    searched = ("--collection", str(SAMPLE), "--posts", "5", "--home", str(folder / "home"))
    files = (str(folder / "briefs.tsv"), str(folder / "judged.qrels"))
    return run(folder / "data", "evaluate", *files, *(searched if collection else ()), *options)


def told(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.output
    answer: dict[str, object] = orjson.loads(result.stdout)
    return answer


def test_the_collection_is_built_with_the_posts_asked_for(folder: Path) -> None:
    with Store(Home(folder / "home").store) as store:
        assert max(len(one.posts) for one in store.creators()) == 5
        assert store.count == len(SAMPLE.read_bytes().splitlines())
    assert not (folder / "data").exists()


def test_a_run_is_written_100_deep(folder: Path) -> None:
    written = read_run(folder / "run.trec")
    assert {brief: len(found) for brief, found in written.items()} == {"b1": 100, "b2": 100}


def test_what_is_printed(folder: Path) -> None:
    result = evaluate(folder, "--unjudged", "--each")
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["NicheScout"]
    assert [line[:2] for line in lines[2:5]] == [["all", "2"], ["literal", "1"], ["narrow", "1"]]
    assert ["b1", "literal"] in [line[:2] for line in lines]
    assert ["Unjudged", "in", "the", "top", "10"] in lines
    assert "unjudged and count as not relevant" in result.stdout
    assert "\x1b" not in result.stdout


def test_a_run_from_a_file_gives_the_figures_of_the_search(folder: Path) -> None:
    searched = told(evaluate(folder, "--json"))
    given = told(evaluate(folder, "--from", str(folder / "run.trec"), "--json", collection=False))
    assert given["measured"]["slices"] == searched["measured"]["slices"]  # type: ignore[index]
    assert given["unjudged"] == searched["unjudged"]


def test_compared_with_plain_systems_signals_and_a_run(folder: Path) -> None:
    path = str(folder / "run.trec")
    answer = told(evaluate(folder, "--plain", "--ablations", "--against", path, "--json"))
    names = [one["system"] for one in answer["others"]]  # type: ignore[attr-defined]
    assert (names[0], names[1], names[-1]) == (path, BM25, RRF)
    same = answer["comparisons"][0]  # type: ignore[index]
    assert (same["wins"], same["losses"], same["p"]) == (0, 0, 1.0)
    without = [one["name"] for one in answer["ablations"]["without"]]  # type: ignore[index]
    assert without[:-2] == [f"without {name}" for name in DEFAULT_WEIGHTS]


def test_guards_and_paraphrases_on_all_posts(folder: Path) -> None:
    others = {"id": "p", "briefs": ["stoneware mugs from a kiln", "mugs of stoneware"]}
    paraphrases = folder / "paraphrases.jsonl"
    paraphrases.write_bytes(orjson.dumps(others))
    answer = told(evaluate(folder, "--guards", "--paraphrases", str(paraphrases), "--json"))
    assert list(answer["guards"]) == ["biases", "copies", "faithfulness"]  # type: ignore[call-overload]
    assert [one["id"] for one in answer["overlaps"]] == ["p"]  # type: ignore[attr-defined]
    with Store(Home(folder / "home" / "whole").store) as store:
        assert max(len(one.posts) for one in store.creators()) > 5
    shown = evaluate(folder, "--guards", "--paraphrases", str(paraphrases), "--each").stdout
    assert "largest change of a score, in its range" in shown
    assert "Paraphrases: RBO@10" in shown


def test_calibration_without_pairs_enough_is_refused(folder: Path) -> None:
    result = evaluate(folder, "--calibration")
    assert result.exit_code == 2
    assert "judgments: cannot be fitted" in result.stderr


def test_answers_to_be_read(folder: Path) -> None:
    table = folder / "exclusions.tsv"
    table.write_text("id\ttext\texclusion\nx1\tStoneware mugs, no weddings.\tweddings\n")
    searched = ("--collection", str(SAMPLE), "--posts", "5", "--home", str(folder / "home"))
    result = run(folder / "data", "evaluate", "--read-exclusions", str(table), *searched)
    assert result.exit_code == 0, result.output
    first = result.stdout.splitlines()[0]
    assert first.startswith(
        "x1: Stoneware mugs, no weddings. (ruled out: weddings); read as ruled out: weddings"
    )
    assert len([line for line in result.stdout.splitlines() if line.split()[:1] == ["10"]]) == 1


def test_without_a_collection_what_the_installation_holds_is_searched(folder: Path, tmp_path: Path) -> None:
    data = install(tmp_path)
    files = (str(folder / "briefs.tsv"), str(folder / "judged.qrels"))
    result = run(data, "evaluate", *files, "--run", str(tmp_path / "run.trec"))
    assert result.exit_code == 0, result.output
    assert len(read_run(tmp_path / "run.trec")["b1"]) == 6


def test_scifact_is_checked_in_a_home_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text('{"_id": "1", "title": "Kites", "text": "Invented kites."}')
    (tmp_path / "queries.jsonl").write_text('{"_id": "9", "text": "kites"}')
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n9\t1\t1\n")
    result = run(tmp_path / "data", "evaluate", "--scifact", str(tmp_path))
    assert result.exit_code == 0, result.output
    assert [line.split()[:3] for line in result.stdout.splitlines()[2:4]] == [
        ["BM25", "1", "1.000"],
        ["hashing-32", "1", "1.000"],
    ]
    assert Home(tmp_path / "data" / "evaluation").embeddings.exists()
    checks = run(tmp_path / "data", "evaluate", "--scifact", str(tmp_path), "--json")
    assert [one["published"] for one in orjson.loads(checks.stdout)] == [0.676, None]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "give BRIEFS and QRELS, or --scifact, or --read-exclusions"),
        (("briefs.tsv", "judged.qrels", "--posts", "3"), "--ids, --posts, --home and --cache belong to a"),
        (("briefs.tsv", "judged.qrels"), "there is no data folder"),
        (("briefs.tsv", "none.qrels"), "'none.qrels' does not exist"),
        (("briefs.tsv", "briefs.tsv"), "briefs.tsv, line 1, line: 3 fields instead of 4"),
    ],
)
def test_what_cannot_be_measured_is_refused_with_status_2(
    folder: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(folder)
    result = run(folder / "data", "evaluate", *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.output


def test_without_the_measures_it_says_how_to_get_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    result = evaluate(folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "run pip install 'nichescout[evaluate]'" in result.stderr
