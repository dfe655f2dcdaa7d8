"""A draft against the record: what differs is told with the record's words, nothing is stored, Word files get comments."""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from jitsuroku import Desk
from jitsuroku.desk.draft.finding import CHECK, DIFFERS, Finding
from jitsuroku.desk.draft.findings import Checked, check_draft, draft_page
from jitsuroku.desk.draft.report import draft_lines, draft_values, write_commented
from jitsuroku.desk.draft.word import word_text
from jitsuroku.intake import PageError
from tests.cli.running import run
from tests.making import CASES, table, whole_world

RECORD = CASES / "desk" / "record"
HEAD = "草稿\n2025年9月10日\n"
DRAFT = (
    f"{HEAD}日本の岩屋外相は4日、英国のラミー外相とロンドンで会談した。\n"
    "日本、米国、オーストラリア、インドの5カ国が参加した。日本はウズベキスタンに20億ドルの支援を約束した。\n"
)


@pytest.fixture(scope="module")
def desk() -> Desk:
    desk = Desk(":memory:", world=whole_world())
    desk.add(RECORD)
    return desk


def checked(folder: Path, text: str, desk: Desk | None, name: str = "draft.txt") -> Checked:
    (folder / name).write_text(text, encoding="utf-8")
    return check_draft(folder / name, desk, whole_world())


@pytest.mark.parametrize("case", table(CASES / "desk" / "drafts.tsv"), ids=lambda c: f"{c['draft'][:30]}-{c['about']}")
def test_a_sentence(case: dict[str, str], desk: Desk, tmp_path: Path) -> None:
    before = desk.export()
    found = checked(tmp_path, f"{HEAD}{case['draft']}\n", desk)
    assert desk.export() == before, "nothing of a draft is stored"
    if case["about"] == "none":
        assert [f for f in found.objections() if f.about != "role"] == []
        return
    (one,) = [f for f in found.findings if f.about == case["about"]]
    assert (one.state, one.expected or "") == (case["state"], case["expected"])
    assert found.page.text[one.start : one.end] == one.words
    assert bool(one.told) is (case["state"] != "unknown")
    for told in one.told:
        assert told.words in (RECORD / told.source).read_text(encoding="utf-8")
        assert desk.record(told.id)
    assert one.severity == ("doubt" if one.state == DIFFERS and one.about != "first" else "note")


def objections(found: Checked) -> list[tuple[str, str]]:
    return [(f.about, f.state) for f in found.objections()]


def test_findings_come_in_the_order_of_the_text_with_those_of_the_checks(desk: Desk, tmp_path: Path) -> None:
    found = checked(tmp_path, DRAFT, desk)
    assert objections(found) == [("date", DIFFERS), ("count", CHECK)]
    lines = "\n".join(draft_lines(found, 100))
    assert "record: 日本の岩屋外相は5日、英国のラミー外相とロンドンで会談した  [talks.txt, 2025-09-05]" in lines
    assert lines.endswith("2 to look at; 1 as in the record, 0 of which the record says nothing")
    assert [v["state"] for v in draft_values(found)] == ["differs", "check", "agrees"]


def test_without_a_record_the_checks_speak_alone(tmp_path: Path) -> None:
    assert objections(checked(tmp_path, DRAFT, None)) == [("count", CHECK)]


def test_what_people_rejected_is_not_held_against_a_draft(tmp_path: Path) -> None:
    with Desk(":memory:", world=whole_world()) as desk:
        desk.add(RECORD)
        event = next(e for e in desk.events(page="talks.txt"))
        desk.judge("reject", event.id, by="hanako")
        assert objections(checked(tmp_path, DRAFT, desk)) == [("count", CHECK)]
        desk.judge("confirm", event.id, by="hanako")
        desk.judge("correct", event.id, by="hanako", changes={"date": "2025-09-04"})
        assert objections(checked(tmp_path, DRAFT, desk)) == [("count", CHECK)]


@pytest.mark.parametrize("name", ["draft.txt", "draft.md", "draft.html", "draft.docx"])
def test_every_form_of_a_draft_gives_the_same(name: str, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / name
    if name.endswith(".docx"):
        word_file(file)
    else:
        body = "".join(f"<p>{line}</p>" for line in DRAFT.splitlines()) if name.endswith(".html") else DRAFT
        file.write_text(body, encoding="utf-8")
    found = check_draft(file, desk, whole_world())
    assert objections(found) == [("date", DIFFERS), ("count", CHECK)]


def word_file(file: Path) -> None:
    """The draft as a Word file: words in several runs, one sentence in a table, a merged cell."""
    document = Document()
    for line in DRAFT.splitlines()[:3]:
        paragraph = document.add_paragraph()
        for i, part in enumerate((line[:9], line[9:15], line[15:])):
            paragraph.add_run(part).bold = bool(i % 2)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].merge(cells[1]).text = DRAFT.splitlines()[3]
    document.save(str(file))


def commented(file: Path) -> list[tuple[str, str]]:
    """The words of the body that each comment stands on, and the comment."""
    document, words = Document(str(file)), {}
    open_ids: list[str] = []
    for node in document.element.body.iter():
        tag, id = node.tag.rpartition("}")[2], next((v for k, v in node.items() if k.endswith("}id")), "")
        if tag == "commentRangeStart":
            open_ids.append(id)
        elif tag == "commentRangeEnd":
            open_ids.remove(id)
        elif tag == "t":
            for known in open_ids:
                words[known] = words.get(known, "") + node.text
    return sorted((words[str(c.comment_id)], c.text) for c in document.comments)


@pytest.mark.parametrize("name", ["draft.docx", "draft.txt"])
def test_a_word_copy_has_the_findings_as_comments_on_their_words(name: str, desk: Desk, tmp_path: Path) -> None:
    file, copy = tmp_path / name, tmp_path / "copy.docx"
    if name.endswith(".docx"):
        word_file(file)
    else:
        file.write_text(DRAFT, encoding="utf-8")
    found = check_draft(file, desk, whole_world())
    write_commented(found, file, copy)
    made = commented(copy)
    assert [words for words, _ in made] == sorted(f.words for f in found.objections())
    assert any("Record: 日本の岩屋外相は5日" in text for _, text in made)
    assert word_text(copy).rstrip("\n") == found.page.text.rstrip("\n"), "the text itself is untouched"
    if name.endswith(".docx"):
        assert [r.bold for r in Document(str(copy)).paragraphs[2].runs if r.text] == [False, True, False, False]


def test_two_comments_in_one_run_stand_on_their_own_words(tmp_path: Path) -> None:
    file, copy = tmp_path / "draft.docx", tmp_path / "copy.docx"
    document = Document()
    document.add_paragraph("一二三四五六七八九")
    document.save(str(file))
    page = draft_page(file)
    places = [(0, 2), (1, 4), (5, 9)]
    told = tuple(Finding(a, b, page.text[a:b], "x", CHECK, "note", "m", None, ()) for a, b in places)
    write_commented(Checked(page, told), file, copy)
    assert word_text(copy) == page.text
    assert [words for words, _ in commented(copy)][1:] == ["二三四", "六七八九"]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_what_is_no_word_file_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(content)
    with pytest.raises(PageError, match=r"draft\.docx: is no Word file"):
        check_draft(tmp_path / "draft.docx")


def test_without_the_extra_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    word_file(tmp_path / "draft.docx")
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ImportError, match=r"pip install jitsuroku\[docx\]"):
        check_draft(tmp_path / "draft.docx")


def test_a_word_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    word_file(tmp_path / "draft.docx")
    monkeypatch.setattr("jitsuroku.desk.draft.word.LARGEST", 1000)
    with pytest.raises(PageError, match="unpacks to more"):
        check_draft(tmp_path / "draft.docx")
    with ZipFile(tmp_path / "empty.docx", "w"):
        pass
    with pytest.raises(PageError, match="is no Word file"):
        check_draft(tmp_path / "empty.docx")


def test_the_command(tmp_path: Path) -> None:
    db, file, copy = tmp_path / "own.sqlite", tmp_path / "draft.md", tmp_path / "copy.docx"
    file.write_text(DRAFT, encoding="utf-8")
    assert run("add", RECORD, "--db", db).code == 0
    before = run("export", "--db", db).out
    ran = run("check", "--draft", file, "--against", db, "--comments", copy)
    assert (ran.code, ran.err) == (0, f"wrote {copy}\n")
    assert "the record has 2025-09-05" in ran.out
    assert len(commented(copy)) == 2
    assert [f["about"] for f in run("check", "--draft", file, "--json").value] == ["count"]
    assert run("export", "--db", db).out == before
    assert run("check", "--draft", tmp_path / "no.docx").code == 1
    assert run("check", "--against", db).code == 2
    assert run("check", "--draft", file, "--against", tmp_path / "no.sqlite").code == 3
