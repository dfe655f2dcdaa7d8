"""headline: an amount in the headline that the body gives otherwise, dates years back, or only considers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.checks.case import Case
from jitsuroku.records import Commitment, Flag, Found

RULE = "checks/headlines#"
SCALES = "兆億万"
NUMBER = r"(\d[\d,.]*)(兆|億|万)?"
HEDGES = re.compile(
    r"検討|調整|協議|案|か$|か[。、 　]|へ$|も$|可能性|見通し|試算|目指|提案|打診|予定|計画|構想|見込|最大|見積|推計|潜在|[?？]|要求|求め|交渉|約束"
)
OLD_YEARS = 2
# 「死者120人」, 「死者が少なくとも102人」: the number of those who died, as headline and body give it.
VICTIMS = re.compile(r"(?<=死者)(?:は|が|数は|数が)?(?P<number>\d[\d,]*)(人)(?!以上|超|余|近)")
DAY = len("2025-06-16")


def headline_amounts(case: Case) -> Iterator[Flag]:
    """「20兆元」 over a body that says 「20億元」 and nowhere 20兆元."""
    title = case.document.title
    if title is None or title.span is None:
        return
    start, end = title.span.start, title.span.end
    for m in _amounts(case).finditer(case.text, start, end):
        body = [b for b in _body(case) if b[3] == m[3]]
        same_digits = {b[2] or "" for b in body if b[1].replace(",", "") == m[1].replace(",", "")}
        if same_digits and (m[2] or "") not in same_digits and len(same_digits) == 1:
            right = f"{m[1]}{same_digits.pop()}{m[3]}"
            message = f"the headline says {m[0]}, the body {right} and nowhere {m[0]}"
            yield case.flag("headline", "error", m.span(), message, right, RULE + "amount")


def slips_in_the_headline(case: Case) -> Iterator[Flag]:
    """「500億ユーロ」 over a body that knows 50億ユーロ alone; 「死者120人」 over 「死者が102人」: a slip of one digit.

    Only where the body tells one such number and it differs as a slip does: a zero, one digit, two digits that changed
    places. Another number may be another thing.
    """
    title = case.document.title
    if title is None or title.span is None:
        return
    start, end = title.span.start, title.span.end
    for pattern in (_amounts(case), VICTIMS):
        told = {
            m.groups() for s in case.sentences if s.start >= end for m in pattern.finditer(case.text, s.start, s.end)
        }
        for m in pattern.finditer(case.text, start, end):
            alike = {groups for groups in told if groups[1:] == m.groups()[1:]}
            if (
                len(alike) != 1
                or len({g for g in told if g[-1] == m[m.re.groups]}) != 1
                or case.text[m.end() : m.end() + 1] in "超余弱強"
            ):
                continue
            right = alike.pop()[0]
            if _is_slip(m[1].replace(",", ""), right.replace(",", "")):
                shown = m[0].replace(m[1], right)
                message = f"the headline says {m[0]}, the body {shown} and nowhere {m[0]}"
                yield case.flag("headline", "doubt", m.span(), message, shown, RULE + "slip")


def _is_slip(one: str, other: str) -> bool:
    """Whether two numbers differ by a zero, by one digit that is not the last, or by two neighbours that changed places."""
    if one == other or min(len(one), len(other)) < 2 or "." in one + other:
        return False
    if len(one) != len(other):
        return one.rstrip("0") == other.rstrip("0")
    differing = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differing) == 1 and min(len(one.rstrip("0")), len(other.rstrip("0"))) > 1:
        return differing[0] < len(one) - 1 and one.endswith("0") == other.endswith("0")
    return len(differing) == 2 and sorted(one) == sorted(other) and differing[1] - differing[0] == 1


def _amounts(case: Case) -> re.Pattern[str]:
    units = sorted({r["unit"] for r in case.world.tables["currencies"].rows if not r["unit"].isascii()})
    longest = "|".join(map(re.escape, sorted(units, key=lambda u: (-len(u), u))))
    return re.compile(rf"(?<![\d.,兆億万]){NUMBER}({longest})")


def _body(case: Case) -> list[re.Match[str]]:
    title: Found | None = case.document.title
    until = title.span.end if title and title.span else 0
    pattern = _amounts(case)
    return [m for s in case.sentences if s.start >= until for m in pattern.finditer(case.text, s.start, s.end)]


def old_amounts(case: Case) -> Iterator[Flag]:
    """A headline's amount that the body tells of once, in a sentence of years ago: an old figure given as new."""
    title, anchor = case.document.title, case.document.anchor
    if title is None or title.span is None or not anchor:
        return
    head = case.text[title.span.start : title.span.end]
    for m in _amounts(case).finditer(case.text, title.span.start, title.span.end):
        told = [b for b in _body(case) if b[0] == m[0]]
        years = [y for b in told for y in [_year(case, b.start())] if y]
        if len(told) != 1 or not years or re.search(r"\d{4}年|当時|過去", head):
            continue
        if int(anchor[:4]) - int(years[0]) >= OLD_YEARS:
            message = f"the headline gives {m[0]} as news; the body dates it to {years[0]}"
            yield case.flag("headline", "doubt", m.span(), message, None, RULE + "old-amount")


def _year(case: Case, at: int) -> str | None:
    """The year of the one date written before an amount in its sentence."""
    sentence = case.sentence_at(at)
    if sentence is None:
        return None
    years = {d.value[:4] for d in case.dates_in(sentence.start, at) if d.basis == "written"}
    others = {d.value[:4] for d in case.dates_in(sentence.start, sentence.end)}
    return years.pop() if len(years) == 1 and len(others) == 1 else None


def dropped_hedges(case: Case) -> Iterator[Flag]:
    """「20億ドル支援」 over a body in which the support is only being considered."""
    title = case.document.title
    if title is None or title.span is None:
        return
    head = case.text[title.span.start : title.span.end]
    if HEDGES.search(head):
        return
    promises = [r for r in case.records if isinstance(r, Commitment) and r.amount is not None and r.currency]
    for m in _amounts(case).finditer(case.text, title.span.start, title.span.end):
        told = [p for p in promises if p.evidence.start >= title.span.end and m[0] in p.evidence.text]
        if told and all(p.stage == "considered" for p in told):
            message = f"the headline gives {m[0]} without reserve; in the body it is only being considered"
            yield case.flag("headline", "note", m.span(), message, None, RULE + "hedge")
