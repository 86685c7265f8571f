"""The addresses of pages: every link of the site is made here."""

from dataclasses import replace
from urllib.parse import quote

from discovery.brief import MAX_DEPTH, MAX_SEEDS, Brief, Seed
from discovery.creator import CreatorId
from discovery.filters import Filter, Mode, Unknown
from discovery.understanding.parts import Understood
from search_api.understanding import switched
from search_api.web.forms import encode, render

HOME = "/"


def of_brief(brief: Brief) -> str:
    """Return the address of a brief's answer, on the page that it names."""
    return f"{path_of(brief)}?{encode(render(brief))}"


def path_of(brief: Brief) -> str:
    """Return the page that answers a brief: the search, or the creators alike."""
    return "/similar" if brief.seeds else HOME


def page(brief: Brief, number: int) -> str:
    """Return the address of another page (from 1) of the answer."""
    return of_brief(brief.page(offset=(number - 1) * brief.limit, limit=brief.limit))


def last_page(brief: Brief, ranked: int) -> int:
    """Return the number of the last page that can be shown."""
    return min(max(ranked - 1, 0), MAX_DEPTH) // brief.limit + 1


def creator(wanted: CreatorId, brief: Brief | None = None) -> str:
    """Return the address of a creator's page; a brief is kept for the way back."""
    kept = f"?{encode(render(brief))}" if brief else ""
    return f"/creator/{quote(wanted, safe='')}{kept}"


def similar(wanted: CreatorId, brief: Brief | None = None) -> str:
    """Return the address of the creators like one; the filters of a brief stay on, its text does not."""
    kept = Brief(seeds=(Seed(creator=wanted),))
    if brief:
        kept = replace(
            kept, filters=brief.filters, as_of=brief.as_of, limit=brief.limit, weights=brief.weights
        )
    return of_brief(kept)


def with_seed(brief: Brief, wanted: CreatorId) -> str | None:
    """Return the address with one more creator to look alike; `None` when no more fit in."""
    if len(brief.seeds) >= MAX_SEEDS or any(seed.creator == wanted for seed in brief.seeds):
        return None
    return of_brief(replace(brief, seeds=(*brief.seeds, Seed(creator=wanted)), offset=0))


def without_seed(brief: Brief, position: int) -> str:
    """Return the address with one creator fewer to look alike."""
    seeds = brief.seeds[:position] + brief.seeds[position + 1 :]
    return of_brief(replace(brief, seeds=seeds, offset=0)) if seeds or brief.query.strip() else HOME


def without_filter(brief: Brief, position: int) -> str:
    """Return the address with one filter dropped."""
    return _refiltered(brief, brief.filters[:position] + brief.filters[position + 1 :])


def with_part(brief: Brief, understood: Understood, position: int, *, use: bool) -> str:
    """Return the address with one part of what was understood switched on or off."""
    return of_brief(replace(brief, understood=switched(understood, position, use=use), offset=0))


def without_filters(brief: Brief) -> str:
    """Return the address with every filter dropped."""
    return _refiltered(brief, ())


def including_unknown(brief: Brief, position: int) -> str:
    """Return the address where a filter keeps the creators for whom its value is unknown."""
    return _changed(brief, position, replace(brief.filters[position], unknown=Unknown.INCLUDE))


def preferring(brief: Brief, position: int) -> str:
    """Return the address where a filter is a wish instead of a condition."""
    changed = replace(brief.filters[position], mode=Mode.SHOULD, unknown=Unknown.INCLUDE)
    return _changed(brief, position, changed)


def export(brief: Brief, form: str) -> str:
    """Return the address of the whole answer as a file."""
    whole = brief.page(offset=0, limit=10)
    return f"/export?{encode([*render(whole), ('format', form)])}"


def _changed(brief: Brief, position: int, item: Filter) -> str:
    return _refiltered(brief, (*brief.filters[:position], item, *brief.filters[position + 1 :]))


def _refiltered(brief: Brief, filters: tuple[Filter, ...]) -> str:
    return of_brief(replace(brief, filters=filters, offset=0))
