"""The citations of whole searches, over the oracle: of the page alone, best first, and on the niche."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from discovery.brief import Brief
from discovery.citing import CITED_POSTS
from discovery.creator import Creator, CreatorId
from discovery.match import NicheShare, Ranking
from discovery.matching import Matcher
from discovery.ports import Query, Sample, Windows
from discovery.ranking.background import EDGE, Floats
from discovery.ranking.post_scores import ALPHA
from embeddings.hashing_encoder import HashingEncoder
from indexer.analysis import StandardAnalyser
from tests.fictional import corpus, creator, post, posts
from tests.oracle import OracleEngine

ENCODER = HashingEncoder(256)
ANALYSER = StandardAnalyser()
CORPUS = corpus()


class Watched(OracleEngine):
    """An engine that remembers whose passages a search asked for, and by which query."""

    def __init__(self, creators: Sequence[Creator]) -> None:
        super().__init__(creators, ENCODER, ANALYSER)
        self.asked: list[tuple[Query, list[CreatorId]]] = []

    def windows(self, query: Query, creators: Sequence[CreatorId]) -> Windows:
        """Score, and remember."""
        self.asked.append((query, list(creators)))
        return super().windows(query, creators)

    def background(self, query: Query) -> Sample:
        """Score the sample, which looks at windows too."""
        before = list(self.asked)
        found = super().background(query)
        self.asked = before
        return found

    def search(self, query: str, **given_fields: Any) -> Ranking:
        """Search these creators."""
        matcher = Matcher(engine=lambda: self, encoder=ENCODER, analyser=ANALYSER, suppressed=lambda _: False)
        return matcher.search(Brief(query=query, **given_fields))

    def cited_from(self, one: CreatorId) -> tuple[Floats, NDArray[np.bool_]]:
        """Return a creator's posts as the last search saw them: mixed scores by the formula, and on niche."""
        query, _ = self.asked[-1]
        found = super().windows(query, [one])
        words = found.keyword.astype(np.float64) / max(float(found.keyword.max()), 1e-9)
        mixed = ALPHA * (1 + found.cosine.astype(np.float64)) / 2 + (1 - ALPHA) * words
        threshold = float(np.quantile(super().background(query).posts.astype(np.float64), EDGE))
        return mixed[found.post >= 0], (found.cosine > threshold)[found.post >= 0]


def test_the_first_citation_is_the_best_by_meaning_and_words_together() -> None:
    """The mixed score orders what is cited; the second and third must be on the niche by meaning."""
    left_out, watched = 0, Watched(CORPUS)
    for query in ("vegan tofu and lentils", "one pot vegan ramen", "chess", "trail shoes"):
        for match in watched.search(query, limit=100).matches:
            mixed, on_niche = watched.cited_from(match.creator.id)
            told = [post for post in match.creator.searched_posts if post.caption.strip() or post.hashtags]
            cited = [one for one in match.evidence if one.kind == "post"]
            best = np.argsort(-mixed, kind="stable").tolist()
            wanted = (best[:1] + [post for post in best[1:] if on_niche[post]])[:CITED_POSTS]
            left_out += len(best[:CITED_POSTS]) - len(wanted)
            assert [one.post_id for one in cited] == [told[post].id for post in wanted]
            assert [one.score for one in cited] == [round(float(mixed[post]), 4) for post in wanted]
            assert match.share == NicheShare(on_niche=int(on_niche.sum()), posts=on_niche.size)
    assert left_out > 0


def test_a_post_beside_the_niche_is_not_cited_after_the_best() -> None:
    crowd = [creator(f"Person {place}", bio="dogs", posts=posts("cats and birds")) for place in range(40)]
    one = creator("Baker", posts=posts("sourdough bread", "a trip to the sea", "sourdough bread again"))
    (match,) = Watched([*crowd, one]).search("sourdough bread", limit=1).matches
    assert [cited.post_id for cited in match.evidence] == ["p0", "p2"]
    assert match.share.on_niche == 2


def test_the_next_post_on_the_niche_moves_up_for_one_beside_it() -> None:
    """The hashtags of the second and third make them better by words; but they are about the sea."""
    pets = posts("cats and birds", hashtags=("pets", "home"))
    crowd = [creator(f"Person {place}", bio="dogs", posts=pets) for place in range(120)]
    tags = ("sourdough", "bread")
    others = (
        "jam tin egg oil fig nut bun pan pot cup jug lid mat tap sink oven tray bowl fork rack salt dill mint"
    )
    one = creator(
        "Baker",
        posts=(
            post("sourdough bread", id="p0", age=1),
            post("a trip to the sea", id="p1", age=2, hashtags=tags),
            post("rain at the sea again", id="p2", age=3, hashtags=tags),
            post(f"bread {others}", id="p3", age=4),
            post(f"bread {others} plum pear", id="p4", age=5),
        ),
    )
    watched = Watched([*crowd, one])
    (match,) = watched.search("sourdough bread", limit=1).matches
    mixed, on_niche = watched.cited_from(one.id)
    assert np.argsort(-mixed, kind="stable").tolist() == [0, 1, 2, 3, 4]
    assert on_niche.tolist() == [True, False, False, True, True]
    assert [cited.post_id for cited in match.evidence] == ["p0", "p3", "p4"]


def test_only_the_creators_of_the_page_are_looked_at_passage_by_passage() -> None:
    watched = Watched(CORPUS)
    ranking = watched.search("vegan recipes", offset=3, limit=4)
    assert [creators for _, creators in watched.asked] == [ranking.ids]
    assert ranking.ids == watched.search("vegan recipes", limit=20).ids[3:7]
