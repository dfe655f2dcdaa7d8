"""What became of the pages that were to be read, all together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jitsuroku.desk.adding import Outcome
from jitsuroku.desk.terminal import shown
from jitsuroku.store import Saved

REFUSED = "refused"


def any_refused(outcomes: Sequence[Outcome]) -> bool:
    """Whether any page was refused."""
    return any(outcome.problem for outcome in outcomes)


def documents_of(outcomes: Sequence[Outcome]) -> list[str]:
    """The ids of the pages that stand in the store now, each once."""
    return list(dict.fromkeys(outcome.document for outcome in outcomes if outcome.document))


def outcome_values(outcomes: Sequence[Outcome]) -> list[dict[str, str | None]]:
    """The outcomes as JSON values."""
    return [{"source": o.source, "document": o.document, "result": _word(o), "problem": o.problem} for o in outcomes]


def summary(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The outcomes in words: pages that came in a new version, then how many of each sort."""
    yield from (f"new version: {shown(o.source)}" for o in outcomes if o.result is Saved.NEW_VERSION)
    counts = Counter(_word(o) for o in outcomes)
    told = ", ".join(f"{n} {what}" for what, n in counts.items())
    yield f"{len(outcomes)} page{'s' if len(outcomes) != 1 else ''}: {told or 'nothing to read there'}"


def _word(outcome: Outcome) -> str:
    return outcome.result.value if outcome.result else REFUSED
