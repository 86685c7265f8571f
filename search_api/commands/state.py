"""What an installation holds, read without loading the encoder or the index."""

from pathlib import Path

from discovery.errors import NicheScoutError
from search_api.composition import open_home, open_keys
from search_api.version import VERSION


def state(data: Path) -> dict[str, str | int]:
    """Return what there is, by name, in the order in which it is shown.

    Raises:
        IndexMissing: there is no data folder.
        StoreDamaged: the record or the suppression list cannot be read.
    """
    from indexer.store import Store
    from indexer.suppression import SuppressionList

    home = open_home(data)
    with Store(home.store) as store, SuppressionList(home.suppression) as left_out:
        found: dict[str, str | int] = {
            "version": VERSION,
            "data": str(data),
            "stored creators": store.count,
            "suppression marks": left_out.count,
        }
    found |= _index(data)
    found["active keys"] = sum(key.active for key in open_keys(data).all())
    return found


def _index(data: Path) -> dict[str, str | int]:
    from indexer.embedded.layout import Layout
    from indexer.embedded.manifest import read_manifest

    layout = Layout(open_home(data).index)
    try:
        manifest = read_manifest(layout.generation(layout.current()))
    except NicheScoutError as error:
        return {"index": str(error)}
    return {
        "generation": manifest.generation,
        "built at": manifest.built_at,
        "indexed creators": manifest.creators,
        "passages": manifest.passages,
        "encoder": manifest.encoder,
        "analyser": manifest.analyser,
    }
