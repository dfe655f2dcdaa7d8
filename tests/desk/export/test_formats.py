"""What holds for every format: the same bytes, words or ids on every line, no text unless asked, a described column."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pytest

from jitsuroku import Desk
from jitsuroku.cli import exporting
from jitsuroku.desk.export.codebook import codebook
from jitsuroku.desk.export.columns import Column
from jitsuroku.desk.export.delimited import delimited, inert
from jitsuroku.desk.export.exported import FORMATS, exported
from jitsuroku.desk.export.formats import TABLES, formats
from jitsuroku.samples import PAGES
from tests.cli.running import run
from tests.desk.export.pages import ALL, ATTACK, HOLD_TEXT, OPEN, PLAN, SILENT, TEXTUAL, desk_with
from tests.making import whole_world

RECORD = re.compile(r"(?:event|statement|commitment|document|mention|figure|flag|reading|unresolved|link)[0-9a-f]{16}")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("pages")
    with desk_with(folder, {"attack.html": ATTACK, "open.txt": OPEN}) as desk:
        yield desk


def made(desk: Desk, form: str, table: str = "events", **options: object) -> bytes:
    if form == "parquet" and not find_spec("pyarrow"):
        pytest.skip("needs pyarrow (./dev extra parquet)")
    return b"".join(exported(desk, form, table=table, **options))


def test_the_command_knows_all_formats_and_tables() -> None:
    assert exporting.FORMATS == FORMATS
    assert set(exporting.TABLES) == set(TABLES)


@pytest.fixture(scope="module")
def turned_round() -> Iterator[Desk]:
    """The sample pages, added in the opposite order."""
    with Desk(":memory:", world=whole_world()) as other:
        pages = sorted((p for p in PAGES.iterdir() if p.suffix in (".txt", ".html")), reverse=True)
        assert [o.problem for o in other.add(*pages) if o.problem] == []
        yield other


@pytest.mark.parametrize(("form", "table"), ALL)
def test_the_same_bytes_again_and_in_another_order(desk: Desk, turned_round: Desk, form: str, table: str) -> None:
    first = made(desk, form, table)
    assert first
    assert made(desk, form, table) == first
    assert made(turned_round, form, table) == first


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_column_is_described(name: str) -> None:
    text = codebook()
    section = text[text.index(f"### {name}\n") :]
    head = section[: section.find("\n### ", 5)]
    described = set(re.findall(r"^\| `([^`]+)` \|", head if name not in ("csv", "parquet") else text, re.M))
    columns = {column.name for table in formats()[name].tables.values() for column in table}
    assert columns - described == set()


@pytest.mark.parametrize(("form", "table"), TEXTUAL)
def test_the_text_of_a_page_travels_only_when_asked(attacked: Desk, form: str, table: str) -> None:
    if form == "jsonl":
        pytest.skip("the record itself: the body is one of its fields (docs/codebook.md)")
    assert SILENT not in made(attacked, form, table).decode()
    if form not in HOLD_TEXT:
        with pytest.raises(ValueError, match="no place for the text"):
            made(attacked, form, table, with_text=True)
    elif form != "csv" or table == "documents":
        assert SILENT in made(attacked, form, table, with_text=True).decode()


@pytest.mark.parametrize("form", ["csv", "plover-events", "plover-mentions", "gdelt-events", "gdelt-mentions"])
def test_every_row_has_its_words_and_id(desk: Desk, form: str) -> None:
    dialect = "excel-tab" if form.startswith("gdelt") else "excel"
    rows = list(csv.DictReader(io.StringIO(made(desk, form, raw=True).decode()), dialect=dialect))
    assert len(rows) > 20
    for row in rows:
        words = row.get("Words") or row.get("words")
        start, end = int(row.get("Start") or row["start"]), int(row.get("End") or row["end"])
        id = next(row[k] for k in ("Record ID", "RecordID", "Event ID", "id") if k in row)
        record = desk.record(id)
        assert desk.store.page(record.document).text[start:end] == words


@pytest.mark.parametrize(("form", "unit"), [("geojson", '"type":"Feature"'), ("ical", "BEGIN:VEVENT"), ("atom", "<entry>"), ("gexf", "<edge "), ("graphml", "<edge ")])  # fmt: skip
def test_every_unit_names_a_record_that_is_there(desk: Desk, form: str, unit: str) -> None:
    text = made(desk, form).decode().replace("\r\n ", "")
    _, *units = text.split(unit)
    assert len(units) > 2
    known = {record.id for record in desk.records((), judged=False)}
    assert [u for u in units if not {*RECORD.findall(u)} & known] == []


# --- what pages write cannot run ----------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "＝1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", " \u3000=1", "\n=1", "\ufeff=1"])
def test_formulas_are_inert(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "米国", "5", "2025-09", "a=b"])
def test_other_cells_stay(cell: str) -> None:
    assert inert(cell) == cell


@pytest.mark.parametrize(
    ("value", "written"), [("-0.25", "-0.25"), (-5, "-5"), ("-5+1", "'-5+1"), ("-5\n=1", '"\'-5\n=1"')]
)
def test_plain_numbers_stay_numbers(value: object, written: str) -> None:
    lines = b"".join(delimited([Column("c", "", lambda row: row)], [value], raw=False)).decode()
    assert lines == f"c\n{written}\n"


@pytest.mark.parametrize(("form", "table"), [("csv", "documents"), ("csv", "statements"), ("gdelt-mentions", "events")])
def test_no_cell_begins_a_formula_unless_raw(attacked: Desk, form: str, table: str) -> None:
    def cells(raw: bool) -> list[str]:
        text = made(attacked, form, table, raw=raw).decode()
        rows = csv.reader(io.StringIO(text), delimiter="\t" if form.startswith("gdelt") else ",")
        return [cell for row in rows for cell in row]

    assert [cell for cell in cells(False) if cell.startswith("=")] == []
    assert any(cell.startswith("=1+2") for cell in cells(True)) == (table == "documents")
    assert any(cell.startswith("=1+1") for cell in cells(True)) == (table == "statements")


@pytest.mark.parametrize("form", ["gexf", "graphml", "atom"])
def test_markup_in_a_page_is_text(attacked: Desk, form: str) -> None:
    root = ElementTree.fromstring(made(attacked, form))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} & {"script", "b"} == set()
    if form == "atom":
        assert any("<script>" in (element.text or "") for element in root.iter())


def test_characters_that_xml_cannot_hold(tmp_path: Path) -> None:
    page = OPEN.replace("対話を続ける", "対話\x0bを\x1f続ける")
    with desk_with(tmp_path, {"odd.txt": page}) as desk:
        for form in ("gexf", "graphml", "atom"):
            assert len(ElementTree.fromstring(made(desk, form))) > 0
        assert json.loads(made(desk, "geojson"))["type"] == "FeatureCollection"


def test_bibtex_is_closed_and_escaped(attacked: Desk) -> None:
    text = made(attacked, "bibtex").decode()
    plain = re.sub(r"\\[{}]", "", text)
    depth = 0
    for character in plain:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    assert r"\textbackslash{}write18" in text
    assert "\\write18" not in text


# --- asking -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["jsonl", "csv", "gdelt-events", "gexf", "ical", "atom", "ftm", "bibtex", "csl"])
def test_a_question_narrows(tmp_path: Path, form: str) -> None:
    with desk_with(tmp_path, {"open.txt": OPEN, "plan.txt": PLAN}) as desk:
        asked, whole = made(desk, form, party="インド").decode(), made(desk, form).decode()
        assert "open.txt" not in asked
        assert form == "gdelt-events" or "IND" in asked or "plan.txt" in asked
        assert "open.txt" in whole or "KOR" in whole


def test_jsonl_of_a_question_is_a_part_of_the_whole(desk: Desk) -> None:
    whole, part = made(desk, "jsonl").splitlines(), made(desk, "jsonl", actor="CHN", since="2025").splitlines()
    assert 5 < len(part) < len(whole)
    assert [line for line in whole if line in set(part)] == part
    assert {json.loads(line)["kind"] for line in part} >= {"document", "event"}


def test_what_cannot_be_asked_is_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match="no place for pages"):
        made(desk, "gexf", with_pages=True)
    with pytest.raises(ValueError, match="formats are jsonl"):
        made(desk, "word")
    with pytest.raises(ValueError, match="narrowed by"):
        made(desk, "csv", colour="red")


def test_an_empty_store_gives_files_that_can_be_read() -> None:
    with Desk(":memory:") as empty:
        for form in ("gexf", "graphml", "atom"):
            ElementTree.fromstring(made(empty, form))
        assert json.loads(made(empty, "geojson"))["features"] == []
        assert json.loads(made(empty, "csl")) == []
        assert made(empty, "ical").endswith(b"END:VCALENDAR\r\n")


# --- the command --------------------------------------------------------------------------------------------------


def test_a_file_is_whole_or_the_old_one_stays(tmp_path: Path) -> None:
    db, file = tmp_path / "my.sqlite", tmp_path / "record.gexf"
    assert run("add", PAGES / "call-agency.txt", "--db", db).code == 0
    file.write_text("old", encoding="utf-8")
    assert run("export", "--format", "gexf", "--with-text", "-o", file, "--db", db).code == 2
    assert file.read_text(encoding="utf-8") == "old"
    assert run("export", "--format", "gexf", "-o", file, "--db", db).code == 0
    assert file.read_bytes().startswith(b"<?xml")
    assert {p.name for p in tmp_path.iterdir() if p.name.startswith(".")} == set()


@pytest.mark.parametrize("arguments", [("--format", "parquet"), ("--format", "gexf", "--table", "flags"), ("--format", "csv", "--json"), ("--with-text",)])  # fmt: skip
def test_what_does_not_go_together_is_a_usage_error(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = run("export", *arguments, "--db", tmp_path / "my.sqlite")
    assert (ran.code, ran.out) == (2, "")


def test_private_by_the_command(tmp_path: Path) -> None:
    db = tmp_path / "my.sqlite"
    assert run("add", "--private", PAGES / "call-agency.txt", "--db", db).code == 0
    assert run("export", "--db", db).out == ""
    assert run("private", "call-agency.txt", "--undo", "--db", db).out == "1 document no longer private\n"
    assert run("export", "--db", db).out
    assert run("private", "call-agency.txt", "--db", db, "--json").value == {"changed": 1, "private": True}
    assert run("export", "--db", db).out == ""
    assert run("private", "nothing.txt", "--db", db).code == 4
    assert " · private" in run("list", "documents", "--db", db).out.replace("\n", " ")
