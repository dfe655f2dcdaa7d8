"""``./dev fuzz [--minutes N] [READER…]``: gives every reader what nobody would write, until the time is up.

What is found is printed as small as it can be made, and kept in .hypothesis, so that the next run begins with it.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.fuzz.readers import READERS

BATCH = 500
KEPT = Path(__file__).parents[2] / ".hypothesis" / "fuzz"


def fuzz(name: str, seconds: float) -> tuple[int, str | None]:
    """Fuzz one reader; gives how many values it was given and what was found."""
    check, values = READERS[name]
    until, count = time.monotonic() + seconds, 0

    @settings(
        max_examples=BATCH,
        derandomize=False,
        deadline=None,
        database=DirectoryBasedExampleDatabase(KEPT),
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate, Phase.shrink],
        print_blob=False,
    )
    @given(values)
    def holds(value: object) -> None:
        nonlocal count
        if time.monotonic() < until:
            count += 1
            check(value)

    while time.monotonic() < until:
        try:
            holds()
        except Exception as problem:
            notes = "\n".join(getattr(problem, "__notes__", ()))
            return count, f"{type(problem).__name__}: {problem}\n{notes}"
    return count, None


def main() -> int:
    """Fuzz the readers named, or all; 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="./dev fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="for all readers together (default 5)")
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    asked = parser.parse_args()
    names = asked.readers or list(READERS)
    if unknown := [name for name in names if name not in READERS]:
        parser.error(f"no reader {unknown[0]!r}; there are {', '.join(READERS)}")
    found = 0
    for name in names:
        count, problem = fuzz(name, 60 * asked.minutes / len(names))
        print(f"{name}: {count} values, {'nothing found' if problem is None else 'FOUND'}", flush=True)
        if problem is not None:
            found += 1
            print(problem, flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
