"""The JSON API: requests in, one call of the matcher, payloads out."""

from dataclasses import dataclass, replace
from typing import TypeVar

from flask import Blueprint, Flask, Response, request
from pydantic import BaseModel
from werkzeug.routing import BaseConverter

from discovery.asking import weights_for
from discovery.brief import Brief
from discovery.creator import creator_id
from discovery.errors import CreatorNotFound, InvalidInput
from discovery.match import Ranking
from discovery.matching import Matcher
from search_api import rendering
from search_api.cursors import Cursor, CursorSigner, next_cursor
from search_api.exporting import MIMETYPES, export_rows
from search_api.json_body import parse_object
from search_api.openapi import openapi_json
from search_api.payload import Payload
from search_api.payloads import Health, StatusResponse
from search_api.problems import Draining, UnsupportedMediaType
from search_api.readiness import Readiness
from search_api.schema import ExportRequest, SearchRequest, SimilarRequest
from search_api.validation import validate
from search_api.version import VERSION

Model = TypeVar("Model", bound=BaseModel)


class CreatorIdConverter(BaseConverter):
    """The rest of an address as a creator's id: any characters, slashes and line breaks included."""

    regex = r"[\s\S]+"
    part_isolating = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """The views. Each reads its request, asks the matcher once, and renders the answer."""

    matcher: Matcher
    cursors: CursorSigner
    readiness: Readiness

    def search(self) -> Response:
        """POST /v1/search."""
        return self._page(_read(SearchRequest))

    def similar(self) -> Response:
        """POST /v1/similar."""
        return self._page(_read(SimilarRequest))

    def export(self) -> Response:
        """POST /v1/export. The search is finished before the first byte, so errors are proper answers."""
        asked = _read(ExportRequest)
        ranking = self.matcher.search(self._resolved(asked.to_brief()))
        response = Response(export_rows(ranking, asked.format), mimetype=MIMETYPES[asked.format])
        name = f"nichescout-{ranking.generation}.{asked.format}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["X-NicheScout-Generation"] = ranking.generation
        return response

    def creator(self, wanted: str) -> Response:
        """GET /v1/creators/<id>."""
        try:
            id_ = creator_id(wanted)
        except InvalidInput as error:
            raise CreatorNotFound(str(error)) from None
        found = self.matcher.creator(id_)
        return _json(rendering.creator_response(found, self.matcher.profiles(found)))

    def status(self) -> Response:
        """GET /v1/status."""
        info = self.matcher.engine().info
        return _json(
            StatusResponse(
                product="NicheScout",
                version=VERSION,
                encoder=self.matcher.encoder.id,
                analyser=self.matcher.analyser.id,
                generation=rendering.generation(info),
            )
        )

    def filters(self) -> Response:
        """GET /v1/filters."""
        engine = self.matcher.engine()
        return _json(rendering.filters_response(engine.info.id, engine.vocabulary("category")))

    def openapi(self) -> Response:
        """GET /v1/openapi.json."""
        return Response(openapi_json(), mimetype="application/json")

    def alive(self) -> Response:
        """GET /livez: the process answers."""
        return _json(Health(status="alive"))

    def ready(self) -> Response:
        """GET /readyz: a search could be answered now, and the server is not about to stop."""
        if self.readiness.draining:
            raise Draining("the server is stopping; ask another one")
        self.matcher.engine().check()
        return _json(Health(status="ready"))

    def _page(self, asked: SearchRequest | SimilarRequest) -> Response:
        brief, cursor = self._brief(asked)
        ranking = self.matcher.search(brief)
        if cursor:
            cursor.check_generation(ranking.generation)
        following = next_cursor(brief, ranking.generation, ranking.ranked)
        payload = rendering.search_response(ranking, self.cursors.write(following) if following else None)
        response = _json(payload)
        response.headers["Server-Timing"] = _timing(ranking)
        return response

    def _brief(self, asked: SearchRequest | SimilarRequest) -> tuple[Brief, Cursor | None]:
        brief = self._resolved(asked.to_brief())
        if asked.cursor is None:
            return brief, None
        cursor = self.cursors.read(asked.cursor, brief)
        return brief.page(offset=cursor.offset, limit=brief.limit), cursor

    def _resolved(self, brief: Brief) -> Brief:
        """Say what a request leaves open: how its text is read, and every weight.

        From here on it is the same request as one that repeats what the answer says of them.
        """
        understood = brief.understood
        if understood is None and brief.query.strip():
            understood = self.matcher.read(brief.query)
        weights = weights_for(brief, understood.language if understood else None, self.matcher.encoder)
        return replace(brief, understood=understood, weights=weights)


def api_blueprint(api: Api) -> Blueprint:
    """Return the API's addresses. Needs the converter of `prepare_addresses`."""
    blueprint = Blueprint("api", __name__)
    for method, address, view in (
        ("POST", "/v1/search", api.search),
        ("POST", "/v1/similar", api.similar),
        ("POST", "/v1/export", api.export),
        ("GET", "/v1/creators/<creator_id:wanted>", api.creator),
        ("GET", "/v1/status", api.status),
        ("GET", "/v1/filters", api.filters),
        ("GET", "/v1/openapi.json", api.openapi),
        ("GET", "/livez", api.alive),
        ("GET", "/readyz", api.ready),
    ):
        blueprint.add_url_rule(
            address, view.__name__, view, methods=[method], provide_automatic_options=False
        )
    return blueprint


def prepare_addresses(app: Flask) -> None:
    """Let addresses carry ids with any characters: `<creator_id:…>` for routes, and no slashes merged."""
    app.url_map.converters["creator_id"] = CreatorIdConverter
    app.url_map.merge_slashes = False


def _read(model: type[Model]) -> Model:
    kind = request.mimetype
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        shown = kind or "none"
        raise UnsupportedMediaType(
            f"the content type is {shown}; send JSON with `Content-Type: application/json`"
        )
    return validate(model, parse_object(request.get_data(cache=False)))


def _json(payload: Payload) -> Response:
    return Response(payload.to_json(), mimetype="application/json")


def _timing(ranking: Ranking) -> str:
    """Say in a header how long the parts took, in milliseconds; the body stays the same every time."""
    return ", ".join(f"{name};dur={seconds * 1000:.2f}" for name, seconds in ranking.timings.items())
