"""From a score to the chance that a judge calls the creator a good match, and to a word.

Platt scaling (Platt 1999): one logistic curve over the score, fitted on judged pairs of brief and creator,
checked by leaving out one brief at a time. `nichescout evaluate --calibration` fits it anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from discovery.match import Fit

SLOPE = 0.395
INTERCEPT = -3.98
ENCODER = "all-MiniLM-L6-v2@53aa51172d14/onnxruntime/fp32/256t"
"""The encoder whose scores were judged; the curve says nothing of another."""
BASIS = (
    "1,458 judged pairs of 34 briefs and 6,500 public creators with at most 8 posts each; good is grade 2 or "
    "3 of 3; the judge was a language model reading the texts; expected calibration error .02, leaving out "
    "one brief at a time"
)
_WORDS = ((0.75, Fit.STRONG), (0.5, Fit.GOOD), (0.25, Fit.PARTIAL))


def probability(score: float) -> float:
    """The chance, 0..1, that a judge calls a creator of this score a good match."""
    return 1.0 / (1.0 + exp(-(SLOPE * score + INTERCEPT)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What can be said of the scores of one search.

    `default_weights` are those that the search would have had without weights of its own; `holds` says
    whether the curve holds for its scores.
    """

    default_weights: Mapping[str, float]
    holds: bool

    @property
    def basis(self) -> str | None:
        """What the probabilities were fitted on; `None` without any."""
        return BASIS if self.holds else None

    def probability(self, score: float) -> float | None:
        """The chance that a judge calls a creator of this score a good match; `None`: not calibrated."""
        return round(probability(score), 4) if self.holds else None

    def fit(self, values: Mapping[str, float]) -> Fit:
        """A word for signals' values (by name), whatever the weights: the bands of the default score."""
        strength = sum(self.default_weights[name] * values.get(name, 0.0) for name in ("theme", "keywords"))
        chance = probability(strength)
        return next((word for least, word in _WORDS if chance >= least), Fit.WEAK)


def calibration(
    encoder: str, weights: Mapping[str, float], default_weights: Mapping[str, float], *, seeds: bool
) -> Calibration:
    """The curve holds for a text alone, the default weights, and the encoder it was fitted with."""
    holds = encoder == ENCODER and dict(weights) == dict(default_weights) and not seeds
    return Calibration(default_weights=default_weights, holds=holds)
