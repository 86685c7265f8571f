"""The check of the engines on a tiny invented collection in BEIR's layout."""

from pathlib import Path

import orjson
import pytest

from discovery.errors import InvalidInput
from embeddings.hashing_encoder import HashingEncoder
from evaluation.judged.scifact import check_engines, keyword_run, read_claims, vector_run
from indexer.analysis import StandardAnalyser
from tests.indexer.installation import CountingEncoder

ABSTRACTS = {
    "11": ("Kites", "Invented kites rise in invented wind."),
    "12": ("", "Small boats are sanded in winter."),
    "13": ("Lamps", "A lamp is lit. Kites are not."),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "qrels").mkdir()
    documents = [{"_id": key, "title": title, "text": text} for key, (title, text) in ABSTRACTS.items()]
    claims = [
        {"_id": "1", "text": "wind and kites"},
        {"_id": "2", "text": "boats"},
        {"_id": "3", "text": "x"},
    ]
    (tmp_path / "corpus.jsonl").write_bytes(b"\n".join(map(orjson.dumps, documents)))
    (tmp_path / "queries.jsonl").write_bytes(b"\n".join(map(orjson.dumps, claims)))
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n2\t12\t1\n1\t11\t1\n")
    return tmp_path


def test_claims_with_judgments_and_abstracts_with_their_titles(folder: Path) -> None:
    claims = read_claims(folder)
    assert [(one.id, one.text) for one in claims.claims] == [("2", "boats"), ("1", "wind and kites")]
    assert claims.judgments == {"2": {"12": 1}, "1": {"11": 1}}
    assert claims.ids == ("11", "12", "13")
    assert claims.texts[:2] == (
        "Kites Invented kites rise in invented wind.",
        "Small boats are sanded in winter.",
    )


def test_both_engines_find_what_they_should(folder: Path, tmp_path: Path) -> None:
    claims = read_claims(folder)
    assert keyword_run(claims, StandardAnalyser()) == {"2": ["12"], "1": ["11", "13"]}
    found = vector_run(claims, HashingEncoder(), tmp_path / "cache.sqlite3", lambda *_told: None)
    query, texts = HashingEncoder().encode_queries(["boats"])[0], list(claims.texts)
    cosines = HashingEncoder().encode_documents(texts) @ query
    assert found["2"] == [claims.ids[row] for row in sorted(range(3), key=lambda row: -cosines[row])]


def test_the_check_names_engines_and_published_figures(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache.sqlite3"
    words, meaning = check_engines(
        read_claims(folder), HashingEncoder(), StandardAnalyser(), cache, lambda *_told: None
    )
    assert (words.engine, words.published, words.figures.briefs) == ("BM25", 0.676, 2)
    assert words.figures.ndcg_10.mean == 1.0
    assert (meaning.engine, meaning.published) == ("hashing-64", None)


def test_abstracts_are_encoded_once(folder: Path, tmp_path: Path) -> None:
    encoder = CountingEncoder()
    for _ in range(2):
        vector_run(read_claims(folder), encoder, tmp_path / "cache.sqlite3", lambda *_told: None)
    assert encoder.texts == list(read_claims(folder).texts)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("qrels/test.tsv", "h\n1 11 1\n", "test.tsv, line 2, line: is not query-id, corpus-id and score"),
        ("qrels/test.tsv", "h\n9\t11\t1\n", "test.tsv: judges claims that queries.jsonl does not have"),
        (
            "corpus.jsonl",
            '{"_id": 1}',
            "corpus.jsonl, line 1, line: is not a record with _id and text",
        ),
        ("queries.jsonl", "no", "queries.jsonl, line 1, line: is not a record with _id and text"),
    ],
)
def test_what_cannot_be_read_is_named(folder: Path, name: str, text: str, told: str) -> None:
    (folder / name).write_text(text)
    with pytest.raises(InvalidInput) as refused:
        read_claims(folder)
    assert str(refused.value).startswith(told)
