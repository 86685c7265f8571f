"""The pages' addresses: each reads its address, asks the matcher, and renders one context."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

from discovery.brief import MAX_DEPTH, Brief
from discovery.creator import CreatorId, creator_id
from discovery.errors import CreatorNotFound, InvalidInput, NicheScoutError, Problem, did_you_mean
from discovery.matching import Matcher
from search_api.exporting import MIMETYPES, Format, export_rows
from search_api.problems import request_id
from search_api.web import addresses, error_pages
from search_api.web.cards import display_name
from search_api.web.contexts import ErrorPage, SearchPage
from search_api.web.forms import Form, parse, read, render
from search_api.web.profile import creator_page
from search_api.web.profile_contexts import CreatorPage
from search_api.web.search_page import search_page

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: its own style sheet and pictures. There are no scripts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The views over one matcher."""

    matcher: Matcher

    def search(self) -> WerkzeugResponse:
        """GET / and GET /similar: the form, and the answer when something is asked.

        A form sends its empty fields along; the reader is led on to the short address that means the same.
        """
        pairs = _pairs()
        form = self._as_read(read(pairs))
        if form.brief is None:
            return self._form(form)
        if not form.add and (request.path, pairs) != (addresses.path_of(form.brief), render(form.brief)):
            return redirect(addresses.of_brief(form.brief), 302)
        return self._answer(form, form.brief)

    def creator(self, wanted: str) -> Response:
        """GET /creator/<id>: the rest of the address is the search that the reader came from."""
        try:
            found = self.matcher.creator(creator_id(wanted))
        except InvalidInput as error:
            raise CreatorNotFound(str(error)) from None
        return _page(
            "web/creator.html", creator_page(found, read(_pairs()).brief, self.matcher.profiles(found))
        )

    def export(self) -> Response:
        """GET /export: the whole answer as a file. The search is finished before the first byte."""
        pairs = _pairs()
        form = _format([value for name, value in pairs if name == "format"])
        brief = parse([pair for pair in pairs if pair[0] != "format"])
        ranking = self.matcher.search(brief.page(offset=0, limit=MAX_DEPTH))
        response = Response(export_rows(ranking, form), mimetype=MIMETYPES[form])
        name = f"nichescout-{ranking.generation}.{form}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _as_read(self, form: Form) -> Form:
        """Leave out what the address says of the brief's meaning when the brief is read just so anyway."""
        brief = form.brief
        if brief is None or brief.understood is None or brief.understood != self.matcher.read(brief.query):
            return form
        return replace(form, brief=replace(brief, understood=None), understanding=None)

    def _form(self, form: Form) -> Response:
        """Show the form again, with what is wrong beside each field."""
        if form.add and {problem.field for problem in form.problems} == {"q"}:
            form = replace(form, problems=())
        page = search_page(form, self.matcher.engine(), self._name)
        return _page("web/search.html", page, 400 if form.problems else 200)

    def _answer(self, form: Form, brief: Brief) -> Response:
        try:
            ranking = self.matcher.search(brief)
        except InvalidInput as error:
            return self._form(form.refused(error.problems))
        past_the_end = brief.offset > 0 and not ranking.matches
        page = search_page(form, self.matcher.engine(), self._name, ranking)
        return _page("web/search.html", page, 404 if past_the_end else 200)

    def _name(self, wanted: CreatorId) -> str:
        return display_name(self.matcher.creator(wanted))


def web_blueprint(matcher: Matcher) -> Blueprint:
    """Return the pages' addresses. Needs the application's converter for creators' ids."""
    pages = Pages(matcher=matcher)
    blueprint = Blueprint(
        "web", __name__, template_folder="templates", static_folder="static", static_url_path="/assets"
    )
    for address, endpoint, view in (
        ("/", "search", pages.search),
        ("/similar", "similar", pages.search),
        ("/creator/<creator_id:wanted>", "creator", pages.creator),
        ("/export", "export", pages.export),
    ):
        blueprint.add_url_rule(address, endpoint, view, methods=["GET"], provide_automatic_options=False)
    blueprint.register_error_handler(NicheScoutError, _deliberate)
    blueprint.register_error_handler(Exception, _unforeseen)
    blueprint.after_request(_restrict)
    return blueprint


def _pairs() -> list[tuple[str, str]]:
    """The parameters in the order of the address, blank ones included."""
    return parse_qsl(request.query_string.decode("ascii", "replace"), keep_blank_values=True)


def _format(asked: list[str]) -> Format:
    match asked:
        case ["csv"] | []:
            return "csv"
        case ["ndjson"]:
            return "ndjson"
        case _:
            message = f"must be csv or ndjson.{did_you_mean(asked[-1], list(MIMETYPES))}"
            raise InvalidInput([Problem(field="format", message=message, value=asked[-1])])


def _page(template: str, context: SearchPage | CreatorPage | ErrorPage, status: int = 200) -> Response:
    return Response(render_template(template, page=context), status=status, mimetype="text/html")


def _deliberate(error: NicheScoutError) -> Response:
    page = error_pages.of_error(error, request_id())
    response = _page("web/error.html", page, page.status)
    if page.status == 503:
        response.headers["Retry-After"] = "5"
    return response


def _unforeseen(error: Exception) -> WerkzeugResponse | HTTPException:
    if isinstance(error, HTTPException):
        return error
    current_app.logger.error("request %s failed", request_id(), exc_info=error)
    page = error_pages.of_code("error", "The failure is in the server's log.", request_id())
    return _page("web/error.html", page, page.status)


def _restrict(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response
