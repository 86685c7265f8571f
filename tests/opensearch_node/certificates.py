"""An authority made on the spot, and certificates of its own for a server and for a client (openssl)."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SECONDS = 60
CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = NicheScout tests
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = IP:127.0.0.1, DNS:localhost
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[client]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


class NoCertificates(Exception):
    """openssl is missing, or refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The files of a certificate and of its key, both PEM."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """An authority that nobody knows but who is given its certificate."""

    folder: Path
    own: Certificate

    def issue(self, kind: str) -> Certificate:
        """Return a new certificate, for a `server` at 127.0.0.1 and localhost or for a `client`."""
        signed_by = ["-CA", str(self.own.certificate), "-CAkey", str(self.own.key)]
        return _certificate(self.folder, kind, signed_by)


def make_authority(folder: Path) -> Authority:
    """Make an authority in a new folder."""
    folder.mkdir(parents=True)
    (folder / "openssl.cnf").write_text(CONFIG, encoding="utf-8")
    return Authority(folder=folder, own=_certificate(folder, "authority", []))


def _certificate(folder: Path, kind: str, signed_by: list[str]) -> Certificate:
    openssl = shutil.which("openssl")
    if not openssl:
        raise NoCertificates("openssl is missing; install it: apt-get install openssl")
    made = Certificate(certificate=folder / f"{kind}.crt", key=folder / f"{kind}.key")
    command = [openssl, "req", "-x509", "-config", str(folder / "openssl.cnf"), "-extensions", kind]
    command += ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2"]
    command += ["-subj", f"/CN=NicheScout tests {kind}", *signed_by]
    command += ["-keyout", str(made.key), "-out", str(made.certificate)]
    done = subprocess.run(command, check=False, timeout=SECONDS, capture_output=True, text=True)
    if done.returncode:
        raise NoCertificates(f"openssl made no certificate of {kind}:\n{done.stderr}")
    return made
