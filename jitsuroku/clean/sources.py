"""Lists of sources at the end of a page or glued to its last paragraph: 『港の会談』。港新聞、2025年3月3日。"""

from __future__ import annotations

import re

SOURCES = "clean/sources#list"
# No list of sources is longer; what stands further from the end of a line is not searched.
LONGEST = 20_000
DAY = r"(?:(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|[A-Z][a-z]{2,8} \d{1,2}, ?\d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{4}-\d\d-\d\d)"
# What follows the title in a citation: the outlet and the day, the month or the year of the article.
CITED = re.compile(
    rf"[^、。]{{1,60}}(?:[、,]\s*|\s-\s){DAY}"
    r"付?(?:\d{1,2}\s?[時:]\s?\d{1,2}分?(?:\d{1,2}秒)?(?:の版)?)?\s*(?:\([^。]*|[\"『“][^。]*)?"
)
TITLE_ENDS = ("』", '"', "”", "'")
# A line that is a citation as a whole.
CITATION = re.compile(
    rf"[^。]{{0,60}}『[^』]{{4,}}』[。.]?[^。]{{1,60}}[、,]\s*{DAY}[。.]?(?:\s*\([^)]*\))?"
    rf"|.{{4,160}}[\"”'』」]\s?[.,。]?\s?[^.。]{{2,60}}[,、]\s?{DAY}[.。]?"
    r"|[^。]{2,40}\([^()]{2,12}語(?:による)?[^()]{0,12}\)[。.]?"
)
# One of a list of sources or of earlier articles, which alone may be a date line or a caption.
LISTED = re.compile(
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日[::].{4,}"
    rf"|[^。]{{2,60}}[、,]\s*{DAY}[。.]?(?:\s*\([^)]*\))?"
    rf"|[^。]{{4,80}}?\s*-?\s*{DAY}"
)
LONGEST_CITATION = 300
# A list may hold an item of another form (a law, a home page), but most are citations.
MOST = 0.6


def source_tail(text: str) -> int | None:
    """Where the list of sources begins in a folded line that ends with one, None when it ends otherwise.

    A citation is a title in quotation marks and the outlet with its day; what stands between the last sentence and the
    first title (names of authors, titles of related articles) belongs to the list.
    """
    offset = max(0, len(text) - LONGEST)
    text = text[offset:]
    if not any(mark in text for mark in TITLE_ENDS):
        return None
    ends = [m.end() for m in re.finditer("。", text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    starts = [0, *ends[:-1]]
    parts = [text[a:b].strip("。 ") for a, b in zip(starts, ends, strict=True)]
    cited = [i for i in range(1, len(parts)) if parts[i - 1].endswith(TITLE_ENDS) and CITED.fullmatch(parts[i])]
    if not cited:
        return None
    tail = parts[cited[0] - 1 :]
    listed = sum(part.endswith(TITLE_ENDS) or CITED.fullmatch(part) is not None for part in tail)
    return offset + starts[cited[0] - 1] if listed >= MOST * len(tail) or cited[-1] >= len(parts) - 2 else None


def cites(text: str, listed: bool) -> bool:
    """A whole line that is a citation, with its outlet and day; ``listed`` tells that a list of sources follows it."""
    if len(text) > LONGEST_CITATION:
        return False
    return CITATION.fullmatch(text) is not None or (listed and LISTED.fullmatch(text) is not None)
