"""The default encoder with its real weights."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from embeddings import OnnxEncoder
from embeddings.packaged_models import ALL_MINILM_L6_V2
from tests.embeddings.samples import BROKEN, CAPTIONS, VARIED


@pytest.mark.slow
def test_agrees_with_sentence_transformers(onnx_encoder: OnnxEncoder) -> None:
    from embeddings import SentenceTransformerEncoder

    reference = SentenceTransformerEncoder(str(ALL_MINILM_L6_V2.source_folder()), threads=2)
    expected = reference.encode_documents(VARIED)
    found = onnx_encoder.encode_documents(VARIED)
    cosines = np.sum(expected * found, axis=1)
    assert {text: cosine for text, cosine in zip(VARIED, cosines, strict=True) if cosine < 0.9999} == {}
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_rows_follow_the_order_of_the_texts(onnx_encoder: OnnxEncoder) -> None:
    together = onnx_encoder.encode_documents(VARIED)
    alone = np.concatenate([onnx_encoder.encode_documents([text]) for text in VARIED])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    backwards = onnx_encoder.encode_documents(VARIED[::-1])
    np.testing.assert_allclose(together, backwards[::-1], atol=1e-5)


def test_company_in_a_batch_does_not_change_a_vector(onnx_encoder: OnnxEncoder) -> None:
    text = CAPTIONS[0]
    alone = onnx_encoder.encode_queries([text])[0]
    for company in (["", "a"], ["word " * 300], [text] * 50, list(VARIED), ["much longer " * 9] * 3):
        np.testing.assert_allclose(onnx_encoder.encode_documents([text, *company])[0], alone, atol=1e-5)


def test_queries_and_documents_share_one_space(onnx_encoder: OnnxEncoder) -> None:
    np.testing.assert_array_equal(
        onnx_encoder.encode_queries(CAPTIONS), onnx_encoder.encode_documents(CAPTIONS)
    )


def test_threads_do_not_change_the_vectors(onnx_encoder: OnnxEncoder, models_dir: Path) -> None:
    texts = VARIED * 3
    np.testing.assert_array_equal(
        OnnxEncoder(models_dir, threads=3).encode_documents(texts), onnx_encoder.encode_documents(texts)
    )


@pytest.mark.parametrize("method", [OnnxEncoder.encode_queries, OnnxEncoder.encode_documents])
def test_every_text_becomes_a_unit_row(
    onnx_encoder: OnnxEncoder, method: Callable[[OnnxEncoder, list[str]], np.ndarray]
) -> None:
    assert method(onnx_encoder, []).shape == (0, 384)
    vectors = method(onnx_encoder, [*BROKEN, "", "x" * 1_000_000])
    assert vectors.shape == (len(BROKEN) + 2, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_meaning_decides(onnx_encoder: OnnxEncoder) -> None:
    query = onnx_encoder.encode_queries(["plant-based cooking"])[0]
    documents = onnx_encoder.encode_documents(["vegan dinner recipes", "football transfer news"])
    near, far = documents @ query
    assert near > far + 0.3


def test_only_the_first_256_tokens_are_read(onnx_encoder: OnnxEncoder) -> None:
    shared = "word " * 254  # and the two tokens that frame every text
    first, second, shorter = onnx_encoder.encode_documents([shared + "football", shared + "cooking", shared])
    np.testing.assert_array_equal(first, second)
    np.testing.assert_allclose(first, shorter, atol=1e-6)


def test_id_names_model_weights_runtime_precision_and_limit(onnx_encoder: OnnxEncoder) -> None:
    assert onnx_encoder.id == "all-MiniLM-L6-v2@53aa51172d14/onnxruntime/fp32/256t"
    assert onnx_encoder.dimension == 384


def test_needs_no_torch(onnx_encoder: OnnxEncoder, models_dir: Path) -> None:
    program = (
        "import sys, pathlib, embeddings\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnxruntime', 'tokenizers'}\n"
        "assert not heavy & set(sys.modules), 'importing the package must stay cheap'\n"
        "encoder = embeddings.load_encoder(embeddings.DEFAULT_ENCODER, pathlib.Path(sys.argv[1]))\n"
        "print(encoder.encode_queries(['trail running', 'coffee']).shape)\n"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program, str(models_dir)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "(2, 384)\n", "")
