"""A second reader: a program of the user's, such as a language model, that proposes records of a page.

It is told the page's text and believed in nothing: a proposal is kept only where its words, and every name in it, stand on the
page exactly as written, and where the rules found nothing of the kind. What the page says to such a program is no concern of ours:
it can only make it propose what stands there. Kept are records of the rule ``model/NAME``, which people confirm or take back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jitsuroku.contract import dumps
from jitsuroku.desk.codes import name_of
from jitsuroku.desk.judging.calls import record_on
from jitsuroku.desk.judging.program import answer_of
from jitsuroku.desk.judging.state import MODEL
from jitsuroku.desk.judging.values import CannotJudge, open_fields
from jitsuroku.records import Record
from jitsuroku.store import Store
from jitsuroku.store.restore import restore

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk

KINDS = ("event", "statement", "reading", "commitment", "figure")
SECONDS = 120.0
MOST_PROPOSALS = 500
# What a proposal has beside the fields of its kind.
OWN = ("kind", "words", "nth")


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What became of a program's proposals: ``kept`` as records; ``known`` to the rules already, which stand; ``refused``, each
    with the line of the answer and the reason."""

    kept: tuple[Record, ...]
    known: int
    refused: tuple[str, ...]


def second_reading(
    desk: Desk, page: str, command: Sequence[str], name: str, *, seconds: float = SECONDS, keep: bool = True
) -> SecondReading:
    """Ask a program for the records of a page. Without ``keep`` nothing is stored, and ``kept`` holds what would be.

    Raises NotFound when there is no such page, CannotJudge when it is private, ProgramFailed when the program gives no answer.
    """
    document = desk.document(page)
    if document.id in desk.store.private_documents():
        raise CannotJudge(f"{document.source}: is marked as private; its text is handed to no other program")
    received = desk.store.page(document.id)
    told = {"source": document.source, "language": document.language, "kinds": list(KINDS), "text": received.text}
    answer = answer_of(command, dumps(told) + "\n", seconds=seconds)
    stands = [*desk.store.as_read(document.id), *_added(desk.store, document.id)]
    kept: list[Record] = []
    known, refused = 0, []
    for number, line in enumerate(filter(str.strip, answer.splitlines()), 1):
        try:
            proposal = _proposal(number, line)
            on = (proposal["kind"], proposal["words"], proposal.get("nth", 1))
            fields = {field: value for field, value in proposal.items() if field not in OWN}
            made = record_on(received, *on, MODEL + name, fields)
            _stands_there(on[0], fields, received.text)
            if any(_overlap(made, record) for record in (*stands, *kept)):
                known += 1
                continue
            kept.append(made)
            if keep:
                desk.add_record(document.id, on[0], on[1], nth=on[2], by=MODEL + name, told=fields)
        except CannotJudge as problem:
            refused.append(f"line {number}: {problem}")
    return SecondReading(tuple(kept), known, tuple(refused))


def _added(store: Store, document: str) -> Iterator[Record]:
    """What was added to a page by hand or by such a program before, taken back or not: nothing is proposed twice."""
    for judgement in store.judgements():
        if judgement.judgement == "add" and judgement.document == document and judgement.after:
            yield restore(judgement.after)


def _proposal(number: int, line: str) -> dict[str, Any]:
    """A line of the answer as a proposal. Raises CannotJudge when it is none."""
    if number > MOST_PROPOSALS:
        raise CannotJudge(f"more than {MOST_PROPOSALS} proposals for one page; the rest is not looked at")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as problem:
        raise CannotJudge(f"no JSON object ({problem})") from problem
    if not isinstance(found, dict) or found.get("kind") not in KINDS:
        raise CannotJudge(f"no JSON object with a kind among {', '.join(KINDS)}")
    words, nth = found.get("words"), found.get("nth", 1)
    if not isinstance(words, str) or not words.strip() or not isinstance(nth, int) or isinstance(nth, bool) or nth < 1:
        raise CannotJudge("no words of the page, or no number of their place")
    return found


def _stands_there(kind: str, fields: Mapping[str, Any], text: str) -> None:
    """Every free text must be the page's own: no name, office or wording that it does not write. Codes of the world's tables and
    values of closed lists are no words of the page. Raises CannotJudge."""
    known = open_fields(kind)
    for name, value in fields.items():
        if known[name].meaning.values or known[name].meaning.form:
            continue
        for each in _texts(value):
            if each not in text and name_of(each, "en") == each:
                raise CannotJudge(f"{name}: {each!r} does not stand on the page")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _overlap(made: Record, record: Record) -> bool:
    """Whether the two are of one kind and have words in common."""
    mine, other = getattr(made, "evidence", None), getattr(record, "evidence", None)
    if record.kind != made.kind or mine is None or other is None:
        return False
    return bool(mine.start < other.end and other.start < mine.end)
