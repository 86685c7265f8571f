"""A process that fetches what it is told, and says what came of it and what it cost: for the tests.

Reads `{"ports": […], "rounds": [[address, …], …], "limits": {…}}`; what is in one round is fetched at once.
"""

import asyncio
import json
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.crawl.fetching.fetcher import Fetcher
from tests.hostile.asking import QUICK, fetcher, request

SETTLED_WITHIN = 5.0


async def _timed(using: Fetcher, url: str) -> tuple[str, float]:
    began = time.monotonic()
    end = await using.fetch(request(url))
    return end.outcome.name, time.monotonic() - began


async def _all(orders: dict[str, Any]) -> dict[str, object]:
    using = fetcher(*orders["ports"], limits=replace(QUICK, **orders["limits"]))
    before = _open_files()
    ends = []
    for addresses in orders["rounds"]:
        ends.append(await asyncio.gather(*(_timed(using, url) for url in addresses)))
    await _settled(before)
    return {
        "ends": ends,
        "files": _open_files() - before,
        "tasks": len(asyncio.all_tasks()) - 1,
        "threads": threading.active_count() - 1,
        "peak_mib": _peak_mib(),
    }


async def _settled(before: int) -> None:
    """Wait until connections that were given up are closed; those that were forgotten never are."""
    until = time.monotonic() + SETTLED_WITHIN
    while _open_files() > before and time.monotonic() < until:
        await asyncio.sleep(0.01)


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _peak_mib() -> float:
    """Return the most memory of this process; the figure of `resource` would count the parent's as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_all(json.load(sys.stdin)))))
