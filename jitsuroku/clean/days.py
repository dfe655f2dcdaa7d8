"""The days of a page: the one it prints as its own, that of its update, and the one its words are read against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.clean.headline import metadata
from jitsuroku.clean.lines import Line
from jitsuroku.clean.printed import PUBLISHED, UPDATED, Printed, all_dates, full_dates, weekday_date, years_in
from jitsuroku.clean.sources import SOURCES
from jitsuroku.records import Block, Found, Page, Span

RULE = "clean/printed-day"
# A day stands in a short line; its label (「公開日:」) just before it, or just after (「5:40配信」).
LONGEST, LABEL, AFTER = 160, 10, 12
# A page's day may stand below its first paragraph, not further down: there it is that of something quoted.
LEADS = 1
# So much of the first paragraph tells when the page was written.
LEAD = 1000
MONTH = len("2025-06")
# The roles of lines that may hold the page's own day.
ROLES = frozenset({"dateline", "byline", "junk", "headline"})
FORUM = ("#forum-post", "#forum-frame")
PLANNED = re.compile(r"[^。]{0,40}?(?:まで|予定|見込み|見通し|計画|期限)")
ADDRESS_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/_.-]|$)")
PUBLISHED_KEYS = (
    "article:published_time",
    "ld:datepublished",
    "ld:datePublished",
    "date",
    "pubdate",
    "dc.date",
    "publishdate",
)
UPDATED_KEYS = ("article:modified_time", "ld:dateModified")


@dataclass(frozen=True, slots=True)
class Days:
    """What a page tells of its own time; ``basis`` is printed, metadata, inferred or None."""

    published: Found | None
    basis: str | None
    updated: Found | None
    anchor: str | None
    anchor_rule: str | None


def days_of(page: Page, folded: str, lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> Days:
    """The days of a page: printed before metadata before inferred; never today, never a guess without words."""
    published, updated = _printed(folded, lines, blocks)
    updated = updated or _of_metadata(page, UPDATED_KEYS, "clean/metadata#updated")
    if published is not None:
        return Days(published, "printed", updated, published.value, published.rule)
    published = _of_metadata(page, PUBLISHED_KEYS, "clean/metadata#published") or _of_address(page)
    if published is not None:
        return Days(published, "metadata", updated, published.value, published.rule)
    anchor, rule = _inferred(folded, lines, blocks)
    return Days(None, "inferred" if anchor else None, updated, anchor, rule)


def _printed(folded: str, lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> tuple[Found | None, Found | None]:
    """The day of publication and the day of the update that the page prints.

    A day above the text counts before one below it, and 「公開日:」 before a day without a label.
    """
    edges = tuple(_edges(lines, blocks))
    # The day of a thread's post comes after that of the page it repeats: 「港新聞 2026年4月17日」.
    edges = tuple(sorted(edges, key=lambda line: line.junk is not None and line.junk.name.endswith(FORUM)))
    found = [(_kind(line, day), _found(line, day)) for line in edges for day in full_dates(line.text)]
    if not found:
        years = years_in(folded)
        found = [(_kind(line, day), _found(line, day)) for line in edges for day in _without_year(line, years)]
    kinds = [kind for kind, _ in found]
    published = next((f for kind, f in found if kind == "published"), None) if "published" in kinds[:4] else None
    published = published or next((f for kind, f in found if kind != "updated"), None)
    updated = next((f for kind, f in found if kind == "updated"), None)
    return published or updated, updated


def _edges(lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> Iterator[Line]:
    """The lines above the text, then those below it, that may hold the page's own day."""
    kept = [i for i, b in enumerate(blocks) if b.kept and b.role == "body"]
    top = kept[LEADS] if len(kept) > LEADS else len(lines)
    bottom = max(kept[-1] + 1 if kept else 0, top)
    for i in (*range(top), *range(bottom, len(lines))):
        block = blocks[i]
        if not block.kept and block.role in ROLES and "#section" not in block.rule and len(lines[i].text) <= LONGEST:
            yield lines[i]


def _without_year(line: Line, years: frozenset[int]) -> Iterator[Printed]:
    """「10/24(木) 5:40配信」 where the weekday fits one of the years that the page names."""
    day = weekday_date(line.text, years)
    if day and (PUBLISHED.search(line.text) or UPDATED.search(line.text)):
        yield day


def _kind(line: Line, day: Printed) -> str:
    """What a day's label says of it: published, updated, or nothing (""): the label stands before it or follows it."""
    before, after = line.text[max(0, day.start - LABEL) : day.start], line.text[day.end : day.end + AFTER]
    labels = [
        (m.start(), kind) for kind, p in (("updated", UPDATED), ("published", PUBLISHED)) for m in p.finditer(before)
    ]
    if labels:
        return max(labels)[1]
    if re.match(r"[\s\d:時分(月火水木金土日)]*更新(?!\s*[::])", after):
        return "updated"
    return "published" if re.match(r"[\s\d:時分(月火水木金土日)]*(?:配信|公開|掲載)", after) else ""


def _found(line: Line, day: Printed) -> Found:
    return Found(day.day, Span(line.start + day.start, line.start + day.end), RULE)


def _of_metadata(page: Page, keys: tuple[str, ...], rule: str) -> Found | None:
    days = (day for value in metadata(page, *keys) for day in all_dates(value))
    day = next(days, None)
    return Found(day, None, rule) if day else None


def _of_address(page: Page) -> Found | None:
    """The day in an address such as …/news/2025/06/18/port.html or …/20250618/k001.html."""
    match = ADDRESS_DAY.search(page.address or "")
    day = next(iter(all_dates("-".join(match.groups()))), None) if match else None
    return Found(day, None, "clean/address#day") if day else None


def _inferred(folded: str, lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> tuple[str | None, str | None]:
    """The month of the page's latest source, else of a day in its first paragraph that lies behind it.

    A page comes out on the day of its latest source or soon after it, so that no more than the month is told.
    """
    cited = [day for line, b in zip(lines, blocks, strict=True) if b.rule == SOURCES for day in all_dates(line.text)]
    if cited:
        return max(cited)[:MONTH], "clean/anchor#latest-source"
    lead = next((b for b in blocks if b.role == "body"), None)
    words = folded[lead.start : min(lead.end, lead.start + LEAD)] if lead else ""
    days = [d.day for d in full_dates(words) if not PLANNED.match(words, d.end)]
    return (max(days)[:MONTH], "clean/anchor#month-in-the-lead") if days else (None, None)
