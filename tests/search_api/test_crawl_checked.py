"""How a dry run is told: each value with its origin, nothing left out in silence, no harm to the terminal."""

from dataclasses import dataclass
from datetime import date

from discovery.creator import Contact, Creator, Platform, Post, Provenance, creator_id
from indexer.crawl.document import Outcome, Reading, Task
from indexer.crawl.dry_run import Checked
from search_api.commands.crawl_checked import about, page_lines, summary
from tests.crawl_config.samples import page_source


@dataclass(frozen=True)
class Found:
    """What a selector found, made by hand."""

    where: str
    css: str
    count: int
    value: str | None


ORIGIN = Provenance(source="invented", observed_at=date(2026, 2, 1))
MIRA = Creator(
    id=creator_id("website:site.example/people/mira"),
    platform=Platform.WEBSITE,
    name="Mira\x1b[31m Invented",
    bio="Bread\nand \u202e butter. " + "x" * 200,
    followers=12_400,
    verified=False,
    contacts=(Contact(type="email", value="mira@site.example"),),
    links=(),
    posts=tuple(
        Post(id=f"{number}", title=f"Loaf {number}", likes=1_500, hashtags=("rye",), source="invented")
        for number in range(12)
    ),
    provenance={"name": ORIGIN, "followers": Provenance(source="invented")},
)


def page(**changes: object) -> Checked:
    """Return a page that was read, with some values of its own."""
    usual = {
        "url": "https://site.example/people/mira",
        "is_allowed": True,
        "findings": (),
        "reading": Reading(creators=(MIRA,)),
        "followed": (),
        "outside": (),
    }
    return Checked(**usual | changes)  # type: ignore[arg-type]


def test_a_page_is_told_with_values_and_origins() -> None:
    findings = (Found("creator.name", "h1", 1, "Mira"), Found("creator.bio", "p.about", 0, None))
    lines = list(
        page_lines("mira.html", page(findings=findings, followed=("https://site.example/people/joris",)))
    )
    assert lines[:8] == [
        "mira.html, read as https://site.example/people/mira",
        "  fetched",
        "  selectors",
        "    creator.name  h1       1 element   Mira",
        "    creator.bio   p.about  0 elements  nothing",
        "  creator website:site.example/people/mira",
        "    platform   no origin             website",
        "    name       invented, 2026-02-01  Mira�[31m Invented",
    ]
    text = "\n".join(lines)
    assert "    followers  invented              12,400" in text
    assert "    contacts   no origin             email mira@site.example" in text
    assert "    links      no origin             none" in text
    assert "    verified   no origin             no" in text
    assert "    post 1     invented              Loaf 0 · #rye · 1,500 likes" in text
    assert "    post 10    invented              Loaf 9" in text
    assert "    posts                            and 2 more" in text
    assert "post 11" not in text
    assert lines[-2:] == ["  follows", "    https://site.example/people/joris"]
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "butter. xxx" in text
    assert "x" * 100 not in text


def test_links_outside_problems_and_a_page_outside_are_told() -> None:
    outside = tuple(f"https://other.example/{number}" for number in range(12))
    reading = Reading(
        outcome=Outcome.NOINDEX, problems=("followers: 'many' is no count",), leave_out=(MIRA.id,)
    )
    lines = list(page_lines("a.html", page(is_allowed=False, reading=reading, outside=outside)))
    assert lines[1:5] == [
        "  would not be fetched: it is outside of what the source allows",
        "  noindex",
        "  to be left out: website:site.example/people/mira",
        "  links outside of what the source allows",
    ]
    assert lines[-4:] == [
        "    https://other.example/9",
        "    and 2 more",
        "  problems",
        "    followers: 'many' is no count",
    ]


def test_the_end_names_selectors_that_never_found_anything() -> None:
    first = page(
        findings=(
            Found("post[0].text", "p", 0, None),
            Found("post[1].text", "p", 2, "a"),
            Found("creator.bio", "b", 0, None),
        ),
        followed=("https://site.example/1",),
    )
    second = page(
        findings=(Found("creator.bio", "b", 1, None),),
        reading=Reading(
            outcome=Outcome.UNREADABLE, follow=(Task(url="https://site.example/1", step="page"),)
        ),
    )
    assert list(summary([first, second])) == [
        "2 pages read, 1 creator, 1 address to follow.",
        "1 page gave nothing: the reason stands above.",
        "Found nothing on any page: creator.bio (b).",
    ]
    assert list(summary([page()])) == ["1 page read, 1 creator, 0 addresses to follow."]


def test_a_source_without_problems_is_told_in_a_line() -> None:
    assert about(page_source()) == (
        "invented: no problems. page, enabled, 1 seed; asks site.example every 2 s as NicheScout "
        "(+crawl@company.example); keeps for 90 days."
    )
