"""Sentences -> names: states, organisations, people with offices, places, and words that refer back to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from re import Pattern

from jitsuroku.contract import fold_page
from jitsuroku.mentions.again import again, by_first, forms_of
from jitsuroku.mentions.gazetteer import Hit, hits
from jitsuroku.mentions.people import Seen, people_of
from jitsuroku.mentions.references import references
from jitsuroku.mentions.states import abbreviated, beside, seats
from jitsuroku.mentions.titles import Beside
from jitsuroku.mentions.words import HAN, KANA
from jitsuroku.records import Language, Name, Page, Row, Sentence, World

# The short name of a body behind its name: 国際原子力機関(IAEA).
SHORT = re.compile(rf"\([A-Za-z0-9+・{KANA}{HAN}=\s]{{1,24}}\)")

# An outlet's name goes on in Latin letters: NBC| News.
LONGER = re.compile(r"(?: (?:News|Times|Post|Online|Today|World))+(?![A-Za-z])")


def find_names(page: Page, sentences: tuple[Sentence, ...], language: Language, world: World) -> tuple[Name, ...]:
    """Every name of the body in page order; spans do not overlap, a person's phrase covers country and office."""
    text, words = fold_page(page.text), world.patterns[language.code]
    listed = [tuple(hits(text, s.start, s.end, world.gazetteer, words)) for s in sentences]
    every = tuple(h for of_sentence in listed for h in of_sentence)
    offices = world.offices[language.code]
    people = [
        _person(seen)
        for s, found in zip(sentences, listed, strict=True)
        for seen in people_of(
            Beside(text, s, found, offices, words, world.abbreviations, world.gazetteer, page.read_at)
        )
    ]
    return _without_overlap(
        people,
        _again(text, sentences, people, offices),
        (_listed(text, h, words) for h in every if h.entry.what not in ("person", "seat", "place")),
        seats(text, every),
        abbreviated(text, sentences, words, world.abbreviations),
        beside(text, every, world.abbreviations),
        _unlisted(text, sentences, words, every),
        (_place(h) for h in every if h.entry.what in ("place", "seat")),
        references(text, sentences, words),
    )


def _without_overlap(*groups: Iterable[Name]) -> tuple[Name, ...]:
    """The names of all groups in page order; where two overlap, the earlier group's stands."""
    taken: set[int] = set()
    found: list[Name] = []
    for group in groups:
        for name in group:
            span = range(name.start, name.end)
            if taken.isdisjoint(span):
                found.append(name)
                taken.update(span)
    return tuple(sorted(found, key=lambda n: (n.start, n.end)))


def _person(seen: Seen) -> Name:
    office = seen.office["office"] if seen.office is not None and seen.office["level"] != "honorific" else None
    rule = seen.rule + ("#former" if seen.former else "")
    return Name(seen.start, seen.end, "person", seen.text, seen.keys, seen.country, office, rule)


def _again(
    text: str, sentences: tuple[Sentence, ...], people: list[Name], offices: Mapping[str, tuple[Row, ...]]
) -> Iterator[Name]:
    """The page's people again by their name or surname; a form that fits two of them has the keys of both."""
    known: dict[str, bool] = {}
    keys: dict[str, dict[str, None]] = {}
    for name in people:
        for form, needs in forms_of(name.text).items():
            known[form] = known.get(form, True) and needs
            keys.setdefault(form, {}).update(dict.fromkeys(name.candidates))
    firsts = by_first(known)
    for sentence in sentences:
        for start, end, form in again(text, sentence, known, firsts, offices):
            yield Name(start, end, "person", form, tuple(keys[form]), None, None, "mentions/people#again")


def _listed(text: str, hit: Hit, words: Mapping[str, Pattern[str]]) -> Name:
    what, end = hit.entry.what, hit.end
    if what == "state":
        return Name(hit.start, end, "state", hit.entry.form, hit.entry.codes, None, None, hit.entry.rule)
    if what == "outlet":
        longer = LONGER.match(text, end)
        end = longer.end() if longer else end
        return Name(hit.start, end, "organisation", text[hit.start : end], hit.entry.codes, None, what, hit.entry.rule)
    short = SHORT.match(text, end)
    end = short.end() if short else end
    part = words["part"].match(text, end) if what == "organisation" else None
    end = part.end() if part else end
    return Name(hit.start, end, "organisation", hit.entry.form, hit.entry.codes, None, None, hit.entry.rule)


def _place(hit: Hit) -> Name:
    return Name(hit.start, hit.end, "place", hit.entry.form, hit.entry.codes, None, None, hit.entry.rule)


def _unlisted(
    text: str, sentences: tuple[Sentence, ...], words: Mapping[str, Pattern[str]], every: tuple[Hit, ...]
) -> Iterator[Name]:
    """Bodies that no table lists, told by their last word: 上海国際問題|研究所; outlets where they are cited."""
    states = {h.start: h.end for h in every if h.entry.what == "state"}
    for sentence in sentences:
        for kind in ("outlet", "paper", "body"):
            if words[f"may-hold {kind}"].search(text, sentence.start, sentence.end) is None:
                continue
            for match in words[kind].finditer(text, sentence.start, sentence.end):
                start, end = match.span()
                start = states.get(start, start) if kind == "body" else start
                office = None if kind == "body" else "outlet"
                written = text[start:end]
                yield Name(start, end, "organisation", written, (written,), None, office, f"mentions/names#{kind}")
