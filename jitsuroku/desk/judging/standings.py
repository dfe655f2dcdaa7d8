"""Judgements to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jitsuroku.contract import as_json
from jitsuroku.desk.judging.attach import subjects
from jitsuroku.desk.judging.calls import Standing
from jitsuroku.desk.lines import line_of
from jitsuroku.desk.terminal import shown
from jitsuroku.store.restore import restore


def standing_values(found: Iterable[Standing]) -> list[dict[str, Any]]:
    """Judgements as JSON values: where each stands, the id of its record now, and its own line."""
    return [
        {"state": s.state, "record": s.record.id if s.record else None, "judgement": as_json(s.judgement)}
        for s in found
    ]


def standing_lines(found: Iterable[Standing]) -> Iterator[str]:
    """Judgements with what they are about; of detached ones what stood there, so that nothing is lost."""
    empty = True
    for standing in found:
        empty = False
        judgement = standing.judgement
        reason = f" · {judgement.reason}" if judgement.reason else ""
        yield shown(f"{standing.state}: {judgement.judgement} by {judgement.by} · {judgement.at}{reason}")
        if judgement.after:
            yield shown(f"      to {judgement.after}" if judgement.judgement != "add" else "      adds")
        if about := _about(standing):
            yield shown(f"      {about}")
        if judgement.quote:
            yield shown(f"      | {judgement.quote}")
        yield f"      id {judgement.id} on {judgement.target}"
    if empty:
        yield "no judgements"


def _about(standing: Standing) -> str:
    """The record as a line: as it is read now, else as it was judged."""
    if standing.record is not None:
        return line_of(standing.record)
    line = subjects(standing.judgement)[0].told if standing.judgement.judgement != "add" else standing.judgement.after
    return f"was: {line_of(restore(line))}" if line and line != "{}" else ""
