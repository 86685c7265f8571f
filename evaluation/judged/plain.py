"""Plain systems to compare with, over the same creators, texts, vectors and terms as the product.

- BM25 over one text a creator: name, bio, titles (captions where there are none) and hashtags;
- the brief against the mean of a creator's post vectors, and against the best three posts;
- the ranks of BM25 and the mean fused by RRF (k = 60).

A bio stands in where there are no posts. Equal scores are ordered by id.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from discovery.creator import Creator, CreatorId
from discovery.ports import Analyser, Depth, Encoder, Query, SearchEngine, Vectors
from discovery.telling_terms import telling_terms
from evaluation.judged.exact_bm25 import ExactBm25
from evaluation.judged.systems import System
from indexer.documents import PROFILE, document

BM25 = "BM25, one text a creator"
MEAN = "dense, mean of posts"
BEST_3 = "dense, best 3 posts"
RRF = "RRF of BM25 and dense mean"
RRF_K = 60
BEST = 3
CHUNK = 500

Floats = NDArray[np.float64]


def plain_systems(engine: SearchEngine, encoder: Encoder, analyser: Analyser) -> Mapping[str, System]:
    """Read every creator of a generation and return the systems by name."""
    nobody_asked = Query(vector=None, terms=())
    everyone = Depth(creators=max(engine.info.creators, 1))
    ids = sorted(engine.candidates(nobody_asked, engine.admit((), None), everyone).creators)
    texts: list[list[str]] = []
    vectors: list[Vectors] = []
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        creators = engine.read(chunk)
        texts += [analyser.terms(whole_text(creator)) for creator in creators]
        vectors += map(_post_vectors, creators, engine.passage_vectors(chunk))
    words = _by_words(ExactBm25(texts), analyser)
    mean, best = _by_mean(vectors, encoder), _by_best(vectors, encoder)

    def fused(text: str) -> Floats:
        return _found(reciprocal_ranks(words(text)) + reciprocal_ranks(mean(text)))

    scorers = {BM25: words, MEAN: mean, BEST_3: best, RRF: fused}
    return {name: _system(ids, scorer) for name, scorer in scorers.items()}


def whole_text(creator: Creator) -> str:
    """What is searched of a creator, as one text; descriptions below a title cost more than they bring."""
    parts = [creator.name, creator.bio or ""]
    for post in creator.recent_posts:
        parts += (post.title or post.caption, *post.hashtags)
    return "\n".join(filter(None, parts))


def reciprocal_ranks(scores: Floats) -> Floats:
    """1 / (60 + rank) of every row that was found, 0 of the others; rows must be in the order of ids."""
    order = ranked(scores)
    shares = np.zeros(len(scores), dtype=np.float64)
    shares[order] = 1.0 / (RRF_K + 1 + np.arange(len(order)))
    return shares


def ranked(scores: Floats) -> NDArray[np.int64]:
    """Rows by falling score, equal ones in their order; a score of -inf means that a row was not found."""
    found = np.flatnonzero(scores > -np.inf)
    order: NDArray[np.int64] = found[np.argsort(-scores[found], kind="stable")]
    return order


def _by_words(index: ExactBm25, analyser: Analyser) -> Callable[[str], Floats]:
    return lambda text: _found(index.scores(telling_terms(text, analyser)))


def _found(scores: Floats) -> Floats:
    """Mark the rows of score 0 as not found."""
    return np.where(scores > 0, scores, -np.inf)


def _by_mean(vectors: Sequence[Vectors], encoder: Encoder) -> Callable[[str], Floats]:
    centres = np.zeros((len(vectors), encoder.dimension), dtype=np.float32)
    for row, mine in enumerate(vectors):
        if len(mine):
            centre = mine.mean(axis=0, dtype=np.float64)
            centres[row] = centre / max(float(np.linalg.norm(centre)), 1e-12)
    silent = np.array([not len(mine) for mine in vectors], dtype=np.bool_)

    def scores(text: str) -> Floats:
        found: Floats = (centres @ encoder.encode_queries([text])[0]).astype(np.float64)
        found[silent] = -np.inf
        return found

    return scores


def _by_best(vectors: Sequence[Vectors], encoder: Encoder) -> Callable[[str], Floats]:
    counts = np.array([len(mine) for mine in vectors], dtype=np.int64)
    everything = np.concatenate([np.empty((0, encoder.dimension), np.float32), *vectors])
    row = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(everything)) - np.repeat(np.cumsum(counts) - counts, counts)
    used = np.minimum(counts, BEST)

    def scores(text: str) -> Floats:
        table = np.full((len(counts), max(int(counts.max(initial=0)), BEST)), -np.inf)
        table[row, place] = everything @ encoder.encode_queries([text])[0]
        best = -np.sort(-table, axis=1)[:, :BEST]
        total: Floats = np.where(np.isfinite(best), best, 0.0).sum(axis=1) / np.maximum(used, 1)
        total[used == 0] = -np.inf
        return total

    return scores


def _post_vectors(creator: Creator, vectors: Vectors) -> Vectors:
    """Vectors of the posts; the bio's where there are none."""
    places = np.array([one.position for one in document(creator).passages if one.text], dtype=np.int64)
    posts = vectors[places != PROFILE]
    return posts if len(posts) else vectors


def _system(ids: Sequence[CreatorId], scorer: Callable[[str], Floats]) -> System:
    def search(text: str, depth: int) -> list[CreatorId]:
        return [ids[row] for row in ranked(scorer(text))[:depth].tolist()]

    return search
