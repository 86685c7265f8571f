"""What an installation holds, read without loading the encoder or the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discovery.errors import NicheScoutError
from search_api.composition import open_keys
from search_api.version import VERSION

if TYPE_CHECKING:
    from indexer.home import Home


def state(home: Home) -> dict[str, str | int]:
    """Return what there is, by name, in the order in which it is shown.

    Raises:
        StoreDamaged: the record or the suppression list cannot be read.
    """
    from indexer.store import Store
    from indexer.suppression import SuppressionList

    with Store(home.store) as store, SuppressionList(home.suppression) as left_out:
        found: dict[str, str | int] = {
            "version": VERSION,
            "data": str(home.root),
            "stored creators": store.count,
            "suppression marks": left_out.count,
        }
    found |= _index(home)
    found["active keys"] = sum(key.active for key in open_keys(home.root).all())
    return found


def _index(home: Home) -> dict[str, str | int]:
    from indexer.analysis import StandardAnalyser
    from indexer.engines import open_index

    where = {"cluster": " ".join(home.cluster)} if home.cluster else {}
    try:
        info = open_index(home, StandardAnalyser()).info()
    except NicheScoutError as error:
        return {**where, "index": str(error)}
    return {
        **where,
        "generation": info.id,
        "built at": info.built_at,
        "indexed creators": info.creators,
        "passages": info.passages,
        "encoder": info.encoder,
        "analyser": info.analyser,
    }
