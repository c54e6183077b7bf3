"""Say how many mutants died; end with exit status 1 if fewer than 95 % did.

Cosmic Ray's own `cr-rate` counts the operators that the settings exclude among the dead.
"""

import sys

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome

ENOUGH = 0.95


def main(sessions: list[str]) -> int:
    """Print a line for each session and one for all; return the exit status."""
    all_died = all_ran = 0
    for session in sessions:
        with use_db(session, WorkDB.Mode.open) as database:
            ran = [r for _, r in database.results if r.worker_outcome != WorkerOutcome.SKIPPED]
        died = sum(result.test_outcome != TestOutcome.SURVIVED for result in ran)
        print(f"{session}: {died} of {len(ran)} mutants died")
        all_died, all_ran = all_died + died, all_ran + len(ran)
    print(f"all: {all_died} of {all_ran} mutants died, {all_died / all_ran:.1%}")
    return int(all_died < ENOUGH * all_ran)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
