"""Records for the tests of links, written down in a line: ``CONSULT CHN>IND 習近平,モディ day:2024-10-23 :両首脳は会談した``."""

from __future__ import annotations

from dataclasses import replace

from jitsuroku.contract import with_id
from jitsuroku.records import Commitment, DocumentRecord, Event, Evidence, Person, Statement

COUNTRIES = {
    "デュラン": "FRA",
    "ルロワ": "FRA",
    "ケラー": "DEU",
    "モンティ": "ITA",
    "ロッシ": "ITA",
    "習近平": "CHN",
    "王毅": "CHN",
    "トランプ": "USA",
    "高市早苗": "JPN",
    "石破茂": "JPN",
    "プーチン": "RUS",
}


def document(name: str, told: str | None = None, **changes: object) -> DocumentRecord:
    """A page of ours; ``told`` is the day it prints."""
    people = tuple(Person(n, (f"{n}氏",), country, None, True) for n, country in COUNTRIES.items())
    own = DocumentRecord(
        id=f"document{name}",
        source=f"{name}.txt",
        address=None,
        sha256="",
        outlet=None,
        owner=None,
        title=None,
        bylines=(),
        genre="news",
        origin=None,
        published=told,
        published_basis="printed" if told else None,
        updated=None,
        fetched=None,
        anchor=told,
        language="ja",
        text="",
        people=people,
        states=(),
        orgs=(),
        copies_of=(),
        replaces=None,
        private=False,
        notes=(),
    )
    return replace(own, **changes)  # type: ignore[arg-type]


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split(",") if code)


def _evidence(words: str) -> Evidence:
    return Evidence(words, 0, len(words), "", "")


def event(line: str, page: DocumentRecord) -> Event:
    """An event from its line: type, actor>recipient, then key:value pairs and after `` :`` the words."""
    head, _, words = line.partition(" :")
    type, sides, *pairs = head.split(" ")
    actor, _, recipient = sides.partition(">")
    given = dict(pair.split(":", 1) for pair in pairs)
    return with_id(
        Event(
            id="",
            document=page.id,
            type=type,
            mode=given.get("mode"),
            quad=given.get("quad", "").replace("-", " "),
            score=0.0,
            actor=_codes(actor),
            actor_sector=None,
            recipient=_codes(recipient),
            people=_codes(given.get("people", "")),
            roles=(),
            date=given.get("day"),
            date_basis=given.get("basis", "anchor").replace("_", " "),
            status=given.get("status", "actual"),
            background="background" in given,
            stage=None,
            framework=given.get("under"),
            place=given.get("place"),
            initiator=given.get("asked"),
            votes=(),
            quantities=(),
            topics=(),
            said_by="page",
            via=_codes(given.get("via", "")),
            hedge=None,
            evidence=_evidence(words or line),
            more=(),
            rule="test",
        )
    )


def statement(
    speaker: str, words: str, page: DocumentRecord, *, day: str | None = None, quoted: bool = True
) -> Statement:
    """Somebody's words."""
    return with_id(
        Statement(
            id="",
            document=page.id,
            speaker=speaker,
            speaker_kind="person",
            speaker_count=None,
            for_=(),
            via=(),
            venue=None,
            act="said",
            quoted=quoted,
            wording="unknown",
            text=words,
            about=(),
            topics=(),
            verb="述べる",
            stance=None,
            hedge=None,
            date=day,
            evidence=_evidence(f"{speaker}氏は「{words}」と述べた"),
            more=(),
            rule="test",
        )
    )


def commitment(
    giver: str, receiver: str, amount: int, currency: str, page: DocumentRecord, **changes: object
) -> Commitment:
    """A promise of money."""
    own = Commitment(
        id="",
        document=page.id,
        giver=_codes(giver),
        receiver=_codes(receiver),
        what=None,
        amount=amount,
        amount_max=None,
        currency=currency,
        item=None,
        unit=None,
        per=None,
        bound="exact",
        converted=None,
        part_of=None,
        horizon=None,
        due=None,
        sector=None,
        stage="pledged",
        topics=(),
        said_by="page",
        via=(),
        evidence=_evidence(str(changes.pop("words", "支援を約束した"))),
        more=(),
        rule="test",
    )
    return with_id(replace(own, **changes))  # type: ignore[arg-type]
