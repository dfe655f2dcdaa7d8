"""What kind of page it is, with the words that show it."""

from __future__ import annotations

import re

from jitsuroku.records import Found, Page, Span

GENRES = (
    ("forum", re.compile(r"名無しさん|ID:[A-Za-z0-9+/]{6,}|スレッド一覧")),
    ("translation", re.compile(r"機械翻訳|自動(?:的に)?翻訳|AI自動翻訳")),
    ("digest", re.compile(r"✅|さらに読む|まとめ便|5分|ポイントを整理")),
    ("joint-statement", re.compile(r"^(?:共同声明|共同宣言|首脳宣言)$", re.M)),
    ("transcript", re.compile(r"会見録|発言録|一問一答|全文文字起こし")),
    ("readout", re.compile(r"本\d{1,2}日|報道発表|以下のとおり(?:です)?。|次のとおりです。")),
    ("opinion", re.compile(r"社説|論説|オピニオン|コラム|寄稿|筆者(?:は|に)|百家評論|管理人")),
    ("explainer", re.compile(r"【解説】|〈解説|とは(?:何か|\?)|検証|ポイント解説|キーワード")),
    ("agency", re.compile(r"【[^】]{2,12}(?:共同|時事|ロイター|通信)】|[^。]{2,10}発(?:ロイター|AFP|共同)")),
)  # fmt: skip
NEWS = re.compile(r"\d{1,2}日")


def genre_of(page: Page, folded: str) -> Found:
    """The first kind whose words stand on the page; news where a day is told, unknown otherwise."""
    for name, pattern in GENRES:
        match = pattern.search(folded)
        if match:
            return Found(name, Span(match.start(), match.end()), f"clean/genre#{name}")
    match = NEWS.search(folded)
    if match:
        return Found("news", Span(match.start(), match.end()), "clean/genre#news")
    return Found("unknown", None, "clean/genre#none")
