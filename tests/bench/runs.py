"""From file to store on one core; and, with ``./dev bench --archive --engines``, shards read by our own processes beside Ray's."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import monotonic, process_time
from typing import Any

from jitsuroku import Desk
from jitsuroku.desk.arriving import Adding
from jitsuroku.records import World
from tests.bench.desk import COMMAND, pages_to_read
from tests.bench.synthetic import SAMPLES

RUNS = 5
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
