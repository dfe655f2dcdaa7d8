"""Words that sources choose, counted with their places; phrases of readouts followed from one to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.framing.framing import Framing, SourceFraming
from jitsuroku.desk.framing.kind import page_kind
from jitsuroku.desk.framing.words import hits, read_spans
from jitsuroku.desk.query import NotFound
from tests.cli.running import run
from tests.making import CASES, table, whole_world
from tests.store.reading import READER, reading_of

BEGIN = "二つの国の会談\n2025年9月5日\n"
SOBER = (
    "米国と中国が会談\n2025年9月5日\n米国のトランプ大統領は5日、中国の習近平国家主席とワシントンで会談した。\n"
    "習主席は「関係を安定させたい」と述べた。\n"
)
LOUD = (
    "米大統領、中国首脳を呼び寄せる\n2025年9月6日\n"
    "米国のトランプ大統領は5日、ワシントンで中国の習近平国家主席と会談した。中共の言い逃れは通じなかった。\n"
    "首都では暴挙だとの声も出た。トランプ氏は「我々は誰にも屈しない。誰の指図も受けない」と述べた。\n"
)


def desk_of(**pages: str) -> Desk:
    desk = Desk(":memory:", world=whole_world())
    for name, text in pages.items():
        desk.store.save(reading_of(text, f"{name}.txt"), READER)
    return desk


@pytest.mark.parametrize("case", table(CASES / "desk" / "loaded.tsv"), ids=lambda c: c["sentence"][:24])
def test_words(case: dict[str, str]) -> None:
    with desk_of(page=f"{BEGIN}{case['sentence']}\n") as desk:
        document = desk.document("page.txt")
        column = {"loaded": "word", "formulas": "formula"}[case["table"]]
        found = list(hits(desk, document, case["table"], read_spans(desk, document)))
        page = desk.store.page(document.id).text
        assert all(page[h.place.start : h.place.end] == h.place.text for h in found)
        assert "|".join("q:" * h.quoted + h.row[column] for h in found) == case["words"]


def source(found: Framing, name: str) -> SourceFraming:
    return next(s for s in found.sources if s.source == name)


def counts(choices: tuple[object, ...]) -> dict[str, int]:
    return {c.word: c.count for c in choices}  # type: ignore[attr-defined]


def test_of_a_party_only_sentences_that_name_it_count() -> None:
    with desk_of(loud=LOUD, sober=SOBER) as desk:
        loud = source(desk.framing("中国"), "loud.txt")
        assert counts(loud.loaded) == {"中共": 1, "呼び寄せる": 1, "言い逃れ": 1}
        assert loud.loaded[0].plain == "中国"
        assert source(desk.framing("CHN"), "sober.txt").loaded == ()
        assert counts(source(desk.framing("CHN"), "sober.txt").names) == {"中国": 2}


def test_of_an_event_each_source_has_its_words_and_speakers() -> None:
    with desk_of(loud=LOUD, sober=SOBER) as desk:
        event = next(e for e in desk.events(page="sober.txt") if e.type == "CONSULT")
        alone = desk.framing(event.id)
        assert [s.source for s in alone.sources] == ["sober.txt"]
        assert counts(alone.sources[0].acts) == {"会談": 1}
        (speaker,) = alone.sources[0].speakers
        assert (speaker.statements, speaker.quotations, speaker.characters) == (1, 1, len("関係を安定させたい"))


def test_of_a_page_everything_counts_and_a_speakers_words_are_told_apart() -> None:
    with desk_of(loud=LOUD, sober=SOBER) as desk:
        (loud,) = desk.framing("loud.txt").sources
        assert {c.word: (c.count, c.quoted) for c in loud.loaded} == {
            "中共": (1, 0),
            "呼び寄せる": (1, 0),
            "屈する": (1, 1),
            "暴挙": (1, 0),
            "言い逃れ": (1, 0),
        }
        place = next(c for c in loud.loaded if c.word == "暴挙").examples[0]
        assert place.text in place.around


def test_rejected_records_do_not_count() -> None:
    with desk_of(sober=SOBER) as desk:
        for event in desk.events():
            desk.judge("reject", event.id, by="hanako")
        assert source(desk.framing("USA"), "sober.txt").acts == ()


def test_what_is_not_named_is_not_found() -> None:
    with desk_of(sober=SOBER) as desk, pytest.raises(NotFound, match="FJI"):
        desk.framing("FJI")


def test_the_kind_of_a_page_in_a_line_with_evidence(desk: Desk) -> None:
    kinds = {d.source: page_kind(desk, d) for d in desk.documents()}
    copy = kinds["call-repost.txt"]
    assert copy.line.startswith("opinion page; of no named outlet; owner not known")
    assert copy.line.endswith("copies call-blog.txt")
    agency = kinds["call-agency.txt"]
    assert "of 環日通信" in agency.line
    for kind in kinds.values():
        assert "\n" not in kind.line
        text = desk.store.page(desk.document(kind.source).id).text
        for fact in kind.facts:
            assert fact.because
            assert fact.place is None or text[fact.place.start : fact.place.end] == fact.place.text
        genre = kind.facts[0]
        assert genre.value == "unknown" or genre.place is not None


FIRST = (
    "日本と英国の会談の結果\n2025年9月5日\n本5日、岩屋外務大臣はラミー英国外務大臣と会談しました。概要は以下のとおりです。\n"
    "両大臣は、法の支配に基づく国際秩序を維持し、緊密に連携することで一致しました。\n"
)
SECOND = (
    "日本と英国の会談の結果\n2025年10月7日\n本7日、岩屋外務大臣はラミー英国外務大臣と会談しました。概要は以下のとおりです。\n"
    "両大臣は、緊密に連携し、力による現状変更に反対することで一致しました。\n"
)


def test_phrases_are_followed_from_readout_to_readout(tmp_path: Path) -> None:
    desk = Desk(":memory:", world=whole_world())
    for name, text in (("one", FIRST), ("two", SECOND), ("news", SOBER)):
        reading = reading_of(text, f"{name}.txt")
        desk.store.save(reading, READER)
        desk.judge("correct", desk.document(f"{name}.txt").id, by="h", changes={"outlet": "外務省"})
    first, second = desk.formulas("日本", "GBR")
    assert (first.before, second.before) == (None, "one.txt")
    assert {f.formula for f in first.new} == {"法の支配に基づく国際秩序", "緊密な連携"}
    assert [f.formula for f in second.new] == ["力による現状変更"]
    assert [f.formula for f in second.kept] == ["緊密な連携"]
    assert [(f.formula, f.places[0].source) for f in second.dropped] == [("法の支配に基づく国際秩序", "one.txt")]
    assert desk.formulas("USA", "CHN") == ()
    assert [s.source for s in desk.formulas("USA", "CHN", every_genre=True)] == ["news.txt"]


def test_the_commands(tmp_path: Path) -> None:
    db = tmp_path / "own.sqlite"
    for name, text in (("one", FIRST), ("two", SECOND), ("loud", LOUD)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    run("add", *sorted(tmp_path.glob("*.txt")), "--db", db)
    told = run("framing", "CHN", "--db", db)
    assert (told.code, "loaded: 中共 1 (plainer: 中国)" in told.out) == (0, True)
    assert run("framing", "loud.txt", "--db", db, "--json").value["sources"][0]["loaded"][0]["count"] == 1
    assert run("framing", "nobody", "--db", db).code == 4
    told = run("formulas", "JPN", "GBR", "--db", db)
    assert "new: 力による現状変更" in told.out
    assert len(run("formulas", "JPN", "GBR", "--db", db, "--json").value) == 2
    assert "no readout" in run("formulas", "USA", "CHN", "--db", db).out
