"""The codec: what is written is read back, whatever a creator holds."""

from dataclasses import fields, replace

import pytest
from hypothesis import given

from discovery.creator import Creator, DetectedLanguage, Provenance, Statement
from indexer.records import from_json, to_json
from tests.fictional import TODAY, corpus, creator, posts, stated
from tests.strategies import creators


@given(creators())
def test_reading_gives_back_what_was_written(one: Creator) -> None:
    assert from_json(to_json(one)) == one


@pytest.mark.parametrize("one", corpus(), ids=lambda one: ascii(one.name))
def test_every_invented_creator_comes_back(one: Creator) -> None:
    assert from_json(to_json(one)) == one


def test_the_bytes_do_not_depend_on_the_order_of_provenance() -> None:
    forwards = stated("bio", "followers")
    backwards = dict(reversed(forwards.items()))

    assert to_json(creator(provenance=forwards)) == to_json(creator(provenance=backwards))


def test_unknown_fields_cost_nothing_and_stated_emptiness_stays() -> None:
    one = creator("Ada", id="a", contacts=(), categories=())

    assert to_json(one) == (
        b'{"id":"a","platform":"instagram","name":"Ada","categories":[],"contacts":[],"fictional":true}'
    )
    assert from_json(to_json(one)).contacts == ()


def test_a_record_of_before_languages_were_detected_is_read() -> None:
    record = b'{"id":"a","platform":"instagram","name":"Ada","language":"de"}'

    assert from_json(record).detected_language is None
    assert to_json(from_json(record)) == record


def test_a_record_of_before_several_sources_were_kept_is_read() -> None:
    record = (
        b'{"id":"a","platform":"instagram","name":"Ada","followers":5,"posts":[{"id":"p"}],'
        b'"provenance":{"followers":{"source":"s","observed_at":"2026-01-01"}}}'
    )

    assert from_json(record).also_stated == {}
    assert from_json(record).links is None
    assert to_json(from_json(record)) == record


def test_a_record_is_one_line() -> None:
    assert b"\n" not in to_json(creator(bio="two\nlines", posts=posts("a\r\nb")))


def test_no_field_of_a_creator_is_forgotten() -> None:
    found = DetectedLanguage(language="en", share=1.0, captions=3)
    full = next(one for one in corpus() if one.audience is not None and one.contacts)
    full = replace(
        full,
        detected_language=found,
        links=("https://example.org/mira",),
        also_stated={
            "followers": (Statement(value=11_000, provenance=Provenance(source="list", observed_at=TODAY)),)
        },
    )
    assert from_json(to_json(full)) == full
    written = to_json(full)

    known = {entry.name for entry in fields(Creator) if getattr(full, entry.name) not in (None, False)}
    assert [name for name in known if f'"{name}":'.encode() not in written] == []


@pytest.mark.parametrize(
    "bad", [b"", b"{", b"[]", b"{}", b'{"id":"a","platform":"myspace","name":"x"}', b'{"unknown":1}']
)
def test_other_bytes_are_refused(bad: bytes) -> None:
    with pytest.raises(ValueError, match="not a creator record"):
        from_json(bad)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be written as JSON"):
        to_json(creator(bio="\ud800"))
