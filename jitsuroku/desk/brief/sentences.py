"""A record -> a sentence: from frames and the record's fields, with all that qualifies it (status, hedge, who says it, via
whom). Nothing is added that the record does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from jitsuroku.desk.brief.frames import frame_of, lies_ahead
from jitsuroku.desk.brief.points import Point, Telling
from jitsuroku.desk.brief.wording import Wording, filled
from jitsuroku.desk.lines import is_sample
from jitsuroku.desk.terminal import shown
from jitsuroku.records import Commitment, DocumentRecord, Event, Statement

ACTUAL, PLANNED, DENIED, PAGE = "actual", "planned", "denied", "page"
# The day stands in an earlier sentence, not beside the act.
CARRIED = "previous date"
LONGEST = 160


class Teller:
    """Tells points in one language. ``speaker_of`` gives the statement that asserts a record, by its id."""

    def __init__(
        self, words: Wording, documents: Mapping[str, DocumentRecord], speaker_of: Callable[[str], str | None]
    ) -> None:
        self.words = words
        self.documents = documents
        self.speaker_of = speaker_of
        samples = {is_sample(page) for page in documents.values()}
        # Where all pages are samples the brief says so once, on top.
        self.mixed = samples == {True, False}

    def sentence(self, point: Point) -> str:
        """The point in full, with its sources counted."""
        details = [*self._details(point.chief), *self._counted(point)]
        return self.ended(self._detailed(self._claim(point.chief, with_words=True), details))

    def short(self, point: Point) -> str:
        """The point with its day but without the page's words and circumstances; what qualifies it stays."""
        clause = self._claim(point.chief, with_words=False)
        return self.ended(self._detailed(clause, self._qualified(point.chief)))

    def ended(self, clause: str) -> str:
        """A clause as a sentence."""
        return self.words("clause.end", clause=clause[:1].upper() + clause[1:])

    def bare(self, record: Telling) -> str:
        """What was done, said or promised, without day and circumstances; a plan and a denial are told as such."""
        if isinstance(record, Event):
            clause = self._act(record)
            if record.status == PLANNED and not lies_ahead(record):
                return self.words("clause.planned", clause=clause)
            return self.words("clause.denied", clause=clause) if record.status == DENIED else clause
        return self._saying(record) if isinstance(record, Statement) else self._promise(record)

    # --- what was done ----------------------------------------------------------------------------------------------

    def _claim(self, record: Telling, *, with_words: bool) -> str:
        clause = self.bare(record)
        if not isinstance(record, Event):
            day = record.date if isinstance(record, Statement) else None
            return self.words("clause.dated", day=self.words.day(day), clause=clause) if day else clause
        clause = self._dated(record, clause)
        if with_words and frame_of(record).words:
            clause = self.words("clause.words", clause=clause, words=self.cut(record.evidence.text))
        return clause

    def _dated(self, event: Event, clause: str) -> str:
        """The clause with its day; that of a plan may be the day of planning or the day planned for, so it stands apart."""
        if not event.date:
            return clause
        day = self.words.day(event.date)
        if lies_ahead(event):
            return clause
        if event.status == PLANNED:
            return self.words("clause.planned-dated", day=day, clause=self._act(event))
        return self.words("clause.dated", day=day, clause=clause)

    def _act(self, event: Event) -> str:
        frame = frame_of(event)
        template = frame.template(self.words.language, planned=event.status == PLANNED)
        return filled(template, a=self.parties(event.actor), r=self.parties(event.recipient) if event.recipient else "")

    def parties(self, codes: tuple[str, ...]) -> str:
        """Names of parties."""
        return self.words.listed(shown(self.words.code(code)) for code in codes) or self.words("clause.nobody")

    def cut(self, text: str) -> str:
        """Words of a page for a sentence; where they are long the footnote has all of them."""
        text = shown(text)
        return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"

    # --- what was said and promised ---------------------------------------------------------------------------------

    def _saying(self, statement: Statement) -> str:
        key = "quoted" if statement.quoted else "reported"
        key = "clause.declined" if statement.act != "said" else f"clause.said-{key}"
        return self.words(key, speaker=self.speaker(statement), words=self.cut(statement.text))

    def speaker(self, statement: Statement) -> str:
        """Who spoke, and for whom."""
        country = statement.for_[0] if len(statement.for_) == 1 else None
        name = shown(self.words.person(statement.speaker, country))
        spoken_for = [shown(self.words.code(code)) for code in statement.for_]
        if not spoken_for or spoken_for == [name] or statement.speaker in statement.for_:
            return name
        bracket = (
            f"（{self.words.listed(spoken_for)}）"
            if self.words.language == "ja"
            else f" ({self.words.listed(spoken_for)})"
        )
        return name + bracket

    def _promise(self, promise: Commitment) -> str:
        giver, receiver = self.parties(promise.giver), self.parties(promise.receiver) if promise.receiver else ""
        return self.words(f"stage.{promise.stage}", giver=giver, receiver=receiver, object=self._object(promise))

    def _object(self, promise: Commitment) -> str:
        """Its amount or what is promised; where the record has neither by name, the page's words."""
        amount = self._amount(promise)
        if amount is None:
            return self.words("promise.what", value=self.cut(promise.what or promise.item or promise.evidence.text))
        return f"{amount} {self.words('promise.what', value=self.cut(promise.evidence.text))}"

    def _sum(self, amount: int | str, promise: Commitment) -> str:
        if promise.currency:
            return self.words.money(amount, promise.currency)
        return f"{self.words.number(amount)} {promise.unit or ''}".rstrip()

    def _amount(self, promise: Commitment) -> str | None:
        if promise.amount is None:
            return None
        amount = self._sum(promise.amount, promise)
        if promise.amount_max is not None:
            high = self._sum(promise.amount_max, promise)
            amount = self.words("promise.range", low=self._sum(promise.amount, promise), high=high)
        amount = self.words(f"promise.{promise.bound.replace(' ', '-')}", amount=amount)
        return (
            self.words("promise.per", amount=amount, value=self.words.known("per", promise.per))
            if promise.per
            else amount
        )

    # --- what qualifies it ------------------------------------------------------------------------------------------

    def _detailed(self, clause: str, details: list[str]) -> str:
        return self.words("clause.details", clause=clause, details=self.words.joined(details)) if details else clause

    def _counted(self, point: Point) -> list[str]:
        pages = len({member.document for member in point.members})
        if pages < 2:
            return []
        key = "detail.sources" if point.independent > 1 else "detail.one-origin"
        return [self.words(key, pages=str(pages), independent=str(point.independent))]

    def _details(self, record: Telling) -> list[str]:
        return [*self._circumstances(record), *self._qualified(record)]

    def _detail(self, key: str, value: str | None) -> Iterator[str]:
        if value:
            yield self.words(f"detail.{key}", value=shown(value))

    def _circumstances(self, record: Telling) -> Iterator[str]:
        if isinstance(record, Event):
            yield from self._detail("people", self.words.listed(self._person(name, record) for name in record.people))
            yield from self._detail("place", record.place)
            framework = record.framework if record.framework not in (*record.actor, *record.recipient) else None
            yield from self._detail("framework", framework and self.words.code(framework))
            yield from self._detail("initiator", record.initiator and self.words.code(record.initiator))
        elif isinstance(record, Statement):
            yield from self._detail("venue", record.venue and self.words.known("venue", record.venue))
        else:
            converted = record.converted and self.words.money(*record.converted)
            due = record.due and self.words.day(record.due)
            for key, value in (("converted", converted), ("horizon", record.horizon), ("due", due)):
                if value:
                    yield self.words(f"promise.{key}", value=shown(value))

    def _person(self, name: str, record: Event) -> str:
        people = self.documents[record.document].people
        return self.words.person(name, next((person.country for person in people if person.name == name), None))

    def _qualified(self, record: Telling) -> list[str]:
        """Stage, background, who asserts it, via whom, hedges and samples: never left out."""
        return [*self._standing(record), *self._sourced(record)]

    def _standing(self, record: Telling) -> Iterator[str]:
        if not isinstance(record, Event):
            return
        if record.date and lies_ahead(record):
            yield self.words("detail.day", value=self.words.day(record.date))
        if record.status == PLANNED and lies_ahead(record):
            yield self.words("detail.ahead")
        if record.stage:
            yield self.words(f"detail.{record.stage}")
        if record.background:
            yield self.words("detail.background")
        if record.date and record.date_basis == CARRIED:
            yield self.words("detail.day-carried")

    def _sourced(self, record: Telling) -> Iterator[str]:
        if not isinstance(record, Statement) and record.said_by != PAGE:
            yield from self._detail("said_by", self.speaker_of(record.said_by) or record.said_by)
        if isinstance(record, Statement) and record.wording == "translated":
            yield self.words("detail.translated")
        yield from self._detail("via", " < ".join(self.words.code(name) for name in record.via))
        yield from self._detail("hedge", getattr(record, "hedge", None) and f"〈{getattr(record, 'hedge', '')}〉")
        if self.mixed and is_sample(self.documents[record.document]):
            yield self.words("detail.sample")
