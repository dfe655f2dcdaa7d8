"""A brief as one HTML file: no script, no request to anywhere, readable in the dark and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from jitsuroku.desk.brief.markdown_file import place_of
from jitsuroku.desk.brief.model import Brief, Card, Line, Section
from jitsuroku.desk.brief.wording import Wording
from jitsuroku.desk.terminal import shown

STYLE = Path(__file__).with_name("brief.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
# Words and names of a page: what is not ASCII, with the spaces and commas between.
PAGES_WORDS = re.compile(r"([^\x00-\x7f·–—“”]+(?:[ ,]+[^\x00-\x7f·–—“”]+)*)")
PAGES_LANGUAGE = "ja"


def html(brief: Brief) -> str:
    """The brief as HTML."""
    return "".join(_parts(brief))


def _parts(brief: Brief) -> Iterator[str]:
    words = Wording(brief.language)
    yield _head(brief)
    yield f"<header><h1>{_text(brief.title, brief)}</h1>\n"
    for number, remark in enumerate(brief.about):
        kind = "sample" if brief.sample and not number else "about"
        yield f"<p class={kind}>{_text(remark, brief)}</p>\n"
    yield "</header>\n<div class=columns><div>\n"
    for section in brief.sections:
        yield from _section(section, brief, words)
    if brief.notes:
        yield from _notes(brief, words)
    yield "</div>\n"
    if brief.cards:
        yield f'<aside aria-label="{escape(words("section.terms"), quote=True)}"><h2>{words("section.terms")}</h2>\n'
        yield from (_card(card, brief, words) for card in brief.cards)
        yield "</aside>\n"
    yield "</div></main></body></html>\n"


def _head(brief: Brief) -> str:
    return (
        f'<!doctype html>\n<html lang="{brief.language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" '
        f'content="light dark"><title>{escape(shown(brief.title))}</title>\n'
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head>\n<body><main>\n"
    )


def _text(text: str, brief: Brief) -> str:
    """Our words with a page's between them, inert whatever they hold; a page's words are marked with their language."""
    if brief.language == PAGES_LANGUAGE:
        return f"<bdi>{escape(shown(text))}</bdi>"
    runs = PAGES_WORDS.split(shown(text))
    return "".join(
        f'<bdi lang="{PAGES_LANGUAGE}">{escape(r)}</bdi>' if i % 2 else escape(r) for i, r in enumerate(runs)
    )


def _section(section: Section, brief: Brief, words: Wording) -> Iterator[str]:
    yield f'<section id="{section.key}"><h2>{_text(section.title, brief)}</h2>\n'
    if not section.groups:
        yield f"<p class=empty>{_text(section.empty, brief)}</p>\n"
    for group in section.groups:
        yield f"<h3>{_text(group.title, brief)}</h3>\n" if group.title else ""
        yield "<ul class=marked>\n" if section.mark else "<ul>\n"
        for line in group.lines:
            yield f"<li>{section.mark + ' ' if section.mark else ''}{_sentence(line, brief)}</li>\n"
        yield "</ul>\n"
        if group.more:
            yield f"<p class=empty>{_text(words('about.more', number=str(group.more)), brief)}</p>\n"
    yield "</section>\n"


def _sentence(line: Line, brief: Brief) -> str:
    return "".join(
        _text(part.text, brief) + "".join(f'<sup><a href="#note-{n}">[{n}]</a></sup>' for n in part.notes)
        for part in line.parts
    )


def _notes(brief: Brief, words: Wording) -> Iterator[str]:
    yield f"<section id=notes><h2>{_text(words('section.notes'), brief)}</h2>\n<ol class=notes>\n"
    for note in brief.notes:
        place = _text(place_of(note, words), brief)
        said = f'<bdi lang="{PAGES_LANGUAGE}">〈{escape(shown(note.evidence.text))}〉</bdi>'
        yield f'<li id="note-{note.number}">{said} <small><a href="#reference-{note.reference}">{place}</a></small></li>\n'
    yield f"</ol></section>\n<section id=references><h2>{_text(words('section.references'), brief)}</h2>\n"
    yield "<ol class=references>\n"
    for reference in brief.references:
        yield f'<li id="reference-{reference.number}">{_text(reference.text, brief)}</li>\n'
    yield "</ol></section>\n"


def _card(card: Card, brief: Brief, words: Wording) -> str:
    facts = "".join(f"<li>{_text(fact, brief)}</li>" for fact in card.facts)
    rows = _text(words("card.from", rows=", ".join(card.rows)), brief)
    return f"<div class=card><b>{_text(card.term, brief)}</b><ul>{facts}</ul><small>{rows}</small></div>\n"
