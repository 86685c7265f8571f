"""When a host may be asked again. Pure: times are seconds since the epoch, given by the caller."""

from dataclasses import dataclass

LONGEST_PAUSE = 86_400.0
"""Seconds; a host that asks for more is asked again after a day."""
FIRST_PAUSE = 2.0
"""Seconds of the first pause after a failure; each further one is twice as long."""
GRACE = 5.0
"""Seconds that a request may take from being granted to being sent; after a crash they are waited too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What is known of a host: when it was asked last, when it may be asked again, failures in a row.

    While requests to it are running, `next_at` is later by `GRACE`: it is what a crawl goes by that begins
    after this one was killed, and cannot know when they were sent.
    """

    asked_at: float = 0.0
    next_at: float = 0.0
    failures: int = 0

    def start(self, now: float, delay: float, running: int = 0) -> float:
        """Return when the next request may be sent by somebody who keeps `delay` seconds."""
        allowed = self.next_at - GRACE if running else self.next_at
        # A clock that was set back must not silence a host for longer than any pause lasts.
        if allowed > now + LONGEST_PAUSE + GRACE:
            allowed = now + delay
        asked = self.asked_at + delay if self.asked_at <= now + GRACE else 0.0
        return max(now, allowed, asked)

    def granted(self, start: float, delay: float) -> "Pace":
        """A request is about to be sent: nobody else may until its delay is over, even after a crash."""
        return Pace(asked_at=start, next_at=start + delay + GRACE, failures=self.failures)

    def answered(self, now: float, delay: float, running: int = 0) -> "Pace":
        """A request has ended: of one at a time the delay runs from now on, of several from their starts.

        `running` are the others that have not ended yet.
        """
        begin = self.asked_at if running else max(self.asked_at, now)
        return Pace(asked_at=begin, next_at=begin + delay + (GRACE if running else 0.0))

    def refused(
        self, now: float, delay: float, *, asked_for: float | None, chance: float, running: int = 0
    ) -> "Pace":
        """A request has failed, or the host asked for time (seconds); `chance` is even in 0 to 1."""
        failures = self.failures + 1
        pause = backoff(failures, chance) if asked_for is None else asked_for
        wait = min(max(pause, delay), LONGEST_PAUSE)
        return Pace(
            asked_at=max(self.asked_at, now),
            next_at=max(self.next_at, now + wait + (GRACE if running else 0.0)) if running else now + wait,
            failures=failures,
        )


def backoff(failures: int, chance: float, first: float = FIRST_PAUSE) -> float:
    """Return seconds to wait after so many failures: doubling, with jitter between half and the whole."""
    whole: float = min(first * 2.0 ** min(failures - 1, 30), LONGEST_PAUSE)
    return whole * (0.5 + chance / 2)
