"""A question to brief on: parties, a person, a format, one event, promises, a window of time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jitsuroku.desk.brief.wording import Wording, coded
from jitsuroku.desk.codes import code_for
from jitsuroku.store import Store

ID = re.compile(r"(?:event|statement|commitment|cluster)[0-9a-f]{16}")


class UnknownSubject(LookupError):
    """A word of the question names nothing that the tables or the store know; the message says what does."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``parties`` are codes, at most two; ``person`` a name; ``told`` the id of a record or a cluster."""

    parties: tuple[str, ...] = ()
    person: str | None = None
    told: str | None = None
    since: str | None = None
    until: str | None = None
    promises: bool = False

    def title(self, words: Wording, told: str = "") -> str:
        """The question as a title; ``told`` words what an id stands for."""
        subject = self.person or told or self.told or _parties(self.parties, words) or words("title.all")
        if self.promises:
            subject = words("title.promises", question=subject)
        ends = (("title.since", self.since), ("title.until", self.until))
        window = words.joined(words(key, day=words.day(day)) for key, day in ends if day)
        return words("title.window", question=subject, window=window) if window else subject


def _parties(parties: tuple[str, ...], words: Wording) -> str:
    names = [words.code(code) for code in parties]
    return words("title.pair", a=names[0], b=names[1]) if len(names) == 2 else "".join(names)


def asked(
    store: Store, names: Sequence[str], *, since: str | None = None, until: str | None = None, promises: bool = False
) -> Question:
    """The question that the names make: one or two parties, one person, one id, or nothing for the whole record.

    Raises UnknownSubject when a name is nothing of that, or when there are more than fit.
    """
    question = Question(since=since, until=until, promises=promises)
    if len(names) > 2:
        raise UnknownSubject(
            f"{' '.join(names)}: a brief is on one or two parties; put a name of several words in quotes"
        )
    if len(names) == 1 and ID.fullmatch(names[0]):
        return replace(question, told=names[0])
    if len(names) == 1 and not _is_party(store, names[0]) and store.is_person(names[0]):
        return replace(question, person=names[0])
    for name in names:
        if not _is_party(store, name):
            raise UnknownSubject(
                f"{name}: no state, organisation, format, person or id of that name in the record; a code (KAZ, SCO), a "
                "name (カザフスタン), a person or an id that jitsuroku list or links prints will do"
            )
    return replace(question, parties=tuple(dict.fromkeys(code_for(name) for name in names)))


def _is_party(store: Store, name: str) -> bool:
    code = code_for(name)
    return code in coded() or store.is_party(code)
