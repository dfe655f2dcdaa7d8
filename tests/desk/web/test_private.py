"""Private pages on the web desk: marked for the owner, not there for visitors, on whatever page they look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.web.app import VIEWS
from jitsuroku.desk.web.guard import Entry
from tests.desk.export.pages import NEVER, OPEN, PRIVATE, SECRET
from tests.desk.web.visiting import Visitor
from tests.making import whole_world
from tests.store.cluster import Fresh

NAME = "private-page.txt"
ENTRY = Entry(frozenset({"*"}), "own", "visiting")
OWNER, VISITING = ({"authorization": f"Bearer {token}"} for token in ("own", "visiting"))
LISTS = [path for path in VIEWS if "{" not in path]
ASKED = {
    "/actor": "?name=KOR",
    "/pair": "?left=JPN&right=KOR",
    "/format": "?name=CCA",
    "/people": "?name=灰鷺",
    "/search": "?q=釜山",
    "/brief": "?on=JPN&on=KOR",
}


def filled(folder: Path, at: Path | str) -> Desk:
    """A desk over an open page and a private one that tell the same, and a judgement on the private one."""
    desk = Desk(at, world=whole_world())
    for name, text in (("open.txt", OPEN), (NAME, PRIVATE)):
        (folder / name).write_text(text, encoding="utf-8")
        desk.add(folder / name, private=name == NAME)
    desk.judge("reject", desk.statements(page=NAME)[0].id, by="hanako", at="2025-09-07", reason=NEVER[0])
    return desk


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, fresh: Fresh) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("private")
    with filled(folder, fresh(folder / "my.sqlite")) as desk:
        yield desk


@pytest.fixture(scope="module")
def asking(own: Desk) -> Visitor:
    return Visitor(own, ENTRY)


def private_ids(desk: Desk) -> set[str]:
    page = desk.document(NAME).id
    records = {r.id for r in desk.records((), judged=False) if getattr(r, "document", None) == page}
    return {page, *records, *(link.id for link in desk.links())}


@pytest.mark.parametrize("form", ["", ".json", ".csv"])
@pytest.mark.parametrize("path", LISTS)
def test_a_visitor_finds_nothing_of_a_private_page(own: Desk, asking: Visitor, path: str, form: str) -> None:
    place = ("/index" if path == "/" and form else path) + form + ASKED.get(path, "")
    answer = asking.get(place, headers=VISITING)
    assert answer.status_code in (200, 404), answer.text
    text = answer.text.replace("灰鷺", "") if path in ASKED else answer.text
    text = text.replace("釜山", "") if path == "/search" else text
    assert [word for word in (*NEVER, SECRET, *sorted(private_ids(own))) if word in text] == []


def test_the_owner_finds_it_on_many(asking: Visitor) -> None:
    """So that the test above shows something."""
    texts = {path: asking.get(path + ASKED.get(path, ""), headers=OWNER).text for path in LISTS}
    found = [path for path, text in texts.items() if any(word in text for word in (SECRET, "private-page", "芦名鷺子"))]
    assert len(found) >= 5, found


def test_its_own_addresses_lead_visitors_nowhere(own: Desk, asking: Visitor) -> None:
    for id in sorted(private_ids(own)):
        for path in (
            "/page/{}",
            "/page/{}.json",
            "/record/{}",
            "/told/{}",
            "/told/{}.json",
            "/judge/{}",
            "/page/{}/add",
        ):
            answer = asking.get(path.format(id), headers=VISITING)
            assert answer.status_code in (400, 404), (path, id)
            assert SECRET not in answer.text


def test_visitors_see_the_open_page(own: Desk, asking: Visitor) -> None:
    page = own.document("open.txt").id
    assert asking.get(f"/page/{page}", headers=VISITING).status_code == 200
    assert asking.get("/sources.json", headers=VISITING).json()["total"] == 1
    assert asking.get("/sources.json", headers=OWNER).json()["total"] == 2


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_owner_sees_it_marked(own: Desk, asking: Visitor, language: str) -> None:
    mark = {"en": ">private<", "ja": ">非公開<"}[language]
    page, told = own.document(NAME).id, own.clusters()[0].id
    for place in (f"/page/{page}", "/sources", "/events", f"/told/{told}"):
        assert 'private"' in asking.get(place, params={"lang": language}, headers=OWNER).text, place
    assert mark in asking.get("/sources", params={"lang": language}, headers=OWNER).text
    other = own.document("open.txt").id
    assert 'class="sample private"' not in asking.get(f"/page/{other}", headers=OWNER).text


def test_what_becomes_private_is_gone_for_visitors_at_once(tmp_path: Path) -> None:
    with filled(tmp_path, tmp_path / "my.sqlite") as desk:
        asking, page = Visitor(desk, ENTRY), desk.document(NAME).id
        assert asking.get(f"/page/{page}", headers=VISITING).status_code == 404
        desk.set_private(NAME, private=False)
        assert (
            SECRET in asking.get("/sources", headers=VISITING).text + asking.get(f"/page/{page}", headers=VISITING).text
        )
        desk.set_private(NAME)
        assert asking.get(f"/page/{page}", headers=VISITING).status_code == 404


def test_a_desk_in_memory_with_private_pages_has_no_visitors(tmp_path: Path) -> None:
    with filled(tmp_path, ":memory:") as desk:
        asking = Visitor(desk, ENTRY)
        assert asking.get("/events", headers=VISITING).status_code == 403
        assert asking.get("/events", headers=OWNER).status_code == 200


def test_every_way_to_ask_without_private_pages_answers(own: Desk) -> None:
    with own.leaving() as leaving:
        assert [g.number for g in own.meetings("CCA") if g.accounts] == [9]
        assert [g.number for g in leaving.meetings("CCA") if g.accounts] == []
        assert len(leaving.ledger()) == len(own.ledger()) - 1
        assert len(leaving.clusters()) == 0
        assert {d.source for d in leaving.documents(all_versions=True, judged=False)} == {"open.txt"}
        assert [found.document.source for found in leaving.search("岩屋")] == ["open.txt"]


@pytest.mark.of_files
def test_every_table_that_names_pages_or_records_is_looked_at_through_a_view(own: Desk) -> None:
    with own.leaving() as leaving:
        tables = {row[0] for row in leaving.store._rows("SELECT name FROM main.sqlite_schema WHERE type = 'table'")}
        views = {row[0] for row in leaving.store._rows("SELECT name FROM temp.sqlite_schema WHERE type = 'view'")}
    # These are asked for by what stands in a view, or hold nothing of a page.
    others = {"originals", "link_ends", "link_lost", "queries", "polls", "runs"}
    assert {t for t in tables - views if not t.startswith(("search", "sqlite_"))} == others
