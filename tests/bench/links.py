"""``./dev bench --links``: processor seconds and memory of linking 1,000 and 10,000 synthetic pages as one arrival.

``--archive`` adds 100,000; ``python -m tests.bench.links 300 600`` takes any numbers.
The pages are those of ``synthetic.py``, nineteen a day: 100,000 are fourteen years.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import process_time

from jitsuroku.desk.linking import relink
from jitsuroku.records import Reading
from jitsuroku.store import Store
from tests.bench.synthetic import again, pages, samples

ROOT = Path(__file__).parents[2]
SIZES, ARCHIVE = (1_000, 10_000), 100_000


def measure(number: int) -> dict[str, float]:
    """Seconds to store and to link so many pages, and what came of it."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "bench.sqlite") as store:
        start = process_time()
        for reading in pages(number):
            store.save(compared(reading), "bench")
        stored = process_time()
        relink(store)
        linked = process_time()
        more = sorted(_one_more(store, compared(again(page, number // len(samples()) + 1))) for page in samples())
        return {
            "pages": number,
            "links": sum(1 for _ in store.links()),
            "seconds to store": round(stored - start, 1),
            "seconds to link": round(linked - stored, 1),
            "milliseconds a page": round(1000 * (linked - stored) / number, 1),
            "milliseconds for one more page": round(1000 * more[len(more) // 2]),
            "at most": round(1000 * more[-1]),
            "megabytes at most": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


def compared(reading: Reading) -> Reading:
    """The page without its mentions, three of four records: linking reads none of them."""
    return replace(reading, records=tuple(record for record in reading.records if record.kind != "mention"))


def _one_more(store: Store, reading: Reading) -> float:
    """Seconds to link a page that comes to the others."""
    store.save(reading, "bench")
    start = process_time()
    relink(store)
    return process_time() - start


def apart(number: int) -> dict[str, float]:
    """``measure`` in a process of its own, so that memory is that of this number alone."""
    command = [sys.executable, "-m", "tests.bench.links", str(number)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def bench_links(*, archive: bool) -> Iterator[dict[str, float]]:
    """One measure a size, from small to large."""
    yield from (apart(number) for number in (*SIZES, *([ARCHIVE] if archive else [])))


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["1000"]:
        print(json.dumps(measure(int(argument))))
