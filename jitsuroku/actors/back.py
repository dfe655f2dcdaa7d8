"""Words that point back -> whom they mean: 同氏, 両国, 同社, 5か国, 「大統領は」; nobody where the page leaves it open."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from jitsuroku.actors.home import JAPAN, Home
from jitsuroku.contract import fold
from jitsuroku.records import Actor, Name, Row, Sentence

_start = attrgetter("start")
# Whoever holds an office of these sectors is no party of 両国 or 両首脳.
SELF = frozenset({"BUS", "CVL", "MED", "OPP"})
SEPARATED = re.compile(r"(?:\([^()]*\))?(?:と|、|・|や|及び|および)(?:の)?")
LISTED = re.compile(r"\)?(?:\([^()]*\))?(?:、|と|・|や|及び|および|そして|ならびに|並びに)+|\)に")
TOGETHER = 60
NEAR = 8
# What follows two states that are parties, not a topic.
PARTIES = re.compile(
    r"(?:\([^()]*\))?(?:は|が|も|の?両|の?(?:首脳|政府|外相|国防相|大統領|首相|間|関係|会談|協議|次官|高官|代表)|双方|による|で(?:合意|一致))"
)
# What kind of organisation a word of one or two characters points back to, whatever the name ends in.
OF_STATES = ("organisation", "bloc", "format")
MEANT = {
    **dict.fromkeys(("紙", "誌", "通信", "テレビ"), ("media",)),
    **dict.fromkeys(("機構", "機関", "連合"), OF_STATES),
    "社": ("company", "media"),
    "党": ("party",),
    "組織": ("organisation", "military"),
}
# Pairs of people, never of states.
PERSONS = re.compile(r"[2二]人|両氏|両者")
# How many sentences back a pair may have been told of.
RECENT = 5
OF_PEOPLE = re.compile(r"首脳|国|政府|軍")
HONORIFIC = "氏"
# Where two met: 「丙国の首相|との会談で|」.
MET = re.compile(
    r"(?:\([^()]*\))?との(?:電話|個別|二国間|2国間|首脳|外相)*(?:会談|会合|協議|会見)(?:で|の席で|後|のあと)"
)
# Two who bring others together are not 「両国」: 「スイスとオーストリア|の仲介で|、両国は」.
MEDIATES = re.compile(r"(?:\([^()]*\))?の(?:共同)?(?:仲介|仲裁|主催|斡旋|あっせん|立ち会い)")
# What makes a state the place of what is told: 「ギニア|で5日、|」, 「ペルー|の首都リマでは|」; and of all that a page tells, as in
# 「ギニア|で反乱が起きた|。|軍は|…」.
PLACE = re.compile(r"(?:(?:の首都|国内|各地|全土|[東西南北中]部)[^、。]{0,20})?で(?:は)?(?:、|\d)")
SETTING = re.compile(r"(?:(?:の首都|国内|各地|全土|[東西南北中]部)[^、。]{0,20})?で(?![あはすしきも])")
# What Tokyo has not: 「|治安部隊|が出動した」 is told of another state on whatever page it stands.
ABROAD = re.compile("軍|治安|警護隊|国家警察|国境警備隊|大統領府")
# 「|中国:|救援隊が着いた。政府は…」: whose doings an item of a list tells.
LABEL = re.compile(r"(?:\([^()]*\))?:")
# Whose 「政府」 it is that a page tells of which names them, whatever state stands in it.
OF_TOKYO = re.compile(r"自衛隊|官房長官|衆院|参院|衆議院|参議院|永田町|首相官邸")
# What follows a name that the sentence is about.
TOPIC = re.compile(r"(?:\([^()]*\))?[はも]")


@dataclass(frozen=True, slots=True)
class Told:
    """What stands before a word that points back: the page's folded text, its sentences, its actors so far; and the
    listed organisations by rule; ``home`` is the state of the page's owner, ``issuers`` those whose joint text it is."""

    text: str
    sentences: tuple[Sentence, ...]
    actors: tuple[Actor, ...]
    organisations: Mapping[str, Row]
    home: Home = Home(None, frozenset())
    issuers: tuple[str, ...] = ()


def meant_by(name: Name, told: Told) -> Actor | None:
    """Whom a word means that points back; None when the page leaves it open."""
    kind = name.rule.rpartition("#")[2]
    if kind == "pair":
        return _pair(name, told)
    if kind == "same-state":
        states = [a for a in told.actors if a.what in ("state", "person") and len(a.codes) == 1 and _is_state(a)]
        state = _subordinate(states, name, told) or (states[-1] if states else None)
        return _as(name, state, "the state named last", person=False) if state else None
    if kind == "same-body":
        return _body(name, told)
    if kind == "counted":
        return _counted(name, told)
    if kind in ("own-state", "own-group"):
        return _own(name, told, (told.home.state,) if kind == "own-state" and told.home.state else told.issuers)
    return alone(name, told) if kind == "bare-organ" else _holder(name, told) or alone(name, told)


def _subordinate(states: list[Actor], name: Name, told: Told) -> Actor | None:
    """「甲国は、|乙国が|丙国と結ぶと決めたのを受け、同国と断交した」: 乙国, of whom a clause within 甲国's sentence tells."""
    sentence = _sentence_at(told, name.start)
    here = [a for a in states if sentence and sentence.start <= a.start]
    about = [a for a in here if TOPIC.match(told.text, a.end)]
    within = [a for a in here if told.text.startswith("が", a.end)]
    return within[-1] if about and len(within) == 1 and len(here) > 2 else None


def _is_state(actor: Actor) -> bool:
    return all(re.fullmatch("[A-Z]{3}", code) for code in actor.codes)


def _as(name: Name, actor: Actor, reason: str, *, person: bool = True) -> Actor:
    words = f"{reason}: {(actor.person if person else None) or '/'.join(actor.codes)}"
    found = replace(actor, start=name.start, end=name.end, what="reference", rule=name.rule, reason=words)
    return found if person else replace(found, person=None, office=None, sector=None)


def _holder(name: Name, told: Told) -> Actor | None:
    """同氏 is the person named last, 同大統領 the one in that office; 大統領 alone only where one holder was named."""
    people = [a for a in told.actors if a.person and a.what == "person"]
    written = fold(name.text).removeprefix("同")
    if written == HONORIFIC:
        people = _topics(people, told) or people
    else:
        people = [a for a in people if a.office and (a.office == written or written.endswith(a.office))]
        if not name.text.startswith("同") and len({a.person for a in people}) != 1:
            return None
    return _as(name, people[-1], "the person named last that fits") if people else None


def alone(name: Name, told: Told) -> Actor | None:
    """An office or organ without its state: the state that the sentence says it is in, else that of the page's owner,
    as long as the page has named no other state's: 「ギニアで5日、|軍が|反乱を起こした」."""
    if name.text.startswith("同"):
        return None
    place = _in_state(name, told)
    if place is not None:
        return _as(name, place, "the state that the sentence speaks of", person=False)
    abroad = ABROAD.search(name.text) is not None
    if name.rule.endswith("#bare-organ") and (told.home.state is None or abroad) and (state := _of_story(name, told)):
        return state
    others = {a.codes for a in told.actors if _is_named_with(a, name, told)}
    code = told.home.state
    if code is None or (abroad and code == JAPAN) or others - {(code,)} or not told.home.has(fold(name.text)):
        return None
    reason = f"the state of the page's owner: {code}"
    return Actor(name.start, name.end, "reference", (code,), None, name.office, None, name.rule, reason)


def _own(name: Name, told: Told, codes: tuple[str, ...]) -> Actor | None:
    """「|我が国|は、攻撃を非難します」: the state of the page's owner; within quotation marks it is that of who is quoted."""
    sentence = _sentence_at(told, name.start)
    quoted = sentence is not None and any(q.start <= name.start < q.end for q in sentence.quotations)
    if not codes or quoted:
        return None
    reason = f"whose page or joint text it is: {'/'.join(codes)}"
    return Actor(name.start, name.end, "reference", codes, None, None, None, name.rule, reason)


def _in_state(name: Name, told: Told) -> Actor | None:
    """The one state that is the place of what a sentence tells, before the word."""
    sentence = _sentence_at(told, name.start)
    before = [a for a in told.actors if sentence and sentence.start <= a.start]
    places = [a for a in before if a.what == "state" and PLACE.match(told.text, a.end)]
    return places[0] if len(before) == len(places) == 1 and len(places[0].codes) == 1 else None


def _of_story(name: Name, told: Told) -> Actor | None:
    """Whose organ it is on a page that tells of one state: the state of its item, whose organ of that name the page has
    named, which it has named alone, or in which all of it takes place."""
    if labelled := _label(name, told):
        return _as(name, labelled, "the state whose item it is", person=False)
    if OF_TOKYO.search(told.text):
        return None
    beside = [a for a in told.actors if len(a.codes) == 1 and not a.person and _is_named_with(a, name, told)]
    if len({a.codes for a in beside}) == 1:
        return _as(name, beside[-1], f"the state whose {name.text} the page has named", person=False)
    if only := _only_state(told):
        return _as(name, only, "the one state that the page has named", person=False)
    states = [a for a in told.actors if a.what == "state"]
    places = [a for a in states if SETTING.match(told.text, a.end) and not _is_listed(a, states, told)]
    first = bool(places) and places[0] is states[0]
    if first and len({a.codes for a in places}) == 1 and len(places[0].codes) == 1 and not beside:
        return _as(name, places[0], "the state in which the page's story is set", person=False)
    return None


def _is_listed(place: Actor, states: list[Actor], told: Told) -> bool:
    """「タイと|カンボジア|で3日、軍が出動した」: it may be either's."""
    return any(a.end <= place.start and LISTED.fullmatch(told.text[a.end : place.start]) for a in states)


def _label(name: Name, told: Told) -> Actor | None:
    """The state that heads the paragraph of a word."""
    sentence = _sentence_at(told, name.start)
    first = next((s for s in told.sentences if sentence and s.paragraph == sentence.paragraph), None)
    head = next((a for a in told.actors if first and a.start == first.start and a.what == "state"), None)
    return head if head is not None and LABEL.match(told.text, head.end) else None


def _only_state(told: Told) -> Actor | None:
    """The state that a page tells of, as long as it has named no other: 「ペルーで…。|警察は|…」."""
    states = [a for a in told.actors if a.codes and _is_state(a)]
    own = [a for a in states if a.what == "state"]
    return own[-1] if own and len({a.codes for a in states}) == 1 and len(own[-1].codes) == 1 else None


def _is_named_with(actor: Actor, name: Name, told: Told) -> bool:
    """Whether a state stands right before the same word, or one of its people holds the same office."""
    if not _is_state(actor):
        return False
    words, organ = told.text[actor.start : actor.end], name.text.removesuffix("側")
    beside = told.text.startswith((organ, "の" + organ), actor.end)
    return beside or actor.office == organ or (words != organ and words.endswith(organ))


def _topics(people: list[Actor], told: Told) -> list[Actor]:
    """Those whom the last sentence or the one before is about: 「甲氏は乙氏と会った。同氏は…」 goes on with 甲氏."""
    about = [a for a in people if TOPIC.match(told.text, a.end)]
    if not about or not people:
        return []
    near = _sentence_of(told, people[-1].start) - _sentence_of(told, about[-1].start)
    return about if near <= 1 else []


def _body(name: Name, told: Told) -> Actor | None:
    """同省 is the ministry named last, 同社 the firm or outlet: by its kind, or because its name ends like the word."""
    ending = fold(name.text).removeprefix("同")
    for actor in reversed(told.actors):
        if actor.what == "organisation":
            words = re.sub(r"\([^()]*\)$", "", told.text[actor.start : actor.end])
            row = told.organisations.get(actor.rule)
            kind = row["kind"] if row else "media" if actor.sector == "MED" else ""
            if words.endswith(ending) or kind in MEANT.get(ending, ()):
                return _as(name, actor, f"the {ending} named last")
    return None


def _counted(name: Name, told: Told) -> Actor | None:
    """5か国 are the five states listed together last, in this paragraph or just before."""
    count = int(re.match(r"\d+", fold(name.text))[0])  # type: ignore[index]
    for run in _runs(told):
        if _sentence_of(told, name.start) - _sentence_of(told, run[0].start) > NEAR:
            return None
        codes = tuple(dict.fromkeys(code for actor in run for code in actor.codes))
        if len(codes) == count:
            reason = f"listed together last: {'/'.join(codes)}"
            return Actor(name.start, name.end, "reference", codes, None, None, None, name.rule, reason)
    return None


def _runs(told: Told) -> Iterator[list[Actor]]:
    """States that stand in one list, the last list first: 「A、B、Cと」."""
    run: list[Actor] = []
    for actor in reversed(told.actors):
        if actor.what != "state":
            continue
        gap = told.text[actor.end : run[0].start] if run else "。"
        if run and not (gap == "" or LISTED.fullmatch(gap)):
            yield run
            run = []
        run = [actor, *run]
    if run:
        yield run


def _sentence_of(told: Told, offset: int) -> int:
    return bisect_right(told.sentences, offset, key=_start)


def _sentence_at(told: Told, offset: int) -> Sentence | None:
    number = _sentence_of(told, offset)
    sentence = told.sentences[number - 1] if number else None
    return sentence if sentence is not None and offset < sentence.end else None


def _pair(name: Name, told: Told) -> Actor | None:
    """The two parties last named together as parties: 「日米は」, 「ドイツとインドの首脳が」, 「首相は大統領と」.

    Two states that are only a topic (「ドイツとインドの情勢」) are no pair, and two of another item of the page are not where
    this one tells of others.
    """
    if met := _met_here(name, told):
        return _both(name, met, "who met in the words before")
    wanted = [a for a in told.actors if a.what in ("state", "person") and a.sector not in SELF]
    for left, right in zip(reversed(wanted[:-1]), reversed(wanted[1:]), strict=True):
        between = MEDIATES.match(told.text, right.end)
        if set(left.codes) == set(right.codes) or between or not _together(told.text, left, right):
            continue
        if OF_PEOPLE.search(name.text) and not (_is_state(left) and _is_state(right)):
            continue
        codes = tuple(dict.fromkeys((*left.codes, *right.codes)))
        if others := _two_since(right, wanted, told, codes):
            return _both(name, others, "the two sides of the sentence told last")
        people = [a.person for a in (left, right) if a.person]
        of_people = len(people) == 2 and not OF_PEOPLE.search(name.text)
        reason = f"named together last: {'/'.join(codes)}"
        person = "、".join(people) if of_people else None
        return Actor(name.start, name.end, "reference", codes, person, None, None, name.rule, reason)
    return _only_two(name, told)


def _met_here(name: Name, told: Told) -> tuple[str, ...]:
    """「|甲国の主席は|2日、指導者らと会った。…|丙国の首相との会談で、|双方は」: of many whom the first sentence's topic met, the one
    named in this sentence."""
    sentence = _sentence_at(told, name.start)
    here = [a for a in told.actors if sentence and sentence.start <= a.start and _is_state(a)]
    if len(here) != 1 or here[0].what != "person" or MET.match(told.text, here[0].end) is None:
        return ()
    first = [a for a in told.actors if a.end <= told.sentences[0].end and a.what == "person" and _is_state(a)]
    about = next((a for a in first if TOPIC.match(told.text, a.end)), None)
    if about is None or set(about.codes) & set(here[0].codes):
        return ()
    return (*about.codes, *here[0].codes)


def _only_two(name: Name, told: Told) -> Actor | None:
    """The two sides where the last sentences speak of people of two sides only, or of two states only.

    「首相は来日中の大統領と会談した。式典のあと、両首脳は庭園を歩いた」: nobody else was there.
    """
    here = _sentence_of(told, name.start)
    near = [a for a in told.actors if here - _sentence_of(told, a.start) < RECENT and len(a.codes) == 1]
    aside = {a.start for a in near if a.what == "state" and SETTING.match(told.text, a.end)}
    recent = [a for a in near if a.start not in aside and not _brings_together(a, told)]
    people = [a for a in recent if a.person and a.what == "person" and a.sector not in SELF]
    states = [a for a in recent if a.what in ("state", "person") and a.sector not in SELF and _is_state(a)]
    for sides in (people, () if PERSONS.fullmatch(name.text) else states):
        codes = tuple(dict.fromkeys(a.codes[0] for a in sides))
        if len(codes) == 2 and (all(map(_is_state, sides)) or not OF_PEOPLE.search(name.text)):
            named = dict.fromkeys(a.person for a in sides if a.person)
            person = "、".join(named) if len(named) == 2 and not OF_PEOPLE.search(name.text) else None
            reason = f"nobody else is told of in the last sentences: {'/'.join(codes)}"
            return Actor(name.start, name.end, "reference", codes, person, None, None, name.rule, reason)
    return None


def _brings_together(actor: Actor, told: Told) -> bool:
    """Whether a party only mediates, alone or listed with others: 「|スイス|とオーストリアの仲介で」."""
    rest = told.text[actor.end : actor.end + TOGETHER]
    return (
        MEDIATES.match(rest) is not None
        or re.match(r"(?:と|や|・|、)[^、。のはが]{1,12}" + MEDIATES.pattern, rest) is not None
    )


def _two_since(pair: Actor, wanted: list[Actor], told: Told, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The two of a later sentence about somebody else: 「丙国の首相は丁国を訪れ、大統領と会談した。|両首脳は|」 are not those of
    the item before."""
    its_own = _sentence_of(told, pair.end)
    later = wanted[bisect_right(wanted, pair.end, key=_start) :]
    for number, backwards in groupby(reversed(later), key=lambda a: _sentence_of(told, a.start)):
        named = [a for a in backwards if _is_state(a)][::-1]
        sides = tuple(dict.fromkeys(c for a in named for c in a.codes))
        about = any(a.what == "person" and TOPIC.match(told.text, a.end) for a in named)
        if number > its_own and len(sides) == 2 and about and not set(sides) & set(codes):
            return sides
    return ()


def _both(name: Name, codes: tuple[str, ...], reason: str) -> Actor:
    words = f"{reason}: {'/'.join(codes)}"
    return Actor(name.start, name.end, "reference", codes, None, None, None, name.rule, words)


def _together(text: str, left: Actor, right: Actor) -> bool:
    gap, after = text[left.end : right.start], text[right.end : right.end + 8]
    if gap == "" or SEPARATED.fullmatch(gap):
        return (left.what == right.what == "person") or bool(PARTIES.match(after))
    return len(gap) <= TOGETHER and gap[0] in "はがも" and after.startswith("と") and "。" not in gap
