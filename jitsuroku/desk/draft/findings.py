"""What a draft says otherwise than the record, and what the checks find in it, in the order of its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jitsuroku.contract import document_id
from jitsuroku.desk.adding import load_page, package_world, read_any
from jitsuroku.desk.draft.acts import amounts, days, figures, firsts
from jitsuroku.desk.draft.finding import CHECK, DIFFERS, Draft, Finding
from jitsuroku.desk.draft.meetings import first_meetings
from jitsuroku.desk.draft.people import offices
from jitsuroku.desk.draft.sayings import quotations
from jitsuroku.desk.draft.word import SUFFIX, word_text
from jitsuroku.desk.query import Desk
from jitsuroku.intake import PageError
from jitsuroku.intake.pages import page_from_bytes
from jitsuroku.records import Flag, Page, World

Comparison = Callable[[Draft, Desk], Iterator[Finding]]
COMPARISONS: tuple[Comparison, ...] = (amounts, figures, days, firsts, first_meetings, offices, quotations)


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft as text, and what was found in it: what a check or the record objects to, what agrees, what is unknown."""

    page: Page
    findings: tuple[Finding, ...]

    def objections(self) -> tuple[Finding, ...]:
        """Those that somebody has to look at."""
        return tuple(f for f in self.findings if f.state in (CHECK, DIFFERS))


def draft_page(path: Path) -> Page:
    """A draft (text, Markdown, HTML or Word) as a page. Raises PageError when it cannot be read."""
    if path.suffix.lower() != SUFFIX:
        return load_page(path)
    if not path.is_file():
        raise PageError(f"{path}: no such file or folder; check the path")
    page = page_from_bytes(word_text(path).encode(), path.name, html=False)
    digest = sha256(path.read_bytes()).hexdigest()
    return Page(document_id(path.name, digest), page.source, None, digest, page.text, "word/1", "utf-8")


def check_draft(path: Path, against: Desk | None = None, world: World | None = None) -> Checked:
    """Read a draft without storing it; run the checks, and compare it with the record of ``against``.

    Raises PageError when it cannot be read.
    """
    known = world or package_world()
    reading = read_any(draft_page(path), known)
    draft = Draft(reading, known)
    found = [_of_flag(r) for r in reading.records if isinstance(r, Flag)]
    if against is not None:
        found += [f for compare in COMPARISONS for f in compare(draft, against)]
    return Checked(
        reading.page, tuple(sorted(dict.fromkeys(found), key=lambda f: (f.start, f.end, f.about, f.message)))
    )


def _of_flag(flag: Flag) -> Finding:
    return Finding(
        flag.evidence.start, flag.evidence.end, flag.evidence.text, flag.flag, CHECK, flag.severity, flag.message,
        flag.expected, (),
    )  # fmt: skip
