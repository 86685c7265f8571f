"""What a generation says of itself, kept with the mapping of its creators (`_meta`)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from discovery.creator import CreatorId
from discovery.errors import IndexDamaged, IndexMissing
from discovery.ports import GenerationInfo
from indexer.index import Origin, Published
from indexer.opensearch.connection import Connection
from indexer.opensearch.mapping import FORMAT
from indexer.opensearch.names import Names, of_creators_index

KEY = "nichescout"
SECONDS = 10.0


class State(StrEnum):
    """A generation is built, then served."""

    BUILDING = "building"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Identity and size of a generation.

    `base` counts the creators of the last whole build, and `updated` those that were sent since. While it is
    built, everybody up to and including `after` (in the order of ids) is on the cluster for sure.
    """

    origin: Origin
    state: State
    creators: int = 0
    passages: int = 0
    base: int = 0
    updated: int = 0
    after: CreatorId | None = None
    format: int = FORMAT

    @property
    def info(self) -> GenerationInfo:
        """What is served."""
        return GenerationInfo(
            id=self.origin.generation,
            creators=self.creators,
            passages=self.passages,
            encoder=self.origin.encoder,
            analyser=self.origin.analyser,
            built_at=self.origin.built_at,
        )

    @property
    def published(self) -> Published:
        """The generation as a build sees it."""
        return Published(info=self.info, revision=self.origin.revision)

    def meta(self) -> dict[str, Any]:
        """Return what is kept as `_meta`."""
        return {KEY: asdict(self)}


def from_meta(index: str, meta: Mapping[str, Any]) -> Manifest:
    """Read what `Manifest.meta` wrote.

    Raises:
        IndexDamaged: it is of another version, or not ours.
    """
    fields = meta.get(KEY)
    found = fields.get("format") if isinstance(fields, Mapping) else None
    if not isinstance(fields, Mapping) or found != FORMAT:
        raise IndexDamaged(
            f"{index} has mapping version {found}, this version reads {FORMAT}; "
            "run `nichescout index` to build it anew"
        )
    try:
        kept = dict(fields)
        return Manifest(origin=Origin(**kept.pop("origin")), state=State(kept.pop("state")), **kept)
    except (TypeError, KeyError, ValueError) as error:
        raise IndexDamaged(
            f"what {index} says of itself cannot be read ({error}); run `nichescout index` to build it anew"
        ) from error


def write_manifest(connection: Connection, names: Names, manifest: Manifest) -> None:
    """Keep a manifest with its generation."""
    body = {"_meta": manifest.meta()}
    connection.request("PUT", f"/{names.creators}/_mapping", body=body, deadline=SECONDS, idempotent=True)


def read_manifests(connection: Connection, creators: str) -> dict[Names, Manifest | IndexDamaged]:
    """Read the manifests of all indices of creators that a name, an alias or a pattern stands for."""
    # Without the first, a cluster that is not up yet would say that there is no such index; without the
    # second, an index that a killed build left closed would not be seen.
    params = {"ignore_unavailable": True, "expand_wildcards": "open,closed"}
    found = connection.request("GET", f"/{creators}/_mapping", params=params, deadline=SECONDS)
    read: dict[Names, Manifest | IndexDamaged] = {}
    for index, entry in found.items():
        try:
            read[of_creators_index(index)] = from_meta(index, entry["mappings"].get("_meta") or {})
        except IndexDamaged as error:
            read[of_creators_index(index)] = error
    return read


def served(connection: Connection, alias: Names) -> tuple[Names, Manifest]:
    """Return the generation behind the aliases.

    Raises:
        IndexMissing: nothing has been published.
        IndexDamaged: it is of another version, or not one generation.
    """
    found = read_manifests(connection, alias.creators)
    if not found:
        raise IndexMissing(
            f"no index behind the alias {alias.creators}; run `nichescout index` after importing creators"
        )
    if len(found) > 1:
        raise IndexDamaged(
            f"{alias.creators} stands for {len(found)} indices; run `nichescout index` to build it anew"
        )
    ((names, manifest),) = found.items()
    if isinstance(manifest, IndexDamaged):
        raise manifest
    return names, manifest
