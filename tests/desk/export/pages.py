"""Pages of our own for the exports: one that stays here, its public sisters, one that attacks, one whose plan moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jitsuroku import Desk
from jitsuroku.desk.export.exported import FORMATS
from jitsuroku.desk.export.formats import TABLES, formats
from tests.making import whole_world

# In the body of the open page; gives no record.
SILENT = "灯台の下では三毛猫が丸くなって眠っていた。"
OPEN = f"""日韓外相、ソウルで会談
青藍新聞
2025年9月6日

日本の岩屋毅外相は5日、韓国の趙顕外相とソウルで会談した。
岩屋外相は「対話を続ける」と述べた。
日本は韓国に2026年3月までに3億ドルを支援すると約束した。
フランスのデュラン大統領は5日、ドイツに20億ユーロ(約3200億円)の支援を約束した。
{SILENT}
"""
SECRET = "灰鷺の内部メモ"
PRIVATE = f"""{SECRET}　日韓外相、ソウルで会談
灰鷺通信
2025年9月6日

日本の岩屋毅外相は5日、韓国の趙顕外相と釜山で会談した。
岩屋外相は「灰鷺の合図を待つ」と述べた。
日本は韓国に2026年3月までに4億ドルを支援すると約束した。
フランスのデュラン大統領は5日、ドイツに20億ユーロ(約320億円)の支援を約束した。
中国の習近平国家主席は6日、アスタナで第9回中国・中央アジアサミットに出席した。
灰鷺の網元である芦名鷺子報道官は「灰鷺は飛ばない」と述べた。
"""
NEVER = ("灰鷺", "芦名鷺子", "private-page", "釜山")
ATTACK = """<!doctype html><html lang=ja><head><title>t</title></head><body>
<h1>=1+2 日韓外相が会談 &lt;script&gt;pwned()&lt;/script&gt;]]&gt;&amp;amp; {\\write18</h1><p>2025年9月6日</p>
<p>日本の岩屋毅外相は5日、韓国の趙顕外相とソウルで会談した。</p>
<p>岩屋外相は「=1+1,2;3\\n&lt;script&gt;%0A{}」と述べた。</p></body></html>
"""
PLAN = """日印首脳会談、来月東京で
青藍新聞
2025年9月6日

日本の石破首相は10月3日、インドのモディ首相と東京で会談する予定だ。
"""
MOVED = """日印首脳会談は10月8日に
青藍新聞
2025年9月20日

日本の石破首相は10月8日、インドのモディ首相と東京で会談する予定だ。
"""
# Every format, and every table of those that hold one kind.
ALL = tuple((form, table) for form in FORMATS for table in (TABLES if form in ("csv", "parquet") else ("events",)))
TEXTUAL = tuple(pair for pair in ALL if pair[0] != "parquet")
# The formats in which the text of a page has a place.
HOLD_TEXT = tuple(name for name, form in formats().items() if form.text)


@contextmanager
def desk_with(
    folder: Path, pages: dict[str, str], private: tuple[str, ...] = (), at: Path | str = ":memory:"
) -> Iterator[Desk]:
    """A desk over pages of these names and texts."""
    with Desk(at, world=whole_world()) as desk:
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8")
            assert [o.problem for o in desk.add(folder / name, private=name in private) if o.problem] == []
        yield desk
