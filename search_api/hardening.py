"""What every answer carries and every request must have: ids, security headers, and a host that is ours."""

import re
import secrets
from collections.abc import Sequence

from flask import Flask, Response, g, request

from search_api.problems import API_PATHS, UntrustedHost, request_id

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::\d{1,5})?")

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def install_hardening(app: Flask, trusted_hosts: Sequence[str]) -> None:
    """Give each request an id, refuse foreign hosts, and set the security headers of each answer.

    A page of another site whose name is pointed at this machine (DNS rebinding) still sends its own name as
    host, so on loopback only loopback names are answered. Without `trusted_hosts` every host is.
    """
    trusted = frozenset(name.casefold() for name in trusted_hosts)

    @app.before_request
    def name_request() -> None:
        sent = request.headers.get("X-Request-Id", "")
        g.request_id = sent if _REQUEST_ID.fullmatch(sent) else secrets.token_hex(16)

    @app.before_request
    def check_host() -> None:
        host = request.headers.get("Host", "")
        if trusted and hostname(host) not in trusted:
            shown = host[:80] or "(none)"
            raise UntrustedHost(
                f"Host {shown!r} is not served here; start with --trusted-host {shown} to allow it"
            )

    @app.after_request
    def add_headers(response: Response) -> Response:
        is_api = request.path.startswith(API_PATHS)
        response.headers["X-Request-Id"] = request_id()
        for name, value in _EVERYWHERE.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", _API_POLICY if is_api else _PAGE_POLICY)
        if is_api:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def hostname(host: str) -> str:
    """Return the name in a Host header, without the port, in lower case; `""` when it is not one."""
    found = _HOST.fullmatch(host)
    return found[1].casefold() if found else ""
