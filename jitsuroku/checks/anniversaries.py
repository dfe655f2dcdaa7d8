"""date: anniversaries that their years do not give: by the page's own words, or of what everybody knows the year of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.checks.case import Case
from jitsuroku.records import Flag, Sentence

RULE = "checks/anniversaries#"
# 「国交正常化|53周年|」, 「発効から|33年となる|」.
ANNIVERSARY = re.compile(
    r"(?:今年|本年|ことし)(?:は|で|が)?、?(?P<what>[^、。「」\d]{0,16}?)(?P<years>\d{1,3})(?:周年|年(?:となる|になる|に当たる|にあたる|を迎え|の節目|の年))"
)
# What was founded is told of as a whole: 「2001年に|発足した機構は|今年で24周年」.
FOUNDED = re.compile(r"に(?:発足|創設|設立|独立|樹立|締結|発効|開設|結成|建国)[^、。]{0,20}(?:は|が)?、?$")
KNOWN = r"(?:から|後|以来)?、?(?P<years>\d{2,3})(?:周年|年(?:となる|になる|に当たる|を迎え|の節目|の年))"
YEAR = re.compile(r"(?<!\d)(\d{4})年(?!度|代|間)")
WORDS = re.compile(r"[一-龥ァ-ヶ]{2,}")
MAY_DIFFER = 1


def wrong_anniversaries(case: Case) -> Iterator[Flag]:
    """「1972年に国交を結び、今年は国交正常化43周年に当たる」 in 2025: it is the 53rd.

    Only where the year and the anniversary are told of one thing, in the same words.
    """
    anchor = case.document.anchor
    for sentence in case.sentences_with("年") if anchor else ():
        for m in ANNIVERSARY.finditer(case.text, sentence.start, sentence.end):
            years = list(YEAR.finditer(case.text, sentence.start, m.start()))
            lead = case.text[years[0].end() : m.start()] if len(years) == 1 else ""
            if not (_shared(lead, m["what"]) or (lead and not m["what"] and FOUNDED.match(lead))):
                continue
            passed = int((anchor or "")[:4]) - int(years[0][1])
            if abs(passed - int(m["years"])) > MAY_DIFFER:
                message = f"from {years[0][1]} to {(anchor or '')[:4]} it is {passed} years, not {m['years']}"
                span = years[0].start(), m.end()
                yield case.flag("date", "error", span, message, str(passed), RULE + "told")


def _shared(one: str, other: str) -> bool:
    """Whether two stretches of words name one thing: they share two characters of a word."""
    pairs = {word[i : i + 2] for word in WORDS.findall(one) for i in range(len(word) - 1)}
    return any(pair in other for pair in pairs)


def known_anniversaries(case: Case) -> Iterator[Flag]:
    """「抗日戦争勝利70周年」 in 2025: it was in 1945. Reckoned from the page's year and from every year that the sentence tells of."""
    anchor = case.document.anchor
    rows = case.rows("anniversaries") if anchor else ()
    for sentence in (s for s in case.sentences if rows and _commemorates(case, s)):
        years = {(anchor or "")[:4], *(d.value[:4] for d in case.dates_in(sentence.start, sentence.end))}
        for row in rows:
            for m in re.compile(row["pattern"] + KNOWN).finditer(case.text, sentence.start, sentence.end):
                passed = sorted(int(year) - int(row["year"]) for year in years)
                if all(abs(p - int(m["years"])) > MAY_DIFFER for p in passed):
                    message = f"that was in {row['year']}: {passed[-1]} years, not {m['years']}"
                    yield case.flag("date", "doubt", m.span(), message, str(passed[-1]), RULE + "known")


def _commemorates(case: Case, sentence: Sentence) -> bool:
    return any(
        case.text.find(word, sentence.start, sentence.end) >= 0 for word in ("周年", "節目", "年となる", "年を迎え")
    )
