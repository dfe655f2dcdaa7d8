"""``jitsuroku load``: shards into the store, what is refused told, its exit code."""

from __future__ import annotations

from pathlib import Path

from jitsuroku.desk.shards import enter, page_lines, write_shard
from tests.cli.running import run
from tests.store.reading import CALL, READER, TALKS, reading_of


def shards(folder: Path) -> Path:
    folder.mkdir()
    for n, text in enumerate((TALKS, CALL)):
        enter(folder, write_shard(folder, f"{n}.jsonl", page_lines(reading_of(text, f"{n}.txt"), READER)))
    return folder


def test_shards_are_loaded_and_told(tmp_path: Path) -> None:
    folder, db = shards(tmp_path / "shards"), tmp_path / "one.sqlite"
    ran = run("load", str(folder), "--db", str(db))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "2 shards\n2 pages: 2 new\n"
    assert run("load", str(folder), "--db", str(db)).out == "2 shards\n2 pages: 2 no change\n"
    assert "2 pages" in run("runs", "--db", str(db)).out
    assert run("search", "電話", "--db", str(db)).code == 0


def test_a_damaged_shard_is_told_by_name(tmp_path: Path) -> None:
    folder, db = shards(tmp_path / "shards"), tmp_path / "one.sqlite"
    (folder / "1.jsonl").write_bytes((folder / "1.jsonl").read_bytes()[:-5])
    ran = run("load", str(folder), "--db", str(db), "--json")
    assert ran.code == 1
    assert "1.jsonl: is damaged" in ran.err
    assert [each["pages"] for each in ran.value["shards"]] == [{"new": 1}, {}]


def test_a_folder_without_shards(tmp_path: Path) -> None:
    ran = run("load", str(tmp_path), "--db", str(tmp_path / "one.sqlite"))
    assert ran.code == 1
    assert "manifest.jsonl" in ran.err
