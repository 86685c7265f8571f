"""From the domain to the shapes of the answers. Pure; nothing is worked out here but the wording."""

from collections.abc import Sequence

from discovery.brief import Brief
from discovery.creator import Audience, Creator, DetectedLanguage, Platform, Post, Statement
from discovery.facets import engagement_rate, facets_of
from discovery.filters import FIELDS, Filter, FilterField, Kind
from discovery.match import ExclusionVerdict, FilterReport, Match, NicheShare, PersonalVerdict, Ranking
from discovery.ports import GenerationInfo
from discovery.understanding.parts import Understood
from discovery.verdicts import Verdict
from discovery.vocabulary import AGE_BANDS, GENDERS, countries, languages
from search_api import payloads, reading_payloads
from search_api.filter_syntax import condition_text
from search_api.understanding import effects, exclusion_basis, personal_basis

BOTH_WAYS = "both_ways"
"""Why profiles are shown as one person's."""
_COPIED = ("handle", "url", "bio", "language", "country", "followers", "following", "posts_total", "verified")
_TAKES = {
    Kind.RANGE: ("min", "max"),
    Kind.TERMS: ("any_of",),
    Kind.FLAG: ("is",),
    Kind.SHARE: ("any_of", "weight"),
}

_PLATFORM_NAMES = {
    Platform.INSTAGRAM: "Instagram",
    Platform.TIKTOK: "TikTok",
    Platform.YOUTUBE: "YouTube",
    Platform.PODCAST: "Podcast",
    Platform.BLUESKY: "Bluesky",
    Platform.MASTODON: "Mastodon",
    Platform.WEBSITE: "Website",
}


def search_response(ranking: Ranking, next_cursor: str | None) -> payloads.SearchResponse:
    """Render one page of an answer."""
    asked = len(ranking.brief.filters)
    return payloads.SearchResponse(
        request=applied_request(ranking),
        understood=None if ranking.understood is None else understood(ranking.brief, ranking.understood),
        generation=ranking.generation,
        totals=payloads.Totals(admitted=ranking.admitted, ranked=ranking.ranked, ruled_out=ranking.ruled_out),
        filters=tuple(
            _filter_result(position, report, asked) for position, report in enumerate(ranking.filters)
        ),
        plan=payloads.SearchPlan(
            vectors=ranking.plan.vectors, keywords=ranking.plan.keywords, reason=ranking.plan.reason
        ),
        calibration=_calibration(ranking),
        matches=match_rows(ranking),
        next_cursor=next_cursor,
    )


def applied_request(ranking: Ranking) -> payloads.AppliedRequest:
    """Render a brief as it was applied, with every default filled in."""
    brief = ranking.brief
    return payloads.AppliedRequest(
        query=brief.query,
        seeds=tuple(payloads.AppliedSeed(creator=seed.creator, weight=seed.weight) for seed in brief.seeds),
        filters=tuple(map(_applied_filter, brief.filters)),
        weights=ranking.weights,
        as_of=brief.as_of,
        limit=brief.limit,
    )


def understood(brief: Brief, read: Understood) -> reading_payloads.Understood:
    """Render what a brief was read as, with what each part does."""
    return reading_payloads.Understood(
        query=read.query,
        language=read.language,
        parts=tuple(
            reading_payloads.UnderstoodPart(
                kind=part.kind.value,
                any_of=part.any_of,
                min=part.min,
                max=part.max,
                currency=part.currency,
                text=part.text,
                spans=part.spans,
                confidence=part.confidence,
                use=part.use,
                effect=effect.text,
            )
            for part, effect in zip(read.parts, effects(brief, read), strict=True)
        ),
    )


def match_rows(ranking: Ranking) -> tuple[payloads.MatchRow, ...]:
    """Render the creators of an answer."""
    return tuple(_match_row(match, len(ranking.brief.filters)) for match in ranking.matches)


def _match_row(match: Match, asked: int) -> payloads.MatchRow:
    """Render one creator; the first `asked` verdicts answer the filters of the request."""
    return payloads.MatchRow(
        rank=match.rank,
        id=match.creator.id,
        name=match.creator.name,
        score=match.score,
        fit=match.fit.value,
        match_probability=match.probability,
        contributions=tuple(
            payloads.ScorePart(
                signal=part.signal, points=part.points, weight=part.weight, value=part.value, basis=part.basis
            )
            for part in match.contributions
        ),
        evidence=tuple(
            payloads.CitedPassage(
                kind=cited.kind,
                post_id=cited.post_id,
                text=cited.text,
                highlights=cited.highlights,
                score=cited.score,
                published_at=cited.published_at,
                url=cited.url,
            )
            for cited in match.evidence
        ),
        share=payloads.Share(
            on_niche=match.share.on_niche, posts=match.share.posts, text=share_text(match.share)
        ),
        verdicts=tuple(_verdict(position, item, asked) for position, item in enumerate(match.verdicts)),
        exclusions=tuple(map(_exclusion, match.exclusions)),
        personal=tuple(map(_personal, match.personal)),
        profiles=(
            payloads.Profile.model_validate(_profile(match.creator)),
            *(payloads.Profile.model_validate(_profile(one, BOTH_WAYS)) for one in match.profiles),
        ),
    )


def share_text(share: NicheShare) -> str:
    """Say how many recent posts are on the niche: `14 of the last 30 posts`."""
    if not share.posts:
        return "no recent posts with words"
    return f"{share.on_niche} of the last {share.posts} post{'' if share.posts == 1 else 's'}"


def creator_response(creator: Creator, others: Sequence[Creator] = ()) -> payloads.CreatorResponse:
    """Render all that is known of one creator; `others` are the other profiles of the same person."""
    profiles = (_full_profile(creator), *(_full_profile(one, BOTH_WAYS) for one in others))
    return payloads.CreatorResponse(id=creator.id, name=creator.name, profiles=profiles)


def generation(info: GenerationInfo) -> payloads.Generation:
    """Render what an engine serves."""
    return payloads.Generation(
        id=info.id,
        creators=info.creators,
        passages=info.passages,
        encoder=info.encoder,
        analyser=info.analyser,
        built_at=info.built_at,
    )


def filters_response(generation_id: str, categories: Sequence[str]) -> payloads.FiltersResponse:
    """Render the dictionary of filters; the categories are those of the served generation."""
    return payloads.FiltersResponse(
        generation=generation_id,
        filters=tuple(_description(spec, categories) for spec in FIELDS.values()),
    )


def _applied_filter(item: Filter) -> payloads.AppliedFilter:
    return payloads.AppliedFilter(
        field=item.field,
        min=item.min,
        max=item.max,
        any_of=item.any_of,
        weight=item.weight,
        is_=item.is_,
        mode=item.mode.value,
        unknown=str(item.unknown),
    )


def _origin(position: int, asked: int) -> str:
    return "request" if position < asked else "brief"


def _calibration(ranking: Ranking) -> payloads.Calibration | None:
    basis = ranking.probability_basis
    return None if basis is None else payloads.Calibration(basis=basis)


def _exclusion(verdict: ExclusionVerdict) -> reading_payloads.ExclusionVerdict:
    return reading_payloads.ExclusionVerdict(
        text=verdict.text,
        status=verdict.status.value,
        count=verdict.count,
        seen=verdict.seen,
        basis=exclusion_basis(verdict),
    )


def _personal(verdict: PersonalVerdict) -> reading_payloads.PersonalVerdict:
    return reading_payloads.PersonalVerdict(
        text=verdict.text, status=verdict.status.value, basis=personal_basis(verdict)
    )


def _filter_result(position: int, report: FilterReport, asked: int) -> payloads.FilterResult:
    return payloads.FilterResult(
        position=position,
        origin=_origin(position, asked),
        field=report.filter.field,
        condition=condition_text(report.filter),
        mode=report.filter.mode.value,
        met=report.met,
        not_met=report.not_met,
        unknown=report.unknown,
        unknown_left_out=report.unknown_left_out,
    )


def _verdict(position: int, verdict: Verdict, asked: int) -> payloads.FilterVerdict:
    return payloads.FilterVerdict(
        position=position,
        origin=_origin(position, asked),
        field=verdict.filter.field,
        mode=verdict.filter.mode.value,
        condition=condition_text(verdict.filter),
        status=verdict.status.value,
        value=verdict.value,
        source=verdict.source,
        observed_at=verdict.observed_at,
    )


def _full_profile(creator: Creator, linked: str | None = None) -> payloads.FullProfile:
    posts = tuple(map(_post, creator.recent_posts))
    return payloads.FullProfile.model_validate({**_profile(creator, linked), "posts": posts})


def _profile(creator: Creator, linked: str | None = None) -> dict[str, object]:
    facets = facets_of(creator)
    rate = engagement_rate(creator)
    return {name: getattr(creator, name) for name in _COPIED} | {
        "id": creator.id,
        "linked": linked,
        "platform": creator.platform.value,
        "name": creator.name,
        "language_detected": creator.detected_language and _detected(creator.detected_language),
        "categories": creator.categories,
        "engagement_rate": rate and payloads.Rate(value=rate.value, posts=rate.posts, formula=rate.formula),
        "views": facets.views,
        "last_post": facets.last_post,
        "contacts": None
        if creator.contacts is None
        else tuple(payloads.StatedContact(type=item.type, value=item.value) for item in creator.contacts),
        "audience": creator.audience and _audience(creator.audience),
        "prices": None
        if creator.prices is None
        else tuple(
            payloads.StatedPrice(deliverable=item.deliverable, amount=item.amount, currency=item.currency)
            for item in creator.prices
        ),
        "fictional": creator.fictional,
        "provenance": {
            name: payloads.Source(source=origin.source, observed_at=origin.observed_at)
            for name, origin in sorted(creator.provenance.items())
        },
        "also_stated": {
            name: tuple(map(_statement, told)) for name, told in sorted(creator.also_stated.items())
        },
    }


def _statement(told: Statement) -> payloads.StatedBeside:
    origin = told.provenance
    return payloads.StatedBeside(value=told.value, source=origin.source, observed_at=origin.observed_at)


def _detected(found: DetectedLanguage) -> payloads.LanguageDetected:
    return payloads.LanguageDetected(language=found.language, share=found.share, captions=found.captions)


def _audience(audience: Audience) -> payloads.AudienceShares:
    return payloads.AudienceShares(
        countries=audience.countries,
        ages=audience.ages,
        genders=audience.genders,
        languages=audience.languages,
        sample_size=audience.sample_size,
        basis=audience.basis,
    )


def _post(post: Post) -> payloads.PostRecord:
    names = payloads.PostRecord.model_fields
    return payloads.PostRecord.model_validate({name: getattr(post, name) for name in names})


def _description(spec: FilterField, categories: Sequence[str]) -> payloads.FilterDescription:
    return payloads.FilterDescription(
        field=spec.name,
        title=spec.title,
        meaning=spec.meaning,
        kind=spec.kind.value,
        takes=_TAKES[spec.kind],
        upper_limit=spec.upper_limit,
        default_weight=spec.weight,
        values=_values(spec.vocabulary, categories),
    )


def _values(vocabulary: str | None, categories: Sequence[str]) -> tuple[payloads.FilterValue, ...] | None:
    match vocabulary:
        case None:
            return None
        case "country":
            named = countries()
        case "language":
            named = languages()
        case "category":
            named = {value: value for value in categories}
        case "age":
            named = {value: value for value in AGE_BANDS}
        case "gender":
            named = {value: value for value in GENDERS}
        case _:
            named = {platform.value: _PLATFORM_NAMES[platform] for platform in Platform}
    return tuple(payloads.FilterValue(value=value, title=title) for value, title in named.items())
