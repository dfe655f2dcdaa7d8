"""What kind of page it is: several signs are weighed, and the words of each are kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jitsuroku.clean.lines import Line
from jitsuroku.lexicon import TableError, read_table
from jitsuroku.records import Block, Found, Page, Span

TABLE = Path(__file__).with_name("genre.tsv")
# Below this weight the signs tell no kind; of kinds with the same weight the one told by fewer pages is meant.
ENOUGH = 2
ORDER = ("forum", "translation", "joint-statement", "transcript", "digest", "readout", "opinion", "explainer", "agency")
PLACES = frozenset({"title", "top", "lead", "body", "kept", "dropped", "around"})
# A sign stands near one of the two ends of its line.
HEAD, TAIL = 400, 200
# Of a very long page so many lines at its top and at its end are looked at.
TOP, END = 300, 100
DAY = re.compile(
    r"\d{1,2}[日号月]|\d{1,2} [а-я]{3,8}|(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


# The words of a line, or those of its two ends, each with their place on the page.
Ends = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A row of genre.tsv."""

    name: str
    genre: str
    where: str
    least: int
    weight: int
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def signs() -> tuple[Sign, ...]:
    """The rows of genre.tsv.

    Raises TableError when a row names a kind or a place that the room does not know.
    """
    found: list[Sign] = []
    for row in read_table(TABLE).rows:
        if row["genre"] not in ORDER or row["where"] not in PLACES:
            raise TableError(f"clean/genre.tsv, line {row.line}: genre is one of {ORDER}, where of {sorted(PLACES)}")
        pattern = re.compile(row["pattern"])
        found.append(Sign(row.rule, row["genre"], row["where"], int(row["least"]), int(row["weight"]), pattern))
    return tuple(found)


def genre_of(page: Page, lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> tuple[Found, tuple[str, ...]]:
    """The kind of page with the words of its strongest sign, and a note for every other sign of it.

    News is what tells of a day and bears the signs of no other kind; where no day is told the kind is unknown.
    """
    shown: dict[str, list[tuple[Sign, Span]]] = defaultdict(list)
    places = _places(lines, blocks)
    ends = {place: [_ends(line) for line in found] for place, found in places.items()}
    for sign in signs():
        spans = _spans(sign, ends[sign.where])
        if len(spans) >= sign.least:
            shown[sign.genre].append((sign, spans[0]))
    weights = {genre: sum(sign.weight for sign, _ in found) for genre, found in shown.items()}
    best = max(weights, key=lambda genre: (weights[genre], -ORDER.index(genre)), default=None)
    if best is None or weights[best] < ENOUGH:
        return _plain(places["kept"]), ()
    (sign, span), *others = sorted(shown[best], key=lambda each: -each[0].weight)
    notes = tuple(f"genre {best} too: {s.name} ({page.text[w.start : w.end]})" for s, w in others)
    return Found(best, span, sign.name), notes


def _places(lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> dict[str, list[Line]]:
    places: dict[str, list[Line]] = {place: [] for place in PLACES}
    for line, block in zip(lines, blocks, strict=True):
        for place in _place_names(block, bool(places["body"])):
            places[place].append(line)
    places["lead"] = places["body"][:1]
    return {place: found if len(found) <= TOP + END else found[:TOP] + found[-END:] for place, found in places.items()}


def _place_names(block: Block, begun: bool) -> Iterator[str]:
    if block.kept:
        yield "kept"
        if block.role in ("body", "list"):
            yield "body"
        return
    if block.role == "headline":
        yield "title"
    elif "#section" in block.rule:
        # What stands under 「関連記事」 tells the kind of other pages.
        if block.rule.endswith("#section-replies"):
            yield "dropped"
        return
    else:
        yield "dropped"
        if not begun:
            yield "top"
    yield "around"


def _spans(sign: Sign, lines: list[Ends]) -> list[Span]:
    found: list[Span] = []
    search = sign.pattern.search
    for ends in lines:
        for start, words in ends:
            if match := search(words):
                found.append(Span(start + match.start(), start + match.end()))
                break
    return found


def _ends(line: Line) -> Ends:
    text, start = line.text, line.start
    if len(text) <= HEAD + TAIL:
        return ((start, text),)
    return (start, text[:HEAD]), (start + len(text) - TAIL, text[-TAIL:])


def _plain(kept: list[Line]) -> Found:
    for line in kept:
        match = DAY.search(line.text)
        if match:
            return Found("news", Span(line.start + match.start(), line.start + match.end()), "clean/genre#news")
    return Found("unknown", None, "clean/genre#none")
