"""Bad input: each page gives a clear line or a correct result, and never stops the others."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from jitsuroku import Desk, read
from jitsuroku.intake import page_from_bytes
from jitsuroku.records import Event
from tests.cli.running import page, run

STORY = (
    "フランスとドイツの外相、ベルリンで会談\n2025年6月3日\n\n"
    "フランスのデュラン外相は3日、ドイツのケラー外相とベルリンで会談した。両外相は関係の強化で一致した。\n"
)
GOOD = "good.txt"
REFUSED = {
    "empty.txt": (b"", "holds no text; there is nothing to read"),
    "blank.txt": (b" \n\n\t\n", "holds no text; there is nothing to read"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 40, "text"),
    "zip.html": (b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)) * 40, "text"),
    "tags-only.html": (b"<html><body><script>var a = 1</script><nav></nav></body></html>", "holds no text"),
    "utf-16-cut.txt": (b"\xff\xfe" + STORY.encode("utf-16-le")[:-1], "the byte-order mark says utf-16"),
}
CHARSETS = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le-bom", "utf-32")
UNREAD = {
    "en": "Ministers meet in Berlin\n\nThe foreign ministers of France and Germany met in Berlin on Tuesday, June 3.\n\n"
    "They agreed to work more closely together and to meet again before the end of the year.\n",
    "zh": "法德外长在柏林会谈\n\n法国外长三日在柏林与德国外长举行会谈，双方就地区局势交换了意见。\n\n双方同意加强两国关系，并商定年底前再次会面。\n",
    "ru": "Министры встретились в Берлине\n\nМинистры иностранных дел Франции и Германии встретились во вторник в Берлине.\n\n"
    "Стороны договорились о более тесном сотрудничестве и о новой встрече до конца года.\n",
}


def bytes_in(charset: str) -> bytes:
    return b"\xff\xfe" + STORY.encode("utf-16-le") if charset == "utf-16-le-bom" else STORY.encode(charset)


def test_refused_pages_never_stop_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    page(folder, GOOD, STORY)
    for name, (data, _) in REFUSED.items():
        page(folder, name, data)
    ran = run("add", folder, tmp_path / "missing.txt", "--db", tmp_path / "x.sqlite")
    assert ran.code == 1
    assert "1 new" in ran.out
    assert f"{len(REFUSED) + 1} refused" in ran.out
    told = ran.err.splitlines()
    assert len(told) == len(REFUSED) + 1
    for name, (_, why) in REFUSED.items():
        assert [line for line in told if line.startswith("refused: ") and name in line and why in line], name
    assert "missing.txt: no such file or folder; check the path" in told[-1]
    assert [e["type"] for e in run("list", "events", "--db", tmp_path / "x.sqlite", "--json").value]


@pytest.mark.parametrize("charset", CHARSETS)
def test_the_character_set_does_not_matter(charset: str) -> None:
    plain = read(page_from_bytes(STORY.encode(), GOOD))
    other = read(page_from_bytes(bytes_in(charset), GOOD))
    assert other.page.text.lstrip("\ufeff") == plain.page.text
    assert "\ufffd" not in other.page.text
    told = [(r.type, r.actor, r.recipient, r.date) for r in plain.records if isinstance(r, Event)]
    assert told
    assert [(r.type, r.actor, r.recipient, r.date) for r in other.records if isinstance(r, Event)] == told


@pytest.mark.parametrize("charset", ["shift_jis", "euc-jp", "iso-2022-jp"])
def test_html_in_an_old_character_set(charset: str, tmp_path: Path) -> None:
    lines = "".join(f"<p>{line}</p>" for line in STORY.splitlines() if line)
    html = f'<html><head><meta charset="{charset}"></head><body>{lines}</body></html>'
    page(tmp_path, "old.html", html.encode(charset))
    with Desk(":memory:") as desk:
        assert [o.problem for o in desk.add(tmp_path)] == [None]
        assert desk.document("old.html").language == "ja"
        assert "ケラー外相とベルリンで会談した" in desk.document("old.html").text


@pytest.mark.parametrize("language", UNREAD)
def test_a_language_that_is_not_read_yet_is_said_so(language: str, tmp_path: Path) -> None:
    page(tmp_path, "foreign.txt", UNREAD[language])
    with Desk(":memory:") as desk:
        desk.add(tmp_path)
        document = desk.document("foreign.txt")
        assert document.language == language
        assert f"language not read yet: {language}" in document.notes
        assert desk.events() == ()
    assert "Language not read yet: " in run("demo", tmp_path, "--html", tmp_path / "d.html").out


def test_a_page_without_any_event(tmp_path: Path) -> None:
    page(
        tmp_path,
        "weather.txt",
        "あすの天気\n\n関東地方はあす、午前中は雲が広がり、午後は晴れる所が多いでしょう。最高気温は平年並みです。\n",
    )
    ran = run("demo", tmp_path, "--html", tmp_path / "d.html")
    assert ran.code == 0
    told = " ".join(ran.out.split())
    assert "Nothing to record. The page names no event, statement or promise that the reader knows." in told


def test_a_fault_of_our_own_costs_one_page_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jitsuroku.desk import adding

    def faulty(page: object, world: object) -> object:
        if getattr(page, "source", "") == "a.txt":
            raise ZeroDivisionError("division by zero")
        return kept(page, world)  # type: ignore[arg-type]

    kept = adding.read_any
    monkeypatch.setattr(adding, "read_any", faulty)
    page(tmp_path, "a.txt", STORY)
    page(tmp_path, "b.txt", STORY)
    ran = run("add", tmp_path, "--db", tmp_path / "x.sqlite")
    assert (ran.code, ran.out) == (1, "2 pages: 1 refused, 1 new\n")
    assert "a.txt: could not be read, by a fault of jitsuroku (ZeroDivisionError: division by zero)" in ran.err


@pytest.mark.parametrize("unit", ["「", "word ", "日本と米国、"], ids=["quotes", "words", "names"])
def test_a_line_of_five_megabytes_takes_seconds(unit: str) -> None:
    line = unit * (5_000_000 // len(unit.encode()))
    begin = time.process_time()
    read(page_from_bytes(line.encode(), "long.txt"))
    assert time.process_time() - begin < 20


@pytest.mark.slow
def test_the_time_for_one_line_of_many_sentences_grows_with_its_length() -> None:
    def taken(sentences: int) -> float:
        text = "".join(
            f"フランスの外相は{n % 28 + 1}日、第{n}回の会合でドイツの外相と会談した。" for n in range(sentences)
        )
        begin = time.process_time()
        reading = read(page_from_bytes(text.encode(), "long.txt"))
        assert sum(isinstance(r, Event) for r in reading.records) > 0
        return time.process_time() - begin

    taken(100)
    assert taken(4000) < 6 * taken(1000)


def test_a_line_of_many_people_and_days_takes_time_by_its_length() -> None:
    """People, days and sayings all grow with the line; looked up one by one, four times the line takes sixteen times."""

    def name(n: int) -> str:
        return "".join("カサタナハマヤラ"[n // 8**i % 8] for i in range(4))

    def taken(sentences: int) -> float:
        told = (
            f"ロシアのプーチン首相は{n % 28 + 1}日、{name(n)}外相の手紙を読んだ。{name(n)}外相は「雨が{n}回降る」と述べた。"
            for n in range(sentences)
        )
        page = page_from_bytes(f"2025年6月17日\n\n{''.join(told)}".encode(), "long.txt")
        begin = time.process_time()
        reading = read(page)
        assert len({a.person for a in reading.actors.actors if a.person}) > sentences
        return time.process_time() - begin

    taken(20)
    assert min(taken(400), taken(400)) < 9 * min(taken(100), taken(100))
