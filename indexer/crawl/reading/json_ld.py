"""The graph that the JSON-LD of a page makes: nodes, references followed. Pure, bounded, never raises."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from indexer.crawl.reading.json_repair import read_json

Node = Mapping[str, Any]

MAX_NODES = 5_000
MAX_SCRIPT = 2_000_000
"""Characters of one script; a longer one is not read."""
MAX_ENTRIES = 1_000
"""How many entries of a list are looked at."""

_PREFIX = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|img)\b[^<>]{0,2000}>", re.IGNORECASE
)
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")


class Graph:
    """All nodes of a page, in the order in which they stand there; `problems` are scripts not read."""

    def __init__(self, scripts: Iterable[str]) -> None:
        self.nodes: list[Node] = []
        self.top: list[Node] = []
        self.problems: list[str] = []
        self._by_id: dict[str, Node] = {}
        for script in scripts:
            self._add(script)

    def resolve(self, value: Any) -> Node | None:
        """Return the node that a value is or refers to by `@id`, or `None`."""
        if isinstance(value, str):
            return self._by_id.get(value)
        if not isinstance(value, dict):
            return None
        identity = value.get("@id")
        if isinstance(identity, str) and len(value) <= 2:  # {"@id": …}, perhaps with its type
            return self._by_id.get(identity, value)
        return value

    def nodes_at(self, node: Node, *names: str) -> Iterator[Node]:
        """Yield the nodes that stand under some properties, references followed."""
        for name in names:
            for value in entries(node.get(name)):
                found = self.resolve(value)
                if found is not None:
                    yield found

    def _add(self, script: str) -> None:
        if len(script) > MAX_SCRIPT:
            self.problems.append(f"JSON-LD of {len(script)} characters is not read")
            return
        if not script.strip():
            return
        try:
            data = read_json(script)
        except ValueError as error:
            self.problems.append(f"JSON-LD that is not JSON: {error}"[:200])
            return
        for entry in entries(data):
            if isinstance(entry, dict):
                inner = [one for one in entries(entry.get("@graph")) if isinstance(one, dict)]
                self.top += inner or [entry]
        self._walk(data)

    def _walk(self, data: Any) -> None:
        waiting = [data]
        while waiting and len(self.nodes) < MAX_NODES:
            value = waiting.pop()
            if isinstance(value, list):
                waiting += reversed(value[:MAX_ENTRIES])
            elif isinstance(value, dict):
                if "@type" in value:
                    self.nodes.append(value)
                    identity = value.get("@id")
                    # Of several with one id the one that says most is meant; others refer to it.
                    if isinstance(identity, str) and len(self._by_id.get(identity, ())) < len(value):
                        self._by_id[identity] = value
                waiting += reversed([one for one in value.values() if isinstance(one, dict | list)])


def entries(value: Any) -> Sequence[Any]:
    """Return a value as a list: its entries, itself alone, or nothing."""
    if value is None:
        return ()
    return value[:MAX_ENTRIES] if isinstance(value, list) else (value,)


def types_of(node: Node) -> frozenset[str]:
    """Return the names of a node's types without the vocabulary's address."""
    return frozenset(
        without_vocabulary(one) for one in entries(node.get("@type"))[:20] if isinstance(one, str)
    )


def without_vocabulary(name: str) -> str:
    """Return the name of a type without `https://schema.org/` or the like."""
    return _PREFIX.sub("", name, count=1)


def texts(node: Node, *names: str) -> list[str]:
    """Return the texts under some properties, as people are to read them."""
    found = []
    for name in names:
        for value in entries(node.get(name)):
            said = value.get("@value") if isinstance(value, dict) else value
            if isinstance(said, str) and (clean := clean_text(said)):
                found.append(clean)
    return found


def text(node: Node, *names: str) -> str | None:
    """Return the first text under some properties, or `None`."""
    return next(iter(texts(node, *names)), None)


def clean_text(said: str) -> str:
    """Take markup and escapes out of a text that was put into JSON as HTML."""
    if "<" in said:
        said = _MARKUP.sub(" ", said)
    if "&" in said and _ENTITY.search(said):
        said = html.unescape(said)
    return _SPACES.sub(" ", said).strip()
