"""Private pages, what was read from them and what joins them with others: in no export, whatever the format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.export.exported import exported
from tests.desk.export.pages import ALL, NEVER, OPEN, PRIVATE, SECRET, desk_with
from tests.store.cluster import Fresh

NAME = "private-page.txt"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, fresh: Fresh) -> Iterator[Desk]:
    """An open page and a private one that tell the same, joined by links, and judged."""
    folder = tmp_path_factory.mktemp("pages")
    with desk_with(folder, {"open.txt": OPEN, NAME: PRIVATE}, private=(NAME,), at=fresh()) as desk:
        secret = next(s for s in desk.statements(page=NAME) if "合図" in s.text)
        desk.judge("reject", secret.id, by="hanako", at="2025-09-07", reason="灰鷺")
        desk.judge("reject", desk.links()[0].id, by="hanako", at="2025-09-07", reason="other")
        yield desk


def bytes_of(desk: Desk, form: str, table: str, **options: object) -> bytes:
    if form == "parquet" and not find_spec("pyarrow"):
        pytest.skip("needs pyarrow (./dev extra parquet)")
    return b"".join(exported(desk, form, table=table, **options))


def read_back(form: str, made: bytes) -> str:
    """What is in the file; Parquet packs it."""
    if form != "parquet":
        return made.decode()
    import io

    from pyarrow import parquet

    return str(parquet.read_table(io.BytesIO(made)).to_pylist())


def private_ids(desk: Desk) -> set[str]:
    document = desk.document(NAME).id
    return {r.id for r in desk.records((), judged=False) if getattr(r, "document", None) == document} | {document}


def test_the_pages_are_joined(judged: Desk) -> None:
    """So that the tests below show something."""
    assert {link.link for link in judged.store.links()} >= {"same-event"}
    assert {judged.source_of(f) for f in judged.flags(type="contradiction")} == {"open.txt", NAME}
    assert [m.number for m in judged.records(("meeting",))] == [9]
    assert len(private_ids(judged)) > 5


@pytest.mark.parametrize("as_judged", [False, True])
@pytest.mark.parametrize(("form", "table"), ALL)
def test_nothing_of_it_leaves(judged: Desk, form: str, table: str, as_judged: bool) -> None:
    options = {"with_text": True} if form in ("csv", "parquet", "ftm", "atom") else {}
    options |= {"with_pages": True} if form == "jsonl" else {}
    text = read_back(form, bytes_of(judged, form, table, judged=as_judged, all_versions=True, **options))
    assert [word for word in NEVER if word in text] == []
    assert [id for id in sorted(private_ids(judged)) if id in text] == []


def test_judgements_handed_on_quote_no_private_page(judged: Desk) -> None:
    lines = list(judged.export_judgements())
    assert lines == []
    assert len(judged.judgements()) == 2


def test_links_and_flags_to_it_stay_too(judged: Desk) -> None:
    kinds = [json.loads(line)["kind"] for line in bytes_of(judged, "jsonl", "events").decode().splitlines()]
    assert set(kinds) >= {"document", "event", "statement", "commitment"}
    assert {"link", "judgement"} & set(kinds) == set()
    assert "contradiction" not in bytes_of(judged, "csv", "flags").decode()


def test_it_counts_for_nothing(judged: Desk) -> None:
    """Not as a page, not as a source: the numbers would tell of it."""
    header, *rows = bytes_of(judged, "plover-events", "events").decode().splitlines()
    assert all(",1,1," in row for row in rows)
    assert header.split(",")[26:28] == ["Pages", "Independent Sources"]


def test_undone_it_leaves_again(tmp_path: Path) -> None:
    with desk_with(tmp_path, {"open.txt": OPEN, NAME: PRIVATE}, private=(NAME,)) as desk:
        assert desk.document(NAME).private
        assert desk.set_private(NAME, private=False) == 1
        assert SECRET in desk.export()
        assert desk.set_private(NAME) == 1
        assert SECRET not in desk.export()


def test_a_new_version_and_a_new_reading_stay_private(tmp_path: Path) -> None:
    with desk_with(tmp_path, {NAME: PRIVATE}, private=(NAME,)) as desk:
        (tmp_path / NAME).write_text(PRIVATE.replace("4億", "5億"), encoding="utf-8")
        assert [o.problem for o in desk.add(tmp_path / NAME)] == [None]
        assert [o.problem for o in desk.add(tmp_path / NAME, again=True)] == [None]
        assert desk.export(all_versions=True) == ""
        assert len(desk.store.private_documents()) == 2


def test_marking_a_page_that_stands_there_unchanged(tmp_path: Path) -> None:
    with desk_with(tmp_path, {NAME: PRIVATE}) as desk:
        assert SECRET in desk.export()
        desk.add(tmp_path / NAME, private=True)
        assert desk.export() == ""
