"""A creator as the documents of the cluster: one for the whole, one for each passage. Pure."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
import orjson

from discovery.creator import CreatorId
from discovery.people import Profiles
from discovery.ports import Analyser, Vectors
from indexer.documents import PROFILE, CreatorDocument
from indexer.opensearch.conditions import facet_values
from indexer.opensearch.mapping import NOTHING, Lengths
from indexer.theme import theme

Body = dict[str, Any]
THEME = "theme"
"""Listed as known where a creator has a theme."""


class Texts:
    """Texts to terms as they are stored; counts the lengths of each field on the way."""

    def __init__(self, analyser: Analyser, fields: dict[str, float]) -> None:
        self._analyser = analyser
        self.lengths = {name: Lengths() for name in fields}

    def stored(self, texts: dict[str, str]) -> Body:
        """Return the text fields of one document."""
        fields: Body = {}
        for name, length in self.lengths.items():
            terms = self._analyser.terms(texts.get(name, ""))
            length.add(len(terms))
            fields[name] = " ".join(terms) if terms else NOTHING
        return fields


def creator_key(wanted: CreatorId) -> str:
    """The id of a creator's document. OpenSearch takes 512 bytes at most, creators have any."""
    return blake2b(wanted.encode(), digest_size=16).hexdigest()


def passage_key(owner: CreatorId, place: int) -> str:
    """The id of the document of a creator's passage number `place`, the profile's being 0."""
    return f"{creator_key(owner)}-{place}"


def creator_body(
    document: CreatorDocument, record: bytes, vectors: Vectors, texts: Texts, *, sampled: bool
) -> Body:
    """Return the document of a creator as a whole; `vectors` has a row for each passage with text."""
    body: Body = {
        "creator": document.creator.id,
        "passages": len(vectors),
        "record": orjson.Fragment(record),
        **facet_values(document.facets),
        **texts.stored(document.fields),
    }
    if len(vectors):
        body[THEME] = theme(vectors, vectors.shape[1])
        body["known"] = [*body["known"], THEME]
    if sampled:
        body["sampled"] = True
        if len(vectors):
            body["sample"] = _sample(document, vectors)
    return body


def passage_bodies(document: CreatorDocument, vectors: Vectors, texts: Texts) -> list[Body]:
    """Return the documents of a creator's passages, the profile's first."""
    bodies, row = [], 0
    for passage in document.passages:
        body: Body = {
            "creator": document.creator.id,
            "position": passage.position,
            **texts.stored(passage.fields),
        }
        if passage.text:
            body |= {"spoken": True, "vector": vectors[row]}
            row += 1
        bodies.append(body)
    return bodies


def source(body: Body) -> bytes:
    """Write a document as JSON, numbers of vectors as short as their 32 bits allow."""
    return orjson.dumps(body, option=orjson.OPT_SERIALIZE_NUMPY)


def word_body(place: int, term: str, word: str, vector: Vectors) -> Body:
    """Return the document of a telling word."""
    return {"place": place, "term": term, "word": word, "vector": packed(vector)}


def people_body(number: int, persons: Sequence[Profiles]) -> Body:
    """Return document `number` of those that say who is one person; places below 0 are theirs."""
    return {"place": -1 - number, "people": persons}


def packed(vectors: Vectors) -> str:
    """Vectors as text, byte by byte."""
    return b64encode(np.ascontiguousarray(vectors, dtype="<f4").tobytes()).decode()


def unpacked(text: str, dimension: int) -> Vectors:
    """Vectors of `packed`, shape [vectors, dimension]."""
    return np.frombuffer(b64decode(text), dtype="<f4").reshape(-1, dimension).astype(np.float32)


def _sample(document: CreatorDocument, vectors: Vectors) -> Body:
    """What the background needs of a sampled creator, so that it can be read without their passages."""
    spoken = [passage.position for passage in document.passages if passage.text]
    posts = vectors[[place for place, position in enumerate(spoken) if position != PROFILE]]
    return {
        "theme": packed(theme(vectors, vectors.shape[1])),
        "posts": packed(posts),
        "passages": len(vectors),
    }
