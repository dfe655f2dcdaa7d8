"""Reading again: only what a new version reads otherwise, shown before it is taken over, with what people judged kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jitsuroku.cli import upkeep as commands
from jitsuroku.contract import with_id
from jitsuroku.desk.adding import reader_version
from jitsuroku.desk.query import Desk
from jitsuroku.desk.upkeep import reread
from jitsuroku.desk.upkeep.reread import Reread, compared, totals
from jitsuroku.records import Commitment, Event, Reading
from tests.cli.running import run
from tests.making import whole_world
from tests.store.reading import CALL, LOAN, TALKS, event_of, reading_of

pytestmark = pytest.mark.usefixtures("both")

OLD = "an older version"
PAGES = {"call.txt": CALL, "loan.txt": LOAN, "talks.txt": TALKS}


def as_an_older_version_read(reading: Reading) -> Reading:
    """The page with an event more than it tells, the events it tells read otherwise, and no promise."""
    kept = (r for r in reading.records if not isinstance(r, Commitment))
    told = tuple(with_id(replace(r, status="planned")) if isinstance(r, Event) else r for r in kept)
    return replace(reading, records=(*told, event_of(reading.page, type="REJECT")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three pages that an older version read, one of them as it is read today."""
    made = tmp_path / "one.sqlite"
    with Desk(made, world=whole_world()) as desk:
        for source, text in PAGES.items():
            reading = reading_of(text, source)
            desk.store.save(reading if source == "call.txt" else as_an_older_version_read(reading), OLD)
    return made


def of_today(tmp_path: Path) -> str:
    with Desk(tmp_path / "today.sqlite", world=whole_world()) as desk:
        for source, text in PAGES.items():
            desk.store.save(reading_of(text, source), reader_version())
        list(desk.read_again())
        return desk.export()


def export_of(path: Path) -> str:
    with Desk(path, world=whole_world()) as desk:
        return desk.export()


def test_what_is_read_otherwise_is_told_and_nothing_changed(path: Path) -> None:
    with Desk(path, world=whole_world()) as desk:
        before = desk.export()
        found = {each.source: each for each in desk.rereading()}
        assert desk.export() == before
        assert len(desk.store.stale(reader_version())) == 3
    assert [source for source, each in found.items() if each.differs] == ["loan.txt", "talks.txt"]
    talks = found["talks.txt"]
    assert [r.type for r in talks.lost if isinstance(r, Event)] == ["REJECT"]
    assert [c.fields for c in talks.changed if c.before.kind == "event"] == [("status",)]
    assert any(r.kind == "commitment" for r in found["loan.txt"].gained)
    assert totals(found.values())["pages"] == 3


def test_accepted_it_is_the_store_that_this_version_makes(path: Path, tmp_path: Path) -> None:
    with Desk(path, world=whole_world()) as desk:
        list(desk.rereading(accept=True))
        assert desk.store.stale(reader_version()) == ()
        assert list(desk.rereading()) == []
    assert export_of(path) == of_today(tmp_path)


def test_stopped_anywhere_it_goes_on_from_there(path: Path, tmp_path: Path) -> None:
    for left in (2, 1, 0):
        with Desk(path, world=whole_world()) as desk:
            next(iter(desk.rereading(accept=True)))
            assert len(desk.store.stale(reader_version())) == left
    with Desk(path, world=whole_world()) as desk:
        assert list(desk.rereading(accept=True)) == []
    assert export_of(path) == of_today(tmp_path)


def test_a_page_that_is_read_alike_keeps_its_links(path: Path) -> None:
    with Desk(path, world=whole_world()) as desk:
        list(desk.rereading(accept=True))
        document = desk.document("call.txt").id
        before = desk.store._db.execute("SELECT linker FROM documents WHERE id = ?", (document,)).fetchone()
        desk.store.set_reader(document, OLD)
        found = list(desk.rereading(accept=True))
        assert [each.source for each in found] == ["call.txt"]
        assert desk.store._db.execute("SELECT linker FROM documents WHERE id = ?", (document,)).fetchone() == before
        assert before[0] is not None


def test_what_people_judged_survives(path: Path) -> None:
    with Desk(path, world=whole_world()) as desk:
        event = next(e for e in desk.events(page="talks.txt") if e.type == "CONSULT")
        desk.judge("correct", event.id, changes={"place": "パリ"}, by="tester", at="2026-01-01T00:00:00Z")
        list(desk.rereading(accept=True))
        (now,) = [e for e in desk.events(page="talks.txt") if e.type == "CONSULT"]
        assert (now.place, now.status) == ("パリ", "actual")
        assert len(list(desk.store.judgements())) == 1


def test_also_pages_of_this_version_when_asked(path: Path) -> None:
    with Desk(path, world=whole_world()) as desk:
        list(desk.rereading(accept=True))
        assert [each.differs for each in desk.rereading(every=True)] == [False] * 3


def test_a_page_that_cannot_be_read_any_more_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(page: Any, world: Any) -> Reading:
        if page.source == "loan.txt":
            raise ValueError("no such word")
        return reading_of(page.text, page.source)

    monkeypatch.setattr(reread, "read_any", read)
    with Desk(path, world=whole_world()) as desk:
        before = [r.id for r in desk.records(page="loan.txt")]
        refused = [each.problem for each in desk.rereading(accept=True) if each.problem]
        assert refused == ["loan.txt: could not be read again (ValueError: no such word); it stays as it was"]
        assert [r.id for r in desk.records(page="loan.txt")] == before
        assert len(desk.store.stale(reader_version())) == 1


def test_records_on_some_of_the_same_words_are_changed_not_lost_and_gained() -> None:
    page = reading_of(TALKS).page
    long, short, far = (
        event_of(page, evidence=replace(reading_of(TALKS).records[-1].evidence, start=s, end=e))  # type: ignore[union-attr]
        for s, e in ((0, 9), (3, 5), (20, 22))
    )
    gained, lost, changed = compared([long], [short, far])
    assert (gained, lost) == ((far,), ())
    assert [(c.before, c.after, c.fields) for c in changed] == [(long, short, ("evidence",))]
    assert compared([long], [long]) == ((), (), ())


def test_the_command_shows_and_takes_over(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = run("reread", "--db", path)
    assert shown.code == 0
    assert "talks.txt: " in shown.out
    assert "  - event REJECT 「日英」" in shown.out
    assert 'status: "planned" -> "actual"' in shown.out
    assert "call.txt" not in shown.out
    assert "3 pages read again, 2 read otherwise" in shown.out
    assert "nothing was changed" in shown.out
    value = run("reread", "--db", path, "--json").value
    assert value["accepted"] is False
    assert [p["source"] for p in value["pages"]] == ["loan.txt", "talks.txt"]
    assert value["pages"][1]["lost"][0]["type"] == "REJECT"
    assert "nothing" not in run("reread", "--accept", "--db", path).out
    assert "0 pages" in run("reread", "--db", path).out
    assert export_of(path) == of_today(tmp_path)


def test_at_a_terminal_each_page_is_asked_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter(["n", "y"])
    monkeypatch.setattr(commands.click, "prompt", lambda *_, **__: next(said))
    with Desk(path, world=whole_world()) as desk:
        assert len(list(commands._asked(desk, desk.rereading()))) == 3
        left = [desk.store.page(d).source for d in desk.store.stale(reader_version())]
    assert left == ["loan.txt"]


def test_interrupted_it_says_that_it_goes_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> Iterator[Reread]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(Desk, "rereading", stop)
    ran = run("reread", "--accept", "--db", path)
    assert ran.code == 130
    assert "goes on from there" in ran.err
