"""``./dev bench --links``: processor seconds and memory of linking 1,000 and 10,000 synthetic pages as one arrival.

``--archive`` adds 100,000; ``python -m tests.bench.links 300 600`` takes any numbers.
The pages are those of ``synthetic.py``, nineteen a day: 100,000 are fourteen years. A folder of the name JITSUROKU_BENCH keeps
the stores of pages that are not linked yet for the next call.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import monotonic, process_time

from jitsuroku.contract import as_json, dumps
from jitsuroku.desk.linking import relink
from jitsuroku.records import Reading
from jitsuroku.store import Store
from jitsuroku.store.loading import Ready
from tests.bench.synthetic import again, pages, samples

ROOT = Path(__file__).parents[2]
SIZES, ARCHIVE = (1_000, 10_000), 100_000
AT_A_TIME = 200


def measure(number: int) -> dict[str, float]:
    """Seconds to link so many pages, the memory of this process meanwhile, and what came of it."""
    kept = os.environ.get("JITSUROKU_BENCH")
    with tempfile.TemporaryDirectory(dir=kept) as folder:
        whole = Path(kept or folder) / f"pages-{number}.sqlite"
        if not whole.exists():
            _stored(whole, number)
        path = Path(shutil.copy(whole, Path(folder) / "bench.sqlite"))
        with Store(path) as store:
            start, began = process_time(), monotonic()
            relink(store)
            seconds, passed = process_time() - start, monotonic() - began
            links, megabytes = sum(1 for _ in store.links()), peak()
            more = sorted(_one_more(store, compared(again(page, number // len(samples()) + 1))) for page in samples())
        return {
            "pages": number,
            "links": links,
            "seconds to link": round(seconds, 1),
            "by the clock": round(passed, 1),
            "milliseconds a page": round(1000 * seconds / number, 1),
            "milliseconds for one more page": round(1000 * more[len(more) // 2]),
            "at most": round(1000 * more[-1]),
            "megabytes at most": megabytes,
            "gigabytes of the store": round(path.stat().st_size / 1e9, 2),
        }


def _stored(path: Path, number: int) -> None:
    """Put so many pages into a store, by a process of its own: making them needs the reader, whose memory is not linking's."""
    subprocess.run([sys.executable, "-m", "tests.bench.links", "store", str(path), str(number)], check=True, cwd=ROOT)


def store_pages(path: Path, number: int) -> None:
    """Put so many pages into a new store, as they are loaded from shards."""
    beside = path.with_suffix(".loading")
    beside.unlink(missing_ok=True)
    coming = (_ready(compared(reading)) for reading in pages(number))
    with Store(beside) as store:
        run = store.begin_run(["bench"], "bench", "2026-01-01T00:00:00Z")
        while some := list(islice(coming, AT_A_TIME)):
            store.load(some, run, "bench")
    os.replace(beside, path)


def _ready(reading: Reading) -> Ready:
    lines = tuple((as_json(record), dumps(record)) for record in reading.records)
    return Ready(reading.page, reading.document.blocks, lines, "bench")


def peak() -> int:
    """The most memory that this process had, in megabytes: the kernel's own count, which begins anew with a program."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))


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
    if sys.argv[1:2] == ["store"]:
        store_pages(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        for argument in sys.argv[1:] or ["1000"]:
            print(json.dumps(measure(int(argument))))
