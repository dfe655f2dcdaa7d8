"""A record as one line that a person can read."""

from __future__ import annotations

from jitsuroku.records import (
    Commitment,
    DocumentRecord,
    Event,
    Evidence,
    Figure,
    Flag,
    Interpretation,
    Judgement,
    Link,
    Meeting,
    Mention,
    Record,
    Statement,
    Unresolved,
)

SAMPLE = "sample: "


def line_of(record: Record) -> str:
    """The record in a line, without its evidence."""
    return " · ".join(parts_of(record))


def parts_of(record: Record) -> tuple[str, ...]:
    """What the record says, as parts of a line: first who did, said or promised what, then day, place and the like."""
    match record:
        case Event():
            return _event(record)
        case Statement():
            return _statement(record)
        case Commitment():
            return _commitment(record)
        case DocumentRecord():
            return _document(record)
        case Flag():
            expected = f"expected: {record.expected}" if record.expected else None
            return _joined(f"{record.severity}: {record.flag} ({record.whose})", record.message, expected)
        case Figure():
            amount = _amount(record.amount, None, record.currency or record.unit, None)
            whose = f"by {record.source}"
            return _joined(record.measure or "figure", " ".join(record.of), amount, record.period, whose)
        case Interpretation():
            return _joined(f"reading by {record.by}", ", ".join(record.as_), f"of {record.of}" if record.of else None)
        case Mention():
            return _joined(f"{record.what} {record.as_written}", record.code)
        case Unresolved():
            return _joined(f"not settled: {record.as_written}", " or ".join(record.candidates) or "nobody known")
        case Meeting():
            number = f" {record.number}" if record.number is not None else ""
            return _joined(f"{record.series}{number}", record.date, record.place, " ".join(record.participants))
        case Link():
            return _joined(f"{record.link} {record.left} - {record.right}", "; ".join(record.reasons))
        case Judgement():
            return _joined(f"{record.judgement} by {record.by}", record.at, record.target, record.reason)


def evidence_of(record: Record) -> tuple[Evidence, ...]:
    """All the words a record stands on, the first first."""
    first = getattr(record, "evidence", None)
    return (*((first,) if first else ()), *getattr(record, "more", ()))


def is_sample(document: DocumentRecord) -> bool:
    """Whether the page says of itself that it is made up."""
    return any(note.startswith(SAMPLE) for note in document.notes)


def _joined(*parts: str | None) -> tuple[str, ...]:
    return tuple(p for p in parts if p)


def _to(left: tuple[str, ...], right: tuple[str, ...]) -> str:
    sides = ", ".join(left) or "?"
    return f"{sides} -> {', '.join(right)}" if right else sides


def _via(via: tuple[str, ...]) -> str | None:
    return f"via {' < '.join(via)}" if via else None


def _event(event: Event) -> tuple[str, ...]:
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    return _joined(
        f"{kind} {_to(event.actor, event.recipient)}",
        event.date or "no date",
        None if event.status == "actual" else event.status,
        event.stage,
        "background" if event.background else None,
        event.framework,
        f"at {event.place}" if event.place else None,
        " ".join(event.people),
        _via(event.via),
        event.hedge,
    )


def _statement(statement: Statement) -> tuple[str, ...]:
    who = statement.speaker + (f" ({', '.join(statement.for_)})" if statement.for_ else "")
    words = f"「{statement.text}」" if statement.quoted else statement.text
    about = f"about {', '.join(statement.about)}" if statement.about else None
    return _joined(f"{who} {statement.act}: {words}", statement.date, statement.venue, about, _via(statement.via))


def _commitment(promise: Commitment) -> tuple[str, ...]:
    amount = _amount(promise.amount, promise.amount_max, promise.currency or promise.unit, promise.per)
    gloss = f"page's conversion {_number(promise.converted[0])} {promise.converted[1]}" if promise.converted else None
    return _joined(
        f"{_to(promise.giver, promise.receiver)}: {promise.what or promise.item or 'promise'}",
        f"{promise.bound} {amount}" if amount and promise.bound != "exact" else amount,
        gloss,
        promise.horizon,
        f"due {promise.due}" if promise.due else None,
        promise.stage,
        _via(promise.via),
    )


def _document(document: DocumentRecord) -> tuple[str, ...]:
    title = document.title or "(no title)"
    sample = "sample text" if is_sample(document) else None
    private = "private" if document.private else None
    return _joined(
        f"{document.source}: {title}", document.outlet, document.published, document.language, sample, private
    )


def _number(amount: int | str | None) -> str:
    return f"{amount:,}" if isinstance(amount, int) else str(amount)


def _amount(amount: int | str | None, most: int | str | None, unit: str | None, per: str | None) -> str | None:
    if amount is None:
        return None
    reach = f"{_number(amount)} to {_number(most)}" if most is not None else _number(amount)
    return " ".join(p for p in (reach, unit, f"per {per}" if per else None) if p)
