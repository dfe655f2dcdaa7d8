"""One promise told twice is one line with more evidence; a part names the promise that it is a part of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from jitsuroku.coding.ladder import LADDER
from jitsuroku.contract import with_id
from jitsuroku.records import Commitment, Evidence

RETOLD = 16
ENDED = ("suspended", "cancelled")


def merged(promises: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Fold tellings of the same promise: the same amount of the same thing, and sides that do not differ."""
    kept: list[Commitment] = []
    for promise in sorted(promises, key=lambda p: (p.evidence.start, p.evidence.end, p.rule)):
        twin = next((i for i, other in enumerate(kept) if same_promise(other, promise)), None)
        if twin is None:
            kept.append(promise)
        else:
            kept[twin] = _fold(kept[twin], promise)
    return tuple(with_id(p) for p in kept)


def same_promise(left: Commitment, right: Commitment) -> bool:
    """Whether two tellings on a page may be the same promise; acts and institutions are told by their own words."""
    if _converted(left, right) or _converted(right, left):
        return _agree(left.giver, right.giver) and _agree(left.receiver, right.receiver)
    if left.amount is None or (left.amount, left.amount_max, left.currency, left.unit) != (
        right.amount,
        right.amount_max,
        right.currency,
        right.unit,
    ):
        return False
    if left.item != right.item and not _is_retold(left.evidence, right.evidence):
        return False
    return _agree(left.giver, right.giver) and _agree(left.receiver, right.receiver)


def _is_retold(first: Evidence, second: Evidence) -> bool:
    """Whether the page's own words follow the speaker's: 「「4機の戦闘機を渡す|」と述べ、|4機のミグ29を供与すると表明した」."""
    between = first.suffix[: max(0, second.start - first.end)]
    return second.start - first.end <= RETOLD and between.startswith("」と")


def _converted(one: Commitment, other: Commitment) -> bool:
    """Whether one is the other in the page's own conversion: 「3兆円の支援」 and 「200億ドル(約3兆円)の支援」."""
    return one.converted is not None and other.converted is None and one.converted == (other.amount, other.currency)


def _agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _fold(first: Commitment, second: Commitment) -> Commitment:
    """The first telling leads and learns from the second what it leaves open."""
    if _converted(second, first):
        first, second = second, first
    places = {(e.start, e.end): e for e in (second.evidence, *first.more, *second.more)}
    places.pop((first.evidence.start, first.evidence.end), None)
    more: tuple[Evidence, ...] = tuple(places[key] for key in sorted(places))
    giver, receiver = first.giver or second.giver, first.receiver or second.receiver
    if set(giver) & set(receiver):
        # One telling knows who gives, the other takes the same for who is given: the first is believed.
        giver, receiver = first.giver, first.receiver
    return replace(
        first,
        giver=giver,
        receiver=receiver,
        what=first.what or second.what,
        per=first.per or second.per,
        converted=first.converted or second.converted,
        horizon=first.horizon or second.horizon,
        due=first.due or second.due,
        sector=first.sector or second.sector,
        stage=_furthest(first.stage, second.stage),
        more=more,
    )


def _furthest(first: str, second: str) -> str:
    """The further rung; what was stopped later on the page is stopped."""
    return second if second in ENDED else max(first, second, key=LADDER.index)


def with_parts(promises: tuple[Commitment, ...], parts: dict[int, int]) -> tuple[Commitment, ...]:
    """Name the whole in each part; ``parts`` gives, by the offset of a part's evidence, that of its whole.

    The largest comes first, so that a part of a part names its whole by the id that it has in the end.
    """
    done: list[Commitment] = []
    placed: dict[int, Commitment] = {}
    for promise in sorted(promises, key=lambda p: (-Decimal(str(p.amount or 0)), p.evidence.start)):
        places = [e.start for e in (promise.evidence, *promise.more)]
        whole = next((placed[parts[at]] for at in places if parts.get(at) in placed), None)
        if whole is not None and _is_larger(whole, promise):
            promise = with_id(replace(promise, part_of=whole.id))
        placed.update(dict.fromkeys(places, promise))
        done.append(promise)
    return tuple(sorted(done, key=lambda p: (p.evidence.start, p.evidence.end)))


def _is_larger(whole: Commitment, part: Commitment) -> bool:
    if whole.amount is None or part.amount is None or (whole.currency, whole.unit) != (part.currency, part.unit):
        return False
    return Decimal(str(whole.amount)) > Decimal(str(part.amount))
