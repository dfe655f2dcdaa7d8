"""Damaged stores: the doctor names it and nobody writes, what can be read is saved, what can be mended is mended."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite3

from jitsuroku.desk.doctor import examine
from jitsuroku.desk.query import Desk
from jitsuroku.desk.upkeep.repair import repair, salvaged_lines
from jitsuroku.store import Store, StoreError, damage, migrations, opening
from jitsuroku.store.btree import LEAF_TABLE, Pages
from jitsuroku.store.looking import bytes_by_table
from jitsuroku.store.salvage import lost_lines
from tests.cli.running import SAMPLES, run
from tests.making import whole_world
from tests.store.damaging import flip_a_page_of_records, overwrite, pages_of_kind, root_of
from tests.store.reading import CALL, TALKS, added, exported, raw, reading_of
from tests.store.test_killed import of_the_first_schema
from tests.store.test_opening import FORKS, as_somebody, locked_folder

__all__ = ["locked_folder"]


PAGES = 6


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with some of the sample pages and a judgement."""
    path = tmp_path_factory.mktemp("whole") / "one.sqlite"
    with Desk(path, world=whole_world()) as desk:
        desk.add(*sorted(p for p in SAMPLES.iterdir() if p.suffix != ".json")[:PAGES])
        desk.judge("confirm", desk.events()[0].id, by="tester", at="2026-01-01T00:00:00Z")
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "one.sqlite"))


def lines_of(path: Path) -> list[str]:
    with Store(path, create=False) as store:
        return exported(store, newest=False)


def told(path: Path) -> str:
    return "\n".join(f"{f.what}: {f.found}" for f in examine(path) if f.trouble == "store")


# --- the doctor -------------------------------------------------------------------------------------------------------


def old_store(path: Path) -> Path:
    """A store of the first schema."""
    connection = raw(path)
    for statement in opening.statements(migrations()[0].read_text(encoding="utf-8")):
        connection.execute(statement)
    connection.execute("PRAGMA user_version = 1")
    connection.execute(f"PRAGMA application_id = {opening.APPLICATION}")
    connection.close()
    return path


def test_the_doctor_leaves_an_old_store_as_it_is_and_says_what_a_migration_does(tmp_path: Path) -> None:
    old = old_store(tmp_path / "old.sqlite")
    before = old.read_bytes()
    found = {f.what: f for f in examine(old)}
    assert old.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["old.sqlite"]
    assert found["schema"].numbers == {"store": 1, "known": len(migrations())}
    assert "002-links (Links between records" in found["schema"].found
    assert f"bring it to {len(migrations())}" in found["schema"].found
    assert not any(f.trouble for f in found.values())


def test_the_doctor_leaves_nothing_beside_a_sound_store(path: Path) -> None:
    before = path.read_bytes()
    assert told(path) == ""
    assert [p.name for p in path.parent.iterdir()] == ["one.sqlite"]
    assert path.read_bytes() == before


def test_a_newer_schema_is_named_and_neither_written_nor_mended(path: Path) -> None:
    raw(path).execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    assert "made by a newer jitsuroku (schema 99" in told(path)
    with pytest.raises(StoreError, match="newer"):
        repair(path)
    with pytest.raises(StoreError, match="newer"):
        Store(path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["one.sqlite"]


def test_after_the_doctor_found_a_flipped_page_nobody_writes(path: Path) -> None:
    flip_a_page_of_records(path)
    assert "damage" in told(path)
    before = path.read_bytes()
    with Store(path) as store, pytest.raises(StoreError, match="is damaged; jitsuroku doctor says where"):
        added(store, reading_of(TALKS))
    assert path.read_bytes() == before


def test_a_damaged_old_store_is_not_migrated(tmp_path: Path) -> None:
    old = old_store(tmp_path / "old.sqlite")
    opening.mark_damaged(old, True)
    with pytest.raises(StoreError, match="damaged"):
        Store(old)
    opening.mark_damaged(old, False)
    with Store(old) as store:
        assert exported(store) == []


def test_the_sizes_of_the_tables_add_up_to_the_file(path: Path) -> None:
    sizes = bytes_by_table(path)
    with Pages(path) as pages:
        assert sum(sizes.values()) == path.stat().st_size - pages.size * pages.pages_of(1)
    assert sizes["records"] > sizes["people"] > 0
    assert sizes["search"] > 0
    found = {f["what"]: f for f in run("doctor", "--db", path, "--json").value}
    assert found["bytes"]["numbers"] == sizes
    assert found["pages"]["numbers"] == {"pages": PAGES}
    assert found["records"]["numbers"]["document"] == PAGES


# --- what can be read is saved ------------------------------------------------------------------------------------------


def test_a_sound_store_is_saved_whole(path: Path, tmp_path: Path) -> None:
    found, lines = salvaged_lines(path, tmp_path)
    assert list(lines) == lines_of(path)
    assert found.is_whole
    assert list(lost_lines(found)) == []
    numbers = "SELECT id, number, thread, newest, reader FROM documents ORDER BY number"
    assert raw(tmp_path / "salvaged.sqlite").execute(numbers).fetchall() == raw(path).execute(numbers).fetchall()


WAYS = "SELECT * FROM custody ORDER BY 1, 2, 3, 4, 5"
BYTES = "SELECT * FROM originals ORDER BY 1"


def with_custody(tmp_path: Path) -> Path:
    """A store with pages whose bytes are kept beside their text."""
    made = tmp_path / "kept.sqlite"
    with Desk(made, world=whole_world()) as desk:
        for n in range(3):
            file = tmp_path / f"{n}.html"
            words = f"<html><!-- {n} --><p>2025年9月8日</p><p>日本の外相は{n + 1}日、隣国の大臣と会談した。</p></html>"
            file.write_text(words, encoding="utf-8")
            desk.add(file)
    assert raw(made).execute("SELECT count(*) FROM originals").fetchone()[0] == 3
    return made


@pytest.mark.parametrize("name", [None, "custody", "custody_by_sha256", "records_by_day"])
def test_custody_and_bytes_are_saved(tmp_path: Path, name: str | None) -> None:
    path = with_custody(tmp_path)
    ways, originals = (raw(path).execute(query).fetchall() for query in (WAYS, BYTES))
    if name is not None:
        overwrite(path, root_of(path, name))
    salvaged_lines(path, tmp_path)
    saved = raw(tmp_path / "salvaged.sqlite")
    assert saved.execute(WAYS).fetchall() == ways != []
    assert saved.execute(BYTES).fetchall() == originals


def test_bytes_that_are_not_what_they_were_are_not_saved(tmp_path: Path) -> None:
    path = with_custody(tmp_path)
    with closing(sqlite3.connect(str(path))) as db, db:
        db.execute("UPDATE originals SET packed = x'00' WHERE rowid = 1")
    salvaged_lines(path, tmp_path)
    saved = raw(tmp_path / "salvaged.sqlite")
    assert len(saved.execute(BYTES).fetchall()) == 2
    assert len(saved.execute(WAYS).fetchall()) == 3


def test_what_is_in_the_log_alone_is_saved(tmp_path: Path) -> None:
    path, copy = tmp_path / "one.sqlite", tmp_path / "copy.sqlite"
    with Store(path) as store:
        expected = exported(added(store, reading_of(TALKS), reading_of(CALL, "call.txt")))
        for end in ("", "-wal"):
            shutil.copy(f"{path}{end}", f"{copy}{end}")
    assert list(salvaged_lines(copy, tmp_path)[1]) == expected


@pytest.mark.parametrize("seed", range(6))
def test_every_line_saved_is_one_that_was_there_and_every_line_lost_is_told(
    path: Path, tmp_path: Path, seed: int
) -> None:
    expected = lines_of(path)
    numbers = pages_of_kind(path, LEAF_TABLE, '{"kind":"')
    overwrite(path, numbers[seed * 7 % len(numbers)], seed)
    found, lines = salvaged_lines(path, tmp_path)
    saved = list(lines)
    assert set(saved) <= set(expected)
    assert len(saved) > 0.8 * len(expected)
    missing = {json.loads(line)["id"] for line in expected} - {json.loads(line)["id"] for line in saved}
    assert missing == {id for id, _ in found.lost}
    assert missing
    assert list(lost_lines(found))


@pytest.mark.parametrize("name", ["records", "documents", "pages", "records_in_export_order", "search_data"])
def test_the_root_of_a_table_is_not_needed(path: Path, tmp_path: Path, name: str) -> None:
    expected = lines_of(path)
    overwrite(path, root_of(path, name))
    found, lines = salvaged_lines(path, tmp_path)
    saved = list(lines)
    assert [json.loads(line)["id"] for line in saved] == [json.loads(line)["id"] for line in expected]
    assert len(found.unlisted) == (PAGES if name == "documents" else 0)


def test_even_without_the_first_page_the_lines_are_saved(path: Path, tmp_path: Path) -> None:
    expected = lines_of(path)
    overwrite(path, 1)
    assert "is not a jitsuroku store" in told(path)
    assert list(salvaged_lines(path, tmp_path)[1]) == expected


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_of_a_truncated_file_all_whole_lines_are_saved(path: Path, tmp_path: Path, part: float) -> None:
    expected, content = set(lines_of(path)), path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    assert "damage" in told(path)
    _, lines = salvaged_lines(path, tmp_path)
    found = {json.loads(line)["id"] for line in lines}
    assert found < {json.loads(line)["id"] for line in expected}
    assert len(found) >= (part - 0.4) * len(expected)


def test_rows_of_an_older_schema_are_saved(path: Path, tmp_path: Path) -> None:
    old, expected = tmp_path / "old.sqlite", lines_of(path)
    of_the_first_schema(path, old)
    found, lines = salvaged_lines(old, tmp_path)
    kept = [line for line in expected if json.loads(line).get("document") or json.loads(line)["kind"] == "document"]
    assert list(lines) == [line for line in kept if json.loads(line).get("flag") != "contradiction"]
    assert found.is_whole


@pytest.mark.parametrize("name", ["records_by_day", "documents"])
def test_what_is_private_is_kept_back(path: Path, tmp_path: Path, name: str) -> None:
    with Desk(path, world=whole_world()) as desk:
        private = desk.document("c5-agency.txt").id
        desk.set_private("c5-agency.txt")
        expected = desk.export(all_versions=True).splitlines()
    overwrite(path, root_of(path, name))
    saved = list(salvaged_lines(path, tmp_path)[1])
    assert private not in "".join(saved)
    assert saved == [line for line in expected if json.loads(line)["kind"] != "meeting"]


def test_the_command_saves_tells_and_does_not_end_well(path: Path, tmp_path: Path) -> None:
    flip_a_page_of_records(path)
    out = tmp_path / "saved.jsonl"
    ran = run("export", "--salvage", "--db", path, "-o", out)
    assert ran.code == 1
    assert "lost record: mention" in ran.err
    assert all(json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines())
    assert run("export", "--salvage", "--with-pages", "--db", path, "-o", out).code == 1
    told_of = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert all("page" in line for line in told_of if line["kind"] == "document")
    missing = run("export", "--salvage", "--db", tmp_path / "none.sqlite")
    assert (missing.code, missing.out) == (3, "")


def test_what_is_no_store_gives_nothing(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Sir\n" * 5000, encoding="utf-8")
    found, lines = salvaged_lines(file, tmp_path)
    assert (found.documents, list(lines)) == (0, [])
    before = file.read_bytes()
    with pytest.raises(StoreError, match="nothing of it can be read"):
        repair(file)
    assert file.read_bytes() == before


# --- what can be mended is mended ---------------------------------------------------------------------------------------


def is_mended(path: Path, expected: list[str]) -> None:
    """Sound, the same record, words found, writers let in, the judgement kept."""
    assert told(path) == ""
    assert damage(path) == ()
    assert lines_of(path) == expected
    with Store(path) as store:
        assert list(store.search("会談"))
        assert len(list(store.judgements())) == 1
        assert added(store, reading_of(TALKS)).find_documents("page.txt")


@pytest.mark.parametrize("name", ["records_by_day", "records_in_export_order", "event_parties_by_event"])
def test_a_broken_index_is_made_anew(path: Path, name: str) -> None:
    expected = lines_of(path)
    overwrite(path, root_of(path, name))
    assert "damage" in told(path)
    done = repair(path, whole_world())
    assert done.kept.exists()
    is_mended(path, expected)


@pytest.mark.parametrize("name", ["search_data", "search_docsize", "people", "link_keys", "link_ends"])
def test_tables_that_follow_from_others_are_made_anew(path: Path, name: str) -> None:
    expected = lines_of(path)
    overwrite(path, root_of(path, name))
    assert "damage" in told(path)
    repair(path, whole_world())
    is_mended(path, expected)


@pytest.mark.parametrize("name", ["records", "documents", "pages"])
def test_a_store_that_sqlite_cannot_read_is_made_anew(path: Path, name: str) -> None:
    expected = lines_of(path)
    overwrite(path, root_of(path, name))
    repair(path, whole_world())
    is_mended(path, expected)


def test_pages_whose_lines_are_lost_are_read_again(path: Path) -> None:
    expected = lines_of(path)
    flip_a_page_of_records(path)
    done = repair(path, whole_world())
    assert done.salvaged is not None
    assert done.salvaged.lost
    assert any("read again" in line for line in done.did)
    is_mended(path, expected)


def test_a_line_changed_behind_our_back_is_read_again(path: Path) -> None:
    expected = lines_of(path)
    raw(path).execute("UPDATE records SET json = replace(json, 'CONSULT', 'ASSAULT') WHERE kind = 'event'")
    assert "does not follow" in told(path)
    repair(path, whole_world())
    is_mended(path, expected)


def test_records_without_a_document_are_given_theirs_again(path: Path) -> None:
    expected = lines_of(path)
    connection = raw(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM documents WHERE source LIKE '%agency%'")
    connection.close()
    assert "points nowhere" in told(path)
    done = repair(path, whole_world())
    assert any("entered again" in line for line in done.did)
    is_mended(path, expected)


def test_versions_keep_their_order(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    with Store(path) as store:
        for n in range(3):
            added(store, reading_of(TALKS + f"第{n}報。\n"))
    expected = lines_of(path)
    overwrite(path, root_of(path, "documents_by_thread"))
    overwrite(path, root_of(path, "event_parties"))
    repair(path, whole_world())
    assert lines_of(path) == expected


def test_the_command_mends_and_then_finds_nothing(path: Path) -> None:
    overwrite(path, root_of(path, "records_by_day"))
    assert run("doctor", "--db", path).code == 3
    mended = run("doctor", "--repair", "--db", path)
    assert mended.code == 0
    assert "the store as it was: " in mended.out
    assert "indexes made anew" in mended.out


def _looked_at(path: Path) -> str:
    found = "; ".join(f"{f.what}: {f.found}" for f in examine(path) if f.what in ("rights", "store"))
    try:
        repair(path, whole_world())
    except StoreError as problem:
        return f"{found}; {problem}"
    return "mended"


@FORKS
def test_a_read_only_folder_is_named_and_not_mended(locked_folder: Path) -> None:
    whole_world()
    found = as_somebody(lambda: _looked_at(locked_folder / "one.sqlite"))
    assert "rights: " in found
    assert "one.sqlite: sound" in found
    assert "the file or its folder is read-only; nothing was changed" in found
    assert [p.name for p in locked_folder.iterdir()] == ["one.sqlite"]
