"""ordinal and occasion: the place of a thing in the page's own list, the number of a meeting in its series, firsts, and
meetings of one series told as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.checks.case import Case
from jitsuroku.records import Actor, Flag, Row, Sentence

RULE = "checks/ordinals#"
PLACE_IN_LIST = re.compile(
    r"(?:(?:この|その)?うち、?)?([1-9一二三四五六七八九])(?:番目|つ目|件目)(?:に当たる|の|である|は、?)(?:(\d{2}|\d{4})年)"
)
# 「三つの協定のうち、|最初の2010年の|協定」.
FIRST_OR_LAST = re.compile(r"のうち、?(最初|最後)の(\d{4})年")
ONE_DATE = r"(?:(?:昨年|今年|去年|一昨年|同年|\d{2,4}年)(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?)"
FOLLOWING = re.compile(
    rf"(?P<list>{ONE_DATE}(?:の[^、。「」と]{{1,12}})?(?:(?:、|と|、そして){ONE_DATE}(?:の[^、。「」と]{{1,12}})?)+)に続[くきい]て?、?"
    rf"(?P<number>[2-9{'一二三四五六七八九'}])(?:回目|度目|番目|例目|件目)"
)
DATED = re.compile(ONE_DATE)
YEAR = re.compile(r"(?<!\d)(\d{4}|\d{2})年(?!間|以|前|後|ぶり|代)")
KANJI = "一二三四五六七八九"
FEWEST = 3
# How far before a meeting its number may begin.
HEAD = 10
NUMBER = r"第(\d+)回"
MEETING = r"(?:首脳会議|首脳会合|サミット|首脳理事会|加盟国首脳会議)"
NAMED = re.compile(rf"{MEETING}$")
NAMED_AFTER = re.compile(rf"(?:\([^()]*\))?(?:加盟国|各国)?{MEETING}")
# What tells the number behind the meeting: 「SCO首脳理事会|第24回会議|」, 「サミットは、|3回目の首脳会議となった|」; of 「日本では3回目」 another is counted.
BEHIND = re.compile(
    rf"の?{NUMBER}(?:会議|会合|首脳会議)|(?:\([^()]*\))?は(?:今回(?:で|が)|これで)?、?(\d{{1,3}})回目(?:の(?:首脳会議|首脳会合|サミット|会議))?(?:で|と|だ|に当た)"
)
FIRST = r"(?:初|初めて)(?:の|となる)"
MONTH = len("2025-06")


def places_in_a_list(case: Case) -> Iterator[Flag]:
    """「1972年の声明、78年の条約、98年の宣言を指す。このうち2番目の98年の宣言」: it is the third."""
    for sentence in case.sentences_with("目"):
        for m in PLACE_IN_LIST.finditer(case.text, sentence.start, sentence.end):
            years = _list_before(case, sentence)
            year = _short(m[2])
            told = int(m[1]) if m[1].isdigit() else KANJI.index(m[1]) + 1
            if years.count(year) != 1 or len(years) < max(FEWEST, told):
                continue
            right = years.index(year) + 1
            if right != told:
                message = f"in the list before, {m[2]}年 stands in place {right} of {len(years)}, not {told}"
                yield case.flag("ordinal", "error", m.span(), message, str(right), RULE + "place-in-list")


def firsts_and_lasts_of_a_list(case: Case) -> Iterator[Flag]:
    """「2005年、2010年、2015年の協定のうち、最初の2010年の協定」: the first is that of 2005, by place and by year."""
    for sentence in case.sentences_with("最"):
        for m in FIRST_OR_LAST.finditer(case.text, sentence.start, sentence.end):
            years = [y[1] for y in YEAR.finditer(case.text, sentence.start, m.start())] or _list_before(case, sentence)
            told = m[2] if years and len(years[0]) == len(m[2]) else _short(m[2])
            if len(years) < FEWEST or years.count(told) != 1:
                continue
            place, right = (0, min(years)) if m[1] == "最初" else (-1, max(years))
            if told not in (years[place], right):
                message = f"of the years listed the {'first' if place == 0 else 'last'} is {years[place]}, not {told}"
                yield case.flag("ordinal", "error", m.span(), message, years[place], RULE + "first-or-last")


def counted_on(case: Case) -> Iterator[Flag]:
    """「昨年11月、今年5月に続き2回目」: two came before. A higher number may count others that are not told of."""
    for sentence in case.sentences_with("に続"):
        for m in FOLLOWING.finditer(case.text, sentence.start, sentence.end):
            before = len(DATED.findall(m["list"]))
            told = int(m["number"]) if m["number"].isdigit() else KANJI.index(m["number"]) + 1
            if told <= before:
                message = f"after {before} it is number {before + 1} at least, not {told}"
                yield case.flag("ordinal", "error", m.span(), message, str(before + 1), RULE + "counted-on")


def _list_before(case: Case, sentence: Sentence) -> list[str]:
    """The years of the sentence right before, in the paragraph's own order."""
    earlier = [s for s in case.sentences if s.paragraph == sentence.paragraph and s.end <= sentence.start]
    if not earlier:
        return []
    return [_short(m[1]) for m in YEAR.finditer(case.text, earlier[-1].start, earlier[-1].end)]


def _short(year: str) -> str:
    return year[-2:]


def numbers_in_a_series(case: Case) -> Iterator[Flag]:
    """「第3回C5+1首脳会議」 on a day for which the series has another number; 「初の…」 where it is not the first.

    A note: formats count their meetings in more than one way.
    """
    for sentence, actor, rows in _meetings(case):
        end = _end_of_meeting(case, actor)
        if end is None:
            continue
        row = _on(case, sentence, rows)
        if row is None or not row["number"].isdigit() or row["number"] == row["date"][:4]:
            continue
        told = _told(case, sentence, (actor.start, end))
        if told is None or told[0] == int(row["number"]):
            continue
        number, begin, end = told
        message = f"{row['series']} counts the meeting of {row['date']} as number {row['number']}, not {number}"
        yield case.flag("ordinal", "note", (begin, end), message, row["number"], RULE + "series")


def _end_of_meeting(case: Case, actor: Actor) -> int | None:
    """Where 「C5+1|首脳会議|」 or 「G7サミット」 ends; None where the format alone is named."""
    if NAMED.search(case.text[actor.start : actor.end]):
        return actor.end
    after = NAMED_AFTER.match(case.text, actor.end)
    return after.end() if after else None


def _told(case: Case, sentence: Sentence, named: tuple[int, int]) -> tuple[int, int, int] | None:
    """The number the page gives a meeting and where: |第3回|C5+1首脳会議, C5+1首脳会議の|第3回|会合, |初の|C5+1首脳会議."""
    start, end = named
    head = case.text[max(sentence.start, start - HEAD) : start]
    if m := re.search(rf"(?:{NUMBER}|(?<!\d)(\d{{1,3}})回目)(?:の|目の|となる|目となる)?$", head):
        return int(m[1] or m[2]), start - len(m[0]), end
    if m := re.search(rf"{FIRST}$", head):
        return 1, start - len(m[0]), end
    behind = BEHIND.match(case.text, end)
    return (int(behind[1] or behind[2]), start, behind.end()) if behind else None


def mixed_occasions(case: Case) -> Iterator[Flag]:
    """A meeting placed where another meeting of the same series was held: 「2025年6月、西安で開かれた中国・中央アジアサミット」."""
    for sentence, actor, rows in _meetings(case):
        if _end_of_meeting(case, actor) is None:
            continue
        row = _on(case, sentence, rows)
        if row is None or not row["place"] or row["place"] in case.text[sentence.start : sentence.end]:
            continue
        own = [p for p in _places(case, sentence) if p in {r["place"] for r in rows}]
        if len(set(own)) != 1:
            continue
        at = case.text.find(own[0], sentence.start)
        wrong = next(r for r in rows if r["place"] == own[0])
        message = f"{row['series']} met on {row['date']} in {row['place']}; in {own[0]} it met on {wrong['date']}"
        span = min(at, actor.start), max(at + len(own[0]), actor.end)
        yield case.flag("occasion", "doubt", span, message, row["place"], RULE + "occasion")


def _meetings(case: Case) -> Iterator[tuple[Sentence, Actor, tuple[Row, ...]]]:
    """Every naming of a format whose meetings are known, with its sentence."""
    for actor in case.actors.actors:
        rows = case.world.listed.meetings.get(actor.codes[0]) if len(actor.codes) == 1 else None
        sentence = case.sentence_at(actor.start) if rows else None
        if sentence is not None and rows:
            yield sentence, actor, rows


def _on(case: Case, sentence: Sentence, rows: tuple[Row, ...]) -> Row | None:
    """The one meeting of the series that falls on the one day or month the sentence tells of."""
    dates = {d.value for d in case.dates_in(sentence.start, sentence.end)}
    if len(dates) != 1:
        return None
    value = dates.pop()
    if "/" in value or len(value) < MONTH:
        return None
    found = [r for r in rows if r["date"] and _meets(value, r["date"])]
    return found[0] if len(found) == 1 else None


def _meets(value: str, interval: str) -> bool:
    first, _, last = interval.partition("/")
    size = min(len(value), len(first))
    return first[:size] <= value[:size] <= (last or first)[:size]


def _places(case: Case, sentence: Sentence) -> list[str]:
    """Places where the sentence says that something was held: 「西安で開かれた」."""
    pattern = re.compile(r"([ァ-ヶー一-龥]{2,10})(?:で|において)(?:開|行|開催|の)")
    return [m[1] for m in pattern.finditer(case.text, sentence.start, sentence.end)]
