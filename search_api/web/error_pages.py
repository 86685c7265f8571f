"""Errors as pages of the site: what happened, what to do, and the command that does it."""

from collections.abc import Mapping
from dataclasses import dataclass

from discovery.errors import InvalidInput, NicheScoutError
from search_api.web.contexts import ErrorPage
from search_api.web.shown import harmless


@dataclass(frozen=True, slots=True)
class Help:
    """How one kind of error is answered on a page."""

    status: int
    title: str
    advice: str = ""
    commands: tuple[str, ...] = ()


BUILD = ("nichescout import creators.jsonl", "nichescout index")
HELP: Mapping[str, Help] = {
    "invalid_input": Help(400, "This address cannot be read", "Go to the search and fill in the form again."),
    "creator_not_found": Help(
        404, "This creator is not in the index", "They may have left, or asked to be left out."
    ),
    "index_missing": Help(
        503,
        "Nothing is indexed yet",
        "Import creators and build the index; this page then works at once.",
        BUILD,
    ),
    "index_damaged": Help(
        503,
        "The index is damaged",
        "Nothing is lost: it can be built again from the record.",
        ("nichescout index",),
    ),
    "encoder_mismatch": Help(
        503,
        "The index belongs to another encoder",
        "Build the index again with this one.",
        ("nichescout index",),
    ),
    "encoder_unavailable": Help(503, "The encoder cannot be loaded", "See the message for what is missing."),
    "store_damaged": Help(
        503, "The record cannot be read", "Restore it from a backup, or import again.", BUILD
    ),
    "engine_unavailable": Help(
        503,
        "The search cluster cannot be reached",
        "Try again in a moment; the message says what is missing.",
    ),
    "engine_refused": Help(
        503, "The search cluster refuses", "See the message for what it refuses, and the way out."
    ),
    "error": Help(
        500, "Something went wrong", "The server's log names the cause under the request's number."
    ),
    "not_found": Help(404, "There is nothing here", "The address may be mistyped or from an older version."),
}


def of_error(error: NicheScoutError, request_id: str) -> ErrorPage:
    """Lay out a deliberate error; kinds without words of their own are shown as an unforeseen one."""
    code = "invalid_input" if isinstance(error, InvalidInput) else error.code
    return of_code(code if code in HELP else "error", harmless(str(error)), request_id)


def of_code(code: str, message: str, request_id: str) -> ErrorPage:
    """Lay out an error by its code."""
    found = HELP[code]
    return ErrorPage(
        title=found.title,
        status=found.status,
        message=message,
        advice=found.advice,
        commands=found.commands,
        request_id=request_id,
    )
