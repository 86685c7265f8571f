"""JSON Lines: one creator a line, in the project's own format or in the public-data collection format."""

from collections.abc import Iterable, Iterator

import orjson
from pydantic import ValidationError

from discovery.creator import Creator
from discovery.errors import Problem
from indexer.importers.bad_line import BadLine, bad_line
from indexer.importers.byte_lines import ByteLine
from indexer.importers.collection import MARK, to_line
from indexer.importers.convert import to_creator
from indexer.importers.line_model import CreatorLine
from indexer.importers.refusals import problems_of

_MARK = f'"{MARK}"'.encode()


def read_json_lines(lines: Iterable[ByteLine], file: str, source: str) -> Iterator[Creator | BadLine]:
    """Yield a creator or a complaint for every line that is not blank."""
    for line in lines:
        if line.problem:
            yield bad_line(file, line.number, [Problem(field="", message=line.problem)])
        elif not line.content.isspace():
            parsed = parse_line(line.content, source)
            yield parsed if isinstance(parsed, Creator) else bad_line(file, line.number, parsed)


def parse_line(content: bytes, source: str) -> Creator | list[Problem]:
    """Read one line, or say what is wrong with it. Never raises, whatever the bytes are."""
    try:
        if _MARK in content:
            record = orjson.loads(content)
            if isinstance(record, dict) and MARK in record:
                content = orjson.dumps(to_line(record))
        line = CreatorLine.model_validate_json(content)
    except ValidationError as error:
        return problems_of(error)
    except orjson.JSONDecodeError as error:
        return [Problem(field="", message=f"is not valid JSON: {error}")]
    except (ValueError, TypeError) as error:
        return [Problem(field="", message=str(error))]
    return to_creator(line, source)
