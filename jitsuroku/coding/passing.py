"""Acts that a phrase only mentions: 「|訪問先の|ベルリン|で|」 tells of a visit, 「隣国の|求めに応じ|」 of a request."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from jitsuroku.coding.agents import agent_of
from jitsuroku.coding.ahead import lies_ahead
from jitsuroku.coding.event_record import Act, event_record
from jitsuroku.coding.mentioned import governor_of
from jitsuroku.coding.parties import MEDIA, NOBODY, Party, joined
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.triggers import type_of
from jitsuroku.coding.when import When, when_done
from jitsuroku.records import Actor, Clause, Event, Row, Sentence

MEETING = "event_types/consult/"
# 「|訪問先の|ベルリンで」.
AT_PLACE = re.compile(r"(?:訪問|外遊|出張|滞在|歴訪)先の")
# 「キーウ|訪問時に|」, 「ベルリンを|訪問中の|首相」.
WHEN_THERE = re.compile(r"(?:\([^()]*\))?(?:を(?:公式に?)?)?訪問(?:時|の際|中)")
WHO = re.compile(r"(?:だった|の)")
# 「首相は|北京|入りした」.
ENTERED = re.compile(r"入り(?:し(?!て?い?な)|を果たし)")
# 「|訪日中の|首相」.
SHORT = re.compile(r"(?:訪(?P<state>[日米中韓露ロ英仏独印])|来(?P<home>日))中の")
# What a ground and a strike hold; a search for these passes over most sentences at once.
ASKED = re.compile("招待|招き|要請|求め|呼びかけ|依頼|要望")
STRUCK = re.compile("攻撃|空爆|砲撃|爆撃|銃撃|襲撃|空襲")
# What is the ground of another act, and how it is so: 「大統領の|招待により|、首相は…」.
GROUND = re.compile(
    rf"(?:から)?の(?:強い|急な|再三の)?(?P<noun>{ASKED.pattern})"
    r"(?:に(?:より|よって|応じ|応え|こたえ)|を受け(?:て|、)|で(?=、|\d))"
)


# A strike told by what it did or by whom it befell: 「ロシアの|ミサイル攻撃で|、キーウの住宅が|壊れた|」.
STRIKE = re.compile(
    r"(?:の|による(?:[^、。「」はがを]{0,30}の)?|(?P<suffered>から))(?P<aim>[^、。「」]{1,12}への)?(?:新たな|激しい|大規模な)?[一-鿿ァ-ヶー]{0,6}?"
    rf"(?P<noun>{STRUCK.pattern})(?:で|に?より|によって|を受け(?:て|、|た))(?!は)"
)
# A weapon's test that others answer: 「隣国による|弾道ミサイルの発射を受け|、首相は…」.
TESTED = re.compile(
    r"(?:の|による)(?:[^、。「」はが]{0,20}?(?:ミサイル|ロケット|飛翔体|衛星|ICBM)\)?の?|[^、。「」はが]{0,8}?)"
    r"(?P<noun>(?<=[ルト体星M)の])発射|核実験)(?:実験|強行)?(?:を受け|を巡|をめぐ|への対応)"
)
HARM = re.compile(r"死亡|負傷|死傷|けが|犠牲|損傷|壊れ|被害|炎上|停電|倒壊|破壊|火災|殺害|死者|反撃|応戦|銃撃戦")


def acts_in_passing(scene: Scene, sentence: Sentence, rows: Mapping[str, Row], told: list[Event]) -> Iterator[Event]:
    """The visits and the grounds that a sentence mentions beside what it tells; ``rows`` are those of nouns."""
    if (visit := rows.get("訪問")) is not None:
        yield from _visits(scene, sentence, visit, told)
    yield from _grounds(scene, sentence, rows, told)
    yield from _strikes(scene, sentence, rows, told)
    yield from _tests(scene, sentence, rows, told)


def _visits(scene: Scene, sentence: Sentence, row: Row, told: list[Event]) -> Iterator[Event]:
    for start, end, host in _hosts(scene, sentence):
        clause = _clause_at(sentence, start)
        if clause is None or clause.inside >= 0 or lies_ahead(scene, sentence, governor_of(sentence, clause)):
            continue
        named = WHO.match(scene.text, end)
        visitor = _first_at(scene, named.end() if named else end) or agent_of(scene, sentence, clause, story=True)
        if visitor and len(visitor.codes) == 1 and host not in visitor.codes and visitor.sector != MEDIA:
            time = when_done(scene, sentence, clause, visitor.codes, told)
            party = Party((host,), (), None, start, end)
            act = Act(sentence, clause, row, type_of(row, scene.world), visitor, party, time, "actual")
            yield event_record(scene, act, (min(start, max(visitor.start, sentence.start)), max(end, visitor.end)))


def _hosts(scene: Scene, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Where a visit is mentioned, and to which state."""
    for match in AT_PLACE.finditer(scene.text, sentence.start, sentence.end):
        named = next((n for n in _places(scene, sentence) if n[0] == match.end()), None)
        if named is not None and scene.text.startswith(("で", "において"), named[1]):
            yield match.start(), named[1], named[2]
    told_of = scene.text.find("訪問", sentence.start, sentence.end) >= 0
    for begin, end, code in _places(scene, sentence) if told_of else ():
        if there := WHEN_THERE.match(scene.text, end):
            yield begin, there.end(), code
    entered = ENTERED.search(scene.text, sentence.start, sentence.end) is not None
    for begin, end, code in _places(scene, sentence) if entered else ():
        if there := ENTERED.match(scene.text, end):
            yield begin, there.end(), code
    for match in SHORT.finditer(scene.text, sentence.start, sentence.end):
        if host := "JPN" if match["home"] else scene.world.abbreviations.get(match["state"]):
            yield match.start(), match.end(), host


def _places(scene: Scene, sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """The states and the places of one state that a sentence names."""
    for name in scene.names_in(sentence.start, sentence.end):
        if name.what in ("place", "state") and len(name.candidates) == 1:
            yield name.start, name.end, name.candidates[0]


def _clause_at(sentence: Sentence, at: int) -> Clause | None:
    later = (c for c in sentence.clauses if c.inside < 0 and c.predicate_start >= at)
    return next((c for c in later if not c.relative), None)


def _first_at(scene: Scene, at: int) -> Party:
    """The person or state that begins at an offset: 「訪日中の|独首相|」."""
    actors = scene.actors.actors
    first = bisect_left(scene.starts, at)
    actor = actors[first] if first < len(actors) and actors[first].start <= at + 1 else None
    return _as_party(actor) if actor is not None and not scene.text[at : actor.start].strip("、") else NOBODY


def _as_party(actor: Actor) -> Party:
    people = (actor.person,) if actor.person else ()
    return Party(actor.codes, people, actor.sector, actor.start, actor.end)


def _grounds(scene: Scene, sentence: Sentence, rows: Mapping[str, Row], told: list[Event]) -> Iterator[Event]:
    if ASKED.search(scene.text, sentence.start, sentence.end) is None:
        return
    for match in GROUND.finditer(scene.text, sentence.start, sentence.end):
        row, clause = rows.get(match["noun"]), _clause_at(sentence, match.start("noun"))
        asking = _asking(scene, sentence, match.start())
        if row is None or clause is None or not asking or clause.inside >= 0:
            continue
        asked = agent_of(scene, sentence, clause, story=True) or _visitor(asking, told)
        if asked and not set(asked.codes) & set(asking.codes) and asked.sector != MEDIA:
            act = Act(sentence, clause, row, type_of(row, scene.world), asking, asked, When(None, None), "actual")
            yield event_record(scene, act, (asking.start, match.end()))


def _asking(scene: Scene, sentence: Sentence, until: int) -> Party:
    """Who asks: the party right before 「の招待」."""
    before = [a for a in scene.actors_in(sentence.start, until) if a.end <= until]
    if not before or not scene.organs.fullmatch(scene.text[before[-1].end : until]):
        return NOBODY
    if len(before) > 1 and scene.text[before[-2].end : before[-1].start] in ("と", "、", "・"):
        return joined(_as_party(before[-2]), _as_party(before[-1]))  # 「|甲国と乙国|の要請を受け」
    return _as_party(before[-1])


def _visitor(host: Party, told: list[Event]) -> Party:
    """「来日は、首相の招待に応えたものです」: who came, as it was told before."""
    visits = [e for e in told if e.rule.startswith(MEETING) and set(e.recipient) == set(host.codes)]
    return Party(visits[-1].actor, (), None, host.start, host.start) if visits else NOBODY


def _strikes(scene: Scene, sentence: Sentence, rows: Mapping[str, Row], told: list[Event]) -> Iterator[Event]:
    if STRUCK.search(scene.text, sentence.start, sentence.end) is None:
        return
    for match in STRIKE.finditer(scene.text, sentence.start, sentence.end):
        row, clause = rows.get(match["noun"]), _clause_at(sentence, match.end() - 1)
        striking = _asking(scene, sentence, match.start())
        if row is None or clause is None or not striking or lies_ahead(scene, sentence, clause):
            continue
        hit = _struck(scene, sentence, match, striking)
        if HARM.search(scene.text, match.end(), sentence.end) and clause.inside < 0:
            time = when_done(scene, sentence, clause, striking.codes, told)
            act = Act(sentence, clause, row, type_of(row, scene.world), striking, hit, time, "actual")
            yield event_record(scene, act, (striking.start, clause.end))


def _tests(scene: Scene, sentence: Sentence, rows: Mapping[str, Row], told: list[Event]) -> Iterator[Event]:
    for match in TESTED.finditer(scene.text, sentence.start, sentence.end):
        row, clause = rows.get(match["noun"]), _clause_at(sentence, match.end() - 1)
        testing = _asking(scene, sentence, match.start())
        if row is not None and clause is not None and testing and not lies_ahead(scene, sentence, clause):
            kind = type_of(row, scene.world)
            act = Act(sentence, clause, row, kind, testing, NOBODY, When(None, None), "actual")
            yield event_record(scene, act, (testing.start, match.end("noun")))


def _struck(scene: Scene, sentence: Sentence, match: re.Match[str], striking: Party) -> Party:
    """Who was hit: named before 「への攻撃」, else the one state that the harm is told to have befallen."""
    begin, end = match.span("aim") if match["aim"] else (match.end(), sentence.end)
    named = [p for p in _places(scene, sentence) if begin <= p[0] and p[1] <= end]
    codes = {code for _, _, code in named} - set(striking.codes)
    if match["suffered"] and not codes:
        before = [p for p in _places(scene, sentence) if p[1] <= striking.start]
        codes = {code for _, _, code in before[-1:]} - set(striking.codes)
    return Party((codes.pop(),), (), None, begin, begin) if len(codes) == 1 else NOBODY
