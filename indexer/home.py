"""Where everything lives: one folder holds the record, the index, the models and the secrets."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder of one installation. Paths are not created here.

    The index is in the folder too, unless `index_at` names another one, or `cluster` the nodes of a cluster.
    """

    root: Path
    index_at: Path | None = None
    cluster: tuple[str, ...] = ()

    @property
    def store(self) -> Path:
        """The record of truth (SQLite)."""
        return self.root / "store.sqlite3"

    @property
    def embeddings(self) -> Path:
        """The cache of vectors (SQLite); may be deleted, costs an encoding of everything."""
        return self.root / "embeddings.sqlite3"

    @property
    def suppression(self) -> Path:
        """Who asked to be left out, as keyed hashes (SQLite), with its key beside it."""
        return self.root / "suppression.sqlite3"

    @property
    def crawl(self) -> Path:
        """What was fetched, what is to be, and when each host may be asked again (SQLite)."""
        return self.root / "crawl.sqlite3"

    @property
    def crawl_lock(self) -> Path:
        """Held by the one process that crawls."""
        return self.root / "crawl.lock"

    @property
    def keys(self) -> Path:
        """API keys, hashed (JSON)."""
        return self.root / "keys.json"

    @property
    def secret(self) -> Path:
        """Key that signs page cursors and logins."""
        return self.root / "secret.key"

    @property
    def index(self) -> Path:
        """Generations of the embedded index."""
        return self.root / "index" if self.index_at is None else self.index_at

    @property
    def cluster_lock(self) -> Path:
        """Held by the one process that builds on a cluster."""
        return self.root / "cluster.lock"

    @property
    def models(self) -> Path:
        """Exported encoder models."""
        return self.root / "models"
