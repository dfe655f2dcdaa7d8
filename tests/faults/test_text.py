"""Text that lies about its character set, has no end of a line, or is nested without end."""

from __future__ import annotations

import time
from resource import RUSAGE_SELF, getrusage

import pytest

from jitsuroku.clean.length import MOST_READ
from jitsuroku.intake import PageError, page_from_bytes, page_of
from jitsuroku.intake.received import Received
from jitsuroku.pipeline import read
from jitsuroku.records import Event
from tests.making import whole_world

BODY = "日本の外相は10日、港町で隣国の大臣と会談し、協力を続けることで一致した。"
KANA = "ﾆﾎﾝﾉｶﾞｲｼｮｳﾊﾐﾅﾄﾏﾁﾃﾞｶｲﾀﾞﾝｼﾀ。日本の外相は港町で会談し、協力を続けることで一致した。会談は一時間に及んだ。"
REAL = ("utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-8-sig")
LIES = (
    "utf-8",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "iso-8859-1",
    "windows-1252",
    "utf-16",
    "big5",
    "gb2312",
    "koi8-r",
    "x-user-defined",
    "utf-7",
    "hex",
    "rot13",
    "unicode_escape",
    "idna",
    "punycode",
    "zlib",
    "no-such",
    "",
)


def html(text: str, told: str) -> str:
    return f'<html><head><meta charset="{told}"><title>会談</title></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize("real", REAL)
@pytest.mark.parametrize("told", LIES)
def test_a_lie_in_the_page_or_its_header_gives_the_right_text(real: str, told: str) -> None:
    for header in (None, told):
        received = Received("a.html", html(BODY, told).encode(real), "html", "web", charset=header)
        assert page_of(received).text == BODY


@pytest.mark.parametrize("real", ["cp932", "euc_jp", "utf-8", "iso2022_jp_ext"])
def test_half_width_kana_are_read_or_refused_and_never_garbled(real: str) -> None:
    page = page_from_bytes(KANA.encode(real), "a.txt")
    assert page.text == KANA


@pytest.mark.parametrize(
    ("header", "inside", "real"),
    [("euc-jp", "shift_jis", "euc_jp"), ("utf-8", "euc-jp", "euc_jp"), (None, "euc-jp", "euc_jp")],
)
def test_what_came_with_the_bytes_counts_before_what_the_page_says(header: str | None, inside: str, real: str) -> None:
    page = page_of(Received("a.html", html(BODY, inside).encode(real), "html", "web", charset=header))
    assert (page.text, page.charset.replace("-", "_")) == (BODY, real)


@pytest.mark.parametrize("real", ["cp932", "euc_jp", "utf-8", "iso2022_jp"])
def test_bytes_cut_in_the_middle_of_a_character_are_refused_or_right(real: str) -> None:
    whole = BODY.encode(real)
    for cut in range(20, len(whole)):
        try:
            text = page_from_bytes(whole[:cut], "a.txt").text
        except PageError:
            continue
        assert "�" not in text
        assert BODY.startswith(text)


@pytest.mark.parametrize("wrong", [b"\x81", b"\xff\xff", b"\xe3\x81", b"\x1b$B\xff", b"\x80\x80\x80"])
def test_broken_bytes_never_become_replacement_characters(wrong: bytes) -> None:
    with pytest.raises(PageError, match="is not text"):
        page_from_bytes(BODY.encode() + wrong + BODY.encode(), "a.txt")


def test_mojibake_of_the_source_is_flagged_and_no_evidence() -> None:
    garbled = "日本の外相は10日、隣国の大臣と会談した。".encode().decode("cp1252", "replace")
    text = f"港町で会談\n2025年6月11日\n\nフランスの外相は10日、ドイツの外相とベルリンで会談した。\n\n{garbled}\n"
    found = read(page_from_bytes(text.encode(), "a.txt"), whole_world())
    assert any("mojibake" in note or "replacement" in note for note in found.records[0].notes)  # type: ignore[union-attr]
    spoiled = text.index(garbled)
    events = [r for r in found.records if isinstance(r, Event)]
    assert events
    assert all(r.evidence.end <= spoiled for r in events)


# --- without end ----------------------------------------------------------------------------------------------------


def seconds_for(data: bytes, name: str = "a.txt") -> float:
    begin = time.process_time()
    read(page_from_bytes(data, name), whole_world())
    return time.process_time() - begin


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["あ", "日本と米国、", "a", "「", "1億"], ids=["kana", "names", "letters", "quotes", "numbers"]
)
def test_a_sentence_of_a_million_characters(unit: str) -> None:
    assert seconds_for((unit * (1_000_000 // len(unit)) + "。").encode()) < 120


@pytest.mark.slow
def test_a_line_of_fifty_megabytes_takes_bounded_time_and_memory_and_says_what_is_not_read() -> None:
    sentence = "日本の外相は10日、フランスの外相とパリで会談し、協力を続けると述べた。"
    page = page_from_bytes((sentence * (49_900_000 // len(sentence.encode()))).encode(), "a.txt")
    before, begin = getrusage(RUSAGE_SELF).ru_maxrss, time.process_time()
    found = read(page, whole_world())
    assert time.process_time() - begin < 120
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 1_000_000
    assert "longer than is read in one page" in "".join(found.records[0].notes)  # type: ignore[union-attr]
    last = max(r.evidence.end for r in found.records if isinstance(r, Event))
    assert MOST_READ - len(sentence) < last <= MOST_READ


def test_more_than_fifty_megabytes_are_refused_with_the_reason(tmp_path: object) -> None:
    from pathlib import Path

    from jitsuroku.intake import read_page

    path = Path(str(tmp_path)) / "a.txt"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(PageError, match="larger than 50 MB; split it"):
        read_page(path)


@pytest.mark.slow
@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td"])
def test_html_nested_a_hundred_thousand_deep_keeps_its_text(tag: str) -> None:
    begin = time.process_time()
    data = (f"<html><body><p>{BODY}</p>" + f"<{tag}>" * 100_000 + BODY).encode()
    assert page_from_bytes(data, "a.html", html=True).text.startswith(BODY)
    assert time.process_time() - begin < 60


@pytest.mark.parametrize("attributes", ["a{n}=1", "a{n}", "a{n}='x>y'"])
def test_a_million_attributes_take_bounded_time(attributes: str) -> None:
    begin = time.process_time()
    data = f"<html><body><p {' '.join(attributes.format(n=n) for n in range(1_000_000))}>{BODY}</p></body></html>"
    assert BODY in page_from_bytes(data.encode(), "a.html", html=True).text
    assert time.process_time() - begin < 10
