"""What a date looks like: the patterns of a language, built from its table of date words and of eras."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jitsuroku.mentions.numerals import longest_first
from jitsuroku.records import Row, Table

WEEKDAYS = "月火水木金土日"
_BRACKET = rf"(?:\([{WEEKDAYS}](?:曜日?)?(?:・祝|・休)?\))?"
_KANJI = "[〇零一二三四五六七八九十]"
# Written days in kanji begin with 十 or more, since 一日 and 三日 are as often durations.
_KANJI_DAY = "(?:十|二十|三十)[一二三四五六七八九]?"
_CLOCK = r"(?:午前|午後|朝|昼|夜|深夜|未明|夕方?|早朝)?"
_ZONE = r"(?:\((?:現地時間|日本時間|現地|UTC[^)]{0,12})\))?"
BETWEEN = re.compile(rf"^{_BRACKET}{_ZONE}{_CLOCK}{_ZONE}(?:から|より|[〜~\-–—―])(?:翌|同|本)?$")


@dataclass(frozen=True, slots=True)
class DateWords:
    """The table's rows by kind and word, and the one pattern that finds every date of a sentence."""

    rows: Mapping[tuple[str, str], Row]
    pattern: re.Pattern[str]
    plan: re.Pattern[str]
    strong_plan: re.Pattern[str]
    short_year: re.Pattern[str]
    eras: Mapping[str, int]

    def row(self, kind: str, word: str) -> Row:
        """The row of a word that the pattern found."""
        return self.rows[kind, word]


def date_words(tables: Mapping[str, Table]) -> DateWords:
    """Patterns from the tables ``dates`` and ``eras``; missing tables give patterns that find figures only."""
    rows = {(r["kind"], r["word"]): r for r in tables["dates"].rows} if "dates" in tables else {}
    eras = {r["word"]: int(r["value"]) for r in tables["eras"].rows} if "eras" in tables else {}
    words = {kind: longest_first(tuple(w for k, w in rows if k == kind)) for kind in {k for k, _ in rows} | set(_KINDS)}
    words["part"] = longest_first(tuple(w for kind, w in rows if kind.startswith("part-of")))
    forms = "|".join((_numeric(), _ago(), _words(words), _weekday(), _composed(words, longest_first(tuple(eras)))))
    return DateWords(
        rows,
        re.compile(rf"(?=[{_first_characters([*eras, *(word for kind, word in rows if kind in _BEGIN)])}])(?:{forms})"),
        re.compile(rf"{words['plan']}|{words['limit']}|(?:{words['plan-end']})$"),
        re.compile(rf"{words['plan']}|(?:{words['plan-end']})$"),
        re.compile(rf"(?:の(?!(?:{words['no-short-year']}))|[にはも、・)]|から|まで|末)"),
        eras,
    )


# The kinds of words that a date may begin with.
_BEGIN = ("day", "last-day", "event-day", "this-day", "last-time", "week", "month", "last-month", "year", "last-year")
_KINDS = (
    _BEGIN
    + ("part-of-year", "part-of-month", "plan", "plan-end", "limit")
    + ("no-day-after", "no-day-before", "no-month-after", "no-year-after", "no-word-after", "no-short-year")
)


def _first_characters(words: Iterable[str]) -> str:
    """What dates begin with, for a pattern's ``[…]``: a search passes over all other characters at once."""
    own = rf"\d〇零一二三四五六七八九十本翌同前{WEEKDAYS}"
    return own + "".join(
        re.escape(c) for c in sorted({word[0] for word in (*words, "その", "わずか", "先週", "今週", "来週")})
    )


def _numeric() -> str:
    full = r"(?<![\d/.\-])(?P<nyear>(?:19|20)\d\d)(?P<mark>[/.\-])(?P<nmonth>\d{1,2})(?P=mark)(?P<nday>\d{1,2})(?!\d|[/.\-]\d)"
    short = rf"(?<![\d/.])(?P<smonth>\d{{1,2}})/(?P<sday>\d{{1,2}})(?=\([{WEEKDAYS}]\))"
    return f"{full}|{short}"


def _ago() -> str:
    number = r"(?<![\d.,第一-龥ァ-ヶーの])(?P<that>その|わずか)?(?P<steps>\d{1,3}|[一二三四五六七八九])"
    unit = r"(?P<unit>年|[かカヶヵケ箇]月|日)(?P<way>前|後)(?![後半夜述者任])"
    return f"{number}{unit}"


def _words(words: Mapping[str, str]) -> str:
    after = rf"(?!{words['no-word-after']})"
    return "|".join(
        (
            rf"(?<![一-龥])(?P<dayword>{words['day']}){after}",
            rf"(?:^|(?<=[はがもにでとの、。「『)\s]))(?P<lastday>{words['last-day']}){after}(?!\d)",
            rf"(?:^|(?<=[はもにでの、。「『)\s]))(?P<eventday>{words['event-day']})(?=[、はにもの])(?!の?\d)",
            rf"(?P<thisday>{words['this-day']})",
            rf"(?:^|(?<=[はも、。\s]))(?P<lasttime>{words['last-time']})(?=[、は])",
            rf"(?<![一-龥])(?P<week>{words['week']}){after}(?!末|の?[{WEEKDAYS}]曜)",
        )
    )


def _weekday() -> str:
    return rf"(?<![一-龥(毎])(?:(?P<weekof>先週|今週|来週)の?)?(?P<weekday>[{WEEKDAYS}])曜日?(?=[、にのはも夜朝])"


def _composed(words: Mapping[str, str], eras: str) -> str:
    begin = rf"(?=[\d〇零一二三四五六七八九十本翌同前]|{eras}|{words['year']}|{words['last-year']}|{words['month']}|{words['last-month']})"
    year = (
        rf"(?:(?:(?P<era>{eras})(?P<eyear>\d{{1,2}}|元|{_KANJI}{{1,3}})|(?<![\d.,第約])(?P<year>\d{{4}}|\d{{2}}|{_KANJI}{{4}}))年"
        rf"(?!\d{{1,2}}月(?:{words['no-month-after']}))(?:(?={words['part-of-year']})|(?!{words['no-year-after']}))(?:\([^()\s]{{1,9}}年\))?"
        rf"|(?<!一)(?P<ryear>{words['year']}|{words['last-year']})(?!{words['no-word-after']})(?:の(?=\d{{1,2}}月))?)"
    )
    month = (
        rf"(?:(?<![\d.,第])(?:(?P<month>\d{{1,2}})月|(?P<kmonth>{_KANJI}{{1,2}})月(?={_KANJI}{{1,3}}日))(?!{words['no-month-after']})(?:の(?={words['part-of-month']}))?"
        rf"|(?P<rmonth>{words['month']}|{words['last-month']})(?!{words['no-word-after']})(?:の(?=\d{{1,2}}日))?)"
    )
    return rf"{begin}{year}?{month}?{_day(words)}?(?P<part>{words['part']})?"


def _day(words: Mapping[str, str]) -> str:
    end = rf"日(?!{words['no-day-after']})(?!\d+(?![\d時:.]))"
    number = r"\d{1,2}"
    second = rf"日?{_BRACKET}{_ZONE}(?P<sep>から|より|[〜~\-–—、・])(?P<pre2>同|翌|本)?(?P<day2>{number})(?P<both>の?両)?{end}"
    first = rf"(?<![\d.,/+])(?P<pre>同|翌|本)?(?P<day>{number}|{_KANJI_DAY}|(?<=月)[一二三四五六七八九])"
    return rf"(?:{first}(?:{second}|{end}))"
