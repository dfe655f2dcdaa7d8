"""The clusters that the store keeps are those that its links make, whatever is added, judged or taken away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jitsuroku.desk.clusters import clusters_in
from jitsuroku.desk.grouped import grouped, refresh
from jitsuroku.desk.query import Desk
from jitsuroku.records import Link
from jitsuroku.samples import PAGES
from tests.making import whole_world


def in_step(desk: Desk) -> int:
    """How many clusters are kept; they are the same as made anew."""
    kept = desk.store.clusters()
    assert kept == tuple(map(grouped, clusters_in(desk.store)))
    assert desk.store.stale_clusters(1) == ()
    assert sum(desk.store.number_of_clusters().values()) == len(kept)
    told = {record: each for each in kept for record, _ in each.places}
    assert desk.store.clusters_of(told) == told
    return len(kept)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("grouped") / "one.sqlite"
    with Desk(path, world=whole_world()) as desk:
        for page in sorted(PAGES.iterdir()):
            if page.suffix in (".txt", ".html"):
                desk.add(page)
        assert in_step(desk) > 10
    return path


@pytest.fixture
def desk(store: Path, tmp_path: Path) -> Desk:
    path = tmp_path / "one.sqlite"
    path.write_bytes(store.read_bytes())
    return Desk(path, world=whole_world())


def same(desk: Desk) -> Link:
    return next(link for link in desk.links() if link.link == "same-event")


def reject_a_link(desk: Desk) -> None:
    desk.judge("reject", same(desk).id, by="a")


def reject_and_take_back(desk: Desk) -> None:
    reject_a_link(desk)
    in_step(desk)
    desk.undo(by="a")


def reject_a_record(desk: Desk) -> None:
    desk.judge("reject", same(desk).left, by="a")


def join_two(desk: Desk) -> None:
    one, other = (c.members[0] for c in desk.clusters(kind="event")[:2])
    desk.judge("merge", one.id, others=[other.id], by="a")


def take_a_page_away(desk: Desk) -> None:
    desk.remove(desk.record(same(desk).left).document)  # type: ignore[union-attr]


def take_a_copy_away(desk: Desk) -> None:
    copy = next(link for link in desk.links() if link.link == "copy")
    desk.remove(copy.right)


def read_again(desk: Desk) -> None:
    desk.add(PAGES, again=True)


def mend(desk: Desk) -> None:
    desk.store.mend()
    refresh(desk.store)
    desk.read_again()


CHANGES = [reject_a_link, reject_and_take_back, reject_a_record, join_two, take_a_page_away, take_a_copy_away, read_again, mend]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_they_follow(desk: Desk, change: Callable[[Desk], None]) -> None:
    with desk:
        change(desk)
        in_step(desk)


def test_a_refresh_that_broke_off_goes_on(desk: Desk) -> None:
    with desk:
        before = desk.store.clusters()
        desk.store.touch_clusters([record for each in before for record, _ in each.places])
        desk.store.replace_clusters(desk.store.stale_clusters(5), [])
        assert len(desk.store.clusters()) < len(before)
        refresh(desk.store)
        desk.store.touch_clusters(record for each in before for record, _ in each.places)
        refresh(desk.store)
        in_step(desk)
