"""What a bulk request says and what its answer means, without a server."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.errors import EngineRefused
from indexer.opensearch.bulk_requests import Group, Line, Operation, halves, line, named, read_answer
from tests.indexer.opensearch.faulty_node import bulk_lines

IDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


def put(id_: str, size: int = 2, marker: object = None) -> Operation:
    return Operation(
        action="index", index="posts", id=id_, source=b'"' + b"x" * (size - 2) + b'"', marker=marker
    )


def delete(id_: str) -> Operation:
    return Operation(action="delete", index="posts", id=id_)


def lines(*ids: str) -> list[Line]:
    return [line(put(id_)) for id_ in ids]


def item(
    status: int, kind: str = "", reason: str = "", action: str = "index", id_: str = "a"
) -> dict[str, object]:
    error = {"error": {"type": kind, "reason": reason}} if kind else {}
    return {action: {"_index": "posts", "_id": id_, "status": status, **error}}


@given(IDS, st.none() | IDS, st.dictionaries(st.text(), st.text()))
def test_a_line_says_what_was_meant(id_: str, routing: str | None, source: dict[str, str]) -> None:
    operation = Operation(
        action="index", index="posts", id=id_, source=json.dumps(source).encode(), routing=routing
    )
    ((action, target, sent),) = bulk_lines(line(operation).data)
    assert (action, target["_id"], target.get("routing"), json.loads(sent)) == ("index", id_, routing, source)
    ((action, target, _),) = bulk_lines(line(delete(id_)).data)
    assert (action, target) == ("delete", {"_index": "posts", "_id": id_})


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: put(""), "1 to 512 bytes, not 0"),
        (lambda: put("ü" * 257), "1 to 512 bytes, not 514"),
        (lambda: put("\ud800"), "surrogates not allowed"),
        (lambda: Operation(action="index", index="x", id="a"), "a document has a source"),
        (lambda: Operation(action="delete", index="x", id="a", source=b"{}"), "a deletion has none"),
        (lambda: Operation(action="index", index="x", id="a", source=b""), "JSON on one line"),
        (lambda: Operation(action="index", index="x", id="a", source=b'{\n"a":1}'), "JSON on one line"),
    ],
)
def test_what_cannot_be_sent_is_refused(make: Callable[[], Operation], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_a_group_keeps_the_last_of_each_document_and_the_last_marker() -> None:
    group = Group()
    routed = Operation(action="delete", index="posts", id="a", routing="r")
    operations = [
        put("a", marker=1),
        put("b"),
        put("a", 9),
        delete("b"),
        routed,
        put("c", marker=2),
        put("d"),
    ]
    for operation in operations:
        group.add(line(operation))
    assert [one.operation for one in group.lines.values()] == [operations[place] for place in (2, 3, 4, 5, 6)]
    assert group.size == sum(len(one.data) for one in group.lines.values())
    assert group.marker == 2


def test_when_a_group_is_full() -> None:
    group, one = Group(), line(put("a", 100))
    assert not group.full_for(one, aim=1, operations=1)  # whatever its size, it has to go somewhere
    group.add(one)
    size = len(one.data)
    assert not group.full_for(one, aim=2 * size, operations=2)
    assert group.full_for(one, aim=2 * size - 1, operations=2)
    assert group.full_for(one, aim=2 * size, operations=1)


@given(st.lists(st.integers(2, 5_000), min_size=2, max_size=60))
def test_halves_are_whole_and_even(sizes: list[int]) -> None:
    whole = [line(put(str(number), size)) for number, size in enumerate(sizes)]
    first, second = halves(whole)
    assert [*first, *second] == whole
    assert first and second
    weights = [sum(len(one.data) for one in half) for half in (first, second)]
    assert abs(weights[0] - weights[1]) <= 2 * max(len(one.data) for one in whole)


def test_a_good_answer() -> None:
    sent = [*lines("a", "b"), line(delete("c")), line(delete("d"))]
    items = [item(200), item(201, id_="b")]
    items += [item(status, action="delete", id_=id_) for status, id_ in ((200, "c"), (404, "d"))]
    verdict = read_answer(sent, {"errors": False, "items": items})
    assert verdict.accepted == tuple(sent)
    assert (verdict.again, verdict.setbacks) == ((), ())


@pytest.mark.parametrize(
    ("status", "kind", "passing", "blocked"),
    [
        (429, "rejected_execution_exception", True, False),
        (503, "unavailable_shards_exception", True, False),
        (503, "cluster_block_exception", True, False),
        (429, "cluster_block_exception", True, True),
        (403, "cluster_block_exception", True, True),
        (403, "security_exception", False, False),
        (400, "mapper_parsing_exception", False, False),
        (404, "index_not_found_exception", False, False),
        (409, "version_conflict_engine_exception", False, False),
        (500, "null_pointer_exception", False, False),
    ],
)
def test_each_item_is_judged(status: int, kind: str, passing: bool, blocked: bool) -> None:
    sent = lines("a", "b", "c")
    items = [item(201), item(status, kind, "why", id_="b"), item(201, id_="c")]
    verdict = read_answer(sent, {"errors": True, "items": items})
    assert verdict.accepted == (sent[0], sent[2])
    assert verdict.again == ((sent[1],) if passing else ())
    (setback,) = verdict.setbacks
    assert (setback.passing, setback.blocked) == (passing, blocked)
    assert verdict.refused == (() if passing else (setback,))
    assert str(setback) == f"index 'b' in posts: {kind}: why"


def test_errors_hide_behind_no_flag() -> None:
    verdict = read_answer(lines("a"), {"errors": False, "items": [item(400, "x", "y")]})
    assert len(verdict.refused) == 1
    assert read_answer(lines("a"), {"items": [item(302)]}).refused[0].reason == "HTTP 302"


def test_a_deletion_in_a_missing_index_is_refused() -> None:
    answer = {"items": [item(404, "index_not_found_exception", "no such index [posts]", "delete")]}
    assert read_answer([line(delete("a"))], answer).refused


def test_what_is_there_already_is_created() -> None:
    operation = Operation(action="create", index="posts", id="a", source=b"{}")
    sent = [line(operation)]
    conflict = item(409, "version_conflict_engine_exception", "document already exists", "create")
    assert read_answer(sent, {"errors": True, "items": [conflict]}).accepted == tuple(sent)


def test_the_innermost_cause_names_the_field() -> None:
    error = {
        "type": "mapper_parsing_exception",
        "reason": "failed to parse field [followers] of type [long]",
        "caused_by": {
            "type": "x",
            "reason": "outer",
            "caused_by": {"type": "y", "reason": 'For input: "many"'},
        },
    }
    answer = {"items": [{"index": {"_id": "a", "status": 400, "error": error}}]}
    assert read_answer(lines("a"), answer).refused[0].reason == (
        'failed to parse field [followers] of type [long]: For input: "many"'
    )


@pytest.mark.parametrize(
    "answer",
    [None, [], {}, {"items": None}, {"items": []}, {"items": [item(201), item(201, id_="b")]}, {"items": [1]},
     {"items": [item(201, id_="b")]}, {"items": [item(201, action="delete")]},
     {"items": [{"index": {"_id": "a"}}]}],
)  # fmt: skip
def test_an_answer_to_something_else_is_not_taken(answer: object) -> None:
    with pytest.raises(EngineRefused, match="answer"):
        read_answer(lines("a"), answer)


def test_the_first_few_are_named() -> None:
    sent = lines(*"abcde")
    items = [item(400, "x", "y", id_=id_) for id_ in "abcde"]
    shown = named(read_answer(sent, {"items": items}).refused)
    assert shown.startswith("index 'a' in posts: x: y; index 'b'") and shown.endswith("; and 2 more")
