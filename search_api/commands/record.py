"""One creator's record for people, every value with its source."""

from collections.abc import Sequence

import click

from discovery.creator import Creator
from discovery.facets import MIN_RATE_POSTS, engagement_rate
from search_api.commands.tables import print_table
from search_api.commands.terminal import harmless

_FIELDS = (
    "platform",
    "handle",
    "url",
    "bio",
    "language",
    "country",
    "categories",
    "followers",
    "following",
    "posts_total",
    "verified",
    "contacts",
    "prices",
)
SHOWN_POSTS = 10


def print_creator(creator: Creator, others: Sequence[Creator] = ()) -> None:
    """Print a creator's values with source and date, then the `others` of the same person, and the posts."""
    click.echo(harmless(f"{creator.name} ({creator.id})"))
    if creator.fictional:
        click.echo("Fictional: invented for demonstration.")
    rows = _beside(creator, "name") if creator.also_stated else []
    for name in _FIELDS:
        rows += [(name, _shown(getattr(creator, name)), *_origin(creator, name)), *_beside(creator, name)]
        if name == "language":
            rows.append(_detected_row(creator))
    rate = engagement_rate(creator)
    basis = (
        (rate.formula, f"{rate.posts} posts") if rate else (f"needs {MIN_RATE_POSTS} posts with counts", "")
    )
    rows.append(("engagement_rate", f"{rate.value:.4f}" if rate else "unknown", *basis))
    rows += _audience_rows(creator)
    print_table(("field", "value", "source", "observed"), rows, empty="")
    if others:
        click.echo("")
        click.echo("The same person, by links in both directions:")
        profiles = [
            (one.id, one.url or "", _shown(one.followers), *_origin(one, "followers")) for one in others
        ]
        print_table(("profile", "address", "followers", "source", "observed"), profiles, empty="")
    posts = [
        (
            post.published_at or "no date",
            post.caption or "(no words)",
            "" if post.views is None else f"{post.views:,}",
        )
        for post in creator.recent_posts[:SHOWN_POSTS]
    ]
    click.echo("")
    print_table(("published", "post", "views"), posts, empty="No posts are known.")


def _beside(creator: Creator, name: str) -> list[tuple[str, str, str, str]]:
    """What other sources say of a field."""
    return [
        (f"{name}, also", _shown(one.value), one.provenance.source, str(one.provenance.observed_at or ""))
        for one in creator.also_stated.get(name, ())
        if name != "name" or one.value != creator.name
    ]


def _detected_row(creator: Creator) -> tuple[str, str, str, str]:
    found = creator.detected_language
    if found is None:
        return ("language_detected", "unknown", "", "")
    return ("language_detected", f"{found.language} {found.share:.0%}, {found.source}", "", "")


def _audience_rows(creator: Creator) -> list[tuple[str, str, str, str]]:
    audience = creator.audience
    if audience is None:
        return [("audience", "unknown", "", "")]
    rows = []
    for name in ("countries", "ages", "genders", "languages"):
        shares = getattr(audience, name)
        text = "unknown" if not shares else ", ".join(f"{key} {share:.0%}" for key, share in shares.items())
        rows.append((f"audience {name}", text, *_origin(creator, "audience")))
    return rows


def _origin(creator: Creator, name: str) -> tuple[str, str]:
    origin = creator.provenance.get(name)
    return (origin.source, str(origin.observed_at or "")) if origin else ("", "")


def _shown(value: object) -> str:
    match value:
        case None:
            return "unknown"
        case ():
            return "none"
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case tuple():
            return "; ".join(map(_item, value))
        case _:
            return str(value)


def _item(value: object) -> str:
    if hasattr(value, "deliverable"):
        return f"{value.deliverable} {value.amount:g} {value.currency}"  # type: ignore[attr-defined]
    return str(getattr(value, "value", value))
