"""A real site: invented creators imported, indexed and served by the command line on a free port."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from tests.search_api.installation import ENCODER, run

ROOT = Path(__file__).parents[2]
SCRIPT = (
    "Rye bread <script>window.owned = 1; document.title = 'owned'; alert('owned')</script>"
    "<img src=x onerror=\"window.owned = 2; alert('owned')\"> and more"
)
RIGHT_TO_LEFT = "خبز الجاودار rye bread كل صباح \u202egnorw yaw eht"


def creators() -> list[dict[str, object]]:
    """Return invented bakers and swimmers in the import format."""
    made = [
        _creator("hostile", "Marla Markup", SCRIPT, country="DE", followers=12_000),
        _creator("rtl", "ليلى مختلقة", RIGHT_TO_LEFT, followers=64_000),
        _creator(
            "endless", "Endless Word", "rye bread " + "Roggenvollkornbrot" * 60, country="AT", followers=900
        ),
        _creator("slash/and space?", "Odd Address", "sourdough and rye bread", followers=5_000),
    ]
    made += [
        _creator(
            f"baker{number}",
            f"Baker {number}",
            f"rye bread, loaf {number}",
            country="FR",
            followers=1_000 + number,
        )
        for number in range(12)
    ]
    made.append(_creator("swimmer", "Cold Swimmer", "open water in winter", country="DE", followers=30_000))
    return made


def _creator(native: str, name: str, bio: str, **fields: object) -> dict[str, object]:
    texts = [f"{bio} today", f"yesterday: {bio}", "A walk with the dog"]
    posts = [
        {
            "id": f"p{place}",
            "text": text,
            "published_at": f"2026-02-{10 + place}",
            "url": f"https://example.org/p{place}",
        }
        for place, text in enumerate(texts)
    ]
    return {
        "id": f"instagram:{native}",
        "platform": "instagram",
        "name": name,
        "bio": bio,
        "fictional": True,
        "posts": posts,
        **fields,
    }


def install(folder: Path) -> Path:
    """Import and index the creators; return the data folder."""
    lines, data = folder / "creators.jsonl", folder / "data"
    lines.write_bytes(b"\n".join(map(orjson.dumps, creators())) + b"\n")
    for arguments in (("import", str(lines)), ("index",)):
        result = run(data, *arguments)
        assert result.exit_code == 0, result.output
    return data


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Serve an installation on a free loopback port; yield its address."""
    command = [sys.executable, "-m", "search_api.cli", "--data", str(data), "--encoder", ENCODER]
    process = subprocess.Popen(
        [*command, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        found = re.fullmatch(r"NicheScout is ready: (http://\S+)\n", line)
        assert found, line
        yield found[1]
    finally:
        process.terminate()
        process.communicate(timeout=60)
