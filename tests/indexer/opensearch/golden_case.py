"""The golden files of the cluster engine: one for each body, by the name of what makes it."""

from pathlib import Path
from typing import Any

from indexer.opensearch import conditions
from tests.golden import check_golden, readable

GOLDEN = Path(__file__).parent / "golden"


def check(name: str, bodies: object) -> None:
    """Compare bodies with their golden file. The one script that they may hold has a file of its own."""
    check_golden(GOLDEN / f"{name}.json", readable(_named(bodies)) + "\n")


def _named(value: Any) -> Any:
    """Put a name in place of the script."""
    match value:
        case dict():
            return {key: _named(one) for key, one in value.items()}
        case list():
            return [_named(one) for one in value]
        case conditions._SHARES:
            return "(shares.painless)"
        case _:
            return value
