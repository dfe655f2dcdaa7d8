"""Briefs as files: whole in themselves, inert, with every footnote, the same bytes for the same brief."""

from __future__ import annotations

import json
import re
import subprocess
from io import BytesIO
from pathlib import Path
from shutil import which

import docx as word
import pytest
from docx.oxml.ns import qn

from jitsuroku import Desk, brief
from jitsuroku.desk.brief import LANGUAGES, Brief
from jitsuroku.desk.brief.markdown_file import plain
from jitsuroku.desk.brief.references import csl_item
from jitsuroku.desk.brief.word_file import docx
from jitsuroku.desk.terminal import shown
from tests.cli.running import SAMPLES, page, run
from tests.desk.test_page_html import OUTSIDE, parsed

HOSTILE = (
    "外相<script>window.pwned = 1</script>[重要](javascript:alert(1))な会談\n2025年6月3日\n\n"
    "フランスのデュラン外相は3日、ドイツの\u202eケラー外相とベルリンで会談した。\n"
    "「<img src=x onerror=alert(1)>は重要だ」とデュラン外相は述べた。{{ 7*7 }} {a}\n"
)


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest, desk: Desk) -> Brief:
    return desk.brief("USA", "CHN", language=request.param)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    folder = tmp_path_factory.mktemp("hostile")
    page(folder, "a.txt", HOSTILE)
    with Desk(":memory:") as desk:
        desk.add(folder)
        return desk.brief("FRA")


def test_html_is_whole_and_every_number_leads_somewhere(made: Brief) -> None:
    html = made.html()
    tree = parsed(html)
    assert (tree.faults, tree.open) == ([], [])
    assert len(set(tree.ids)) == len(tree.ids)
    assert {target.removeprefix("#") for target in tree.targets} <= set(tree.ids)
    assert len([id for id in tree.ids if id.startswith("note-")]) == len(made.notes)
    assert not OUTSIDE.search(html.replace("<style>", "").split("</style>")[1])


def test_nothing_in_a_page_becomes_markup(hostile: Brief) -> None:
    html = hostile.html()
    assert "<script" not in html
    assert "<img" not in html
    assert "<U+202E>" in html.replace("&lt;", "<").replace("&gt;", ">")
    assert not parsed(html).faults
    text = hostile.markdown()
    assert "\\<script\\>window.pwned = 1\\</script\\>\\[重要\\](javascript" in text
    assert not re.search(r"(?<!\\)\[重要", text)
    assert "\u202e" not in text


def test_every_form_marks_samples(made: Brief) -> None:
    remark = made.about[0]
    assert made.sample
    assert remark in made.html()
    assert plain(remark) in made.markdown()
    assert remark in paragraphs(docx(made))
    assert all(item["note"].startswith("sample text") for item in made.csl())


def paragraphs(file: bytes) -> list[str]:
    return [paragraph.text for paragraph in word.Document(BytesIO(file)).paragraphs]


def test_docx_holds_every_sentence_and_every_footnote(made: Brief) -> None:
    file = docx(made)
    texts = "\n".join(paragraphs(file))
    for note in made.notes:
        assert f"[{note.number}] 〈{shown(note.evidence.text)}〉" in texts
    for line in made.lines():
        numbered = "".join(shown(p.text) + "".join(f"[{n}]" for n in p.notes) for p in line.parts)
        assert numbered in texts
    for reference in made.references:
        assert shown(reference.text) in texts


def test_docx_numbers_lead_to_their_words(made: Brief) -> None:
    body = word.Document(BytesIO(docx(made))).element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert anchors == set(marks)
    assert len(marks) == len(made.notes)


def test_docx_takes_what_pages_hold(hostile: Brief) -> None:
    assert any("<script>window.pwned = 1</script>" in text for text in paragraphs(docx(hostile)))


def test_the_same_brief_is_the_same_file(desk: Desk) -> None:
    first, again = (desk.brief("JPN", language="ja") for _ in range(2))
    assert (docx(first), first.html(), first.markdown()) == (docx(again), again.html(), again.markdown())


@pytest.mark.slow
def test_pdf_holds_the_brief(made: Brief, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", reason="./dev extra pdf installs it")
    file = made.save(tmp_path / "brief.pdf")
    assert file.read_bytes().startswith(b"%PDF-")
    if which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is missing")
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    letters = re.sub(r"\s", "", text)
    for note in made.notes[:5]:
        assert re.sub(r"\s", "", note.source) in letters
    assert re.sub(r"\s", "", made.about[0]) in letters


def test_csl_items(desk: Desk) -> None:
    item = csl_item(desk.document("call-agency.txt"))
    assert (item["type"], item["container-title"], item["language"]) == ("article-newspaper", "環日通信", "ja")
    assert item["issued"] == {"date-parts": [[2025, 6, 6]]}
    bylined = csl_item(desk.document("c5-paper.txt"))
    assert bylined["author"] == [{"literal": "八重樫尚"}, {"literal": "小田切澪"}]
    assert "issued" not in csl_item(desk.document("call-repost.txt"))


@pytest.mark.parametrize("ending", ["md", "html", "docx", "json"])
def test_saves_by_the_name_of_the_file(made: Brief, ending: str, tmp_path: Path) -> None:
    file = made.save(tmp_path / f"brief.{ending}")
    assert file.stat().st_size
    if ending == "json":
        assert json.loads(file.read_text(encoding="utf-8")) == made.csl()


def test_a_name_that_asks_for_no_form(made: Brief, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a brief is written as .md"):
        made.save(tmp_path / "brief.xls")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("store") / "samples.sqlite"
    assert run("add", SAMPLES, "--db", file).code == 0
    return file


def test_the_command_prints_what_the_desk_gives(db: Path, desk: Desk, tmp_path: Path) -> None:
    asked = ("brief", "USA", "CHN", "--db", db)
    assert run(*asked).out == desk.brief("USA", "CHN").markdown()
    assert run(*asked, "--lang", "ja", "--three").out == desk.brief("USA", "CHN", language="ja", three=True).markdown()
    assert (
        run(*asked, "--format", "csl").out
        == json.dumps(desk.brief("USA", "CHN").csl(), ensure_ascii=False, indent=1) + "\n"
    )
    ran = run(*asked, "-o", tmp_path / "brief.html")
    assert (ran.code, ran.out, ran.err) == (0, "", f"wrote {tmp_path / 'brief.html'}\n")
    assert (tmp_path / "brief.html").read_text(encoding="utf-8") == desk.brief("USA", "CHN").html()


def test_the_command_as_json(db: Path) -> None:
    value = run("brief", "USA", "CHN", "--db", db, "--json").value
    assert list(value) == ["title", "language", "sample", "about", "sections", "cards", "notes", "references"]
    assert value["sections"][0]["groups"][0]["lines"][0]["parts"][0]["notes"]
    # The texts of pages do not travel with a brief.
    assert "text" not in value["references"][0]["csl"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("USA", "--format", "docx"), 2, "docx goes to a file"),
        (("USA", "-o", "brief.xls"), 2, "or add --format"),
        (("だれでもない",), 4, "no state, organisation"),
        (("USA", "--since", "soon"), 2, "is no date"),
    ],
)
def test_the_command_refuses_with_a_remedy(db: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    ran = run("brief", *arguments, "--db", db)
    assert (ran.code, ran.out) == (code, "")
    assert message in ran.err


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_missing_extra_is_named(db: Path, form: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    for module in ("word_file", "pdf_file"):
        monkeypatch.setattr(f"jitsuroku.desk.brief.{module}.import_module", missing)
    ran = run("brief", "USA", "--db", db, "-o", tmp_path / f"brief.{form}")
    assert ran.code == 5
    assert f"pip install jitsuroku[{form}]" in ran.err
    assert not (tmp_path / f"brief.{form}").exists()


def test_nothing_found_is_no_failure(db: Path) -> None:
    ran = run("brief", "NOR", "MDA", "--db", db)
    assert ran.code == 0
    assert "Nothing in the record answers" in ran.out


def test_the_function_of_the_package(db: Path, desk: Desk) -> None:
    assert brief("USA", "CHN", path=db) == desk.brief("USA", "CHN")
