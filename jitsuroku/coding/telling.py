"""Where an amount or a count stands: its clause, the clause that modifies it, and the words around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from jitsuroku.coding.scene import Scene
from jitsuroku.records import Clause, Money, Quantity, Sentence, Statement

_start = attrgetter("evidence.start")
BEFORE, AFTER = 40, 34
# Between a modifying clause and the amount it modifies: 「約束した|少なくとも|1兆ドル」, 「表明した|隣国への|1兆ドル」.
# In 「侵攻した|隣国に|3億ドルを貸す」 and 「機関が行う|事業などに|計3億ドルを渡す」 it modifies something else.
MODIFIES = re.compile(r"^(?!.*(?:を|[にへ](?!対する|向けた|関する|の)))[^、。「」]{0,14}$")
TOPIC = re.compile(r"[はが]")
# What is said of a promise itself, so that a receiver may stand between: 「約束した|隣国への|3億ドル」.
PROMISED = re.compile(
    r"約束|表明|発表|公表|確約|決め|決定|合意|提案|打診|承認|要求|要請|求め|予定|計画|検討|署名|調印|結"
)
PAUSE = re.compile(r"[、。「」]")
LONGEST_LEAD = 120


@dataclass(frozen=True, slots=True)
class Telling:
    """An amount or a count in its sentence. ``start``..``end`` covers it with its conversion in brackets; ``told`` is
    the clause that modifies it (「サウジが約束した|6000億ドル」), ``clause`` the one in which it is an argument."""

    sentence: Sentence
    start: int
    end: int
    clause: Clause | None
    told: Clause | None
    near: str
    at: int

    @property
    def words(self) -> tuple[int, int]:
        """The evidence: the modifying clause, the amount and the rest of its clause."""
        begin = self.told.start if self.told else self.clause.start if self.clause else self.start
        if self.start - begin > LONGEST_LEAD:
            begin = self.start
        return min(begin, self.start), max(self.end, self.clause.end if self.clause else self.end)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses to ask for the parties, the nearest first."""
        around = [c for c in self.sentence.clauses if self.clause and _holds(c, self.clause) and c != self.clause]
        outer = sorted((c for c in around if c.inside == (self.clause.inside if self.clause else -1)), key=_length)
        return tuple(c for c in (self.told, self.clause, *outer) if c is not None)

    @property
    def inside(self) -> int:
        """The index of the quotation in which the amount stands, -1 outside."""
        inner = [(q.depth, i) for i, q in enumerate(self.sentence.quotations) if q.start <= self.start < q.end]
        return max(inner)[1] if inner else -1


def _length(clause: Clause) -> int:
    return clause.end - clause.start


def _holds(outer: Clause, inner: Clause) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def telling_of(scene: Scene, sentence: Sentence, found: Money | Quantity) -> Telling:
    """The telling of one amount or count."""
    start, end = found.start, found.end
    if isinstance(found, Money) and found.gloss:
        end = max(end, found.gloss.end)
        end += scene.text[end : end + 1] == ")"
    clause, told = _clause(scene, sentence, start, end), _modifying(scene, sentence, start)
    left = max(_begin(scene, sentence, start), start - BEFORE)
    right = min(sentence.end, max(clause.end if clause else end, end) + AFTER - 4)
    left = min(left, told.start) if told else left
    return Telling(sentence, start, end, clause, told, scene.text[left:right], start - left)


def _clause(scene: Scene, sentence: Sentence, start: int, end: int) -> Clause | None:
    """The innermost clause that holds the amount, else the one that its first numeral stands in."""
    holding = [c for c in sentence.clauses if c.start <= start and end <= c.end]
    begun = [c for c in sentence.clauses if c.start <= start < c.end]
    return min(holding or begun, key=_length, default=None)


def _begin(scene: Scene, sentence: Sentence, start: int) -> int:
    """Where the words about an amount may begin: behind the amount before it, and inside its own quotation."""
    ends = [m.gloss.end + 1 if m.gloss else m.end for m in scene.mentions.money if sentence.start <= m.start < start]
    marks = [q.inner.start for q in sentence.quotations if q.start <= start < q.end]
    return min(start, max([sentence.start, *ends, *marks]))


def _modifying(scene: Scene, sentence: Sentence, start: int) -> Clause | None:
    near = [
        c
        for c in sentence.clauses
        if c.relative and c.end <= start and MODIFIES.match(scene.text[c.end : start]) and not _is_carrier(c)
    ]
    told = max(near, key=lambda c: c.end, default=None)
    return None if told is not None and _is_told_of_somebody(scene, told, start) else told


def _is_told_of_somebody(scene: Scene, told: Clause, start: int) -> bool:
    """「フランスが侵攻した|リビアへの|3億ドル」: what modifies the country tells nothing of the amount."""
    named = bool(scene.actors_in(told.end, start)) or TOPIC.search(scene.text, told.end, start) is not None
    return named and not PROMISED.search(scene.text[told.predicate_start : told.end])


def _is_carrier(clause: Clause) -> bool:
    return not any(a.particle in ("が", "は", "に", "を", "から") for a in clause.arguments)


def tellings(
    scene: Scene, found: tuple[Money, ...] | tuple[Quantity, ...]
) -> Iterator[tuple[Telling, Money | Quantity]]:
    """Every amount or count with its telling, in page order."""
    for one in found:
        if (sentence := scene.sentence_of(one.start)) is not None:
            yield telling_of(scene, sentence, one), one


def asserted_by(scene: Scene, statements: tuple[Statement, ...], start: int, end: int) -> Statement | None:
    """The statement whose words hold what stands between two offsets; the shortest, where one stands inside another."""
    holding = []
    for statement in statements[: bisect_right(statements, start, key=_start)]:
        if statement.evidence.end < end:
            continue
        at = scene.page.text.find(statement.text, statement.evidence.start, statement.evidence.end)
        if 0 <= at <= start and end <= at + len(statement.text):
            holding.append(statement)
    return min(holding, key=lambda s: len(s.text), default=None)
