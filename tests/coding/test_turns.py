"""In a transcript 「わが国」 and what names nobody is the speaker's own side; without a known state it is nobody."""

from jitsuroku.pipeline import read
from jitsuroku.records import Event, Reading, Statement
from tests.making import page_of, whole_world

PAGE = (
    "外務大臣会見記録\n2026年3月4日\n\n"
    "【{who}】冒頭、私から1件ご報告いたします。わが国は3日、スウェーデンに発電機100台を供与しました。\n\n"
    "【港新聞 三島記者】隣国フィンランドの対応について伺います。\n\n"
    "【{who}】3日、フィンランドの大使を呼び、説明を求めました。スウェーデンは2日、この措置を批判しました。\n"
)


def told(who: str) -> Reading:
    return read(page_of(PAGE.format(who=who)), whole_world())


def acts(who: str) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    events = (r for r in told(who).records if isinstance(r, Event))
    return sorted((e.type, e.actor, e.recipient) for e in events)


def test_our_country_is_that_of_whoever_speaks() -> None:
    found = acts("ノルウェーのノルム外務大臣")
    assert ("AID", ("NOR",), ("SWE",)) in found
    assert ("REQUEST", ("NOR",), ("FIN",)) in found
    assert all(actor == ("SWE",) for kind, actor, _ in found if kind == "ACCUSE")


def test_a_speaker_of_no_known_state_acts_for_nobody() -> None:
    assert {actor for kind, actor, _ in acts("ノルム外務大臣") if kind in ("AID", "REQUEST")} == set()


def test_a_turn_is_one_saying_and_who_asks_says_nothing() -> None:
    said = [r for r in told("ノルム外務大臣").records if isinstance(r, Statement)]
    assert [(s.speaker, s.for_, s.text[:6], s.text[-8:]) for s in said] == [
        ("ノルム", (), "冒頭、私から", "00台を供与しました"[-8:]),
        ("ノルム", (), "3日、フィン", "措置を批判しました"[-8:]),
    ]


def test_a_speaker_of_no_known_state_is_not_whoever_was_told_of_before() -> None:
    turn = (
        "(ノルム外務大臣)フィンランドは今朝、ミサイルを発射しました。直ちに、フィンランドに対して厳重に抗議をしました。"
    )
    page = f"外務大臣臨時会見記録\n2026年3月4日\n\n(記者)受け止めを伺います。\n\n{turn}\n\n(記者)今後の対応は。\n\n{turn}\n"
    records = read(page_of(page), whole_world()).records
    assert [e for e in records if isinstance(e, Event) and e.type == "ACCUSE"] == []
    said = [r.text for r in records if isinstance(r, Statement)]
    assert [text[:9] for text in said] == ["フィンランドは今朝"]
