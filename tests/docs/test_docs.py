"""Everything that can be typed or sent is described, and every link leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import pytest

from discovery import errors
from discovery.filters import FIELDS
from discovery.ranking.weights import DEFAULT_WEIGHTS
from search_api.cli import main

ROOT = Path(__file__).parents[2]
FOLDERS = ("", "docs", "docs/how-to", "docs/reference", "docker", "sample", "crawl_config")
PAGES = sorted(page for folder in FOLDERS for page in (ROOT / folder).glob("*.md"))
TEXT = {page: page.read_text(encoding="utf-8") for page in PAGES}
WRITTEN = "\n".join(text for page, text in TEXT.items() if page.name != "cli.md")
"""What people wrote: the generated page of the commands proves nothing about itself."""
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|<(https?://[^>\s]+)>")
HOSTS = {
    "127.0.0.1",
    "arxiv.org",
    "keepachangelog.com",
    "semver.org",
    "www.rfc-editor.org",
}
"""Where links may lead outside: nothing that is needed to run the project."""
ROOTS = {"v1", "livez", "readyz", "login", "logout", "data", "feeds", "people"}
"""First parts of absolute paths in pages: addresses of the server and of sites, the container's volume."""


def commands(group: click.Group, path: str = "nichescout") -> Iterator[str]:
    """Yield every visible command with the words before it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        elif not command.hidden:
            yield f"{path} {name}"


def error_codes() -> list[str]:
    """Return the stable codes of the domain's errors."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return [kind.code for kind in kinds if issubclass(kind, errors.NicheScoutError)]


def anchors(text: str) -> set[str]:
    """Return the fragments under which a page's headings are found."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.*)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    """Return where a page's links lead, code left out."""
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", TEXT[page], flags=re.DOTALL | re.MULTILINE)
    return [inline or plain for inline, plain in LINK.findall(prose)]


def test_the_pages_are_seen() -> None:
    names = {str(page.relative_to(ROOT)) for page in PAGES}
    assert {"README.md", "docs/tutorial.md", "docs/how-to/api.md", "docs/reference/cli.md"} <= names


@pytest.mark.parametrize("command", list(commands(main)))
def test_every_command_is_described(command: str) -> None:
    assert re.search(rf"{command}\b", WRITTEN), f"no page but the generated one names `{command}`"


@pytest.mark.parametrize("name", [*FIELDS, *error_codes(), *DEFAULT_WEIGHTS])
def test_every_filter_error_and_signal_is_described(name: str) -> None:
    assert f"`{name}`" in WRITTEN


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = [link for link in links(page) if not _leads_somewhere(page, link)]
    assert broken == []


def _leads_somewhere(page: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme:
        return parts.hostname in HOSTS
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.exists() or ROOT not in target.parents:
        return False
    return not parts.fragment or parts.fragment in anchors(target.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_tells_of_one_machine(page: Path) -> None:
    paths = re.findall(r"(?:(?<=[\s`\"'=(])|^)/([\w.-]+)/?", TEXT[page], re.MULTILINE)
    assert set(paths) - ROOTS == set()


def test_broken_links_are_noticed() -> None:
    page = ROOT / "README.md"
    assert _leads_somewhere(page, "docs/how-to/api.md#more-like-these")
    for broken in ("docs/none.md", "docs/how-to/api.md#none", "../elsewhere.md", "https://example.org/"):
        assert not _leads_somewhere(page, broken)


def test_the_index_names_every_page() -> None:
    index = ROOT / "docs" / "README.md"
    named = {(index.parent / link).resolve() for link in links(index)}
    assert {page for page in PAGES if "docs" in page.parts} - named == {index}
