"""An export is complete or absent, and damage is refused. With a model of 8 dimensions."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from discovery.errors import EncoderUnavailable
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.onnx_export import export_folder, export_model
from embeddings.packaged_models import ALL_MINILM_L6_V2, PackagedModel

FILES = ["manifest.json", "model.onnx", "tokenizer.json"]


def test_exports_on_first_use_and_not_again(tiny_model: PackagedModel, tmp_path: Path) -> None:
    models = tmp_path / "deep" / "models"
    first = OnnxEncoder(models, model=tiny_model).encode_documents(["run", "cook run"])
    assert first.shape == (2, 8)
    assert [path.name for path in models.iterdir()] == [f"tiny-{tiny_model.weights_sha256[:8]}-fp32"]
    shutil.rmtree(tmp_path / "package")  # from here on the exported folder is enough
    np.testing.assert_array_equal(
        OnnxEncoder(models, model=tiny_model).encode_documents(["run", "cook run"]), first
    )


def test_the_same_weights_give_the_same_bytes(tiny_model: PackagedModel, tmp_path: Path) -> None:
    one, two = (export_model(tiny_model, tmp_path / place) for place in ("one", "two"))
    assert sorted(path.name for path in one.iterdir()) == FILES
    assert [(one / name).read_bytes() for name in FILES] == [(two / name).read_bytes() for name in FILES]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", ["missing", "truncated", "changed"])
def test_a_damaged_file_is_refused(name: str, damage: str, tiny_model: PackagedModel, tmp_path: Path) -> None:
    folder = export_model(tiny_model, tmp_path)
    _damage(folder / name, damage)
    with pytest.raises(EncoderUnavailable) as caught:
        OnnxEncoder(tmp_path, model=tiny_model)
    assert str(folder / name) in str(caught.value)
    assert f"Delete the folder {folder}" in str(caught.value)
    shutil.rmtree(folder)
    assert OnnxEncoder(tmp_path, model=tiny_model).dimension == 8


def _damage(path: Path, damage: str) -> None:
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "truncated":
        path.write_bytes(content[: len(content) // 2])
    else:
        path.write_bytes(content[:-9] + bytes([content[-9] ^ 0x80]) + content[-8:])


def test_a_folder_of_another_version_or_model_is_refused(tiny_model: PackagedModel, tmp_path: Path) -> None:
    manifest = export_model(tiny_model, tmp_path) / "manifest.json"
    good = json.loads(manifest.read_bytes())
    changes: list[dict[str, object]] = [{"format": 2}, {"files": {}}, {"name": "x"}]
    changes += [{"source_sha256": "0" * 64}, {"max_tokens": 8}, {"unknown": 1}]
    for change in changes:
        manifest.write_text(json.dumps(good | change))
        with pytest.raises(EncoderUnavailable, match="Delete the folder"):
            OnnxEncoder(tmp_path, model=tiny_model)


@pytest.mark.parametrize("field", ["weights_sha256", "tokenizer_sha256"])
def test_a_source_that_is_not_the_pinned_one_is_refused(
    field: str, tiny_model: PackagedModel, tmp_path: Path
) -> None:
    wrong = replace(tiny_model, **{field: "0" * 64})  # type: ignore[arg-type]
    with pytest.raises(EncoderUnavailable, match=r"expected 0{64}\. Install the package again"):
        OnnxEncoder(tmp_path / "models", model=wrong)
    assert not (tmp_path / "models").exists()


def test_a_package_without_weights_is_refused(tiny_model: PackagedModel, tmp_path: Path) -> None:
    (tmp_path / "package" / "model.safetensors").unlink()
    with pytest.raises(EncoderUnavailable, match=r"model\.safetensors is missing"):
        export_model(tiny_model, tmp_path)


def test_a_missing_package_is_named(tiny_model: PackagedModel, tmp_path: Path) -> None:
    absent = replace(tiny_model, module="no_such_packaged_model")
    with pytest.raises(EncoderUnavailable, match="pip install tiny-packaged-model"):
        export_model(absent, tmp_path)


def test_a_models_folder_that_cannot_be_written_is_named(tiny_model: PackagedModel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EncoderUnavailable, match="Give a models folder that can be written"):
        export_model(tiny_model, tmp_path / "file")


def test_exports_side_by_side_agree(tiny_model: PackagedModel, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: export_model(tiny_model, tmp_path / "models"), range(12)))
    assert set((tmp_path / "models").iterdir()) == folders
    assert OnnxEncoder(tmp_path / "models", model=tiny_model).dimension == 8


def test_what_a_killed_export_left_is_removed_once_it_is_old(
    tiny_model: PackagedModel, tmp_path: Path
) -> None:
    old, young = tmp_path / ".exporting-old", tmp_path / ".exporting-young"
    for leftover in (old, young):
        leftover.mkdir()
        (leftover / "model.onnx").write_bytes(b"half")
    os.utime(old, (1, 1))
    export_model(tiny_model, tmp_path)
    assert not old.exists()
    assert young.exists()


@pytest.mark.slow
@pytest.mark.parametrize("milliseconds", [0, 15, 40, 80, 150])
def test_a_kill_never_leaves_a_folder_that_loads_wrong(milliseconds: int, tmp_path: Path) -> None:
    program = (
        "import sys, pathlib\n"
        "from embeddings.onnx_export import export_model\n"
        "from embeddings.packaged_models import ALL_MINILM_L6_V2\n"
        "export_model(ALL_MINILM_L6_V2, pathlib.Path(sys.argv[1]))\n"
    )
    child = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=Path(__file__).parents[2])
    while not any(tmp_path.iterdir()) and child.poll() is None:  # until it has begun to write
        time.sleep(0.001)
    time.sleep(milliseconds / 1000)
    child.send_signal(signal.SIGKILL)
    child.wait()
    folder = export_folder(ALL_MINILM_L6_V2, tmp_path)
    if folder.exists():
        assert sorted(path.name for path in folder.iterdir()) == FILES
    assert OnnxEncoder(tmp_path).encode_queries(["run"]).shape == (1, 384)
