"""Small helpers of the report: percentiles, sizes and lines."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np


def percentiles(milliseconds: Sequence[float]) -> str:
    """Return p50, p95 and p99 as one cell."""
    p50, p95, p99 = np.percentile(milliseconds, [50, 95, 99])
    return f"{p50:6.1f} {p95:6.1f} {p99:6.1f}"


def folder_bytes(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def resident_megabytes(process: int) -> float:
    """Resident memory of a process in MB (Linux)."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def say(name: str, value: object) -> None:
    """Print one line of the report."""
    print(f"{name:<58} {value}", flush=True)  # noqa: T201
