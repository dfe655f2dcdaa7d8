"""Shards: the same store as page by page, a damaged shard refused, nothing half-loaded after kill -9."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from jitsuroku.desk.loading import load_shards
from jitsuroku.desk.query import Desk
from jitsuroku.desk.shards import MANIFEST, Shard, ShardError, enter, page_lines, pages_of, shards_in, write_shard
from jitsuroku.intake.pages import page_from_bytes
from jitsuroku.pipeline import read
from jitsuroku.records import Reading
from jitsuroku.store import Custody, Saved, Store, StoreError, damage
from tests.making import whole_world
from tests.store.killing import kills, length_of
from tests.store.reading import CALL, LOAN, READER, TALKS, event_of, exported, raw, reading_of

pytestmark = pytest.mark.usefixtures("both")

FETCHED = "2025-09-0{}T08:00:00Z"


def came(reading: Reading, data: bytes, fetched: str | None = None, seen: str = "2025-09-09T00:00:00Z") -> Custody:
    page = reading.page
    return Custody(page.source, page.address, fetched, "file", sha256(data).hexdigest(), fetched or seen, data)


def pages() -> list[tuple[Reading, Custody | None]]:
    """Pages alone, in versions, twice, under two names, fetched twice, from bytes that are no UTF-8."""
    at = "https://example.org/a"
    sjis = TALKS.encode("cp932")
    foreign = read(page_from_bytes(sjis, "sjis.txt"), whole_world())
    told = [(reading_of(text, f"{n}.txt"), None) for n, text in enumerate((TALKS, CALL, LOAN))]
    return [
        *told,
        (foreign, came(foreign, sjis)),
        (reading_of(CALL + "訂正した。\n", "v.txt", at), came(reading_of(CALL, "v.txt", at), b"2", FETCHED.format(2))),
        (reading_of(CALL, "v.txt", at), came(reading_of(CALL, "v.txt", at), b"1", FETCHED.format(1))),
        (reading_of(LOAN, "z.txt"), came(reading_of(LOAN, "z.txt"), LOAN.encode(), FETCHED.format(5))),
        (reading_of(LOAN, "z.txt"), came(reading_of(LOAN, "z.txt"), LOAN.encode(), FETCHED.format(3))),
        told[0],
        (reading_of(TALKS + "第二報。\n", "0.txt"), None),
    ]


def shelved(folder: Path, *shards: list[tuple[Reading, Custody | None]], private: bool = False) -> Path:
    folder.mkdir(exist_ok=True)
    for n, told in enumerate(shards):
        lines = (line for r, c in told for line in page_lines(r, READER, custody=c, private=private))
        enter(folder, write_shard(folder, f"{n:05}.jsonl", lines))
    return folder


def one_by_one(told: list[tuple[Reading, Custody | None]], private: bool = False) -> list[str]:
    with Store() as store:
        for reading, custody in told:
            store.save(reading, READER, custody=custody, private=private)
        return everything(store)


def everything(store: Store) -> list[str]:
    """The export with all versions, and what stands in the other tables of pages."""
    tables = (
        "SELECT d.number, d.id, thread, newest, d.source, d.address, reader, language, published, day_from, day_to, "
        "private, seen FROM documents d ORDER BY number",
        "SELECT document, text, blocks, page FROM pages ORDER BY document",
        "SELECT * FROM custody ORDER BY 1, 2, 3, 4, 5",
        "SELECT sha256, size, packed FROM originals ORDER BY 1",
        "SELECT * FROM people ORDER BY 1, 2, 3",
        "SELECT * FROM event_parties ORDER BY 1, 2, 3",
        "SELECT id, kind, document, start, type, status, day_from, day_to, layer FROM records ORDER BY id",
    )
    return [*exported(store, newest=False), *(str(plain(row)) for query in tables for row in store._rows(query))]


def plain(row: Iterable[Any]) -> list[Any]:
    """A row with its JSON objects as values, however they are written."""
    return [json.loads(cell) if str(cell).startswith("{") else cell for cell in row]


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("cuts", [(), (1, 4), (5,), tuple(range(1, 10))])
def test_the_same_as_page_by_page(tmp_path: Path, cuts: tuple[int, ...], private: bool) -> None:
    told = pages()
    parts = [told[a:b] for a, b in zip((0, *cuts), (*cuts, len(told)), strict=True)]
    folder = shelved(tmp_path / "shards", *parts, private=private)
    with Store() as store:
        list(load_shards(store, folder, links=False))
        assert everything(store) == one_by_one(told, private)
        found = list(load_shards(store, folder, links=False))
        assert everything(store) == one_by_one(told * 2, private)
        assert {s for each in found for s in each.pages} <= {Saved.SAME}
        assert len(store.runs()) == 1, "a second time changes nothing and leaves no run"


def test_searching_and_links_are_those_of_adding(tmp_path: Path) -> None:
    told = [(reading_of(CALL + f"第{n}報。\n", f"{n}.txt"), None) for n in range(3)]
    with Desk(":memory:") as desk, Desk(":memory:") as other:
        list(load_shards(desk.store, shelved(tmp_path / "shards", told)))
        for reading, _ in told:
            other.store.save(reading, READER)
        list(load_shards(other.store, shelved(tmp_path / "none", [])))
        assert list(desk.links()) == list(other.links()) != []
        assert [h.document.id for h in desk.search("電話")] == [h.document.id for h in other.search("電話")] != []


def test_over_pages_that_another_version_read(tmp_path: Path) -> None:
    told = pages()[:3]
    fewer = [(replace(r, records=r.records[:1]), c) for r, c in told]
    with Store() as store:
        for reading, _ in fewer:
            store.save(reading, "older")
        (loaded,) = load_shards(store, shelved(tmp_path / "shards", told), links=False)
        assert loaded.pages == {Saved.READ_AGAIN: 3}
        assert everything(store) == one_by_one(told)


def test_a_damaged_shard_is_refused_by_name_and_the_others_come_in(tmp_path: Path) -> None:
    told = pages()[:3]
    folder = shelved(tmp_path / "shards", *([each] for each in told))
    data = bytearray((folder / "00001.jsonl").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "00001.jsonl").write_bytes(data)
    with Store() as store:
        loaded = list(load_shards(store, folder, links=False))
        assert [bool(each.problem) for each in loaded] == [False, True, False]
        assert "00001.jsonl: is damaged" in (loaded[1].problem or "")
        assert everything(store)[:-1] != []
        assert len(store.unlinked("")) == 2
        assert [p.problem for p in store.run_pages(1, refused=True)] == [loaded[1].problem]
        shelved(folder, *([each] for each in told))
        list(load_shards(store, folder, links=False))
        assert exported(store) == [line for line in one_by_one(told) if line.startswith("{")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda lines: lines[:-1], "no line of a shard"),
        (lambda lines: [lines[0], *lines[2:], lines[1].replace("document", "link", 1)], "of another page"),
        (lambda lines: [lines[0].replace('"records":', '"record":'), *lines[1:]], "records"),
        (lambda lines: [lines[0].replace("岩屋", "屋岩"), *lines[1:]], "not those of the page"),
        (lambda lines: [lines[0], *lines[1:-1], "[]"], "no line of a shard"),
        (lambda lines: ["\x00", *lines], "no line of a shard"),
    ],
)
def test_lines_that_are_none_are_refused_with_their_place(tmp_path: Path, change, told: str) -> None:  # type: ignore[no-untyped-def]
    lines = change(page_lines(reading_of(TALKS), READER))
    (tmp_path / "a.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    data = (tmp_path / "a.jsonl").read_bytes()
    with pytest.raises(ShardError, match=rf"a\.jsonl:\d+: .*{told}"):
        pages_of(tmp_path, Shard("a.jsonl", 1, len(data), sha256(data).hexdigest()))


def test_a_record_of_no_page_is_refused(tmp_path: Path) -> None:
    reading = reading_of(TALKS)
    stranger = event_of(reading_of(CALL, "other.txt").page)
    lines = page_lines(replace(reading, records=(*reading.records, stranger)), READER)
    shard = write_shard(tmp_path, "a.jsonl", lines)
    with pytest.raises(ShardError, match="of another page"):
        pages_of(tmp_path, shard)
    lines = page_lines(replace(reading, records=reading.records[1:]), READER)
    shard = write_shard(tmp_path, "a.jsonl", lines)
    with pytest.raises(ShardError, match="without its document"):
        pages_of(tmp_path, shard)


@pytest.mark.parametrize("name", ["../a.jsonl", "/etc/passwd", "..", "", MANIFEST])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    enter(tmp_path, Shard(name, 1, 1, "0"))
    with pytest.raises(ShardError, match="no name of a file"):
        shards_in(tmp_path)


def test_the_manifest(tmp_path: Path) -> None:
    with pytest.raises(ShardError, match="holds no manifest"):
        shards_in(tmp_path)
    folder = shelved(tmp_path, pages()[:1], pages()[1:2])
    with (folder / MANIFEST).open("a") as file:
        file.write('{"name":"broken off')
    assert [shard.name for shard in shards_in(folder)] == ["00000.jsonl", "00001.jsonl"]
    later = write_shard(folder, "00000.jsonl", page_lines(reading_of(LOAN), READER))
    (folder / MANIFEST).write_text(json.dumps({"name": "a"}) + "\n")
    with pytest.raises(ShardError, match=rf"{MANIFEST}:1: no entry"):
        shards_in(folder)
    (folder / MANIFEST).unlink()
    enter(folder, Shard("00000.jsonl", 7, 7, "7"))
    enter(folder, later)
    assert shards_in(folder) == (later,)


def test_a_shard_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    def lines():  # type: ignore[no-untyped-def]
        yield "{}"
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_shard(tmp_path, "a.jsonl", lines())
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    folder = shelved(tmp_path / "shards", pages()[:1])
    path = tmp_path / "one.sqlite"
    Store(path).close()
    with Store(path, read_only=True) as store, pytest.raises(StoreError, match="read-only"):
        list(load_shards(store, folder))


@pytest.mark.of_files
@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("rounds", [6, pytest.param(100, marks=pytest.mark.slow)])
def test_killed_while_loading(tmp_path: Path, rounds: int) -> None:
    told = [(reading_of(TALKS + f"第{n}報。\n", f"{n:02}.txt"), None) for n in range(24)]
    folder = shelved(tmp_path / "shards", *(told[n : n + 8] for n in range(0, 24, 8)))
    path, expected = tmp_path / "one.sqlite", one_by_one(told)

    def load() -> None:
        with Store(path) as store:
            list(load_shards(store, folder, links=False))

    length, ended = length_of(load), 0
    for file in tmp_path.glob("one.sqlite*"):
        file.unlink()
    for killed in kills(load, length, rounds, seed=1):
        if path.exists() and path.stat().st_size:
            assert damage(path) == ()
            if raw(path).execute("SELECT 1 FROM sqlite_schema WHERE name = 'run_pages'").fetchone():
                number = raw(path).execute("SELECT count(*) FROM documents").fetchone()[0]
                assert number % 8 == 0, "half a shard"
        if not killed:
            ended += 1
            with Store(path) as store:
                assert everything(store) == expected
            for file in tmp_path.glob("one.sqlite*"):
                file.unlink()
    assert ended < rounds, "the kills fell into the work"
    load()
    with Store(path) as store:
        assert everything(store) == expected
