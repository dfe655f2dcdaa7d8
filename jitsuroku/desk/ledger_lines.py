"""The ledger to be read: a promise, under it its parts, what each page says of it, and how it went on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jitsuroku.desk.ledger import PAGE, Line, Number, Source
from jitsuroku.desk.terminal import shown
from jitsuroku.desk.totals import Money, Total, pair_of


def ledger_lines(lines: Sequence[Line]) -> Iterator[str]:
    """The lines with their parts indented below them."""
    here = {line.id for line in lines}
    below = {id for line in lines for id in line.parts if id in here}
    by_id = {line.id: line for line in lines}
    for line in lines:
        if line.id not in below:
            yield from _with_parts(line, by_id, "")
    if not lines:
        yield "no promise of this kind"


def _with_parts(line: Line, by_id: dict[str, Line], indent: str) -> Iterator[str]:
    yield from (f"{indent}{text}" for text in _lines_of(line))
    for id in line.parts:
        if id in by_id:
            yield f"{indent}    of this:"
            yield from _with_parts(by_id[id], by_id, indent + "    ")


def _lines_of(line: Line) -> Iterator[str]:
    yield shown(f"* {head(line)}")
    said = f"{_counted(line)}; said by: {', '.join(line.sides)}"
    yield shown(f"    {line.id}  {said}")
    for source in line.sources:
        yield shown(f"    - {_figure(source)}")
        yield shown(f"      | {source.evidence.text}  [{source.source} {source.evidence.start}-{source.evidence.end}]")
    if line.delivered is not None:
        handed = amount_of(line.delivered, line.delivered_max, line.currency or line.unit, "exact")
        yield shown(f"    > handed over in parts: {handed}")
    if line.disputed:
        yield "    ! pages do not agree on who gives and who receives"
    yield from (shown(f"    ! pages differ in {each}") for each in line.differ)
    yield from (shown(f"    > {each}") for each in line.life)


def head(line: Line) -> str:
    """A line in a line: who to whom, what, how much, by when, how far it has come."""
    amount = amount_of(line.amount, line.amount_max, line.currency or line.unit, line.bound)
    parts = (
        f"{pair_of(line)}: {line.what or line.item or 'promise'}",
        f"{amount} per {line.per}" if amount and line.per else amount,
        line.horizon,
        f"due {line.due}" if line.due else None,
        line.sector,
        line.stage,
        f"told {line.told}" if line.told else None,
    )
    return " · ".join(part for part in parts if part)


def amount_of(least: Number, most: Number, unit: str | None, bound: str) -> str | None:
    """「about 260,000,000,000 CNY」, 「20 to 30 機」; None where no amount is told."""
    if least is None:
        return None
    reach = _number(least) if most is None else f"{_number(least)} to {_number(most)}"
    return " ".join(part for part in ("" if bound == "exact" else bound, reach, unit) if part)


def _number(amount: Number) -> str:
    return f"{amount:,}" if isinstance(amount, int) else str(amount)


def _counted(line: Line) -> str:
    pages = len({source.document for source in line.sources})
    return "one page" if pages == 1 else f"{pages} pages, {line.independent} independent"


def _figure(source: Source) -> str:
    """What one page says, and who says it there."""
    amount = amount_of(source.amount, source.amount_max, source.currency or source.unit, source.bound)
    gloss = f"(page's conversion {_number(source.converted[0])} {source.converted[1]})" if source.converted else ""
    who = "the page itself" if source.by == PAGE else source.by
    whose = f" ({', '.join(source.for_)})" if source.for_ else ""
    via = f", via {' < '.join(source.via)}" if source.via else ""
    sides = f"{','.join(source.giver) or '?'} -> {','.join(source.receiver) or '?'}"
    figure = " ".join(part for part in (amount or "no amount", gloss) if part)
    return f"{source.told or 'no day'}: {figure} · {sides} · {source.stage} · says {who}{whose}{via}"


def totals_lines(found: Sequence[Total]) -> Iterator[str]:
    """One sum a line, below it what it was worth and the rates."""
    for total in found:
        told = (total.pair, total.year, total.sector, total.stage)
        kind = " · ".join(each for each in told if each) or "all"
        per = f" per {total.per}" if total.per else ""
        left_open = f" ({', '.join(total.open)})" if total.open else ""
        yield shown(
            f"{kind}: {_sum(total.least, total.most)} {total.currency}{per}{left_open} in {_lines(len(total.lines))}"
        )
        yield from (line for money in total.money for line in _worth(money, total.currency))
    if not found:
        yield "no promise of money"


def _lines(number: int) -> str:
    return "one line" if number == 1 else f"{number} lines"


def _sum(least: str | None, most: str | None) -> str:
    if least is None or most is None:
        return "-"
    return _grouped(least) if least == most else f"{_grouped(least)} to {_grouped(most)}"


def _grouped(number: str) -> str:
    whole, dot, rest = number.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def _worth(money: Money, currency: str) -> Iterator[str]:
    if money.least is None:
        yield f"    {money.currency}: no rate for every line"
        return
    constant = f"in {money.year} prices {_sum(money.constant_least, money.constant_most)}"
    own = "" if currency == money.currency else f"{_sum(money.least, money.most)}, "
    rates = "" if currency == money.currency else f"  [{'; '.join(money.rates)}]"
    yield f"    {money.currency}: {own}{constant}{rates}"
