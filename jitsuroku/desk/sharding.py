"""Files, folders and archives -> shards, read by several processes, with the same bytes whoever runs them.

Pages are taken in order, so many to a shard, whose name holds a digest of what it is made from: what is entered already is
passed over, so that a run that was broken off goes on. A page that ends its process is known by the mark which that process
left, and given up the second time; the rest of its shard is read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from jitsuroku.desk.adding import custody_of, fault_in, package_world, reader_of, reader_version, warm
from jitsuroku.desk.arriving import Adding, Arrived, arrivals
from jitsuroku.desk.pool import TRIES, Pool, WorkerLost
from jitsuroku.desk.shards import MANIFEST, Shard, ShardError, enter, page_lines, shards_in, write_manifest, write_shard
from jitsuroku.intake import Received, Refused, page_of
from jitsuroku.records import Page, Reading

# Pages in a shard, and shards that each process has on hand.
A_SHARD, ON_HAND = 200, 2
# When the first run into a folder began: the pages of all that go on with it came in then.
BEGAN = "began.json"
GIVEN_UP = f"ended the process that read it, {TRIES} times"


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes one shard: ``things`` in order; ``at``: the moment at which they came in; ``given_up``: the places of those
    that ended their process too often."""

    folder: Path
    name: str
    things: tuple[Received | Refused, ...]
    how: Adding
    at: str
    given_up: frozenset[int] = frozenset()


# For each part, in their order, its shard; None when its process ended.
Engine = Callable[[Iterable[Part], int], Iterator[tuple[Part, Shard | None]]]


def engine_named(name: str) -> Engine:
    """ "pool": processes of our own; "ray": those of Ray. Raises on_ray.RayMissing where that is not installed."""
    if name == "pool":
        return written
    from jitsuroku.desk import on_ray

    on_ray.installed()
    return on_ray.written


def read_into_shards(
    names: Iterable[str | Path], folder: Path, how: Adding, engine: Engine, at: str
) -> Iterator[tuple[Shard, bool]]:
    """Read what the names lead to into shards; each with whether it was written now, and not there before. When all are
    told the manifest has them by name. ``at``: the moment at which the pages come in, unless the folder has one already.

    Nothing is fetched. Raises OSError, and ShardError when the folder's manifest cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    at = _began(folder, at)
    there = {shard.name: shard for shard in shards_in(folder)} if (folder / MANIFEST).is_file() else {}
    coming = arrivals(names, replace(how, offline=True), lambda _: (None, None, None))
    old: list[Shard] = []

    def missing() -> Iterator[Part]:
        for part in _parts(coming, folder, how, at):
            shard = there.get(part.name)
            if shard is not None and _stands(folder, shard):
                old.append(shard)
            else:
                _clear(part)
                yield part

    parts: Iterable[Part] = missing()
    blamed: dict[tuple[str, int], int] = {}
    while True:
        lost = []
        for part, shard in engine(parts, how.workers):
            if shard is None:
                lost.append(_without_culprit(part, blamed))
            else:
                enter(folder, shard)
                yield shard, True
        yield from ((shard, False) for shard in old)
        old.clear()
        if not lost:
            break
        parts = lost
    write_manifest(folder, shards_in(folder) if (folder / MANIFEST).is_file() else ())


def _began(folder: Path, at: str) -> str:
    path = folder / BEGAN
    with suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads(path.read_text(encoding="utf-8"))["at"])
    path.write_text(json.dumps({"at": at}) + "\n", encoding="utf-8")
    return at


def _stands(folder: Path, shard: Shard) -> bool:
    with suppress(OSError):
        return (folder / shard.name).stat().st_size == shard.bytes
    return False


def _parts(coming: Iterator[Arrived], folder: Path, how: Adding, at: str) -> Iterator[Part]:
    """The things in order, so many to a part."""
    things = (each.arrival for each in coming if isinstance(each.arrival, Received | Refused))
    told = replace(how, fetcher=None)
    number = 0
    while some := tuple(islice(things, A_SHARD)):
        yield Part(folder, f"{number:06}-{_digest(some, how)}.jsonl", some, told, at)
        number += 1


def _digest(things: tuple[Received | Refused, ...], how: Adding) -> str:
    """A digest over everything that a shard is made from."""
    digest = blake2b(repr((reader_version(), how.gate, how.text_only, how.private)).encode(), digest_size=8)
    for thing in things:
        digest.update(repr(thing).encode())
    return digest.hexdigest()


def _mark(part: Part) -> Path:
    """Where a process notes the place of the page that it is at."""
    return part.folder / f".{part.name}.at"


def _clear(part: Part) -> None:
    """Remove what an ended process left of a part."""
    for path in part.folder.glob(f".{part.name}.*"):
        path.unlink(missing_ok=True)


def _without_culprit(part: Part, blamed: dict[tuple[str, int], int]) -> Part:
    """The part to try again: without the page at which its process ended, where it ended it as often as it may."""
    place = -1
    with suppress(OSError, ValueError):
        place = int(_mark(part).read_text())
    _clear(part)
    blamed[part.name, place] = blamed.get((part.name, place), 0) + 1
    if blamed[part.name, place] < TRIES:
        return part
    if place < 0:
        told = f"the process that was to write it ended before its first page, {TRIES} times"
        raise ShardError(
            f"{part.folder / part.name}: {told}; look at the machine's memory, then give the command again"
        )
    return replace(part, given_up=part.given_up | {place})


# --- what a process does --------------------------------------------------------------------------------------------


def write(part: Part) -> Shard:
    """Read a part's pages and write its shard, which is not entered yet."""
    refused: list[tuple[str, str]] = []
    mark = os.open(_mark(part), os.O_WRONLY | os.O_CREAT, 0o666)
    try:
        shard = write_shard(part.folder, part.name, _lines(part, mark, refused))
    finally:
        os.close(mark)
    _mark(part).unlink(missing_ok=True)
    passed = len(part.things) - shard.pages - len(refused)
    return replace(shard, refused=tuple(refused), passed=passed)


def _lines(part: Part, mark: int, refused: list[tuple[str, str]]) -> Iterator[str]:
    read = _reader(part.how.gate)
    for place, thing in enumerate(part.things):
        if isinstance(thing, Refused):
            refused.append((thing.source, thing.problem))
        elif place in part.given_up:
            refused.append((thing.source, f"{thing.source}: {GIVEN_UP}"))
        else:
            # As long as any other, so that it is whole whenever it is looked at.
            os.pwrite(mark, f"{place:09}".encode(), 0)
            try:
                lines = _page(thing, part, read)
            except Exception as problem:
                refused.append((thing.source, fault_in(thing.source, problem)))
            else:
                yield from lines


def _page(received: Received, part: Part, read: Callable[[Page], Reading | None]) -> list[str]:
    reading = read(page_of(received))
    if reading is None:
        return []
    custody = custody_of(received, part.how, part.at)
    return page_lines(reading, reader_version(), custody=custody, private=part.how.private)


@cache
def _reader(gated: bool) -> Callable[[Page], Reading | None]:
    return reader_of(package_world(), gated)


# --- our own processes ----------------------------------------------------------------------------------------------


def written(parts: Iterable[Part], workers: int) -> Iterator[tuple[Part, Shard | None]]:
    """Write the parts' shards with forked processes of our own."""
    warm(package_world())
    reader_version()
    with Pool(write, workers, tries=1, on_hand=ON_HAND) as pool:
        for part, make in pool.in_order((part, None, part) for part in parts):
            try:
                yield part, make()
            except WorkerLost:
                yield part, None


# --- what is told ---------------------------------------------------------------------------------------------------


def shard_lines(found: Sequence[tuple[Shard, bool]]) -> Iterator[str]:
    """What was written, in words."""
    new = sum(written for _, written in found)
    yield f"{len(found)} shard{'s' if len(found) != 1 else ''}: {new} written, {len(found) - new} there already"
    pages, refused, passed = (
        (sum(numbers) for numbers in zip(*map(_counts, found), strict=True)) if found else (0, 0, 0)
    )
    told = (
        [f"{pages} pages"]
        + ([f"{refused} refused"] if refused else [])
        + ([f"{passed} nothing of ours"] if passed else [])
    )
    yield ", ".join(told)


def _counts(found: tuple[Shard, bool]) -> tuple[int, int, int]:
    return found[0].pages, len(found[0].refused), found[0].passed


def shard_values(found: Iterable[tuple[Shard, bool]]) -> list[dict[str, Any]]:
    """What was written, as JSON values."""
    return [asdict(shard) | {"written": written} for shard, written in found]
