"""A real TLS proxy (nginx) in front of a node, with the ways in that operators put before OpenSearch."""

import base64
import secrets
import shutil
import ssl
import subprocess
import time
from hashlib import sha1
from pathlib import Path

from tests.opensearch_node.asking import ask
from tests.opensearch_node.certificates import make_authority
from tests.opensearch_node.child import Child
from tests.opensearch_node.ports import free_port

SECONDS = 20.0
USER = "scout"
PASSWORD = "a pass:word, with an ü"
BODY_LIMIT = "100m"
CONFIG = """
daemon off;
master_process off;  # one process, which can be killed
pid {folder}/nginx.pid;
error_log {folder}/nginx.log info;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size {limit};
    proxy_read_timeout 300s;
    ssl_certificate {server.certificate};
    ssl_certificate_key {server.key};
    ssl_client_certificate {authority.certificate};
    {servers}
}}
"""
SERVER = """
    server {{
        listen 127.0.0.1:{port} ssl;
        listen 127.0.0.2:{port} ssl;  # not in the certificate
        {rule}
        location / {{ proxy_pass {upstream}; proxy_set_header Authorization ""; }}
    }}
"""


class NoProxy(Exception):
    """nginx is missing, or did not start."""


class TlsProxy:
    """Four addresses of one node, all TLS: open, by password, by token, by the client's certificate.

    `authority` is the certificate to trust, `stranger` that of an authority that signed nothing here, and
    `client` and `foreign_client` are certificates with keys, signed by the one and by the other. At
    `misnamed_url` the open way in is found under an address that its certificate does not name.
    """

    def __init__(self, folder: Path, upstream: str, *, body_limit: str = BODY_LIMIT) -> None:
        """Make authorities, certificates and the configuration, in a folder of its own."""
        folder.mkdir(parents=True)
        ours, theirs = make_authority(folder / "ours"), make_authority(folder / "theirs")
        self.authority, self.stranger = ours.own.certificate, theirs.own.certificate
        self.client, self.foreign_client = ours.issue("client"), theirs.issue("client")
        self.user, self.password, self.token = USER, PASSWORD, secrets.token_urlsafe(24)
        self.log = folder / "nginx.log"
        self._folder = folder
        self._child: Child | None = None
        (folder / "passwords").write_text(f"{self.user}:{_hashed(self.password)}\n", encoding="utf-8")
        rules = {
            "open": "",
            "password": f'auth_basic "OpenSearch"; auth_basic_user_file {folder}/passwords;',
            "token": f'if ($http_authorization != "Bearer {self.token}") {{ return 401; }}',
            "certificate": "ssl_verify_client on;",
        }
        ports = {name: free_port() for name in rules}
        urls = {name: f"https://127.0.0.1:{port}" for name, port in ports.items()}
        self.url, self.password_url = urls["open"], urls["password"]
        self.misnamed_url = self.url.replace("127.0.0.1", "127.0.0.2")
        self.token_url, self.certificate_url = urls["token"], urls["certificate"]
        servers = (SERVER.format(port=ports[name], rule=rules[name], upstream=upstream) for name in rules)
        config = CONFIG.format(
            folder=folder,
            limit=body_limit,
            server=ours.issue("server"),
            authority=ours.own,
            servers="".join(servers),
        )
        (folder / "nginx.conf").write_text(config, encoding="utf-8")

    def trusting(self) -> ssl.SSLContext:
        """Return a context that trusts the right authority."""
        return ssl.create_default_context(cafile=str(self.authority))

    def start(self) -> None:
        """Start nginx, and wait until it greets over TLS."""
        nginx = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or shutil.which("nginx")
        if not nginx:
            raise NoProxy("nginx is missing; install it: apt-get install nginx-light")
        files = ["-p", str(self._folder), "-c", str(self._folder / "nginx.conf"), "-e", str(self.log)]
        _see(subprocess.run([nginx, "-t", *files], check=False, capture_output=True, text=True))
        self._child = Child([nginx, *files], log=self.log, folder=self._folder)
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                ask(self.url, context=self.trusting())
                return
            except OSError as problem:
                if time.monotonic() > deadline or not self._child.is_running:
                    words = self.log.read_text(encoding="utf-8", errors="replace")
                    raise NoProxy(f"nginx does not answer: {problem}\n{words[-4000:]}") from None
            time.sleep(0.05)

    def kill(self) -> None:
        """End it at once; nothing to do when it has ended."""
        if self._child:
            self._child.kill()


def basic(user: str, password: str) -> dict[str, str]:
    """Return the header of a user and a password, in UTF-8."""
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def _hashed(password: str) -> str:
    """Return a password as nginx reads it without the system's crypt."""
    return "{SHA}" + base64.b64encode(sha1(password.encode()).digest()).decode()


def _see(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode:
        raise NoProxy(f"nginx refuses its configuration:\n{done.stderr}")
