"""What the coders look at: a page with its sentences, names and dates, and the questions they ask of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from operator import attrgetter
from typing import Any, TypeVar

from jitsuroku.contract import fold_page, quote
from jitsuroku.records import (
    Actor,
    Actors,
    Argument,
    Clause,
    Date,
    Document,
    Evidence,
    Language,
    Mentions,
    Money,
    Name,
    Page,
    Row,
    Sentence,
    World,
)

# What only ties a sentence to what stands before: 「緊迫する|中、|首脳会議が始まった」, 「一方|の|大統領は」.
TIED = re.compile(r"(?:中|なか|際|ほか|うえ|上|一方|もとで?)[、，]|の(?=[一-鿿ァ-ヺA-Z])")

T = TypeVar("T")
NOT_ASKED: Any = object()
_start, _paragraph = attrgetter("start"), attrgetter("paragraph")
Part = TypeVar("Part", Sentence, Argument)


@dataclass(frozen=True, slots=True)
class Scene:
    """A page on its way to records. ``text`` is the folded page; all offsets are those of the page.

    ``turns`` are the speakers of a transcript by paragraph. ``answers`` are those to the questions that many coders ask of the same words (``once``).
    """

    page: Page
    document: Document
    text: str
    sentences: tuple[Sentence, ...]
    mentions: Mentions
    actors: Actors
    starts: tuple[int, ...]
    language: Language
    world: World
    speech: Mapping[str, tuple[Row, ...]]
    carriers: dict[str, Row]
    carrier_endings: tuple[str, ...]
    performatives: frozenset[str]
    organs: re.Pattern[str]
    private: re.Pattern[str]
    blocs: frozenset[str]
    members: Mapping[str, frozenset[str]]
    single_words: frozenset[str]
    turns: Mapping[int, Actor] = field(default_factory=dict)
    answers: dict[tuple[object, int, int], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        page: Page,
        document: Document,
        sentences: tuple[Sentence, ...],
        mentions: Mentions,
        actors: Actors,
        language: Language,
        world: World,
    ) -> Scene:
        """The scene of one page, with the tables the coders look words up in."""
        return cls(
            page=page,
            document=document,
            text=fold_page(page.text),
            sentences=sentences,
            mentions=mentions,
            actors=actors,
            starts=tuple(a.start for a in actors.actors),
            language=language,
            world=world,
            speech=world.speech[language.code],
            carriers={row["noun"]: row for row in language.tables["carriers"].rows},
            carrier_endings=tuple("の" + row["noun"] for row in language.tables["carriers"].rows),
            performatives=world.performatives[language.code],
            organs=world.organs[language.code],
            private=world.private[language.code],
            blocs=world.blocs,
            members=world.members,
            single_words=world.single_words[language.code],
        )

    def words(self, name: str) -> re.Pattern[str]:
        """One of the language's lists of words, by table and kind (``worries stake``)."""
        return self.world.patterns[self.language.code][name]

    def predicates(self, kind: str) -> frozenset[str]:
        """The predicates of a kind, by the language's table (``wish``, ``take-away`` ...)."""
        return self.world.asked_by_kind[self.language.code][kind]

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence for a stretch of the page, without white space, commas or closing marks at its ends."""
        text = self.page.text
        while start < end and (text[start].isspace() or text[start] in "、，,。）)」』・"):
            start += 1
        if tied := TIED.match(text, start, end):
            start = tied.end()
        while end > start + 1 and (text[end - 1].isspace() or text[end - 1] in "、，,"):
            end -= 1
        return quote(self.page, start, end)

    def written(self, argument: Argument) -> str:
        """The argument as the page has it."""
        return self.page.text[argument.start : argument.end]

    def actors_in(self, start: int, end: int) -> tuple[Actor, ...]:
        """The actors that stand wholly between two offsets, in page order."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return tuple([actor for actor in self.actors.actors[first:last] if actor.end <= end])

    def sentence_of(self, offset: int) -> Sentence | None:
        """The sentence that an offset stands in."""
        at = bisect_right(self.sentences, offset, key=_start) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def names_in(self, start: int, end: int) -> tuple[Name, ...]:
        """The names that begin between two offsets."""
        names = self.mentions.names
        return names[bisect_left(names, start, key=_start) : bisect_left(names, end, key=_start)]

    def sentences_until(self, offset: int) -> tuple[Sentence, ...]:
        """The sentences that begin at or before an offset."""
        return self.sentences[: bisect_right(self.sentences, offset, key=_start)]

    def paragraph(self, number: int) -> tuple[Sentence, ...]:
        """The sentences of a paragraph."""
        first = bisect_left(self.sentences, number, key=_paragraph)
        return self.sentences[first : bisect_right(self.sentences, number, key=_paragraph)]

    def story_begins(self, number: int, back: int) -> int:
        """Where the paragraph begins that stands so many before another, or the first."""
        at = bisect_left(self.sentences, number, key=_paragraph)
        while at and back:
            at = bisect_left(self.sentences, self.sentences[at - 1].paragraph, key=_paragraph)
            back -= 1
        return self.sentences[at].start

    def dates_in(self, start: int, end: int) -> tuple[Date, ...]:
        """The dates that begin between two offsets."""
        dates = self.mentions.dates
        return dates[bisect_left(dates, start, key=_start) : bisect_left(dates, end, key=_start)]

    def money_in(self, start: int, end: int) -> tuple[Money, ...]:
        """The amounts that begin between two offsets."""
        money = self.mentions.money
        return money[bisect_left(money, start, key=_start) : bisect_left(money, end, key=_start)]


def once(question: Callable[[Scene, Part], T]) -> Callable[[Scene, Part], T]:
    """A question about a sentence or a phrase of which only the place matters: worked out when it is first asked."""

    @wraps(question)
    def ask(scene: Scene, part: Part) -> T:
        key = question, part.start, part.end
        answer: T = scene.answers.get(key, NOT_ASKED)
        if answer is NOT_ASKED:
            answer = scene.answers[key] = question(scene, part)
        return answer

    return ask


def subject_of(clause: Clause) -> Argument | None:
    """The clause's subject, written or inherited; the head of a relative clause that lacks one."""
    for pool in (clause.arguments, clause.inherited):
        for particle in ("が", "は", "も"):
            for argument in pool:
                if argument.particle == particle:
                    return argument
    head = clause.head if clause.relative else None
    return Argument("が", head.start, head.end, head.head) if head else None
