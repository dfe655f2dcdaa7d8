"""Every command, with and without --json, on the sample pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jitsuroku.desk.explain import STAGES
from jitsuroku.desk.report import SAMPLE_REMARK
from tests.cli.running import SAMPLES, page, run

KINDS = ("documents", "events", "statements", "commitments", "figures", "readings", "flags", "unresolved", "people")
TEXT = "フランスのデュラン外相は3日、ドイツのケラー外相とベルリンで会談した。\n"
PAGES = len([p for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html")])


def test_add_tells_what_became_of_each_page(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", TEXT)
    first = run("add", tmp_path / "a.txt", "--db", tmp_path / "x.sqlite")
    assert (first.code, first.out, first.err) == (0, "1 page: 1 new\n", "")
    again = run("add", tmp_path / "a.txt", "--db", tmp_path / "x.sqlite", "--json")
    assert [p["result"] for p in again.value["pages"]] == ["no change"]
    page(tmp_path, "a.txt", TEXT + "両外相は協定に署名した。\n")
    changed = run("add", tmp_path / "a.txt", "--db", tmp_path / "x.sqlite")
    assert changed.out == "new version: a.txt\n1 page: 1 new version\n"
    assert run("add", "--again", tmp_path / "a.txt", "--db", tmp_path / "x.sqlite").out == "1 page: 1 read again\n"
    assert run("add", "--stored", "--db", tmp_path / "x.sqlite").out == "0 pages: nothing to read there\n"


def test_remove(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", TEXT)
    page(tmp_path, "b.txt", TEXT)
    run("add", tmp_path / "a.txt", tmp_path / "b.txt", "--db", tmp_path / "x.sqlite")
    assert run("remove", "a.txt", "--db", tmp_path / "x.sqlite").out == "removed 1 document\n"
    assert run("remove", "b.txt", "--db", tmp_path / "x.sqlite", "--json").value == {"removed": 1}
    assert run("list", "--db", tmp_path / "x.sqlite").out == "no documents\n"
    assert run("export", "--db", tmp_path / "x.sqlite").out == ""
    assert run("export", "--json", "--db", tmp_path / "x.sqlite").value == []


def test_list_of_what_stays_open(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", "両首脳が会談\n2026年3月6日\n\n両首脳は6日、会談した。\n")
    run("add", tmp_path / "a.txt", "--db", tmp_path / "x.sqlite")
    (row,) = run("list", "unresolved", "--db", tmp_path / "x.sqlite", "--json").value
    assert row["as_written"] == "両首脳"
    assert row["id"] in run("list", "unresolved", "--db", tmp_path / "x.sqlite").out


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "unresolved"])
def test_list(db: Path, kind: str) -> None:
    rows = run("list", kind, "--db", db, "--json").value
    text = run("list", kind, "--db", db).out
    if kind == "unresolved":
        # The samples leave nothing open: whom a name means is settled on each of them.
        assert not rows
        assert text.startswith("no unresolved")
        return
    assert rows
    if kind not in ("documents", "people"):
        assert all(row["id"] in text and row["evidence"]["text"] for row in rows)
        assert text.endswith(SAMPLE_REMARK + "\n")
    assert run("list", kind, "--limit", 1, "--db", db, "--json").value == rows[:1]


def test_list_narrows(db: Path) -> None:
    def events(*options: object) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = run("list", "events", *options, "--db", db, "--json").value
        return found

    assert {code for e in events("--actor", "KAZ") for code in e["actor"]} >= {"KAZ"}
    assert events("--actor", "KAZ") == events("--actor", "Kazakhstan") == events("--actor", "カザフスタン")
    assert all("KAZ" in e["actor"] for e in events("--actor", "KAZ"))
    assert 0 < len(events("--since", "2025-11")) < len(events())
    last_days = [e["date"].split("/")[-1] for e in events("--since", "2025-11")]
    assert all(day >= "2025-11" or day == "2025" for day in last_days), "a year touches all of its months"
    assert all(e["status"] == "planned" for e in events("--status", "planned"))
    assert "carry no date" in run("list", "events", "--since", "2025", "--db", db).out
    source = {d["id"]: d["source"] for d in run("list", "documents", "--db", db, "--json").value}
    assert {source[e["document"]] for e in events("--page", "call-agency.txt")} == {"call-agency.txt"}


def test_show_page_and_event(db: Path) -> None:
    records = run("show", "page", "call-agency.txt", "--db", db, "--json").value
    shown = run("show", "page", "call-agency.txt", "--db", db).out
    event = next(r for r in records if r["kind"] == "event")
    assert event["evidence"]["text"][:20] in shown
    assert SAMPLE_REMARK in shown
    assert run("show", "event", event["id"], "--db", db, "--json").value == [event]
    one = run("show", "event", event["id"], "--db", db).out
    assert event["id"] in one
    assert SAMPLE_REMARK in one


def test_show_person_and_pair(db: Path) -> None:
    person = run("show", "person", "習近平", "--db", db)
    assert person.out.startswith("習近平  CHN")
    assert run("show", "person", "習近平", "--db", db, "--json").value
    pair = run("show", "pair", "USA", "CHN", "--db", db, "--json").value
    assert pair
    assert pair == run("show", "pair", "China", "米国", "--db", db, "--json").value
    days = [r["date"] for r in pair if r["kind"] == "event" and r["date"]]
    assert days
    assert run("show", "pair", "ISL", "TUV", "--db", db).out == "nothing between ISL and TUV\n"


@pytest.mark.parametrize("query", ["日本", "会談", "米", "レアアース 習近平", "C5"])
def test_search(db: Path, query: str) -> None:
    found = run("search", query, "--db", db, "--json").value
    assert found
    for hit in found:
        assert any(
            e["text"].casefold() in query.casefold() or query.casefold() in e["text"].casefold()
            for e in hit["evidence"]
        )
    assert "[" in run("search", query, "--db", db).out


def test_search_that_finds_nothing(db: Path) -> None:
    assert run("search", "南極探検", "--db", db).out == "no page holds 南極探検\n"
    assert run("search", "", "--db", db, "--json").value == []


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("target", ["call-agency.txt", SAMPLES / "call-agency.txt"], ids=["stored", "file"])
def test_explain_a_stage(db: Path, stage: str, target: object) -> None:
    text = run("explain", target, "--stage", stage, "--db", db)
    assert text.code == 0
    assert text.out.endswith(SAMPLE_REMARK + "\n")
    assert len(text.out.splitlines()) > 1
    assert run("explain", target, "--stage", stage, "--db", db, "--json").value is not None


def test_explain_all_stages(db: Path) -> None:
    text = run("explain", "call-agency.txt", "--db", db).out
    assert [line[4:] for line in text.splitlines() if line.startswith("--- ")] == list(STAGES)
    assert list(run("explain", "call-agency.txt", "--db", db, "--json").value) == list(STAGES)


def test_explain_a_record_prints_the_row_that_decided(db: Path) -> None:
    events = run("list", "events", "--db", db, "--json").value
    event = next(e for e in events if ".tsv#" in e["rule"])
    why = run("explain", event["id"], "--db", db)
    assert f"rule: {event['rule']}" in why.out
    assert "trigger: " in why.out
    assert event["evidence"]["text"][:10] in why.out
    value = run("explain", event["id"], "--db", db, "--json").value
    assert value["record"] == event
    assert value["rows"]


def test_export(db: Path, tmp_path: Path) -> None:
    lines = run("export", "--format", "jsonl", "--db", db).out
    records = [json.loads(line) for line in lines.splitlines()]
    assert sum(r["kind"] == "document" for r in records) == PAGES
    assert run("export", "-o", tmp_path / "e.jsonl", "--db", db).out == ""
    assert (tmp_path / "e.jsonl").read_text(encoding="utf-8") == lines
    assert run("export", "--json", "--db", db).value == records
    run("export", "--json", "-o", tmp_path / "e.json", "--db", db)
    assert json.loads((tmp_path / "e.json").read_text(encoding="utf-8")) == records
    assert all(
        "page" in json.loads(line)
        for line in run("export", "--with-pages", "--db", db).out.splitlines()
        if '"kind":"document"' in line
    )


def test_report(db: Path, tmp_path: Path) -> None:
    text = run("report", "call-agency.txt", "--db", db).out
    assert SAMPLE_REMARK in text
    assert "[call-agency.txt " in text
    assert len(run("report", "--db", db, "--json").value) == PAGES
    wrote = run("report", "--html", tmp_path / "r.html", "--db", db)
    assert (wrote.out, wrote.err) == ("", f"wrote {tmp_path / 'r.html'}\n")
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_check_files_without_a_store_and_pages_in_one(db: Path) -> None:
    from_files = run("check", SAMPLES / "call-tabloid.txt", "--json").value
    assert [f["flag"] for f in from_files] == ["currency-conversion"]
    assert [
        f for f in run("check", "--db", db, "--json").value if f["document"] == from_files[0]["document"]
    ] == from_files
    assert "2954億ドル(約4兆2400億円)" in run("check", SAMPLES / "call-tabloid.txt").out


def test_demo(tmp_path: Path) -> None:
    demo = run("demo", "--html", tmp_path / "d.html")
    assert demo.code == 0
    assert demo.out.count(SAMPLE_REMARK) == PAGES + 1
    assert f"{PAGES} pages: " in demo.out
    assert "Language not read yet: Chinese." in demo.out
    assert "Language not read yet: English." in demo.out
    assert "Language not read yet: Russian." in demo.out
    assert str(tmp_path / "d.html") in demo.out


def test_demo_of_own_pages(tmp_path: Path) -> None:
    page(tmp_path, "mine.txt", TEXT)
    demo = run("demo", tmp_path / "mine.txt", "--html", tmp_path / "d.html", "--json")
    assert [d["document"]["source"] for d in demo.value] == ["mine.txt"]
    assert "SAMPLE" not in (tmp_path / "d.html").read_text(encoding="utf-8")
    kept = run("demo", tmp_path / "mine.txt", "--html", tmp_path / "d.html", "--db", tmp_path / "kept.sqlite")
    assert "CONSULT" in kept.out
    assert len(run("list", "--db", tmp_path / "kept.sqlite", "--json").value) == 1


def test_coverage() -> None:
    cells = run("coverage", "--json").value
    assert len(cells) == 16
    table = run("coverage").out.splitlines()
    assert table[0].split() == ["event", "type", "ja"]
    assert [row.split()[0] for row in table[1:-1]] == sorted(cells)


def test_schema_is_that_of_the_lines_of_the_export(db: Path) -> None:
    schema = run("schema")
    assert schema.value == run("schema", "--json").value
    check = Draft202012Validator(schema.value)
    lines = run("export", "--db", db).out.splitlines()
    assert [error.message for line in lines for error in check.iter_errors(json.loads(line))] == []
    assert list(check.iter_errors({"kind": "event"}))
    codebook = run("schema", "--codebook").out
    assert codebook.startswith("# ")
    assert codebook == (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")


def test_doctor(db: Path, tmp_path: Path) -> None:
    assert f"store: {db}: sound" in run("doctor", "--db", db).out
    findings = run("doctor", "--db", tmp_path / "none.sqlite", "--json")
    assert findings.code == 0
    assert {"SQLite", "SudachiPy", "tables", "store"} <= {f["what"] for f in findings.value}
    assert not (tmp_path / "none.sqlite").exists()


def test_db_stands_after_the_command_or_before_it_or_in_the_environment(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = run("list", "--db", db).out
    assert run("--db", db, "list").out == named
    monkeypatch.setenv("JITSUROKU_DB", str(db))
    assert run("list").out == named
    assert run("list", "--db", tmp_path / "other.sqlite").code == 3
