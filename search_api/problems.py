"""Every error as problem+json (RFC 9457): one table from code to status, one body everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

from discovery.errors import InvalidInput, NicheScoutError, Problem
from search_api.payloads import ProblemEntry, ProblemResponse

API_PATHS = ("/v1/", "/livez", "/readyz")


class UnsupportedMediaType(NicheScoutError):
    """The body is declared to be something else than JSON."""

    code = "unsupported_media_type"


class UntrustedHost(NicheScoutError):
    """The Host header names a machine that this server does not answer for."""

    code = "untrusted_host"


class Draining(NicheScoutError):
    """The server is about to stop and takes no new work."""

    code = "draining"


@dataclass(frozen=True, slots=True)
class Kind:
    """How one code is answered."""

    status: int
    title: str


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "error": Kind(500, "Something went wrong"),
        "bad_request": Kind(400, "The request cannot be read"),
        "malformed_json": Kind(400, "The body is not usable JSON"),
        "invalid_input": Kind(400, "The request has problems"),
        "invalid_cursor": Kind(400, "The cursor does not belong to this request"),
        "access_denied": Kind(401, "A valid API key is needed"),
        "not_found": Kind(404, "There is nothing at this address"),
        "creator_not_found": Kind(404, "No such creator"),
        "method_not_allowed": Kind(405, "The address does not take this method"),
        "stale_cursor": Kind(410, "The index has moved on"),
        "payload_too_large": Kind(413, "The body is too large"),
        "uri_too_long": Kind(414, "The address is too long"),
        "unsupported_media_type": Kind(415, "The body must be JSON"),
        "untrusted_host": Kind(421, "The server does not answer for this host"),
        "too_many_requests": Kind(429, "Too many requests"),
        "headers_too_large": Kind(431, "The headers are too large"),
        "internal_error": Kind(500, "Something went wrong in the server"),
        "draining": Kind(503, "The server is stopping"),
        "encoder_mismatch": Kind(503, "The index was built by another encoder"),
        "encoder_unavailable": Kind(503, "The encoder cannot be loaded"),
        "index_missing": Kind(503, "Nothing is indexed yet"),
        "index_busy": Kind(503, "The index is being built"),
        "index_damaged": Kind(503, "The index is damaged"),
        "store_damaged": Kind(503, "The record is damaged"),
        "engine_unavailable": Kind(503, "The search cluster cannot be reached"),
        "engine_refused": Kind(503, "The search cluster refuses"),
        "crawl_busy": Kind(503, "A crawl is running"),
    }
)
"""Every code with its status and title. The codes of the domain are all here (a test holds them together)."""

_BY_STATUS = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "payload_too_large",
    414: "uri_too_long",
    415: "unsupported_media_type",
    429: "too_many_requests",
    431: "headers_too_large",
}


def install_error_handlers(app: Flask) -> None:
    """Answer every error of an application by the table."""

    def deliberate(error: NicheScoutError) -> Response:
        problems = error.problems if isinstance(error, InvalidInput) else ()
        return answer(error.code, _detail(error), problems)

    def of_http(error: HTTPException) -> WerkzeugResponse:
        status = error.code or 500
        if status < 400:
            return error.get_response(request.environ)
        code = _BY_STATUS.get(status, "bad_request" if status < 500 else "internal_error")
        response = answer(code, _http_detail(code, error))
        if status == 405:
            response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
        return response

    def unforeseen(error: Exception) -> Response:
        app.logger.error("request %s failed", request_id(), exc_info=error)
        return answer("internal_error", "The failure is in the server's log under the request id.")

    app.register_error_handler(NicheScoutError, deliberate)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, unforeseen)


def problem_body(code: str, detail: str, problems: Sequence[Problem], id_: str) -> ProblemResponse:
    """Lay out an error; a code that the table lacks is told as an unforeseen failure."""
    kind = KINDS.get(code, KINDS["error"])
    return ProblemResponse(
        type=f"urn:nichescout:problem:{code}",
        title=kind.title,
        status=kind.status,
        code=code,
        detail=detail,
        problems=tuple(map(_entry, problems)),
        request_id=id_,
    )


def answer(code: str, detail: str, problems: Sequence[Problem] = ()) -> Response:
    """Build the answer to an error: JSON for programs, a page for a person's browser outside the API."""
    body = problem_body(code, detail, problems, request_id())
    if _wants_page():
        response = Response(render_template("problem.html", problem=body), mimetype="text/html")
    else:
        response = Response(body.to_json(), mimetype="application/problem+json")
    response.status_code = body.status
    if body.status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="nichescout"'
    if body.status == 503:
        response.headers["Retry-After"] = "5"
    return response


def request_id() -> str:
    """Return the id of the current request."""
    return str(g.get("request_id", ""))


def _wants_page() -> bool:
    if request.path.startswith(API_PATHS) or request.path == "/v1":
        return False
    best = request.accept_mimetypes.best_match(["application/problem+json", "text/html"])
    return best == "text/html" and request.accept_mimetypes["text/html"] > 0


def _entry(problem: Problem) -> ProblemEntry:
    value = problem.value
    shown = value if isinstance(value, bool | int | float | str) else None
    return ProblemEntry(field=problem.field, message=problem.message, value=_finite(shown))


def _finite(value: bool | int | float | str | None) -> bool | int | float | str | None:
    return str(value) if isinstance(value, float) and value - value != 0 else value


def _detail(error: NicheScoutError) -> str:
    if not isinstance(error, InvalidInput):
        return str(error)
    count = len(error.problems)
    return str(error) if count == 1 else f"There are {count} problems; `problems` lists them all."


def _http_detail(code: str, error: HTTPException) -> str:
    match code:
        case "not_found":
            return "Nothing is served at this address; GET /v1/openapi.json lists what is."
        case "payload_too_large":
            return "A body may have 64 KiB at most."
        case "method_not_allowed":
            allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
            return f"This address takes {allowed or 'other methods'}."
        case "internal_error":
            return "The failure is in the server's log under the request id."
        case _:
            return error.description or error.name
