"""Where a server may listen: on this machine freely, anywhere else only once a key exists."""

from ipaddress import ip_address

from discovery.errors import AccessDenied
from search_api.keys import KeyRing


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_address(host: str, keys: KeyRing) -> None:
    """Refuse an address that other machines can reach while nothing asks them for a key.

    Raises:
        AccessDenied: not a loopback address, and no active key.
    """
    if not is_loopback(host) and not keys.any_active():
        raise AccessDenied(
            f"{host} can be reached from other machines, and there is no API key yet; make one with "
            "`nichescout keys create NAME` first, or serve on 127.0.0.1"
        )


def url(host: str, port: int) -> str:
    """Return the address to open in a browser."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"
