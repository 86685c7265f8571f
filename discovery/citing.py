"""The proof of a match: which passages are cited, and how many of the recent posts are on the niche."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from discovery.creator import Creator, Post
from discovery.excerpts import excerpt
from discovery.match import Evidence, NicheShare
from discovery.ports import Analyser, Windows
from discovery.ranking.background import Background, Floats
from discovery.ranking.post_scores import lexical_scores, mixed_scores, semantic_scores

CITED_POSTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Citer:
    """Cites the passages of the creators of a page. `windows` are those of `yardstick`'s query."""

    windows: Windows
    yardstick: Background
    terms: frozenset[str]
    analyser: Analyser

    def share(self, row: int) -> NicheShare:
        """How many of a creator's posts are above the edge of the niche."""
        place, cosine, _ = self._passages(row)
        posts = cosine[(place >= 0) & ~np.isnan(cosine)]
        return NicheShare(on_niche=int((posts > self.yardstick.threshold).sum()), posts=posts.size)

    def evidence(self, row: int, creator: Creator) -> tuple[Evidence, ...]:
        """The best posts, the bio where it speaks for the creator or nothing else does."""
        place, cosine, mixed = self._passages(row)
        on_niche = cosine > self.yardstick.threshold
        order = [one for one in np.argsort(-mixed, kind="stable").tolist() if not np.isnan(mixed[one])]
        posts = [one for one in order if place[one] >= 0]
        posts = posts[:1] + [one for one in posts[1:] if on_niche[one]]
        searched = creator.searched_posts
        cited = [self._post(searched[int(place[one])], float(mixed[one])) for one in posts[:CITED_POSTS]]
        bios = [one for one in order if place[one] < 0 and (on_niche[one] or not cited)]
        return (*cited, *(self._bio(creator.bio or "", float(mixed[one])) for one in bios))

    def _passages(self, row: int) -> tuple[NDArray[np.int16], Floats, Floats]:
        """Place, cosine and mixed score of one creator's passages."""
        own = slice(int(self.windows.offsets[row]), int(self.windows.offsets[row + 1]))
        cosine = self.windows.cosine[own].astype(np.float64)
        mixed = mixed_scores(
            semantic_scores(cosine), lexical_scores(self.windows.keyword[own].astype(np.float64))
        )
        return self.windows.post[own], cosine, mixed

    def _post(self, post: Post, value: float) -> Evidence:
        words = post.caption.strip() or " ".join(f"#{tag}" for tag in post.hashtags)
        text, ranges = excerpt(words, self.terms, self.analyser)
        return Evidence(
            kind="post",
            text=text,
            highlights=ranges,
            score=round(value, 4),
            post_id=post.id,
            published_at=post.published_at,
            url=post.url,
        )

    def _bio(self, bio: str, value: float) -> Evidence:
        text, ranges = excerpt(bio, self.terms, self.analyser)
        return Evidence(kind="bio", text=text, highlights=ranges, score=round(value, 4))
