"""An installation on the disk, made by the command line itself: invented creators and a real index."""

from pathlib import Path

import orjson
from click.testing import CliRunner, Result

from search_api.cli import main

ENCODER = "hashing-32"


def lines() -> list[dict[str, object]]:
    """Return invented creators in the import format."""
    niches = {
        "cakes": ("Baking cakes at night", ["lemon cake", "birthday cake with cream", "cake fails"]),
        "boats": ("Small wooden boats", ["sanding a hull", "sail repair", "boats in winter"]),
        "chess": (
            "Chess for beginners",
            ["the knight explained", "openings for lazy people", "chess puzzles"],
        ),
    }
    made: list[dict[str, object]] = []
    for number, (niche, (bio, posts)) in enumerate(niches.items()):
        for copy in range(2):
            made.append(
                {
                    "id": f"instagram:{niche}/{copy}",
                    "platform": "instagram",
                    "name": f"Invented {niche.title()} {copy}",
                    "bio": bio,
                    "country": ["DE", "FR"][copy],
                    "followers": 1_000 * (number + 1) + copy if copy else None,
                    "fictional": True,
                    "posts": [
                        {"id": f"p{place}", "text": text, "published_at": f"2026-01-{10 + place}"}
                        for place, text in enumerate(posts)
                    ],
                }
            )
    return made


def write_lines(path: Path, *more: bytes) -> Path:
    """Write the creators as a file, with further lines as they are."""
    path.write_bytes(b"\n".join([*map(orjson.dumps, lines()), *more]) + b"\n")
    return path


def run(data: Path, *arguments: str, stdin: str | None = None) -> Result:
    """Run a command on an installation."""
    options = ["--data", str(data), "--encoder", ENCODER]
    return CliRunner().invoke(main, [*options, *arguments], input=stdin, catch_exceptions=False)


def install(folder: Path) -> Path:
    """Make an installation with an index, and return its folder."""
    data = folder / "data"
    for arguments in (("import", str(write_lines(folder / "creators.jsonl"))), ("index",)):
        result = run(data, *arguments)
        assert result.exit_code == 0, result.output
    return data
