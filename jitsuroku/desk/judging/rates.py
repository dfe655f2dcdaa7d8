"""How often people dismiss what each check says; a check that is dismissed too often says it as a note."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from jitsuroku.records import Flag, Record
from jitsuroku.store import Store

R = TypeVar("R", bound=Record)
MOST_DISMISSED = 0.2
LEAST_SHOWN = 10
NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rate:
    """A rule, how many flags it raised on the newest pages, and how many of them people took away."""

    rule: str
    shown: int
    dismissed: int

    @property
    def share(self) -> float:
        """The part that was dismissed, from 0 to 1."""
        return self.dismissed / self.shown

    @property
    def falls(self) -> bool:
        """Whether its flags are notes now."""
        return self.shown >= LEAST_SHOWN and self.share > MOST_DISMISSED


def rates(store: Store) -> tuple[Rate, ...]:
    """The rate of every rule that raised a flag, by rule."""
    return tuple(Rate(*row) for row in store.flags_by_rule())


def fallen(store: Store) -> frozenset[str]:
    """The rules whose flags are notes now."""
    # Counting every flag takes time in a large store, and most have none that was taken away.
    return frozenset(rate.rule for rate in rates(store) if rate.falls) if store.any_flag_hidden() else frozenset()


def lowered(records: Iterable[R], rules: frozenset[str]) -> Generator[R, None, None]:
    """The records, with the flags of these rules as notes."""
    for record in records:
        if isinstance(record, Flag) and record.rule in rules and record.severity != NOTE:
            yield replace(record, severity=NOTE)
        else:
            yield record


def rate_values(found: Iterable[Rate]) -> list[dict[str, Any]]:
    """The rates as JSON values."""
    return [
        {"rule": r.rule, "shown": r.shown, "dismissed": r.dismissed, "share": round(r.share, 3), "note": r.falls}
        for r in found
    ]


def rate_lines(found: Iterable[Rate]) -> Iterator[str]:
    """The rates to be read."""
    yield f"{'shown':>6} {'dismissed':>10}  rule"
    for rate in found:
        told = f"  (its flags are notes now: more than {MOST_DISMISSED:.0%})" if rate.falls else ""
        yield f"{rate.shown:>6} {rate.dismissed:>4} {rate.share:>5.0%}  {rate.rule}{told}"
