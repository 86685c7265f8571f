"""From a creator's record to the page about them: every field, with who stated it and when."""

from collections.abc import Mapping, Sequence

from discovery.brief import Brief
from discovery.creator import WINDOW, Contact, Creator, Platform, Post, Provenance
from discovery.facets import MIN_RATE_POSTS, Facets, engagement_rate, facets_of
from search_api.web import addresses, wording
from search_api.web.cards import display_handle, display_name
from search_api.web.contexts import Link
from search_api.web.profile_contexts import CreatorPage, Fact, OtherProfile, PostView, ShareTable
from search_api.web.shown import harmless, safe_link

_AUDIENCE = {
    "countries": ("Countries", "audience_country"),
    "ages": ("Ages", "audience_age"),
    "genders": ("Genders", "audience_gender"),
    "languages": ("Languages", "audience_language"),
}


def creator_page(creator: Creator, brief: Brief | None, others: Sequence[Creator] = ()) -> CreatorPage:
    """Lay out a creator; `brief` is the search that the reader came from.

    `others` are the other profiles of the same person.
    """
    name = display_name(creator)
    back = addresses.of_brief(brief) if brief else addresses.HOME
    return CreatorPage(
        title=name,
        id=harmless(creator.id),
        name=name,
        platform=creator.platform.value,
        platform_name=wording.PLATFORMS[creator.platform],
        handle=display_handle(creator),
        link=safe_link(creator.url),
        fictional=creator.fictional,
        bio=harmless(creator.bio or "").strip(),
        bio_origin=_origin(creator, "bio"),
        facts=_facts(creator, facets_of(creator)),
        audience=_audience(creator),
        audience_note=_audience_note(creator),
        posts=tuple(map(_post, creator.recent_posts)),
        posts_note=_posts_note(creator),
        back=Link(text="Back to results" if brief else "To the search", href=back),
        similar=Link(text="More like this", href=addresses.similar(creator.id, brief)),
        profiles=tuple(_other(one, brief) for one in others),
    )


def _other(creator: Creator, brief: Brief | None) -> OtherProfile:
    word = wording.FOLLOWERS_WORD.get(creator.platform, "followers")
    return OtherProfile(
        platform=creator.platform.value,
        platform_name=wording.PLATFORMS[creator.platform],
        name=display_name(creator),
        handle=display_handle(creator),
        page=addresses.creator(creator.id, brief),
        link=safe_link(creator.url),
        followers=f"{wording.exact(creator.followers)} {word}" if creator.followers is not None else "",
        origin=_origin(creator, "followers") if creator.followers is not None else "",
    )


def _facts(creator: Creator, facets: Facets) -> tuple[Fact, ...]:
    word = wording.FOLLOWERS_WORD.get(creator.platform, "followers").capitalize()
    return (
        _fact(creator, word, "followers", wording.exact(creator.followers)),
        _rate(creator),
        _fact(
            creator,
            "Median views",
            "posts",
            wording.exact(facets.views),
            note="of the recent posts that state them",
        ),
        _fact(creator, "Last post", "posts", wording.day(facets.last_post)),
        _fact(
            creator, "Country", "country", wording.country_name(creator.country) if creator.country else None
        ),
        _language(creator),
        _fact(creator, "Categories", "categories", _list(creator.categories)),
        _fact(creator, "Verified", "verified", _yes_no(creator.verified)),
        _fact(
            creator,
            "Sponsored posts",
            "posts",
            _yes_no(facets.has_sponsored_posts),
            note="as stated by the source",
        ),
        _contacts(creator),
        _prices(creator),
        _fact(creator, "Following", "following", wording.exact(creator.following)),
        _fact(creator, "Posts in all", "posts_total", wording.exact(creator.posts_total)),
    )


def _fact(creator: Creator, label: str, field: str, value: str | None, *, note: str = "") -> Fact:
    if value is None or value == wording.UNKNOWN:
        return Fact(label=label, value=wording.UNKNOWN, known=False)
    beside = tuple(
        f"also {harmless(wording.exact(told.value) if isinstance(told.value, int) else told.value)}; "
        f"{_stated(told.provenance)}"
        for told in creator.also_stated.get(field, ())
    )
    return Fact(label=label, value=harmless(value), note=note, origin=_origin(creator, field), beside=beside)


def _language(creator: Creator) -> Fact:
    """The stated language; where none is stated or the captions read otherwise, the detected one too."""
    stated, found = creator.language, creator.detected_language
    if found is None or stated == found.language:
        return _fact(creator, "Language", "language", stated and wording.language_name(stated))
    read_as = wording.detected(found)
    if stated is None:
        value = wording.content_language(creator) or wording.UNKNOWN
        return Fact(label="Language", value=value, origin=read_as)
    note = f"captions: {wording.language_name(found.language)}, {read_as}"
    return _fact(creator, "Language", "language", wording.language_name(stated), note=note)


def _rate(creator: Creator) -> Fact:
    rate = engagement_rate(creator)
    if rate:
        note = f"{rate.formula}, over {wording.counted(rate.posts, 'post')}"
        return _fact(creator, "Engagement rate", "posts", wording.percent(rate.value), note=note)
    reason = (
        f"not defined for {wording.PLATFORMS[creator.platform].lower()}s"
        if creator.platform in {Platform.PODCAST, Platform.WEBSITE}
        else f"needs {MIN_RATE_POSTS} posts with their counts"
    )
    return Fact(label="Engagement rate", value=wording.UNKNOWN, known=False, note=reason)


def _contacts(creator: Creator) -> Fact:
    if creator.contacts is None:
        return Fact(label="Contact", value=wording.UNKNOWN, known=False)
    items = tuple(map(_contact, creator.contacts))
    value = "" if items else "none stated"
    return Fact(label="Contact", value=value, items=items, origin=_origin(creator, "contacts"))


def _contact(contact: Contact) -> Link:
    """Show a contact as text; only an address of the web becomes a link."""
    return Link(
        text=f"{harmless(contact.type)}: {harmless(contact.value)}",
        href=safe_link(contact.value) or "",
        outside=True,
    )


def _prices(creator: Creator) -> Fact:
    if creator.prices is None:
        return Fact(label="Prices", value=wording.UNKNOWN, known=False)
    items = tuple(
        Link(text=harmless(f"{price.deliverable}: {wording.exact(price.amount)} {price.currency}"), href="")
        for price in creator.prices
    )
    return Fact(
        label="Prices", value="" if items else "none stated", items=items, origin=_origin(creator, "prices")
    )


def _audience(creator: Creator) -> tuple[ShareTable, ...]:
    if creator.audience is None:
        return ()
    tables = []
    for name, (title, field) in _AUDIENCE.items():
        shares: Mapping[str, float] | None = getattr(creator.audience, name)
        if shares:
            tables.append(_share_table(title, field, shares))
    return tuple(tables)


def _share_table(title: str, field: str, shares: Mapping[str, float]) -> ShareTable:
    ordered = sorted(shares.items(), key=lambda entry: (-entry[1], entry[0]))
    rest = 1.0 - sum(shares.values())
    return ShareTable(
        title=title,
        rows=tuple(
            (
                harmless(wording.value_name(field, value)),
                wording.percent(share),
                f"{min(max(share, 0.0), 1.0) * 100:.2f}%",
            )
            for value, share in ordered
        ),
        rest=f"{wording.percent(round(rest, 4))} not broken down" if rest > 0.0005 else "",
    )


def _audience_note(creator: Creator) -> str:
    audience = creator.audience
    if audience is None:
        return "The audience is unknown: no source states it, and it is never guessed."
    parts = [
        harmless(audience.basis) if audience.basis else "",
        f"sample of {audience.sample_size:,}" if audience.sample_size is not None else "sample size unknown",
        _origin(creator, "audience"),
    ]
    return "; ".join(part for part in parts if part)


def _post(post: Post) -> PostView:
    counts = (
        ("views", post.views),
        ("likes", post.likes),
        ("comments", post.comments),
        ("shares", post.shares),
    )
    sponsors = ", ".join(map(harmless, post.sponsors))
    return PostView(
        title=harmless(post.title or "").strip(),
        text=harmless(post.text or "").strip(),
        day=wording.day(post.published_at) if post.published_at else "date unknown",
        machine_day=post.published_at.isoformat() if post.published_at else "",
        link=safe_link(post.url),
        counts=tuple(f"{wording.compact(number)} {noun}" for noun, number in counts if number is not None),
        sponsored="" if not post.sponsored else f"Sponsored by {sponsors}" if sponsors else "Sponsored",
    )


def _posts_note(creator: Creator) -> str:
    shown = len(creator.recent_posts)
    if not shown:
        return "No recent posts are known."
    origin = _origin(creator, "posts")
    return f"The newest {shown} of at most {WINDOW} that are searched" + (f"; {origin}." if origin else ".")


def _origin(creator: Creator, field: str) -> str:
    origin = creator.provenance.get(field)
    return _stated(origin) if origin else ""


def _stated(origin: Provenance) -> str:
    when = f", {wording.day(origin.observed_at)}" if origin.observed_at else ", no date"
    return f"source: {harmless(origin.source)}{when}"


def _list(values: tuple[str, ...] | None) -> str | None:
    return None if values is None else ", ".join(values) or "none stated"


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"
