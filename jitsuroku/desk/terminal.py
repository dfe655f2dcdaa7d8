"""Text from pages as it may go to a terminal: nothing in it can move the cursor, set colours or turn the line round."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

WIDTH = 100
# Control characters, and the marks that change the direction in which text is shown.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

CLOSING = frozenset("、。，．・」』）】〉》！？ー")
HANGING = 2


def shown(text: str) -> str:
    """The text on one line: line breaks as spaces, control and direction characters by their number (``<U+202E>``)."""
    return CONTROL.sub(lambda m: f"<U+{ord(m.group()):04X}>", " ".join(re.split(r"[\t\n\r]+", text)))


def shown_lines(text: str) -> str:
    """The text with its lines kept, each as ``shown``."""
    return "\n".join(shown(line) for line in text.split("\n"))


def shown_json(value: Any, indent: int | None = 1) -> str:
    """JSON in which such characters are escaped; the value stays the same."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def escaped(line: str) -> str:
    """A line of JSON with its control and direction characters as ``\\uXXXX``; line breaks stay."""
    return CONTROL.sub(lambda m: f"\\u{ord(m.group()):04x}", line)


def cells(text: str) -> int:
    """How many columns the text takes: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def wrapped(text: str, indent: str = "", width: int = WIDTH) -> Iterator[str]:
    """The text in lines of at most ``width`` columns, each after ``indent``; made safe by ``shown`` first.

    No line begins with a mark that closes something: it hangs on to the line before, for which a place is kept free.
    """
    line, taken, room = "", 0, width - cells(indent) - HANGING
    for word in re.findall(r"[!-~]+ ?|.", shown(text)):
        needed = cells(word)
        if line and taken + needed - word.endswith(" ") > room + HANGING * (word in CLOSING):
            yield indent + line.rstrip()
            line, taken = "", 0
        line += word
        taken += needed
    yield indent + line.rstrip()
