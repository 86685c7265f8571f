"""Golden files: what is sent or kept, written down so that a person can read what a change changes.

`make golden` writes all of them anew; then read what changed.
"""

import json
import os
from pathlib import Path

WRITE = "NICHESCOUT_WRITE_GOLDEN"
WIDTH = 110


def check_golden(path: Path, written: str) -> None:
    """Compare a text with a golden file, or write the file."""
    if os.environ.get(WRITE):
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, encoding="utf-8")
    assert written == path.read_text(encoding="utf-8"), f"{path.name} differs; `make golden` writes it anew"


def readable(value: object, indent: int = 0) -> str:
    """Write JSON with each part on one line that fits there."""
    line = json.dumps(value, ensure_ascii=False)
    if indent + len(line) <= WIDTH or not isinstance(value, dict | list) or not value:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, dict):
        opening, closing = "{", "}"
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {readable(one, indent + 2)}"
            for key, one in value.items()
        ]
    else:
        opening, closing = "[", "]"
        parts = [readable(one, indent + 2) for one in value]
    body = f",\n{inner}".join(parts)
    return f"{opening}\n{inner}{body}\n{' ' * indent}{closing}"
