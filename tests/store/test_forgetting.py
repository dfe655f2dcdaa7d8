"""Forgetting a source: everything of it goes, and no byte of its words stays in the file."""

from __future__ import annotations

import io
import json
import zlib
from pathlib import Path

import pytest

from jitsuroku.desk.arriving import Adding
from jitsuroku.desk.linking import relink
from jitsuroku.desk.query import Desk
from jitsuroku.records import DocumentRecord
from jitsuroku.store import Store, Where
from jitsuroku.store.forgetting import host_of
from tests.cli.running import SAMPLES, run
from tests.intake.serving import Site, site, visitor
from tests.making import whole_world
from tests.store.reading import CALL, READER, TALKS, reading_of

pytestmark = pytest.mark.usefixtures("both")

AGENCY = "環日通信"
LENGTH = 14


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "one.sqlite"
    with Desk(made, world=whole_world()) as desk:
        desk.add(SAMPLES)
    return made


def texts(path: Path, *, of_agency: bool) -> list[str]:
    with Store(path, create=False) as store:
        documents = [r for r in store.records(Where(kinds=("document",))) if isinstance(r, DocumentRecord)]
        return [store.page(d.id).text for d in documents if (d.outlet == AGENCY) == of_agency]


def only_there(path: Path) -> list[bytes]:
    """Stretches of the agency's pages that no other page has."""
    others = "\n".join(texts(path, of_agency=False))
    found = []
    for text in texts(path, of_agency=True):
        for at in range(0, len(text) - LENGTH, 5):
            words = text[at : at + LENGTH]
            if "\n" not in words and words not in others:
                found.append(words.encode())
    return found


def judged(path: Path) -> dict[str, str]:
    """Judgements on a record of the agency, on one of another, on a link between the two, and one that takes back the first."""
    with Desk(path, world=whole_world()) as desk:
        agency = {d.id for d in desk.documents() if d.outlet == AGENCY}
        events = list(desk.events())
        own = next(e for e in events if e.document in agency)
        other = next(e for e in events if e.document not in agency)
        link = next(
            k
            for k in desk.links()
            if k.link.startswith("same-event")
            and len({getattr(desk.record(end), "document", "") in agency for end in (k.left, k.right)}) == 2
        )
        first = desk.judge("confirm", own.id, by="tester", at="2026-01-01T00:00:00Z")
        return {
            "own": first.id,
            "other": desk.judge("confirm", other.id, by="tester", at="2026-01-01T00:00:01Z").id,
            "across": desk.judge("confirm", link.id, by="tester", at="2026-01-01T00:00:02Z").id,
            "undoing": desk.undo(first.id, by="tester").id,
        }


@pytest.mark.of_files
def test_no_byte_of_a_forgotten_source_is_left_in_the_file(path: Path) -> None:
    judgements = judged(path)
    words = only_there(path)
    assert len(words) > 50
    content = path.read_bytes()
    assert sum(w in content for w in words) > len(words) / 2, "they do stand in the file before"
    with Desk(path, world=whole_world()) as desk:
        held = desk.forget(AGENCY)
    assert len(held.documents) == 2
    assert set(held.judgements) == {judgements[name] for name in ("own", "across", "undoing")}
    assert held.across == 1
    assert held.links > 0
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    content = path.read_bytes()
    assert [w.decode() for w in words if w in content] == []
    assert [d for d in held.documents if d.encode() in content] == []
    assert texts(path, of_agency=True) == []


def test_what_is_left_is_the_record_of_the_other_sources(path: Path, tmp_path: Path) -> None:
    with Desk(path, world=whole_world()) as desk:
        desk.forget(AGENCY)
        left = desk.export()
    with Desk(tmp_path / "two.sqlite", world=whole_world()) as desk:
        desk.add(SAMPLES)
        gone = [d.id for d in desk.documents() if d.outlet == AGENCY]
        desk.store.remove(gone)
        relink(desk.store)
        assert left == desk.export()
    assert len(gone) == 2
    assert not any(id in left for id in gone)


def test_full_text_search_finds_nothing_of_it(path: Path) -> None:
    with Desk(path, world=whole_world()) as desk:
        before = {found.document.source for found in desk.search("首脳")}
        desk.forget(AGENCY)
        after = {found.document.source for found in desk.search("首脳")}
    assert {source for source in before if "agency" in source} == before - after != set()


def test_all_versions_and_all_hosts_below_go(tmp_path: Path) -> None:
    with Store(tmp_path / "one.sqlite") as store:
        for n, address in enumerate(
            ["https://www.example.com/a", "https://news.example.com/b", "https://notexample.com/c"]
        ):
            store.save(reading_of(TALKS + f"第{n}報。\n", f"{n}.txt", address), READER)
        store.save(reading_of(CALL, "0.txt", "https://www.example.com/a"), READER)
        held = store.held_of("example.com")
        assert len(held.documents) == 3
        assert set(store.sources()) >= {"example.com", "news.example.com", "notexample.com"}
        store.forget(held)
        assert [d.source for d in store.records(Where(kinds=("document",), newest=False))] == ["2.txt"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://www.example.com:80/a?b", "example.com"), (None, None), ("no address", None), ("https://[x", None)],
)
def test_hosts(address: str | None, host: str | None) -> None:
    assert host_of(address) == host


@pytest.mark.of_files
def test_the_command_shows_what_goes_and_wants_a_yes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    before = run("export", "--db", path).out
    shown = run("forget", AGENCY, "--db", path)
    assert shown.code == 0
    assert "2 pages, all versions" in shown.out
    assert "c5-agency.txt" in shown.out
    assert "nothing was changed" in shown.err
    assert run("export", "--db", path).out == before
    done = run("forget", AGENCY, "--yes", "--db", path, "--json")
    assert json.loads(done.out)["records"]["document"] == 2
    again = run("forget", AGENCY, "--yes", "--db", path)
    assert again.code == 4
    assert "known are" in again.err


# --- how it came in -------------------------------------------------------------------------------------------------------

FEED = "<rss><channel><item><link>{}</link></item><item><link>{}</link></item></channel></rss>"
GULL, HERON = "灰鴎通信", "青藍新聞"
BODY = "<html lang=ja><head><title>会談</title><meta property='og:site_name' content='{0}'></head><body><!-- {0} の原稿 --><h1>会談</h1><p>2025年9月8日</p><p>{1}</p></body></html>"
TOLD = "米国のトランプ大統領は7日、インドのモディ首相と電話で協議した。"


def fetched(tmp_path: Path, own: Site) -> Path:
    """A store with pages of two hosts: from a feed of one of them, by address, refused, and from a folder."""
    path, how = tmp_path / "web.sqlite", Adding(fetcher=visitor(own))
    own.page("/gull", BODY.format(GULL, TOLD))
    own.page("/heron", BODY.format(HERON, TOLD.replace("電話で", "公邸で")))
    gull, heron = own.url("/gull", "www.gull.example"), own.url("/heron", "heron.example")
    own.page("/feed", FEED.format(gull, heron), ETag='"f"')
    (tmp_path / "in-print.html").write_text(BODY.format(GULL, TOLD.replace("電話で", "書簡で")), encoding="utf-8")
    with Desk(path, world=whole_world()) as desk:
        for names in (
            [own.url("/feed", "gull.example")],
            [gull, own.url("/gone", "gull.example")],
            [own.url("/missing", "gull.example"), heron],
            [tmp_path / "in-print.html"],
        ):
            list(desk.adding(names, how))
    return path


@pytest.mark.of_files
def test_no_byte_of_how_a_source_came_in_is_left(tmp_path: Path) -> None:
    with site() as own:
        path = fetched(tmp_path, own)
    words = [b"gull.example", b"/gull", b"/missing", b"/gone", "公邸で".encode()]
    before = path.read_bytes()
    assert all(word in before for word in words)
    with Desk(path, world=whole_world()) as desk:
        held = desk.forget("gull.example")
        assert held.documents
        assert len(held.names) >= 4
        (left,) = [d for d in desk.documents() if d.address]
        assert "heron.example" in (left.address or "")
        assert desk.store.original(left.id) is not None
        assert desk.store.custody(left.id)
        assert any(left.id == page.document for run in desk.store.runs() for page in desk.store.run_pages(run.number))
    after = path.read_bytes()
    assert [word for word in words if word in after] == words[-1:]


@pytest.mark.of_files
def test_an_outlet_goes_with_its_bytes_its_addresses_and_its_runs(tmp_path: Path) -> None:
    with site() as own:
        path = fetched(tmp_path, own)
    with Desk(path, world=whole_world()) as desk:
        digests = [c.sha256 for d in desk.documents() if d.outlet == GULL for c in desk.store.custody(d.id)]
        packed = zlib.compress(BODY.format(GULL, TOLD).encode(), 6)
        assert len(set(digests)) == 2
        assert packed in path.read_bytes()
        desk.forget(GULL)
        assert [run for run in desk.store.runs() if any("in-print" in name for name in run.asked)] == []
    after = path.read_bytes()
    for gone in (GULL.encode(), b"in-print", b"www.gull.example", packed, *(d.encode() for d in digests)):
        assert gone not in after, gone
    assert b"heron.example" in after


@pytest.mark.of_files
def test_a_source_of_which_nothing_came_in_is_forgotten_too(tmp_path: Path) -> None:
    with site() as own, Desk(tmp_path / "my.sqlite", world=whole_world()) as desk:
        list(desk.adding([own.url("/none", "gull.example")], Adding(fetcher=visitor(own))))
        assert b"gull.example" in b"".join(p.read_bytes() for p in tmp_path.iterdir())
        assert desk.forget("gull.example").documents == ()
        assert desk.store.runs() == ()
        assert b"gull.example" not in b"".join(p.read_bytes() for p in tmp_path.iterdir())
