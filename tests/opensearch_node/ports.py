"""Ports for servers that are stopped and started again."""

import random
import socket

RANGE = range(10_000, 32_000)
"""Below those that Linux gives to outgoing connections: a port stays free while its server is down."""
_given: set[int] = set()


def free_port() -> int:
    """Return a port of this machine that nobody listens on, another one each time."""
    while True:
        port = random.choice(RANGE)
        if port in _given:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        _given.add(port)
        return port
