"""Briefs that every engine must answer: languages, emoji, operators, injections."""

from tests.fictional import INJECTION

BRIEFS = (
    "vegan recipes",
    "Vegan Recipe for STUDENTS",
    "trail running",
    "chess",
    "عدس",
    "شوربة العدس النباتية",
    "מרק טבעוני",
    "ヴィーガンカフェ",
    "비건 레시피",
    "素食",
    "🌱",
    "🏃\u200d♂️💨 🇯🇵",
    "\u202eturned around",
    INJECTION,
    "caption:vegan",
    "*",
    "+vegan -yoga",
    "vegan AND NOT (yoga)",
    "'; DROP TABLE creators; --",
    "\x00",
    "qqqzzz",
    "garden " * 200,
)
