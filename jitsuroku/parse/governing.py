"""Who belongs to whom by a dependency tree: the arguments of each predicate, and the subject that it shares with others.

A tree hangs a topic on one verb only, mostly the last. Our clauses give it to the first verb that it is the subject of, and
the later ones inherit it; and what somebody says has its own subject, which is not the speaker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from jitsuroku.parse.clauses import CHAINED
from jitsuroku.parse.predicates import Tail
from jitsuroku.parse.subjects import CARRIERS
from jitsuroku.records import Argument, Token

SUBJECTS = ("が", "は", "も")
# Endings of clauses that are part of another: 「…と述べた」, 「…するよう求めた」, 「…するために訪れた」, 「…することを」.
COMPLEMENTS = frozenset({"quote", "you", "question", "tame", "nominal", "relative"})


@dataclass(frozen=True, slots=True)
class Tree:
    """For each token the index of the word it depends on (its own for a root) and the label of that dependency."""

    heads: tuple[int, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Predicate:
    """Tokens ``start..stem`` of a predicate, the word that names it, its tail, and what the tree hangs on it."""

    start: int
    stem: int
    name: Token
    tail: Tail
    arguments: tuple[Argument, ...] = ()

    @property
    def after(self) -> int:
        """The index after its last token."""
        return max(self.tail.after, self.stem + 1)


class Governing:
    """The predicates of one level with their arguments; ``phrases`` are (the word that hangs, the phrase)."""

    def __init__(
        self,
        tokens: tuple[Token, ...],
        tree: Tree,
        phrases: list[tuple[int, Argument]],
        predicates: list[Predicate],
    ) -> None:
        self.tokens = tokens
        self.tree = tree
        self.predicates = predicates
        self.places = {i: n for n, p in enumerate(predicates) for i in range(p.start, p.after)}
        self.topics = [a for _, a in phrases if a.particle == "は"]
        for root, argument in phrases:
            number = self.above(root)
            if number is not None and argument.start < tokens[predicates[number].stem].end:
                self._give(number, argument)
        self._lower_topics()
        self._lift_topics()
        self._share_topics()

    def above(self, index: int) -> int | None:
        """The first predicate on the way from a token to the root; the one that holds the token is not counted."""
        own = self.places.get(index)
        while self.tree.heads[index] != index:
            index = self.tree.heads[index]
            found = self.places.get(index)
            if found is not None and found != own:
                return found
        return None

    def _over(self, number: int) -> int | None:
        """The predicate that another one depends on; always a later one."""
        found = self.above(self.predicates[number].stem)
        return found if found is not None and found > number else None

    def _give(self, number: int, *arguments: Argument) -> None:
        every = sorted({*self.predicates[number].arguments, *arguments}, key=lambda a: a.start)
        self.predicates[number] = replace(self.predicates[number], arguments=tuple(every))

    def _move(self, giver: int, taker: int, *arguments: Argument) -> None:
        kept = tuple(a for a in self.predicates[giver].arguments if a not in arguments)
        self.predicates[giver] = replace(self.predicates[giver], arguments=kept)
        self._give(taker, *arguments)

    def _lower_topics(self) -> None:
        """「首相は、両国は責任を負うと語った」: of two topics on one verb the later is that of what is said."""
        for number, predicate in enumerate(self.predicates):
            over = self._over(number)
            if predicate.tail.ending != "quote" or over is None or subject_of(predicate):
                continue
            begin = self.tokens[predicate.start].start
            topics = [a for a in self.predicates[over].arguments if a.particle == "は" and a.start < begin]
            if len(topics) > 1:
                self._move(over, number, topics[-1])

    def _lift_topics(self) -> None:
        """「首相は歓迎すると語った」: a tree hangs the topic on the nearest verb, but it is the speaker's.

        Of several topics the first: 「首相は、雨は上がり、道は乾くと語った」.
        """
        for number, predicate in enumerate(self.predicates):
            over = self._over(number)
            if predicate.tail.ending not in COMPLEMENTS or over is None:
                continue
            if any(a.particle in ("は", "が") for a in self.predicates[over].arguments):
                continue
            told = [n for n in range(number + 1) if n == number or self._is_chained(n, number)]
            topics = [(a.start, n, a) for n in told for a in self.predicates[n].arguments if a.particle == "は"]
            if topics:
                _, giver, topic = min(topics, key=lambda found: found[0])
                self._move(giver, over, topic)

    def _share_topics(self) -> None:
        """「外相は3日、|会談し、|帰国した」: a tree hangs the topic on the last verb; the first has it, the others inherit it.

        Of two topics the later is the verb's own: 「首相は用意があると述べ、両首脳は再会で一致した」.
        """
        for number in range(len(self.predicates) - 1, -1, -1):
            arguments = self.predicates[number].arguments
            subjects = [a for a in arguments if a.particle in SUBJECTS]
            first = next((n for n in range(number) if subjects and self._takes(n, number, subjects)), None)
            if first is not None:
                begin = self.tokens[self.predicates[first].start].start
                self._move(number, first, *(a for a in arguments if a.start < begin))

    def _takes(self, number: int, last: int, subjects: list[Argument]) -> bool:
        start = self.tokens[self.predicates[number].start].start
        within = subjects[0].start < start and not any(s.start < start for s in subjects[1:])
        return within and subject_of(self.predicates[number]) is None and self._is_chained(number, last)

    def _is_chained(self, number: int, last: int) -> bool:
        """Whether one clause after the other leads from ``number`` to ``last``."""
        at: int | None = number
        while at is not None and at < last and self.predicates[at].tail.ending in CHAINED:
            at = self._over(at)
        return at == last and number != last

    def inherited(self, number: int) -> tuple[Argument, ...]:
        """The subject of a clause without its own: of a clause before it, else of what it depends on, else the topic."""
        predicate = self.predicates[number]
        if subject_of(predicate) or (predicate.tail.ending == "relative" and not self._is_carried(predicate)):
            return ()
        begin = self.tokens[predicate.start].start
        for other in range(number - 1, -1, -1):
            subject = subject_of(self.predicates[other])
            if subject is not None and self._is_chained(other, number):
                return (subject,)
        over = self._over(number)
        while over is not None:
            subject = subject_of(self.predicates[over])
            if subject is not None and subject.start < begin:
                return (subject,)
            over = self._over(over)
        return tuple([t for t in self.topics if t.start < begin][-1:])

    def _is_carried(self, predicate: Predicate) -> bool:
        """Whether the noun after it only carries the clause: 「支援する|方針|を示した」."""
        return predicate.after < len(self.tokens) and self.tokens[predicate.after].surface in CARRIERS


def subject_of(predicate: Predicate) -> Argument | None:
    """The subject that hangs on the predicate itself."""
    return next((a for p in SUBJECTS for a in predicate.arguments if a.particle == p), None)
