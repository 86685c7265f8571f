"""Countries as pages state them: a code or an English name. Pure."""

from discovery.vocabulary import code_for, countries


def stated_country(stated: object) -> str | None:
    """Return the ISO 3166-1 code of a country's code or name, or `None`."""
    if not isinstance(stated, str) or not 2 <= len(stated.strip()) <= 100:
        return None
    code = stated.strip().upper()
    return code if code in countries() else code_for(stated.strip(), countries())
