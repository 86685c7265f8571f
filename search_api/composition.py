"""Where the concrete parts are put together: one installation's folder in, a matcher or an application out.

Everything heavy is imported and opened inside these functions, after a server has forked.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from discovery.errors import EngineUnavailable, IndexMissing

if TYPE_CHECKING:
    from flask import Flask

    from discovery.matching import Matcher
    from discovery.understanding.parser import Parser
    from discovery.understanding.parts import Understood
    from indexer.home import Home
    from indexer.index import Generations
    from search_api.app import Settings
    from search_api.keys import KeyRing
    from search_api.readiness import Readiness

DEFAULT_DATA = "data"
DEFAULT_ENCODER = "all-MiniLM-L6-v2"


def open_home(data: Path, where: Sequence[str] = ()) -> Home:
    """Return the installation in a folder; `where` is its index, if it is elsewhere: a folder, or addresses.

    Raises:
        IndexMissing: there is no such folder yet.
        InvalidInput: both a folder and a cluster are named, or several folders.
    """
    from indexer.home import Home
    from search_api.places import read_places

    if not data.is_dir():
        raise IndexMissing(
            f"there is no data folder {data}; begin with `nichescout import FILE --data {data}`"
        )
    folder, cluster = read_places(where)
    return Home(data, index_at=folder, cluster=cluster)


def open_keys(data: Path) -> KeyRing:
    """Return the API keys of an installation."""
    from indexer.home import Home
    from search_api.keys import KeyRing

    return KeyRing(Home(data).keys)


def open_matcher(home: Home, encoder_name: str, *, follow: bool = False) -> Matcher:
    """Load the encoder and open the index of an installation; `follow` goes over to each new generation.

    What reads briefs is loaded at once to follow, else with the first text.

    Raises:
        EncoderUnavailable: the encoder's weights are missing or damaged.
        InvalidInput: the cluster's addresses or credentials cannot be used.
        StoreDamaged: the suppression list cannot be read.
    """
    from discovery.matching import Matcher
    from embeddings.factory import load_encoder
    from indexer.analysis import StandardAnalyser
    from indexer.engines import open_generations
    from indexer.suppression import SuppressionList

    encoder = load_encoder(encoder_name, home.models)
    analyser = StandardAnalyser()
    generations = open_generations(home, encoder=encoder.id, analyser=analyser.id)
    if follow:
        _parser()
        _warm(generations)
        generations.watch()
    return Matcher(
        engine=generations.current,
        encoder=encoder,
        analyser=analyser,
        suppressed=SuppressionList(home.suppression).is_suppressed,
        read=read_brief,
    )


def read_brief(text: str) -> Understood:
    """Read the text of a brief; names of places, languages and money are loaded with the first."""
    from discovery.understanding.parts import Understood

    return _parser().parse(text) if text.strip() else Understood(query=text)


def open_application(
    home: Home, encoder_name: str, settings: Settings, readiness: Readiness | None = None
) -> Flask:
    """Build the application of an installation.

    Without an index it answers that there is none until one is published; without its cluster, that it
    cannot be reached until it can.

    Raises:
        NicheScoutError: as `open_matcher`, and for an index that cannot be opened.
    """
    from search_api.app import create_app
    from search_api.signing import load_or_create_secret

    return create_app(
        matcher=open_matcher(home, encoder_name, follow=True),
        keys=open_keys(home.root),
        secret=load_or_create_secret(home.secret),
        settings=settings,
        readiness=readiness,
    )


@cache
def _parser() -> Parser:
    """Return this process's parser. Its gazetteers take a second, and 100 MB while they are built."""
    from discovery.understanding.gazetteer_sources import gazetteers
    from discovery.understanding.parser import Parser

    return Parser(gazetteers())


def _warm(generations: Generations) -> None:
    """Open the index before the first request; a missing one may still come, and so may its cluster."""
    try:
        generations.current()
    except (IndexMissing, EngineUnavailable) as missing:
        logging.getLogger(__name__).warning("%s", missing)
