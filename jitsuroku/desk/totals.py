"""Sums over the ledger: by pair, year, field and stage, in the pages' own currencies, in dollars and in yen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jitsuroku.desk.constant import BASE_YEAR, Worth, worth
from jitsuroku.desk.ledger import Line
from jitsuroku.records import World

BY = ("pair", "year", "sector", "stage")
TARGETS = ("USD", "JPY")


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in dollars or yen: at the rates of the days on which it was promised, and in the money of ``year``.

    None where a rate, a day or an index is missing for any of the lines. ``rates`` are those that were used.
    """

    currency: str
    least: str | None
    most: str | None
    year: str
    constant_least: str | None
    constant_most: str | None
    rates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of some lines. ``least`` and ``most`` differ where pages differ or a range was promised; ``open`` tells of
    bounds that are not exact. What is "" was not asked for or is not told."""

    pair: str
    year: str
    sector: str
    stage: str
    currency: str
    per: str | None
    least: str
    most: str
    open: tuple[str, ...]
    money: tuple[Money, ...]
    lines: tuple[str, ...]


def totals(lines: Sequence[Line], world: World, by: Iterable[str] = BY) -> tuple[Total, ...]:
    """The sums of the lines that stand in money, by currency and what ``by`` names; a part of a line that is here too is
    counted with its whole. Raises ValueError when ``by`` names something else."""
    asked = tuple(by)
    if unknown := sorted(set(asked) - set(BY)):
        raise ValueError(f"{unknown[0]}: totals are told by {', '.join(BY)}")
    here = {line.id: line for line in lines}
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        if line.currency is not None and line.amount is not None and not _is_counted(line, here):
            groups.setdefault(_key(line, asked), []).append(line)
    return tuple(_total(key, groups[key], world) for key in sorted(groups))


def _is_counted(line: Line, here: dict[str, Line]) -> bool:
    """Whether the whole of which it is a part is counted, in the same currency."""
    whole, seen = here.get(line.part_of or ""), {line.id}
    while whole is not None and whole.id not in seen:
        if whole.amount is not None and whole.currency == line.currency:
            return True
        seen.add(whole.id)
        whole = here.get(whole.part_of or "")
    return False


def _key(line: Line, by: tuple[str, ...]) -> tuple[str, ...]:
    told = {
        "pair": pair_of(line),
        "year": (line.told or "")[:4],
        "sector": line.sector or "",
        "stage": line.stage,
    }
    return *(told[name] if name in by else "" for name in BY), line.currency or "", line.per or ""


def pair_of(line: Line) -> str:
    """「UZB -> USA」; 「UZB <> USA」 where pages do not agree on who gives."""
    left, right = "+".join(line.giver) or "?", "+".join(line.receiver) or "?"
    return f"{left} {'<>' if line.disputed else '->'} {right}"


def _total(key: tuple[str, ...], lines: list[Line], world: World) -> Total:
    pair, year, sector, stage, currency, per = key
    return Total(
        pair=pair,
        year=year,
        sector=sector,
        stage=stage,
        currency=currency,
        per=per or None,
        least=_plain(sum((_least(line) for line in lines), Decimal(0))),
        most=_plain(sum((_most(line) for line in lines), Decimal(0))),
        open=tuple(sorted({line.bound for line in lines} - {"exact"})),
        money=tuple(_money(lines, to, world) for to in TARGETS),
        lines=tuple(line.id for line in lines),
    )


def _least(line: Line) -> Decimal:
    return Decimal(str(line.amount))


def _most(line: Line) -> Decimal:
    return Decimal(str(line.amount if line.amount_max is None else line.amount_max))


def _money(lines: list[Line], to: str, world: World) -> Money:
    least = [worth(_least(line), line.currency or "", line.told, to, world) for line in lines]
    most = [worth(_most(line), line.currency or "", line.told, to, world) for line in lines]
    return Money(
        currency=to,
        least=_sum(w.value if w else None for w in least),
        most=_sum(w.value if w else None for w in most),
        year=BASE_YEAR,
        constant_least=_sum(w.constant if w else None for w in least),
        constant_most=_sum(w.constant if w else None for w in most),
        rates=_rates(least),
    )


def _rates(found: list[Worth | None]) -> tuple[str, ...]:
    return tuple(sorted({w.rate for w in found if w is not None}))


def _sum(values: Iterable[Decimal | None]) -> str | None:
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return _plain(total)


def _plain(number: Decimal) -> str:
    """Digits alone: 35000000000, not 3.5E+10."""
    return f"{number.normalize():f}"
