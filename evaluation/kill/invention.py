"""Invented creators without end: those of the sample, and variations of them whom nobody has met yet."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from discovery.creator import Creator

Line = Mapping[str, Any]
"""A creator in the import format."""

SAMPLE = Path(__file__).parents[2] / "sample" / "creators.jsonl"
FIRST_DAY = date(2026, 11, 2)
"""The day of the first new observation, later than anything in the sample."""


class Inventor:
    """Draws lines from a seed. Everybody it makes is fictional and marked so."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._sample: list[Line] = [orjson.loads(line) for line in SAMPLE.read_bytes().splitlines()]
        self._made = 0

    def sample(self, count: int) -> list[Line]:
        """The first creators of the sample, as they are."""
        return self._sample[:count]

    def newcomer(self) -> Line:
        """Somebody who shares captions with somebody of the sample, but neither id, handle nor address."""
        self._made += 1
        model = self._pick(self._sample)
        handle = f"nobody.{self._made}"
        given = {key: model[key] for key in ("platform", "language", "country", "categories") if key in model}
        return given | {
            "id": f"{model['platform']}:{handle}",
            "name": f"Nobody Number {self._made}",
            "handle": handle,
            "bio": f"{self._mark()} {self._text()}",
            "followers": int(self._random.integers(1_000, 1_000_000)),
            "posts": model["posts"][:4],
            "fictional": True,
            "source": "invented",
            "observed_at": self._today(),
        }

    def changed(self, one: Creator) -> Line:
        """Somebody who is known, seen again later: another bio, and another text of their newest post."""
        self._made += 1
        post = {
            "id": "newest",
            "text": f"{self._mark()} {self._text()}",
            "published_at": self._today(),
            "observed_at": self._today(),
        }
        return {
            "id": one.id,
            "platform": one.platform.value,
            "name": one.name,
            "handle": one.handle,
            "bio": self._text(),
            "posts": [post],
            "observed_at": self._today(),
        }

    def _mark(self) -> str:
        """A word that nobody else uses."""
        return f"unmistakable{self._made}"

    def _text(self) -> str:
        post = self._pick(self._pick(self._sample)["posts"])
        return str(post.get("text") or post.get("title") or "no words")

    def _today(self) -> str:
        return (FIRST_DAY + timedelta(days=self._made // 20)).isoformat()

    def _pick(self, values: Sequence[Any]) -> Any:
        return values[int(self._random.integers(len(values)))]


def write_lines(path: Path, lines: Sequence[Line]) -> Path:
    """Write lines as a file to import, and return its path."""
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    return path
