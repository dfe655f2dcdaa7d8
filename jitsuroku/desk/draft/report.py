"""Findings on a draft as text, as JSON values and as comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jitsuroku.desk.draft.finding import AGREES, UNKNOWN, Finding
from jitsuroku.desk.draft.findings import Checked
from jitsuroku.desk.draft.word import SUFFIX, Comment, write_comments
from jitsuroku.desk.terminal import wrapped


def draft_values(checked: Checked) -> list[dict[str, Any]]:
    """All findings as JSON values, what agrees and what is unknown among them."""
    return [asdict(f) for f in checked.findings]


def draft_lines(checked: Checked, width: int) -> Iterator[str]:
    """What somebody has to look at, with the record's words beside it; then what was compared."""
    source = checked.page.source
    for found in checked.objections():
        first, *others = wrapped(_head(found), "    ", width)
        yield "  * " + first[4:]
        yield from others
        yield from wrapped(f"| {found.words}  [{source} {found.start}-{found.end}]", "      ", width)
        for told in found.told:
            place = f"{told.source}{f', {told.date}' if told.date else ''}"
            yield from wrapped(f"record: {told.words}  [{place}] {told.id}", "      ", width)
    yield _sums(checked)


def _head(found: Finding) -> str:
    expected = f" · expected: {found.expected}" if found.expected else ""
    return f"{found.severity}: {found.about} · {found.message}{expected}"


def _sums(checked: Checked) -> str:
    states = Counter(f.state for f in checked.findings)
    told = f"{len(checked.objections())} to look at"
    return f"{told}; {states[AGREES]} as in the record, {states[UNKNOWN]} of which the record says nothing"


def write_commented(checked: Checked, path: Path, target: Path) -> None:
    """Write a Word file with the objections as comments: a copy of the draft, or its text when it is no Word file."""
    comments = [Comment(f.start, f.end, _comment(f)) for f in checked.objections()]
    write_comments(path if path.suffix.lower() == SUFFIX else None, checked.page.text, comments, target)


def _comment(found: Finding) -> str:
    told = (f"{t.words} [{t.source}{f', {t.date}' if t.date else ''}]" for t in found.told)
    return "\n".join([_head(found), *(f"Record: {line}" for line in told)])
