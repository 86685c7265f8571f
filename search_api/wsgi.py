"""`application` for a WSGI server of your own: `gunicorn --threads 4 search_api.wsgi`. Never preload it.

Environment: NICHESCOUT_DATA (default `data`), NICHESCOUT_INDEX (a folder, or addresses of a cluster's nodes,
separated by spaces), NICHESCOUT_ENCODER, and NICHESCOUT_TRUSTED_HOSTS: the host names to answer for,
separated by commas. Without the last one only loopback names are answered; with it, an API key must exist,
the API asks for one, and the pages ask for a login.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from search_api.addresses import check_address, is_loopback
from search_api.app import Settings
from search_api.composition import DEFAULT_DATA, DEFAULT_ENCODER, open_application, open_home, open_keys
from search_api.hardening import LOOPBACK_HOSTS


def from_environment(environment: Mapping[str, str]) -> Flask:
    """Build the application that the environment describes.

    Raises:
        AccessDenied: host names of the outside, and no active key.
    """
    data = Path(environment.get("NICHESCOUT_DATA", DEFAULT_DATA))
    named = environment.get("NICHESCOUT_TRUSTED_HOSTS", "")
    hosts = tuple(name.strip() for name in named.split(",") if name.strip())
    keys = open_keys(data)
    for host in hosts:
        check_address(host, keys)
    settings = Settings(
        public=not all(map(is_loopback, hosts)), trusted_hosts=tuple(dict.fromkeys(LOOPBACK_HOSTS + hosts))
    )
    home = open_home(data, environment.get("NICHESCOUT_INDEX", "").split())
    return open_application(home, environment.get("NICHESCOUT_ENCODER", DEFAULT_ENCODER), settings)


application = from_environment(os.environ)
