"""Dates of a page, resolved against its anchor and against the dates read before; without an anchor only what is
written in full (and what hangs on it) is read. There is no clock: a date that cannot be known is not returned."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from jitsuroku.contract import fold_page
from jitsuroku.mentions import iso
from jitsuroku.mentions.date_patterns import BETWEEN, WEEKDAYS, DateWords, date_words
from jitsuroku.mentions.memory import Memory, Place, Seen
from jitsuroku.mentions.months import (
    Anchor,
    Written,
    digits,
    full_year,
    infer_month,
    infer_year,
    month_after,
    year_after,
)
from jitsuroku.records import Date, Sentence, Table

RULE = "mentions/dates#"
LASTING = re.compile(rf"^(?:\([{WEEKDAYS}]\))?から(\d{{1,2}})日間")
# 「30年前」 is a round number, no year; words further off than REACH say nothing of a date.
ROUND, REACH = 10, 200


def date_finder(
    tables: Mapping[str, Table],
) -> Callable[[str, tuple[Sentence, ...], str | None], tuple[Date, ...]]:
    """What finds the dates of a page's sentences, in page order, with ISO values (day, month, year or ``a/b``).

    ``anchor`` is the page's own day, month or year; ``tables`` those of the language (``dates``, ``eras``).
    ``basis`` is ``written``, ``anchor`` or ``previous date``.
    """
    words = date_words(tables)

    def find(text: str, sentences: tuple[Sentence, ...], anchor: str | None) -> tuple[Date, ...]:
        folded, reader = fold_page(text), _Reader(words, Anchor.of(anchor))
        for number, sentence in enumerate(sentences):
            reader.read(folded[sentence.start : sentence.end], sentence, number)
        return tuple(reader.dates)

    return find


class _Reader:
    """Reads one page; what it has read so far is what later words point back to."""

    def __init__(self, words: DateWords, anchor: Anchor) -> None:
        self.words = words
        self.anchor = anchor
        self.memory = Memory(anchor)
        self.dates: list[Date] = []
        self.here: Place
        self.month_written = False

    def read(self, text: str, sentence: Sentence, number: int) -> None:
        """Add the dates of one sentence."""
        for m in self.words.pattern.finditer(text):
            if m.end() == m.start():
                continue
            head, tail = text[max(0, m.start() - REACH) : m.start()], text[m.end() : m.end() + REACH]
            self.here = Place(sentence, number, head, tail, sentence.start + m.start())
            self.month_written = not m["day"] or bool(m["month"] or m["kmonth"] or m["rmonth"])
            found = self._date(m)
            for start, end, value, basis, rule in found:
                self._add(Date(sentence.start + start, sentence.start + end, value, basis, rule), text)

    def _add(self, date: Date, text: str) -> None:
        date = self._joined(date, text)
        self.dates.append(date)
        start, _, end = date.value.partition("/")
        place = self.here
        full = date.basis != "anchor"
        seen = Seen(
            value=end or start,
            first=start,
            paragraph=place.sentence.paragraph,
            sentence=place.number,
            full=full,
            month_known=full or self.month_written,
            leading=place.leading and not place.quoted,
            aside=place.aside,
        )
        self.memory.seen.append(seen)

    def _joined(self, date: Date, text: str) -> Date:
        """One interval for 「7月9日から本11日まで」, where the date before is its beginning."""
        before = self.dates[-1] if self.dates else None
        base = self.here.sentence.start
        if before is None or before.end <= base or "/" in before.value + date.value:
            return date
        if not BETWEEN.match(text[before.end - base : date.start - base]) or len(before.value) != len(date.value):
            return date
        if before.value >= date.value:
            return date
        self.dates.pop()
        self.memory.seen.pop()
        return replace(date, start=before.start, value=f"{before.value}/{date.value}", rule=RULE + "interval")

    def _date(self, m: re.Match[str]) -> list[tuple[int, int, str, str, str]]:
        one: tuple[str | None, str, str]
        if m["nyear"]:
            one = iso.day(int(m["nyear"]), int(m["nmonth"]), int(m["nday"])), "written", RULE + "numeric"
        elif m["smonth"]:
            month, day = int(m["smonth"]), int(m["sday"])
            one = self._month_day(month, day)[0], "anchor", RULE + "numeric"
        elif m["steps"]:
            one = self._steps(m)
        elif m["weekday"]:
            one = self._weekday(m)
        elif word := m["dayword"] or m["lastday"] or m["eventday"] or m["thisday"] or m["lasttime"] or m["week"]:
            one = self._word(m, word)
        else:
            return self._composed(m)
        value, basis, rule = one
        return [(m.start(), m.end(), value, basis, rule)] if value else []

    def _word(self, m: re.Match[str], word: str) -> tuple[str | None, str, str]:
        kinds = {
            "dayword": "day",
            "lastday": "last-day",
            "eventday": "event-day",
            "thisday": "this-day",
            "lasttime": "last-time",
            "week": "week",
        }
        kind = next(kinds[group] for group in kinds if m[group])
        row = self.words.row(kind, word)
        steps = int(row["value"])
        if kind == "last-time":
            return self.memory.last_time(self.here), "previous date", row.rule
        if kind == "last-day":
            return self.memory.last_day(self.here, steps), "previous date", row.rule
        if kind == "event-day":
            return self.memory.event_day(self.here, last=steps > 0), "previous date", row.rule
        if self.here.quoted:
            return None, "", ""
        if kind == "this-day":
            return self.memory.this_day(self.here), "previous date", row.rule
        day = self.anchor.value if self.anchor.day else None
        if day is None:
            return None, "", ""
        return (iso.week(day, steps) if kind == "week" else iso.shift_days(day, steps)), "anchor", row.rule

    def _steps(self, m: re.Match[str]) -> tuple[str | None, str, str]:
        """5か月後 counts from the date read last, 2年前 from the page's day (その2年前 from the date read last)."""
        number = digits(m["steps"])
        steps = number if m["way"] == "後" else -number
        after_last = m["way"] == "後" or m["that"] == "その"
        base = self.memory.base_of_steps(self.here) if after_last else self.anchor.value
        if not base or (number % ROUND == 0 and m["unit"] == "年") or (self.here.quoted and not after_last):
            return None, "", ""
        value = _moved(base, m["unit"], steps)
        if value and after_last and self.anchor.value and value > self.anchor.value and not self._planned():
            value = None
        return value, "previous date" if after_last else "anchor", RULE + ("steps-after" if after_last else "steps-ago")

    def _weekday(self, m: re.Match[str]) -> tuple[str | None, str, str]:
        """水曜日 is the last one up to the page's day, or the next one when the sentence speaks of a plan."""
        if not self.anchor.day or not self.anchor.value or self.here.quoted:
            return None, "", ""
        steps = (WEEKDAYS.index(m["weekday"]) - iso.weekday(self.anchor.value)) % 7
        if m["weekof"]:
            monday = iso.week(self.anchor.value, int(self.words.row("week", m["weekof"])["value"])).split("/")[0]
            return iso.shift_days(monday, WEEKDAYS.index(m["weekday"])), "anchor", RULE + "weekday"
        return (
            iso.shift_days(self.anchor.value, steps if self._planned() or not steps else steps - 7),
            "anchor",
            RULE + "weekday",
        )

    def _planned(self) -> bool:
        return self.here.outlook(self.words).planned

    def _composed(self, m: re.Match[str]) -> list[tuple[int, int, str, str, str]]:
        written = self._written(m)
        if written is None:
            return []
        value: str | None
        if written.days and written.month:
            days = [iso.day(written.year, written.month, d) for d in written.days]
            return self._days(m, written, days)
        if written.days:
            return []
        end = m.start("part") if m["part"] and not written.part_fits else m.end()
        value = iso.month(written.year, written.month) if written.month else iso.year(written.year)
        if value and not written.month and written.months:
            value = "/".join(f"{value}-{part}" for part in written.months.split("/"))
        return [(m.start(), end, value, written.basis, written.rule)] if value else []

    def _days(self, m: re.Match[str], written: Written, days: list[str | None]) -> list[tuple[int, int, str, str, str]]:
        first, last = days[0], days[-1]
        if first and last and len(days) > 1 and last < first:
            year, month = iso.shift_months(written.year, written.month or 1, 1)
            last = iso.day(year, month, written.days[-1])
        if not first or not last:
            return []
        if len(days) > 1 and m["sep"] in "、・" and written.days[1] - written.days[0] != 1:
            split = m.end("day")
            rest = (m.start("day2"), m.end(), last, written.basis, written.rule)
            return [(m.start(), split, first, written.basis, written.rule), rest]
        if len(days) > 1:
            return [(m.start(), m.end(), f"{first}/{last}", written.basis, RULE + "interval")] if first < last else []
        lasting = LASTING.match(self.here.tail)
        if lasting and int(lasting[1]) > 1:
            until = iso.shift_days(first, int(lasting[1]) - 1)
            return [(m.start(), m.end() + lasting.end(), f"{first}/{until}", written.basis, RULE + "lasting")]
        return [(m.start(), m.end(), first, written.basis, written.rule)]

    def _written(self, m: re.Match[str]) -> Written | None:
        """The year, month and days of a composed match; None when it is no date or cannot be known."""
        days = self._day_numbers(m)
        month = digits(m["month"] or m["kmonth"]) if m["month"] or m["kmonth"] else None
        if days is None:
            return None
        if m["year"] or m["era"] or m["ryear"]:
            return self._with_year(m, month, days)
        if m["rmonth"]:
            return self._with_relative_month(m, days)
        if month:
            year, basis = self._month_day(month, days[0] if days else None)[1:]
            rule = RULE + ("month-day" if days else "month")
            return Written(year, month, days, "", _fits(self.words, m, True), basis, rule) if year else None
        return self._bare_day(m, days) if days else None

    def _day_numbers(self, m: re.Match[str]) -> tuple[int, ...] | None:
        """The written days; None when they are none: 「2、3日で」 is a while, 「残り10日」 a rest."""
        if not m["day"]:
            return ()
        days = (digits(m["day"]), digits(m["day2"])) if m["day2"] else (digits(m["day"]),)
        bare = not (m["month"] or m["kmonth"] or m["rmonth"])
        if bare and any(self.here.head.endswith(w) for k, w in self.words.rows if k == "no-day-before"):
            return None
        if bare and m["day"] == "1" and self.here.head.endswith("を") and self.here.tail.startswith("に"):
            return None
        listed = m["sep"] and m["sep"] in "、・" and not m["both"]
        if listed and not self.here.tail.startswith(("に", "は", "、", "の", "と")):
            return None
        return days

    def _with_year(self, m: re.Match[str], month: int | None, days: tuple[int, ...]) -> Written | None:
        year, basis, rule = self._year(m, month)
        if year is None or (days and not month):
            return None
        fits = _fits(self.words, m, bool(month))
        months = ""
        if m["part"] and fits and not month:
            months = self.words.row("part-of-year", m["part"])["value"]
        return Written(year, month, days, months, fits, basis, rule)

    def _year(self, m: re.Match[str], month: int | None) -> tuple[int | None, str, str]:
        rule = RULE + ("full" if m["day"] else "year-month" if month else "year")
        if m["era"]:
            return self.words.eras[m["era"]] + digits(m["eyear"]), "written", rule
        if m["ryear"]:
            return self._relative_year(m["ryear"])
        if len(m["year"]) > 2:
            return digits(m["year"]), "written", rule
        near = [s for s in self.memory.near(self.here) if s.full]
        last = iso.parts(near[-1].value)[0] if near else None
        bare = month is None and not m["year"].startswith("0")
        if bare and not (self.words.short_year.match(self.here.tail) and self._listed()):
            return None, "", ""
        return full_year(int(m["year"]), self.anchor, last, bare), "written", RULE + "short-year"

    def _listed(self) -> bool:
        return not self.here.head or self.here.head[-1] in "、・は「(〜~-らとる"

    def _relative_year(self, word: str) -> tuple[int | None, str, str]:
        if ("year", word) in self.words.rows:
            row = self.words.row("year", word)
            year = self.anchor.year + int(row["value"]) if self.anchor.year else None
            return year, "anchor", row.rule
        row = self.words.row("last-year", word)
        year = iso.parts(self.memory.seen[-1].value)[0] + int(row["value"]) if self.memory.seen else None
        return year, "previous date", row.rule

    def _with_relative_month(self, m: re.Match[str], days: tuple[int, ...]) -> Written | None:
        word, fits = m["rmonth"], _fits(self.words, m, True)
        if ("month", word) in self.words.rows:
            row, basis = self.words.row("month", word), "anchor"
            start: tuple[int | None, int | None] = (self.anchor.year, self.anchor.month)
        else:
            row, basis = self.words.row("last-month", word), "previous date"
            start = iso.parts(self.memory.seen[-1].value)[:2] if self.memory.seen else (None, None)
        if start[0] is None or start[1] is None:
            return None
        year, month = iso.shift_months(start[0], start[1], int(row["value"]))
        return Written(year, month, days, "", fits, basis, row.rule)

    def _month_day(self, month: int, day: int | None) -> tuple[str | None, int, str]:
        """The day, year (0 when unknown) and basis of a month without a year."""
        year, basis = self._chained_year(month, day), "previous date"
        if not year:
            year, basis = infer_year(self.anchor, month, day, self.here.outlook(self.words)), "anchor"
        return (iso.day(year, month, day) if year and day else None), year or 0, basis

    def _chained_year(self, month: int, day: int | None) -> int | None:
        """The year of the date before, when that was written and stands in this sentence or the one before."""
        last = self.memory.seen[-1] if self.memory.seen else None
        if last and last.sentence == self.here.number and iso.parts(last.value)[1:] == (month, None):
            return iso.parts(last.value)[0]
        if last is None or not last.full or last.paragraph != self.here.sentence.paragraph:
            return None
        here = last.sentence == self.here.number
        _, last_month, last_day = iso.parts(last.value)
        if last.sentence < self.here.number - 1 or (day and not last_day):
            return None
        if not here and (last_month is None or month < last_month):
            return None
        year = year_after(last.value, month)
        shown = iso.day(year, month, day) if day else iso.month(year, month)
        return None if shown and self.memory.to_come(shown) and not self._planned() else year

    def _bare_day(self, m: re.Match[str], days: tuple[int, ...]) -> Written | None:
        found = self._prefixed(m["pre"], days[0]) if m["pre"] else None
        basis, rule = ("anchor" if m["pre"] == "本" else "previous date"), RULE + "prefixed-day"
        if found is None:
            found, basis, rule = self._chained_month(days[0]), "previous date", RULE + "day"
        if found is None:
            found, basis = infer_month(self.anchor, days[0], self.here.outlook(self.words)), "anchor"
        return Written(*found, days, "", True, basis, rule) if found else None

    def _prefixed(self, prefix: str, day: int) -> tuple[int, int] | None:
        """翌23日 is the day after the last one, 同23日 in its month, 本23日 in the page's month."""
        if prefix == "本":
            return (self.anchor.year, self.anchor.month) if self.anchor.year and self.anchor.month else None
        known = [s.value for s in self.memory.seen if len(s.value) >= len("2025-06")]
        if not known:
            return None
        year, month, number = iso.parts(known[-1])
        if prefix == "同":
            return year, month or 1
        next_day = iso.shift_days(known[-1], 1) if number else None
        return iso.parts(next_day)[:2] if next_day and iso.parts(next_day)[2] == day else None  # type: ignore[return-value]

    def _chained_month(self, day: int) -> tuple[int, int] | None:
        """The month of the last date of the paragraph, when that was a day with its month."""
        near = self.memory.near(self.here)
        if not near or not iso.is_day(near[-1].value) or not near[-1].month_known:
            return None
        year, month = month_after(near[-1].value, day)
        shown = iso.day(year, month, day)
        return None if shown and self.memory.to_come(shown) and not self._planned() else (year, month)


def _fits(words: DateWords, m: re.Match[str], month: bool) -> bool:
    kind = "part-of-month" if month else "part-of-year"
    return bool(m["part"]) and (kind, m["part"]) in words.rows and not m["day"]


def _moved(base: str, unit: str, steps: int) -> str | None:
    """An ISO value moved by some steps, at the precision of the step; None where the base is not that precise."""
    year, month, day = iso.parts(base)
    if unit == "年":
        return iso.year(year + steps)
    if unit == "日":
        return iso.shift_days(base, steps) if day else None
    return iso.month(*iso.shift_months(year, month, steps)) if month else None
