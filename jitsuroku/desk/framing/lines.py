"""Framing and formulas to be read: counts and examples, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jitsuroku.desk.framing.formulas import Formula, Step
from jitsuroku.desk.framing.framing import Choice, Framing, SourceFraming
from jitsuroku.desk.framing.words import Place
from jitsuroku.desk.terminal import wrapped


def framing_lines(found: Framing, width: int) -> Iterator[str]:
    """Each source's choices."""
    codes = f" ({', '.join(found.codes)})" if found.codes and found.codes != (found.target,) else ""
    sources = f"{len(found.sources)} source{'s' if len(found.sources) != 1 else ''}"
    yield from wrapped(f"{found.target}{codes}: {sources}", "", width)
    for source in found.sources:
        yield ""
        yield from wrapped(source.source, "", width)
        for kind in source.pages:
            yield from wrapped(f"{kind.source}: {kind.line}", "  ", width)
        yield from _source_lines(source, width)
    yield ""
    yield from wrapped("Counts, not verdicts; language/ja/loaded.tsv lists the words and plainer ones.", "", width)


def _source_lines(source: SourceFraming, width: int) -> Iterator[str]:
    for title, choices in (("names", source.names), ("acts", source.acts), ("verbs of saying", source.sayings)):
        if choices:
            yield from wrapped(f"{title}: {', '.join(f'{c.word} {c.count}' for c in choices)}", "    ", width)
    if source.speakers:
        told = (
            f"{s.speaker} {s.statements} ({s.quotations} quoted, {s.characters} characters)" for s in source.speakers
        )
        yield from wrapped(f"speakers: {', '.join(told)}", "    ", width)
    for choice in source.loaded:
        yield from _loaded_lines(choice, width)


def _loaded_lines(choice: Choice, width: int) -> Iterator[str]:
    quoted = f", {choice.quoted} of them quoted" if choice.quoted else ""
    yield from wrapped(f"loaded: {choice.word} {choice.count}{quoted} (plainer: {choice.plain})", "    ", width)
    for place in choice.examples:
        yield from _place_lines(place, width)


def _place_lines(place: Place, width: int) -> Iterator[str]:
    yield from wrapped(f"| {place.around}  [{place.source} {place.start}-{place.end}]", "      ", width)


def formula_lines(steps: Iterable[Step], pair: tuple[str, str], width: int) -> Iterator[str]:
    """Each readout with its phrases: new, kept, dropped."""
    none = True
    for step in steps:
        none = False
        head = (step.date or "no date", step.source, step.outlet, step.genre)
        yield from wrapped(" · ".join(part for part in head if part), "", width)
        yield from wrapped(f"against {step.before}" if step.before else "the first of this source", "  ", width)
        for title, found in (("new", step.new), ("kept", step.kept), ("dropped", step.dropped)):
            for formula in found:
                yield from _formula(title, formula, width)
    if none:
        yield from wrapped(f"no readout on {pair[0]} and {pair[1]}; --all takes news too", "", width)


def _formula(title: str, formula: Formula, width: int) -> Iterator[str]:
    yield from wrapped(f"{title}: {formula.formula}", "    ", width)
    yield from _place_lines(formula.places[0], width)
