"""Who of a generation is one person, as a file: people.json, the ids of each person's profiles."""

from collections.abc import Sequence
from pathlib import Path

import orjson

from discovery.creator import CreatorId
from discovery.people import Profiles

NAME = "people.json"


def write_people(folder: Path, persons: Sequence[Profiles]) -> None:
    """Write the persons of a generation."""
    (folder / NAME).write_bytes(orjson.dumps(persons))


def read_people(folder: Path) -> list[Profiles]:
    """Read the persons of a generation; none in one of before they were looked for."""
    path = folder / NAME
    if not path.exists():
        return []
    return [tuple(map(CreatorId, profiles)) for profiles in orjson.loads(path.read_bytes())]
