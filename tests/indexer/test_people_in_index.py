"""Persons with several profiles, from the store to an answer: built, updated, suppressed, forgotten."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from discovery.brief import MAX_DEPTH, Brief
from discovery.creator import Creator, CreatorId, Platform, creator_id
from discovery.errors import CreatorNotFound, IndexDamaged
from indexer.embedding_cache import EmbeddingCache
from indexer.forget import ForgetReport, forget
from indexer.home import Home
from indexer.store import Store
from indexer.suppression import SuppressionList
from tests.fictional import TODAY, corpus, creator, stated
from tests.indexer.installation import (
    ANALYSER,
    ENCODER,
    build,
    engine,
    folder,
    generations,
    indexed,
    matcher,
    outline,
    stock,
    suppress,
    update,
)

BRIEF = Brief(query="zither building from cherry wood", limit=MAX_DEPTH)


def profile(platform: Platform, native: str, url: str, *links: str, source: str = "page") -> Creator:
    """Invent a profile of somebody who builds zithers."""
    one = creator(
        "Zita Erfunden",
        id=f"{platform}:{native}",
        platform=platform,
        url=url,
        bio=f"Zither building from cherry wood, as told on {platform}",
        links=links,
    )
    known = stated("name", "platform", "url", "bio", "links", source=source, observed_at=TODAY)
    return replace(one, provenance=known)


SITE_URL, FEDI_URL, SKY_URL = (
    "https://zita.example/",
    "https://social.example/@zita",
    "https://bsky.app/profile/zita.example",
)
SITE = profile(Platform.WEBSITE, "zita.example", SITE_URL, FEDI_URL, SKY_URL)
FEDI = profile(Platform.MASTODON, "zita@social.example", FEDI_URL, SITE_URL)
SKY = profile(Platform.BLUESKY, "did:plc:zita", SKY_URL, SITE_URL)
ZITA = {SITE.id, FEDI.id, SKY.id}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The corpus and three profiles that link to each other, built."""
    made = Home(tmp_path)
    stock(made, [*corpus(), SITE, FEDI, SKY])
    build(made)
    return made


def shown(home: Home) -> list[set[CreatorId]]:
    """The profiles of Zita as an answer shows them, one set a place."""
    return [
        {match.creator.id, *(one.id for one in match.profiles)}
        for match in matcher(engine(home)).search(BRIEF).matches
        if match.creator.id in ZITA
    ]


def change(home: Home, *people: Creator) -> None:
    stock(home, people)
    update(home)


LATER = stated("links", source="page", observed_at=date(2026, 3, 2))


def relinked(one: Creator, *links: str) -> Creator:
    """The same profile with other links, seen later."""
    return replace(one, links=links, provenance={**one.provenance, **LATER})


def test_a_person_is_shown_once_with_all_profiles(home: Home) -> None:
    assert shown(home) == [ZITA]
    assert build(home).people == 1


def test_without_any_person_answers_are_what_they_were(tmp_path: Path) -> None:
    """Links in one direction change neither a place nor a score."""
    alone, linking = Home(tmp_path / "alone"), Home(tmp_path / "linking")
    plain = [replace(one, links=None) for one in (SITE, FEDI, SKY)]
    stock(alone, [*corpus(), *plain])
    stock(linking, [*corpus(), *plain[:2], SKY])
    for one in (alone, linking):
        assert build(one).people == 0
    briefs = [BRIEF, Brief(query="vegan recipes", limit=MAX_DEPTH)]
    assert outline([matcher(engine(alone)).search(one) for one in briefs]) == outline(
        [matcher(engine(linking)).search(one) for one in briefs]
    )


def test_an_update_follows_links_that_come_and_go(home: Home) -> None:
    change(home, relinked(SKY))
    assert sorted(map(len, shown(home))) == [1, 2]
    assert {SITE.id, FEDI.id} in shown(home)
    later = stated("links", source="page", observed_at=date(2026, 3, 3))
    change(home, replace(SKY, provenance={**SKY.provenance, **later}))
    assert shown(home) == [ZITA]


def test_an_update_is_a_build_from_scratch(home: Home, tmp_path: Path) -> None:
    fourth = profile(Platform.YOUTUBE, "UCzita", "https://youtube.com/@zita", SITE_URL)
    site = relinked(SITE, *(SITE.links or ()), "https://www.youtube.com/channel/UCzita")
    change(home, fourth, site)
    clean = Home(tmp_path / "clean")
    with Store(home.store) as store:
        stock(clean, store.creators())
    build(clean)
    ids = [*ZITA, fourth.id]
    assert engine(home).profiles_of(ids) == engine(clean).profiles_of(ids)
    assert {len(one) for one in engine(home).profiles_of(ids).values()} == {4}


def test_who_is_erased_is_nobodys_profile(home: Home) -> None:
    with Store(home.store) as store:
        store.erase([SITE.id])
    update(home)
    assert sorted(map(len, shown(home))) == [1, 1]


def test_the_whole_person_falls_apart_when_one_profile_asked_to_be_left_out(home: Home) -> None:
    """The others may be found; nothing says whose they are."""
    suppress(home, SKY)
    build(home)
    assert sorted(shown(home), key=str) == sorted([{SITE.id}, {FEDI.id}], key=str)
    assert engine(home).profiles_of(list(ZITA)) == {}


def test_until_the_next_build_nobody_is_led_from_one_to_the_other(home: Home) -> None:
    suppress(home, SKY)
    with SuppressionList(home.suppression) as list_:
        hiding = replace(matcher(engine(home)), suppressed=list_.is_suppressed)
        assert all(match.profiles == () for match in hiding.search(BRIEF).matches)
        assert SKY.id not in hiding.search(BRIEF).ids
        assert hiding.profiles(hiding.creator(SITE.id)) == ()


def test_the_file_is_part_of_the_generation(home: Home) -> None:
    (folder(home) / "people.json").write_bytes(b"[]")
    with pytest.raises(IndexDamaged, match=r"people\.json"):
        engine(home)


def test_a_generation_of_before_persons_were_looked_for_is_opened_and_updated(home: Home) -> None:
    """As an earlier version wrote it: no such file, and none in the manifest."""
    from indexer.embedded.manifest import read_manifest

    old = folder(home)
    (old / "people.json").unlink()
    manifest = read_manifest(old)
    replace(manifest, files={n: one for n, one in manifest.files.items() if n != "people.json"}).write(old)
    assert sorted(map(len, shown(home))) == [1, 1, 1]
    change(home, creator("Newcomer"))
    assert shown(home) == [ZITA]


def test_forgetting_one_profile_forgets_the_person(home: Home) -> None:
    report = forget(home, [SKY.id], ENCODER, ANALYSER)
    assert report == ForgetReport(erased=3, not_stored=0, linked=tuple(sorted([FEDI.id, SITE.id])))
    assert indexed(home).isdisjoint(ZITA)
    assert b"zita" not in held(home).lower()
    with SuppressionList(home.suppression) as list_, Store(home.store) as store:
        assert store.upsert([SITE, FEDI, SKY], list_.is_suppressed).suppressed == 3


def test_forgetting_goes_on_where_it_was_killed(home: Home) -> None:
    """Killed right after the wish was on the disk: repeating the call still finds the other profiles."""
    suppress(home, SKY)
    assert forget(home, [SKY.id], ENCODER, ANALYSER).erased == 3


def test_who_only_claims_to_be_the_same_is_not_forgotten_with_them(home: Home) -> None:
    claims = profile(Platform.TIKTOK, "admirer", "https://www.tiktok.com/@admirer", SITE_URL, SKY_URL)
    change(home, claims)
    forget(home, [SKY.id], ENCODER, ANALYSER)
    assert claims.id in indexed(home)


def test_what_a_source_takes_back_is_gone_with_the_next_update(home: Home) -> None:
    listed = replace(SITE, links=None, url=None, bio="Wood, listed")
    known = stated("name", "platform", "bio", source="list", observed_at=date(2026, 1, 1))
    stock(home, [replace(listed, provenance=known)])
    with Store(home.store) as store:
        report = store.withdraw("page", ZITA)
        assert (report.changed, report.erased) == (1, 2)
    assert update(home).removed == 2
    opened = engine(home)
    assert indexed(home) & ZITA == {SITE.id}
    assert opened.profiles_of(list(ZITA)) == {}
    with pytest.raises(CreatorNotFound):
        opened.read([creator_id(SKY.id)])
    (left,) = opened.read([SITE.id])
    assert (left.bio, left.links, left.provenance["name"].source) == (None, None, "list")


def held(home: Home) -> bytes:
    """All bytes of an installation."""
    return b"".join(file.read_bytes() for file in sorted(home.root.rglob("*")) if file.is_file())


def cached(home: Home, text: str) -> bool:
    """Whether the cache has the vector of a text."""
    with EmbeddingCache(home.embeddings) as cache:
        return bool(cache.get(ENCODER.id, [text], ENCODER.dimension)[1][0])


def test_no_byte_of_what_was_taken_back_is_left_after_the_next_whole_build(home: Home) -> None:
    with Store(home.store) as store:
        store.purge("page", date(2026, 6, 1), datetime(2026, 6, 1, tzinfo=UTC))
        assert b"zita" not in home.store.read_bytes().lower()
        assert store.removed_at == store.revision
    update(home)
    assert indexed(home).isdisjoint(ZITA)
    assert cached(home, str(SITE.bio))
    kept = len(generations(home))
    build(home)
    assert kept == 2
    assert len(generations(home)) == 1
    assert b"zita" not in held(home).lower()
    assert not cached(home, str(SITE.bio))
    assert cached(home, str(corpus()[0].bio))
    with Store(home.store) as store:
        assert store.removed_at == 0
    build(home)
    assert len(generations(home)) == 2


def test_what_is_taken_back_during_a_build_is_left_for_the_next(home: Home) -> None:
    with Store(home.store) as store:
        store.withdraw("page", [SITE.id])
        first = store.removed_at
        store.withdraw("page", [SKY.id])
        store.cleaned(first)
        assert store.removed_at == store.revision
