"""``./dev bench --links``: processor seconds and memory of linking 1,000 and 10,000 synthetic pages as one arrival.

``--archive`` adds 100,000; ``python -m tests.bench.links 300 600`` takes any numbers. ``pages(number)`` gives the pages
themselves, always the same ones.

The pages are the samples again and again, each round moved by a day and with other characters in every word, so that the
records keep the samples' distribution and the groups of one round stay apart from those of the next.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

from jitsuroku.contract import with_id
from jitsuroku.desk.adding import load_page
from jitsuroku.desk.linking import relink
from jitsuroku.linking.days import ISO
from jitsuroku.pipeline import read, world
from jitsuroku.records import Evidence, Person, Reading, Record
from jitsuroku.store import Store

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "jitsuroku" / "samples" / "pages"
SIZES, ARCHIVE = (1_000, 10_000), 100_000
FIRST_KANJI, KANJI = 0x4E00, 20_000
# Fields that hold codes or names of the contract, which stay.
KEPT = frozenset(
    {"id", "document", "kind", "type", "mode", "status", "actor", "recipient", "giver", "receiver", "rule"}
)


@cache
def samples() -> tuple[Reading, ...]:
    """The sample pages as read."""
    whole = world()
    paths = sorted(p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html"))
    return tuple(read(load_page(path, path.name), whole) for path in paths)


def other_words(text: str, turn: int) -> str:
    """The text with every Kanji moved on; figures, kana and Latin letters stay."""
    move = turn * 37
    return "".join(
        chr(FIRST_KANJI + (ord(c) - FIRST_KANJI + move) % KANJI) if FIRST_KANJI <= ord(c) < FIRST_KANJI + KANJI else c
        for c in text
    )


def moved(value: Any, turn: int) -> Any:
    """A field's value in another round: dates go on by a day, words change."""
    if isinstance(value, str):
        if match := ISO.fullmatch(value):
            return str(date.fromisoformat(value) + timedelta(turn)) if match.group(3) else value
        return other_words(value, turn)
    if isinstance(value, tuple):
        return tuple(moved(each, turn) for each in value)
    if isinstance(value, Evidence | Person):
        changed = {f.name: moved(getattr(value, f.name), turn) for f in fields(value)}
        return replace(value, **changed)
    return value


def again(reading: Reading, turn: int) -> Reading:
    """A sample page in another round."""
    id = f"{reading.page.id}-{turn}"
    page = replace(reading.page, id=id, source=f"{turn}/{reading.page.source}", address=None)
    records = tuple(_again(record, id, turn) for record in reading.records)
    return replace(reading, page=page, records=records)


def _again(record: Record, document: str, turn: int) -> Record:
    names = [f.name for f in fields(record) if f.init and f.name not in KEPT]
    changed = replace(record, **{name: moved(getattr(record, name), turn) for name in names})
    if record.kind == "document":
        return replace(changed, id=document)
    return with_id(replace(changed, document=document))  # type: ignore[call-arg]


def pages(number: int) -> Iterator[Reading]:
    """So many synthetic pages."""
    for n in range(number):
        yield again(samples()[n % len(samples())], n // len(samples()))


def measure(number: int) -> dict[str, float]:
    """Seconds to store and to link so many pages, and what came of it."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "bench.sqlite") as store:
        start = process_time()
        for reading in pages(number):
            store.save(reading, "bench")
        stored = process_time()
        relink(store)
        linked = process_time()
        one = again(samples()[0], number)
        store.save(one, "bench")
        before = process_time()
        relink(store)
        return {
            "pages": number,
            "links": sum(1 for _ in store.links()),
            "seconds to store": round(stored - start, 1),
            "seconds to link": round(linked - stored, 1),
            "milliseconds for one more page": round(1000 * (process_time() - before)),
            "megabytes at most": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


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
