"""Kill -9 at random moments: `python -m evaluation.kill --rounds 200 --seed 1`.

Each round starts an import, a build, an update or a forgetting on one installation, kills it at a random
moment, and checks that nothing that was accepted is lost, that the published index opens and answers, and
that nobody who was forgotten is seen; then the same task is repeated, and the installation must be as a clean
build makes it. At last every file of an index is damaged in every way, and each damage must be noticed. Exit
status: 0 when every promise was kept, 1 otherwise.
"""

import argparse
import logging
import os
import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy loads


def main() -> None:
    """Parse the command line, run, and end with the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.kill", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same tasks")
    options = parser.parse_args()
    logging.getLogger("indexer").addHandler(logging.NullHandler())  # refusals are what is looked for
    sys.exit(run(options.rounds, options.seed))


def run(rounds: int, seed: int) -> int:
    """Run everything in a temporary folder, which is kept when a promise was broken."""
    from discovery.errors import NicheScoutError
    from evaluation.kill.checks import Violation
    from evaluation.kill.report import say

    folder = Path(mkdtemp(prefix="nichescout-kill-"))
    try:
        kill(folder, rounds, seed)
        damage(folder)
    except (Violation, NicheScoutError) as violation:
        say(f"VIOLATION: {violation}")
        say(f"seed {seed}; what is left lies in {folder}")
        return 1
    shutil.rmtree(folder)
    say("every promise was kept")
    return 0


def kill(folder: Path, rounds: int, seed: int) -> None:
    """Run rounds until so many processes were killed, and report them."""
    from evaluation.kill.report import say_rounds
    from evaluation.kill.rounds import Installation, Round

    rehearsal = Installation(folder / "rehearsal", seed)
    rehearsal.rehearse()
    rehearsal.close()
    installation = Installation(folder / "installation", seed, usual=rehearsal.courses)
    started = perf_counter()
    done: list[Round] = []
    try:
        while sum(one.killed for one in done) < rounds:
            done.append(installation.round(len(done)))
    finally:
        installation.close()
        say_rounds(done, perf_counter() - started)


def damage(folder: Path) -> None:
    """Damage every file of an index and report."""
    from evaluation.kill.damage import check_damages
    from evaluation.kill.report import say

    report = check_damages(folder / "damage")
    say(f"{report.refused} damages of {report.files} files: each refused by name, the old index served on")


if __name__ == "__main__":
    main()
