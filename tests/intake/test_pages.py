"""Files: character sets, refusals that name the remedy, addresses, folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku.intake import PageError, find_pages, page_from_bytes, read_page
from jitsuroku.intake.pages import canonical

TEXT = "日本の外相は10日、港町で隣国の大臣と会談し、協力を続けることで一致した。会談は１時間に及んだ。"
RUSSIAN = "Министр иностранных дел провёл переговоры в портовом городе и подтвердил планы."
CHINESE = "外交部长在港口城市会见邻国部长,双方同意继续合作。会谈持续了一个小时。"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_japanese_is_read_in_every_character_set(charset: str) -> None:
    assert page_from_bytes(TEXT.encode(charset), "case.txt").text == TEXT


@pytest.mark.parametrize(("text", "charset"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (CHINESE, "gb18030")])
def test_other_languages_are_read_in_theirs(text: str, charset: str) -> None:
    assert page_from_bytes(text.encode(charset), "case.txt").text == text


@pytest.mark.parametrize("real", ["cp932", "euc_jp", "utf-8"])
@pytest.mark.parametrize("declared", ["utf-8", "shift_jis", "euc-jp", "no-such-charset"])
def test_a_page_that_lies_about_its_character_set_is_read_rightly(declared: str, real: str) -> None:
    html = f'<html><head><meta charset="{declared}"></head><body><p>{TEXT}</p></body></html>'
    page = page_from_bytes(html.encode(real), "case.html", html=True)
    assert page.text == TEXT
    assert "�" not in page.text


@pytest.mark.parametrize("data", [b"", b" \n ", b"\x00\x01\x02\xff" * 50, bytes(range(1, 32)) * 30])
def test_what_is_no_page_is_refused_with_the_file_s_name(data: bytes) -> None:
    with pytest.raises(PageError, match=r"^case\.txt: "):
        page_from_bytes(data, "case.txt")


def test_replacement_characters_of_the_source_are_noted() -> None:
    assert page_from_bytes("港の�会談".encode(), "case.txt").notes
    assert not page_from_bytes("港の会談".encode(), "case.txt").notes


def test_line_ends_are_the_only_thing_changed() -> None:
    assert page_from_bytes("一\r\n二\r三\n　四 ".encode(), "case.txt").text == "一\n二\n三\n　四 "


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTPS://Minato.example/A/b", "https://minato.example/A/b"),
        ("https://minato.example", "https://minato.example/"),
        ("https://minato.example/a?utm_source=x&id=3&fbclid=y#part", "https://minato.example/a?id=3"),
        ("https://minato.example/a?q=", "https://minato.example/a?q="),
    ],
)
def test_addresses_lose_only_what_follows_readers(address: str, expected: str) -> None:
    assert canonical(address) == expected


def test_a_folder_gives_its_pages_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.html", "a/d.json", "e.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("港の会談", encoding="utf-8")
    assert [source for _, source in find_pages([tmp_path])] == ["a/c.html", "b.txt", "e.TXT"]
    assert read_page(tmp_path / "b.txt", "b.txt").source == "b.txt"
    with pytest.raises(PageError, match="no such file"):
        list(find_pages([tmp_path / "none"]))


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("港の会談", encoding="utf-8")
    inside = tmp_path / "pages"
    inside.mkdir()
    (inside / "link.txt").symlink_to(outside)
    assert list(find_pages([inside])) == []
