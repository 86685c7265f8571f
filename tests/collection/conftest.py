"""The judged collection, from outside the project: these tests fail where it is missing.

NICHESCOUT_COLLECTION   the creators, JSON Lines, plain or packed
NICHESCOUT_EVAL         a folder with collection_ids.txt, briefs.tsv and judgments.qrels
NICHESCOUT_SCIFACT      SciFact as BEIR lays it out
NICHESCOUT_EVAL_HOME    where what is built is kept (default: a temporary folder, so all is encoded anew)
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from discovery.matching import Matcher
from discovery.ports import Encoder
from embeddings.factory import load_encoder
from evaluation.judged.assessment import PRODUCT, Assessment, Question, answers, assess
from evaluation.judged.briefs import read_briefs
from evaluation.judged.collection import Collection, build_collection
from evaluation.judged.guards import Guards, check_guards
from evaluation.judged.paraphrases import read_paraphrases
from evaluation.judged.qrels import read_judgments
from evaluation.judged.variants import whole
from indexer.analysis import StandardAnalyser
from indexer.home import Home
from search_api.composition import DEFAULT_ENCODER, open_matcher
from tests.collection.figures import Figure

POSTS = 8
"""How many posts of each creator the judges saw."""
MAKE = "make test-collection COLLECTION=creators.jsonl.zst EVAL=folder SCIFACT=folder"
PARAPHRASES = Path(__file__).parents[1] / "discovery" / "briefs" / "paraphrases.jsonl"
Hold = Callable[[str, float], None]
"""Told the name of a figure and its value; fails below its floor."""
_FIGURES = pytest.StashKey[list[Figure]]()


def required(variable: str) -> Path:
    """Return the path in an environment variable, or fail saying what is wanted."""
    given = os.environ.get(variable)
    if not given:
        pytest.fail(f"{variable} is not set; run {MAKE}", pytrace=False)
    if not Path(given).exists():
        pytest.fail(f"{variable} is {given}, which is not there", pytrace=False)
    return Path(given)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print every figure beside its target."""
    if found := config.stash.get(_FIGURES, None):
        terminalreporter.section("targets")
        for figure in found:
            terminalreporter.write_line(figure.line)


@pytest.fixture(scope="session")
def hold(pytestconfig: pytest.Config) -> Hold:
    """Return what notes a figure and holds it to its floor."""
    found = pytestconfig.stash.setdefault(_FIGURES, [])

    def holding(name: str, value: float) -> None:
        figure = Figure(name=name, value=value)
        found.append(figure)
        assert figure.holds, figure.line

    return holding


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return the home of what is built for these tests."""
    given = os.environ.get("NICHESCOUT_EVAL_HOME")
    return _home(Path(given) if given else tmp_path_factory.mktemp("evaluation"))


@pytest.fixture(scope="session")
def encoder(kept: Home) -> Encoder:
    """Return the default encoder."""
    return load_encoder(DEFAULT_ENCODER, kept.models, threads=os.cpu_count() or 1)


@pytest.fixture(scope="session")
def question() -> Question:
    """Return the judged briefs and their paraphrases, to be compared with plain systems too."""
    folder = required("NICHESCOUT_EVAL")
    return Question(
        briefs=read_briefs(folder / "briefs.tsv"),
        judgments=read_judgments(folder / "judgments.qrels"),
        plain=True,
        calibration=True,
        paraphrases=read_paraphrases(PARAPHRASES),
    )


@pytest.fixture(scope="session")
def matcher(kept: Home, encoder: Encoder) -> Matcher:
    """Return the product over the judged collection, with the default encoder."""
    _build(kept, POSTS, encoder, None)
    return open_matcher(kept, DEFAULT_ENCODER)


@pytest.fixture(scope="session")
def assessment(question: Question, matcher: Matcher) -> Assessment:
    """Return what an evaluation with the default weights finds.

    It names creators: tests take what they need of it by fixtures, so that a failure prints no id.
    """
    return assess(question, PRODUCT, answers(question, matcher), lambda: matcher)


@pytest.fixture(scope="session")
def guards(kept: Home, encoder: Encoder, question: Question, matcher: Matcher) -> Guards:
    """Return what the guards find on the same creators with all their posts."""
    home = _home(kept.root / "whole")
    _build(home, None, encoder, kept.root)
    return check_guards(whole(home, matcher), question.briefs, question.judgments)


def _home(folder: Path) -> Home:
    folder.mkdir(parents=True, exist_ok=True)
    return Home(folder)


def _build(home: Home, posts: int | None, encoder: Encoder, cache: Path | None) -> None:
    ids = required("NICHESCOUT_EVAL") / "collection_ids.txt"
    collection = Collection(file=required("NICHESCOUT_COLLECTION"), ids=ids, posts=posts)
    build_collection(home, collection, encoder, StandardAnalyser(), cache=cache, progress=lambda *_told: None)
