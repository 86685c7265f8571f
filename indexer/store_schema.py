"""The tables of the record of truth, and how those of earlier versions become them."""

from indexer.sqlite_file import FileKind

_CREATORS = """
    CREATE TABLE creator (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        revision INTEGER NOT NULL,
        record BLOB NOT NULL
    ) STRICT;
    CREATE INDEX creator_by_revision ON creator (revision);
    CREATE TABLE latest (revision INTEGER NOT NULL) STRICT;
    INSERT INTO latest VALUES (0);
"""
# `sighting`: when a source showed a creator last. `linked`: of profiles that give links, what tells who is
# one person; so no record is read to find it. `purge` is the audit and holds no personal data. `due`: the
# file still has bytes of what was taken away, or (since which revision) indexes and the cache may have.
_SOURCES = """
    CREATE TABLE sighting (
        creator INTEGER NOT NULL REFERENCES creator ON DELETE CASCADE,
        source TEXT NOT NULL,
        day TEXT NOT NULL,
        PRIMARY KEY (creator, source)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sighting_by_source ON sighting (source, day);
    CREATE TABLE linked (
        creator INTEGER PRIMARY KEY REFERENCES creator ON DELETE CASCADE,
        profile BLOB NOT NULL
    ) STRICT;
    CREATE TABLE purge (
        number INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        source TEXT NOT NULL,
        rule TEXT NOT NULL,
        changed INTEGER NOT NULL,
        erased INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE due (rewriting INTEGER NOT NULL, cleaning INTEGER NOT NULL) STRICT;
    INSERT INTO due VALUES (0, 0);
"""

STORE = FileKind(
    title="the store",
    application_id=0x4E53_5354,
    schema_version=2,
    schema=_CREATORS + _SOURCES,
    migrations={1: _SOURCES},
    way_out="restore it from a backup, or move it away and import the source files again",
)
