"""What a text was read as: told in the answer, sent back for the same answer, changed for another one."""

from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.brief import Brief
from discovery.filters import Filter
from discovery.understanding.parts import Part, PartKind, Understood
from search_api.understanding import effects, read_from, ruled_out_by, switched
from tests.search_api.reading import BRIEF, gold_briefs, reader
from tests.search_api.world import World, problem

Body = dict[str, Any]
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def ask(world: World, body: Body, address: str = "/v1/search") -> Body:
    answer = world.post(address, body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Body = orjson.loads(answer.data)
    return told


def part(understood: Body, kind: str) -> Body:
    (found,) = [one for one in understood["parts"] if one["kind"] == kind]
    return dict(found)


def changed(understood: Body, kind: str, **values: object) -> Body:
    """Return what was understood with the one part of a kind changed."""
    parts = [one | values if one["kind"] == kind else one for one in understood["parts"]]
    return understood | {"parts": parts}


def test_it_is_told_with_the_words_it_came_from(reading: World) -> None:
    understood = ask(reading, {"query": BRIEF})["understood"]
    assert (understood["query"], understood["language"]) == ("Vegan recipes for students", "en")
    told = [
        (one["kind"], " ".join(BRIEF[start:end] for start, end in one["spans"]))
        for one in understood["parts"]
    ]
    assert told == [
        ("topic", "Vegan recipes for students"),
        ("country", "Germany"),
        ("followers", "1k-50k followers"),
        ("exclusion", "dogs"),
        ("personal", "Female"),
        ("language", "English"),
        ("deliverable", "reels"),
        ("budget", "500 EUR"),
    ]
    assert (part(understood, "budget")["max"], part(understood, "budget")["currency"]) == (500.0, "EUR")
    assert part(understood, "country")["any_of"] == ["DE"]


def test_each_part_says_what_it_does(reading: World) -> None:
    understood = ask(reading, {"query": BRIEF})["understood"]
    told = {one["kind"]: one["effect"] for one in understood["parts"]}
    assert told["topic"] == "searched for"
    assert told["country"].startswith("leaves out creators who are known not to meet it; unknown ones stay")
    assert told["exclusion"].endswith("leaves them out from 20 % of their passages on")
    assert told["personal"] == "answered from what the creator states; never inferred, never scored"
    assert told["deliverable"] == told["budget"] == "shown only; neither filters nor scores"


def test_conditions_of_the_request_come_first_and_both_say_whose_they_are(reading: World) -> None:
    body = {"query": BRIEF, "filters": [{"field": "verified", "is": False, "unknown": "include"}]}
    answer = ask(reading, body)
    told = [(one["position"], one["origin"], one["field"]) for one in answer["filters"]]
    assert told == [
        (0, "request", "verified"),
        (1, "brief", "country"),
        (2, "brief", "followers"),
        (3, "brief", "language"),
    ]
    assert [one["mode"] for one in answer["filters"]] == ["must"] * 4
    assert answer["matches"]
    for match in answer["matches"]:
        assert [(one["position"], one["origin"], one["field"]) for one in match["verdicts"]] == told


def test_a_filter_of_the_request_counts_instead_of_what_was_read_on_its_field(reading: World) -> None:
    body = {"query": BRIEF, "filters": [{"field": "country", "any_of": ["GB"]}]}
    answer = ask(reading, body)
    fields = [(one["origin"], one["field"]) for one in answer["filters"]]
    assert fields == [("request", "country"), ("brief", "followers"), ("brief", "language")]
    assert part(answer["understood"], "country")["effect"] == "gives way to the filter on country"


def test_who_publishes_what_is_ruled_out_is_left_out_and_counted(reading: World) -> None:
    answer = ask(reading, {"query": "calm walks, no dogs", "limit": 100})
    allowed = ask(
        reading,
        {"query": "calm walks, no dogs", "limit": 100}
        | {"understood": changed(answer["understood"], "exclusion", use=False)},
    )
    names = {match["name"] for match in answer["matches"]}
    others = {match["name"] for match in allowed["matches"]}
    assert answer["totals"]["ruled_out"] == 1
    assert allowed["totals"]["ruled_out"] == 0
    assert others - names == {"Dog Walker Invented"}
    assert part(allowed["understood"], "exclusion")["effect"] == "switched off"
    assert [match["exclusions"] for match in allowed["matches"]] == [[]] * len(allowed["matches"])


def test_an_exclusion_is_answered_for_every_creator(reading: World) -> None:
    answer = ask(reading, {"query": "vegan, no dogs", "limit": 100})
    for match in answer["matches"]:
        (told,) = match["exclusions"]
        assert told["text"] == "dogs"
        plural = "" if told["seen"] == 1 else "s"
        assert told["basis"] == f"{told['count']} of the last {told['seen']} passage{plural}" or (
            told["status"] == "unknown" and told["basis"] == "no passages with words"
        )
    assert {match["exclusions"][0]["status"] for match in answer["matches"]} >= {"met"}


def test_a_wish_about_a_person_is_answered_and_changes_no_score(reading: World) -> None:
    answer = ask(reading, {"query": "vegan recipes, female creators", "limit": 100})
    assert {one["status"] for match in answer["matches"] for one in match["personal"]} == {"unknown"}
    assert {one["basis"] for match in answer["matches"] for one in match["personal"]} == {
        "the creator does not say"
    }
    stated = changed(answer["understood"], "personal", text="student")
    other = ask(reading, {"query": "vegan recipes, female creators", "limit": 100, "understood": stated})
    said = {match["name"] for match in other["matches"] if match["personal"][0]["status"] == "met"}
    assert said == {"Mira Invented"}
    assert [match["score"] for match in other["matches"]] == [match["score"] for match in answer["matches"]]


def test_a_match_says_how_good_it_is(reading: World) -> None:
    for match in ask(reading, {"query": "vegan recipes", "limit": 100})["matches"]:
        assert match["fit"] in {"strong", "good", "partial", "weak"}
        assert match["match_probability"] is None or 0 <= match["match_probability"] <= 1
    assert "calibration" in ask(reading, {"query": "vegan recipes"})


def test_alike_creators_have_no_text_to_understand(reading: World) -> None:
    answer = ask(reading, {"seeds": [{"creator": "instagram:mira.invented"}]}, "/v1/similar")
    assert answer["understood"] is None


@pytest.mark.parametrize("text", gold_briefs())
def test_sent_back_as_it_is_it_gives_the_same_bytes(reading: World, text: str) -> None:
    first = reading.post("/v1/search", {"query": text, "limit": 5})
    understood = orjson.loads(first.data)["understood"]
    again = reading.post("/v1/search", {"query": text, "limit": 5, "understood": understood})
    assert (again.status_code, again.data) == (200, first.data)
    bare = understood | {
        "parts": [{name: one[name] for name in one if name != "effect"} for one in understood["parts"]]
    }
    assert reading.post("/v1/search", {"query": text, "limit": 5, "understood": bare}).data == first.data


@SHARED
@given(data=st.data())
def test_any_parts_switched_off_come_back_as_they_were_sent(reading: World, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(gold_briefs()))
    understood = ask(reading, {"query": text})["understood"]
    uses = data.draw(
        st.lists(st.booleans(), min_size=len(understood["parts"]), max_size=len(understood["parts"]))
    )
    parts = [one | {"use": use} for one, use in zip(understood["parts"], uses, strict=True)]
    answer = ask(reading, {"query": text, "understood": understood | {"parts": parts}})
    told = answer["understood"]["parts"]
    assert [one | {"effect": ""} for one in told] == [one | {"effect": ""} for one in parts]
    assert [one["effect"] == "switched off" for one in told] == [not use for use in uses]
    again = reading.post("/v1/search", {"query": text, "understood": answer["understood"]})
    assert orjson.loads(again.data) == answer


def test_the_echo_with_what_was_understood_is_the_same_request(reading: World) -> None:
    first = ask(reading, {"query": BRIEF, "limit": 3})
    echo = {name: value for name, value in first["request"].items() if name != "seeds"}
    assert ask(reading, echo | {"understood": first["understood"]}) == first


def test_the_text_is_not_read_again(reading: World) -> None:
    plain = {"query": BRIEF, "understood": {"query": "sourdough bread"}}
    answer = ask(reading, plain)
    assert answer["understood"] == {"query": "sourdough bread", "language": None, "parts": []}
    assert answer["filters"] == []


def test_a_part_can_be_added_that_nobody_wrote(reading: World) -> None:
    added = {"kind": "exclusion", "text": "dogs"}
    body = {"query": "calm walks", "understood": {"query": "calm walks", "parts": [added]}, "limit": 100}
    assert ask(reading, body)["totals"]["ruled_out"] == 1


def test_an_export_follows_what_was_understood(reading: World) -> None:
    body = {"query": "calm walks, no dogs", "format": "ndjson", "limit": 500}
    kept = reading.post("/v1/export", body).data
    understood = ask(reading, {"query": "calm walks, no dogs"})["understood"]
    allowed = changed(understood, "exclusion", use=False)
    assert reading.post("/v1/export", body | {"understood": understood}).data == kept
    everybody = reading.post("/v1/export", body | {"understood": allowed}).data
    assert b"Dog Walker Invented" not in kept
    assert b"Dog Walker Invented" in everybody


def test_a_cursor_belongs_to_what_was_understood(reading: World) -> None:
    body = {"query": "vegan food, no dogs", "limit": 2}
    first = ask(reading, body)
    read_again = reading.post("/v1/search", body | {"cursor": first["next_cursor"]})
    sent_back = reading.post(
        "/v1/search", body | {"cursor": first["next_cursor"], "understood": first["understood"]}
    )
    assert read_again.status_code == 200
    assert read_again.data == sent_back.data
    other = changed(first["understood"], "exclusion", use=False)
    refused = reading.post("/v1/search", body | {"cursor": first["next_cursor"], "understood": other})
    assert "understood" in problem(refused, 400, "invalid_cursor")["problems"][0]["message"]


def test_effects_are_those_of_the_weights() -> None:
    understood = reader()("vegan recipes by creators from Germany, no dogs")
    brief = Brief(
        query="vegan recipes by creators from Germany, no dogs", weights={"exclusions": 0, "preferences": 0}
    )
    told = {
        one.kind: found.text for one, found in zip(understood.parts, effects(brief, understood), strict=True)
    }
    assert told[PartKind.EXCLUSION] == "answered only: the weight of exclusions is 0"
    assert told[PartKind.COUNTRY] == "leaves out creators who are known not to meet it; unknown ones stay"


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (Part(kind=PartKind.COUNTRY, any_of=("DE",)), "keeps"),
        (Part(kind=PartKind.COUNTRY, any_of=("DE",), confidence=0.7), "prefers"),
        (Part(kind=PartKind.LANGUAGE, any_of=("de",), confidence=0.3), "answers"),
        (Part(kind=PartKind.COUNTRY, any_of=("DE",), use=False), "off"),
        (Part(kind=PartKind.COUNTRY), "shown"),
        (Part(kind=PartKind.FOLLOWERS, max=10), "keeps"),
        (Part(kind=PartKind.FOLLOWERS), "shown"),
        (Part(kind=PartKind.PLATFORM, any_of=("tiktok",)), "overridden"),
        (Part(kind=PartKind.EXCLUSION, text="x"), "rules out"),
        (Part(kind=PartKind.PERSONAL, text="x"), "answers"),
        (Part(kind=PartKind.TOPIC, text="x"), "searches"),
        (Part(kind=PartKind.CITY, text="Leipzig"), "shown"),
        (Part(kind=PartKind.COMPETITOR, text="x"), "shown"),
    ],
)
def test_what_a_part_does(one: Part, name: str) -> None:
    brief = Brief(query="x", filters=(Filter(field="platform", any_of=("youtube",)),))
    assert [found.name for found in effects(brief, Understood(query="x", parts=(one,)))] == [name]


def test_conditions_lead_back_to_their_parts(reading: World) -> None:
    ranking = reading.matcher.search(Brief(query=BRIEF))
    assert ranking.understood
    kinds = [ranking.understood.parts[place].kind.value for place in read_from(ranking)]
    assert kinds == [item.field for item in ranking.read] == ["country", "followers", "language"]
    (place,) = ruled_out_by(ranking.understood)
    assert ranking.understood.parts[place].text == "dogs"
    assert ruled_out_by(switched(ranking.understood, place, use=False)) == ()
