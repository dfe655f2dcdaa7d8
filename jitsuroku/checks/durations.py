"""date: intervals that are not as long as they are said to be, 「5年ぶり」, 「翌7日」 and ages that their days do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jitsuroku.checks.case import Case
from jitsuroku.records import Date, Flag, Sentence

RULE = "checks/durations#"
WEEKDAY = r"(?:\([^()]{1,4}\))?"
FOR_DAYS = re.compile(
    rf"(?:(\d{{1,2}})月)?(?<!\d)(\d{{1,2}})日{WEEKDAY}(?:から|〜|~|-|–)(?:(\d{{1,2}})月|同月?)?(\d{{1,2}})日{WEEKDAY}(?:まで)?(?:の|、)?"
    r"(\d{1,3})日間(?!連続)"
)
FOR_YEARS = re.compile(r"(?<!\d)(\d{4})年(?:から|〜|~|-|–)(\d{4})年(?:まで)?(?:の|、)(\d{1,3})年間")
SINCE = re.compile(
    r"(?P<year>\d{4})年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:の[^、。「」\d]{1,14})?以[来後降]、?(?P<about>約|およそ|ほぼ)?(?P<years>\d{1,3})年(?:(?:余り|半|\d+[かカヶヵケ]月)|)ぶり"
)
DAYS_SINCE = re.compile(r"日(?:の[^、。「」\d]{1,14})?(?:から|以来)、?(?P<days>\d{1,3})日ぶり")
NEXT = re.compile(r"(?:その|そこから)(?P<n>\d{1,3})(?P<unit>年|[かカヶヵケ箇]月)後の")
PRECEDED = re.compile(r"(?:それ|これ)に(?:先立つ|先立って|先立ち)、?$")
NEXT_DAY = re.compile(r"(?P<which>翌日の|翌|前日の)(?:\d{1,2}月)?\d{1,2}日")
BORN = re.compile(r"(\d{4})年(?:\d{1,2}月)?(?:\d{1,2}日)?生まれの?(?:、)?(\d{2,3})歳")
DAY = len("2025-06-16")
# Days that lie further apart are told of for other reasons.
NEAR_DAYS = 4
YEARS_MAY_DIFFER = 1
# What would be longer is an interval written the wrong way round.
LONGEST = 300
# Where the page's year is not known, a year without a 29 February.
COMMON_YEAR = "2025"


def wrong_lengths(case: Case) -> Iterator[Flag]:
    """「28日から31日までの6日間」: it is four days; 「2020年から2025年までの10年間」: it is five years."""
    year = int((case.document.anchor or COMMON_YEAR)[:4])
    for sentence in case.sentences_with("間"):
        for m in FOR_DAYS.finditer(case.text, sentence.start, sentence.end):
            days = _days(m, year)
            if days is not None and int(m[5]) not in (days, days - 1):
                yield _flag(case, m.span(), f"that is {days} days, not {m[5]}", str(days), "days")
        for m in FOR_YEARS.finditer(case.text, sentence.start, sentence.end):
            years = int(m[2]) - int(m[1])
            if years > 0 and not years - 1 <= int(m[3]) <= years + 1:
                yield _flag(case, m.span(), f"that is {years} years, not {m[3]}", str(years), "years")


def _days(m: re.Match[str], year: int) -> int | None:
    """How many days an interval holds, both its ends counted; None where its month is not told."""
    first, last, month = int(m[2]), int(m[4]), int(m[1] or 0)
    other = int(m[3] or month)
    if not month:
        return last - first + 1 if last >= first and not m[3] else None
    try:
        begins, ends = date(year, month, first), date(year + (other < month), other, last)
    except ValueError:
        return None
    days = (ends - begins).days + 1
    return days if 0 < days <= LONGEST else None


def wrong_returns(case: Case) -> Iterator[Flag]:
    """「2005年以来、15年ぶりに会った」 in 2025: it is twenty years, reckoned from any day that the sentence tells of."""
    anchor = case.document.anchor
    for sentence in case.sentences_with("ぶり") if anchor else ():
        for m in SINCE.finditer(case.text, sentence.start, sentence.end):
            told = {int(y) for y in _years_told(case, sentence) if int(y) > int(m["year"])} | {int((anchor or "")[:4])}
            passed = sorted(year - int(m["year"]) for year in told)
            allowed = YEARS_MAY_DIFFER + bool(m["about"])
            if all(abs(years - int(m["years"])) > allowed for years in passed):
                message = f"from {m['year']} it is {' or '.join(map(str, passed))} years, not {m['years']}"
                yield _flag(case, m.span(), message, str(passed[-1]), "return")


def wrong_returns_by_days(case: Case) -> Iterator[Flag]:
    """「3月16日の会談から25日ぶり」 on 7 May: it is fifty-two days, reckoned to any day that the paragraph or the page tells of."""
    for sentence in case.sentences_with("日ぶり"):
        for m in DAYS_SINCE.finditer(case.text, sentence.start, sentence.end):
            since = [
                d for d in case.dates_in(sentence.start, m.end()) if d.end == m.start() + 1 and len(d.value) == DAY
            ]
            days = [
                *_days_near(case, sentence),
                *(date.fromisoformat(a) for a in [case.document.anchor or ""] if len(a) == DAY),
            ]
            passed = {(day - date.fromisoformat(d.value)).days for d in since for day in days} - {0}
            if passed and all(abs(p - int(m["days"])) > 1 for p in passed):
                right = max(passed)
                yield _flag(
                    case, (since[0].start, m.end()), f"that is {right} days, not {m['days']}", str(right), "return"
                )


def _years_told(case: Case, sentence: Sentence) -> set[str]:
    """The years of a sentence and of the one before it."""
    before = case.sentence_at(sentence.start - 1)
    start = before.start if before and before.paragraph == sentence.paragraph else sentence.start
    return {d.value[:4] for d in case.dates_in(start, sentence.end)}


def steps_between_sentences(case: Case) -> Iterator[Flag]:
    """「2010年4月8日に調印された。|その2カ月後の|2011年2月5日に発効した」: it is ten months."""
    for sentence, m, first, second in _after_the_sentence_before(case):
        months = _months(first.value, second.value)
        told = int(m["n"]) * (12 if m["unit"] == "年" else 1)
        if months is None or abs(months - told) <= (12 if m["unit"] == "年" else 1):
            continue
        message = f"from {first.value} to {second.value} it is {months} months, not {told}"
        yield _flag(case, (sentence.start, second.end), message, str(months), "step")


def _after_the_sentence_before(case: Case) -> Iterator[tuple[Sentence, re.Match[str], Date, Date]]:
    for before, sentence in zip(case.sentences, case.sentences[1:], strict=False):
        m = NEXT.match(case.text, sentence.start)
        if m is None or before.paragraph != sentence.paragraph:
            continue
        earlier = [d for d in case.dates_in(before.start, before.end) if "/" not in d.value]
        behind = [d for d in case.dates_in(m.end(), sentence.end) if d.start == m.end() and "/" not in d.value]
        if len(earlier) == 1 and behind:
            yield sentence, m, earlier[0], behind[0]


def _months(first: str, second: str) -> int | None:
    if min(len(first), len(second)) < len("2025-06"):
        return None
    return (int(second[:4]) - int(first[:4])) * 12 + int(second[5:7]) - int(first[5:7])


def preceded_by_the_later(case: Case) -> Iterator[Flag]:
    """「2011年2月に発効し、|それに先立つ|2012年4月に調印された」."""
    for sentence in case.sentences_with("先立"):
        dates = [d for d in case.dates_in(sentence.start, sentence.end) if "/" not in d.value]
        for first, second in zip(dates, dates[1:], strict=False):
            between = case.text[first.end : second.start]
            if PRECEDED.search(between) and _is_later(second.value, first.value):
                message = f"{second.value} does not come before {first.value}"
                yield _flag(case, (first.start, second.end), message, None, "precedes")


def _is_later(one: str, other: str) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]


def next_days(case: Case) -> Iterator[Flag]:
    """「5日に会談し、|翌7日|に声明を出した」, 「8日に到着した。|前日の5日|には」: no day told before or behind it is next to that day."""
    for sentence in case.sentences_with("日"):
        for m in NEXT_DAY.finditer(case.text, sentence.start, sentence.end):
            own = [d for d in case.dates_in(m.start(), m.end()) if len(d.value) == DAY]
            near = _days_near(case, sentence)
            if not own or not near:
                continue
            steps = {(date.fromisoformat(own[-1].value) - day).days for day in near if day.isoformat() != own[-1].value}
            right = 1 if m["which"].startswith("翌") else -1
            if steps and right not in steps and all(0 < step * right <= NEAR_DAYS for step in steps):
                message = f"{own[-1].value} is not the day {'after' if right > 0 else 'before'} any day told here"
                yield _flag(case, m.span(), message, None, "next-day")


def _days_near(case: Case, sentence: Sentence) -> list[date]:
    """The days that the paragraph tells of, and the page's own."""
    told = [d.value for d in case.dates_in(*case.paragraph(sentence.paragraph)) if len(d.value) == DAY]
    return [date.fromisoformat(value) for value in dict.fromkeys(told)]


def wrong_ages(case: Case) -> Iterator[Flag]:
    """「1955年生まれの78歳」 in 2025: he is sixty-nine or seventy."""
    anchor = case.document.anchor
    for sentence in case.sentences_with("生まれ") if anchor else ():
        for m in BORN.finditer(case.text, sentence.start, sentence.end):
            age = int((anchor or "")[:4]) - int(m[1])
            others = {int(year) - int(m[1]) for year in _years_told(case, sentence)}
            if not {int(m[2]), int(m[2]) + 1} & {age, *others}:
                yield _flag(case, m.span(), f"born in {m[1]} one is {age - 1} or {age}, not {m[2]}", str(age), "age")


def _flag(case: Case, span: tuple[int, int], message: str, expected: str | None, rule: str) -> Flag:
    return case.flag("date", "error", span, message, expected, RULE + rule)
