"""Any sentence-transformers folder, on torch, offline."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from discovery.errors import EncoderUnavailable
from embeddings import SentenceTransformerEncoder, load_encoder
from embeddings.packaged_models import ALL_MINILM_L6_V2
from tests.embeddings.samples import BROKEN, CAPTIONS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the packaged folder that a test may change."""
    copy = tmp_path_factory.mktemp("models") / "my-model"
    shutil.copytree(ALL_MINILM_L6_V2.source_folder(), copy, ignore=shutil.ignore_patterns("*.md", "data_*"))
    return copy


def test_a_folder_is_loaded_and_every_text_becomes_a_unit_row(folder: Path, tmp_path: Path) -> None:
    encoder = load_encoder(str(folder), tmp_path)
    assert isinstance(encoder, SentenceTransformerEncoder)
    for method in (encoder.encode_queries, encoder.encode_documents):
        assert method([]).shape == (0, 384)
        vectors = method([*BROKEN, "", "word " * 400, *CAPTIONS])
        assert vectors.shape == (len(BROKEN) + 2 + len(CAPTIONS), 384)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_the_id_changes_with_any_file_that_shapes_vectors(folder: Path) -> None:
    before = SentenceTransformerEncoder(str(folder))
    name, runtime = before.id.split("@")
    assert name == "my-model"
    assert runtime.split("/", 1)[1] == "torch/fp32/256t"
    settings = folder / "sentence_bert_config.json"
    kept = settings.read_text()
    settings.write_text(json.dumps(json.loads(kept) | {"max_seq_length": 8}))
    after = SentenceTransformerEncoder(str(folder))
    settings.write_text(kept)
    assert after.id != before.id
    assert after.id.endswith("/8t")
    assert after.id.split("/")[0] != before.id.split("/")[0]


@pytest.mark.parametrize("name", ["document", "passage"])
def test_prompts_are_applied_to_queries_and_documents(folder: Path, name: str) -> None:
    settings = folder / "config_sentence_transformers.json"
    kept = settings.read_text()
    prompts = {"query": "query: ", name: "passage: "}
    plain = SentenceTransformerEncoder(str(folder))
    settings.write_text(json.dumps(json.loads(kept) | {"prompts": prompts}))
    prompted = SentenceTransformerEncoder(str(folder))
    settings.write_text(kept)
    assert prompted.id != plain.id
    for method in ("encode_queries", "encode_documents"):
        prefix = prompts["query" if method == "encode_queries" else name]
        expected = plain.encode_documents([prefix + "trail shoes"])
        np.testing.assert_allclose(getattr(prompted, method)(["trail shoes"]), expected, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "prefixes"),
    [
        ("multilingual-e5-small", ("query: ", "passage: ")),
        ("E5-base-v2", ("query: ", "passage: ")),
        ("multilingual-e5-large-instruct", ("", "")),
        ("route5-small", ("", "")),
    ],
)
def test_a_model_of_the_e5_family_is_asked_as_it_was_trained(
    folder: Path, name: str, prefixes: tuple[str, str]
) -> None:
    plain = SentenceTransformerEncoder(str(folder))
    copy = folder.parent / "copies" / name
    shutil.copytree(folder, copy)
    encoder = SentenceTransformerEncoder(str(copy))
    for method, prefix in zip((encoder.encode_queries, encoder.encode_documents), prefixes, strict=True):
        expected = plain.encode_documents([prefix + "trail shoes"])
        np.testing.assert_allclose(method(["trail shoes"]), expected, atol=1e-5)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing here")
    with pytest.raises(EncoderUnavailable, match="must hold a complete sentence-transformers model"):
        SentenceTransformerEncoder(str(tmp_path))


def test_damaged_weights_are_refused(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    (broken / "model.safetensors").write_bytes(b"\x10\0\0\0\0\0\0\0not weights")
    with pytest.raises(EncoderUnavailable, match="cannot be loaded"):
        SentenceTransformerEncoder(str(broken))
