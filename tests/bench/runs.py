"""From file to store on one core; with ``./dev bench --workers`` by one process and by two that read beside the one that keeps;
with ``--archive --engines`` shards read by our own processes beside Ray's."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import Any

from jitsuroku import Desk
from jitsuroku.desk.adding import package_world, warm
from jitsuroku.desk.arriving import Adding
from jitsuroku.records import World
from tests.bench.desk import COMMAND, pages_to_read
from tests.bench.synthetic import SAMPLES, other_words

ROOT = Path(__file__).parents[2]
RUNS = 5
WORKERS = (1, 2)
ENGINES = ("pool", "ray")


def into_store(world: World) -> float:
    """Pages a second of processor time that the sample pages take from their files to records and links in a new store, the
    median of ``RUNS``; what is loaded once is loaded before."""
    return median([_into_store(world) for _ in range(RUNS + 1)][1:])


def _into_store(world: World) -> float:
    with tempfile.TemporaryDirectory() as scratch, Desk(Path(scratch) / "bench.sqlite", world=world) as desk:
        began = process_time()
        outcomes = list(desk.adding([SAMPLES], Adding()))
        seconds = process_time() - began
    assert all(outcome.document for outcome in outcomes), "a sample was refused"
    return len(outcomes) / seconds


def bench_workers(number: int) -> Iterator[dict[str, Any]]:
    """Pages a second by the clock, and milliseconds of the processor, from files to records and links in a new store, by one
    process and by one that keeps with two that read; what two bring by the clock, and may bring on two cores that nobody else uses:
    as much as the one has to do itself, and all together shared by two, allow."""
    with tempfile.TemporaryDirectory() as folder:
        pages = _pages_of_other_words(Path(folder) / "pages", number)
        found = {}
        for workers in WORKERS:
            command = [sys.executable, "-m", "tests.bench.runs", str(workers), str(pages)]
            done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
            found[workers] = json.loads(done.stdout)
            yield {"pages": number, "workers": workers, **found[workers]}
    one, two = (found[workers] for workers in WORKERS)
    own, read = two["processor, ms a page"], two["processor of those that read, ms a page"]
    yield {
        "two bring by the clock": round(one["clock, ms a page"] / two["clock, ms a page"], 2),
        "two may bring by the processor": round(one["processor, ms a page"] / max(own, (own + read) / 2), 2),
    }


def _pages_of_other_words(folder: Path, number: int) -> Path:
    """Sample pages again and again, each time with other words, or all would be copies of each other."""
    folder.mkdir()
    paths = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".txt", ".html"))
    for n in range(number):
        path, turn = paths[n % len(paths)], n // len(paths)
        text = other_words(path.read_text(encoding="utf-8"), turn)
        (folder / f"{turn:04}-{path.name}").write_text(text, encoding="utf-8")
    return folder


def added(workers: int, pages: str) -> dict[str, float]:
    """Milliseconds a page of adding a folder to a new store: by the clock, of this process and of those that read for it."""
    with tempfile.TemporaryDirectory() as scratch, Desk(Path(scratch) / "bench.sqlite", world=package_world()) as desk:
        warm(package_world())
        began, wall = process_time(), monotonic()
        number = len(list(desk.adding([pages], Adding(workers=workers))))
        own, passed = process_time() - began, monotonic() - wall
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "clock, ms a page": round(1000 * passed / number, 2),
        "processor, ms a page": round(1000 * own / number, 2),
        "processor of those that read, ms a page": round(1000 * (children.ru_utime + children.ru_stime) / number, 2),
    }


def bench_engines(number: int) -> Iterator[dict[str, Any]]:
    """Pages a second by the clock with two processes of each engine, over so many pages; Ray's share beyond the pool."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        pages = pages_to_read(scratch / "pages", number)
        spent: dict[str, float] = {}
        for engine in ENGINES:
            shards = ("--into", str(scratch / engine), "--engine", engine, "--workers", "2")
            began = monotonic()
            subprocess.run((COMMAND, "shards", str(pages), *shards), check=True, stdout=subprocess.DEVNULL)
            spent[engine] = monotonic() - began
            yield {"pages": number, "engine": engine, "pages a second by the clock": round(number / spent[engine], 1)}
        yield {"pages": number, "Ray beside the pool": round(spent["ray"] / spent["pool"], 3)}


if __name__ == "__main__":
    print(json.dumps(added(int(sys.argv[1]), sys.argv[2])))
