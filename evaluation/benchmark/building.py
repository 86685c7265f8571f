"""Time of import, build and update, and the encoder's part in it."""

import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

from discovery.ports import Analyser, Encoder
from embeddings.onnx_encoder import OnnxEncoder
from evaluation.benchmark.figures import folder_bytes, say
from indexer.build import BuildReport, build_index, update_index
from indexer.embedded.layout import Layout
from indexer.engines import open_index
from indexer.home import Home
from indexer.importers.load import import_files
from indexer.store import Store
from indexer.suppression import SuppressionList

UPDATED = 1_000


def measure_import(home: Home, collection: Path) -> None:
    """Import a collection into the store (again: nothing changes the second time)."""
    with Store(home.store) as store, SuppressionList(home.suppression) as suppression:
        for name in ("import", "import again, unchanged"):
            started = time.perf_counter()
            report = import_files([str(collection)], store, suppression)
            say(f"{name}: seconds", f"{time.perf_counter() - started:.1f} ({report.lines} lines)")


def measure_build(home: Home, encoder: Encoder, analyser: Analyser, name: str) -> BuildReport:
    """Build everything; cold or warm is a matter of what the cache holds."""
    report = build_index(home, encoder, analyser, index=open_index(home, analyser))
    say(f"{name}: seconds", f"{report.seconds:.1f} ({report.encoded} texts encoded)")
    say(f"{name}: share of the time in the encoder", f"{report.encoding / report.seconds:.0%}")
    say("index: creators, passages", f"{report.creators}, {report.passages}")
    if not home.cluster:
        layout = Layout(home.index)
        say("index: MB", f"{folder_bytes(layout.generation(layout.current())) / 1e6:.0f}")
    return report


def measure_update(home: Home, encoder: Encoder, analyser: Analyser) -> None:
    """Change one word in a thousand creators' newest posts, then follow."""
    with Store(home.store) as store:
        changed = []
        for creator in islice((one for one in store.creators() if one.posts), UPDATED):
            newest = replace(creator.posts[0], text=f"{creator.posts[0].text or ''} {time.time_ns()}")
            changed.append(replace(creator, posts=(newest, *creator.posts[1:])))
        store.upsert(changed)
    report = update_index(home, encoder, analyser, index=open_index(home, analyser))
    say(f"update of {report.written} creators: seconds", f"{report.seconds:.1f} (whole: {report.whole})")
    say("update: seconds apart from encoding", f"{report.seconds - report.encoding:.1f}")


def measure_encoder(home: Home, encoder: OnnxEncoder, texts: int = 2_000) -> None:
    """Compare encoding with a bare loop over the same batches, turn by turn."""
    sample = _texts(home, texts)
    bare, whole = [], []
    batches = encoder.batches(sample)
    for _ in range(3):
        started = time.perf_counter()
        encoder.run_batches(batches)
        bare.append(time.perf_counter() - started)
        started = time.perf_counter()
        encoder.encode_documents(sample)
        whole.append(time.perf_counter() - started)
    say("encoder: texts a second", f"{len(sample) / min(whole):.0f}")
    say("encoder: rate against the bare session", f"{min(bare) / min(whole):.0%}")


def _texts(home: Home, count: int) -> list[str]:
    from indexer.documents import document

    with Store(home.store) as store:
        texts = (
            passage.text
            for creator in store.creators()
            for passage in document(creator).passages
            if passage.text
        )
        return list(islice(texts, 0, 20 * count, 20))
