"""Whether the server takes work."""


class Readiness:
    """On from the start; off for good once the server begins to stop."""

    def __init__(self) -> None:
        self._draining = False

    @property
    def draining(self) -> bool:
        """Whether the server is stopping."""
        return self._draining

    def drain(self) -> None:
        """Say that the server is stopping. Safe to call from a signal handler."""
        self._draining = True
