"""Reads the tables (TSV) and definitions (TOML): a row knows its file and key, a broken table is refused as a whole."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from jitsuroku.records import EventType, Language, Row, Table

PACKAGE = Path(__file__).parent
MAX_ROWS = 200_000
LARGEST = 100_000_000
ASKERS = {"first": "^{}", "whole": r"^{}\d{{0,2}}$", "any": "{}"}
SYNTAX = re.compile(r"\\.|[\[\]()|]")
LOOKS_ROUND = re.compile(r"(?:\(\?<?[!=][^()]*\))+")
# A run of characters that a pattern begins with: 「([^、。]{2,14})の目には」.
RUN = re.compile(rf"(?:{LOOKS_ROUND.pattern})?\(?\[\^[^\]]*\]\{{\d+,\d+\}}\)?")
ANY = r"[\s\S]"


class TableError(ValueError):
    """A table that cannot be used; the message names file, line and remedy."""


def read_table(path: Path, root: Path = PACKAGE) -> Table:
    """Read one table. Lines that start with ``#`` before the header are notes.

    Raises TableError when a line has too few or too many cells, a row stands twice, or there are too many rows.
    """
    name = path.relative_to(root).as_posix()
    try:
        if path.stat().st_size > LARGEST:
            raise TableError(f"{name}: larger than {LARGEST // 1_000_000} MB; split the table")
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise TableError(f"{name}: cannot be read ({problem}); save it as UTF-8 text") from problem
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    while numbered and numbered[0][1].startswith("#"):
        numbered.pop(0)
    if not numbered:
        raise TableError(f"{name}: has no header line; the first line that is no note names the columns")
    columns = tuple(numbered[0][1].split("\t"))
    if len(numbered) > MAX_ROWS:
        raise TableError(f"{name}: {len(numbered)} rows are more than {MAX_ROWS}; split the table")
    return Table(name, columns, tuple(_rows(name, columns, numbered[1:])))


def _rows(name: str, columns: tuple[str, ...], lines: Iterable[tuple[int, str]]) -> Iterable[Row]:
    seen: dict[str, int] = {}
    for number, line in lines:
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise TableError(f"{name}, line {number}: {len(cells)} cells where the header names {len(columns)}")
        key = "\t".join(cells[:-1])
        if key in seen:
            raise TableError(f"{name}, line {number}: the row of line {seen[key]} stands again; remove one")
        seen[key] = number
        yield Row(f"{name}#{cells[0]}", number, dict(zip(columns, cells, strict=True)))


def read_tables(folder: Path, root: Path = PACKAGE) -> dict[str, Table]:
    """Every ``*.tsv`` of a folder by its stem."""
    return {path.stem: read_table(path, root) for path in sorted(folder.glob("*.tsv"))}


def read_event_type(path: Path, root: Path = PACKAGE) -> EventType:
    """Read one ``type.toml``. Raises TableError when a property is missing."""
    name = path.relative_to(root).as_posix()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return EventType(
            code=data["plover"],
            quad=data["quad"],
            score=float(data["score"]),
            definition=data["definition"],
            symmetric=data["properties"]["symmetric"],
            planned_as=data["properties"].get("planned_as"),
            addressed=data["properties"]["addressed"],
            ahead=data["properties"].get("ahead", False),
            targets=data["properties"].get("targets", False),
            recipient=tuple(data["properties"]["recipient"].split("|")),
            cameo=dict(data["cameo"]),
        )
    except (KeyError, tomllib.TOMLDecodeError) as problem:
        raise TableError(f"{name}: {problem} is missing or not TOML; compare another type.toml") from problem


def askers_of(language: Language) -> re.Pattern[str]:
    """What in the label of a transcript's line tells that somebody asks: 「【港新聞 三島|記者|】」, 「|問|(港通信):」."""
    rows = language.tables["askers"].rows
    return re.compile("|".join(ASKERS[row["place"]].format(re.escape(row["word"])) for row in rows))


def alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between | outside brackets."""
    marks = [at for at, mark, depth in _marks(pattern) if mark == "|" and depth == 0]
    return [pattern[a + 1 : b] for a, b in zip([-1, *marks], [*marks, len(pattern)], strict=True)]


def first_characters(patterns: Iterable[str]) -> str:
    """A pattern for the characters that a match of some patterns can begin with; any character where that is not plain.

    「(?:私|筆者)は」 and 「兆し(?:だ|である)」 begin with [兆私筆]. A search for such a class passes over a text at once.
    """
    found: set[str] = set()
    for pattern in patterns:
        begins = _begins(pattern)
        if begins is None:
            return ANY
        found |= begins
    return f"[{''.join(map(re.escape, sorted(found)))}]"


def union_of(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """Patterns as one, which looks at the characters that a match can begin with first; none never matches."""
    parts = list(patterns) or ["(?!)"]
    begins, whole = first_characters(parts), "|".join(parts)
    return re.compile(whole if begins == ANY else f"(?={begins})(?:{whole})", flags)


def behind_run(pattern: str) -> str:
    """What a text must hold where a pattern can match: what stands behind the run of characters that it begins with."""
    run = RUN.match(pattern)
    return pattern[run.end() :] if run and len(alternatives(pattern)) == 1 else pattern


def _begins(pattern: str) -> set[str] | None:
    begins = [_begins_of_part(part) for part in alternatives(pattern)]
    return None if None in begins else {c for part in begins for c in part or ()}


def _begins_of_part(part: str) -> set[str] | None:
    if (around := LOOKS_ROUND.match(part)) is not None:
        return _begins_of_part(part[around.end() :])
    if part.startswith("(?:"):
        end = next((at for at, mark, depth in _marks(part) if mark == ")" and depth == 0), len(part))
        return None if part[end + 1 : end + 2] in ("?", "*", "{") else _begins(part[len("(?:") : end])
    if part[:1] == "\\" and not part[1:2].isalnum():
        part = part[1:]
    elif part[:1] in ("", *"\\()[]{}.*+?^$|"):
        return None
    return {part[0]} if part[1:2] not in ("?", "*", "{") else None


def _marks(pattern: str) -> Iterable[tuple[int, str, int]]:
    """The brackets and bars of a pattern outside classes, each with how many brackets are open behind it."""
    depth, inside = 0, False
    for match in SYNTAX.finditer(pattern):
        mark = match[0]
        if inside:
            inside = mark != "]"
        elif mark == "[":
            inside = True
        elif mark in "()|":
            depth += {"(": 1, ")": -1, "|": 0}[mark]
            yield match.start(), mark, depth


def covers(row: Row, day: str) -> bool:
    """Whether a row's term (columns ``from`` and ``to``) may include an ISO day, month or year, as far as both are precise."""
    begun = not row["from"] or _not_after(row["from"], day)
    return begun and (not row["to"] or _not_after(day, row["to"]))


def _not_after(one: str, other: str) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] <= other[:shared]
