"""A record as a claim in the reader's language: who, what, to whom, and the facts beside it."""

from __future__ import annotations

from dataclasses import dataclass

from jitsuroku.desk.brief.wording import Wording
from jitsuroku.desk.lines import parts_of
from jitsuroku.desk.web.tongue import Tongue
from jitsuroku.records import (
    Commitment,
    DocumentRecord,
    Event,
    Figure,
    Flag,
    Interpretation,
    Record,
    Statement,
    Unresolved,
)

# Who reads into something where the page names nobody.
NOBODY = frozenset({"page", "unattributed"})


@dataclass(frozen=True, slots=True)
class Claim:
    """``left`` and ``right`` are parties (codes or names), ``act`` what is done in the desk's words, ``words`` what the
    page itself says, or the desk when it is in a ``language`` of the desk's, ``facts`` what stands beside it."""

    left: tuple[str, ...] = ()
    act: str = ""
    right: tuple[str, ...] = ()
    words: str = ""
    facts: tuple[str, ...] = ()
    language: str | None = None


def claim_of(record: Record, tongue: Tongue) -> Claim:
    """The record as a claim."""
    match record:
        case Event():
            return _event(record, tongue)
        case Statement():
            return _statement(record, tongue)
        case Commitment():
            return _commitment(record, tongue)
        case Flag():
            expected = f"→ {record.expected}" if record.expected else ""
            name = f"{tongue.value(record.severity)}: {tongue.value(record.flag)}"
            said = tongue.told("flag", record.message)
            return Claim(act=name, words=said.text, facts=_kept(expected), language=said.language)
        case Figure():
            amount = _amount(record.amount, None, record.currency, record.unit, tongue)
            return Claim(
                record.of,
                tongue.value(record.measure) if record.measure else tongue.say("figure"),
                (),
                "",
                _kept(amount, tongue.day(record.period)),
            )
        case Interpretation():
            by = record.by if record.by not in NOBODY else tongue.value(record.by)
            return Claim((by,), tongue.say("reading"), (), tongue.comma.join(map(tongue.party, record.as_)))
        case Unresolved():
            return Claim(
                act=tongue.say("unsettled"),
                words=record.as_written,
                facts=tuple(_candidate(each, tongue) for each in record.candidates),
            )
        case DocumentRecord():
            about = _kept(record.outlet, tongue.day(record.published), tongue.value(record.genre))
            language = None if record.title else tongue.code
            return Claim(words=record.title or tongue.say("no_title"), facts=about, language=language)
        case _:
            first, *rest = parts_of(record)
            return Claim(act=first, facts=tuple(rest), language="en")


def claim_text(record: Record, tongue: Tongue) -> str:
    """The claim as a line of text."""
    claim = claim_of(record, tongue)
    sides = [tongue.comma.join(map(tongue.party, side)) for side in (claim.left, claim.right) if side]
    head = " ".join(_kept(" → ".join(sides), claim.act and f"({claim.act})" if sides else claim.act, claim.words))
    return " · ".join(_kept(head, *claim.facts))


def _candidate(candidate: str, tongue: Tongue) -> str:
    """Whom a name may mean: several together are joined by a stroke."""
    return " / ".join(map(tongue.party, candidate.split("/")))


def _kept(*parts: str | None) -> tuple[str, ...]:
    return tuple(part for part in parts if part)


def _event(event: Event, tongue: Tongue) -> Claim:
    parties = (*event.actor, *event.recipient)
    facts = _kept(
        tongue.day(event.date) or tongue.say("no_date"),
        None if event.status == "actual" else tongue.value(event.status),
        event.stage and tongue.value(event.stage),
        tongue.value("background") if event.background else None,
        tongue.party(event.framework) if event.framework and event.framework not in parties else None,
        event.place,
        tongue.comma.join(tongue.person(name, parties) for name in event.people),
        f"{tongue.say('via')}: {' < '.join(event.via)}" if event.via else None,
        event.hedge,
    )
    return Claim(event.actor, tongue.type(event.type), event.recipient, "", facts)


def _statement(said: Statement, tongue: Tongue) -> Claim:
    words = f"「{said.text}」" if said.quoted and not said.text.startswith("「") else said.text
    via = f"{tongue.say('via')}: {' < '.join(said.via)}" if said.via else None
    return Claim(
        said.for_,
        tongue.person(said.speaker, said.for_),
        (),
        words,
        _kept(tongue.day(said.date), said.venue and tongue.value(said.venue), via),
    )


def _commitment(promise: Commitment, tongue: Tongue) -> Claim:
    amount = _amount(promise.amount, promise.amount_max, promise.currency, promise.unit, tongue)
    bound = promise.bound.replace(" ", "-")
    due = f"{tongue.say('due')}: {tongue.day(promise.due)}" if promise.due else None
    facts = _kept(
        Wording(tongue.code)(f"promise.{bound}", amount=amount) if amount else None,
        promise.per and tongue.value(promise.per),
        due,
        tongue.value(promise.stage),
    )
    return Claim(promise.giver, tongue.say("commitment"), promise.receiver, promise.what or promise.item or "", facts)


def _amount(
    amount: int | str | None, most: int | str | None, currency: str | None, unit: str | None, tongue: Tongue
) -> str:
    if amount is None:
        return ""
    ends = [each for each in (amount, most) if each is not None]
    if currency:
        return " – ".join(tongue.money(each, currency) for each in ends)
    return f"{' – '.join(map(tongue.number, ends))} {unit or ''}".strip()
