"""A served world of invented creators: the exact engine behind the real application."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from discovery.creator import Creator, CreatorId
from discovery.errors import NicheScoutError
from discovery.matching import Matcher, Reader, as_it_is
from discovery.people import Profiles
from discovery.ports import SearchEngine
from embeddings.hashing_encoder import HashingEncoder
from indexer.analysis import StandardAnalyser
from search_api.app import Settings, create_app
from search_api.keys import KeyRing
from search_api.readiness import Readiness
from tests.fictional import corpus
from tests.oracle import OracleEngine

SECRET = b"an invented secret for tests....."[:32]
NOW = "2026-03-01T12:00:00Z"


@dataclass
class World:
    """An application over an engine that a test may swap, break or drain, and the keys it looks at.

    Texts are searched for as they are, unless a test brings a reader.
    """

    folder: Path
    engine: SearchEngine
    public: bool = False
    trusted_hosts: tuple[str, ...] = ("localhost",)
    left_out: set[CreatorId] = field(default_factory=set)
    failure: Exception | None = None
    read: Reader = as_it_is

    def __post_init__(self) -> None:
        self.keys = KeyRing(self.folder / "keys.json")
        self.readiness = Readiness()
        self.matcher = Matcher(
            engine=self.current,
            encoder=encoder(),
            analyser=StandardAnalyser(),
            suppressed=self._suppressed,
            read=self.read,
        )
        settings = Settings(public=self.public, trusted_hosts=self.trusted_hosts)
        self.app: Flask = create_app(
            matcher=self.matcher,
            keys=self.keys,
            secret=SECRET,
            settings=settings,
            readiness=self.readiness,
        )
        self.client: FlaskClient = self.app.test_client()

    def current(self) -> SearchEngine:
        """Hand out the engine, or fail as the test asked."""
        if self.failure is not None:
            raise self.failure
        return self.engine

    def _suppressed(self, creator: Creator) -> bool:
        return creator.id in self.left_out

    def post(self, address: str, body: object, **options: Any) -> TestResponse:
        """Post a body as JSON; bytes go as they are."""
        data = body if isinstance(body, bytes) else orjson.dumps(body)
        return self.client.post(address, data=data, **({"content_type": "application/json"} | options))

    def token(self, name: str = "invented") -> str:
        """Make a key and return its token."""
        return self.keys.create(name, now=NOW)[1]


def encoder() -> HashingEncoder:
    """The encoder of the world."""
    return HashingEncoder()


def engine(
    generation: str = "oracle-1",
    creators: list[Creator] | None = None,
    people: Sequence[Profiles] = (),
) -> OracleEngine:
    """Build the exact engine over the invented corpus."""
    chosen = corpus() if creators is None else creators
    return OracleEngine(chosen, encoder(), StandardAnalyser(), generation, people=people)


def problem(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """Assert that an answer is the one shape of errors, and return its body."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == "application/problem+json"
    body: dict[str, Any] = orjson.loads(response.data)
    assert list(body) == ["type", "title", "status", "code", "detail", "problems", "request_id"]
    assert (body["status"], body["code"]) == (status, code)
    assert body["type"] == f"urn:nichescout:problem:{code}"
    assert body["request_id"] == response.headers["X-Request-Id"]
    assert "Traceback" not in response.get_data(as_text=True)
    return body


Build = Callable[..., World]
Failure = NicheScoutError
