"""Lines of values: the same places that the standard library's reader finds, each where it was written."""

import tomllib
from collections.abc import Iterator

from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from crawl_config.lines import Place, lines_of
from tests.crawl_config.toml_writer import documents


def places_of(value: object, above: Place = ()) -> Iterator[Place]:
    """Yield the place of everything in a document."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*above, key)
            yield from places_of(inner, (*above, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield (*above, number)
            yield from places_of(inner, (*above, number))


@given(documents())
def test_every_place_has_the_line_it_was_written_in(document: tuple[str, dict[Place, int]]) -> None:
    text, lines = document
    assert set(places_of(tomllib.loads(text))) == set(lines), "the writer of the test is wrong"
    assert dict(lines_of(text)) == lines


STATEMENTS = (
    *("a = 1", "b = '''\n[x]\n'''", "c.d = [1, # ]\n [2, {e = '}'}]]", "[f]", "[[g]]", "[g.h]", "[f.'i j']"),
    *('"k\\n" = "]"', "# only = a comment", "l = {m.n = 1, o = [\n]}", "[g.h.p]", '[[q]]\nr = """\n""""', ""),
)


@given(lists(sampled_from(STATEMENTS), unique=True))
def test_whatever_can_be_read_has_lines(statements: list[str]) -> None:
    text = "\n".join(statements)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(lines_of(text)) == set(places_of(values))


def test_lines_of_a_whole_file() -> None:
    text = (
        "# a comment\nparser = 'page'\nseeds = [\n  'a',  # first\n  'b', 'c',\n]\n\n"
        "[selectors.post]\neach = 'li'\nurl = { css = 'a', attribute = 'href' }\n[[x]]\n[[x]]\ny.z = 1"
    )
    assert lines_of(text) == {
        ("parser",): 2,
        ("seeds",): 3,
        ("seeds", 0): 4,
        ("seeds", 1): 5,
        ("seeds", 2): 5,
        ("selectors",): 8,
        ("selectors", "post"): 8,
        ("selectors", "post", "each"): 9,
        ("selectors", "post", "url"): 10,
        ("selectors", "post", "url", "css"): 10,
        ("selectors", "post", "url", "attribute"): 10,
        ("x",): 11,
        ("x", 0): 11,
        ("x", 1): 12,
        ("x", 1, "y"): 13,
        ("x", 1, "y", "z"): 13,
    }
