"""One request to one node, by opensearch-py: sent once, bounded in time, silent about what it carries.

opensearch-py takes a third of a second to load: this module is imported when a cluster is reached.
"""

import logging
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

import orjson
import urllib3
from opensearchpy import OpenSearch, TransportError, Urllib3HttpConnection
from opensearchpy.exceptions import ConnectionError as LostConnection
from opensearchpy.exceptions import SerializationError, SSLError
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError

from indexer.opensearch.access import Address, Credentials
from indexer.opensearch.failures import Failure, Stage, read_error, shorten

CONNECT_SECONDS = 5.0
SLOWEST_UPLOAD = 1_000_000
"""Bytes a second: what a body of that size may add to the time for connecting, which bounds sending too."""

_LOG = logging.getLogger(__name__)
_CHUNK = 65_536
_DROPPED = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)
"""A connection that broke off: nothing is said about certificates."""


class Node:
    """One address of a cluster. Any number of threads may send at once; `pool` connections are kept open."""

    def __init__(
        self, address: Address, credentials: Credentials, *, pool: int, tls: ssl.SSLContext | None
    ) -> None:
        self.address = address
        self._credentials = credentials
        host = {"host": address.host, "port": address.port, "url_prefix": address.prefix}
        header = credentials.authorization
        self._client = OpenSearch(
            hosts=[{**host, "use_ssl": address.secure}],
            connection_class=_QuietConnection,
            headers={"authorization": header} if header else {},
            ssl_context=tls if address.secure else None,
            pool_maxsize=pool,
            max_retries=0,
            serializer=_Json(),
        )

    def send(
        self, method: str, path: str, body: bytes | None, params: Mapping[str, str], kind: str, seconds: float
    ) -> Any:
        """Send once and return the answer, parsed; `None` when it has no body. `kind` is the body's type.

        Raises:
            Failure: anything else than an answer of 2xx within `seconds`.
        """
        sending = CONNECT_SECONDS + len(body or b"") / SLOWEST_UPLOAD
        timeout: Any = urllib3.Timeout(total=seconds, connect=min(seconds, sending))
        try:
            answer = self._client.transport.perform_request(
                method, path, params=dict(params), body=body, timeout=timeout, headers={"content-type": kind}
            )
        except LostConnection as error:
            raise self._lost(error) from None
        except TransportError as error:
            raise self._answered(error) from None
        except (SerializationError, orjson.JSONDecodeError):
            # Something else answers here: a proxy's page, another program.
            raise self._failure(Stage.ANSWERED, 502, "the answer is not JSON; is it a node?") from None
        if method == "HEAD":
            if answer is False:
                raise self._failure(Stage.ANSWERED, 404, "not found")
            return None
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _lost(self, error: LostConnection) -> Failure:
        causes = list(_causes(error.info))
        reason = next(filter(None, map(_words, reversed(causes))), type(error.info).__name__)
        if isinstance(error, SSLError) and not any(isinstance(cause, _DROPPED) for cause in causes):
            return self._failure(Stage.TLS, None, reason)
        unsent = any(isinstance(cause, NewConnectionError | ConnectTimeoutError) for cause in causes)
        return self._failure(Stage.REACHING if unsent else Stage.WAITING, None, reason)

    def _answered(self, error: TransportError) -> Failure:
        status = int(error.status_code)
        kind, reason = read_error(status, error.info)
        return self._failure(Stage.ANSWERED, status, reason, kind)

    def _failure(self, stage: Stage, status: int | None, reason: str, kind: str = "") -> Failure:
        hidden = shorten(self._credentials.redacted(reason))
        return Failure(address=str(self.address), stage=stage, status=status, type=kind, reason=hidden)


class _Json:
    """Answers are read by orjson; bodies are bytes already."""

    mimetype = "application/json"

    @staticmethod
    def loads(text: str) -> Any:
        return orjson.loads(text)

    @staticmethod
    def dumps(body: bytes) -> bytes:
        return body


class _QuietConnection(Urllib3HttpConnection):
    """The library's own connection; it logs neither bodies nor headers and keeps to the time as a whole."""

    def _create_urllib3_pool(self) -> None:
        super()._create_urllib3_pool()
        self.pool: Any = _BoundedPool(self.pool)

    def log_request_success(self, method: str, full_url: str, *_: Any) -> None:
        _LOG.debug("%s %s answered", method, full_url)

    def log_request_fail(
        self,
        method: str,
        full_url: str,
        path: str,
        body: Any,
        duration: float,
        status_code: int | None = None,
        *_: Any,
        **__: Any,
    ) -> None:
        _LOG.debug("%s %s failed after %.3f s, status %s", method, full_url, duration, status_code)

    def _raise_warnings(self, warning_headers: Any) -> None:
        for warning in warning_headers or ():
            _LOG.info("the cluster warns: %s", shorten(warning))

    def _raise_error(self, status_code: int, raw_data: str | bytes, content_type: str | None = None) -> None:
        """Keep the body when it is JSON; the library's own way logs it when it is not, and fails on lists."""
        try:
            body = orjson.loads(raw_data)
        except orjson.JSONDecodeError:
            body = None
        raise TransportError(status_code, "", body)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Any
    data: bytes


class _BoundedPool:
    """A pool of urllib3 that ends a slow answer in time: its own time-outs begin anew with every piece."""

    def __init__(self, pool: urllib3.HTTPConnectionPool) -> None:
        self._pool = pool

    def urlopen(self, method: str, url: str, body: bytes | None, *, timeout: Any, **rest: Any) -> _Answer:
        ends = monotonic() + timeout.total
        response = self._pool.urlopen(method, url, body, timeout=timeout, preload_content=False, **rest)
        chunks: list[bytes] = []
        try:
            while chunk := response.read1(_CHUNK):
                chunks.append(chunk)
                if monotonic() > ends:
                    raise ReadTimeoutError(self._pool, url, "the answer came too slowly")
        except HTTPError:
            response.close()
            raise
        response.release_conn()
        return _Answer(response.status, response.headers, b"".join(chunks))

    def close(self) -> None:
        self._pool.close()


def _causes(error: object) -> Iterator[BaseException]:
    """Yield an error and what lies behind it, the outermost first."""
    while isinstance(error, BaseException):
        yield error
        inner = [arg for arg in error.args if isinstance(arg, BaseException)]
        error = inner[0] if inner else error.__cause__


def _words(error: BaseException) -> str:
    """Say in a few words what went wrong, or nothing when this error only wraps another."""
    match error:
        case ssl.SSLCertVerificationError():
            return error.verify_message
        case ssl.SSLError():
            return str(error.reason or "").replace("_", " ").lower()
        case ReadTimeoutError() | ConnectTimeoutError() | TimeoutError():
            return "timed out"
        case OSError():
            return str(error.strerror or error)
        case _:
            return ""
