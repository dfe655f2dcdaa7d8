"""When an act took place or is to: the date that goes with a clause, or that of what the page tells of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as day
from datetime import timedelta

from jitsuroku.coding.ahead import is_later, lies_ahead
from jitsuroku.coding.scene import Scene
from jitsuroku.records import Clause, Date, Event, Sentence

YEAR = 365
SET_OFF = re.compile(r"(?:で|に)?は?[、,]")
STAY = re.compile(r"([2-9]|1\d)日間(?:の|にわたる)[^。、]{0,12}を(?:終え|終了|締めくく|閉じ)")
# By when something is to be done, not when it is promised: 「年末|までに|供与する」, 「10年|以内に|」.
HORIZON = re.compile(r"(?:末)?(?:までに?|以内|中に|間(?:で|に|、)|内に)")
WITHIN = re.compile(r"(?:年内|月中|年中|月内|週内|末)$")
# How many paragraphs an occasion lasts, and how precise its day must be.
PAST = re.compile(
    r"かつて|以前|これまで(?!の)|過去(?!の)|当時|従来(?!の)|長年(?!の)|もともと|元々|依然|伝統的|歴史的に|\d年前|近年|頻繁|しばしば|たびたび|就任後|再任後|発足後|ここ数|時代|戦後|冷戦中"
)
# The same day by another clock: 「4日(|日本時間5日|)」.
IN_OTHER_TIME = re.compile(r"\((?:日本|現地|中国|韓国|北京|米国?(?:東部)?)時間(?:では?)?$")
# When a story was sent: 「港通信カイロ|5月4日|(記者/甲乙)外相は3日」.
# 「18日|に続いて|会談した」: another day than that of the act.
ANOTHER = re.compile(r"に(?:続[いき]|次[いぐ]|引き続)|以来|ぶり")
SENT = re.compile(r"\((?:記者|編集)|】|[発電](?:[=\s]|$)")
# What goes on: 「|いまだ|拘束されたままで」, 「|引き続き|解放を求める」.
STILL = re.compile(r"いまだ|未だに|今なお|今も|いまも")
# Who is there on the day of what is told: 「首相は3日、|港を訪れた|大統領と会談した」.
COMING = re.compile(r"訪|来[日中韓米訪]|滞在|到着|出席|参加")
OFTEN = re.compile(r"頻繁|しばしば|たびたび|近年")
GOES_ON = re.compile(r"引き続き(?!の)")
# What belongs to no single occasion: 「|近年|、頻繁に会談している」.
SINCE_LONG = re.compile(r"[てで]き(?:た|て|まし)")
OTHER_TIMES = re.compile(
    r"それから[^、。]{0,12}(?:うち|後|たっ|経っ)|"
    r"これまで(?!どおり|通り|の)|過去に|かつて|近年|頻繁|しばしば|たびたび|(?:就任|再任|発足)後|\d年前|長年(?!の)|時代"
)
THEN = re.compile(r"^(?:このとき|この時|その時|そのとき|当時)|\(当時\)")
PLUPERFECT = re.compile(r"[てで]い(?:た|ました)(?:が、[^。]*)?[。]?$")
YEARS, MONTH = len("2025"), len("2025-06")
OBJECTS = ("を", "に", "について", "に対して", "によって")
# A text that was told of before.
TEXT = re.compile(r"(?:同|この)?(?:談話|声明|宣言|書簡|論評|共同声明|首脳宣言)")
# Texts in which whoever puts them out speaks.
JOINT, TOPICS = "joint-statement", ("は", "も")
ISSUED = frozenset({JOINT, "readout", "transcript"})
# How the words end that somebody tells: 「通信は1日、前日に両首脳が|会談したと|伝えた」.
REPORTED = ("quote", "relative")
STORY, DAY = 4, len("2025-06-16")


@dataclass(frozen=True, slots=True)
class When:
    """A date with its basis; both None when the page gives none."""

    date: str | None
    basis: str | None


def when_done(scene: Scene, sentence: Sentence, clause: Clause, acting: tuple[str, ...], told: Sequence[Event]) -> When:
    """The date an act carries in its own sentence, else that of the occasion the story is telling of.

    「首相は16日、大統領と会談した。首相は投資の拡大を求めた」: it was asked for on the 16th too.
    """
    own = [d for d in _own_dates(scene, sentence, clause) if not _is_horizon(scene, d)]
    if own:
        return _whole_stay(scene, clause, _day_told(scene, sentence, clause, own))
    if clause.relative and (head := next(iter(scene.dates_in(clause.end, clause.end + 1)), None)):
        return _when(head)
    if told_on := _day_of_telling(scene, sentence, clause):
        return _when(told_on)
    carried = clause.head is not None and clause.head.head in scene.carriers
    if (clause.relative and not carried) or _had_been_done(scene, clause):
        return When(None, None)
    if _is_said_here(scene, clause):
        return When(scene.document.anchor, "anchor")
    if issued := _day_of_text(scene, clause, acting, told):
        return When(issued, "previous date")
    return _occasion(scene, sentence, clause, acting, told)


def _day_of_telling(scene: Scene, sentence: Sentence, clause: Clause) -> Date | None:
    """「両国は、|電話を復旧させると|18日|発表した」: what is promised or asked is so on the day of the words."""
    spoken = clause.ending in ("quote", "you") and clause.tense == "nonpast" and clause.inside < 0
    later = (c for c in sentence.clauses if c.inside < 0 and not c.relative and c.predicate_start >= clause.end)
    teller = next(later, None) if spoken else None
    if teller is None or teller.predicate not in scene.speech:
        return None
    days = scene.dates_in(clause.end, teller.end)
    held = [d for d in days if any(c.relative and c.start <= d.start < c.end for c in sentence.clauses)]
    return days[0] if len(days) == 1 and not held and len(days[0].value) == DAY else None


def _day_of_text(scene: Scene, clause: Clause, acting: tuple[str, ...], told: Sequence[Event]) -> str | None:
    """「外務省は2日、|談話を発表した|。3日、…。|談話は|攻撃を非難した」: the day on which the text was put out."""
    texts = (scene.text[a.start : a.end] for a in clause.arguments if a.particle == "は")
    text = next((words for words in texts if TEXT.fullmatch(words)), None)
    putting = (e for e in reversed(told) if text and text in e.evidence.text and set(acting) & set(e.actor))
    return next((e.date for e in putting if e.date is not None and len(e.date) == DAY and not e.background), None)


def _is_said_here(scene: Scene, clause: Clause) -> bool:
    """「我が国は、攻撃を強く|非難します|」: a text put out on the page's day says so on that day."""
    anchor, joint = scene.document.anchor, scene.document.genre.value == JOINT
    now = clause.ending == "main" and (clause.tense == "nonpast" or joint) and clause.aspect != "continuing"
    by_itself = now and not clause.relative and clause.inside < 0 and clause.predicate in scene.performatives
    return by_itself and scene.document.genre.value in ISSUED and anchor is not None and len(anchor) == DAY


def put_out(
    scene: Scene, sentence: Sentence, clause: Clause, issuing: Clause, acting: tuple[str, ...], told: Sequence[Event]
) -> When:
    """The date of what one clause describes and another puts out: 「|3日に|隣国を非難する談話を発表した」."""
    own = [d for c in (issuing, clause) for d in _own_dates(scene, sentence, c) if not _is_horizon(scene, d)]
    return _whole_stay(scene, issuing, own[0]) if own else when_done(scene, sentence, issuing, acting, told)


def _day_told(scene: Scene, sentence: Sentence, clause: Clause, dates: list[Date]) -> Date:
    """The day of what is announced, not of the announcement: 「首相は|16日、18日に|港を訪れると発表した」, 「通信は|21日、|両首脳が
    |20日に|会談したと伝えた」."""
    first, *others = dates
    inside = [d for d in others if d.start > first.end]
    if not inside:
        return first
    told = clause.ending in REPORTED or lies_ahead(scene, sentence, clause)
    beside = scene.text[first.end : inside[0].start] in ("、", "日、")
    of_own = any(a.particle == "が" and first.end <= a.start and a.end <= inside[0].start for a in clause.arguments)
    return inside[0] if (beside and told) or of_own else first


def _had_been_done(scene: Scene, clause: Clause) -> bool:
    """「撤回を|求めていた|」, 「関与を|否定してきた|」: it was so before the day of the story."""
    before = clause.aspect == "continuing" and clause.tense == "past"
    return before or SINCE_LONG.search(scene.text, clause.predicate_start, clause.end) is not None


def _whole_stay(scene: Scene, clause: Clause, date: Date) -> When:
    """The days of what is told on its last one: 「首脳会議は|21日|、討議を行い、|3日間の日程を終えた|」."""
    stay = STAY.search(scene.text, date.end, max(date.end, clause.end))
    if stay is None or len(date.value) != DAY:
        return _when(date)
    last = day.fromisoformat(date.value)
    return When(f"{last - timedelta(days=int(stay[1]) - 1)}/{last}", date.basis)


def _is_horizon(scene: Scene, date: Date) -> bool:
    if "/" in date.value and len(date.value) > DAY:
        return False
    limited = HORIZON.match(scene.text, date.end) is not None
    return limited or (WITHIN.search(scene.text[date.start : date.end]) is not None and len(date.value) < DAY)


def _own_dates(scene: Scene, sentence: Sentence, clause: Clause) -> tuple[Date, ...]:
    """The dates inside the clause, then those before it in the sentence, the nearest first."""
    before = scene.dates_in(sentence.start, clause.start)
    near = (*scene.dates_in(clause.start, clause.end), *reversed(before))
    own = (d for d in near if not IN_OTHER_TIME.search(scene.text[max(0, d.start - 8) : d.start]))
    own = (d for d in own if not SENT.match(scene.text, d.end) and not ANOTHER.match(scene.text, d.end))
    return tuple(d for d in own if not (_is_quoted(sentence, clause, d) or _is_of_another(scene, sentence, clause, d)))


def _is_quoted(sentence: Sentence, clause: Clause, date: Date) -> bool:
    """「国防相は12日、「|昨年|、一覧を渡された」と苦言を呈した」: the day within the words is not that of the saying."""
    if clause.inside >= 0:
        return False
    return any(q.start <= date.start < q.end and q.end <= clause.predicate_start for q in sentence.quotations)


def _is_of_another(scene: Scene, sentence: Sentence, clause: Clause, date: Date) -> bool:
    """「|6月に|隣国が港を攻撃したことを非難した」: the day is that of the attack; that of a meeting is also that of who is there
    (「|3日に|開かれる式典に出席する」), not of who welcomes it (「|3日に|開かれた協議を歓迎した」); so is that of the text or the talks in which it was done (「|3日に|出した声明で」).

    A day set off by a comma belongs to what all leads up to: 「両国は|6月、|互いを助けると定めた条約に署名した」.
    """
    holding = [c for c in sentence.clauses if any(a.start <= date.start < a.end for a in c.arguments)]
    occasions = [c.head for c in holding if c.head is not None and c.head.particle == "で"]
    if any(o in clause.arguments or SET_OFF.match(scene.text, o.end) for o in occasions):
        return False
    heard = clause.predicate in scene.performatives
    if any(scene.words("occasions held").match(c.predicate) and c.head in clause.arguments for c in holding):
        return heard
    if any(_is_of_object(scene, c, date) for c in holding) or _describes_who(scene, sentence, clause, date):
        return True
    if SET_OFF.match(scene.text, _end_of_phrase(sentence, date)):
        # 「大臣は|3日、|港を封鎖した隣国を批判した」: the day is that of the whole.
        thing = clause.head if clause.relative else None
        there = COMING.match(clause.predicate) or scene.words("occasions held").match(clause.predicate)
        described = thing is not None and thing.head not in scene.carriers and not there
        return described and scene.text[date.start - 1] in TOPICS
    return bool(holding) and clause not in holding and all(_is_described(sentence, c) for c in holding)


def _is_described(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause tells of a thing, by itself or with the next: 「|3日に港を訪れて|行った演説を批判した」."""
    joined = clause.ending in ("te", "renyo")
    return clause.relative or (joined and any(c.relative and c.start == clause.end for c in sentence.clauses))


def _is_of_object(scene: Scene, clause: Clause, date: Date) -> bool:
    """「外相は3日、|13日の|首脳会談を批判した」: the day of what is blamed, praised or asked for."""
    if clause.predicate not in scene.performatives or not scene.text.startswith("の", date.end):
        return False
    return any(a.start <= date.start < date.end < a.end and a.particle in OBJECTS for a in clause.arguments)


def _describes_who(scene: Scene, sentence: Sentence, clause: Clause, date: Date) -> bool:
    """「|昨年|創設された部隊は、基地を攻撃した」: when those came to be who act."""
    described = (c for c in sentence.clauses if c.relative and c is not clause and c.start <= date.start < c.end)
    own = [a for a in clause.arguments if a.particle in ("は", "が")]
    held = scene.words("occasions held")
    return len(date.value) < DAY and any(c.head in own and not held.match(c.predicate) for c in described)


def _end_of_phrase(sentence: Sentence, date: Date) -> int:
    """Where the phrase ends that a date opens: 「|7日の会見で|、」."""
    ends = [a.end for c in sentence.clauses for a in c.arguments if a.start == date.start]
    return min(ends, default=date.end)


def _occasion(scene: Scene, sentence: Sentence, clause: Clause, acting: tuple[str, ...], told: Sequence[Event]) -> When:
    if _is_of_other_times(sentence, clause, OTHER_TIMES.finditer(scene.text, sentence.start, sentence.end)):
        return When(None, None)
    if THEN.search(scene.text[sentence.start : sentence.end]):
        return _that_time(scene, sentence)
    dateline = _dateline(scene, sentence)
    if dateline is not None:
        return When(dateline.value, "previous date")
    if _goes_on(scene, clause):
        return _news(scene, sentence)
    first = scene.story_begins(sentence.paragraph, STORY)
    lasting: When | None = None
    for event in reversed(told):
        if event.evidence.start < first:
            break
        if _is_day_of_the_story(scene, event) and set(acting) & _there(scene, event):
            later = _day_since(scene, event.evidence.end, sentence.start) or ""
            found = _on(max(later, event.date or ""))
            if found.date is not None and len(found.date) == DAY:
                return found
            lasting = lasting or found
    return lasting or _news(scene, sentence)


def _there(scene: Scene, event: Event) -> set[str | None]:
    """Who may act on at an event: those who meet, with the members of a format; of a deed or a promise those who do it,
    since the other side answers on a day of its own (「甲国は|2日|、港を攻撃した。乙国は強く反発した」)."""
    meeting = any(t.symmetric and t.code == event.type for t in scene.world.event_types.values())
    named = {*event.actor, event.framework, *(event.recipient if meeting else ())}
    return named.union(*(scene.members.get(code or "", frozenset()) for code in named))


def _on(date: str) -> When:
    """The day of an occasion; of one that lasts for days no more than the month: 「|2日から3日まで|協議した。両国は合意した」."""
    first, _, last = date.partition("/")
    if not last:
        return When(date, "previous date")
    return When(first[:MONTH], "previous date") if first[:MONTH] == last[:MONTH] else When(None, None)


def _is_of_other_times(sentence: Sentence, clause: Clause, words: Iterator[re.Match[str]]) -> bool:
    """「|近年、|頻繁に会談している」; not 「協議が|頻繁に|開かれていることを歓迎した」, where they are about the thing."""
    within = [c for c in sentence.clauses if c.relative and c is not clause]
    return any(not (OFTEN.match(word[0]) and any(c.start <= word.start() < c.end for c in within)) for word in words)


def _goes_on(scene: Scene, clause: Clause) -> bool:
    """「|いまだ|拘束されたままで」, 「|引き続き|解放を求める」; that 「|引き続き|連携することで一致した」 is of a day."""
    now = clause.ending == "main" and clause.tense == "nonpast"
    still = STILL.search(scene.text, clause.start, clause.predicate_start)
    return bool(still) or (now and GOES_ON.search(scene.text, clause.start, clause.predicate_start) is not None)


def _that_time(scene: Scene, sentence: Sentence) -> When:
    """「1983年10月にも橋が壊された。|このときは|隣国の工作員が大統領(当時)の暗殺を企てた」: the time told just before, or none;
    of several the year."""
    before = scene.sentences_until(sentence.start - 1)[-1:]
    days = {d.value for s in before for d in scene.dates_in(s.start, s.end)}
    told = days if len(days) < 2 else {value[:YEARS] for value in days}
    return When(told.pop(), "previous date") if len(told) == 1 else When(None, None)


def _dateline(scene: Scene, sentence: Sentence) -> Date | None:
    """The day in a line without a predicate that opens the paragraph: 「|カタール、5月14日。|大統領は首長と会った。」."""
    opening = scene.paragraph(sentence.paragraph)[0]
    dates = scene.dates_in(opening.start, opening.end)
    return dates[0] if len(dates) == 1 and not opening.clauses and len(dates[0].value) == DAY else None


def _day_since(scene: Scene, start: int, end: int) -> str | None:
    """The last day that opens a sentence between two offsets: 「|21日は|会合に出た」."""
    between = scene.sentences_until(end - 1)[len(scene.sentences_until(start - 1)) :]
    opening = [d for s in between for d in scene.dates_in(s.start, s.start + 1)]
    days = [d.value for d in opening if len(d.value) == DAY and not is_later(d.value, scene.document.anchor)]
    return days[-1] if days else None


def _is_day_of_the_story(scene: Scene, event: Event) -> bool:
    told = event.date is not None and len(event.date.split("/")[0]) >= DAY and not event.background
    if not told or is_later(event.date, scene.document.anchor):
        return False
    sentence = scene.sentence_of(event.evidence.start)
    return sentence is None or not looks_back(scene, sentence)


def looks_back(scene: Scene, sentence: Sentence) -> bool:
    """「政権は先月28日、停止を|発表していました|。」: what had happened before is no day to go on from."""
    return PLUPERFECT.search(scene.text, sentence.start, sentence.end) is not None


def _news(scene: Scene, sentence: Sentence) -> When:
    """The month of the page, for what it tells as news without a day: what is told in the past and not as the past."""
    anchor = scene.document.anchor
    if anchor is None or len(anchor) < MONTH or PAST.search(scene.text, sentence.start, sentence.end):
        return When(None, None)
    return When(anchor[:MONTH], "anchor")


def when(scene: Scene, sentence: Sentence, clause: Clause) -> When:
    """The date inside the clause, else the nearest before it in the sentence, else after it, else the paragraph's."""
    inside = scene.dates_in(clause.start, clause.end)
    if inside:
        return _when(inside[0])
    before = [
        d for d in scene.dates_in(sentence.start, clause.start) if not _is_of_another_subject(sentence, clause, d)
    ]
    if before:
        return _when(before[-1])
    if clause.relative:
        return When(None, None)
    for earlier in reversed(scene.sentences_until(sentence.start - 1)):
        if earlier.paragraph != sentence.paragraph:
            break
        days = [d.value for d in scene.dates_in(earlier.start, earlier.end) if _may_go_on(scene, earlier, d)]
        if days:
            return When(days[-1], "previous date")
    return When(None, None)


def _may_go_on(scene: Scene, sentence: Sentence, date: Date) -> bool:
    """Whether what follows may be of that day: 「|3日|、会談した」, not 「|昨年8月|の政変」, 「|来月5日|に予定される選挙」."""
    described = any(c.relative and c.start <= date.start < c.end for c in sentence.clauses)
    return len(date.value) == DAY and not described and not is_later(date.value, scene.document.anchor)


def _is_of_another_subject(sentence: Sentence, clause: Clause, date: Date) -> bool:
    """「長官は|5月28日|、停止を発表していたが、大統領は撤回すると述べた」: the day is the secretary's, not the president's."""
    holding = [c for c in sentence.clauses if any(a.start <= date.start < a.end for a in c.arguments)]
    own = any(a.particle in ("は", "が") and a.start > date.end for a in clause.arguments)
    return own and bool(holding) and clause not in holding


def _when(date: Date) -> When:
    return When(date.value, date.basis)


def is_background(date: str | None, anchor: str | None) -> bool:
    """More than a year before the page."""
    if not date or not anchor:
        return False
    day, page = date.split("/")[-1], anchor
    return _days(page) - _days(day) > YEAR


def _days(iso: str) -> int:
    """A day number good enough to tell a year: a bare year or month counts to its end."""
    parts = [int(p) for p in iso.split("-")]
    year, month, day = (*parts, 12, 31)[:3] if len(parts) == 1 else (*parts, 31)[:3]
    return year * YEAR + (month - 1) * 30 + day
