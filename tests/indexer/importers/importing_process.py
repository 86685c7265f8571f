"""A process that imports a file and says what is committed; meant to be killed."""

import sys
from pathlib import Path

from indexer.importers.load import ImportReport, import_files
from indexer.store import Store
from indexer.suppression import SuppressionList


def _say(report: ImportReport) -> None:
    sys.stdout.write(f"{report.lines}\n")
    sys.stdout.flush()


def main(source: str, home: str) -> None:
    """Import `source` into the store under `home`, one line of output for each commit."""
    with Store(Path(home) / "store") as store, SuppressionList(Path(home) / "suppression") as suppression:
        import_files([source], store, suppression, on_progress=_say)


if __name__ == "__main__":
    main(*sys.argv[1:])
