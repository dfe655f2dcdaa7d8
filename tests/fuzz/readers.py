"""What is fuzzed: each reader of bytes or words from outside, with what must hold whatever it is given."""

from __future__ import annotations

import gzip
import io
import random
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from jitsuroku.intake import Opening, PageError, Received, open_file, page_of
from jitsuroku.intake.feeds import pages_of_feed, read_feed, read_opml
from jitsuroku.intake.warc import pages_of_warc
from jitsuroku.mentions.money import money_finder
from jitsuroku.pipeline import read
from jitsuroku.records import Page
from jitsuroku.store.proof import fault_of
from tests.intake.holding import lines, packed, record, zipped
from tests.intake.test_feeds import ATOM, RDF, RSS
from tests.intake.test_feeds import JSON as JSON_FEED
from tests.making import whole_world
from tests.mentions.reading import a_world, sentences, tables

# Words that mean something to some reader, so that the fuzzer need not find them.
WORDS = (
    "日本 中国の外相 は を に と 会談した。 「 」 『 』 ( ) 、 。 \n \n\n 約 超 兆 億 万 千 円 ドル 元 ％ 2025年 6月 16日 同日 昨年 令和 平成 元年 "
    "〇 一 十 百 １ ２ 0 9 - ~ 〜 . , / : から まで 以内 約束した 述べた 第 回 人 カ国 首相 氏 同氏 両国 𠮷 ｶﾞ ガ \u200b \u202e ﷺ é 🇯🇵 a Z"
).split(" ")
JAPANESE = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=60).map("".join)
MARKUP = st.lists(
    st.sampled_from(
        "<p> </p> <div class=share> </div> <script> </script> <!-- --> <meta charset=euc-jp> <h1> <table><tr><td> <br> &nbsp; &#x1f; "
        "&#xd800; <a href='javascript:x'> <time datetime=2025> <ruby> <rt> <svg> <![CDATA[ ]]> <title> <link rel=canonical href=http://[>".split(
            " "
        )
    )
    | st.sampled_from(WORDS),
    max_size=60,
).map(" ".join)
SEEDS = {
    "warc": [
        packed([record(n) for n in range(1, 5)]),
        b"".join(record(n) for n in range(1, 5)),
        gzip.compress(record(1) * 3),
    ],
    "feed": [t.encode() for t in (RSS.format(charset="utf-8"), ATOM, RDF, JSON_FEED)],
    "zip": [zipped({"a.txt": "港の会談", "b.zip": zipped({"c.html": "<p>文。"}), "d.jsonl": lines({"text": "文。"})})],
}


@st.composite
def spoiled(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """One of some sound files with bytes changed, cut out, doubled or put in."""
    data = bytearray(draw(st.sampled_from(seeds)))
    dice = random.Random(draw(st.integers(0, 1 << 32)))
    for _ in range(draw(st.integers(1, 12))):
        at, length = dice.randrange(len(data) + 1), dice.choice([1, 1, 2, 8, 64])
        piece = bytes(data[dice.randrange(len(data) + 1) :][:length]) if dice.random() < 0.5 else dice.randbytes(length)
        match dice.randrange(3):
            case 0:
                data[at : at + length] = piece
            case 1:
                data[at:at] = piece
            case _:
                del data[at : at + length]
    return bytes(data)


def names(problem: PageError, source: str) -> None:
    """A refusal is one line that begins with what was refused."""
    assert str(problem).startswith(source), str(problem)


def whole(page: Page) -> None:
    """Read a page and prove every record from its own content and the page."""
    from jitsuroku.contract import dumps

    for found in read(page, whole_world()).records:
        fault = fault_of(found.id, dumps(found), page.text)
        assert fault is None, fault


def check_page(data: bytes) -> None:
    """Any bytes as a page: refused in one line, or read with every record on its own words."""
    for form in ("text", "html", "mail", "mhtml"):
        try:
            page = page_of(Received("a.txt", data, form, "file"))
        except PageError as problem:
            names(problem, "a.txt: ")
            continue
        page.text.encode()
        whole(page)


def check_text(text: str) -> None:
    """Any words as a page."""
    check_page(text.encode("utf-8", "replace"))


def check_dates(text: str) -> None:
    """Any words with a day of their own: no date stands outside its words."""
    check_text(f"会談\n2025年6月16日\n\n首相は{text}に大統領と会談した。{text}")


def check_numbers(text: str) -> None:
    """Any words as amounts: whole numbers or decimals on the words they were read from."""
    sentence = f"政府は{text}を拠出する。".replace("\n", " ")
    for money in money_finder(a_world(), tables())(sentence, sentences(sentence)):
        assert 0 <= money.start < money.end <= len(sentence)
        assert Decimal(money.amount).is_finite()


def check_feed(data: bytes) -> None:
    """Any bytes as a feed: refused in one line, or entries with web addresses only, each of them a page or refused."""
    for reader in (read_feed, read_opml):
        try:
            found = reader(data, "a.xml")
        except PageError as problem:
            names(problem, "a.xml: ")
            continue
        for entry in getattr(found, "entries", ()):
            assert entry.address is None or entry.address.startswith(("http://", "https://"))
            assert "\n" not in entry.title
        for arrival in pages_of_feed(found, "a.xml") if hasattr(found, "entries") else ():
            _made(arrival)


def check_warc(data: bytes) -> None:
    """Any bytes as a WARC: it ends, and each record is a page or told."""
    for arrival in pages_of_warc(io.BytesIO(data), "a.warc"):
        _made(arrival)


def check_archive(data: bytes) -> None:
    """Any bytes as archives and tables of every other kind."""
    with tempfile.TemporaryDirectory(prefix="jitsuroku-fuzz-") as folder:
        for name in ("a.zip", "a.wacz", "a.jsonl", "a.jsonl.gz", "a.docx"):
            path = Path(folder) / name
            path.write_bytes(data)
            for arrival in open_file(path, name, Opening()):
                _made(arrival)


def _made(arrival: object) -> None:
    if not isinstance(arrival, Received):
        return
    try:
        page_of(arrival).text.encode()
    except PageError as problem:
        names(problem, arrival.source)


READERS: dict[str, tuple[Callable[[object], None], st.SearchStrategy[object]]] = {
    "page": (check_page, st.binary(max_size=400) | MARKUP.map(lambda t: t.encode("utf-8", "replace"))),  # type: ignore[dict-item]
    "text": (check_text, JAPANESE),  # type: ignore[dict-item]
    "dates": (check_dates, JAPANESE),  # type: ignore[dict-item]
    "numbers": (check_numbers, JAPANESE),  # type: ignore[dict-item]
    "feed": (check_feed, spoiled(SEEDS["feed"]) | st.binary(max_size=300)),  # type: ignore[dict-item]
    "warc": (check_warc, spoiled(SEEDS["warc"]) | st.binary(max_size=300)),  # type: ignore[dict-item]
    "archive": (check_archive, spoiled(SEEDS["zip"]) | st.binary(max_size=300)),  # type: ignore[dict-item]
}
