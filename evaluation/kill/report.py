"""The report of a run: how often each phase was hit."""

from collections import Counter
from collections.abc import Sequence

from evaluation.kill.rounds import VERBS, Round


def say(line: str) -> None:
    """Print one line of the report."""
    print(line, flush=True)  # noqa: T201


def say_rounds(rounds: Sequence[Round], seconds: float) -> None:
    """Print how long they took and where the kills hit, task by task."""
    kills = sum(one.killed for one in rounds)
    say(
        f"{len(rounds)} rounds in {seconds:.0f} s ({seconds / max(len(rounds), 1):.2f} s each), {kills} kills"
    )
    for verb in VERBS:
        hits = Counter(one.phase for one in rounds if one.verb is verb and one.killed)
        say(f"{verb:<8} {hits.total():>4} kills")
        for name, count in hits.most_common():
            say(f"    {count:>4}  {name}")
    say(f"{'too late':<8} {len(rounds) - kills:>4} times: the task was done before its moment came")
