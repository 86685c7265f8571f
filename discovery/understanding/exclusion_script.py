"""What the rules for exclusions need to know of a language whose cues stand after what they exclude."""

import re
from dataclasses import dataclass

NOWHERE = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """Patterns on folded text; each is said in the module of its language.

    `letters`: the language is written with these. `cues` exclude what stands before them, `headings` what
    follows. After `harmless` a cue excludes nothing. `tie` parts things in a row; a piece before a comma
    with `verb` ends the row, except with `harm`. `tail` and `head` are cut from a thing, and so is all up
    to `left`. No row reaches beyond `start`.
    """

    letters: re.Pattern[str]
    cues: re.Pattern[str]
    headings: re.Pattern[str]
    harmless: re.Pattern[str]
    tie: re.Pattern[str]
    verb: re.Pattern[str]
    tail: re.Pattern[str]
    head: re.Pattern[str]
    start: re.Pattern[str]
    harm: re.Pattern[str] = NOWHERE
    left: re.Pattern[str] = NOWHERE
