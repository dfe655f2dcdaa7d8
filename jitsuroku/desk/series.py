"""Series of meetings to be read: a meeting a line, under it the pages that tell of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jitsuroku.desk.terminal import shown
from jitsuroku.linking import Account, Gathering
from jitsuroku.records import Event, Meeting, Record
from jitsuroku.store import Store


def page_of(store: Store, record: Record) -> str | None:
    """The document on whose words a record stands, of a meeting that of the account which gave them; None where it has none."""
    if not isinstance(record, Meeting):
        return getattr(record, "document", None)
    tellers = (store.by_id(id) for id in store.tellers(record.id))
    return next((e.document for e in tellers if isinstance(e, Event) and e.evidence == record.evidence), None)


def meetings_lines(found: Sequence[Gathering]) -> Iterator[str]:
    """The meetings in order; one that no page tells of has one line."""
    for meeting in found:
        yield shown(_head(meeting))
        for account in meeting.accounts:
            yield shown(f"    - {_said(account)}")
            place = f"{account.source} {account.evidence.start}-{account.evidence.end}"
            yield shown(f"      | {account.evidence.text}  [{place}]")
        yield from (shown(f"    ! {each}") for each in meeting.differ)
    if not found:
        yield "no page tells of a format's meeting"


def _head(meeting: Gathering) -> str:
    number = f" {meeting.number}" if meeting.number is not None else ""
    listed = None if meeting.known is None else "in the list" if meeting.accounts else "from the list"
    parts = (
        f"{meeting.series}{number}",
        meeting.date or "no day",
        meeting.place,
        f"host {meeting.host}" if meeting.host else None,
        meeting.status,
        " ".join(meeting.participants),
        listed or "not in the list",
    )
    return " · ".join(part for part in parts if part)


def _said(account: Account) -> str:
    """What one page says of it."""
    number = f"number {account.number}" if account.number is not None else None
    parts = (account.told or "no day", account.status, account.date, number, account.place, " ".join(account.parties))
    return " · ".join(part for part in parts if part)
