"""How much of a promise has been handed over: the parts that pages tell of, added up, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from jitsuroku.linking.instalments import WITHIN, part_named

if TYPE_CHECKING:
    from jitsuroku.desk.ledger import Line, Number

HANDED_OVER = ("delivering", "delivered")
# Pages of so many days may tell of one delivery, where they do not say which it is.
SAME_NEWS = 10


def with_parts(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Every line with the ids of its parts and, where some of them were handed over, how much that is."""
    parts: dict[str, list[Line]] = {}
    for line in lines:
        if line.part_of is not None:
            parts.setdefault(line.part_of, []).append(line)
    return tuple(_told_with(line, parts.get(line.id, [])) for line in lines)


def _told_with(line: Line, parts: list[Line]) -> Line:
    line = replace(line, parts=tuple(sorted(part.id for part in parts)))
    given = [p for p in parts if p.stage in HANDED_OVER and _unit(p) == _unit(line) and p.amount is not None]
    if not given:
        return line
    handed = [[n for part in group for n in (part.amount, part.amount_max) if n is not None] for group in _each(given)]
    least, most = _sum(handed, min), _sum(handed, max)
    return replace(
        line, delivered=least, delivered_max=most if most != least else None, stage=_stage(line, Decimal(str(least)))
    )


def _unit(line: Line) -> tuple[str | None, str | None]:
    return line.currency, line.unit


def _sum(groups: Iterable[Sequence[int | str]], pick: Callable[..., Decimal]) -> Number:
    total = sum((pick(Decimal(str(n)) for n in numbers) for numbers in groups), Decimal(0))
    return int(total) if total == total.to_integral_value() else str(total)


def _stage(line: Line, given: Decimal) -> str:
    """A promise of which a part was handed over is under way; with all of it, kept. What was stopped stays so."""
    if line.stage in ("suspended", "cancelled") or line.amount is None:
        return line.stage
    promised = Decimal(str(line.amount if line.amount_max is None else line.amount_max))
    return "delivered" if given >= promised else "delivering"


def _each(parts: Iterable[Line]) -> list[list[Line]]:
    """The parts, those together that may be one: with the same number, or without one and told within a few days."""
    groups: list[list[Line]] = []
    for part in sorted(parts, key=lambda p: (_name(p) is None, p.told or "", p.id)):
        group = next((g for g in groups if any(_may_be_one(part, other) for other in g)), None)
        if group is None:
            groups.append([part])
        else:
            group.append(part)
    return groups


def _may_be_one(one: Line, other: Line) -> bool:
    names = {_name(one), _name(other)}
    return len(names) == 1 and None not in names if None not in names else _near(one, other)


def _name(line: Line) -> str | None:
    """The number of the part, or that it is the rest; None where its pages do not say which part it is."""
    names = {part_named(source.evidence) for source in line.sources} - {None, WITHIN}
    return min(names) if len(names) == 1 else None  # type: ignore[type-var]


def _near(one: Line, other: Line) -> bool:
    try:
        days = date.fromisoformat(one.told or "") - date.fromisoformat(other.told or "")
    except ValueError:
        return True
    return abs(days.days) <= SAME_NEWS
