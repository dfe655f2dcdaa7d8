"""Words that a wrong character set has broken: flagged, and no evidence of anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOJIBAKE = "clean/mojibake"
# Replacement characters; UTF-8 read as Shift_JIS (縺薙ｓ), as Latin (ã“ã‚“), as Cyrillic's Latin look (ÐÐ¾).
BROKEN = re.compile(
    "\ufffd"
    r"|(?:[縺繧繝譁髱蜿莨][^\sぁ-ん。、]){3}"
    r"|(?:[ãâ][\u0080-\u00bf€‚„†‡ˆ‰‹Œ•–—˜™›œžŸ“”‘’ƒ]{1,2}){2}"
    r"|(?:[ÐÑ][\u0080-\u00bf°±²³µ¶·¸¹º»¼½¾¿]){3}"
)
# What all of these begin with.
BEGINS = re.compile("[\ufffd縺繧繝譁髱蜿莨ãâÐÑ]")
ENDS = "。!?"
END = re.compile(f"[{ENDS}]")


def broken_parts(text: str, end: int) -> Iterator[tuple[int, int, str]]:
    """The sentences of a folded line that hold broken characters, up to ``end``."""
    at = 0
    while (match := BROKEN.search(text, at, end)) is not None:
        start = max(at, *(text.rfind(mark, at, match.start()) + 1 for mark in ENDS))
        closing = END.search(text, match.end(), end)
        stop = closing.end() if closing else end
        yield start, stop, MOJIBAKE
        at = stop
