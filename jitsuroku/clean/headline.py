"""What a page says of itself: headline, outlet, bylines, days, origin."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jitsuroku.clean.lines import BULLET, BYLINE, Line
from jitsuroku.clean.printed import PUBLISHED, UPDATED, all_dates, full_date
from jitsuroku.records import Block, Found, Page, Span

LONGEST_HEADLINE = 140
OUTLET_TAIL = re.compile(r"\s*[|｜–—-]\s*[^|｜–—-]{1,30}$")
OUTLET = re.compile(
    r"(新聞|新報|日報|時報|通信|放送|テレビ|ニュース|NEWS|News|タイムズ|ポスト|デジタル|オンライン|網|ネット|省|庁|事務局|編集室|便|ワールド|電子版|ジャーナル|レビュー|経済|視界|ワイヤー|Wire|Times|Post|Daily|在线|报|Вестник|Новости)"
)
COPYRIGHT = re.compile(
    r"(?:\(C\)|©|ⓒ|Copyright(?:\s*\([Cc]\))?)\s*(?:19|20)?\d{0,2}\d{0,2}\s*(?:The\s+)?([^\s。,、/|]{2,24})", re.I
)
NAME = re.compile(r"([一-龥々ァ-ヴー・]{1,12}(?:[  ][一-龥々]{1,4})?)")
ORIGIN = re.compile(r"^(?:出典|引用元|元記事|ソース|情報源|来源|Source)\s*[::]\s*(\S.{1,60})$")


def title_of(page: Page, lines: tuple[Line, ...]) -> Line | None:
    """The headline: what markup or metadata names, else a line printed again in the text, else the likeliest of the
    short lines above the first paragraph."""
    prose = next((i for i, x in enumerate(lines) if x.prose and not x.junk and not x.marked), len(lines))
    head = [x for x in lines[: prose + 1] if _can_be_title(x)]
    if not head:
        return None
    named = [_plain(v) for v in _metadata(page, "og:title", "ld:headline", "title")]
    for line in head:
        words = _plain(line.text)
        if "h1" in line.tags or any(n and (n == words or n.startswith(words)) and len(words) > 5 for n in named):
            return line
    repeated = [x for x in head if sum(y.text == x.text for y in lines) > 1 and len(x.text) > 12]
    return repeated[0] if repeated else max(head, key=lambda x: (_score(x, lines, prose), -x.start))


def _can_be_title(line: Line) -> bool:
    if line.junk or (line.marked and "h1" not in line.tags) or len(line.text) > LONGEST_HEADLINE or len(line.text) < 4:
        return False
    if line.text.endswith("。") or (BYLINE.search(line.text) and len(line.text) <= 40):
        return False
    return not line.dated


def _score(line: Line, lines: tuple[Line, ...], prose: int) -> float:
    """Longer, nearer to the text and unlike a menu."""
    at = lines.index(line)
    score = min(len(line.text), 45) / 10 - 0.4 * min(prose - at, 8)
    score -= 2 * len(re.findall(r"[|>＞/]|\s{2}|・", line.text))
    score -= 1.2 * (len(line.text.split()) > 4) - 1.5 * bool(re.search(r"[、「」]|【", line.text))
    return score - 3 * bool(BULLET.match(line.text))


def _metadata(page: Page, *names: str) -> list[str]:
    values: Mapping[str, str] = dict(reversed(page.metadata))
    return [values[n] for n in names if n in values]


def _plain(text: str) -> str:
    return re.sub(r"\s", "", OUTLET_TAIL.sub("", text))


def title_found(page: Page, line: Line | None) -> Found | None:
    """The headline as it stands on the page."""
    if line is None:
        values = _metadata(page, "og:title", "ld:headline", "title")
        return Found(values[0], None, "clean/metadata#title") if values else None
    return Found(page.text[line.start : line.end], Span(line.start, line.end), "clean/headline")


def printed_days(lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> tuple[Found | None, Found | None]:
    """The day the page prints as its own, and the day of its update where it prints one."""
    published, updated = None, None
    edges = [(x, b) for x, b in zip(lines, blocks, strict=True) if not b.kept and len(x.text) <= 120]
    for line, block in edges:
        if "wiki-sources" in block.rule or block.role == "caption":
            continue
        for day, start, end in _days(line):
            label = line.text[max(0, start - 8) : start]
            found = Found(day, Span(line.start + start, line.start + end), "clean/printed-day")
            if UPDATED.search(label) and published is not None:
                updated = updated or found
            elif published is None or (PUBLISHED.search(label) and not PUBLISHED.search(published.rule)):
                published = published or found
    return published, updated


def _days(line: Line) -> list[tuple[str, int, int]]:
    found, at = [], 0
    while (printed := full_date(line.text[at:])) is not None:
        found.append((printed.day, at + printed.start, at + printed.end))
        at += printed.end
    return found


def metadata_day(page: Page) -> Found | None:
    """The day of publication in the page's metadata."""
    for value in _metadata(page, "article:published_time", "ld:datepublished", "ld:datePublished", "date", "pubdate"):
        if printed := full_date(value):
            return Found(printed.day, None, "clean/metadata#published")
    return None


def outlet_of(page: Page, lines: tuple[Line, ...], title: Line | None) -> Found | None:
    """The masthead: site name in the metadata, a short line on top, else the holder of the copyright."""
    names = _metadata(page, "og:site_name", "ld:publisher")
    if names:
        return Found(names[0], None, "clean/metadata#outlet")
    for line in lines[:4]:
        if line is title or line.prose or line.junk:
            continue
        match = OUTLET.search(line.text)
        if match and len(line.text) <= 24 and not re.search(r"[>＞。|]|です|ます|\d{4}", line.text):
            return Found(page.text[line.start : line.end], Span(line.start, line.end), "clean/masthead")
    for line in reversed(lines):
        match = COPYRIGHT.search(line.text)
        if match and not re.match(r"無断|All", match[1]):
            start = line.start + match.start(1)
            return Found(match[1], Span(start, start + len(match[1])), "clean/copyright")
    return None


def bylines_of(lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> tuple[Found, ...]:
    """The names on byline lines: 「[カザン=黒田修介]」, 「パク・ソンウ記者」, 「編集委員 小峰 嘉継」."""
    found: list[Found] = []
    for line, block in zip(lines, blocks, strict=True):
        if block.role != "byline":
            continue
        for part in re.split(r"[、,/]", line.text):
            words = re.sub(r"^.*[==:]|記者.*$|編集委員・?|特派員|責任編集|筆者|文|[\[\]【】〔〕()]", "", part).strip()
            match = NAME.fullmatch(words)
            if match:
                start = line.start + line.text.index(words)
                found.append(Found(words, Span(start, start + len(words)), "clean/byline"))
    return tuple(found)


def origin_of(page: Page, lines: tuple[Line, ...]) -> Found | None:
    """The source the page itself names: 「Reference(s):」 and what follows, 「元記事:…」."""
    for i, line in enumerate(lines):
        if re.match(r"^Reference\(?s?\)?\s*:?$", line.text) and i + 1 < len(lines):
            last = lines[min(i + 2, len(lines) - 1)]
            return Found(page.text[last.start : last.end], Span(last.start, last.end), "clean/origin#references")
        match = ORIGIN.match(line.text)
        if match and "アイキャッチ" not in line.text and "/CC" not in line.text:
            start = line.start + match.start(1)
            return Found(match[1], Span(start, line.end), "clean/origin#named")
    return None


def source_days(lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> list[str]:
    """The days in dropped lists of sources, which bound the day of a page that prints none."""
    return [
        day
        for line, block in zip(lines, blocks, strict=True)
        if "wiki-sources" in block.rule
        for day in all_dates(line.text)
    ]
