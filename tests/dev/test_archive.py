"""The synthetic archive of the measures: always the same, short pages whose records keep the samples' distribution."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from jitsuroku.desk.grouped import refresh
from jitsuroku.desk.loading import load_shards
from jitsuroku.desk.shards import MANIFEST
from jitsuroku.store import Store, Where
from tests.bench.archive import LONGEST, links, pieces, write_archive
from tests.bench.synthetic import samples


@pytest.fixture(scope="module")
def number() -> int:
    return 2 * len(pieces()) + 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, number: int) -> Path:
    made = tmp_path_factory.mktemp("archive")
    write_archive(made, number)
    return made


def test_it_is_always_the_same(folder: Path, number: int, tmp_path: Path) -> None:
    write_archive(tmp_path, number)
    assert (tmp_path / MANIFEST).read_bytes() == (folder / MANIFEST).read_bytes()


def test_it_is_loaded_whole_and_keeps_the_distribution(folder: Path, number: int) -> None:
    with Store() as store:
        assert [each.problem for each in load_shards(store, folder, links=False)] == [None]
        found = list(store.records(Where(kinds=("document",))))
        assert len(found) == number
        assert max(len(store.page(page.id).text) for page in found) <= LONGEST
        assert len({page.id for page in found}) == number
        before = Counter(r.kind for reading in samples() for r in reading.records if r.kind != "document")
        for kind, many in before.items():
            # Two rounds; what stands across two pieces is left out.
            assert 2 * many * 0.9 <= store.count(Where(kinds=(kind,))) <= 2.2 * many + 20
        store.put(links(number))
        refresh(store)
        assert len(store.clusters()) % 2 == 0
        assert len(store.clusters()) > 10
        years = store.years_listed("event")
        assert years
