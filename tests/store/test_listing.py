"""What is kept for lists is what the view says, whatever is added, judged, mended or taken away; and counts follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jitsuroku.desk.query import Desk
from jitsuroku.records import Event
from jitsuroku.samples import PAGES
from jitsuroku.store import Where
from tests.making import whole_world

pytestmark = pytest.mark.usefixtures("both")

TEXT = "日英外相が会談\n2025年9月5日\n日本の岩屋外相は5日、英国のラミー外相とロンドンで会談した。\n"


def in_step(desk: Desk) -> int:
    """How many rows the listing has: those of its view; and everyone named is counted as a count over all pages says."""
    rows = desk.store._rows
    kept = {tuple(row) for row in rows("SELECT facet, kind, day, record, begins FROM main.listing")}
    assert kept == {tuple(row) for row in rows("SELECT facet, kind, day, record, begins FROM listing_of")}
    people = (
        "SELECT n.name, coalesce(n.country, ''), max(n.office), count(DISTINCT n.document) FROM people n JOIN documents d "
        "ON d.id = n.document WHERE d.newest = 1 AND n.form = n.name GROUP BY 1, 2"
    )
    assert {tuple(r) for r in rows(people)} == {tuple(r) for r in rows("SELECT * FROM main.people_counts")}
    numbers, shown = desk.store.numbers_listed(), desk.store.counts(judged=True)
    assert all(numbers[kind] == shown[kind] for kind in ("document", "event", "statement", "flag", "commitment"))
    return len(kept)


@pytest.fixture(scope="module")
def samples() -> Iterator[Desk]:
    with Desk(":memory:", world=whole_world()) as desk:
        desk.add(PAGES)
        assert in_step(desk) > 100
        yield desk


@pytest.fixture
def desk(samples: Desk, tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "one.sqlite", world=whole_world()) as made:
        made.store.take_in(samples.store)
        yield made


def add_a_version(desk: Desk, folder: Path) -> None:
    for text in (TEXT, TEXT.replace("ロンドン", "パリ")):
        (folder / "page.txt").write_text(text, encoding="utf-8")
        desk.add(folder / "page.txt")
    assert len(desk.events(page="page.txt")) == 1


def take_versions_away(desk: Desk, folder: Path) -> None:
    add_a_version(desk, folder)
    newest = desk.document("page.txt").id
    desk.store.remove([newest])
    in_step(desk)
    desk.remove("page.txt")


def reject(desk: Desk, folder: Path) -> None:
    desk.judge("reject", desk.events()[0].id, by="a")


def reject_and_take_back(desk: Desk, folder: Path) -> None:
    reject(desk, folder)
    in_step(desk)
    desk.undo(by="a")


def correct(desk: Desk, folder: Path) -> None:
    desk.judge("correct", desk.events()[0].id, changes={"date": "2019-01-02", "actor": ["KAZ"]}, by="a")
    assert [row.day for row in desk.store.listed("event", ["party:KAZ"], until="2019", most=9)] == ["2019-01-02"]


def forget(desk: Desk, folder: Path) -> None:
    desk.store.remove([page.id for page in desk.documents()[:3]])


def mend(desk: Desk, folder: Path) -> None:
    desk.store._db.execute("DELETE FROM listing WHERE kind = 'event'")
    desk.store.mend()


def read_again(desk: Desk, folder: Path) -> None:
    desk.add(PAGES, again=True)


ON_FILES = pytest.param(mend, marks=pytest.mark.of_files)
CHANGES = [add_a_version, take_versions_away, reject, reject_and_take_back, correct, forget, ON_FILES, read_again]


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_it_follows(desk: Desk, change: Callable[[Desk, Path], None], tmp_path: Path) -> None:
    with desk:
        change(desk, tmp_path)
        in_step(desk)


@pytest.mark.parametrize("window", [{}, {"since": "2025"}, {"until": "2024"}, {"since": "2025-06", "until": "2025-06-10"}, {"since": "2000", "until": "2100"}])  # fmt: skip
@pytest.mark.parametrize("party", [None, "CHN", "KAZ", "XXX"])
def test_the_same_records_as_of_the_whole_table(desk: Desk, party: str | None, window: dict[str, str]) -> None:
    with desk:
        facets = [f"party:{party}"] if party else []
        found = desk.store.listed("event", facets, **window, most=10_000)  # type: ignore[arg-type]
        asked = Where(kinds=("event",), party=party, **window)  # type: ignore[arg-type]
        assert sorted(row.id for row in found) == sorted(record.id for record in desk.store.records(asked))
        assert [row.day for row in found] == sorted((row.day for row in found), reverse=True)
        assert found[:3] == desk.store.listed("event", facets, **window, most=3)  # type: ignore[arg-type]
        if not window:
            assert desk.store.number_listed("event", *facets) == len(found)


def test_what_lasts_for_years_is_found_by_its_first(desk: Desk) -> None:
    with desk:
        one = desk.events()[0]
        desk.judge("correct", one.id, changes={"date": "2011/2019"}, by="a")
        for window in ({"until": "2012"}, {"since": "2012", "until": "2013"}, {"since": "2018"}):
            assert one.id in {row.id for row in desk.store.listed("event", **window, most=9_999)}, window  # type: ignore[arg-type]
        assert one.id in {row.id for row in desk.store.listed("event", year="2011", most=9_999)}
        assert one.id not in {row.id for row in desk.store.listed("event", since="2020", most=9_999)}


def test_by_year_and_by_several_facets(desk: Desk) -> None:
    with desk:
        events = [e for e in desk.events() if isinstance(e, Event)]
        by_year = Counter((e.date or desk.document(e.document).published or "")[:4] for e in events)
        for year, number in by_year.items():
            if year:
                assert len(desk.store.listed("event", year=year, most=9_999)) == number
        both = desk.store.listed("event", ["party:CHN", "type:CONSULT", "party:USA"], most=9_999)
        wanted = {e.id for e in events if e.type == "CONSULT" and {"CHN", "USA"} <= {*e.actor, *e.recipient}}
        assert {row.id for row in both} == wanted != set()
        assert desk.store.years_listed("event") == sorted({row.day[:4] for row in desk.store.listed("event", most=9_999) if row.day})  # fmt: skip


def test_by_any_form_of_a_name(desk: Desk) -> None:
    with desk:
        for form in ("習近平", "習氏", "トランプ", "nobody"):
            for kind in ("event", "statement"):
                wanted = {r.id for r in desk.store.records(Where(kinds=(kind,), person=form))}
                assert {row.id for row in desk.store.listed_with(kind, form, 9_999)} == wanted
        assert [tuple(vars_of(p)) for p in desk.store.people_listed(0, 9_999)] == [
            (p.name, p.country, p.office, p.documents) for p in desk.people()
        ]
        assert desk.store.number_of_people() == len(desk.people())
        assert desk.store.people_listed(2, 3) == desk.store.people_listed(0, 5)[2:]


def vars_of(person: object) -> list[object]:
    return [getattr(person, name) for name in ("name", "country", "office", "documents")]


def test_visitors_see_and_count_what_may_leave(desk: Desk) -> None:
    with desk:
        page = desk.document("call-agency.txt")
        desk.set_private("call-agency.txt")
        with desk.leaving() as leaving:
            for kind in ("document", "event", "statement", "flag"):
                shown = {row.id for row in leaving.store.listed(kind, most=9_999)}
                assert shown == {r.id for r in leaving.store.records(Where(kinds=(kind,)))}
                assert leaving.store.number_listed(kind) == len(shown) <= desk.store.number_listed(kind)
            own = desk.store.records(Where(kinds=("event",), document=page.id))
            assert not {r.id for r in own} & {row.id for row in leaving.store.listed("event", most=9_999)}
            assert leaving.store.number_of_people() < desk.store.number_of_people()
            assert len(leaving.people()) == leaving.store.number_of_people()


def test_people_are_counted_for_visitors_as_without_the_private_pages(desk: Desk, tmp_path: Path) -> None:
    """An office that only a private page tells is not told either."""
    office = "首脳が会談\n2025年6月6日\n中国の習近平国家主席は5日、東京で会談した。\n"
    pages = {"open.txt": office.replace("国家主席", "氏"), "kept.txt": office}
    with desk:
        private = [page.source for page in desk.documents()[::3]] + ["kept.txt"]
        for name, text in pages.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
            desk.add(tmp_path / name)
        desk.set_private(*private)
        with desk.leaving() as seen:
            shown = {tuple(vars_of(p)) for p in seen.store.people_listed(0, 9_999)}
            assert seen.store.number_of_people() == len(shown) < desk.store.number_of_people()
        desk.remove(*private)
        assert shown == {tuple(vars_of(p)) for p in desk.store.people_listed(0, 9_999)}
