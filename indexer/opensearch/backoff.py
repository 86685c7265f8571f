"""How long to wait before the next try."""

FIRST_SECONDS = 0.25


def pause(retries: int, chance: float, *, longest: float) -> float:
    """Seconds to wait after so many retries before: a random part of a bound that doubles up to `longest`.

    `chance` is in [0, 1). All of the bound is random, so that clients which failed together come back apart.
    """
    return chance * min(longest, FIRST_SECONDS * 2.0 ** min(retries, 30))
