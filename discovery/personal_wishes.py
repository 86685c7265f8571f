"""Wishes about a person's traits: answered only by what the creator says of themselves, never inferred."""

from discovery.creator import Creator
from discovery.match import PersonalVerdict
from discovery.ports import Analyser
from discovery.telling_terms import telling_terms
from discovery.verdicts import Status


def personal_verdict(wish: str, creator: Creator, analyser: Analyser) -> PersonalVerdict:
    """Return met when the bio says all words of the wish, else unknown: silence says nothing."""
    wanted = telling_terms(wish, analyser)
    said = {term.text for term in analyser.find(creator.bio or "", wanted)}
    status = Status.MET if wanted and said.issuperset(wanted) else Status.UNKNOWN
    return PersonalVerdict(text=wish, status=status)
