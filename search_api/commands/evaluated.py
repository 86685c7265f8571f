"""What `nichescout evaluate` searches: this installation, or a judged collection built for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from search_api.commands.progress import Report

if TYPE_CHECKING:
    from discovery.matching import Matcher
    from evaluation.judged.variants import Whole
    from indexer.home import Home

Command = TypeVar("Command", bound=Callable[..., Any])
OWN_HOME = "evaluation"
"""Folder in the data folder for what evaluations build."""
WHOLE = "whole"
"""Folder in that for the same creators with all their posts."""
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


class CollectionOptions(TypedDict):
    """What `collection_options` collects: what is searched, and where it is kept."""

    collection: Path | None
    ids: Path | None
    posts: int | None
    home: Path | None
    cache_: Path | None


_COLLECTION = (
    click.option(
        "--collection",
        type=FILE,
        help="JSON Lines file to search in place of what this installation holds; plain or packed.",
    ),
    click.option("--ids", type=FILE, help="Search only these of its creators: a file with one id a line."),
    click.option(
        "--posts",
        type=click.IntRange(0),
        help="Know only so many posts of each creator, the first in the order of the file.",
    ),
    click.option(
        "--home",
        type=click.Path(file_okay=False, path_type=Path),
        help="Folder for what is built, kept for the next time. Default: `evaluation` in the data folder.",
    ),
    click.option(
        "--cache",
        "cache_",
        type=FOLDER,
        help="Another data folder: what it has encoded is not encoded again.",
    ),
)


def collection_options(command: Command) -> Command:
    """Add the options that say what is searched."""
    for option in reversed(_COLLECTION):
        command = option(command)
    return command


@dataclass(frozen=True, kw_only=True)
class Searched:
    """Opens what is to be searched, building it first if need be; each part once."""

    options: CollectionOptions
    data: Path
    index: tuple[str, ...]
    encoder: str
    progress: Report

    @cached_property
    def matcher(self) -> Matcher:
        """What answers the briefs."""
        from search_api.composition import open_home, open_matcher

        if self.options["collection"] is None:
            return open_matcher(open_home(self.data, self.index), self.encoder)
        home = own_home(self.options["home"] or self.data / OWN_HOME)
        self._build(home, self.options["posts"], home, self.options["cache_"])
        return open_matcher(home, self.encoder)

    @cached_property
    def whole(self) -> Whole:
        """The same creators with all their posts."""
        from evaluation.judged.variants import whole
        from search_api.composition import open_home

        matcher = self.matcher
        if self.options["collection"] is None:
            return whole(open_home(self.data, self.index), matcher)
        home = own_home(self.options["home"] or self.data / OWN_HOME)
        if self.options["posts"] is None:
            return whole(home, matcher)
        everything = own_home(home.root / WHOLE)
        self._build(everything, None, home, self.options["cache_"] or home.root)
        return whole(everything, matcher)

    def _build(self, home: Home, posts: int | None, models: Home, cache: Path | None) -> None:
        import os

        from embeddings.factory import load_encoder
        from evaluation.judged.collection import Collection, build_collection
        from indexer.analysis import StandardAnalyser

        file = self.options["collection"]
        assert file is not None
        loaded = load_encoder(self.encoder, models.models, threads=os.cpu_count() or 1)
        wanted = Collection(file=file, ids=self.options["ids"], posts=posts)
        build_collection(home, wanted, loaded, StandardAnalyser(), cache=cache, progress=self.progress)


def own_home(folder: Path) -> Home:
    """A home for what evaluations build."""
    from indexer.home import Home

    folder.mkdir(parents=True, exist_ok=True)
    return Home(folder)
