"""The JSON Schema of a line, made from the definition that lines are checked by."""

import json
from typing import Any

from indexer.importers.line_model import CreatorLine


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of one line of a JSON Lines file.

    It is a little wider than the check at import, which also knows the codes of countries and languages.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **CreatorLine.model_json_schema(),
    }


def schema_text() -> str:
    """Return the schema as it is published: indented, with a line break at the end."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
