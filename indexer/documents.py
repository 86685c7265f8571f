"""Creator to passages: what text a creator is known by, decided once for every engine."""

import unicodedata
from dataclasses import dataclass

from discovery.creator import Creator, Post
from discovery.facets import Facets, facets_of

PASSAGE_COLUMNS = 200
"""How much of a passage is encoded, in columns: a wide (East Asian) character takes two."""
PROFILE = -1
"""Position of the profile passage; posts count from 0, newest first."""
PASSAGE_FIELDS = {"name": 1.0, "handle": 0.5, "bio": 1.0, "caption": 1.0, "hashtags": 0.5, "mentions": 0.25}
"""Keyword fields of a passage and how much a hit in each counts."""
CREATOR_FIELDS = {"subject": 1.0, "detail": 0.3}
"""Keyword fields of a creator as a whole: what is put first (names, bio, titles or captions, the first tags
of each post), and what stands below (descriptions under a title, further tags, mentions)."""
FIRST_TAGS = 8
"""How many of a post's hashtags are taken for what it is about; lists are long and end in anything."""
SCHEMA = 3
"""Version of everything decided in this module; an index of another version is built anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One searchable passage: the text to encode (empty: none) and the raw text of each keyword field."""

    position: int
    text: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatorDocument:
    """A creator as engines index it: the profile passage first, then one for each recent post with words.

    `fields` is the raw text of each keyword field of the creator as a whole.
    """

    creator: Creator
    facets: Facets
    passages: tuple[Passage, ...]
    fields: dict[str, str]


def document(creator: Creator) -> CreatorDocument:
    """Turn a creator into passages and facets."""
    posts = (_post_passage(place, post) for place, post in enumerate(creator.searched_posts))
    return CreatorDocument(
        creator=creator,
        facets=facets_of(creator),
        passages=(_profile_passage(creator), *posts),
        fields=_whole(creator),
    )


def _whole(creator: Creator) -> dict[str, str]:
    subject = [creator.name, creator.handle or "", creator.bio or ""]
    detail: list[str] = []
    for post in creator.searched_posts:
        title, text = (post.title or "").strip(), post.text or ""
        subject += (title or text, *post.hashtags[:FIRST_TAGS])
        detail += (text if title else "", *post.hashtags[FIRST_TAGS:], *post.mentions)
    return {"subject": "\n".join(subject), "detail": "\n".join(detail)}


def _profile_passage(creator: Creator) -> Passage:
    fields = {"name": creator.name, "handle": creator.handle or "", "bio": creator.bio or ""}
    return Passage(position=PROFILE, text=cut(creator.bio or ""), fields=fields)


def _post_passage(place: int, post: Post) -> Passage:
    tags = ", ".join(post.hashtags[:FIRST_TAGS])
    if post.title and post.title.strip():
        # What stands under a title is mostly links and credits; measured, it blurs what the post is about.
        text = cut(f"{post.title}. {tags}" if tags else post.title)
    else:
        text = cut((post.text or "").strip() or tags)
    fields = {
        "caption": post.caption,
        "hashtags": " ".join(post.hashtags),
        "mentions": " ".join(post.mentions),
    }
    return Passage(position=place, text=text, fields=fields)


def cut(text: str, columns: int = PASSAGE_COLUMNS) -> str:
    """Return the start of a text with white space made single, at most `columns` wide, at a word's end."""
    text = " ".join(text[: 4 * columns].split())
    if 2 * len(text) <= columns or (len(text) <= columns and text.isascii()):
        return text
    if text.isascii():
        space = text.rfind(" ", max(0, columns - 20), columns)
        return text[: space if space > 0 else columns]
    width = 0
    for place, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > columns:
            space = text.rfind(" ", max(0, place - 20), place)
            return text[: space if space > 0 else place]
    return text
