"""The reference page of the filters, generated from their table.

python -m tests.docs.filters_page > docs/reference/filters.md
"""

import sys
from collections.abc import Iterator

from discovery.creator import Platform
from discovery.filters import FIELDS, FilterField, Kind
from discovery.vocabulary import AGE_BANDS, GENDERS

_INTRODUCTION = """\
# Filters

Generated from the table of filters in the code; do not edit.

A filter is one field, one condition, and two decisions.

| `mode` | keeps | on the command line |
|---|---|---|
| `must` (the default) | creators who meet the condition | `--must` |
| `not` | creators who do not meet it | `--not` |
| `should` | everybody, and moves up those who meet it | `--should` |

| `unknown` | creators whose value is unknown | on the command line |
|---|---|---|
| `exclude` (the default of `must`) | are left out, and counted | `:exclude` |
| `include` (the default of `not` and `should`) | stay | `:include` |
| `only` | stay, and nobody else does | `:only` |

Filters are joined by AND, the values of one filter by OR. Every match says for each filter whether it is met,
not met or unknown, with the value, its source and its date; a `not` filter is met by creators who are not of
that kind. An unknown field or value is refused with the nearest right one.

In JSON a filter is an object: `{"field": "followers", "min": 10000, "mode": "must", "unknown": "include"}`.
On the command line it is one line: `followers=10000..:include`. A value that holds `,` `:` `@` or `"` stands
in double quotes there: `category="Food, Drink"`. Ages count back from `as_of`, a date of the request; by
default from the date of each creator's own data.
"""

_KINDS = {
    Kind.RANGE: "Numbers: `min` and `max`, both ends count, either may be missing.",
    Kind.TERMS: "Words: `any_of`, a list of values; one of them is enough.",
    Kind.FLAG: "Yes or no: `is`, true or false.",
    Kind.SHARE: (
        "Shares: `any_of`, a list of values, and `weight`, the least share of the audience that they hold "
        "together, a fraction. A value that the source does not list is not zero: it may hold up to what the "
        "listed ones leave over, and the answer is unknown as long as that decides."
    ),
}
_VALUES = {
    "platform": ", ".join(f"`{value}`" for value in Platform),
    "country": "two-letter codes such as `DE`",
    "language": "two-letter codes such as `de`",
    "category": "the labels of the index; `GET /v1/filters` lists them",
    "age": ", ".join(f"`{value}`" for value in AGE_BANDS),
    "gender": ", ".join(f"`{value}`" for value in GENDERS),
}
_RANGES = {"engagement_rate": "0.02..", "last_post": "..30"}
_SAMPLES = {
    "platform": "instagram,tiktok",
    "country": "DE,AT",
    "language": "de",
    "category": '"Food, Drink"',
    "mentions": "oatco",
    "age": "18-24,25-34",
    "gender": "female",
}


def page() -> str:
    """Return the page in Markdown."""
    return "\n".join([_INTRODUCTION, *(_section(kind) for kind in Kind)])


def _section(kind: Kind) -> str:
    fields = [spec for spec in FIELDS.values() if spec.kind is kind]
    rows = [f"| `{spec.name}` | {_meaning(spec)} | `{_line(spec)}` |" for spec in fields]
    title, rule = _KINDS[kind].split(": ", 1)
    table = ["| field | meaning | for example |", "|---|---|---|", *rows]
    return "\n".join([f"## {title}", "", f"{rule[0].upper()}{rule[1:]}", "", *table, ""])


def _meaning(spec: FilterField) -> str:
    return " ".join(_sentences(spec))


def _sentences(spec: FilterField) -> Iterator[str]:
    yield spec.meaning
    if spec.vocabulary:
        yield f"Values: {_VALUES[spec.vocabulary]}."
    if spec.weight is not None:
        yield f"Least share unless given: {spec.weight:g}."


def _line(spec: FilterField) -> str:
    match spec.kind:
        case Kind.FLAG:
            condition = "yes"
        case Kind.RANGE:
            condition = _RANGES.get(spec.name, "10000..50000")
        case _:
            condition = _SAMPLES.get(spec.vocabulary or spec.name, "vegan")
    return f"{spec.name}={condition}" + (f"@{spec.weight:g}" if spec.weight else "")


if __name__ == "__main__":
    sys.stdout.write(page())
