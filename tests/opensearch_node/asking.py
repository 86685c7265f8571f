"""Ask a server over HTTP, with nothing but the standard library: the client under test is another."""

import json
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

SECONDS = 60.0


class Refused(Exception):
    """The server answered, but not with success."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status, and the body: read as JSON where it is JSON, else as text."""

    status: int
    body: Any

    def demand(self) -> Any:
        """Return the body of a success; raise Refused for anything else."""
        if self.status >= 300:
            raise Refused(f"{self.status}: {self.body}")
        return self.body


def ask(
    address: str,
    *,
    method: str = "GET",
    body: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    headers: Mapping[str, str] | None = None,
    context: ssl.SSLContext | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """Send a request: a mapping as JSON, several as lines of JSON. OSError without a whole answer in time."""
    request = Request(address, method=method, data=_encode(body), headers=dict(headers or {}))
    request.add_header("Content-Type", "application/json")
    opener = build_opener(ProxyHandler({}), HTTPSHandler(context=context))
    try:
        with opener.open(request, timeout=seconds) as response:
            return Answer(status=response.status, body=_decode(response.read()))
    except HTTPError as refusal:
        with refusal:
            return Answer(status=refusal.code, body=_decode(refusal.read()))
    except HTTPException as problem:  # killed in the middle of its answer
        raise ConnectionError(f"half an answer: {problem}") from problem


def _encode(body: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None) -> bytes | None:
    if body is None:
        return None
    if isinstance(body, Mapping):
        return json.dumps(body).encode()
    return "".join(json.dumps(line) + "\n" for line in body).encode()


def _decode(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body.decode(errors="replace")
