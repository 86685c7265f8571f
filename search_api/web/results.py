"""From a ranking to the part of the page that shows it."""

from discovery.brief import MAX_DEPTH, Brief
from discovery.filters import Mode
from discovery.match import FilterReport, Ranking
from discovery.ports import SearchEngine
from discovery.understanding.parts import Understood
from search_api.understanding import read_from, ruled_out_by
from search_api.web import addresses, wording
from search_api.web.cards import card
from search_api.web.contexts import AppliedFilter, LeftOut, Link, Pager, Removal, Results, RuledOut
from search_api.web.part_words import ruled_out_reason
from search_api.web.shown import harmless

PAGES_AROUND = 2


def results(ranking: Ranking, engine: SearchEngine) -> Results:
    """Lay out an answer; `engine` is asked what would pass without a filter when nobody passes."""
    brief = ranking.brief
    return Results(
        heading=_heading(brief, ranking.understood),
        summary=_summary(ranking),
        applied=tuple(
            AppliedFilter(
                text=harmless(wording.requirement(item)), remove=addresses.without_filter(brief, place)
            )
            for place, item in enumerate(brief.filters)
        ),
        left_out=tuple(
            _left_out(brief, place, report)
            for place, report in enumerate(ranking.filters[: len(brief.filters)])
            if report.unknown_left_out
        ),
        ruled_out=_ruled_out(ranking),
        cards=tuple(card(match, brief, ranking.probability_basis) for match in ranking.matches),
        removals=removals(ranking, engine) if not ranking.admitted else (),
        nothing="" if ranking.matches else _nothing(ranking),
        ways_out=() if ranking.matches else _ways_out(ranking),
        pager=_pager(ranking),
        exports=tuple(
            Link(text=name, href=addresses.export(brief, form))
            for form, name in (("csv", "CSV"), ("ndjson", "NDJSON"))
        )
        if ranking.ranked
        else (),
        plan=_plan(ranking),
    )


def removals(ranking: Ranking, engine: SearchEngine) -> tuple[Removal, ...]:
    """Say what each filter removed and who would pass without it; the filter that costs most comes first."""
    brief, filters = ranking.brief, (*ranking.brief.filters, *ranking.read)
    found = []
    for place, report in enumerate(ranking.filters):
        others = filters[:place] + filters[place + 1 :]
        left = engine.admit(others, brief.as_of).count
        found.append((left, _removed(report), _removal(ranking, place, report, left)))
    found.sort(key=lambda entry: (-entry[0], -entry[1]))
    return tuple(removal for _, _, removal in found)


def _removal(ranking: Ranking, place: int, report: FilterReport, left: int) -> Removal:
    brief = ranking.brief
    if place < len(brief.filters):
        actions = _ways_around(brief, place, report)
    else:
        actions = _reading_off(ranking, place - len(brief.filters))
    return Removal(
        filter=harmless(wording.requirement(report.filter)),
        removed=f"{_removed(report):,}",
        left=f"{left:,}",
        actions=tuple(actions),
    )


def _ways_around(brief: Brief, place: int, report: FilterReport) -> list[Link]:
    actions = [Link(text="Drop it", href=addresses.without_filter(brief, place))]
    if report.filter.mode is Mode.MUST:
        actions.append(Link(text="Prefer it instead", href=addresses.preferring(brief, place)))
    if report.unknown_left_out:
        actions.append(Link(text="Include unknown", href=addresses.including_unknown(brief, place)))
    return actions


def _reading_off(ranking: Ranking, place: int) -> list[Link]:
    """The way around a condition that was read in the brief."""
    if ranking.understood is None:
        return []
    part = read_from(ranking)[place]
    href = addresses.with_part(ranking.brief, ranking.understood, part, use=False)
    return [Link(text="Switch it off", href=href)]


def _ruled_out(ranking: Ranking) -> RuledOut | None:
    if not ranking.ruled_out or ranking.understood is None:
        return None
    brief, understood = ranking.brief, ranking.understood
    return RuledOut(
        count=f"{ranking.ruled_out:,}",
        reason=harmless(ruled_out_reason(understood)),
        allow=tuple(
            Link(
                text=f"allow “{harmless(understood.parts[place].text or '')}”",
                href=addresses.with_part(brief, understood, place, use=False),
            )
            for place in ruled_out_by(understood)
        ),
    )


def _removed(report: FilterReport) -> int:
    """How many creators a filter removes on its own."""
    item = report.filter
    if item.unknown == "only":
        return report.met + report.not_met
    ruled_out = {Mode.MUST: report.not_met, Mode.NOT: report.met, Mode.SHOULD: 0}[item.mode]
    return ruled_out + (report.unknown if item.unknown == "exclude" else 0)


def _heading(brief: Brief, understood: Understood | None) -> tuple[str, str]:
    topic = understood.query if understood else ""
    query = harmless(topic.strip() or brief.query.strip())
    if not brief.seeds:
        return "Creators for", query
    alike = "Creators like " + ("this one" if len(brief.seeds) == 1 else f"these {len(brief.seeds)}")
    return (f"{alike}, and for", query) if query else (alike, "")


def _summary(ranking: Ranking) -> str:
    passed = "creator passes" if ranking.admitted == 1 else "creators pass"
    text = (
        f"{ranking.admitted:,} {passed} the filters"
        if ranking.filters
        else f"{wording.counted(ranking.admitted, 'creator')} in the index"
    )
    text += f", {ranking.ranked:,} ranked by relevance"
    if ranking.brief.as_of:
        text += f", as of {wording.day(ranking.brief.as_of)}"
    if ranking.brief.weights:
        text += ", with your own weights"
    return text + "."


def _left_out(brief: Brief, place: int, report: FilterReport) -> LeftOut:
    return LeftOut(
        count=f"{report.unknown_left_out:,}",
        reason=wording.unknown_reason(report.filter),
        include=addresses.including_unknown(brief, place),
    )


def _nothing(ranking: Ranking) -> str:
    if not ranking.admitted and ranking.filters:
        return "Nobody passes all of these filters together."
    if ranking.brief.offset and ranking.ranked:
        return "This page is past the end of the answer."
    if not ranking.admitted:
        return "The index holds no creators."
    if ranking.ruled_out:
        return "Everybody who passes the filters publishes what the brief rules out."
    return "No creator who passes the filters has words that come near this brief."


def _ways_out(ranking: Ranking) -> tuple[Link, ...]:
    brief = ranking.brief
    if brief.offset and ranking.ranked:
        last = addresses.last_page(brief, ranking.ranked)
        return (Link(text=f"Go to the last page, {last}", href=addresses.page(brief, last)),)
    if brief.filters:
        return (Link(text="Search without any filter", href=addresses.without_filters(brief)),)
    return (Link(text="Start again", href=addresses.HOME),)


def _pager(ranking: Ranking) -> Pager | None:
    brief = ranking.brief
    last = addresses.last_page(brief, ranking.ranked)
    here = brief.offset // brief.limit + 1
    if last == 1 or not ranking.matches:
        return None
    near = {1, last, *range(max(1, here - PAGES_AROUND), min(last, here + PAGES_AROUND) + 1)}
    return Pager(
        here=here,
        last=last,
        previous=addresses.page(brief, here - 1) if here > 1 else None,
        next=addresses.page(brief, here + 1) if here < last else None,
        pages=tuple(Link(text=str(number), href=addresses.page(brief, number)) for number in sorted(near)),
    )


def _plan(ranking: Ranking) -> str:
    milliseconds = 1000 * sum(ranking.timings.values())
    plan = ranking.plan
    depth = f" The best {MAX_DEPTH:,} can be paged through." if ranking.ranked > MAX_DEPTH else ""
    return (
        f"Vectors: {plan.vectors}; keywords: {plan.keywords} ({plan.reason}). "
        f"{milliseconds:.0f} ms on generation {ranking.generation}.{depth}"
    )
