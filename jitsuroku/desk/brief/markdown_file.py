"""A brief as Markdown, with footnotes as most tools know them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.desk.brief.model import Brief, Line, Note, Section
from jitsuroku.desk.brief.wording import Wording
from jitsuroku.desk.terminal import shown

# What means something in Markdown or HTML; words of a page are words and nothing else.
SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")
# At the head of a line.
LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")


def markdown(brief: Brief) -> str:
    """The brief as Markdown."""
    return "\n".join(_lines(brief)) + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return LIST.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", shown(text)))


def _lines(brief: Brief) -> Iterator[str]:
    words = Wording(brief.language)
    yield f"# {plain(brief.title)}"
    yield from ("", *(f"> {plain(remark)}  " for remark in brief.about))
    for section in brief.sections:
        yield from _section(section, words)
    if brief.cards:
        yield from ("", f"## {words('section.terms')}", "")
        for card in brief.cards:
            rows = words("card.from", rows=", ".join(card.rows))
            facts = words.joined(plain(fact) for fact in card.facts)
            yield f"- **{plain(card.term)}**: {facts} — {plain(rows)}"
    if brief.notes:
        yield from ("", f"## {words('section.notes')}", "")
        yield from (_note(note, words) for note in brief.notes)
        yield from ("", f"## {words('section.references')}", "")
        yield from (f"{reference.number}. {plain(reference.text)}" for reference in brief.references)


def _section(section: Section, words: Wording) -> Iterator[str]:
    yield from ("", f"## {plain(section.title)}")
    if not section.groups:
        yield from ("", plain(section.empty))
    for group in section.groups:
        if group.title:
            yield from ("", f"### {plain(group.title)}")
        yield ""
        yield from (f"- {section.mark + ' ' if section.mark else ''}{_sentence(line)}" for line in group.lines)
        if group.more:
            yield from ("", f"*{plain(words('about.more', number=str(group.more)))}*")


def _sentence(line: Line) -> str:
    return "".join(plain(part.text) + "".join(f"[^{number}]" for number in part.notes) for part in line.parts)


def _note(note: Note, words: Wording) -> str:
    return f"[^{note.number}]: 〈{plain(note.evidence.text)}〉 {plain(place_of(note, words))}"


def place_of(note: Note, words: Wording) -> str:
    """Where a footnote's words stand; made-up pages are marked."""
    place = words(
        "reference.note",
        source=shown(note.source),
        start=str(note.evidence.start),
        end=str(note.evidence.end),
        reference=str(note.reference),
    )
    return f"{place} · {words('detail.sample')}" if note.sample else place
