"""Links in the store: whatever the order of adding, changing and removing, they are those of the pages that are there."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from jitsuroku.contract import document_id
from jitsuroku.desk import beside, linking
from jitsuroku.desk.adding import load_page
from jitsuroku.desk.export.jsonl import export_lines
from jitsuroku.desk.linking import Linker, relink
from jitsuroku.desk.prepared import prepared
from jitsuroku.desk.query import Desk, NotFound
from jitsuroku.linking import keys, links_of, occasions_of, profile
from jitsuroku.pipeline import read
from jitsuroku.records import Commitment, DocumentRecord, Event, Page, Reading, Statement
from jitsuroku.store import Saved, Store
from tests.gate.reading import COMMAND, ROOT, SAMPLES
from tests.linking.test_pairs import knowledge
from tests.making import whole_world

pytestmark = pytest.mark.usefixtures("both")

NAMES = ("call-agency", "call-blog", "call-opinion", "call-readout-cn", "call-repost", "call-tabloid", "c5-paper")


@cache
def reading(name: str, text: str | None = None) -> Reading:
    page = load_page(SAMPLES / f"{name}.txt", f"{name}.txt")
    if text is not None:
        page = Page(document_id(page.source, text), page.source, None, text, page.text + text, page.walk, page.charset)
    return read(page, whole_world())


@pytest.fixture
def store() -> Iterator[Store]:
    with Store() as made:
        yield made


def exported(store: Store) -> list[str]:
    return list(export_lines(store))


def fill(store: Store, readings: Iterable[Reading], *, every: int = 1) -> Store:
    for n, each in enumerate(readings, 1):
        store.save(each, "test")
        if n % every == 0:
            relink(store)
    relink(store)
    return store


def from_scratch(readings: Iterable[Reading]) -> list[str]:
    with Store() as made:
        return exported(fill(made, readings, every=1000))


def test_the_samples_have_links_to_test() -> None:
    links = [line for line in from_scratch(map(reading, NAMES)) if line.startswith('{"kind":"link"')]
    assert any('"link":"copy"' in line for line in links)
    assert sum('"link":"same-event"' in line for line in links) >= 4


@pytest.mark.parametrize("seed", range(4))
def test_pages_in_any_order_give_the_same_export(seed: int, store: Store) -> None:
    names = list(NAMES)
    random.Random(seed).shuffle(names)
    assert exported(fill(store, map(reading, names))) == from_scratch(map(reading, NAMES))


@pytest.mark.parametrize("gone", ["call-blog", "call-agency", "call-repost"])
def test_a_removed_page_leaves_the_links_of_the_others(gone: str, store: Store) -> None:
    fill(store, map(reading, NAMES))
    store.remove([reading(gone).page.id])
    assert reading(gone).page.id not in "".join(exported(store))
    relink(store)
    assert exported(store) == from_scratch(reading(name) for name in NAMES if name != gone)


def test_a_page_read_again_keeps_its_links(store: Store) -> None:
    fill(store, map(reading, NAMES))
    store.save(reading("call-blog"), "a newer reader", again=True)
    relink(store)
    assert exported(store) == from_scratch(map(reading, NAMES))


def test_a_page_that_came_under_two_names(store: Store) -> None:
    late = replace(reading("call-agency").page, source="zzz.txt", address="https://kannichi.example/1")
    early = replace(late, source="aaa.txt")
    fill(store, [read(late, whole_world()), *map(reading, NAMES[1:])])
    store.keep_first_name(early)
    relink(store)
    assert exported(store) == from_scratch([read(early, whole_world()), *map(reading, NAMES[1:])])


def test_a_key_that_too_many_records_have_counts_no_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "MOST_HOLDERS", dict.fromkeys(keys.MOST_HOLDERS, 3))
    fill(store, map(reading, NAMES))
    wanted = from_scratch(map(reading, NAMES))
    assert exported(store) == wanted
    store.remove([reading("call-blog").page.id])
    relink(store)
    assert exported(store) == from_scratch(reading(name) for name in NAMES if name != "call-blog")
    monkeypatch.undo()
    assert wanted != from_scratch(map(reading, NAMES))


def test_only_the_newest_version_is_linked(store: Store) -> None:
    fill(store, map(reading, NAMES))
    newer = reading("call-agency", "\n3月3日、追記しました。\n")
    store.save(newer, "test")
    relink(store)
    ends = {end for link in store.links() for end in (link.left, link.right)}
    old = {record.id for record in reading("call-agency").records}
    assert ends & {record.id for record in newer.records}
    assert not ends & (old - {record.id for record in newer.records})
    store.remove([newer.page.id])
    relink(store)
    assert exported(store) == from_scratch(map(reading, NAMES))


def test_linking_that_was_cut_short_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        store.save(reading(name), "test")
    with monkeypatch.context() as patched:
        patched.setattr(Store, "done_waiting", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            relink(store)
    relink(store)
    assert exported(store) == from_scratch(map(reading, NAMES))


def test_a_few_at_a_time_give_the_same_as_all_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = from_scratch(map(reading, NAMES))
    for name, few in {
        "BLOCK": 2,
        "PAGES_AT_A_TIME": 1,
        "WAITING": 3,
        "KEYS_AT_A_TIME": 5,
        "GROUPS_AT_A_TIME": 1,
    }.items():
        monkeypatch.setattr(linking, name, few)
    monkeypatch.setattr(beside, "AT_ONCE", 2)
    fill(store, map(reading, NAMES), every=1000)
    assert exported(store) == wanted
    store.remove([reading("call-blog").page.id])
    relink(store)
    assert exported(store) == from_scratch(reading(name) for name in NAMES if name != "call-blog")


def test_blocks_that_are_done_are_not_compared_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        store.save(reading(name), "test")
    monkeypatch.setattr(linking, "BLOCK", 2)
    done = Store.done_waiting
    finished: list[int] = []

    def cut_short(own: Store, but: str) -> None:
        if len(finished) == 2:
            raise KeyboardInterrupt
        done(own, but)
        finished.append(1)

    with monkeypatch.context() as patched:
        patched.setattr(Store, "done_waiting", cut_short)
        with pytest.raises(KeyboardInterrupt):
            relink(store)
    on_new = {record.id for name in NAMES[4:] for record in reading(name).records}
    assert {row[0] for row in store._rows("SELECT record FROM link_new")} <= on_new
    relink(store)
    assert exported(store) == from_scratch(map(reading, NAMES))


def test_rules_that_give_the_same_keys_compare_all_and_lose_none(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, map(reading, NAMES))
    before = sorted(store._rows("SELECT key, record FROM link_keys"))
    lost: list[tuple[str, ...]] = []
    take = Store.take_waiting

    def noted(own: Store, most: int, but: str) -> tuple[dict[str, str], tuple[str, ...]]:
        records, keys = take(own, most, but)
        lost.append(keys)
        assert {record for _, record in before} == set(records)
        return records, keys

    monkeypatch.setattr(Store, "take_waiting", noted)
    monkeypatch.setattr(linking, "linker_version", lambda: "newer rules")
    relink(store)
    assert lost == [()]
    assert sorted(store._rows("SELECT key, record FROM link_keys")) == before
    assert exported(store) == from_scratch(map(reading, NAMES))


def test_a_record_that_has_other_keys_leaves_those_of_the_others(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, map(reading, NAMES))
    with monkeypatch.context() as patched:
        patched.setattr(linking, "keys_of", lambda item, k: keys.keys_of(item, k)[::5])
        patched.setattr(linking, "linker_version", lambda: "other rules")
        relink(store)
        thinner = exported(store)
    assert thinner != from_scratch(map(reading, NAMES))
    relink(store)
    assert exported(store) == from_scratch(map(reading, NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_keys_made_where_a_page_is_read_are_those_of_the_store(name: str, store: Store) -> None:
    made = prepared(reading(name), "test")
    store.keep(made.ready())
    relink(store)
    assert tuple(sorted(store._rows("SELECT key, record FROM link_keys"))) == made.keys
    assert made.compared == {id for id, _, _ in store.compared(made.page.id)}


def test_a_page_that_comes_prepared_is_stored_as_one_that_was_read(store: Store) -> None:
    linker = Linker(store)
    for name in NAMES:
        made = prepared(reading(name), "test")
        assert store.keep(made.ready()) is Saved.NEW
        assert store.keep(made.ready()) is Saved.SAME
        linker.expect(made.page.id, made.compared, made.keys)
    linker.finish()
    assert exported(store) == from_scratch(map(reading, NAMES))
    assert store.keep(prepared(reading(NAMES[0]), "test").ready(), again=True) is Saved.READ_AGAIN
    relink(store)
    assert exported(store) == from_scratch(map(reading, NAMES))


def test_the_store_gives_what_comparing_everything_gives(store: Store) -> None:
    fill(store, map(reading, NAMES))
    items = []
    for name in NAMES:
        records = reading(name).records
        page = next(r for r in records if isinstance(r, DocumentRecord))
        kept = [r for r in records if isinstance(r, DocumentRecord | Event | Statement | Commitment)]
        occasions = occasions_of(kept, page, knowledge())
        items += [profile(record, page, knowledge(), occasions) for record in kept]
    assert tuple(store.links()) == links_of(items, knowledge())


def test_a_copy_names_its_original_in_the_export(store: Store) -> None:
    fill(store, map(reading, NAMES))
    copied = {page.source: page.copies_of for page in _documents(store) if page.copies_of}
    assert copied == {"call-repost.txt": (reading("call-blog").page.id,)}
    store.remove([reading("call-blog").page.id])
    relink(store)
    assert not any(page.copies_of for page in _documents(store))


def _documents(store: Store) -> list[DocumentRecord]:
    return [found for name in NAMES if (found := _document(store, reading(name).page.id)) is not None]


def _document(store: Store, id: str) -> DocumentRecord | None:
    try:
        found = store.by_id(id)
    except KeyError:
        return None
    assert isinstance(found, DocumentRecord)
    return found


def test_a_contradiction_is_flagged_on_both_pages(tmp_path: Path) -> None:
    text = "2025年3月4日\n\nフランスのデュラン大統領は3日、ドイツに20億ユーロ(約{}億円)の支援を約束した。\n"
    for name, sum_in_yen in (("one", "3200"), ("two", "320")):
        (tmp_path / f"{name}.txt").write_text(text.format(sum_in_yen), encoding="utf-8")
    with Desk(":memory:") as desk:
        desk.add(tmp_path / "one.txt", tmp_path / "two.txt")
        flags = [flag for flag in desk.flags(type="contradiction") if "約320" in flag.evidence.text]
        assert {desk.source_of(flag) for flag in flags} == {"one.txt", "two.txt"}
        assert all(flag.severity == "doubt" and len(flag.records) == 2 for flag in flags)
        desk.remove("two.txt")
        assert not desk.flags(type="contradiction")


def test_the_desk_lists_clusters_with_independent_sources(tmp_path: Path) -> None:
    with Desk(tmp_path / "store.sqlite") as desk:
        desk.add(*(SAMPLES / f"{name}.txt" for name in NAMES))
        call = desk.clusters(kind="event")[0]
        sources = {page.source for page in call.documents}
        assert {"call-agency.txt", "call-blog.txt", "call-repost.txt"} <= sources
        assert call.independent < len(call.documents)
        told = desk.cluster(call.members[0].id)
        assert told.cluster == call
        assert desk.cluster(call.id) == told
        assert told.differences
        with pytest.raises(NotFound, match="no cluster, event"):
            desk.cluster("event0000000000000000")


@pytest.mark.of_files
def test_the_commands_on_clusters(tmp_path: Path) -> None:
    database = tmp_path / "store.sqlite"
    with Desk(database) as desk:
        desk.add(*(SAMPLES / f"{name}.txt" for name in NAMES))
        told = desk.cluster(desk.clusters(kind="event")[0].id)
    listed = json.loads(run(database, "links", "--kind", "event", "--independent", "2", "--json"))
    assert listed[0]["id"] == told.cluster.id
    assert all(each["independent"] >= 2 and each["kind"] == "event" for each in listed)
    assert f"{told.cluster.independent} independent" in run(database, "links", "--limit", "1")
    shown = json.loads(run(database, "show", "cluster", told.cluster.members[0].id, "--json"))
    assert [each["field"] for each in shown["differences"]] == [each.field for each in told.differences]
    text = run(database, "show", "cluster", told.cluster.id)
    assert "call-repost.txt copies call-blog.txt" in text
    assert all(member.evidence.text in text.replace("\n", "") for member in told.cluster.members)


def run(database: Path, *arguments: str) -> str:
    command = [*COMMAND, "--db", str(database), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True).stdout


def test_two_wordings_of_a_page_are_no_second_source(store: Store) -> None:
    copy = reading("call-blog")
    other = replace(copy.page, id=document_id("copy.txt", copy.page.sha256), source="copy.txt")
    fill(store, [copy, read(other, whole_world())])
    kinds = {link.link for link in store.links()}
    assert "copy" in kinds
    assert "contradicts" not in kinds
