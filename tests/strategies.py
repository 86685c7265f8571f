"""Hypothesis strategies: arbitrary creators, and filters that sometimes fit them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from discovery.creator import (
    Audience,
    Contact,
    Creator,
    CreatorId,
    DetectedLanguage,
    Platform,
    Post,
    Price,
    Provenance,
    Statement,
    creator_id,
    newest_first,
)
from discovery.filters import FIELDS, Filter, FilterField, Kind, Mode, Unknown
from discovery.ports import Query
from discovery.vocabulary import AGE_BANDS, GENDERS
from indexer.merge import latest_first
from tests.fictional import INJECTION

WORDS = (
    "vegan",
    "Vegans",
    "recipe",
    "recipes",
    "café",
    "cafes",
    "running",
    "runner",
    "dog",
    "dogs",
    "#VeganFood",
    "don't",
    "2026",
    "a",
    "عدس",
    "نباتي",
    "טבעוני",
    "ヴィーガンカフェ",
    "비건",
    "김치",
    "素食",
    "борщ",
    "दाल",
    "🌱",
    "🏋️\u200d♀️",
    "🇯🇵",
    "ﷺ",
    "½",
)
COUNTRIES = ("DE", "US", "JP")
LANGUAGES = ("de", "en", "ja")
CATEGORIES = ("Food", "Vegan Food", "ヨガ", "a/b")
TAGS = ("Vegan", "zerowaste", "渋谷", "🌱")
DAYS = st.dates(date(2025, 12, 1), date(2026, 3, 1))

_prose = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
texts = st.one_of(_prose, _prose, st.just(INJECTION), st.text(max_size=40), st.just(""))
"""Texts of several scripts that share words, with an odd one now and then."""

ids = st.one_of(
    st.text(min_size=1, max_size=12).filter(lambda value: value not in {".", ".."}),
    st.from_regex(r"(instagram|tiktok):[a-c/ 🌱]{1,3}", fullmatch=True),
).map(creator_id)
"""Ids of any characters."""

counts = st.one_of(st.integers(0, 100), st.integers(0, 10**9))
shares = st.sampled_from([0.0, 0.05, 0.1, 0.2, 0.3, 0.45, 0.5, 0.7, 1.0])


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _tuples(values: Sequence[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


def _share_maps(values: Sequence[str]) -> st.SearchStrategy[Mapping[str, float]]:
    """Shares of some values; they need not add up to 1, as sources list only their top values."""
    return st.dictionaries(st.sampled_from(values), shares, max_size=3)


@st.composite
def posts(draw: st.DrawFn) -> Post:
    """Draw one post; any figure may be unknown."""
    return Post(
        id=draw(st.text(min_size=1, max_size=5)),
        title=draw(_maybe(texts)),
        text=draw(_maybe(texts)),
        url=draw(_maybe(st.just("https://example.org/p"))),
        published_at=draw(_maybe(DAYS)),
        observed_at=draw(_maybe(DAYS)),
        hashtags=draw(_tuples(TAGS)),
        mentions=draw(_tuples(("Shop.Invented", "friend"))),
        views=draw(_maybe(counts)),
        likes=draw(_maybe(counts)),
        comments=draw(_maybe(counts)),
        shares=draw(_maybe(counts)),
        sponsored=draw(_maybe(st.booleans())),
        sponsors=draw(_tuples(("brand.invented",))),
        source=draw(st.sampled_from((None, None, None, "invented", "list"))),
    )


audiences = st.builds(
    Audience,
    countries=_maybe(_share_maps(COUNTRIES)),
    ages=_maybe(_share_maps(AGE_BANDS)),
    genders=_maybe(_share_maps(GENDERS)),
    languages=_maybe(_share_maps(LANGUAGES)),
    sample_size=_maybe(counts),
    basis=_maybe(st.just("invented panel")),
)

contacts = st.lists(st.builds(Contact, type=st.just("email"), value=texts), max_size=1).map(tuple)
detected_languages = st.builds(
    DetectedLanguage,
    language=st.sampled_from(LANGUAGES),
    share=st.sampled_from([1.0, 2 / 3, 0.75]),
    captions=st.integers(0, 7),
)
prices = st.lists(
    st.builds(Price, deliverable=st.just("story"), amount=st.floats(0, 1e6), currency=st.just("EUR")),
    max_size=1,
).map(tuple)
provenances = st.dictionaries(
    st.sampled_from(("followers", "posts", "audience", "bio")),
    st.builds(Provenance, source=st.just("invented"), observed_at=_maybe(DAYS)),
    max_size=2,
)


also_stated = st.dictionaries(
    st.sampled_from(("followers", "following", "posts_total")),
    st.lists(
        st.builds(
            Statement,
            value=counts,
            provenance=st.builds(
                Provenance, source=st.sampled_from(("list", "panel")), observed_at=_maybe(DAYS)
            ),
        ),
        min_size=1,
        max_size=2,
        unique_by=lambda one: one.provenance.source,
    ).map(latest_first),
    max_size=1,
)


@st.composite
def creators(draw: st.DrawFn) -> Creator:
    """Draw one creator; any field but id, platform and name may be unknown."""
    return Creator(
        id=draw(ids),
        platform=draw(st.sampled_from(Platform)),
        name=draw(texts),
        handle=draw(_maybe(texts)),
        url=draw(_maybe(st.just("https://example.org/c"))),
        bio=draw(_maybe(texts)),
        language=draw(_maybe(st.sampled_from(LANGUAGES))),
        country=draw(_maybe(st.sampled_from(COUNTRIES))),
        categories=draw(_maybe(_tuples(CATEGORIES))),
        followers=draw(_maybe(counts)),
        following=draw(_maybe(counts)),
        posts_total=draw(_maybe(counts)),
        verified=draw(_maybe(st.booleans())),
        contacts=draw(_maybe(contacts)),
        links=draw(_maybe(_tuples(("https://example.org/c", "https://example.net/d")))),
        audience=draw(_maybe(audiences)),
        prices=draw(_maybe(prices)),
        posts=newest_first(tuple(draw(st.lists(posts(), max_size=4)))),
        detected_language=draw(_maybe(detected_languages)),
        fictional=draw(st.booleans()),
        provenance=draw(provenances),
        also_stated=draw(also_stated),
    )


@st.composite
def with_copies(draw: st.DrawFn, one: Creator) -> Creator:
    """Let a creator say all they say up to three times, in any order."""
    copied: list[Post] = []
    for post in one.searched_posts:
        copies = draw(st.integers(0, 2))
        copied += (post, *(replace(post, id=f"{post.id}~{number}") for number in range(copies)))
    return replace(one, posts=tuple(draw(st.permutations(copied))))


def corpora(most: int = 8) -> st.SearchStrategy[list[Creator]]:
    """Draw some creators with distinct ids."""
    return st.lists(creators(), max_size=most, unique_by=lambda one: one.id)


VALUES: Mapping[str, Sequence[str]] = {
    "platform": ("Instagram", "tiktok", "youtube", "podcast"),
    "country": ("de", *COUNTRIES, "FR"),
    "language": (*LANGUAGES, "EN"),
    "category": ("food", *CATEGORIES),
    "hashtags": ("#vegan", *TAGS, "nobody-uses-this"),
    "mentions": ("@friend", "shop.invented", "stranger"),
    "audience_country": (*COUNTRIES, "FR"),
    "audience_age": AGE_BANDS,
    "audience_gender": GENDERS,
    "audience_language": (*LANGUAGES, "fr"),
}
"""Values to ask for, by field: some that creators have, some that they do not."""


@st.composite
def filters(draw: st.DrawFn, fields: Sequence[str] = tuple(FIELDS)) -> Filter:
    """Draw one valid filter on any of the fields."""
    spec = FIELDS[draw(st.sampled_from(fields))]
    return Filter(
        field=spec.name,
        mode=draw(st.sampled_from(Mode)),
        unknown=draw(_maybe(st.sampled_from(Unknown))),
        **draw(_conditions(spec)),
    )


def _conditions(spec: FilterField) -> st.SearchStrategy[dict[str, Any]]:
    match spec.kind:
        case Kind.RANGE:
            return _ranges(spec)
        case Kind.FLAG:
            return st.fixed_dictionaries({"is_": st.booleans()})
        case Kind.TERMS:
            return st.fixed_dictionaries({"any_of": _some(VALUES[spec.name])})
        case Kind.SHARE:
            minimum = _maybe(shares.filter(bool))
            return st.fixed_dictionaries({"any_of": _some(VALUES[spec.name]), "weight": minimum})


def _some(values: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3).map(tuple)


def _ranges(spec: FilterField) -> st.SearchStrategy[dict[str, Any]]:
    if spec.upper_limit is not None:
        bounds = st.one_of(shares, st.floats(0, spec.upper_limit))
    else:
        bounds = st.one_of(counts, counts.map(float), st.floats(0, 1e9))
    both = st.tuples(bounds, bounds).map(lambda pair: {"min": min(pair), "max": max(pair)})
    return st.one_of(bounds.map(lambda low: {"min": low}), bounds.map(lambda high: {"max": high}), both)


def filter_lists(most: int = 3) -> st.SearchStrategy[list[Filter]]:
    """Draw no, one or a few filters."""
    return st.lists(filters(), max_size=most)


briefs = st.one_of(_prose, st.just(INJECTION), st.text(max_size=30)).filter(lambda text: text.strip())
"""Texts to search for; some share words with the creators, some have none."""

related_terms = st.dictionaries(
    st.sampled_from(("run", "dog", "cafe", "borsch", "lentil", "nobody-says-this")),
    st.sampled_from([0.05, 0.3, 1.0]),
    max_size=3,
)
"""Terms that a brief does not say itself, with weights."""

as_of_days = _maybe(st.dates(date(2025, 11, 1), date(2026, 6, 1)))
"""Days from which ages count, or none."""


def picks(known: Sequence[CreatorId]) -> st.SearchStrategy[list[CreatorId]]:
    """Draw some of the given ids, in any order."""
    return st.lists(st.sampled_from(known), max_size=3, unique=True) if known else st.just([])


def no_words() -> Query:
    """Return a query without a vector and without terms."""
    return Query(vector=None, terms=())
