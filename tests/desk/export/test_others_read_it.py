"""What other programs' libraries make of the files: networkx, icalendar, followthemoney, pyarrow."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree

import icalendar
import networkx
import pytest

from jitsuroku import Desk
from jitsuroku.desk.export.exported import exported
from jitsuroku.desk.export.fields import event_types
from jitsuroku.desk.export.gdelt import EVENTS, MENTIONS
from jitsuroku.desk.export.references import bibtex
from jitsuroku.desk.export.taking import Taken
from jitsuroku.records import DocumentRecord
from tests.desk.export.pages import MOVED, OPEN, PLAN, desk_with

HELD = """日印首脳が東京で会談
青藍新聞
2025年10月9日

日本の石破首相は10月8日、インドのモディ首相と東京で会談した。
"""
GDELT_EVENT, GDELT_MENTION = 61, 16


NOBODY: dict[str, object] = dict.fromkeys(
    ("address", "outlet", "owner", "title", "origin", "updated", "fetched", "anchor", "language", "replaces")
)
PAGE = DocumentRecord(
    id="document0123456789abcdef", source="p.txt", sha256="0" * 64, bylines=(), genre="news", published="2025-09-06",
    published_basis="printed", text="", people=(), states=(), orgs=(), copies_of=(), private=False, notes=(), **NOBODY,  # type: ignore[arg-type]
)  # fmt: skip


def made(desk: Desk, form: str, **options: object) -> bytes:
    return b"".join(exported(desk, form, **options))


# --- graphs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "read"), [("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)])
def test_networkx_reads_the_graph(desk: Desk, tmp_path: Path, form: str, read: object) -> None:
    file = tmp_path / f"record.{form}"
    desk.export_as(form, file)
    graph = read(file)  # type: ignore[operator]
    assert graph.is_multigraph()
    assert graph.number_of_edges() > 20
    assert {"USA", "CHN"} <= set(graph.nodes)
    for _, _, edge in graph.edges(data=True):
        record = desk.record(edge["record"])
        assert (edge["words"], edge["words_start"]) == (record.evidence.text, record.evidence.start)
        assert bool(edge.get("start")) == bool(record.date)


def test_an_edge_is_there_while_its_event_may_have_been(tmp_path: Path) -> None:
    text = OPEN.replace("外相は5日", "外相は2025年8月")
    with desk_with(tmp_path, {"open.txt": text}) as desk:
        desk.export_as("gexf", tmp_path / "g.gexf", type="CONSULT")
        ((_, _, edge),) = networkx.read_gexf(tmp_path / "g.gexf").edges(data=True)
        assert (edge["date"], edge["start"], edge["end"]) == ("2025-08", "2025-08-01", "2025-08-31")


def test_one_thing_on_two_pages_is_one_edge(tmp_path: Path) -> None:
    with desk_with(tmp_path, {"one.txt": OPEN, "two.txt": OPEN.replace("三毛猫", "黒猫")}) as desk:
        desk.export_as("graphml", tmp_path / "g.graphml", type="CONSULT")
        ((_, _, edge),) = networkx.read_graphml(tmp_path / "g.graphml").edges(data=True)
        assert (edge["pages"], edge["independent"]) == (2, 1)


# --- calendar -----------------------------------------------------------------------------------------------------


def entries(desk: Desk, **asked: str) -> dict[str, icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(made(desk, "ical", **asked))
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    assert [event.errors for event in found.values() if event.errors] == []
    return found


def test_a_plan_that_moves_and_is_held_stays_one_entry(tmp_path: Path) -> None:
    with desk_with(tmp_path, {"plan.txt": PLAN}) as desk:
        ((uid, plan),) = entries(desk).items()
        assert (plan["STATUS"], plan["DTSTART"].dt, plan["DTEND"].dt) == (
            "TENTATIVE",
            date(2025, 10, 3),
            date(2025, 10, 4),
        )
        (tmp_path / "moved.txt").write_text(MOVED, encoding="utf-8")
        desk.add(tmp_path / "moved.txt")
        ((same, moved),) = entries(desk).items()
        assert (same, moved["SEQUENCE"], moved["DTSTART"].dt) == (uid, 1, date(2025, 10, 8))
        (tmp_path / "held.txt").write_text(HELD, encoding="utf-8")
        desk.add(tmp_path / "held.txt")
        ((same, held),) = entries(desk).items()
        assert (same, held["STATUS"], held["DTSTART"].dt) == (uid, "CONFIRMED", date(2025, 10, 8))


def test_a_meeting_called_off_is_cancelled_under_its_uid(tmp_path: Path) -> None:
    planned = "上海協力機構、9月に首脳会議\n青藍新聞\n2035年8月1日\n\n上海協力機構は9月1日、天津で第40回首脳会議を開く予定だ。\n"
    off = "首脳会議は中止\n青藍新聞\n2035年8月20日\n\n上海協力機構は9月1日に天津で開く予定だった第40回首脳会議を中止すると発表した。\n"
    with desk_with(tmp_path, {"planned.txt": planned}) as desk:
        before = entries(desk)
        (tmp_path / "off.txt").write_text(off, encoding="utf-8")
        desk.add(tmp_path / "off.txt")
        after = entries(desk)
        uid = next(uid for uid, entry in before.items() if entry["CATEGORIES"].to_ical() == b"MEETING")
        assert before[uid]["STATUS"] == "TENTATIVE"
        assert after[uid]["STATUS"] == "CANCELLED"


def test_a_promise_called_off_is_cancelled_on_its_day(tmp_path: Path) -> None:
    promised = "青藍新聞\n2025年9月6日\n\n日本は6日、ケニアに3億ドルを2027年までに融資すると約束した。\n"
    off = "青鷺通信\n2025年9月21日\n\n日本は20日、ケニアに約束していた3億ドルの融資を撤回した。\n"
    with desk_with(tmp_path, {"promised.txt": promised}) as desk:
        ((uid, due),) = ((u, e) for u, e in entries(desk).items() if e["CATEGORIES"].to_ical() == b"DUE")
        assert due["STATUS"] == "TENTATIVE"
        (tmp_path / "off.txt").write_text(off, encoding="utf-8")
        desk.add(tmp_path / "off.txt")
        entry = entries(desk)[uid]
        assert (entry["STATUS"], entry["DTSTART"].dt) == ("CANCELLED", due["DTSTART"].dt)


def test_days_of_low_precision_are_spans_and_lines_are_short(desk: Desk, tmp_path: Path) -> None:
    with desk_with(tmp_path, {"open.txt": OPEN}) as own:
        due = next(entry for entry in entries(own, type="pledged").values() if entry["CATEGORIES"].to_ical() == b"DUE")
        assert (due["DTSTART"].dt, due["X-JITSUROKU-DATE"]) == (date(2026, 3, 31), "2026-03-31")
    assert all(len(line) <= 75 for line in made(desk, "ical").split(b"\r\n"))
    for entry in entries(desk).values():
        told = str(entry["X-JITSUROKU-DATE"])
        if len(told) == len("2025"):
            assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(int(told), 1, 1), date(int(told) + 1, 1, 1))


# --- tables -------------------------------------------------------------------------------------------------------


def test_gdelts_columns_in_their_order() -> None:
    names = [column.name for column in EVENTS]
    assert names[:5] == ["GLOBALEVENTID", "Day", "MonthYear", "Year", "FractionDate"]
    assert (
        names[25:35]
        == "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone".split()
    )
    assert names.index("SOURCEURL") == GDELT_EVENT - 1
    assert [column.name for column in MENTIONS][GDELT_MENTION - 1] == "Extras"


def test_gdelt_holds_deeds_only_and_numbers_are_whole(desk: Desk) -> None:
    rows = list(csv.DictReader(io.StringIO(made(desk, "gdelt-events").decode()), dialect="excel-tab"))
    assert {desk.record(row["RecordID"]).status for row in rows} == {"actual"}  # type: ignore[union-attr]
    numbers = Counter(int(row["GLOBALEVENTID"]) for row in rows)
    assert max(numbers.values()) == 1
    assert max(numbers) < 2**63
    mentions = csv.DictReader(io.StringIO(made(desk, "gdelt-mentions").decode()), dialect="excel-tab")
    assert {int(row["GLOBALEVENTID"]) for row in mentions} == set(numbers)


def test_an_event_of_several_parties_is_a_row_a_pair(tmp_path: Path) -> None:
    text = "日中韓外相が会談\n青藍新聞\n2025年9月6日\n\n日本の岩屋毅外相は5日、中国、韓国の外相とソウルで会談した。\n"
    with desk_with(tmp_path, {"three.txt": text}) as desk:
        rows = list(
            csv.DictReader(io.StringIO(made(desk, "gdelt-events", type="CONSULT").decode()), dialect="excel-tab")
        )
        assert {(r["Actor1CountryCode"], r["Actor2CountryCode"]) for r in rows} == {("JPN", "CHN"), ("JPN", "KOR")}
        assert {(r["EventCode"], r["EventRootCode"], r["QuadClass"], r["Day"]) for r in rows} == {
            ("040", "04", "1", "20250905")
        }
        assert {r["Actor1Code"] for r in rows} == {"JPNGOV"}
        assert {(r["ActionGeo_Fullname"], r["ActionGeo_Lat"], r["ActionGeo_Long"]) for r in rows} == {
            ("ソウル", "37.57", "126.98")
        }


def test_every_code_of_cameo_has_a_root_and_none_is_a_guess() -> None:
    roots = {f"{number:02}" for number in range(1, 21)}
    codes = {code for kind in event_types() for code in kind.cameo.values()}
    assert {code[:2] for code in codes if code} <= roots
    assert all(len(code) in (0, 2, 3, 4) and (not code or code.isdigit()) for code in codes)


def test_parquet_keeps_types(desk: Desk, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow (./dev extra parquet)")
    desk.export_as("parquet", tmp_path / "e.parquet")
    table = parquet.read_table(tmp_path / "e.parquet")
    assert table.num_rows == len(desk.events(judged=False))
    row = table.to_pylist()[0]
    assert isinstance(row["actor"], list)
    assert isinstance(row["score"], float)
    assert isinstance(row["background"], bool)
    assert isinstance(row["start"], int)


# --- feeds and references -----------------------------------------------------------------------------------------


def test_a_feed_has_what_rfc_4287_asks_for(desk: Desk) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    root = ElementTree.fromstring(made(desk, "atom"))
    entries = root.findall(f"{atom}entry")
    assert len(entries) > 20
    for element in (root, *entries):
        assert [len(element.findall(f"{atom}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{atom}updated") or "")
    assert root.findtext(f"{atom}author/{atom}name")
    # Without an alternate link an entry must have its content.
    assert all(entry.findtext(f"{atom}content") for entry in entries)
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(UUID(id or "").version for id in ids)


def test_an_address_stands_in_bibtex_as_it_is() -> None:
    page = replace(PAGE, address="https://example.org/a_b%20{c}?d=\\e&f#g", title="50% & {x}_y", outlet="A")
    text = b"".join(bibtex(Taken((page,), {page.id: page}))).decode()
    assert "url = {https://example.org/a_b%20%7Bc%7D?d=%5Ce&f#g}" in text
    assert r"title = {{50\% \& \{x\}\_y}}" in text
    assert "year = {2025}" in text


@pytest.mark.parametrize("basis", ["inferred", None])
def test_a_day_that_no_page_prints_is_no_year(basis: str | None) -> None:
    page = replace(PAGE, published_basis=basis)
    assert "year" not in b"".join(bibtex(Taken((page,), {page.id: page}))).decode()


# --- FollowTheMoney -----------------------------------------------------------------------------------------------


def test_words_and_promises_are_notes_on_who_said_or_made_them(desk: Desk) -> None:
    entities = [json.loads(line) for line in made(desk, "ftm").splitlines()]
    schemata = {entity["id"]: entity["schema"] for entity in entities}
    notes = {e["properties"]["notes"][0]: e["properties"] for e in entities if e["schema"] == "Note"}
    told = {r.id: r for r in [*desk.statements(), *desk.commitments()]}
    assert notes.keys() == {id for id, r in told.items() if r.kind == "statement" or r.giver}
    for id, note in notes.items():
        assert note["summary"] == [told[id].evidence.text]
        assert note["keywords"][0] == told[id].kind
        assert {schemata[each] for each in note["entity"]} <= {"PublicBody", "Organization", "LegalEntity", "Person"}
        assert [schemata[each] for each in note["proof"]] == ["Article"]
    assert any("Person" in {schemata[each] for each in note["entity"]} for note in notes.values())


def test_followthemoney_takes_every_entity_as_it_is(desk: Desk) -> None:
    model = pytest.importorskip("followthemoney", reason="needs followthemoney (./dev extra ftm)").model
    entities = [json.loads(line) for line in made(desk, "ftm").splitlines()]
    known = {entity["id"]: entity["schema"] for entity in entities}
    assert len(known) == len(entities)
    assert set(known.values()) >= {
        "Article",
        "Person",
        "PublicBody",
        "Organization",
        "Event",
        "Documentation",
        "Mention",
        "Note",
    }
    for entity in entities:
        schema, proxy = model.get(entity["schema"]), model.get_proxy(entity, cleaned=False)
        assert schema.validate(entity) is None
        assert {name: sorted(proxy.get(name)) for name in entity["properties"]} == {
            name: sorted(set(values)) for name, values in entity["properties"].items()
        }
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert model.get(known[value]).is_a(prop.range.name)
            else:
                assert prop.type.validate(value), (prop.name, value)
