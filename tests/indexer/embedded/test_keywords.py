"""The keyword index: which passages, with which scores, for which terms."""

from collections.abc import Sequence
from math import log
from pathlib import Path

import numpy as np
import pytest

from discovery.creator import Creator
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS, document
from indexer.embedded.keywords import KeywordIndex, KeywordWriter, creator_key
from tests.fictional import INJECTION, creator, post, posts
from tests.indexer.installation import ANALYSER, crowd


def write(folder: Path, creators: Sequence[Creator]) -> KeywordWriter:
    """Add creators passage by passage, their passages numbered through."""
    writer = KeywordWriter(folder, ANALYSER, PASSAGE_FIELDS)
    row = 0
    for number, one in enumerate(creators):
        row = add(writer, one, number, row)
    return writer


def add(writer: KeywordWriter, one: Creator, number: int, row: int) -> int:
    """Add the passages of one creator from a row on, and return the next row."""
    passages = document(one).passages
    for place, passage in enumerate(passages):
        writer.add(number, row + place, passage.fields)
    return row + len(passages)


def opened(folder: Path, creators: int) -> KeywordIndex:
    """Open an index of passages."""
    return KeywordIndex(folder, [creator_key(row) for row in range(creators)], PASSAGE_FIELDS)


def index(folder: Path, creators: Sequence[Creator]) -> KeywordIndex:
    """Write and open."""
    write(folder, creators).finish()
    return opened(folder, len(creators))


def wholes(folder: Path, creators: Sequence[Creator]) -> KeywordIndex:
    """Write and open an index with one document a creator."""
    writer = KeywordWriter(folder, ANALYSER, CREATOR_FIELDS)
    for row, one in enumerate(creators):
        writer.add(row, row, document(one).fields)
    writer.finish()
    return KeywordIndex(folder, [creator_key(row) for row in range(len(creators))], CREATOR_FIELDS)


def words(*terms: str) -> dict[str, float]:
    """Weigh terms alike."""
    return dict.fromkeys(terms, 1.0)


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
    ).best(words("chess"), 10)
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
    found = index(folder, [whole, other]).best(words("otter"), 10)

    idf = log(1 + (4 - 1 + 0.5) / (1 + 0.5))

    def part(weight: float, mean: float) -> float:
        return weight * idf * 2.2 / (1 + 1.2 * (0.25 + 0.75 / mean))

    profile = part(1.0, 1 / 4) + part(0.5, 1 / 4) + part(1.0, 2 / 4)
    caption = part(1.0, 2 / 4) + part(0.5, 1 / 4) + part(0.25, 1 / 4)
    assert found.rows.tolist() == [0, 1]
    np.testing.assert_allclose(found.scores, [profile, caption], rtol=1e-6)


def test_a_creator_is_one_document_by_hand(folder: Path) -> None:
    """A title twice and a tag say it above, a description and a mention below: two creators, two fields."""
    whole = creator(
        "",
        id="x:a",
        posts=(
            post("otter and more", title="otter otter", hashtags=("otter",), mentions=("otter",), id="p"),
            post("badger", id="q"),
        ),
    )
    found = wholes(folder, [creator("", id="x:b", bio="badger"), whole])
    idf = log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    subject = idf * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 4 / ((4 + 1) / 2)))
    detail = idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 4 / (4 / 2)))
    hits = found.best(words("otter"), 10)
    assert hits.rows.tolist() == [1]
    np.testing.assert_allclose(hits.scores, [subject + CREATOR_FIELDS["detail"] * detail], rtol=1e-6)
    assert CREATOR_FIELDS["subject"] == 1.0


def test_terms_count_by_their_weights(folder: Path) -> None:
    people = crowd(60)
    for keywords in (index(folder, people), wholes(folder.with_name("wholes"), people)):
        chess, bread, both = (
            dict(zip(hits.rows.tolist(), hits.scores.tolist(), strict=True))
            for hits in (
                keywords.best(words("chess"), 10_000),
                keywords.best(words("bread"), 10_000),
                keywords.best({"chess": 1.0, "bread": 0.25}, 10_000),
            )
        )
        assert both == {
            row: pytest.approx(chess.get(row, 0.0) + 0.25 * bread.get(row, 0.0), rel=1e-6)
            for row in chess.keys() | bread.keys()
        }


def test_rows_are_those_given_whatever_the_order_of_hits(folder: Path) -> None:
    crowd_of = crowd(60)
    keywords = index(folder, crowd_of)
    passages = [passage for one in crowd_of for passage in document(one).passages]
    for word in ("chess", "bread", "lamp"):
        hits = keywords.best(words(term(word)), len(passages))
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
    assert keywords.best(words("same"), 50).rows.tolist() == list(range(50))
    assert keywords.best(words("same"), 7).rows.tolist() == list(range(7))


def test_a_cut_keeps_the_best(folder: Path) -> None:
    keywords = index(folder, crowd(80))
    everything = keywords.best(words("chess", "bread"), 10_000)
    for limit in (1, 2, 10):
        cut = keywords.best(words("chess", "bread"), limit)
        np.testing.assert_array_equal(cut.scores, everything.scores[:limit])


@pytest.mark.parametrize("limit", [0, -1])
def test_no_limit_no_hit(folder: Path, limit: int) -> None:
    keywords = index(folder, crowd(3))
    for hits in (
        keywords.best(words("chess"), limit),
        keywords.among_creators(words("chess"), [0], limit),
    ):
        assert (hits.rows.shape, hits.scores.shape) == ((0,), (0,))


def test_no_term_no_hit(folder: Path) -> None:
    keywords = index(folder, crowd(3))
    assert keywords.best(words(), 10).rows.size == 0
    assert keywords.among_creators(words(), [0, 1], 10).rows.size == 0


def test_among_some_creators_the_scores_are_the_same(folder: Path) -> None:
    people = crowd(60)
    keywords = index(folder, people)
    owner = np.repeat(np.arange(60), [len(document(one).passages) for one in people])
    everywhere = keywords.best(words("chess", "run"), 10_000)
    some = [3, 17, 18, 42, 59]
    hits = keywords.among_creators(words("chess", "run"), some, 10_000)

    kept = np.isin(owner[everywhere.rows], some)
    np.testing.assert_array_equal(hits.rows, everywhere.rows[kept])
    np.testing.assert_array_equal(hits.scores, everywhere.scores[kept])
    assert keywords.among_creators(words("chess", "run"), [], 10).rows.size == 0


def test_who_is_deleted_before_the_end_was_never_there(folder: Path) -> None:
    people = [creator("", id=f"x:{number}", bio="otter") for number in range(5)]
    writer = write(folder, people)
    writer.delete(1)
    writer.delete(4)
    writer.finish()
    assert opened(folder, 5).best(words("otter"), 10).rows.tolist() == [0, 2, 3]


def test_deleting_and_adding_to_a_finished_index(folder: Path) -> None:
    people = [creator("", id=f"x:{number}", bio="otter") for number in range(40)]
    index(folder, people)
    writer = KeywordWriter(folder, ANALYSER, PASSAGE_FIELDS)
    for row in (0, 1, 36):
        writer.delete(row)
    add(writer, creator("", id="x:0", bio="otter badger"), 40, 40)
    writer.finish()

    keywords = opened(folder, 41)
    assert set(keywords.best(words("otter"), 100).rows.tolist()) == set(range(41)) - {0, 1, 36}
    assert keywords.among_creators(words("otter"), [0, 1, 36, 40], 100).rows.tolist() == [40]
    assert keywords.best(words("badger"), 100).rows.tolist() == [40]


def test_deleting_nobody_changes_nothing(folder: Path) -> None:
    writer = write(folder, crowd(5))
    writer.delete(99)
    writer.finish()
    assert opened(folder, 5).best(words(*ANALYSER.terms("Crowd")), 100).rows.size == 5


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
    assert keywords.best(words(wanted), 10).rows.size == 0
    assert keywords.among_creators(words(wanted, "otter"), [0], 10).rows.tolist() == [0]


def test_nothing_is_seen_before_the_end(folder: Path) -> None:
    index(folder, [creator("", id="x:a", bio="otter")])
    before = opened(folder, 2)
    writer = KeywordWriter(folder, ANALYSER, PASSAGE_FIELDS)
    writer.delete(0)
    add(writer, creator("", id="x:b", bio="otter badger"), 1, 1)
    assert opened(folder, 2).best(words("otter"), 10).rows.tolist() == [0]
    writer.finish()
    assert opened(folder, 2).best(words("otter"), 10).rows.tolist() == [1]
    assert before.best(words("otter"), 10).rows.tolist() == [0]


def test_nobody(folder: Path) -> None:
    assert index(folder, []).best(words("chess"), 10).rows.size == 0
