"""Tables for people: rich ones on a terminal, the same text without colours elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from search_api.commands.terminal import harmless

if TYPE_CHECKING:
    from rich.text import Text

    from discovery.creator import Creator
    from discovery.match import Contribution, Evidence, Match, Ranking
    from discovery.verdicts import Verdict

_MARKS = {"met": "✓", "not_met": "✗", "unknown": "?"}
PLAIN_WIDTH = 120


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, empty: str) -> None:
    """Print rows under their columns, or a sentence when there are none."""
    if not rows:
        click.echo(empty)
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold", show_header=any(columns))
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    _print(table)


def print_ranking(ranking: Ranking) -> None:
    """Print an answer: one creator a row, with what proves the match."""
    from rich.table import Table

    print_understood(ranking)
    if not ranking.matches:
        click.echo(_nobody(ranking))
        print_left_out(ranking)
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column("creator", overflow="fold", ratio=2)
    table.add_column("followers", justify="right", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("why", overflow="fold", ratio=5)
    for match in ranking.matches:
        creator = match.creator
        followers = "unknown" if creator.followers is None else f"{creator.followers:,}"
        table.add_row(
            str(match.rank),
            _creator(match),
            followers,
            f"{match.score:.2f}\n{_fit(match)}",
            _why(match),
        )
    _print(table)
    passing = "pass the filters" if ranking.filters else "are in the index"
    click.echo(f"{ranking.admitted:,} creators {passing}; generation {ranking.generation}.")
    print_left_out(ranking)


def print_understood(ranking: Ranking) -> None:
    """Say in one line what the text was read as."""
    from search_api.web.part_words import understood_line

    if ranking.understood is not None:
        click.echo(harmless(f"Understood: {understood_line(ranking.brief, ranking.understood)}"))


def _nobody(ranking: Ranking) -> str:
    if not ranking.admitted:
        return "No creator passes these filters."
    if ranking.brief.offset < ranking.ranked:
        return "Whoever was here asked to be left out; run `nichescout index` and search again."
    if ranking.ruled_out:
        return "Everybody who passes publishes what the brief rules out."
    return "No creator fits this brief."


def print_left_out(ranking: Ranking) -> None:
    """Say who was left out by what the brief rules out, or for want of a value, and how to keep them."""
    from search_api.filter_syntax import condition_text
    from search_api.web.part_words import ruled_out_reason

    if ranking.ruled_out and ranking.understood is not None:
        click.echo(harmless(f"{ranking.ruled_out:,} left out: {ruled_out_reason(ranking.understood)}."))
    for report in ranking.filters:
        if report.unknown_left_out:
            condition = condition_text(report.filter)
            click.echo(
                f"{report.unknown_left_out:,} left out: {report.filter.spec.title.lower()} unknown; "
                f"keep them with '{condition}:include'."
            )


def _why(match: Match) -> Text:
    from rich.text import Text

    from search_api.rendering import share_text

    lines = [
        Text(share_text(match.share) + " on the niche" if match.share.posts else share_text(match.share))
    ]
    lines += [_cited(item) for item in match.evidence]
    lines.append(Text(" + ".join(map(_part, match.contributions)), style="dim"))
    judged = [*map(_judged, match.verdicts), *_read_only(match)]
    if judged:
        lines.append(Text("  ".join(judged), style="dim"))
    return Text("\n").join(lines)


def _part(contribution: Contribution) -> str:
    return f"{contribution.signal.replace('_', ' ')} {contribution.points:.2f}"


def _cited(evidence: Evidence) -> Text:
    from rich.text import Text

    # One character stays one character, so the highlights keep their places.
    text = Text(harmless(evidence.text.replace("\r\n", "\n\n")))
    for start, end in evidence.highlights:
        text.stylize("bold", start, end)
    origin = f"{evidence.published_at}" if evidence.published_at else evidence.kind
    return Text.assemble("“", text, "” ", (origin, "dim"))


def _judged(verdict: Verdict) -> str:
    from search_api.filter_syntax import condition_text

    value = "" if verdict.value is None else f" ({_value(verdict.value)})"
    return harmless(f"{_mark(verdict.status)}{condition_text(verdict.filter)}{value}")


def _read_only(match: Match) -> list[str]:
    """The answers to what only a text asks for."""
    from search_api.understanding import exclusion_basis

    told = [f"{_mark(one.status)}not {one.text} ({exclusion_basis(one)})" for one in match.exclusions]
    told += [f"{_mark(one.status)}{one.text} (never scored)" for one in match.personal]
    return [harmless(one) for one in told]


def _mark(status: str) -> str:
    return f"{_MARKS[status]}\N{NO-BREAK SPACE}"


def _creator(match: Match) -> Text:
    """The creator, and below the other profiles of the same person."""
    from rich.text import Text

    lines = [f"{match.creator.name} ({match.creator.id})", *map(_also, match.profiles)]
    return Text("\n").join(map(_plain, lines))


def _also(profile: Creator) -> str:
    followers = "" if profile.followers is None else f", {profile.followers:,}"
    return f"also {profile.id}{followers}"


def _fit(match: Match) -> str:
    chance = "" if match.probability is None else f" {match.probability:.0%}"
    return f"{match.fit}{chance}"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value[:5])) + (", …" if len(value) > 5 else "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) and value < 100 else f"{value}"


def _plain(cell: object) -> Text:
    from rich.text import Text

    return Text(harmless("" if cell is None else str(cell)))


def _print(table: object) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PLAIN_WIDTH, color_system=None)
    console.print(table)
