"""Who may come in: API keys in headers for programs, a login form and a signed cookie for people.

As soon as one active key exists, every address below /v1 needs a key. The web pages need a login only where
other machines can reach the server; on loopback they stay open. Keys are never read from an address.
"""

from urllib.parse import quote, urlsplit

from flask import Blueprint, Flask, Response, redirect, render_template, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response as WerkzeugResponse

from discovery.errors import AccessDenied
from search_api.keys import KeyRing
from search_api.signing import derive

COOKIE = "nichescout_login"
LOGIN_SECONDS = 14 * 24 * 3600
OPEN_PATHS = frozenset({"/livez", "/readyz", "/login", "/logout"})


def install_access(app: Flask, keys: KeyRing, secret: bytes, *, public: bool) -> None:
    """Guard both faces of an application, and give people a login page.

    `public` says that other machines can reach the server.
    """
    logins = _Logins(keys, secret)
    app.register_blueprint(_login_pages(keys, logins))

    @app.before_request
    def guard() -> WerkzeugResponse | None:
        if request.path in OPEN_PATHS or (request.endpoint or "").endswith("static"):
            return None
        if request.path == "/v1" or request.path.startswith("/v1/"):
            if public or keys.any_active():
                _check_key(keys)
            return None
        if public and not logins.valid(request.cookies.get(COOKIE, "")):
            if request.method not in {"GET", "HEAD"}:
                raise AccessDenied("the login has ended; open the page again and log in")
            return redirect(f"/login?next={quote(_current_address(), safe='')}", 303)
        return None


class _Logins:
    """Writes and reads the cookie. It names a key, so that revoking the key ends the login at once."""

    def __init__(self, keys: KeyRing, secret: bytes) -> None:
        self._keys = keys
        self._serializer = URLSafeTimedSerializer(derive(secret, "web login"), salt="nichescout login")

    def write(self, key_id: str) -> str:
        return str(self._serializer.dumps(key_id))

    def valid(self, cookie: str) -> bool:
        try:
            key_id = self._serializer.loads(cookie, max_age=LOGIN_SECONDS)
        except BadSignature:
            return False
        return isinstance(key_id, str) and self._keys.active(key_id) is not None


def _login_pages(keys: KeyRing, logins: _Logins) -> Blueprint:
    pages = Blueprint("login", __name__, template_folder="templates")

    @pages.get("/login", provide_automatic_options=False)
    def form() -> str:
        return render_template("login.html", next=_local(request.args.get("next", "/")), wrong=False)

    @pages.post("/login", provide_automatic_options=False)
    def enter() -> WerkzeugResponse:
        target = _local(request.form.get("next", "/"))
        key = keys.verify(request.form.get("key", "").strip())
        if key is None:
            return Response(render_template("login.html", next=target, wrong=True), status=401)
        response = redirect(target, 303)
        response.set_cookie(
            COOKIE,
            logins.write(key.id),
            max_age=LOGIN_SECONDS,
            httponly=True,
            samesite="Strict",
            secure=request.is_secure,
        )
        return response

    @pages.post("/logout", provide_automatic_options=False)
    def leave() -> WerkzeugResponse:
        response = redirect("/login", 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="Strict")
        return response

    return pages


def _check_key(keys: KeyRing) -> None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    sent = token.strip() if scheme.casefold() == "bearer" else request.headers.get("X-API-Key", "").strip()
    if not sent:
        raise AccessDenied(
            "send an API key as `Authorization: Bearer ns_…` or `X-API-Key: ns_…` "
            "(`nichescout keys create NAME` makes one)"
        )
    if keys.verify(sent) is None:
        raise AccessDenied("the API key is unknown or revoked, or has a typing error")


def _current_address() -> str:
    return request.full_path if request.query_string else request.path


def _local(address: str) -> str:
    """Return an address of this server to go on to, or the start page: a login never leads elsewhere."""
    parts = urlsplit(address)
    plain = address.isprintable() and "\\" not in address
    if (
        plain
        and not parts.scheme
        and not parts.netloc
        and address.startswith("/")
        and not address.startswith("//")
    ):
        return address
    return "/"
