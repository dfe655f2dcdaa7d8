"""Lists of sources at the end of a page or glued to its last paragraph: 『港の会談』。港新聞、2025年3月3日。"""

from __future__ import annotations

import re

# What follows the title in a citation: the outlet and the day, the month or the year of the article.
CITED = re.compile(
    r"[^、。]{1,60}(?:[、,]\s*|\s-\s)(?:(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|[A-Z][a-z]{2,8} \d{1,2}, ?\d{4})"
    r"付?(?:\d{1,2}時\d{1,2}分(?:\d{1,2}秒)?)?\s*(?:\([^。]*|[\"『“][^。]*)?"
)
TITLE_ENDS = ("』", '"', "”", "'")


def source_tail(text: str) -> int | None:
    """Where the list of sources begins in a folded line that ends with one, None when it ends otherwise.

    A citation is a title in quotation marks and the outlet with its day; what stands between the last sentence and the
    first title (names of authors, titles of related articles) belongs to the list.
    """
    ends = [m.end() for m in re.finditer("。", text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    starts = [0, *ends[:-1]]
    parts = [text[a:b].strip("。 ") for a, b in zip(starts, ends, strict=True)]
    cited = [i for i in range(1, len(parts)) if parts[i - 1].endswith(TITLE_ENDS) and CITED.fullmatch(parts[i])]
    return starts[cited[0] - 1] if cited and cited[-1] >= len(parts) - 2 else None
