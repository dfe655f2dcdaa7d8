"""``./dev bench``: pages a second of the full reading on one core, beside the bare tokenizer, and start-up time.

Both are timed in the same run over the same text, so that their ratio holds on a machine that is slow or busy; then each
stage of the reader. The
pages are the bodies of the news pages under JITSUROKU_GOLD (else ../shared) where they are at hand, else the samples'.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

from sudachipy import Dictionary, SplitMode

from jitsuroku import pipeline
from jitsuroku.clean import clean
from jitsuroku.parse import READERS, reader_named
from jitsuroku.records import Page, World
from tests.bench.gate import through_the_gate
from tests.bench.links import bench_links
from tests.bench.runs import bench_engines, bench_workers, into_store
from tests.bench.scale import bench_archive

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "jitsuroku" / "samples" / "pages"
# The steps of pipeline.read by the names that it calls.
STAGES = (
    "clean",
    "restored",
    "detect",
    "parse",
    "anchored",
    "find_mentions",
    "resolve",
    "code",
    "check",
    "document_record",
    "mention_records",
    "in_export_order",
)
# SudachiPy takes 49,149 bytes at a time; a Japanese character has three.
AT_ONCE = 16_000


def page_of(name: str, text: str) -> Page:
    """A page as intake makes it from a text file."""
    digest = sha256(text.encode()).hexdigest()
    return Page(name, name, None, digest, text, "text", "utf-8")


def bodies() -> list[Page]:
    """The kept blocks of each page, as pages of their own: menus and rankings cost nothing here."""
    seeds = Path(os.environ.get("JITSUROKU_GOLD") or ROOT.parent / "shared") / "seeds"
    paths = sorted((seeds if seeds.is_dir() else SAMPLES).glob("*.txt"))
    pages = [page_of(path.name, path.read_text(encoding="utf-8")) for path in paths]
    kept = ([page.text[b.start : b.end] for b in clean(page).blocks if b.kept] for page in pages)
    return [page_of(page.source, "\n".join(blocks)) for page, blocks in zip(pages, kept, strict=True)]


def seconds_for(work: Callable[[], object], at_least: float = 0.2) -> float:
    """Processor seconds of one call, over as many calls as fill ``at_least`` seconds."""
    calls, start = 0, process_time()
    while calls == 0 or process_time() - start < at_least:
        work()
        calls += 1
    return (process_time() - start) / calls


def start_up() -> float:
    """Wall seconds of ``jitsuroku --help``, the least of five."""
    command = [str(Path(sys.executable).with_name("jitsuroku")), "--help"]
    times = []
    for _ in range(5):
        start = perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(perf_counter() - start)
    return min(times)


def read_all(pages: Sequence[Page], world: World) -> None:
    """One full reading of every page."""
    for page in pages:
        pipeline.read(page, world)


def milliseconds_by_stage(pages: Sequence[Page], world: World, runs: int) -> dict[str, float]:
    """Milliseconds a page that each stage takes, the least of ``runs`` runs: where to look for what is slow."""
    times = [_stages_once(pages, world) for _ in range(runs)]
    return {name: round(1000 * min(t[name] for t in times) / len(pages), 2) for name in STAGES}


def _stages_once(pages: Sequence[Page], world: World) -> Counter[str]:
    spent: Counter[str] = Counter()

    def timed(name: str) -> Callable[..., Any]:
        stage = getattr(pipeline, name)

        @wraps(stage)
        def run(*values: Any) -> Any:
            begin = process_time()
            made = stage(*values)
            made = tuple(made) if name == "mention_records" else made
            spent[name] += process_time() - begin  # type: ignore[assignment]
            return made

        return run

    with patch.multiple(pipeline, **{name: timed(name) for name in STAGES}):
        read_all(pages, world)
    return spent


def bench(pages: Sequence[Page], runs: int) -> dict[str, Any]:
    """Medians over ``runs`` runs, each timing reader and tokenizer in turn; what is loaded once is loaded before."""
    world = pipeline.world()
    tokenizer = Dictionary(dict="core").create()

    def reader() -> None:
        read_all(pages, world)

    def bare() -> None:
        for page in pages:
            for start in range(0, len(page.text), AT_ONCE):
                tokenizer.tokenize(page.text[start : start + AT_ONCE], SplitMode.C)

    reader(), bare()
    times = [(seconds_for(reader), seconds_for(bare)) for _ in range(runs)]
    return {
        "pages": len(pages),
        "characters": sum(len(page.text) for page in pages),
        "runs": runs,
        "pages_per_second": round(len(pages) / median(t[0] for t in times), 1),
        "tokenizer_pages_per_second": round(len(pages) / median(t[1] for t in times), 1),
        "reader_to_tokenizer": round(median(t[0] / t[1] for t in times), 2),
        "file_to_store_pages_per_second": round(into_store(world), 1),
        "gate_pages_per_second": round(through_the_gate(world), 1),
        "help_seconds": round(start_up(), 3),
        "milliseconds_a_page": milliseconds_by_stage(pages, world, runs),
    }


def bench_reader(pages: Sequence[Page], runs: int, name: str) -> dict[str, float]:
    """The full reading with another reader of clauses, beside the one with our own in the same runs.

    Raises ReaderMissing when the extra that the reader needs is not installed.
    """
    worlds = (pipeline.world(), pipeline.world(clause_reader=reader_named(name)))
    for world in worlds:
        read_all(pages, world)
    times = [[seconds_for(lambda w=world: read_all(pages, w)) for world in worlds] for _ in range(runs)]  # type: ignore[misc]
    return {
        f"{name}_pages_per_second": round(len(pages) / median(other for _, other in times), 2),
        f"{name}_to_own": round(median(other / own for own, other in times), 1),
    }


def main() -> None:
    """The command line of ``./dev bench``."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--runs", type=int, default=5, help="runs whose median counts (5)")
    parser.add_argument("--reader", choices=READERS, default="own", help="time this reader of clauses beside our own")
    parser.add_argument(
        "--links", action="store_true", help="time linking instead, at 1,000 and 10,000 synthetic pages"
    )
    told = "load and ask a synthetic archive instead (--pages); with --links, 100,000 pages too (hours)"
    parser.add_argument("--archive", action="store_true", help=told)
    parser.add_argument("--pages", type=int, default=10_000, help="how many pages the archive has (10,000)")
    parser.add_argument("--desk", action="store_true", help="with --archive, the pages of the desk and the exports too")
    told = "with --archive, read the pages into shards by our own processes and by Ray's instead"
    told_of_workers = "read the pages (--pages) into a store by one process and by two that read, instead"
    parser.add_argument("--workers", action="store_true", help=told_of_workers)
    parser.add_argument("--engines", action="store_true", help=told)
    chosen = parser.parse_args()
    if chosen.workers:
        for measured in bench_workers(chosen.pages):
            print(json.dumps(measured, ensure_ascii=False), flush=True)
        return
    if chosen.links or chosen.archive:
        engines, archive = bench_engines(chosen.pages), bench_archive(chosen.pages, desk=chosen.desk)
        asked = engines if chosen.engines else archive
        for measured in bench_links(archive=chosen.archive) if chosen.links else asked:
            print(json.dumps(measured, ensure_ascii=False), flush=True)
        return
    pages = bodies()
    found = bench(pages, chosen.runs)
    if chosen.reader != "own":
        found |= bench_reader(pages, chosen.runs, chosen.reader)
    if chosen.json:
        print(json.dumps(found))
        return
    for name, value in _lines(found):
        print(f"{name.replace('_', ' '):32}{value:>10}")


def _lines(found: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in found.items():
        if isinstance(value, dict):
            yield name, ""
            yield from ((f"  {part}", number) for part, number in value.items())
        else:
            yield name, value


if __name__ == "__main__":
    main()
