"""``./dev bench --archive``: a synthetic archive loaded and asked: disk, load rate, latencies, memory, each as measured.

What reading costs is what ``./dev bench`` measures, what comparing costs ``--links``: here the links are written as the samples
have them. The load rate is that of shards into an empty store, beside that of adding some of the same pages one by one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import monotonic, perf_counter, process_time
from typing import Any

from jitsuroku.desk.grouped import refresh
from jitsuroku.desk.linking import linker_version
from jitsuroku.desk.loading import load_shards
from jitsuroku.desk.shards import pages_of, shards_in
from jitsuroku.store import Store
from jitsuroku.store.looking import bytes_by_table
from jitsuroku.store.restore import restore
from tests.bench.archive import links, write_archive
from tests.bench.desk import COMMAND, PARTIES, WORDS, measure_desk
from tests.bench.synthetic import SAMPLES

ONE_BY_ONE = 1_000
AT_A_TIME = 5_000
ROUNDS = 5
FORMS = ("jsonl", "csv", "gexf")
# Runs a command and tells the most memory that it had, in megabytes.
MEASURED = (
    "import resource, subprocess, sys\n"
    "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)\n"
)


def bench_archive(number: int, *, desk: bool) -> Iterator[dict[str, Any]]:
    """Figures over so many synthetic pages, each as soon as it is known; ``desk`` with the exports and the pages of the desk.
    A folder of the name JITSUROKU_BENCH keeps the store for the next call."""
    kept = os.environ.get("JITSUROKU_BENCH")
    with tempfile.TemporaryDirectory(dir=kept) as folder:
        scratch = Path(folder)
        db = Path(kept or scratch) / f"archive-{number}.sqlite"
        if not db.exists():
            yield {"pages": number, **_loaded(db, scratch, number)}
        yield _linked(db, number)
        yield _disk(db, number)
        yield _asked(db)
        yield _memory(scratch)
        if desk:
            yield _exports(db, scratch)
            copy = Path(shutil.copy(db, scratch / "desk.sqlite"))
            yield measure_desk(copy, scratch)


def _loaded(db: Path, scratch: Path, number: int) -> dict[str, Any]:
    """Pages a second into an empty store; and how many of the same, one by one."""
    shards = scratch / "shards"
    write_archive(shards, number)
    beside = db.with_suffix(".loading")
    with Store(beside) as store:
        begin, wall = process_time(), monotonic()
        for loaded in load_shards(store, shards, links=False):
            assert loaded.problem is None, loaded.problem
        seconds, passed = process_time() - begin, monotonic() - wall
    one_by_one = _one_by_one(shards, scratch)
    shutil.rmtree(shards)
    os.replace(beside, db)
    return {
        "loaded, pages a second of the processor": round(number / seconds),
        "loaded, pages a second by the clock": round(number / passed),
        **one_by_one,
    }


def _one_by_one(shards: Path, scratch: Path) -> dict[str, Any]:
    ready = list(islice((page for shard in shards_in(shards) for page in pages_of(shards, shard)), ONE_BY_ONE))
    records = [tuple(restore(line) for _, line in page.lines) for page in ready]
    with Store(scratch / "one-by-one.sqlite") as store:
        begin, wall = process_time(), monotonic()
        for page, told in zip(ready, records, strict=True):
            with store._writing():
                store._save(page.page, page.blocks, told, page.reader, False, None)
        seconds, passed = process_time() - begin, monotonic() - wall
    return {
        "one by one, pages a second of the processor": round(len(ready) / seconds),
        "one by one, pages a second by the clock": round(len(ready) / passed),
    }


def _linked(db: Path, number: int) -> dict[str, Any]:
    """Put the links in, and make the clusters of them."""
    told = links(number)
    with Store(db) as store:
        if store.unlinked(linker_version()) == ():
            return {"clusters": sum(store.number_of_clusters().values())}
        while some := list(islice(told, AT_A_TIME)):
            store.put(some)
        begin = process_time()
        refresh(store)
        seconds = process_time() - begin
        # Nothing is to be compared: the archive has its links.
        store._db.execute("UPDATE documents SET linker = ?", (linker_version(),))
        clusters = sum(store.number_of_clusters().values())
    return {"clusters": clusters, "milliseconds a cluster": round(1000 * seconds / max(1, clusters), 1)}


def _disk(db: Path, number: int) -> dict[str, Any]:
    size = db.stat().st_size
    tables = {name: round(bytes / number) for name, bytes in bytes_by_table(db).items() if bytes}
    return {
        "gigabytes": round(size / 1e9, 2),
        "bytes a page": round(size / number),
        "bytes a page by table": dict(list(tables.items())[:8]),
    }


def _asked(db: Path) -> dict[str, Any]:
    """Milliseconds, the 95th percentile: a party's newest fifty events, in all and in a year; searches for fifty pages."""
    with Store(db) as store:
        timelines: list[Callable[[], object]] = []
        for party in PARTIES:
            facets = [f"party:{party}"]
            timelines.append(lambda f=facets: store.listed("event", f, most=50))  # type: ignore[misc]
            for year in ("2016", "2019", "2023"):
                timelines.append(lambda f=facets, y=year: store.listed("event", f, since=y, until=y, most=50))  # type: ignore[misc]
        searches = {word: _milliseconds([lambda w=word: list(store.search(w, limit=50))]) for word in WORDS}  # type: ignore[misc]
        every = sorted(time for times in searches.values() for time in times)
        return {
            "an actor's timeline, p95 in ms": _p95(_milliseconds(timelines)),
            "full-text search, p95 in ms": _p95(every),
            "by word, largest in ms": {word: round(max(times)) for word, times in searches.items()},
        }


def _milliseconds(works: list[Callable[[], object]]) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        for work in works:
            begin = perf_counter()
            work()
            times.append(1000 * (perf_counter() - begin))
    return times


def _p95(times: list[float]) -> float:
    return round(sorted(times)[int(0.95 * (len(times) - 1) + 0.5)], 1)


def _memory(scratch: Path) -> dict[str, Any]:
    """Megabytes at most: of the process that writes and of each worker that reads, over the sample pages."""
    script = (
        "import json, resource, sys\n"
        "from pathlib import Path\n"
        "from jitsuroku import Desk\n"
        "from jitsuroku.desk.arriving import Adding\n"
        "with Desk(sys.argv[1]) as desk:\n"
        "    list(desk.adding([sys.argv[2]], Adding(workers=2)))\n"
        # Of itself the system would tell the most that the process before it had, the bench with its links.
        "status = Path('/proc/self/status').read_text()\n"
        "own = int(status.split('VmHWM:')[1].split()[0]) // 1024\n"
        "workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024\n"
        "print(json.dumps([own, workers]))\n"
    )
    command = [sys.executable, "-c", script, str(scratch / "memory.sqlite"), str(SAMPLES)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=SAMPLES.parents[2])
    own, worker = json.loads(done.stdout)
    return {"reading: the writer, in megabytes": own, "reading: each worker, in megabytes": worker}


def _exports(db: Path, scratch: Path) -> dict[str, Any]:
    """Megabytes at most, and seconds, of an export in each format."""
    found = {}
    for form in FORMS:
        file = scratch / f"export.{form}"
        command = [COMMAND, "export", "--format", form, "-o", str(file), "--db", str(db)]
        begin = monotonic()
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, *command],
            check=True,
            capture_output=True,
            text=True,
            cwd=SAMPLES.parents[2],
        )
        found[form] = {
            "megabytes at most": int(done.stdout.split()[-1]),
            "seconds": round(monotonic() - begin),
            "megabytes written": round(file.stat().st_size / 1e6),
        }
        file.unlink()
    return {"exports": found}
