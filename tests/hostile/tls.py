"""Certificates made on the spot for names of tests: right ones, expired ones, a stranger's (openssl)."""

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.opensearch_node.certificates import Authority, Certificate, NoCertificates, make_authority

SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """An authority that the tests trust, and one that nobody does."""

    ours: Authority
    strangers: Authority

    def trusting(self) -> ssl.SSLContext:
        """Return how a client trusts the one authority and no other."""
        return ssl.create_default_context(cafile=str(self.ours.own.certificate))

    def serving(self, *names: str, expired: bool = False, stranger: bool = False) -> ssl.SSLContext:
        """Return how a server shows a certificate for some names or addresses."""
        made = _issue(self.strangers if stranger else self.ours, names, -1 if expired else 2)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(made.certificate, made.key)
        return context


def make_tls(folder: Path) -> Tls:
    """Make both authorities in a new folder."""
    folder.mkdir(parents=True)
    return Tls(ours=make_authority(folder / "ours"), strangers=make_authority(folder / "strangers"))


def _issue(authority: Authority, names: tuple[str, ...], days: int) -> Certificate:
    place = authority.folder / f"{'-'.join(names).replace('*', 'any')}{days}"
    made = Certificate(certificate=place.with_suffix(".crt"), key=place.with_suffix(".key"))
    request, extensions = place.with_suffix(".csr"), place.with_suffix(".ext")
    kinds = (f"{'IP' if name[-1].isdigit() else 'DNS'}:{name}" for name in names)
    extensions.write_text(
        f"subjectAltName={','.join(kinds)}\nextendedKeyUsage=serverAuth\n", encoding="utf-8"
    )
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc"]
    _openssl("req", "-new", *new_key, "-subj", "/CN=fictional", "-keyout", made.key, "-out", request)
    own = authority.own
    signed_by = ["-CA", str(own.certificate), "-CAkey", str(own.key), "-CAcreateserial"]
    how = ["-days", str(days), "-extfile", str(extensions)]
    _openssl("x509", "-req", "-in", request, *signed_by, *how, "-out", made.certificate)
    return made


def _openssl(*arguments: str | Path) -> None:
    command = ["openssl", *map(str, arguments)]
    done = subprocess.run(command, check=False, timeout=SECONDS, capture_output=True, text=True)
    if done.returncode:
        raise NoCertificates(f"openssl made no certificate:\n{done.stderr}")
