"""Every kind of file: what comes in from it, with its address, its time and its name."""

from __future__ import annotations

import base64
import gzip
import io
from email.message import EmailMessage
from pathlib import Path

import pytest

from jitsuroku.intake import Opening, PageError, columns_from, page_of, read_page
from jitsuroku.intake.documents import unwrapped
from tests.intake.holding import TEXT, html_of, lines, opened, packed, problems, received, record, sources, zipped

SENTENCE = TEXT.format(n=1)


def text_of(folder: Path, name: str, data: bytes | str) -> str:
    found = opened(folder, name, data)
    assert problems(found) == []
    (page,) = received(found)
    return page_of(page).text


# --- pages by themselves --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.TXT", "a"])
def test_text(name: str, tmp_path: Path) -> None:
    assert text_of(tmp_path, name, SENTENCE) == SENTENCE


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml"])
def test_html(name: str, tmp_path: Path) -> None:
    assert text_of(tmp_path, name, html_of(1)) == f"会談 1\n\n{SENTENCE}"


def mail(html: bool, charset: str = "utf-8") -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["Date"] = "港の会談", "Mon, 16 Jun 2025 08:00:00 +0900"
    message.set_content(f"{SENTENCE}\n", charset=charset, cte="base64")
    if html:
        message.add_alternative(html_of(1), subtype="html", charset=charset)
    message.add_attachment(b"PNG", maintype="image", subtype="png", filename="a.png")
    return message


@pytest.mark.parametrize("charset", ["utf-8", "iso-2022-jp", "shift_jis", "euc-jp"])
@pytest.mark.parametrize("html", [True, False])
def test_mail(html: bool, charset: str, tmp_path: Path) -> None:
    (found,) = received(opened(tmp_path, "a.eml", mail(html, charset).as_bytes()))
    page = page_of(found)
    assert SENTENCE in page.text
    assert ("date", "2025-06-16T08:00:00+09:00") in page.metadata
    assert ("title", "港の会談") in page.metadata


def saved_page() -> bytes:
    head = (
        "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
        "Snapshot-Content-Location: https://minato.example/kaidan?id=1\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'
    )
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    body = base64.encodebytes(html_of(1).encode()).decode()
    return f"{head}------b\r\n{part}{body}\r\n------b--\r\n".encode()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht"])
def test_a_page_saved_as_one_file(name: str, tmp_path: Path) -> None:
    (found,) = received(opened(tmp_path, name, saved_page()))
    page = page_of(found)
    assert (page.text, page.address) == (f"会談 1\n\n{SENTENCE}", "https://minato.example/kaidan?id=1")


def test_a_message_without_text_is_refused(tmp_path: Path) -> None:
    (found,) = received(opened(tmp_path, "a.eml", b"Subject: x\r\nContent-Type: image/png\r\n\r\nabc"))
    with pytest.raises(PageError, match=r"^a\.eml: a message without text"):
        page_of(found)


def word_file() -> bytes:
    docx = pytest.importorskip("docx")
    document, made = docx.Document(), io.BytesIO()
    document.add_heading("港の会談")
    document.add_paragraph(SENTENCE)
    document.add_table(1, 1).cell(0, 0).text = "表の中の文。"
    document.save(made)
    return made.getvalue()


def test_word(tmp_path: Path) -> None:
    assert text_of(tmp_path, "a.docx", word_file()) == f"港の会談\n{SENTENCE}\n表の中の文。"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", word_file()[:-200], zipped({"a.xml": "<a/>"})])
def test_what_is_no_word_file_is_refused(data: bytes, tmp_path: Path) -> None:
    (found,) = received(opened(tmp_path, "a.docx", data))
    with pytest.raises(PageError, match=r"^a\.docx: "):
        page_of(found)


def pdf_file(text: str) -> bytes:
    """A PDF of one page, written by hand; its letters are the standard ones."""
    stream = b"BT /F1 12 Tf 50 700 Td (" + text.encode() + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
    ]
    made, places = b"%PDF-1.4\n", []
    for n, told in enumerate(objects, 1):
        places.append(len(made))
        made += str(n).encode() + b" 0 obj\n" + told + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n" + str(len(made)).encode() + b"\n%%EOF\n"
    return made + b"xref\n0 5\n0000000000 65535 f \n" + table + end


def test_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    assert text_of(tmp_path, "a.pdf", pdf_file("Ministers met in Minato.")) == "Ministers met in Minato."


@pytest.mark.parametrize(
    ("data", "why"), [(b"%PDF-1.4\nno", "cannot be opened as PDF"), (pdf_file(""), "recognise its text"), (b"", "PDF")]
)
def test_what_is_no_pdf_with_text_is_refused(data: bytes, why: str, tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    (found,) = received(opened(tmp_path, "a.pdf", data))
    with pytest.raises(PageError, match=why):
        page_of(found)


def test_lines_of_paper_are_joined_where_the_sentence_goes_on() -> None:
    paper = "港の会談\n日本の外相は一日、港町で隣国の大臣と会談し、協力を続\nけることで一致した。\n会談は一時間だった。\n・一つ目の点は経済と観光に関する新しい取り決めであり\n・二つ目の点"
    assert unwrapped(paper) == (
        "港の会談\n日本の外相は一日、港町で隣国の大臣と会談し、協力を続けることで一致した。\n会談は一時間だった。\n"
        "・一つ目の点は経済と観光に関する新しい取り決めであり\n・二つ目の点"
    )
    assert unwrapped("The ministers of both\ncountries met.\nEnd") == "The ministers of both countries met.\nEnd"


# --- archives -------------------------------------------------------------------------------------------------------


def test_zip(tmp_path: Path) -> None:
    inner = zipped({"c.txt": SENTENCE})
    found = opened(
        tmp_path, "a.zip", zipped({"b/x.html": html_of(1), "a.txt": SENTENCE, "p.png": b"PNG", "i.zip": inner})
    )
    assert list(sources(found)) == ["a.zip/a.txt", "a.zip/b/x.html", "a.zip/i.zip/c.txt"]
    assert [page_of(p).text for p in received(found)][0] == SENTENCE


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "all.warc.gz"])
def test_warc(name: str, tmp_path: Path) -> None:
    records = [
        record(0, kind="warcinfo"),
        record(1),
        record(2, kind="request"),
        record(3, fields="Content-Type: image/png\r\n"),
        record(4, status="404 Not Found"),
        record(
            5, body=gzip.compress(html_of(5).encode()), fields="Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
        ),
        record(
            6,
            body=b"5\r\n<p>ab\r\n4\r\nc</p\r\n1\r\n>\r\n0\r\n\r\n",
            fields="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
        ),
        record(7, body=html_of(7).encode("euc_jp"), fields="Content-Type: text/html; charset=EUC-JP\r\n"),
        record(8, fields="Content-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
    ]
    data = {"a.warc": b"".join(records), "a.warc.gz": packed(records), "all.warc.gz": gzip.compress(b"".join(records))}
    found = opened(tmp_path, name, data[name])
    assert problems(found) == []
    pages = [page_of(p) for p in received(found)]
    assert [p.address for p in pages] == [f"https://minato.example/{n}" for n in (1, 5, 6, 7, 8)]
    assert [p.text for p in pages] == [
        *(f"会談 {n}\n\n{TEXT.format(n=n)}" for n in (1, 5)),
        "abc",
        *(f"会談 {n}\n\n{TEXT.format(n=n)}" for n in (7, 8)),
    ]
    assert pages[0].fetched == "2025-06-02T08:00:00Z"
    assert len(set(sources(found))) == 5


def test_wacz(tmp_path: Path) -> None:
    data = zipped(
        {
            "archive/a.warc.gz": packed([record(1)]),
            "archive/b.warc": record(2),
            "pages/pages.jsonl": lines({"url": "x"}),
        },
        0,
    )
    found = opened(tmp_path, "a.wacz", data)
    assert list(sources(found)) == ["a.wacz/archive/a.warc.gz/0", "a.wacz/archive/b.warc/0"]


def test_the_same_address_in_two_records_gives_two_versions_of_one_page(tmp_path: Path) -> None:
    first, second = (
        page_of(p) for p in received(opened(tmp_path, "a.warc", record(1) + record(1, body=html_of(9).encode())))
    )
    assert first.address == second.address
    assert first.id != second.id


# --- tables ---------------------------------------------------------------------------------------------------------

ROW = {"title": "港の会談", "url": "https://minato.example/1?utm_source=x", "date": "2025-06-16", "text": SENTENCE}


def test_json_lines(tmp_path: Path) -> None:
    data = (
        lines(ROW, {"html": html_of(2), "fetched": "2025-06-17T09:00:00+09:00"})
        + "\n{broken\n[1]\n"
        + lines({"note": "x"})
    )
    found = opened(tmp_path, "a.jsonl", data)
    first, second = (page_of(p) for p in received(found))
    assert first.text == f"港の会談\n\n{SENTENCE}"
    assert first.address == "https://minato.example/1"
    assert ("date", "2025-06-16") in first.metadata
    assert second.fetched == "2025-06-17T00:00:00Z"
    told = problems(found)
    assert [t.split(":")[0] for t in told] == ["a.jsonl/4", "a.jsonl/5", "a.jsonl/6"]
    assert "--columns text=COLUMN" in told[-1]


def test_columns_by_their_own_names(tmp_path: Path) -> None:
    how = Opening(columns_from("text=honbun, title=midashi"))
    (found,) = received(opened(tmp_path, "a.jsonl", lines({"honbun": SENTENCE, "midashi": "題", "text": "no"}), how))
    assert page_of(found).text == f"題\n\n{SENTENCE}"
    assert "no column 'honbun'" in problems(opened(tmp_path, "b.jsonl", lines(ROW), how))[0]
    with pytest.raises(PageError, match="'body' is none of text"):
        columns_from("body=honbun")


def test_packed_json_lines(tmp_path: Path) -> None:
    data = gzip.compress(lines(*[ROW] * 100).encode())
    assert len(received(opened(tmp_path, "a.jsonl.gz", data))) == 100
    cut = opened(
        tmp_path, "b.jsonl.gz", gzip.compress(lines(*[{"text": f"{n}番の会談"} for n in range(9999)]).encode())[:-4000]
    )
    assert len(received(cut)) > 100
    assert "cut off" in problems(cut)[-1]


def test_an_export_of_our_own_is_no_table_of_pages(tmp_path: Path) -> None:
    line = {"kind": "statement", "id": "statement0", "text": SENTENCE, "evidence": {"text": "x"}}
    assert "a line of an export of jitsuroku" in problems(opened(tmp_path, "a.jsonl", lines(line)))[0]


def test_parquet(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.Table.from_pylist([ROW, {**ROW, "title": None}]), tmp_path / "made.parquet")
    found = opened(tmp_path, "a.parquet", (tmp_path / "made.parquet").read_bytes())
    assert [page_of(p).text for p in received(found)] == [f"港の会談\n\n{SENTENCE}", SENTENCE]
    for data in (b"", b"PAR1 no PAR1", (tmp_path / "made.parquet").read_bytes()[:-20]):
        assert "no Parquet" in problems(opened(tmp_path, "b.parquet", data))[0]


# --- a file alone ---------------------------------------------------------------------------------------------------


def test_a_file_with_several_pages_is_no_page(tmp_path: Path) -> None:
    opened(tmp_path, "a.zip", zipped({"a.txt": SENTENCE, "b.txt": SENTENCE}))
    with pytest.raises(PageError, match="holds several pages; add it to a store"):
        read_page(tmp_path / "a.zip")


def test_the_name_of_a_page_is_no_part_of_its_bytes(tmp_path: Path) -> None:
    (one,) = received(opened(tmp_path, "a.txt", SENTENCE))
    (other,) = received(opened(tmp_path, "a.zip", zipped({"b.txt": SENTENCE})))
    assert page_of(one).sha256 == page_of(other).sha256
