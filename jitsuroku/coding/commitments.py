"""Amounts -> commitments and figures: what was promised, by whom to whom, and what is only reported.

Each amount is asked what the words around it make of it: a promise, a price, a part of the promise before it, a reported
number. What the words do not tell stays a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jitsuroku.coding.aided import aided_by_the_page
from jitsuroku.coding.details import topics_in
from jitsuroku.coding.figures import counted_figures, figure_of, is_carried, number
from jitsuroku.coding.goods import acts_of, goods_of
from jitsuroku.coding.ladder import horizon_of, stage_of
from jitsuroku.coding.ledger import merged, with_parts
from jitsuroku.coding.promise_words import PromiseWords
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.sides import (
    Sides,
    has_own_subject,
    is_addressed,
    is_praise,
    listed_giver,
    sides,
    topic_before,
)
from jitsuroku.coding.telling import Telling, asserted_by, tellings
from jitsuroku.contract import with_id
from jitsuroku.records import Argument, Commitment, Event, Figure, Money, Row, Sentence, Statement

# Who asks for money promises none; 「3億ドルの支援を求めた」.
ASKED = re.compile(r"^[^、。「」]{0,24}?(?:を|よう|ように)(?:求め|要求|要請|迫っ|促し|呼びかけ|訴え|請求)")
THAT_PROMISE = re.compile(r"(?:その|この|同)(?:約束|支援|投資|融資|取引|金額|額)(?:は|が|を)")
WHAT = re.compile(r"^(?:規模|相当|超|以上|余り?|分|近く|に近い|を超える)*の([^\s、。「」()はがをにでとも\d]{2,16})")
# Where the name of a thing ends (「|融資枠|から渡す」, 「|支払い|への道」), and what names no thing: 「3億ドルの|うち|」.
THING_ENDS = re.compile(r"から|への|より|まで|にわた|や|・$|の(?:一環|一部|半分|うち|形|ほか|中|道|見返り)$")
NO_THING = frozenset(
    "うち 一部 一環 半分 大半 全額 残り ほか 見返り 代わり 一つ 規模 予定 見通し 見込み 計画 こと もの".split()
)
BOUNDARY = re.compile(r"[の、,やと]|への|における")
# What an amount is raised from is promised no more: 「いまの|3億ドル|から5億ドルに増やす」.
RAISED_FROM = re.compile(
    r"^(?:[(][^()]*[)])?から[^。「」]{0,24}\d[^。「」]{0,24}(?:増|引き上げ|引き下げ|拡大|減|積み増)"
)
# What is only drafted or reckoned, or was given long ago, is no list of promises.
DRAFTED = re.compile(r"案|試算|推計|見通し|見込|実績|貿易|輸出|輸入|予算")
RAISED = frozenset({"増額", "上積み", "積み増す", "上乗せ"})
REACHES = frozenset({"超える", "越える", "達する", "上る", "為る", "増やす", "広げる"})
# An amount by the barrel, tonne or head is a price.
PRICES = ("barrel", "tonne")
AHEAD = 20
STATE = 3


@dataclass
class Book:
    """What a page has told so far: promises with their kind, and which amounts are parts of which."""

    scene: Scene
    words: PromiseWords
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    promises: list[tuple[str, Commitment]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    parts: dict[int, int] = field(default_factory=dict)
    measure: Row | None = None
    measured: tuple[str, ...] = ()
    goods: tuple[Commitment, ...] = ()

    @property
    def told(self) -> list[tuple[str, Commitment]]:
        """The promises of money and of goods with their kinds."""
        return [*self.promises, *(("give", g) for g in self.goods)]


def promises_of(
    scene: Scene, events: tuple[Event, ...], statements: tuple[Statement, ...]
) -> Iterator[Commitment | Figure]:
    """The commitments and figures of a page, a promise told twice once."""
    book = Book(scene, scene.world.promise_words[scene.language.code], statements, events)
    book.goods = tuple(goods_of(scene, book.words, statements))
    for telling, money in tellings(scene, scene.mentions.money):
        if isinstance(money, Money) and money.currency is not None:
            _enter(book, telling, money)
    promises = merged([p for _, p in book.told])
    yield from with_parts(promises, book.parts)
    yield from acts_of(scene, book.words, events, statements)
    yield from book.figures
    yield from counted_figures(scene, {g.evidence.start for g in book.goods})


def _enter(book: Book, telling: Telling, money: Money) -> None:
    """Decide what one amount is and enter it."""
    words, near = book.words, telling.near
    measure, promise = words.measures.nearest(near, telling.at), words.promises.nearest(near, telling.at)
    whole = _of_the_list(book, telling, _whole(book, telling, money))
    if measure is not None and not _is_nearer(words, telling):
        _enter_figure(book, telling, money, measure)
    elif money.per in PRICES or _is_no_promise(book, telling):
        return
    elif (before := _continued(book, telling, money)) is not None:
        _enter_promise(book, telling, money, before[0], before)
    elif promise is not None:
        _enter_promise(book, telling, money, promise["kind"], whole, promise["giver"])
    elif whole is not None:
        _enter_promise(book, telling, money, whole[0], whole)
    elif _is_listed(book, telling):
        _enter_promise(book, telling, money, "give", None)
    elif book.measure is not None and is_carried(book.scene, telling):
        _enter_figure(book, telling, money, book.measure)


def _is_listed(book: Book, telling: Telling) -> bool:
    """Whether the amount is one of a list of what each gives: 「拠出額は、米国が7億ドル、|ドイツが6億ドル|など」."""
    if telling.inside >= 0 or not listed_giver(book.scene, telling):
        return False
    earlier = [s for s in book.scene.paragraph(telling.sentence.paragraph) if s.start <= telling.sentence.start][-2:]
    lead = book.scene.text[earlier[0].start : telling.start]
    return bool(book.words.amounts.search(lead)) and not DRAFTED.search(lead)


def _is_nearer(words: PromiseWords, telling: Telling) -> bool:
    """Whether a word of promising stands nearer to the amount than one of measuring."""

    def distance(pattern: re.Pattern[str]) -> int:
        spans = [m.span() for m in pattern.finditer(telling.near)]
        length = telling.end - telling.start
        return min((max(a - telling.at - length, telling.at - b, 0) for a, b in spans), default=999)

    return distance(words.promises.pattern) < distance(words.measures.pattern)


def _is_no_promise(book: Book, telling: Telling) -> bool:
    """Asked for, refused, opposed, only talked of, or said under a condition."""
    scene, clause = book.scene, telling.clause
    behind = scene.text[telling.end : min(telling.sentence.end, (clause.end if clause else telling.end) + 2)]
    if clause is not None and clause.relative:
        # 「4億ドルに上る計画に|関心を示した|」: what is made of the thing that the clause describes.
        behind += scene.text[clause.end : min(telling.sentence.end, clause.end + AHEAD * 2)].split("、")[0]
    if book.words.refusing.search(behind) and telling.told is None:
        return True
    rest = scene.text[telling.end : telling.sentence.end]
    if ASKED.match(rest) or RAISED_FROM.match(rest):
        return True
    return (
        clause is not None
        and telling.told is None
        and (clause.ending == "if" or _is_refused(clause.negative, clause.tense))
    )


def _is_refused(negative: bool, tense: str) -> bool:
    return negative and tense == "past"


def _enter_figure(book: Book, telling: Telling, money: Money, measure: Row) -> None:
    said = asserted_by(book.scene, book.statements, telling.start, telling.end)
    made = figure_of(book.scene, telling, money, measure, said.id if said else "page", book.measured)
    book.measure, book.measured = measure, book.measured or made.of
    book.figures.append(made)


def _whole(book: Book, telling: Telling, money: Money) -> tuple[str, Commitment] | None:
    """The promise of which this amount is told to be a part, or which it changes: 「この中には」, 「その約束は」."""
    text, sentence = book.scene.text, telling.sentence
    before, after = text[sentence.start : telling.start], text[telling.end : telling.end + AHEAD]
    if not (book.words.parts.search(before[-AHEAD:] + "|" + after) or THAT_PROMISE.search(before)):
        return None
    if book.figures and book.figures[-1].evidence.start >= sentence.start:
        # 「債務残高は12億ドルで、|うち4億ドル|が来年返済を迎える」: a part of what is only reported.
        return None
    starts = _where_told(book.scene, sentence)
    near = [p for p in book.promises if p[1].evidence.start >= starts and p[1].currency == money.currency]
    own = book.scene.paragraph(sentence.paragraph)[0].start
    larger = [p for p in near if _amount(p[1]) > float(money.amount)]
    larger = larger or [p for p in near if p[1].evidence.start >= own]
    return larger[-1] if larger else None


def _of_the_list(book: Book, telling: Telling, whole: tuple[str, Commitment] | None) -> tuple[str, Commitment] | None:
    """The parts of one list are parts of one promise: 「内訳は融資2億ドル、無償資金|1億ドル|」 has no part of the loan."""
    if whole is None or (start := book.parts.get(whole[1].evidence.start)) is None:
        return whole
    if book.words.parts.search(book.scene.text[whole[1].evidence.end : telling.start] + "|"):
        return whole
    return next((each for each in book.promises if each[1].evidence.start == start), whole)


def _where_told(scene: Scene, sentence: Sentence) -> int:
    """Where the words begin among which the whole was told: the paragraph; the one before where the sentence opens its own."""
    own = scene.paragraph(sentence.paragraph)[0].start
    if own < sentence.start:
        return own
    before = scene.paragraph(sentence.paragraph - 1)
    return before[0].start if before else own


def _continued(book: Book, telling: Telling, money: Money) -> tuple[str, Commitment] | None:
    """The promise that the sentence goes on with: 「3年間に350億ドルを投じ、10年間では|1000億ドル|を超える」."""
    clause = telling.clause
    if not book.promises or clause is None:
        return None
    before = book.promises[-1]
    if _is_total(book, telling) and before[1].evidence.start >= telling.sentence.start:
        return before
    if clause.predicate in RAISED and _is_raised(book, telling, money, before[1]):
        return before
    if clause.predicate not in REACHES:
        return None
    timed = any(p.search(book.scene.text[clause.start : telling.start]) for p, _ in book.words.horizons)
    return before if timed and before[1].evidence.start >= telling.sentence.start else None


def _is_raised(book: Book, telling: Telling, money: Money, before: Commitment) -> bool:
    """「日本は3億円を送ると表明した。翌日には|5億円|に増額した」."""
    paragraph = book.scene.paragraph(telling.sentence.paragraph)[0].start
    near = paragraph <= before.evidence.start and before.currency == money.currency
    return near and _amount(before) < float(money.amount)


def _amount(promise: Commitment) -> float:
    return float(promise.amount or 0)


def _enter_promise(
    book: Book, telling: Telling, money: Money, kind: str, whole: tuple[str, Commitment] | None, alone: str = ""
) -> None:
    """Enter a promise of a kind; ``alone`` is who alone gives such a thing, whoever is named."""
    scene, words = book.scene, book.words
    said = asserted_by(scene, book.statements, telling.start, telling.end)
    horizon, due = horizon_of(scene, telling, words)
    stage = stage_of(scene, telling, words, kind, _event(book.events, telling))
    found = _sides(book, telling, money, kind if stage != "potential" else "cost", said, whole)
    found = _two(_given_by(alone, found) if alone else found)
    promise = _commitment(scene, telling, money, found, said)
    promise = with_id(replace(promise, horizon=horizon, due=due, stage=stage, sector=_sector(words, telling)))
    if whole is not None and _amount(whole[1]) > _amount(promise):
        book.parts[promise.evidence.start] = whole[1].evidence.start
    elif longer := _longer(book, telling, promise):
        book.parts[longer.evidence.start] = promise.evidence.start
    book.promises.append((kind, promise))


def _is_total(book: Book, telling: Telling) -> bool:
    """「3億ユーロを追加し、計|20億ユーロ|とする」."""
    return bool(book.words.totals.search(book.scene.text[telling.sentence.start : telling.start]))


def _longer(book: Book, telling: Telling, promise: Commitment) -> Commitment | None:
    """「今後3年間に350億ドル、10年以内に1千億ドル」: the amount before is the beginning of this one."""
    if not book.promises:
        return None
    before, total = book.promises[-1][1], _is_total(book, telling)
    if total and before.evidence.start >= telling.sentence.start and before.currency == promise.currency:
        return before if _amount(before) < _amount(promise) and before.giver == promise.giver else None
    if promise.horizon is None:
        return None
    if before.evidence.start < telling.sentence.start or before.giver != promise.giver or before.horizon is None:
        return None
    clause = telling.clause
    own = clause is not None and before.evidence.end <= clause.start and clause.predicate not in REACHES
    if own or before.receiver != promise.receiver:
        return None
    return before if before.currency == promise.currency and _amount(before) < _amount(promise) else None


def _sides(
    book: Book, telling: Telling, money: Money, kind: str, said: Statement | None, whole: tuple[str, Commitment] | None
) -> Sides:
    """Who promises whom: the sentence first, then the promise it is a part of, then the page."""
    scene = book.scene
    found = sides(scene, telling, book.words, kind, said)
    if kind == "sell" and scene.text[telling.end : telling.end + 1] == "で":
        return Sides(found.receiver, found.giver)
    if kind == "cost":
        return Sides((), ()) if telling.told is None else found
    if telling.clause is not None and telling.told is None and is_praise(scene, telling.clause):
        return found
    if whole is not None and _continued(book, telling, money) is not None:
        return Sides(whole[1].giver, whole[1].receiver)
    if whole is not None:
        own = found.giver or whole[1].giver
        return Sides(own, found.receiver or tuple(c for c in whole[1].receiver if c not in own))
    together = bool(book.words.collectives.search(scene.text, telling.sentence.start, telling.start))
    giver = found.giver or (() if together else topic_before(scene, telling))
    receiver = found.receiver
    adrift = (together or has_own_subject(telling)) and not giver
    event = None if adrift or is_addressed(scene, telling) else _event(book.events, telling)
    if event is not None and (not giver or set(event.actor) & set(giver)):
        giver = giver or event.actor
        receiver = receiver or tuple(c for c in event.recipient if c not in giver)
    if receiver or is_addressed(scene, telling):
        return Sides(giver, receiver)
    return Sides(giver, _carried(book, kind, giver))


def _two(found: Sides) -> Sides:
    """Nobody promises to oneself: 「大統領は、米国への投資が4億ドルに上ると述べた」 leaves open who invests."""
    return Sides(tuple(c for c in found.giver if c not in found.receiver), found.receiver)


def _given_by(giver: str, found: Sides) -> Sides:
    """Yen loans are Japan's: 「大使と外相が|12億円の円借款|の文書に署名した」; whoever else is named receives."""
    receiver = found.receiver or tuple(c for c in found.giver if c != giver and _are_states((c,)))
    return Sides((giver,), tuple(c for c in receiver if c != giver))


def _carried(book: Book, kind: str, giver: tuple[str, ...]) -> tuple[str, ...]:
    """The receiver that all earlier promises of the kind name, else the one state of a title on aid."""
    if len(giver) > 1 and kind == "deal":
        return ()
    told = {p.receiver for k, p in book.told if (k == "give") == (kind == "give") and _are_states(p.receiver)}
    if len(told) == 1:
        return tuple(c for c in told.pop() if c not in giver)
    return aided_by_the_page(book.scene, giver) if kind == "give" and giver and not told else ()


def _are_states(codes: tuple[str, ...]) -> bool:
    return bool(codes) and all(len(c) == STATE and c.isascii() for c in codes)


def _commitment(scene: Scene, telling: Telling, money: Money, found: Sides, said: Statement | None) -> Commitment:
    gloss = money.gloss
    return Commitment(
        id="",
        document=scene.page.id,
        giver=found.giver,
        receiver=found.receiver,
        what=_what(scene, telling),
        amount=number(money.amount),
        amount_max=number(money.amount_max) if money.amount_max else None,
        currency=money.currency,
        item=None,
        unit=None,
        per=money.per,
        bound=money.bound,
        converted=(number(gloss.amount), gloss.currency) if gloss and gloss.currency else None,
        part_of=None,
        horizon=None,
        due=None,
        sector=None,
        stage="pledged",
        topics=topics_in(scene, *telling.words),
        said_by=said.id if said else "page",
        via=said.via if said else (),
        evidence=scene.evidence(*telling.words),
        more=(),
        rule=money.rule,
    )


def _event(events: tuple[Event, ...], telling: Telling) -> Event | None:
    """The event in whose words the amount stands; the shortest, when there are several."""
    around = [e for e in events if e.evidence.start <= telling.start and telling.start < e.evidence.end]
    return min(around, key=lambda e: e.evidence.end - e.evidence.start, default=None)


def _sector(words: PromiseWords, telling: Telling) -> str | None:
    row = words.sectors.nearest(telling.near, telling.at)
    return row["sector"] if row else None


def _what(scene: Scene, telling: Telling) -> str | None:
    """The noun the amount measures: 2,600億元規模の|金融支援|; else what is bought for it: |米国産品|を80億ドルで."""
    match = WHAT.match(scene.text[telling.end : telling.end + 40])
    if match:
        return _named(match[1])
    for argument in telling.clause.arguments if telling.clause else ():
        if argument.particle == "を" and not argument.start <= telling.start < argument.end:
            return _thing(scene, argument)
    return None


def _named(words: str) -> str | None:
    """The thing in the words behind an amount; None where they name none."""
    thing = THING_ENDS.split(words)[0]
    return thing if len(thing) > 1 and thing not in NO_THING else None


def _thing(scene: Scene, argument: Argument) -> str | None:
    """What a phrase names, short: behind an amount of its own what that measures, else its last words, never half a word."""
    amounts = scene.money_in(argument.start, argument.end)
    if amounts:
        last = amounts[-1]
        match = WHAT.match(scene.text[last.gloss.end + 1 if last.gloss else last.end : argument.end])
        return _named(match[1]) if match else None
    written = scene.text[argument.start : argument.end]
    cuts = [0, *(m.end() for m in BOUNDARY.finditer(written))]
    return next((written[cut:] for cut in cuts if len(written) - cut <= AHEAD), None)
