"""What can go wrong with one request, and how each is told to a person."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from discovery.errors import EngineRefused, EngineUnavailable, NicheScoutError
from indexer.opensearch.access import CA, CERT, Credentials

BLOCKS = {"cluster_block_exception", "index_create_block_exception"}
_LONGEST = 400
_PASSING = {429, 502, 503, 504}


class NotFound(Exception):
    """The cluster knows no such index, document or address (404)."""


class BadRequest(Exception):
    """The cluster did not understand or cannot do what was asked: any other 4xx, a mistake of the caller."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        self.status = status
        self.type = kind
        self.reason = reason
        super().__init__(f"{status} {kind}: {reason}")


class Stage(Enum):
    """How far a request came."""

    REACHING = "nothing was sent"
    WAITING = "it was sent at least in part, and may have been carried out"
    TLS = "the node's certificate or ours was not accepted"
    ANSWERED = "there is an answer with a status"


@dataclass(kw_only=True, eq=False)
class Failure(Exception):
    """One request to one node that failed. `status` is that of the answer, if there is one.

    `reason` comes from the other side or the network, on one line and without our secrets.
    """

    address: str
    stage: Stage
    status: int | None = None
    type: str = ""
    reason: str = ""

    def __str__(self) -> str:
        """Render for a log."""
        return f"{self.address}: {self.status or self.stage.name} {self.type} {self.reason}"

    @property
    def worded(self) -> bool:
        """Whether the answer is one of OpenSearch, and not of a proxy or another program."""
        return bool(self.type) or self.reason != _wordless(self.status)

    @property
    def blocked(self) -> bool:
        """Whether the cluster or an index takes no writes now."""
        return is_write_block(self.status, self.type)

    @property
    def passing(self) -> bool:
        """Whether the same request can succeed later, or at another node."""
        if self.stage is Stage.ANSWERED:
            return self.status in _PASSING
        return self.stage is not Stage.TLS

    @property
    def of_node(self) -> bool:
        """Whether the node itself seems to be at fault, so that others should be asked first."""
        return self.passing and self.status != 429

    def safe_to_repeat(self, idempotent: bool) -> bool:
        """Whether the request can be sent again without harm."""
        nothing_done = self.stage is Stage.REACHING or self.status == 429
        return self.passing and (idempotent or nothing_done)


def is_write_block(status: int | None, kind: str) -> bool:
    """Whether an error tells of a block of writes; 503 tells of a cluster that is not up yet."""
    return kind in BLOCKS and status != 503


def read_error(status: int, body: object) -> tuple[str, str]:
    """Return type and reason of an error's body; pages of proxies have neither, and are not repeated."""
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str):
        return "", shorten(error)
    return describe(error) if isinstance(error, dict) else ("", _wordless(status))


def describe(error: dict[str, Any]) -> tuple[str, str]:
    """Return type and reason of an error object, with the innermost cause, which names the field."""
    kind, reason = str(error.get("type", "")), str(error.get("reason", ""))
    cause = error
    while isinstance(cause.get("caused_by"), dict):
        cause = cause["caused_by"]
    if cause is not error and str(cause.get("reason", "")) not in reason:
        reason = f"{reason}: {cause['reason']}"
    return kind, shorten(reason)


def shorten(text: str) -> str:
    """Return the beginning of a text of the other side, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def told(
    failure: Failure, credentials: Credentials, seconds: float
) -> NicheScoutError | NotFound | BadRequest:
    """Turn a failure into what a caller handles; `seconds` is how long it was tried."""
    where, reason = f"the cluster at {failure.address}", failure.reason
    after = f"after {seconds:.1f} s of trying"
    match failure.stage:
        case Stage.ANSWERED:
            return _answer_told(failure, credentials, after)
        case Stage.TLS:
            what = f"{where} and this machine do not trust each other: {reason}"
            return EngineRefused(f"{what}; check the address and its host name, that it speaks TLS, and {CA}")
        case Stage.REACHING | Stage.WAITING:
            verb = "cannot be reached" if failure.stage is Stage.REACHING else "did not answer"
            return EngineUnavailable(f"{where} {verb} ({reason}) {after}; check that it runs, then try again")


def _answer_told(
    failure: Failure, credentials: Credentials, after: str
) -> NicheScoutError | NotFound | BadRequest:
    where, reason = f"the cluster at {failure.address}", failure.reason
    if refusal := _refusal(failure, credentials):
        return EngineRefused(f"{where} {refusal}")
    match failure.status:
        case 404:
            return NotFound(reason)
        case 429:
            return EngineUnavailable(f"{where} is too busy ({reason}) {after}; try again later")
        case int(status) if 400 <= status < 500 and status != 408:
            return BadRequest(status, failure.type, reason)
        case status:
            return EngineUnavailable(
                f"{where} answers {status} ({reason}) {after}; look at its health and logs"
            )


def unblock(reason: str) -> str:
    """Say how a block ends."""
    if "flood" in reason or "read-only-allow-delete" in reason or "read only / allow delete" in reason:
        return "free some disk space on its nodes: the block then goes by itself within a minute or two"
    return (
        "if the disk is full, free some space and the block goes by itself; if somebody set it, remove it "
        "(index.blocks.write, index.blocks.read_only or cluster.blocks.read_only)"
    )


def _refusal(failure: Failure, credentials: Credentials) -> str:
    """Say what is refused and the way out, if that is what the answer means."""
    if failure.blocked:
        return f"takes no writes: {failure.reason}; {unblock(failure.reason)}"
    match failure.status:
        case 400 if not failure.worded:
            hint = f"if it is a proxy, check https, and whether it asks for a certificate ({CERT})"
            return f"refuses the request without a word of OpenSearch; {hint}"
        case 401 if credentials.anonymous:
            return f"asks for credentials; set {credentials.variables}"
        case 401:
            return f"does not accept the credentials; check {credentials.variables}"
        case 403:
            way_out = f"give the user of {credentials.variables} the right to it"
            return f"does not allow this ({failure.reason}); {way_out}"
        case _:
            return ""


def _wordless(status: int | None) -> str:
    return f"HTTP {status}"
