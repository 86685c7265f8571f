"""An installation of invented creators with posts enough to be cited and copied."""

from random import Random

from discovery.creator import Creator
from evaluation.judged.variants import Whole
from indexer.home import Home
from tests.fictional import creator, posts
from tests.indexer.installation import WORDS, build, engine, matcher, stock


def prolific(count: int, seed: int = 5) -> list[Creator]:
    """Invent creators of 12 posts each: three about one thing, nine about anything else."""
    random = Random(seed)
    made = []
    for number in range(count):
        theme = WORDS[number % len(WORDS)]
        others = [word for word in WORDS if word != theme]
        texts = [f"{theme} {theme} number {place}" for place in range(3)]
        texts += [" ".join(random.choices(others, k=5)) for _ in range(9)]
        random.shuffle(texts)
        made.append(
            creator(
                f"Prolific Member {number}",
                id=f"youtube:prolific-{number:03}",
                followers=random.randrange(100, 100_000) if number % 3 else None,
                posts=posts(*texts),
            )
        )
    return made


def whole_of(home: Home, creators: list[Creator]) -> Whole:
    """Build an installation of creators and search it."""
    stock(home, creators)
    build(home)
    return Whole(home=home, matcher=matcher(engine(home)))
