"""The Flask application: both faces over one matcher."""

from dataclasses import dataclass

from flask import Flask

from discovery.matching import Matcher
from search_api.access import install_access
from search_api.api import Api, api_blueprint, prepare_addresses
from search_api.cursors import CursorSigner
from search_api.hardening import LOOPBACK_HOSTS, install_hardening
from search_api.json_body import MAX_BYTES
from search_api.keys import KeyRing
from search_api.problems import install_error_handlers
from search_api.readiness import Readiness
from search_api.web.views import web_blueprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the application is reached.

    `public`: other machines can reach it, so the API needs a key and the pages a login. `trusted_hosts`: the
    names it answers for in the Host header; none means any.
    """

    public: bool = False
    trusted_hosts: tuple[str, ...] = LOOPBACK_HOSTS


def create_app(
    *,
    matcher: Matcher,
    keys: KeyRing,
    secret: bytes,
    settings: Settings | None = None,
    readiness: Readiness | None = None,
) -> Flask:
    """Put the API and the web pages together over one matcher."""
    settings = settings or Settings()
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BYTES
    prepare_addresses(app)
    install_hardening(app, settings.trusted_hosts)
    install_access(app, keys, secret, public=settings.public)
    install_error_handlers(app)
    api = Api(matcher=matcher, cursors=CursorSigner(secret), readiness=readiness or Readiness())
    app.register_blueprint(api_blueprint(api))
    app.register_blueprint(web_blueprint(matcher))
    return app
