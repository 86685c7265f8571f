"""The keyword index: which passages, with which scores, for which terms."""

from collections.abc import Sequence
from math import log
from pathlib import Path

import numpy as np
import pytest

from discovery.creator import Creator
from indexer.documents import document
from indexer.embedded.keywords import KeywordIndex, KeywordWriter
from tests.fictional import INJECTION, creator, post, posts
from tests.indexer.installation import ANALYSER, crowd


def write(folder: Path, creators: Sequence[Creator]) -> KeywordWriter:
    """Add creators, their passages numbered through."""
    writer = KeywordWriter(folder, ANALYSER)
    row = 0
    for number, one in enumerate(creators):
        made = document(one)
        writer.add(made, number, row)
        row += len(made.passages)
    return writer


def index(folder: Path, creators: Sequence[Creator]) -> KeywordIndex:
    """Write and open."""
    write(folder, creators).finish()
    return KeywordIndex(folder, len(creators))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keywords"


def term(word: str) -> str:
    """Return the index term of a word."""
    (found,) = ANALYSER.terms(word)
    return found


def test_score_by_hand_in_one_field(folder: Path) -> None:
    """Three passages, each a bio; "chess" twice in one of 3 terms, once in one of 4."""
    found = index(
        folder,
        [
            creator("", id="x:a", bio="chess chess club"),
            creator("", id="x:b", bio="chess and four words"),
            creator("", id="x:c", bio="garden"),
        ],
    ).best(["chess"], 10)
    mean = (3 + 4 + 1) / 3
    idf = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    twice = idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / mean))
    once = idf * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 4 / mean))
    assert found.rows.tolist() == [0, 1]
    np.testing.assert_allclose(found.scores, [twice, once], rtol=1e-6)
    np.testing.assert_allclose(found.scores, [0.624307, 0.390192], rtol=1e-5)


def test_fields_count_by_their_weights_and_add_up(folder: Path) -> None:
    """The same word in every field of one creator; nobody else has it. Each field has its own mean length."""
    whole = creator(
        "otter",
        id="x:a",
        handle="otter",
        bio="otter",
        posts=(post("otter", id="p", hashtags=("otter",), mentions=("otter",)),),
    )
    other = creator("", id="x:b", bio="badger", posts=posts("badger"))
    found = index(folder, [whole, other]).best(["otter"], 10)

    idf = log(1 + (4 - 1 + 0.5) / (1 + 0.5))

    def part(weight: float, mean: float) -> float:
        return weight * idf * 2.2 / (1 + 1.2 * (0.25 + 0.75 / mean))

    profile = part(1.0, 1 / 4) + part(0.5, 1 / 4) + part(1.0, 2 / 4)
    caption = part(1.0, 2 / 4) + part(0.5, 1 / 4) + part(0.25, 1 / 4)
    assert found.rows.tolist() == [0, 1]
    np.testing.assert_allclose(found.scores, [profile, caption], rtol=1e-6)


def test_rows_are_those_given_whatever_the_order_of_hits(folder: Path) -> None:
    crowd_of = crowd(60)
    keywords = index(folder, crowd_of)
    passages = [passage for one in crowd_of for passage in document(one).passages]
    for word in ("chess", "bread", "lamp"):
        hits = keywords.best([term(word)], len(passages))
        holding = {
            row
            for row, passage in enumerate(passages)
            if term(word) in {one for text in passage.fields.values() for one in ANALYSER.terms(text)}
        }
        assert set(hits.rows.tolist()) == holding
        assert len(hits.rows) == len(holding)
        assert (np.diff(hits.scores) <= 0).all()


def test_equal_scores_come_in_the_order_of_rows(folder: Path) -> None:
    twins = [creator("", id=f"x:{number:03}", bio="the same words") for number in range(50)]
    keywords = index(folder, twins)
    assert keywords.best(["same"], 50).rows.tolist() == list(range(50))
    assert keywords.best(["same"], 7).rows.tolist() == list(range(7))


def test_a_cut_keeps_the_best(folder: Path) -> None:
    keywords = index(folder, crowd(80))
    everything = keywords.best(["chess", "bread"], 10_000)
    for limit in (1, 2, 10):
        cut = keywords.best(["chess", "bread"], limit)
        np.testing.assert_array_equal(cut.scores, everything.scores[:limit])


@pytest.mark.parametrize("limit", [0, -1])
def test_no_limit_no_hit(folder: Path, limit: int) -> None:
    keywords = index(folder, crowd(3))
    for hits in (
        keywords.best(["chess"], limit),
        keywords.among_creators(["chess"], [0], limit),
    ):
        assert (hits.rows.shape, hits.scores.shape) == ((0,), (0,))


def test_no_term_no_hit(folder: Path) -> None:
    keywords = index(folder, crowd(3))
    assert keywords.best([], 10).rows.size == 0
    assert keywords.among_creators([], [0, 1], 10).rows.size == 0


def test_among_some_creators_the_scores_are_the_same(folder: Path) -> None:
    people = crowd(60)
    keywords = index(folder, people)
    owner = np.repeat(np.arange(60), [len(document(one).passages) for one in people])
    everywhere = keywords.best(["chess", "run"], 10_000)
    some = [3, 17, 18, 42, 59]
    hits = keywords.among_creators(["chess", "run"], some, 10_000)

    kept = np.isin(owner[everywhere.rows], some)
    np.testing.assert_array_equal(hits.rows, everywhere.rows[kept])
    np.testing.assert_array_equal(hits.scores, everywhere.scores[kept])
    assert keywords.among_creators(["chess", "run"], [], 10).rows.size == 0


def test_who_is_deleted_before_the_end_was_never_there(folder: Path) -> None:
    people = [creator("", id=f"x:{number}", bio="otter") for number in range(5)]
    writer = write(folder, people)
    writer.delete(1)
    writer.delete(4)
    writer.finish()
    assert KeywordIndex(folder, 5).best(["otter"], 10).rows.tolist() == [0, 2, 3]


def test_deleting_and_adding_to_a_finished_index(folder: Path) -> None:
    people = [creator("", id=f"x:{number}", bio="otter") for number in range(40)]
    index(folder, people)
    writer = KeywordWriter(folder, ANALYSER)
    for row in (0, 1, 36):
        writer.delete(row)
    writer.add(document(creator("", id="x:0", bio="otter badger")), 40, 40)
    writer.finish()

    keywords = KeywordIndex(folder, 41)
    assert set(keywords.best(["otter"], 100).rows.tolist()) == set(range(41)) - {0, 1, 36}
    assert keywords.among_creators(["otter"], [0, 1, 36, 40], 100).rows.tolist() == [40]
    assert keywords.best(["badger"], 100).rows.tolist() == [40]


def test_deleting_nobody_changes_nothing(folder: Path) -> None:
    writer = write(folder, crowd(5))
    writer.delete(99)
    writer.finish()
    assert KeywordIndex(folder, 5).best(ANALYSER.terms("Crowd"), 100).rows.size == 5


@pytest.mark.parametrize(
    "wanted",
    [
        INJECTION,
        "bio:otter",
        "otter OR badger",
        "otter*",
        "ott?r",
        "/ott.r/",
        '"otter"',
        "+otter",
        "otter~1",
        "*",
        "",
        " ",
        "otter badger",
        "\x00",
        "otter\x00",
        "🌱",
        "\u202eotter",
        "x" * 70_000,
    ],
)
def test_a_term_is_taken_as_it_is(folder: Path, wanted: str) -> None:
    keywords = index(folder, [creator("", id="x:a", bio="otter badger")])
    assert keywords.best([wanted], 10).rows.size == 0
    assert keywords.among_creators([wanted, "otter"], [0], 10).rows.tolist() == [0]


def test_nothing_is_seen_before_the_end(folder: Path) -> None:
    index(folder, [creator("", id="x:a", bio="otter")])
    before = KeywordIndex(folder, 2)
    writer = KeywordWriter(folder, ANALYSER)
    writer.delete(0)
    writer.add(document(creator("", id="x:b", bio="otter badger")), 1, 1)
    assert KeywordIndex(folder, 2).best(["otter"], 10).rows.tolist() == [0]
    writer.finish()
    assert KeywordIndex(folder, 2).best(["otter"], 10).rows.tolist() == [1]
    assert before.best(["otter"], 10).rows.tolist() == [0]


def test_nobody(folder: Path) -> None:
    assert index(folder, []).best(["chess"], 10).rows.size == 0
