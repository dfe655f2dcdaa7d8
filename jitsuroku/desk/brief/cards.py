"""Term cards for the margin: states, organisations and formats of a brief, from the tables of ``world/``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from jitsuroku.desk.brief.model import Card
from jitsuroku.desk.brief.points import Material
from jitsuroku.desk.brief.wording import Wording, coded
from jitsuroku.desk.codes import name_of
from jitsuroku.lexicon import PACKAGE, read_table
from jitsuroku.records import Commitment, Event, Row, Statement
from jitsuroku.store.days import first_and_last

MOST = 8
# The offices shown on a state's card, in this order.
HEADS = ("大統領", "国家主席", "首相", "最高指導者", "外相")
KINDS = frozenset({"organisation", "bloc", "format"})


@cache
def _rows(name: str) -> tuple[Row, ...]:
    return read_table(PACKAGE / "world" / f"{name}.tsv").rows


def cards(material: Material, words: Wording) -> tuple[Card, ...]:
    """Cards for the parties asked for and those named most; facts as of the newest page's day."""
    found = (card for code in _codes(material) if (card := _card(code, words, material.as_of)))
    return tuple(card for card, _ in zip(found, range(MOST), strict=False))


def _codes(material: Material) -> list[str]:
    used: Counter[str] = Counter()
    for point in material.points:
        match point.chief:
            case Event() as event:
                used.update({*event.actor, *event.recipient, *filter(None, [event.framework])})
            case Statement() as statement:
                used.update(statement.for_)
            case Commitment() as promise:
                used.update({*promise.giver, *promise.receiver})
    named = sorted(used, key=lambda code: (-used[code], code))
    return list(dict.fromkeys([*material.question.parties, *named]))


def _card(code: str, words: Wording, as_of: str | None) -> Card | None:
    row = coded().get(code)
    kind = row.cells.get("kind", "state") if row else None
    if row is None or (kind != "state" and kind not in KINDS):
        return None
    told = list(_of_state(code, words, as_of) if kind == "state" else _of_body(code, row, words, as_of))
    facts = (words(f"card.{kind}", code=code), *(fact for fact, _ in told))
    rows = dict.fromkeys([row.rule, *(rule for _, rule in told)])
    return Card(_term(code, words), facts, tuple(rows))


def _term(code: str, words: Wording) -> str:
    """The name in the brief, with what it is short for."""
    short, whole = words.code(code), name_of(code, words.language)
    return f"{short}: {whole}" if short == code != whole else short


def _of_state(code: str, words: Wording, as_of: str | None) -> Iterator[tuple[str, str]]:
    """Who heads it, of those whose term the table gives for that day."""
    for office in HEADS:
        for row in _rows("offices"):
            if row["holder_of"] == code and row["office"] == office and _holds(row, as_of):
                yield (
                    words("card.office", office=words(f"office.{office}"), person=_person(row["person"], words)),
                    row.rule,
                )


def _person(key: str, words: Wording) -> str:
    row = next((row for row in _rows("people") if row["key"] == key), None)
    return key if row is None else row["name_ja" if words.language == "ja" else "name_en"]


def _holds(row: Row, as_of: str | None) -> bool:
    """Whether a dated row holds on a day; what has only begun or ended in that year or month is left out."""
    begun, ended = first_and_last(row["from"])[1], first_and_last(row["to"])[0]
    return as_of is not None and (begun is None or begun <= as_of) and (ended is None or as_of < ended)


def _of_body(code: str, row: Row, words: Wording, as_of: str | None) -> Iterator[tuple[str, str]]:
    """Its members and its summits before and after the day."""
    dated = [member for member in _rows("memberships") if member["organisation"] == code and _holds(member, as_of)]
    members = [member["state"] for member in dated] or list(row.list("members"))
    if members:
        rule = f"world/memberships.tsv#{code}" if dated else row.rule
        yield words("card.members", members=words.joined(words.code(state) for state in members)), rule
    yield from _summits(code, words, as_of)


def _summits(code: str, words: Wording, as_of: str | None) -> Iterator[tuple[str, str]]:
    held = [(first_and_last(row["date"])[0] or "", row) for row in _rows("meetings") if row["series"] == code]
    before = [row for day, row in held if as_of and day <= as_of]
    after = [row for day, row in held if as_of and day > as_of]
    for key, row in (("last", before[-1:]), ("next", after[:1])):
        for one in row:
            place = ", ".join(filter(None, [f"#{one['number']}", words.day(one["date"]), one["place"]]))
            yield words(f"card.{key}", meeting=place), one.rule
