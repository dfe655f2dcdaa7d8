"""Judgements across pages: links that people reject, records that they join, dismissals that hold for copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.judging.values import CannotJudge
from jitsuroku.records import Event, Flag
from tests.desk.judging.pages import WHO, states
from tests.making import whole_world

pytestmark = pytest.mark.usefixtures("both")

AGENCY = (
    "日英外相がロンドンで会談\n2025年9月5日\n"
    "日本の岩屋外相は5日、英国のラミー外相とロンドンで会談した。両外相は安全保障協力の強化で一致した。\n"
)
PAPER = (
    "岩屋外相、訪英し会談\n2025年9月6日\n"
    "岩屋外相は5日、訪問先のロンドンで英国のラミー外相と会談した。日英は防衛装備の共同開発でも協力する。\n"
)
WRONG = (
    "日中韓が首脳会合\n2025年9月5日\n東京で5日に首脳会合が開かれた。日本、中国、韓国の4カ国が参加した。"
    "各国は貿易の拡大で一致し、来年も会合を開くことを申し合わせた。共同声明は7日に公表される見通しだ。"
    "会場の周辺では多くの警察官が警備に当たり、近くの道路では交通が規制された。\n"
)


def desk_with(folder: Path, **pages: str) -> Desk:
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    desk = Desk(":memory:", world=whole_world())
    desk.add(folder)
    return desk


def meetings(desk: Desk) -> list[Event]:
    return [e for e in desk.events() if e.place or "会談" in e.evidence.text]


def test_a_rejected_link_parts_its_pages_also_when_they_are_read_again(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, a=AGENCY, b=PAPER)
    (link,) = [link for link in desk.links() if link.link == "same-event"]
    assert len(desk.clusters(kind="event")) == 1
    export = desk.export()
    desk.judge("reject", link.id, by=WHO)
    assert desk.links() == ()
    assert desk.clusters(kind="event") == ()
    assert len(desk.cluster(link.left).cluster.members) == 1
    assert set(export.splitlines()) < set(desk.export().splitlines()), "the link stays in the export"
    desk.add(tmp_path, again=True)
    assert (states(desk), desk.links()) == (["in effect"], ())
    with pytest.raises(CannotJudge, match="a link is confirmed"):
        desk.judge("correct", link.id, by=WHO, changes={"score": 0})
    desk.undo(by=WHO)
    assert desk.links() == (link,)


def test_a_link_whose_page_went_is_told_as_detached(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, a=AGENCY, b=PAPER)
    (link,) = desk.links()
    desk.judge("reject", link.id, by=WHO)
    desk.remove("b.txt")
    assert states(desk) == ["detached"]


def test_records_of_two_pages_are_joined_by_a_person(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, a=AGENCY, b=PAPER.replace("5日", "3日").replace("6日", "4日"))
    one, two = (e for e in desk.events() if e.type == "CONSULT")
    assert desk.clusters(kind="event") == ()
    desk.judge("merge", one.id, by=WHO, others=[two.id], reason="the paper has the day wrong")
    (cluster,) = desk.clusters(kind="event")
    assert {m.id for m in cluster.members} == {one.id, two.id}
    (link,) = desk.links()
    assert link.reasons == ("hanako: the paper has the day wrong",)
    assert [d.field for d in desk.cluster(one.id).differences if d.counts] == ["date"]
    assert (one, two) == tuple(e for e in desk.events() if e.type == "CONSULT"), "both pages keep their record"
    desk.judge("reject", two.id, by=WHO)
    assert desk.clusters(kind="event") == ()


def test_a_rejected_record_leaves_its_cluster(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, a=AGENCY, b=PAPER)
    (cluster,) = desk.clusters(kind="event")
    desk.judge("reject", cluster.members[0].id, by=WHO)
    assert desk.clusters(kind="event") == ()


def counts(desk: Desk) -> list[Flag]:
    return [f for f in desk.flags() if f.flag == "count"]


def test_a_dismissal_holds_for_copies_and_when_they_are_read_again(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, a=WRONG, b="転載します。\n" + WRONG, c=WRONG.replace("日中韓が", "3カ国が"))
    assert len(counts(desk)) == 3
    desk.judge("dismiss", counts(desk)[1].id, by=WHO, reason="台湾を含むと主催者が説明した")
    assert counts(desk) == []
    desk.add(tmp_path, again=True)
    assert counts(desk) == []
    (tmp_path / "d.txt").write_text("後から届いた版。\n" + WRONG, encoding="utf-8")
    desk.add(tmp_path)
    assert counts(desk) == [], "also for a copy that comes later"
    desk.undo(by=WHO)
    assert len(counts(desk)) == 4


@pytest.mark.parametrize("told", ["日本、中国、韓国の４カ国", "日本・中国・韓国の計4カ国"])
def test_a_dismissal_holds_for_a_copy_in_other_words(tmp_path: Path, told: str) -> None:
    desk = desk_with(tmp_path, a=WRONG, b=WRONG.replace("日本、中国、韓国の4カ国", told))
    assert [f.expected for f in counts(desk)] == ["3", "3"]
    assert len({f.evidence.text for f in counts(desk)}) == 2
    desk.judge("dismiss", counts(desk)[0].id, by=WHO, reason="台湾を含むと主催者が説明した")
    assert counts(desk) == []


def test_a_dismissal_does_not_hold_for_another_finding_of_a_copy(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, a=WRONG, b=WRONG.replace("韓国の4カ国", "韓国の5カ国"))
    assert len(counts(desk)) == 2
    desk.judge("dismiss", counts(desk)[0].id, by=WHO, reason="台湾を含むと主催者が説明した")
    assert len(counts(desk)) == 1


def test_a_dismissal_does_not_hold_for_other_pages(tmp_path: Path) -> None:
    other = "4者の会合\n2025年10月1日\n国際会議が1日、ソウルで開かれた。日本、中国、韓国の4カ国が参加した。\n"
    desk = desk_with(tmp_path, a=WRONG, b=other)
    assert len(counts(desk)) == 2
    desk.judge("dismiss", counts(desk)[0].id, by=WHO, reason="台湾を含む")
    assert len(counts(desk)) == 1
