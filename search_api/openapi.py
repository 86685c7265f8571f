"""The OpenAPI 3.1 document, generated from the request and answer models."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from search_api import payloads, schema
from search_api.problems import KINDS
from search_api.version import VERSION

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One address with one method: what goes in, what comes out, and which errors it may give."""

    method: str
    path: str
    name: str
    summary: str
    tells: type[BaseModel] | None
    asks: type[BaseModel] | None = None
    errors: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


_BODY_ERRORS = ("invalid_input", "malformed_json", "payload_too_large", "unsupported_media_type")
_INDEX_ERRORS = ("index_missing", "index_damaged", "encoder_mismatch")
_PAGE_ERRORS = ("invalid_cursor", "stale_cursor", *_BODY_ERRORS, *_INDEX_ERRORS)

OPERATIONS = (
    Operation(
        method="post",
        path="/v1/search",
        name="search",
        summary="Find creators for a brief in plain words, with reasons and verdicts.",
        asks=schema.SearchRequest,
        tells=payloads.SearchResponse,
        errors=_PAGE_ERRORS,
    ),
    Operation(
        method="post",
        path="/v1/similar",
        name="similar",
        summary="Find creators who are like the given ones.",
        asks=schema.SimilarRequest,
        tells=payloads.SearchResponse,
        errors=_PAGE_ERRORS,
    ),
    Operation(
        method="post",
        path="/v1/export",
        name="export",
        summary="Download the best creators of a search as one file; NDJSON lines are shaped as MatchRow.",
        asks=schema.ExportRequest,
        tells=None,
        files=("text/csv", "application/x-ndjson"),
        errors=(*_BODY_ERRORS, *_INDEX_ERRORS),
    ),
    Operation(
        method="get",
        path="/v1/creators/{id}",
        name="creator",
        summary="All that is known of one creator.",
        tells=payloads.CreatorResponse,
        errors=("creator_not_found", *_INDEX_ERRORS),
    ),
    Operation(
        method="get",
        path="/v1/status",
        name="status",
        summary="What is served, and by what.",
        tells=payloads.StatusResponse,
        errors=_INDEX_ERRORS,
    ),
    Operation(
        method="get",
        path="/v1/filters",
        name="filters",
        summary="The dictionary of filters and their values.",
        tells=payloads.FiltersResponse,
        errors=_INDEX_ERRORS,
    ),
    Operation(
        method="get",
        path="/v1/openapi.json",
        name="openapi",
        summary="This document.",
        tells=None,
        files=("application/json",),
    ),
    Operation(
        method="get",
        path="/livez",
        name="alive",
        summary="The process answers.",
        tells=payloads.Health,
    ),
    Operation(
        method="get",
        path="/readyz",
        name="ready",
        summary="A generation is served, and the server is not about to stop.",
        tells=payloads.Health,
        errors=("draining", *_INDEX_ERRORS),
    ),
)


@cache
def openapi_json() -> bytes:
    """Return the document as JSON, the same bytes for the same version."""
    return orjson.dumps(document(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def document() -> Document:
    """Build the document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "NicheScout",
            "version": VERSION,
            "description": "Find the creators whose audience already cares about a product. Rates are "
            "fractions, places ISO 3166-1 alpha-2, languages ISO 639-1; offsets into texts count Unicode "
            "code points.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{}, {"bearer": []}, {"header": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "`Authorization: Bearer ns_…`"},
                "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            },
            "schemas": _schemas(),
        },
    }


def _paths() -> Document:
    paths: Document = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    return paths


def _operation(operation: Operation) -> Document:
    entry: Document = {"operationId": operation.name, "summary": operation.summary}
    if "{id}" in operation.path:
        entry["parameters"] = [
            {
                "name": "id",
                "in": "path",
                "required": True,
                "description": "The creator's id, percent-encoded (a slash is %2F).",
                "schema": {"type": "string", "minLength": 1},
            }
        ]
    if operation.asks:
        entry["requestBody"] = {"required": True, "content": _content("application/json", operation.asks)}
    entry["responses"] = {"200": _success(operation), **_failures(operation)}
    return entry


def _success(operation: Operation) -> Document:
    if operation.tells:
        return {"description": "Done.", "content": _content("application/json", operation.tells)}
    kinds: Document = {mimetype: {"schema": {"type": "string"}} for mimetype in operation.files}
    if "application/json" in kinds:
        kinds["application/json"] = {"schema": {"type": "object"}}
    return {"description": "Done.", "content": kinds}


def _failures(operation: Operation) -> Mapping[str, Document]:
    needs_key = operation.path.startswith("/v1/")
    codes = (
        *operation.errors,
        *(("access_denied",) if needs_key else ()),
        "untrusted_host",
        "internal_error",
    )
    by_status: dict[str, list[str]] = {}
    for code in codes:
        by_status.setdefault(str(KINDS[code].status), []).append(code)
    content = _content("application/problem+json", payloads.ProblemResponse)
    return {
        status: {"description": f"`code` is {' or '.join(sorted(found))}.", "content": content}
        for status, found in sorted(by_status.items())
    }


def _content(mimetype: str, model: type[BaseModel]) -> Document:
    return {mimetype: {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}


def _schemas() -> Document:
    asked = [(item.asks, "validation") for item in OPERATIONS if item.asks]
    told = [(item.tells, "serialization") for item in OPERATIONS if item.tells]
    told += [(payloads.ProblemResponse, "serialization"), (payloads.MatchRow, "serialization")]
    models = list(dict.fromkeys([*asked, *told]))
    _, definitions = models_json_schema(models, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    schemas: Document = definitions["$defs"]
    return dict(sorted(schemas.items()))
