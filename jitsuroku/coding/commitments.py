"""Amounts -> commitments and figures: what was promised, by whom to whom, and what is only reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jitsuroku.coding.parties import NOBODY, Party, first_of, parties_inside, party_of
from jitsuroku.coding.scene import Scene, subject_of
from jitsuroku.contract import with_id
from jitsuroku.records import Clause, Commitment, Event, Figure, Money, Sentence

PROMISES = re.compile(
    r"支援|融資|投資|供与|拠出|援助|無償|借款|購入|出資|資金|贈|貸し付け|提供|取引|契約|協定|注文|投じ|調達|払う|約束|輸入する|買う"
)
FIGURES = re.compile(
    r"貿易額|貿易総額|輸出額|輸入額|取引額|残高|貿易量|(?:サービス|製品|商品)を輸出|赤字|黒字|国内総生産|GDP|累計|実績|投資額は|規模の経済"
)
STAGES = (
    ("potential", re.compile(r"潜在|可能性|見積も|試算|推計")),
    ("considered", re.compile(r"検討|調整に入|協議してい")),
    ("cancelled", re.compile(r"撤回|取りやめ|中止|取り消")),
    ("suspended", re.compile(r"凍結|停止|保留")),
    ("signed", re.compile(r"署名|調印|締結|契約(?:を結|に)|覚書")),
)
RECEIVERS = ("に対して", "に", "へ", "への", "向け", "との", "と", "in:に", "in:を")
GIVEN = "material cooperation"
HORIZON = re.compile(
    r"(?:今後|向こう)?\d+(?:年|か月|カ月)(?:間|以内)(?:にわたって|で|に)?|年内|年末まで|\d{4}年(?:末)?まで|年間"
)


def amounts_of(scene: Scene, events: tuple[Event, ...]) -> Iterator[Commitment | Figure]:
    """A commitment or a figure for each amount whose role the words tell; the others stay mentions."""
    for sentence in scene.sentences:
        for money in scene.money_in(sentence.start, sentence.end):
            clause = _clause(sentence, money)
            if clause is None or money.currency is None:
                continue
            near = scene.text[max(clause.start, money.start - 40) : min(sentence.end, max(clause.end, money.end) + 30)]
            if FIGURES.search(near):
                yield _figure(scene, sentence, clause, money, near)
            elif PROMISES.search(near):
                yield _commitment(scene, sentence, clause, money, events)


def _clause(sentence: Sentence, money: Money) -> Clause | None:
    """The innermost clause that holds the amount."""
    holding = [c for c in sentence.clauses if c.start <= money.start and money.end <= c.end]
    return min(holding, key=lambda c: c.end - c.start, default=None)


def _figure(scene: Scene, sentence: Sentence, clause: Clause, money: Money, near: str) -> Figure:
    measure = FIGURES.search(near)
    subject = subject_of(clause)
    of = parties_inside(scene, subject) if subject else NOBODY
    return with_id(
        Figure(
            id="",
            document=scene.page.id,
            measure=measure.group() if measure else None,
            of=of.codes,
            amount=_number(money.amount),
            unit=None,
            currency=money.currency,
            period=money.per,
            base=None,
            source="page",
            evidence=scene.evidence(*_words(clause, money)),
            rule=money.rule,
        )
    )


def _commitment(
    scene: Scene, sentence: Sentence, clause: Clause, money: Money, events: tuple[Event, ...]
) -> Commitment:
    told = _event(events, money)
    giver, receiver = _parties(scene, sentence, clause) if told is None else (told.actor, told.recipient)
    text = scene.text[clause.start : sentence.end]
    horizon = HORIZON.search(scene.text[max(sentence.start, money.start - 25) : money.start])
    gloss = money.gloss
    return with_id(
        Commitment(
            id="",
            document=scene.page.id,
            giver=giver,
            receiver=receiver,
            what=_what(scene, money),
            amount=_number(money.amount),
            amount_max=_number(money.amount_max) if money.amount_max else None,
            currency=money.currency,
            item=None,
            unit=None,
            per=money.per,
            bound=money.bound,
            converted=(_number(gloss.amount), gloss.currency) if gloss and gloss.currency else None,
            part_of=None,
            horizon=horizon.group() if horizon else None,
            due=None,
            sector=None,
            stage=_stage(text, told),
            topics=(),
            said_by="page",
            via=(),
            evidence=scene.evidence(*_words(clause, money)),
            more=(),
            rule=money.rule,
        )
    )


def _event(events: tuple[Event, ...], money: Money) -> Event | None:
    """The event in whose words the amount stands; the shortest, when there are several."""
    around = [e for e in events if e.evidence.start <= money.start and money.end <= e.evidence.end]
    return min(around, key=lambda e: e.evidence.end - e.evidence.start, default=None)


def _parties(scene: Scene, sentence: Sentence, clause: Clause) -> tuple[tuple[str, ...], tuple[str, ...]]:
    subject = subject_of(clause)
    giver: Party = party_of(scene, subject) if subject else NOBODY
    if subject and not giver:
        giver = parties_inside(scene, subject)
    return giver.codes, first_of(scene, sentence, clause, RECEIVERS, giver).codes


def _words(clause: Clause, money: Money) -> tuple[int, int]:
    return (clause.start if money.end - clause.start <= 120 else money.start), clause.end


def _stage(text: str, told: Event | None) -> str:
    for stage, pattern in STAGES:
        if pattern.search(text):
            return stage
    if told is not None and told.quad == GIVEN and told.status == "actual":
        return "delivered"
    return "pledged"


WHAT = re.compile(r"^(?:\([^()]*\))?(?:規模|相当|超|以上|余り?|分)*の?([^\s、。「」はがをにでと]{2,16})")


def _what(scene: Scene, money: Money) -> str | None:
    """The noun the amount measures: 2,600億元規模の|金融支援|."""
    match = WHAT.match(scene.text[money.end : money.end + 40])
    return match.group(1) if match else None


def _number(amount: str) -> int | str:
    """A whole number where the amount is one, else the decimal string."""
    value = Decimal(amount)
    return int(value) if value == value.to_integral_value() else amount
