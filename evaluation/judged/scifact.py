"""The check that the engines below are right: SciFact, a public retrieval collection with published figures.

Each abstract is one document. BM25 runs through the keyword index of the product, the encoder's vectors
through its exact vector search. It says nothing about creators.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import orjson

from discovery.creator import CreatorId
from discovery.errors import InvalidInput, Problem
from discovery.ports import Analyser, Encoder
from discovery.telling_terms import telling_terms
from evaluation.judged.briefs import JudgedBrief
from evaluation.judged.encoded import Progress, encoded
from evaluation.judged.lines import BadField, read_items
from evaluation.judged.measures import SliceFigures, by_slice, measure
from evaluation.judged.qrels import Judgments
from evaluation.judged.run_files import Run
from evaluation.judged.systems import DEPTH
from indexer.embedded.keywords import KeywordIndex, KeywordWriter
from indexer.embedded.planner import Choice
from indexer.embedded.planner import Path as PlanPath
from indexer.embedded.vectors import VectorIndex

PUBLISHED = {"BM25": 0.676, "all-MiniLM-L6-v2": 0.645}
"""nDCG@10 on the test claims, as others have measured it."""
_FIELDS = {"text": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """A collection in BEIR's layout: abstracts by id, claims that have judgments, and the judgments."""

    ids: tuple[CreatorId, ...]
    texts: tuple[str, ...]
    claims: tuple[JudgedBrief, ...]
    judgments: Judgments


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What one engine reached on all claims; `published` is what others measured, where that is known."""

    engine: str
    figures: SliceFigures
    published: float | None


def read_claims(folder: Path) -> Claims:
    """Read `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`.

    Raises:
        InvalidInput: with file, line and field of what cannot be read.
    """
    documents = read_items(folder / "corpus.jsonl", _text)
    texts = dict(read_items(folder / "queries.jsonl", _text))
    judgments: dict[str, dict[CreatorId, int]] = {}
    for claim, document, grade in read_items(folder / "qrels" / "test.tsv", _judgment, header=True):
        judgments.setdefault(claim, {})[document] = grade
    unknown = [claim for claim in judgments if claim not in texts]
    if unknown:
        message = f"judges claims that queries.jsonl does not have, such as {unknown[0]!r}"
        raise InvalidInput([Problem(field="test.tsv", message=message, value=unknown[0])])
    return Claims(
        ids=tuple(CreatorId(identity) for identity, _ in documents),
        texts=tuple(text for _, text in documents),
        claims=tuple(JudgedBrief(id=claim, slice="test", text=texts[claim]) for claim in judgments),
        judgments=judgments,
    )


def check_engines(
    claims: Claims, encoder: Encoder, analyser: Analyser, cache: Path, progress: Progress
) -> tuple[Check, ...]:
    """Measure both engines; encoded abstracts are kept in the file `cache`."""
    name = encoder.id.partition("@")[0]
    runs = {"BM25": keyword_run(claims, analyser), name: vector_run(claims, encoder, cache, progress)}
    return tuple(
        Check(
            engine=engine,
            figures=by_slice(measure(claims.claims, claims.judgments, run))[0],
            published=PUBLISHED.get(engine),
        )
        for engine, run in runs.items()
    )


def keyword_run(claims: Claims, analyser: Analyser) -> Run:
    """Search by words, in a keyword index made for it."""
    with tempfile.TemporaryDirectory() as folder:
        writer = KeywordWriter(Path(folder), analyser, _FIELDS)
        for row, text in enumerate(claims.texts):
            writer.add(row, row, dict.fromkeys(_FIELDS, text))
        writer.finish()
        index = KeywordIndex(Path(folder), (), _FIELDS)
        return {
            claim.id: [
                claims.ids[row] for row in index.best(_words(claim.text, analyser), DEPTH).rows.tolist()
            ]
            for claim in claims.claims
        }


def vector_run(claims: Claims, encoder: Encoder, cache: Path, progress: Progress) -> Run:
    """Search by meaning: every abstract is compared."""
    index = VectorIndex(encoded(claims.texts, encoder, cache, progress), None)
    exact = Choice(path=PlanPath.EXACT, reason="a check")
    run = {}
    for claim in claims.claims:
        rows, _ = index.search(encoder.encode_queries([claim.text])[0], DEPTH, None, exact)
        run[claim.id] = [claims.ids[row] for row in rows.tolist()]
    return run


def _words(text: str, analyser: Analyser) -> dict[str, float]:
    return dict.fromkeys(telling_terms(text, analyser), 1.0)


def _text(line: str) -> tuple[str, str]:
    """Id and text of a record, after its title if it has one."""
    try:
        record = orjson.loads(line)
        return str(record["_id"]), " ".join(filter(None, (record.get("title"), record["text"])))
    except (ValueError, KeyError, TypeError) as error:
        raise BadField("line", f"is not a record with _id and text: {error}", line[:80]) from error


def _judgment(line: str) -> tuple[str, CreatorId, int]:
    cells = line.split("\t")
    if len(cells) != 3 or not cells[2].strip().isdigit():
        raise BadField("line", "is not query-id, corpus-id and score, parted by tabs", line[:80])
    return cells[0], CreatorId(cells[1]), int(cells[2])
