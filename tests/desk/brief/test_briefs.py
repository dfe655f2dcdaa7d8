"""Briefs of the sample pages: what they say, that every sentence has its words, and that nothing is told twice."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.brief import LANGUAGES, Brief
from jitsuroku.desk.brief.points import Material, gather
from jitsuroku.desk.brief.question import Question, asked
from jitsuroku.desk.brief.sentences import Teller
from jitsuroku.desk.brief.wording import Wording
from jitsuroku.desk.query import NotFound
from jitsuroku.records import Commitment, Event, Statement
from tests.cli.running import page

GOLDEN = Path(__file__).parent / "golden"
QUESTIONS: dict[str, tuple[tuple[str, ...], dict[str, object]]] = {
    "pair-en": (("USA", "CHN"), {"language": "en"}),
    "pair-ja": (("米国", "中国"), {"language": "ja"}),
    "format-ja": (("C5+1",), {"language": "ja"}),
    "person-en": (("石破茂",), {"language": "en"}),
    "window-ja": (("JPN",), {"language": "ja", "since": "2025-07", "until": "2025-09"}),
    "promises-en": (("UZB",), {"language": "en", "promises": True}),
    "three-en": (("USA", "CHN"), {"language": "en", "three": True}),
    "three-ja": (("UZB",), {"language": "ja", "three": True}),
    "nothing-en": (("NOR", "MDA"), {"language": "en"}),
    "nothing-ja": (("NOR", "MDA"), {"language": "ja"}),
}


def parties(desk: Desk) -> list[str]:
    """Every state and organisation that does something on the sample pages."""
    return sorted({code for event in desk.events() for code in (*event.actor, *event.recipient)})


@pytest.fixture(scope="module")
def briefs(desk: Desk) -> list[Brief]:
    """Briefs of every kind of question, in both languages."""
    subjects: list[tuple[str, ...]] = [(), ("USA", "CHN"), ("JPN", "USA"), ("習近平",)]
    # Every third will do: each brief reads its pages once more.
    subjects += [(code,) for code in parties(desk)[::3]] + [(cluster.id,) for cluster in desk.clusters()[:4]]
    made = [desk.brief(*names, language="ja" if n % 2 else "en") for n, names in enumerate(subjects)]
    made += [desk.brief(*names, language=lang, three=True) for names, lang in product(subjects[1:3], LANGUAGES)]
    made += [desk.brief(*names, language=lang, promises=True) for names, lang in product(subjects[:2], LANGUAGES)]
    return made


@pytest.mark.parametrize("name", QUESTIONS)
def test_as_accepted(desk: Desk, name: str, accept: bool) -> None:
    names, options = QUESTIONS[name]
    file, found = GOLDEN / f"{name}.md", desk.brief(*names, **options).markdown()  # type: ignore[arg-type]
    if accept:
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8"), f"if it is meant: ./dev accept, then look at git diff {file.name}"


def test_every_sentence_has_a_footnote_with_exact_words(desk: Desk, briefs: list[Brief]) -> None:
    for brief in briefs:
        notes = {note.number: note for note in brief.notes}
        assert list(notes) == list(range(1, len(notes) + 1))
        assert {number for line in brief.lines() for number in line.notes} == set(notes)
        assert all(line.notes for line in brief.lines())
        for note in brief.notes:
            words = desk.store.page(note.document).text[note.evidence.start : note.evidence.end]
            assert words == note.evidence.text != ""


def test_every_sentence_stands_on_the_records_of_its_footnotes(desk: Desk, briefs: list[Brief]) -> None:
    for brief in briefs:
        notes = {note.number: note for note in brief.notes}
        for line in brief.lines():
            pages = {getattr(desk.record(id), "document", "") for id in line.records}
            assert {notes[number].document for number in line.notes} <= pages, line.text


def test_nothing_is_told_twice_in_a_section(briefs: list[Brief]) -> None:
    for brief in briefs:
        for section in brief.sections:
            texts = [(line.text, line.notes) for line in section.lines()]
            assert len(set(texts)) == len(texts), (brief.title, section.key)
            if section.key != "disputed":
                ids = [id for line in section.lines() for id in line.records]
                assert len(set(ids)) == len(ids), (brief.title, section.key)


def test_a_copy_tells_nothing_of_its_own(desk: Desk) -> None:
    copies = {d.id: d.copies_of for d in desk.documents() if d.copies_of}
    assert copies
    points = gather(desk.store, Question()).points
    for point in points:
        words = {(m.kind, m.evidence.text, getattr(m, "text", "")) for m in point.members if m.document in copies}
        others = {
            (m.kind, m.evidence.text, getattr(m, "text", "")) for p in points if p is not point for m in p.members
        }
        assert not words & others


def material(desk: Desk) -> tuple[Material, dict[str, Teller]]:
    found = gather(desk.store, Question())
    return found, {language: Teller(Wording(language), found.documents, lambda id: id) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_qualifies_a_record_is_always_told(desk: Desk, language: str) -> None:
    found, tellers = material(desk)
    words, hedged, planned = Wording(language), 0, 0
    for point in found.points:
        for text in (tellers[language].sentence(point), tellers[language].short(point)):
            chief = point.chief
            assert all(words.code(name) in text for name in chief.via)
            if hedge := getattr(chief, "hedge", None):
                hedged += 1
                assert hedge in text
            if isinstance(chief, Event) and chief.status == "planned":
                planned += 1
                marks = (words("detail.ahead"), words("clause.planned", clause="").strip("：: "))
                assert any(mark in text for mark in marks), text
            if not isinstance(chief, Statement) and chief.said_by != "page":
                assert chief.said_by in text
    assert hedged
    assert planned


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_the_pages_own(desk: Desk, language: str) -> None:
    found, tellers = material(desk)
    for point in found.points:
        text = tellers[language].sentence(point)
        for quoted in text.split("〈")[1:]:
            said = quoted.split("〉")[0].removesuffix("…")
            pages = [desk.store.page(m.document).text for m in point.members]
            assert any(said in " ".join(page.split("\n")) for page in pages), said


def test_sources_are_counted_as_the_links_count_them(desk: Desk) -> None:
    largest = desk.clusters()[0]
    line = next(line for line in desk.brief(largest.id).lines() if largest.members[0].id in line.records)
    assert f"{len(largest.documents)} reports, {largest.independent} independent origins" in line.text


def test_says_what_it_stands_on(desk: Desk) -> None:
    about = " ".join(desk.brief("USA", "CHN").about)
    assert "SAMPLE TEXT" in about
    assert "independent origins: 7" in about
    assert "yielded no record: 19 (pages looked at: 8 of 8)" in about
    assert "whose language is not read yet: 4" in about
    assert "record is thin" not in about


def test_says_when_the_record_is_thin(tmp_path: Path) -> None:
    page(tmp_path, "one.txt", "2025年6月3日\n\nフランスのデュラン外相は3日、ドイツのケラー外相とベルリンで会談した。\n")
    with Desk(":memory:") as desk:
        desk.add(tmp_path)
        brief = desk.brief("FRA", "DEU")
    assert any("record is thin" in remark for remark in brief.about)
    assert not brief.sample
    assert "sample" not in brief.markdown().lower()


def test_what_nothing_answers_is_said_in_one_line(desk: Desk) -> None:
    brief = desk.brief("NOR", "MDA")
    assert brief.about[0] == "Nothing in the record answers this question: no event, statement or promise fits it."
    assert (brief.sections, brief.notes, brief.references) == ((), (), ())
    with Desk(":memory:") as empty:
        assert empty.brief(language="ja").about == (
            "この問いに答える記録はない。当てはまる出来事・発言・約束が1件もない。",
        )


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("だれでもない",), "no state, organisation, format, person or id"),
        (("USA", "だれでもない"), "だれでもない: no state"),
        (("USA", "CHN", "JPN"), "one or two parties"),
        (("event0000000000000000",), "no event, statement, promise or cluster has this id"),
    ],
)
def test_what_no_question_is(desk: Desk, names: tuple[str, ...], message: str) -> None:
    with pytest.raises(NotFound, match=message):
        desk.brief(*names)


def test_a_language_that_it_is_not_written_in(desk: Desk) -> None:
    with pytest.raises(ValueError, match="written in en and ja"):
        desk.brief("USA", language="fr")


def test_names_codes_and_forms_ask_the_same(desk: Desk) -> None:
    assert asked(desk.store, ["米国", "China"]) == asked(desk.store, ["USA", "CHN"])


def test_promises_are_promises_only(desk: Desk) -> None:
    brief = desk.brief(promises=True)
    ids = {
        id for section in brief.sections if section.key != "disputed" for line in section.lines() for id in line.records
    }
    assert ids
    assert all(isinstance(desk.record(id), Commitment) for id in ids)


def test_a_long_heading_is_cut_and_says_so(desk: Desk) -> None:
    short, full = desk.brief("USA", "CHN"), desk.brief("USA", "CHN", full=True)
    for few, every in zip(short.sections, full.sections, strict=True):
        for cut, whole in zip(few.groups, every.groups, strict=True):
            assert whole.more == 0
            assert len(cut.lines) == min(len(whole.lines), 15)
            assert len(cut.lines) + cut.more == len(whole.lines)
            assert [line.text for line in cut.lines] == [
                e.text for e in whole.lines if e.text in {c.text for c in cut.lines}
            ]
    assert any(group.more for section in short.sections for group in section.groups)
    assert "Left out here for length" in short.markdown()
    assert "Left out here for length" not in full.markdown()


def test_a_window_leaves_out_what_is_outside(desk: Desk) -> None:
    brief = desk.brief("USA", "CHN", since="2025-06-01", until="2025-06-30")
    sides = next(section for section in brief.sections if section.key == "sides")
    told = [[getattr(desk.record(id), "date", "") or "" for id in line.records] for line in sides.lines()]
    assert told
    # Of several accounts of one act, one may give another day.
    assert all(any(day.startswith("2025-06") for day in days) for days in told)
    assert any("without a date, which cannot be placed" in remark for remark in brief.about)


def test_the_same_question_has_the_same_answer(desk: Desk) -> None:
    assert desk.brief("USA", "CHN") == desk.brief("USA", "CHN")
