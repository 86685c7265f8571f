"""Which column of a CSV file holds which field."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from discovery.errors import InvalidInput, Problem, did_you_mean

CONTACT_TYPES = ("email", "phone", "website")
CREATOR_FIELDS = (
    *("id", "platform", "name", "handle", "url", "bio", "language", "country", "categories"),
    *("links",),
    *("followers", "following", "posts_total", "verified", "observed_at", "source", "fictional"),
    *(f"contact_{kind}" for kind in CONTACT_TYPES),
    *("audience_countries", "audience_ages", "audience_genders", "audience_languages"),
    *("audience_sample_size", "audience_basis"),
)
POST_FIELDS = (
    *("post_id", "post_title", "post_text", "post_url", "post_published_at", "post_observed_at"),
    *("post_hashtags", "post_mentions", "post_views", "post_likes", "post_comments", "post_shares"),
    *("post_sponsored", "post_sponsors"),
)
CSV_FIELDS = (*CREATOR_FIELDS, *POST_FIELDS)
"""Every field that a column can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """Field to column name, and field to a value that holds for every row; validated on construction.

    Columns whose name is a field's name need no entry.

    Raises:
        InvalidInput: a field that no column can hold, or one that is given twice.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the names of the fields."""
        problems = [
            Problem(
                field=name, message=f"unknown field {name!r}.{did_you_mean(name, CSV_FIELDS)}", value=name
            )
            for name in (*self.columns, *self.constants)
            if name not in CSV_FIELDS
        ]
        problems += [
            Problem(field=name, message="is given both as a column and as a constant; keep one", value=name)
            for name in self.columns
            if name in self.constants
        ]
        if problems:
            raise InvalidInput(problems)


def from_options(options: Iterable[str]) -> ColumnMap:
    """Read `field=Column name` and `field:=the same value for every row`.

    Raises:
        InvalidInput: an option of another form, or an unknown field.
    """
    columns, constants = {}, {}
    for option in options:
        name, sign, value = option.partition("=")
        if not sign or not value:
            message = f"{option!r} is not of the form 'field=Column name' or 'field:=value'"
            raise InvalidInput([Problem(field="column map", message=message, value=option)])
        if name.endswith(":"):
            constants[name[:-1].strip()] = value
        else:
            columns[name.strip()] = value
    return ColumnMap(columns=columns, constants=constants)


def from_toml(path: Path) -> ColumnMap:
    """Read a file with the tables `[columns]` and `[constants]`.

    Raises:
        InvalidInput: the file cannot be read, holds anything else, or names an unknown field.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read: {error}"
        raise InvalidInput([Problem(field="column map", message=message, value=str(path))]) from error
    for name, table in tables.items():
        if name not in {"columns", "constants"} or not isinstance(table, dict):
            message = f"{path} holds {name!r}; write the tables [columns] and [constants] only"
            raise InvalidInput([Problem(field="column map", message=message, value=name)])
    return ColumnMap(
        columns={name: str(value) for name, value in tables.get("columns", {}).items()},
        constants={name: str(value) for name, value in tables.get("constants", {}).items()},
    )
