"""The file in which a crawl is kept: `crawl.sqlite3` in the data folder.

It holds addresses and ids, which are personal data: rows go when what was read from them is purged.
"""

from hashlib import blake2b

from indexer.sqlite_file import FileKind

NEVER = 1e18
"""A time that does not come: of lanes without tasks, and of hosts that are being asked."""

FRONTIER = FileKind(
    title="the crawl's file",
    application_id=0x4E53_4352,
    schema_version=1,
    # A lane is what one source wants of one host: `due` is its earliest task, `ready` when it may be sent.
    # `brought` says whom a document showed. Patterns, contents, and `left_out`, who carries a sign that they
    # want not to be found, are hashes: they are compared, never read.
    schema="""
        CREATE TABLE task (
            number INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            address TEXT NOT NULL,
            url TEXT NOT NULL,
            host TEXT NOT NULL,
            step TEXT NOT NULL,
            context TEXT NOT NULL,
            creator TEXT,
            state INTEGER NOT NULL,
            due REAL NOT NULL,
            depth INTEGER NOT NULL,
            hops INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            outcome TEXT,
            etag TEXT,
            modified TEXT,
            content BLOB,
            added_at REAL NOT NULL,
            first_at REAL NOT NULL DEFAULT 0,
            read_at REAL NOT NULL DEFAULT 0,
            seen_at REAL NOT NULL DEFAULT 0,
            visits INTEGER NOT NULL DEFAULT 0,
            changes INTEGER NOT NULL DEFAULT 0,
            UNIQUE (source, address)
        ) STRICT;
        CREATE INDEX task_by_lane ON task (source, host, due) WHERE state = 0;
        CREATE INDEX task_running ON task (number) WHERE state = 1;
        CREATE INDEX task_by_content ON task (source, content) WHERE content IS NOT NULL;
        CREATE INDEX task_by_creator ON task (creator) WHERE creator IS NOT NULL;
        CREATE TABLE lane (
            source TEXT NOT NULL,
            host TEXT NOT NULL,
            due REAL NOT NULL,
            ready REAL NOT NULL,
            active INTEGER NOT NULL,
            PRIMARY KEY (source, host)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX lane_by_ready ON lane (ready, due) WHERE active = 1;
        CREATE INDEX lane_by_host ON lane (host);
        CREATE TABLE host (
            name TEXT PRIMARY KEY,
            asked_at REAL NOT NULL,
            next_at REAL NOT NULL,
            failures INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE robots (
            origin TEXT PRIMARY KEY,
            decision TEXT NOT NULL,
            text BLOB NOT NULL,
            until REAL NOT NULL
        ) STRICT;
        CREATE TABLE kind (
            source TEXT NOT NULL,
            pattern BLOB NOT NULL,
            pages INTEGER NOT NULL,
            creators INTEGER NOT NULL,
            PRIMARY KEY (source, pattern)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE brought (
            source TEXT NOT NULL,
            creator TEXT NOT NULL,
            task INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
            PRIMARY KEY (source, creator, task)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX brought_by_task ON brought (task);
        CREATE TABLE left_out (creator BLOB PRIMARY KEY, until REAL NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE extent (source TEXT PRIMARY KEY, pages INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE quota (
            bucket TEXT NOT NULL,
            day TEXT NOT NULL,
            used INTEGER NOT NULL,
            PRIMARY KEY (bucket, day)
        ) STRICT, WITHOUT ROWID;
    """,
    way_out="move it away: the next crawl begins at the seeds again, and keeps its delays from then on",
)


def hashed(text: str) -> bytes:
    """Return what stands in the file for a text that is compared and never read."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()
