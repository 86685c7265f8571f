"""An update puts a small segment on top of what is there, and answers like a build from scratch."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from discovery.brief import Brief
from discovery.creator import Creator, CreatorId, creator_id
from discovery.match import Match, Ranking
from indexer.documents import CREATOR_FIELDS, PASSAGE_FIELDS, SCHEMA
from indexer.embedded import index as index_module
from indexer.embedded.engine import EmbeddedEngine
from indexer.embedded.keywords import KeywordIndex, creator_key
from indexer.embedded.manifest import read_manifest
from indexer.embedded.writer import CREATORS, PASSAGES, grown_sample
from indexer.home import Home
from indexer.sample import SAMPLE_CREATORS, sample_of
from indexer.store import Store
from tests.contracts.comparison import assert_same_bytes, assert_same_sample
from tests.contracts.pair import query_for
from tests.fictional import corpus, creator, posts
from tests.indexer.installation import (
    ANALYSER,
    answers,
    build,
    crowd,
    engine,
    erase,
    folder,
    generations,
    indexed,
    outline,
    stock,
    suppress,
    update,
)

LINGERING = 0.2
"""How far a score may be off while the words of who was deleted still count in the statistics."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Eighty creators, built."""
    made = Home(tmp_path / "home")
    stock(made, [*corpus(), *crowd(40)])
    build(made)
    return made


def from_scratch(home: Home, creators: list[Creator]) -> EmbeddedEngine:
    """Build the same creators beside it."""
    clean = Home(home.root.parent / "clean")
    stock(clean, creators)
    build(clean)
    return engine(clean)


def check_records(got: EmbeddedEngine, wanted: EmbeddedEngine, ids: set[CreatorId]) -> None:
    """Compare everything that no statistics enter into: records, vectors, and their inner products."""
    asked = sorted(ids)
    assert got.info.creators == wanted.info.creators == len(asked)
    assert got.read(asked) == wanted.read(asked)
    for vectors, same in zip(got.passage_vectors(asked), wanted.passage_vectors(asked), strict=True):
        np.testing.assert_array_equal(vectors, same)
    query = query_for("vegan recipes")
    here, there = got.themes(query, asked), wanted.themes(query, asked)
    np.testing.assert_array_equal(here.cosine, there.cosine)
    np.testing.assert_array_equal(here.passages, there.passages)
    np.testing.assert_array_equal(here.keyword > 0, there.keyword > 0)
    mine, others = got.windows(query, asked), wanted.windows(query, asked)
    np.testing.assert_array_equal(mine.cosine, others.cosine)
    np.testing.assert_array_equal(mine.post, others.post)
    np.testing.assert_array_equal(mine.keyword > 0, others.keyword > 0)
    assert_same_sample(got.background(query), wanted.background(query))


def near(got: list[Ranking], wanted: list[Ranking]) -> None:
    """Compare answers: the same creators with the same themes, and with nearly the same scores by word."""
    for mine, other in zip(got, wanted, strict=True):
        assert (mine.admitted, mine.ranked, mine.filters) == (other.admitted, other.ranked, other.filters)
        others = {match.creator.id: match for match in other.matches}
        assert {match.creator.id for match in mine.matches} == others.keys()
        for match in mine.matches:
            same = others[match.creator.id]
            assert match.score == pytest.approx(same.score, abs=LINGERING)
            assert points_but_for_words(match) == points_but_for_words(same)


def points_but_for_words(match: Match) -> dict[str, float]:
    """Return what each signal added, but for that of words."""
    return {part.signal: part.points for part in match.contributions if part.signal != "keywords"}


def test_additions_answer_exactly_like_a_build_from_scratch(home: Home) -> None:
    for seed in (1, 2):
        stock(home, crowd(7, seed))
        report = update(home)
        assert (report.whole, report.written, report.removed) == (False, 7, 0)
    everybody = [*corpus(), *crowd(40), *crowd(7, 1), *crowd(7, 2)]
    got, wanted = engine(home), from_scratch(home, everybody)

    assert read_manifest(folder(home)).segments == (len(corpus()) + 40, 7, 7)
    check_records(got, wanted, {one.id for one in everybody})
    assert outline(answers(got)) == outline(answers(wanted))
    assert [one.matches for one in answers(got)] == [one.matches for one in answers(wanted)]
    for brief in ("vegan recipes", "chess and bread", "crowd member"):
        query, ids = query_for(brief), sorted(one.id for one in everybody)
        assert_same_bytes(got.themes(query, ids), wanted.themes(query, ids))
        assert_same_bytes(got.windows(query, ids), wanted.windows(query, ids))
        assert got.best_keyword_score(query) == wanted.best_keyword_score(query)


def test_changes_and_removals_answer_like_a_build_from_scratch(home: Home) -> None:
    gone = [one.id for one in crowd(40)[3:6]]
    changed = [
        replace(corpus()[0], bio="Lighthouse keeper", posts=posts("Counting ships")),
        replace(crowd(40)[0], bio="Chess and nothing else"),
    ]
    erase(home, *gone, *(one.id for one in changed))
    stock(home, [*changed, creator("Newcomer", bio="Chess by lamplight")])
    report = update(home)
    assert (report.whole, report.written, report.removed) == (False, 3, 3)

    kept = {one.id: one for one in [*corpus(), *crowd(40), *changed] if one.id not in gone}
    everybody = [*kept.values(), creator("Newcomer", bio="Chess by lamplight")]
    got, wanted = engine(home), from_scratch(home, everybody)
    check_records(got, wanted, {one.id for one in everybody})
    near(answers(got), answers(wanted))
    assert indexed(home) == {one.id for one in everybody}

    build(home)
    check_records(engine(home), wanted, {one.id for one in everybody})
    assert outline(answers(engine(home))) == outline(answers(wanted))


def test_a_creator_who_changes_again_and_again(home: Home) -> None:
    one = crowd(40)[0]
    for word in ("lighthouse", "submarine", "telescope"):
        stock(home, [replace(one, bio=word)])
        assert not update(home).whole
    opened = engine(home)
    assert opened.read([one.id])[0].bio == "telescope"
    assert opened.info.creators == len(corpus()) + 40
    for word, hits in (("lighthouse", 0), ("submarine", 0), ("telescope", 1)):
        assert np.count_nonzero(opened.windows(query_for(word), [one.id]).keyword) == hits
        assert np.count_nonzero(opened.themes(query_for(word), [one.id]).keyword) == hits
        assert (opened.best_keyword_score(query_for(word)) > 0) is bool(hits)
    assert opened.themes(query_for("telescope"), [one.id]).passages.tolist() == [
        1 + len({post.text for post in one.posts})
    ]


@pytest.mark.parametrize(("name", "fields"), [(PASSAGES, PASSAGE_FIELDS), (CREATORS, CREATOR_FIELDS)])
def test_words_of_who_changed_or_went_are_in_no_index(
    home: Home, name: str, fields: dict[str, float]
) -> None:
    changed, gone = crowd(40)[0], creator("Short Stay", bio="periscope", posts=posts("periscope up"))
    stock(home, [replace(changed, bio="lighthouse"), gone])
    update(home)
    keys = [creator_key(row) for row in range(200)]

    def held(word: str) -> int:
        words = KeywordIndex(folder(home) / name, keys, fields)
        return len(words.best(dict.fromkeys(ANALYSER.terms(word), 1.0), 10).rows)

    assert (held("lighthouse"), held("periscope") > 0) == (1, True)
    erase(home, gone.id)
    stock(home, [replace(changed, bio="telescope")])
    assert not update(home).whole
    assert (held("lighthouse"), held("periscope"), held("telescope")) == (0, 0, 1)


def test_nothing_changed_publishes_nothing(home: Home) -> None:
    before = folder(home)
    report = update(home)
    assert report.generation == before.name
    assert (report.reason, report.whole, report.written, report.encoded) == ("nothing changed", False, 0, 0)
    assert (report.creators, report.passages) == (engine(home).info.creators, engine(home).info.passages)
    stock(home, corpus())  # the same once more
    assert update(home).reason == "nothing changed"
    assert generations(home) == [before.name]


def test_everybody_erased_is_followed_too(home: Home) -> None:
    erase(home, *(one.id for one in [*corpus(), *crowd(40)]))
    assert update(home).creators == 0
    assert indexed(home) == set()
    assert answers(engine(home), [Brief(query="vegan")])[0].matches == ()


def test_the_base_is_shared_and_left_alone(home: Home) -> None:
    base = folder(home)
    before = {path: (path.stat().st_ino, path.read_bytes()) for path in base.rglob("*") if path.is_file()}
    stock(home, crowd(3, seed=5))
    update(home)
    now = folder(home)

    assert now != base
    assert {path: (path.stat().st_ino, path.read_bytes()) for path in before} == before
    shared = {
        path.relative_to(base).as_posix()
        for path, (inode, _) in before.items()
        if (now / path.relative_to(base)).exists() and (now / path.relative_to(base)).stat().st_ino == inode
    }
    assert {
        "segment-0/arrays.npz",
        "segment-0/ids.json",
        "segment-0/records.zst",
        "segment-0/themes.f32",
        "segment-0/vectors.f32",
        "words.json",
        "words.f32",
    } <= shared
    for words in ("passage-keywords", "creator-keywords"):
        assert sum(1 for name in shared if name.startswith(f"{words}/")) >= 5
        assert f"{words}/meta.json" not in shared
    assert not shared & {"manifest.json", "live.npy", "sample.npy"}
    assert sorted(path.name for path in (now / "segment-1").iterdir()) == [
        "arrays.npz",
        "ids.json",
        "records.zst",
        "themes.f32",
        "vectors.f32",
    ]


def test_an_update_encodes_only_what_is_new(home: Home) -> None:
    changed = replace(crowd(40)[0], bio="Chess and nothing else")
    stock(home, [changed, creator("Newcomer", bio="Chess by lamplight", posts=posts("Chess by lamplight"))])
    assert update(home).encoded == 2


def test_too_much_growth_builds_anew(home: Home) -> None:
    base = len(corpus()) + 40
    stock(home, crowd(base // 4, seed=3))
    assert not update(home).whole
    stock(home, crowd(1, seed=4))
    report = update(home)
    assert report.whole
    assert report.reason == f"{base // 4 + 1} creators were updated since the base of {base}"
    assert read_manifest(folder(home)).segments == (base + base // 4 + 1,)


def test_too_many_segments_build_anew(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "MAX_SEGMENTS", 3)
    for seed in (1, 2):
        stock(home, crowd(1, seed))
        assert not update(home).whole
    assert update(home).reason == "nothing changed"
    stock(home, crowd(1, seed=3))
    report = update(home)
    assert report.whole
    assert report.reason == "3 segments have piled up"
    assert len(read_manifest(folder(home)).segments) == 1


def test_without_an_index_an_update_builds(tmp_path: Path) -> None:
    home = Home(tmp_path)
    stock(home, corpus())
    report = update(home)
    assert report.whole
    assert report.reason.startswith("no index to update (no index in ")


@pytest.mark.parametrize(
    "name",
    [
        "segment-0/vectors.f32",
        "segment-0/themes.f32",
        "live.npy",
        "passage-keywords/meta.json",
        "creator-keywords/meta.json",
        "words.json",
        "manifest.json",
    ],
)
def test_a_damaged_base_is_not_built_upon(home: Home, name: str) -> None:
    content = bytearray((folder(home) / name).read_bytes())
    content[-1] ^= 1
    (folder(home) / name).write_bytes(content)
    stock(home, crowd(1, seed=9))

    report = update(home)
    assert report.whole
    assert report.reason.startswith("no index to update (")
    assert indexed(home) == {one.id for one in [*corpus(), *crowd(40), *crowd(1, seed=9)]}


def test_an_index_of_other_documents_is_built_anew(home: Home) -> None:
    """What a creator is searched by has changed since: nothing of it is built upon."""
    older = replace(read_manifest(folder(home)), schema=SCHEMA - 1)
    older.write(folder(home))
    stock(home, crowd(1, seed=9))
    report = update(home)
    assert report.whole
    assert report.reason == (
        f"no index to update (the index was built by another version (analyser {older.analyser}, schema "
        f"{SCHEMA - 1}); run `nichescout index` to build it anew)"
    )
    assert read_manifest(folder(home)).schema == SCHEMA


def test_an_older_store_builds_anew(home: Home, tmp_path: Path) -> None:
    """The store was restored from a backup, or begun anew."""
    stock(home, crowd(1, seed=1))
    update(home)
    for path in home.root.glob("store.sqlite3*"):
        path.unlink()
    stock(home, crowd(5, seed=2))

    report = update(home)
    assert report.whole
    assert report.reason == "the store is older than the index"
    assert indexed(home) == {one.id for one in crowd(5, seed=2)}


def test_who_was_suppressed_goes_with_their_next_change(home: Home) -> None:
    one = crowd(40)[0]
    suppress(home, one)
    stock(home, [replace(one, bio="new words")])
    update(home)
    assert one.id not in indexed(home)


def test_changes_that_come_during_an_update_are_not_lost(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is stored after the changes were listed belongs to the next update."""
    stock(home, crowd(1, seed=1))
    late = creator("Late Comer", bio="Chess by lamplight")
    listing = Store.changed_since

    def then_somebody_else_imports(store: Store, revision: int) -> list[CreatorId]:
        listed = list(listing(store, revision))
        stock(home, [late])
        return listed

    with monkeypatch.context() as patched:
        patched.setattr(Store, "changed_since", then_somebody_else_imports)
        update(home)
    assert late.id not in indexed(home)
    update(home)
    assert late.id in indexed(home)


def test_the_sample_holds_everybody_while_they_are_few(home: Home) -> None:
    manifest = read_manifest(folder(home))
    everybody = {one.id for one in [*corpus(), *crowd(40)]}
    assert grown_sample(folder(home), manifest, []) == everybody
    newcomers = [creator_id(f"x:{number}") for number in range(SAMPLE_CREATORS)]
    grown = grown_sample(folder(home), manifest, newcomers)
    assert grown == everybody | set(sample_of([*everybody, *newcomers]))


def test_newcomers_join_a_drawn_sample_as_often_as_others(home: Home) -> None:
    """Also when somebody of the sample has gone since: what they leave is not filled up with newcomers."""
    drawn = sample_of(sorted(indexed(home)))[:40]
    rows = {one: row for row, one in enumerate(sorted(indexed(home)))}
    np.save(folder(home) / "sample.npy", np.array(sorted(rows[one] for one in drawn), dtype=np.int64))
    newcomers = [creator_id(f"x:{number}") for number in range(1_000)]

    grown = grown_sample(folder(home), read_manifest(folder(home)), newcomers)
    assert set(drawn) <= grown
    assert 0.4 < (len(grown) - 40) / 1_000 < 0.6
