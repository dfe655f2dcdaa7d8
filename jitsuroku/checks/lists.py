"""count: lists that do not hold as many things as the page says: points, items in brackets, places, members of a group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.checks.case import Case
from jitsuroku.checks.items import OPEN_LIST
from jitsuroku.lexicon import covers
from jitsuroku.records import Flag

RULE = "checks/lists#"
KANJI = "一二三四五六七八九"
DIGIT = rf"[2-9{KANJI}]"
# 「次の3点で」, 「以下の5項目を」, 「三つの柱から成る」.
ANNOUNCED = re.compile(
    rf"(?:次の|以下の)(?P<number>{DIGIT})(?:点|項目|件|分野|事項)|(?P<pillars>{DIGIT})つの(?:柱|原則|段階)から(?:成|な)"
)
CIRCLED = "①②③④⑤⑥⑦⑧⑨"
# How points are numbered, as the page writes it: one way throughout a list.
NUMBERED = (
    re.compile(r"[(（]([1-9１-９])[)）]"),
    re.compile(f"([{CIRCLED}])"),
    re.compile(rf"第([1-9{KANJI}])に(?=[^、。]{{1,30}}[、。])"),
)
THINGS = r"(?:州|都市|社|島|県|省|分野|言語|機関|団体|政党|空港|港|行|カ所|か所|ヵ所)"
ITEM = r"[ァ-ヶー一-龥A-Za-z・]{2,14}"
BRACKETED = re.compile(rf"(?<![\d.,十百約])([3-9]){THINGS}\(({ITEM}(?:[、,]{ITEM}){{2,8}})\)")
LISTED = re.compile(rf"(?<![ァ-ヶー一-龥A-Za-z・や、])({ITEM}(?:[、と]{ITEM}){{2,8}})の([2-9]){THINGS}(?![ァ-ヶ一-龥])")
BY_NUMBER = re.compile(r"(?<!\d)(\d{1,2})[かカヵヶケ]国(?:・地域)?(?:[一-龥・]{2,12})?\(G(\d{1,2})(?!\d)")
SEPARATOR = re.compile("[、,と]")


def announced_points(case: Case) -> Iterator[Flag]:
    """「次の3点で一致した。(1)…(2)…(3)…(4)…」: four points follow, numbered from one without a gap."""
    for sentence in case.sentences:
        for m in ANNOUNCED.finditer(case.text, sentence.start, sentence.end):
            told = _value(m["number"] or m["pillars"])
            found = _points(case, m.end())
            if found is not None and found > 1 and found != told:
                message = f"{found} points follow, the page says {told}"
                yield case.flag("count", "error", m.span(), message, str(found), RULE + "points")


def _points(case: Case, at: int) -> int | None:
    """How many numbered points follow, up to the next list or the end; None where they do not run from one on."""
    until = min(
        (m.start() for s in case.sentences if s.start > at for m in ANNOUNCED.finditer(case.text, s.start, s.end)),
        default=len(case.text),
    )
    for pattern in NUMBERED:
        numbers = [_value(m[1]) for m in pattern.finditer(case.page.text, at, until)]
        if numbers:
            return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else None
    return None


def _value(written: str) -> int:
    for digits in (KANJI, CIRCLED):
        if written in digits:
            return digits.index(written) + 1
    return int(written)


def bracketed_lists(case: Case) -> Iterator[Flag]:
    """「4州(ドネツク、ルハンシク、ザポリージャ)」: three are listed."""
    for sentence in case.sentences_with("("):
        for m in BRACKETED.finditer(case.text, sentence.start, sentence.end):
            yield from _differing(case, m, m[2], int(m[1]))


def listed_places(case: Case) -> Iterator[Flag]:
    """「ベルリン、パリ、ローマの4都市」: three are listed."""
    for sentence in case.sentences_with("の"):
        for m in LISTED.finditer(case.text, sentence.start, sentence.end):
            yield from _differing(case, m, m[1], int(m[2]))


def _differing(case: Case, m: re.Match[str], listed: str, told: int) -> Iterator[Flag]:
    items = SEPARATOR.split(listed)
    # Of 「開発銀行、|石油会社とガス会社の2社|」 two may be meant.
    last = len(listed.split("、")[-1].split("と"))
    if told not in (len(items), last) and not OPEN_LIST.search(m[0]):
        message = f"{len(items)} are listed, the page says {told}"
        yield case.flag("count", "error", m.span(), message, str(len(items)), RULE + "items")


def group_sizes(case: Case) -> Iterator[Flag]:
    """「中央アジア6カ国」, 「EU加盟28カ国」 in 2025: more states than the group has on the page's day; 「全26カ国」: fewer."""
    anchor = case.document.anchor
    for row in case.rows("groups") if anchor else ():
        if not covers(row, anchor or ""):
            continue
        pattern = re.compile(
            rf"(?<![・、と+]){row['pattern']}(?:\([^()]*\))?(?:の|に)?(?P<all>全|すべての)?(?:加盟|構成)?(?:の)?(?P<number>\d{{1,3}})カ国"
        )
        for sentence in case.sentences_with(row["word"]):
            for m in pattern.finditer(case.text.replace("か国", "カ国"), sentence.start, sentence.end):
                told, size = int(m["number"]), int(row["size"])
                if told > size or (m["all"] and told != size):
                    message = f"{row['word']} has {row['size']} on {anchor}, the page says {told}"
                    yield case.flag("count", "doubt", m.span(), message, row["size"], RULE + "group")


def groups_by_number(case: Case) -> Iterator[Flag]:
    """「主要8カ国(G7)」: the name says seven."""
    for sentence in case.sentences_with("(G"):
        for m in BY_NUMBER.finditer(case.text, sentence.start, sentence.end):
            if m[1] != m[2]:
                message = f"the page says {m[1]} states, the name {m[2]}"
                yield case.flag("count", "error", m.span(), message, m[2], RULE + "name")
