"""Targets and floors of the tests on a judged collection, and what is printed at their end.

A target is what is to be reached; a floor is what is never to be lost again, a little below what was reached.
The tests hold the floors, so that they pass as a guard against getting worse; the table at their end says of
every target whether it is reached or missed.
"""

from dataclasses import dataclass

TARGETS = {
    "nDCG@10, all": 0.70,
    "nDCG@10, vocab-gap": 0.68,
    "nDCG@10, non-english": 0.62,
    "RBO@10 of paraphrases": 0.80,
    "cited posts, times the loss by random ones": 3.0,
}
"""What is to be reached at least."""
FLOORS = TARGETS | {
    "nDCG@10, all": 0.68,
    "nDCG@10, vocab-gap": 0.57,
    "nDCG@10, non-english": 0.64,
    "RBO@10 of paraphrases": 0.65,
}
"""What must not be lost: below the target where that is missed, else the target or a little above."""
MOST = {
    "p against plain fusion": 0.05,
    "calibration error, briefs left out": 0.05,
    "calibration error of the curve that ships": 0.05,
    "change of a score by copies": 0.02,
    "bias, number of posts, everybody": 0.10,
    "bias, number of posts, 10 posts or more": 0.10,
    "bias, log followers, everybody": 0.10,
    "bias, log followers, 10 posts or more": 0.10,
}
"""What is to be reached at most, either way: targets that are reached, and floors at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that was measured."""

    name: str
    value: float

    @property
    def holds(self) -> bool:
        """Whether it is what it must be."""
        if self.name in MOST:
            return abs(self.value) <= MOST[self.name]
        return self.value >= FLOORS[self.name]

    @property
    def line(self) -> str:
        """Figure, target, and whether it is reached."""
        most = MOST.get(self.name)
        target = f"at most {most}" if most is not None else f"at least {TARGETS[self.name]}"
        reached = self.holds if most is not None else self.value >= TARGETS[self.name]
        return f"{self.name:44} {self.value:7.3f}  {target:14} {'reached' if reached else 'MISSED'}"
