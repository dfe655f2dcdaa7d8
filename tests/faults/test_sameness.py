"""The same again, the same elsewhere, and the same with other words: no change, one page, versions, copies."""

from __future__ import annotations

import pytest

from jitsuroku import Desk
from jitsuroku.desk.arriving import Adding
from jitsuroku.intake import page_of
from jitsuroku.intake.received import Received
from tests.intake.holding import lines
from tests.making import whole_world
from tests.store.reading import TALKS, exported

LONG = TALKS + "".join(
    f"両外相は第{n}の議題である安全保障と貿易について{n}時間にわたり意見を交わし、協力を確認した。\n"
    for n in range(1, 9)
)


def add(desk: Desk, tmp_path: object, name: str, *rows: dict[str, str]) -> list[str]:
    from pathlib import Path

    path = Path(str(tmp_path)) / name
    path.write_text(lines(*rows), encoding="utf-8")
    return [o.result.value if o.result else "refused" for o in desk.adding([path], Adding())]


@pytest.fixture
def desk() -> Desk:
    return Desk(":memory:", world=whole_world())


def row(text: str, url: str) -> dict[str, str]:
    return {"text": text, "url": url}


def test_the_same_bytes_change_nothing(desk: Desk, tmp_path: object) -> None:
    assert add(desk, tmp_path, "a.jsonl", row(TALKS, "https://minato.example/1")) == ["new"]
    before = exported(desk.store)
    assert add(desk, tmp_path, "a.jsonl", row(TALKS, "https://minato.example/1")) == ["no change"]
    assert add(desk, tmp_path, "b.jsonl", row(TALKS, "https://minato.example/1")) == ["no change"]
    assert exported(desk.store) == before


def test_a_new_text_at_an_address_stands_beside_the_old(desk: Desk, tmp_path: object) -> None:
    add(desk, tmp_path, "a.jsonl", row(TALKS, "https://minato.example/1"))
    assert add(desk, tmp_path, "a.jsonl", row(TALKS + "追記。", "https://minato.example/1")) == ["new version"]
    assert len(desk.store.find_documents("https://minato.example/1", newest=False)) == 2


@pytest.mark.parametrize("tail", ["?utm_source=x&utm_medium=y", "?fbclid=1", "#part", "?gclid=a&ref=b"])
def test_what_follows_readers_makes_no_other_page(tail: str) -> None:
    plain, followed = (
        page_of(Received("a", TALKS.encode(), "text", "web", f"https://minato.example/1{t}")) for t in ("", tail)
    )
    assert plain.id == followed.id


def test_a_story_under_other_mastheads_is_a_copy_and_no_second_source(desk: Desk, tmp_path: object) -> None:
    rows = [row(LONG, f"https://{host}.example/1") for host in ("minato", "kita", "minami")]
    assert add(desk, tmp_path, "a.jsonl", *rows) == ["new"] * 3
    assert sum(p.copies > 0 for p in desk.store.run_pages(1)) == 2
    assert {told.independent for told in desk.clusters()} == {1}
