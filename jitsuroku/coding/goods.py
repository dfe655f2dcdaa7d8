"""Promises without money: goods by the piece, institutions to be founded, acts by a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jitsuroku.coding.details import topics_in
from jitsuroku.coding.figures import number
from jitsuroku.coding.ladder import horizon_of, stage_of
from jitsuroku.coding.promise_words import PromiseWords
from jitsuroku.coding.scene import Scene, subject_of
from jitsuroku.coding.sides import Sides, sides
from jitsuroku.coding.telling import Telling, asserted_by, tellings
from jitsuroku.contract import with_id
from jitsuroku.records import Argument, Clause, Commitment, Event, Quantity, Sentence, Statement

PIECES = frozenset("機 両 台 隻 基 発 門 丁 食 トン 頭 便 枚 本 バレル 立方メートル".split())
DEALT = ("give", "buy", "sell")
ITEM_BEFORE = re.compile(
    r"([ァ-ヶー一-龥A-Za-z0-9\-・]{2,20})(?:の|を|)(?:計|最大|約|新たに|追加で|年間?|毎年|少なくとも)*$"
)
ITEM_AFTER = re.compile(r"^の([ァ-ヶー一-龥A-Za-z0-9\-・]{2,20})")
PLANNED = re.compile(r"方針|考え|意向|計画|予定|合意|決定|決め|約束|表明|発表|提案|明らか|確認|目指")
# 「戦車20両の|供与|を発表した」, 「コメ5万トンの隣国への|支援|を決めた」.
ACT_AS_NOUN = re.compile(
    r"^(?:[とや、][^。「」をがは]{1,14}?)?の[^、。「」をがは]{0,16}?(供与|支援|提供|援助|売却|購入|譲渡|引き渡し|寄付)(?:を|で|に|について)$"
)
PROPOSED = re.compile(r"提案|検討|目指|呼びか|求め|希望")
PUT_FORWARD = frozenset("計画 方針 構想 戦略 考え 案 提案 政策 公約 意向 姿勢 目標".split())
TIME = re.compile(r"[年月日時]$")
# 「1年間免除する」 lasts a year, it is not due within one.
LAST_DAY = re.compile(r"以内|まで|年内|今後|向こう|来たる")
LASTING = re.compile(r"(?:\d+|[一二三四五六七八九])(?:年|[かカヶヵケ箇]月|週)間")
GENERAL = frozenset("もの これ それ こと 同社 同国 最大 最低 少なくとも 合計 総計 追加 新た 年間 毎年 計 約".split())
DENIED = re.compile(r"(?:こと|つもり|考え|予定|計画|方針)(?:は|も|が)な")
END_OF_WORDS = re.compile(r"(?:方針だ|考えだ|予定だ)?。?」")
# Meetings of two, or of ministers, are held anywhere; the summit of a format is its host's.
SUMMIT = re.compile(r"(?:首脳会議|首脳会合|サミット)$")
TOPICS = ("は", "が")
# Between the members of a list of institutions.
JOINED = re.compile(r"[、,](?:さらに|また|及び|および|並びに|ならびに)?[^、。「」]{0,40}$")
LIST = re.compile(r"[、とや]")


def goods_of(scene: Scene, words: PromiseWords, statements: tuple[Statement, ...]) -> Iterator[Commitment]:
    """Counted goods that somebody is to give or to buy: 「戦闘機22機を購入する」."""
    for telling, found in tellings(scene, scene.mentions.quantities):
        if not isinstance(found, Quantity) or found.unit not in PIECES or telling.clause is None:
            continue
        clause, item = telling.clause, _item(scene, telling)
        promise = words.promises.first(_acted(scene, telling))
        if item is None or promise is None or promise["kind"] not in DEALT or clause.negative or clause.ending == "if":
            continue
        said = asserted_by(scene, statements, telling.start, telling.end)
        own = sides(scene, telling, words, promise["kind"], said)
        if own.giver:
            yield _promise(scene, telling, words, own, said, (found, item, promise["kind"]))


def _acted(scene: Scene, telling: Telling) -> str:
    """What is done with the goods: the predicate of their clause and of the clause that modifies them.

    Where the predicate only makes a plan of it, the noun behind them: 「戦車20両の隣国への|供与を|決定した」.
    """
    told, clause = telling.told, telling.clause
    if clause is not None and PLANNED.match(clause.predicate):
        noun = ACT_AS_NOUN.match(scene.text[telling.end : clause.predicate_start])
        return noun[1] if noun else ""
    return "|".join(scene.text[c.predicate_start : c.end] for c in (told, clause) if c is not None)


def _item(scene: Scene, telling: Telling) -> str | None:
    """What is counted: |戦闘機|22機, |戦闘機|を22機, 22機の|戦闘機|."""
    numeral = re.search(r"[\d〇一二三四五六七八九十百千数]", scene.text[telling.start : telling.end])
    begin = telling.start + (numeral.start() if numeral else 0)
    after = ITEM_AFTER.match(scene.text[telling.end : telling.end + 24])
    before = ITEM_BEFORE.search(LIST.split(scene.text[telling.sentence.start : begin])[-1][-24:])
    found = [m[1] for m in (before, after) if m and m[1] not in GENERAL and not TIME.search(m[1])]
    return found[0] if found else None


def _promise(
    scene: Scene,
    telling: Telling,
    words: PromiseWords,
    own: Sides,
    said: Statement | None,
    goods: tuple[Quantity, str, str] | None,
) -> Commitment:
    horizon, due = horizon_of(scene, telling, words)
    counted, item, kind = goods or (None, None, "give")
    sector = words.sectors.nearest(telling.near, telling.at)
    return with_id(
        Commitment(
            id="",
            document=scene.page.id,
            giver=own.giver,
            receiver=own.receiver,
            what=item,
            amount=number(counted.n) if counted else None,
            amount_max=None,
            currency=None,
            item=item,
            unit=counted.unit if counted else None,
            per=None,
            bound=counted.bound if counted else "exact",
            converted=None,
            part_of=None,
            horizon=horizon,
            due=due,
            sector=sector["sector"] if sector else None,
            stage=stage_of(scene, telling, words, kind, None),
            topics=topics_in(scene, *telling.words),
            said_by=said.id if said else "page",
            via=said.via if said else (),
            evidence=scene.evidence(*telling.words),
            more=(),
            rule=counted.rule if counted else "coding/goods#act",
        )
    )


def acts_of(
    scene: Scene, words: PromiseWords, events: tuple[Event, ...], statements: tuple[Statement, ...]
) -> Iterator[Commitment]:
    """Institutions that are to be founded, and planned acts for which a last day is named.

    Only where the clause names who will do it and what is to be done.
    """
    for sentence in scene.sentences:
        for clause in sentence.clauses:
            if noun := _founding_as_noun(scene, words, clause):
                yield from _named_act(scene, words, statements, sentence, clause, noun)
                continue
            thing = _object(clause) or _hosted(scene, words, clause)
            if thing is None or clause.tense == "past" or clause.negative or clause.voice != "active":
                continue
            telling = _telling(scene, sentence, clause, thing)
            said = asserted_by(scene, statements, telling.start, telling.end)
            if not (_founds(scene, words, telling, clause, said) or _is_due(scene, words, events, telling, clause)):
                continue
            own = sides(scene, telling, words, "give", said)
            if thing.particle in TOPICS:
                own = Sides(_host(scene, clause) or (said.for_ if said else ()), ())
            if own.giver and not _has_amount(scene, clause):
                yield _act(scene, telling, words, own, said, thing)


def _founding_as_noun(scene: Scene, words: PromiseWords, clause: Clause) -> Argument | None:
    """「常設の事務局の|設立|を提案した」, 「設置で合意した」: the founding is the object of the word that makes it a plan."""
    if not PLANNED.match(clause.predicate) or clause.negative or clause.voice != "active":
        return None
    for argument in clause.arguments:
        thing, _, noun = scene.text[argument.start : argument.end].rpartition("の")
        row = words.founding.get(noun) if argument.particle in ("を", "で") else None
        if row is not None and row["kind"] == "institution" and words.things["institution"].search(thing):
            return argument
    return None


def _named_act(
    scene: Scene,
    words: PromiseWords,
    statements: tuple[Statement, ...],
    sentence: Sentence,
    clause: Clause,
    noun: Argument,
) -> Iterator[Commitment]:
    telling = _telling(scene, sentence, clause, noun)
    said = asserted_by(scene, statements, telling.start, telling.end)
    own = sides(scene, telling, words, "give", said)
    if own.giver and not _has_amount(scene, clause):
        made = _promise(scene, telling, words, own, said, None)
        stage = "considered" if PROPOSED.match(clause.predicate) else "pledged"
        what = scene.page.text[_first_of_list(scene, words, clause, noun) : noun.end]
        yield with_id(replace(made, what=what, stage=stage))


def _first_of_list(scene: Scene, words: PromiseWords, clause: Clause, noun: Argument) -> int:
    """Where a list of institutions begins: 「|事務局や調整委員会、さらに資源を扱う特別委員会の設立|を提案した」."""
    begin, institution = noun.start, words.things["institution"]
    for argument in sorted(clause.arguments, key=lambda a: -a.end):
        listed = argument.particle == "" and argument.end <= begin
        if listed and institution.search(scene.text[argument.start : argument.end]):
            if not JOINED.match(scene.text[argument.end : begin]):
                break
            begin = argument.start
    return begin


def _object(clause: Clause) -> Argument | None:
    """What is to be done, unless it is a plan that is only put forward: 「包括的な|計画を|打ち出している」."""
    thing = next((a for a in reversed(clause.arguments) if a.particle == "を"), None)
    return None if thing is not None and thing.head in PUT_FORWARD else thing


def _telling(scene: Scene, sentence: Sentence, clause: Clause, thing: Argument) -> Telling:
    near = scene.text[clause.start : min(sentence.end, clause.end + 30)]
    return Telling(sentence, thing.start, thing.end, clause, None, near, thing.start - clause.start)


def _hosted(scene: Scene, words: PromiseWords, clause: Clause) -> Argument | None:
    """「|次回の首脳会議は|ベルゲンで開催することを提案した」: the meeting as the topic, a place, and nobody else named."""
    row = words.founding.get(clause.predicate)
    if row is None or row["kind"] != "meeting" or not any(a.particle == "で" for a in clause.arguments):
        return None
    topics = [a for a in (*clause.arguments, *clause.inherited) if a.particle in TOPICS]
    return topics[0] if len(topics) == 1 and SUMMIT.search(scene.text[topics[0].start : topics[0].end]) else None


def _founds(scene: Scene, words: PromiseWords, telling: Telling, clause: Clause, said: Statement | None) -> bool:
    """「常設の事務局を設置することで合意した」: an act of the table, and a word behind it that makes it a plan.

    In somebody's own words (「武器の輸出を2年間停止する」と発表した) nobody need be named.
    """
    behind = scene.text[clause.end : min(telling.sentence.end, clause.end + 24)]
    row = words.founding.get(clause.predicate)
    spoken = said is not None and any(code.isascii() for code in said.for_) and _ends_quotation(scene, clause)
    if row is None or DENIED.match(behind) or not PLANNED.search(behind) or not (spoken or subject_of(clause)):
        return False
    if row["kind"] == "stop":
        return bool(LASTING.search(scene.text[clause.start : clause.end]))
    thing = scene.text[telling.start : telling.end]
    hosted = row["kind"] != "meeting" or any(a.particle == "で" for a in clause.arguments)
    return hosted and bool(words.things[row["kind"]].search(thing))


def _ends_quotation(scene: Scene, clause: Clause) -> bool:
    """Of 「停止する|」と発表した and 「停止する|方針だ」と発表した, not of 「停止する|ことはない」."""
    return clause.inside >= 0 and bool(END_OF_WORDS.match(scene.text[clause.end :]))


def _host(scene: Scene, clause: Clause) -> tuple[str, ...]:
    """The state whose place is named for a summit: 「|ノルウェーの|ベルゲンで」. Two who meet may do so anywhere."""
    place = next(a for a in clause.arguments if a.particle == "で")
    states = [a for a in scene.actors_in(place.start, place.end) if a.what == "state"]
    return states[0].codes if len(states) == 1 else ()


def _is_due(scene: Scene, words: PromiseWords, events: tuple[Event, ...], telling: Telling, clause: Clause) -> bool:
    """A planned act with its last day: 「条約を年内に批准する方針だ」."""
    planned = [e for e in events if e.status == "planned" and e.evidence.start < clause.end <= e.evidence.end + 2]
    if not planned:
        return False
    horizon, due = horizon_of(scene, telling, words)
    return due is not None and bool(LAST_DAY.search(horizon or ""))


def _has_amount(scene: Scene, clause: Clause) -> bool:
    return bool(scene.money_in(clause.start, clause.end))


def _act(
    scene: Scene, telling: Telling, words: PromiseWords, own: Sides, said: Statement | None, thing: Argument
) -> Commitment:
    made = _promise(scene, telling, words, own, said, None)
    assert telling.clause is not None
    what = scene.page.text[thing.start : telling.clause.end]
    behind = scene.text[telling.clause.end : min(telling.sentence.end, telling.clause.end + 24)]
    stage = "considered" if PROPOSED.search(behind) else "signed" if made.stage == "signed" else "pledged"
    return with_id(replace(made, what=what, stage=stage))
