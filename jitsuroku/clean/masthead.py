"""Whose page it is, and whose words it repeats: masthead, holder of the copyright, 「元記事:…」, Reference(s)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.clean.headline import metadata
from jitsuroku.clean.lines import Line
from jitsuroku.clean.outlet_name import OUTLET
from jitsuroku.records import Block, Found, Page, Span

TOP, LONGEST_NAME = 8, 26
# Where the menu begins in a line that starts with the masthead: 「港新聞 ログイン | 朝刊」.
MENU = re.compile(
    r"\s*(?:[|≡☰▼>]|\s[―—–-]\s|\s{2,}|について\s|\s(?:トップ|ホーム|ログイン|朝刊|夕刊|速報|政治|国際|経済|社会|ニュース|会員登録|日本語版?\(|自動翻訳|"
    r"国際政治を|海外短信|首页|Home|Главная)).*$"
)
NO_OUTLET = re.compile(
    r"[>。@]|によって|転載|掲示板|です|ます|\d{4}|^(?:トップ|ホーム|ログイン|ニュース|現在位置|首页|Home)"
)
# ⓒ is folded to c.
COPYRIGHT = re.compile(
    r"(?:\(C\)|©|^c(?=\s?[一-龥ァ-ヶ])|Copyright\s*(?:\(C\)|©|c\b)?)\s*(?:(?:19|20)\d\d(?:\s?-\s?(?:19|20)\d\d)?)?[\s,]*([^。,、/|\d]{2,40})",
    re.I,
)
NO_HOLDER = re.compile(r"無断|^All\b|資料|記事|本(?:サイト|ページ)|です$")
AFTER_HOLDER = re.compile(r"\.?\s*All [Rr]ights.*$|\s*(?:無断|記事・|すべて|未经|、).*$|\.$")
NAME_BEFORE_DAY = re.compile(
    r"^[「\[]?([^「」\[\]【】『』:/]{2,16}?)[」\]/]?\s*(?:(?:19|20)\d\d\s?[年/.-]|\d{1,2}/\d{1,2}\([月火水木金土日]\))"
)
ORIGIN = re.compile(r"^(?:引用元|元記事|ソース|情報源|転載元|配信元|来源|Source|Источник)\s*[::]\s*(\S.{1,60})$")
CREDIT_OR_ORIGIN = re.compile(r"^出典\s*[::]\s*(\S.{1,60})$")
PICTURE = re.compile(r"CC BY|/CC|パブリックドメイン|アイキャッチ|photo|画像|写真|撮影|作成", re.I)
REPRINTED = re.compile(r"^(\S{2,24})(?:より|から)(?:転載|引用|抜粋)$|来源[::]\s*(\S{2,20})")
REFERENCES = re.compile(r"^(?:Reference\(?s?\)?|References|Источник|来源)\s*[::]?$")
SITE = re.compile(r"^(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?$")
# The one outlet by whose report the page tells everything: 「港新聞によると」.
ACCORDING = re.compile(
    r"((?:[一-龥ァ-ヴー]{1,8}(?:新聞|通信|放送|テレビ|タイムズ|ポスト|日報|時報|網))|新華社|ロイター|AFP|AP通信|CNN|BBC|タス通信|共同通信|時事通信)"
    r"(?:(?:が|の)\S{2,10})?に(?:よると|よれば|よりますと)"
)


def outlet_of(page: Page, lines: tuple[Line, ...], blocks: tuple[Block, ...], title: Line | None) -> Found | None:
    """The masthead: site name in the metadata, a name on top or beside the day, else the holder of the copyright."""
    names = metadata(page, "og:site_name", "ld:publisher")
    if names:
        return Found(names[0], None, "clean/metadata#outlet")
    for span, rule in (*_beside_the_day(lines, blocks), *_on_top(lines, title), *_copyright(lines)):
        return Found(page.text[span.start : span.end], span, rule)
    return None


def _beside_the_day(lines: tuple[Line, ...], blocks: tuple[Block, ...]) -> Iterator[tuple[Span, str]]:
    """「港網日本語版 2025年06月18日08:40」."""
    for line, block in zip(lines, blocks, strict=True):
        if block.kept or line.prose or "#section" in block.rule:
            continue
        match = NAME_BEFORE_DAY.match(line.text)
        if match and OUTLET.search(match[1]) and not NO_OUTLET.search(match[1]):
            yield Span(line.start + match.start(1), line.start + match.end(1)), "clean/masthead#day"


def _on_top(lines: tuple[Line, ...], title: Line | None) -> Iterator[tuple[Span, str]]:
    for line in lines[:TOP]:
        if line.is_text:
            return
        name = MENU.sub("", line.text).strip()
        if (
            line is title
            or line.prose
            or (line.junk and line.junk.role != "junk")
            or not 2 <= len(name) <= LONGEST_NAME
        ):
            continue
        if OUTLET.search(name) and not NO_OUTLET.search(name):
            yield Span(line.start, line.start + len(name)), "clean/masthead"


def _copyright(lines: tuple[Line, ...]) -> Iterator[tuple[Span, str]]:
    for line in reversed(lines):
        match = COPYRIGHT.search(line.text) if line.junk else None
        name = AFTER_HOLDER.sub("", match[1]).strip() if match else ""
        if match and len(name) > 1 and not NO_HOLDER.search(name):
            start = line.start + line.text.index(name, match.start(1))
            yield Span(start, start + len(name)), "clean/copyright"


def origin_of(
    page: Page, folded: str, lines: tuple[Line, ...], blocks: tuple[Block, ...], outlet: Found | None
) -> Found | None:
    """The source the page itself names as that of its words; a picture's credit is none."""
    found = next(_named_origins(lines, blocks, outlet), None)
    if found is None:
        found = _only_source(folded, blocks, outlet)
    return Found(page.text[found[0].start : found[0].end], *found) if found else None


def _named_origins(
    lines: tuple[Line, ...], blocks: tuple[Block, ...], outlet: Found | None
) -> Iterator[tuple[Span, str]]:
    last = max((i for i, b in enumerate(blocks) if b.role == "body"), default=-1)
    for i, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        if block.kept or len(line.text) > LONGEST_NAME * 4:
            continue
        if REFERENCES.match(line.text):
            yield from _reference(lines[i + 1 : i + 4])
        match = ORIGIN.match(line.text) or REPRINTED.search(line.text)
        if match is None and i > last:
            match = CREDIT_OR_ORIGIN.match(line.text)
        if match and not PICTURE.search(line.text):
            group = match.lastindex or 1
            name = Span(line.start + match.start(group), line.start + match.end(group))
            if outlet is None or match[group] != outlet.value:
                yield name, "clean/origin#named"


def _reference(below: tuple[Line, ...]) -> Iterator[tuple[Span, str]]:
    """Of the lines under 「Reference(s):」 the one that names the site, else the first."""
    if below:
        line = next((x for x in below if SITE.match(x.text)), below[0])
        yield Span(line.start, line.end), "clean/origin#references"


def _only_source(folded: str, blocks: tuple[Block, ...], outlet: Found | None) -> tuple[Span, str] | None:
    """The outlet of every 「…によると」 of the body when it is one and the same, the first paragraph leans on it, and
    it is not the page's own."""
    bodies = [b for b in blocks if b.role == "body"]
    first = ACCORDING.search(folded, bodies[0].start, bodies[0].end) if bodies else None
    if first is None or (outlet and first[1] in outlet.value):
        return None
    if any(m[1] != first[1] for b in bodies for m in ACCORDING.finditer(folded, b.start, b.end)):
        return None
    return Span(first.start(1), first.end(1)), "clean/origin#only-source"
