"""role: an office that the person held neither on a day the page tells of nor on the page's own day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from jitsuroku.checks.case import Case
from jitsuroku.lexicon import covers
from jitsuroku.records import Flag, Name, Row, Sentence

RULE = "checks/offices#"
# Words beside a name by which the page itself says that the office is of another time, or not yet held.
ANOTHER_TIME = re.compile(
    r"元|前(?!線)|故|当時|政権の$|政権下|内閣の$|第\d+次|のち|後の|次期|時代|初代|先代|歴代|暫定|臨時|代行|候補|就任|内定|指名|第\d+代"
)
BESIDE = 8
FORMER, LATER = "元", "前"
STATE = 3
DAY, STILL_SAID = len("2025-09-03"), 14
# A shorter name may be many people's.
LONG_NAME = 4
# How far before a name its state may stand.
LEAD = 16
# Offices of organisations that one person holds at a time.
ALONE = ("事務総長", "事務局長", "欧州委員長", "委員長")
# Who is the head of an office or a deputy: 「|ノルム|国連大使」, 「ノルム|国連次席大使|」.
HEADED = re.compile(
    r"(?P<person>[ァ-ヶー・]{2,14}|[一-龥]{2,4}?)(?P<office>(?:国連|[駐][一-龥]{1,3})?(?:大使|大統領|首相|外相|国防相|長官|議長|総裁|報道官))"
)
UN_DEPUTY = re.compile(r"(?:[ァ-ヶ・ー]{2,}|[一-龥]{2,4})?(?:\([^()]{1,12}\))?国連(?:次席|副|代理)大使")
POSTED = re.compile(
    r"(?P<person>[ァ-ヶー・]{4,14}|[一-龥]{3,5}?)(?:\([^()]{1,12}\))?駐(?P<host>[ァ-ヶー]{2,12}|[一-龥]{1,2})(?:特命全権)?大使"
)
TITLED = re.compile(r"(?:使|領|相|官|長|裁|臣)$")
DEPUTY = re.compile(r"次席|副|代理|補(?=佐官|$)|次(?=官)|臨時代理")
SINGLE = (
    "大統領",
    "首相",
    "国家主席",
    "外相",
    "国防相",
    "財務相",
    "国務長官",
    "財務長官",
    "国防長官",
    "商務長官",
    "官房長官",
)
HEADS = ("大統領", "首相", "国家主席")
# Offices of which a state has several at once, so that another holder proves nothing: 「ホワイトハウスのカービー|補佐官|」.
SEVERAL = re.compile(
    r"補佐官|報道官|大使|(?:外務|国務|国防)?次官補?|国務副長官|特使|特別代表|副首相|副議長|評議会議長|議長|国務委員|政治局員|"
    r"欧州委員|司令官|知事|総裁|院内総務|顧問"
)


def offices_not_held(case: Case) -> Iterator[Flag]:
    """「カザフスタンのトカエフ首相」 in 2025, when he was president and somebody else prime minister.

    Silent unless one person at a time holds the office and the tables name another holder on the page's day; an error
    where the page itself gives the person the right office elsewhere, else a doubt.
    """
    anchor = case.document.anchor
    if anchor is None:
        return
    told = _days_told(case)
    for name in case.mentions.names:
        if name.what != "person" or len(name.candidates) != 1 or _of_another_time(case, name):
            continue
        if not name.office or SEVERAL.fullmatch(name.office):
            continue
        rows = case.world.listed.terms.get(name.candidates[0], ())
        state = _state(case, name, rows)
        if not rows or _held(rows, name.office, _days(case, name, told)) or not _known(rows, name.office, state):
            continue
        if (right := _head_elsewhere(case, name, rows, anchor)) is not None:
            yield _contradicted(case, name, right)
            continue
        holders = [r for r in _terms_of(case, name.office) if r["holder_of"] == state and covers(r, anchor)]
        if not holders or any(r["person"] == name.candidates[0] for r in holders):
            continue
        yield _flag(case, name, rows, holders[0], anchor)


def heads_by_another_name(case: Case) -> Iterator[Flag]:
    """「日本の岸田大統領」, 「プーチン国家主席」: the state has no such office, and the person heads it under another name."""
    anchor = case.document.anchor
    for name in case.mentions.names if anchor else ():
        if not _is_a_head(case, name):
            continue
        rows = case.world.listed.terms.get(name.candidates[0], ())
        own = [r for r in rows if r["office"] in HEADS and len(r["holder_of"]) == STATE and covers(r, anchor or "")]
        if len(own) != 1 or name.country not in (None, own[0]["holder_of"]):
            continue
        if any(r["holder_of"] == own[0]["holder_of"] for r in _terms_of(case, name.office or "")):
            continue
        if (own[0]["office"], name.office) == ("国家主席", "大統領") or _told_elsewhere(case, name, [own[0]["office"]]):
            # Both are said of heads of states that are led by a party; where the page has it right, too, that is proof.
            continue
        message = (
            f"{own[0]['holder_of']} has no {name.office}; {_shown(case, name.candidates[0])} is {own[0]['office']}"
        )
        yield case.flag("role", "doubt", (name.start, name.end), message, own[0]["office"], RULE + "no-such-office")


def heads_of_another_state(case: Case) -> Iterator[Flag]:
    """「タジキスタンのジャパロフ大統領」: he is Kyrgyzstan's, and the tables know who is Tajikistan's."""
    anchor = case.document.anchor
    for name in case.mentions.names if anchor else ():
        if not _is_a_head(case, name):
            continue
        rows = case.world.listed.terms.get(name.candidates[0], ())
        own = [r for r in rows if r["office"] == name.office and covers(r, anchor or "")]
        if len(name.text) < LONG_NAME or len(own) != 1 or not name.country or len(name.country) != STATE:
            continue
        if any(r["holder_of"] == name.country for r in rows) or not _follows_its_state(case, name):
            continue
        holders = [
            r for r in _terms_of(case, name.office or "") if r["holder_of"] == name.country and covers(r, anchor or "")
        ]
        if holders:
            person, other = _shown(case, name.candidates[0]), _shown(case, holders[0]["person"])
            message = f"{person} is {name.office} of {own[0]['holder_of']}; of {name.country} it is {other}"
            yield case.flag("role", "doubt", (name.start, name.end), message, other, RULE + "another-state")


def _is_a_head(case: Case, name: Name) -> bool:
    """Whether a known person is called the head of a state or government of the page's time."""
    known = name.what == "person" and len(name.candidates) == 1 and name.office in HEADS
    return known and not _of_another_time(case, name)


def _follows_its_state(case: Case, name: Name) -> bool:
    """Whether the state is named right before the person: 「|タジキスタンの|ジャパロフ大統領」."""
    lead = case.text[max(0, name.start - LEAD) : case.text.find(name.text, name.start)].removesuffix("の")
    rows = case.world.tables["states"].rows
    return any(lead.endswith(n) for r in rows if r["code"] == name.country for n in (r["name_ja"], *r.list("forms")))


def _of_another_time(case: Case, name: Name) -> bool:
    before = case.text[max(0, name.start - BESIDE) : name.start]
    whole = case.text[name.start : name.end + BESIDE]
    return bool(ANOTHER_TIME.search(before) or ANOTHER_TIME.search(whole)) or name.rule.endswith("#former")


def _terms_of(case: Case, office: str) -> list[Row]:
    table = case.world.tables.get("offices")
    return [r for r in table.rows if r["office"] == office] if table else []


def _state(case: Case, name: Name, rows: tuple[Row, ...]) -> str:
    own = {r["holder_of"] for r in rows if r["office"] == name.office} or {r["holder_of"] for r in rows}
    return name.country or (own.pop() if len(own) == 1 else "")


def _known(rows: tuple[Row, ...], office: str, state: str) -> bool:
    """Whether the tables know enough of the person: this office at another time, or another office of the state."""
    known = len(state) == STATE or office in ALONE
    return known and bool(office) and any(r["holder_of"] == state for r in rows)


def _days_told(case: Case) -> dict[int, dict[str, None]]:
    """The days that each paragraph tells of."""
    told: dict[int, dict[str, None]] = {}
    for day in case.mentions.dates:
        if (sentence := case.sentence_at(day.start)) is not None:
            told.setdefault(sentence.paragraph, {}).update(dict.fromkeys(day.value.split("/")))
    return told


def _days(case: Case, name: Name, told: Mapping[int, Mapping[str, None]]) -> list[str]:
    """The page's day and every day told in the paragraph, or in the headline's own words."""
    sentence = case.sentence_at(name.start)
    return [case.document.anchor or "", *(told.get(sentence.paragraph, ()) if sentence else ())]


def _held(rows: tuple[Row, ...], office: str, days: list[str]) -> bool:
    own = [r for r in rows if r["office"] == office]
    return any(covers(r, day) or _has_just_ended(r, day) for r in own for day in days)


def _has_just_ended(row: Row, day: str) -> bool:
    """Whether an office was lost so shortly before that it is still said: of who was ousted 「大統領を国外に追放」."""
    if len(row["to"]) != DAY or len(day) != DAY:
        return False
    return 0 <= (date.fromisoformat(day) - date.fromisoformat(row["to"])).days <= STILL_SAID


def _flag(case: Case, name: Name, rows: tuple[Row, ...], holder: Row, anchor: str) -> Flag:
    own = [r["office"] for r in rows if covers(r, anchor)]
    person, other = _shown(case, name.candidates[0]), _shown(case, holder["person"])
    right = _told_elsewhere(case, name, own)
    message = f"{name.office} of {holder['holder_of']} on {anchor} was {other}, not {person}"
    if own:
        message += f", who was {'、'.join(dict.fromkeys(own))}"
    if right:
        message += f"; the page itself calls {person} {right} elsewhere"
    expected = right or (own[0] if own else other)
    severity = "error" if right else "doubt"
    return case.flag("role", severity, (name.start, name.end), message, expected, RULE + "not-held")


def _head_elsewhere(case: Case, name: Name, rows: tuple[Row, ...], anchor: str) -> str | None:
    """Of two offices that nobody holds at once the one that page and tables both give: 首相, not 大統領; 外相, not 国防相."""
    own = [r["office"] for r in rows if covers(r, anchor) and r["office"] in SINGLE]
    if name.office not in SINGLE or any(r["office"] == name.office for r in rows):
        return None
    return _told_elsewhere(case, name, own)


def _contradicted(case: Case, name: Name, right: str) -> Flag:
    person = _shown(case, name.candidates[0])
    message = f"the page itself calls {person} {right} elsewhere, and so do the tables; {name.office} is somebody else"
    return case.flag("role", "error", (name.start, name.end), message, right, RULE + "two-offices")


def _shown(case: Case, key: str) -> str:
    row = case.world.people.get(key)
    return row["name_ja"] if row else key


def _told_elsewhere(case: Case, name: Name, own: list[str]) -> str | None:
    """The right office, where the page gives it to the same person in another place."""
    others = (n for n in case.mentions.names if n.what == "person" and n.candidates == name.candidates)
    return next((n.office for n in others if n.office in own), None)


def differing_titles(case: Case) -> Iterator[Flag]:
    """A headline that says 元大統領 of somebody whom the body calls 前大統領 throughout, or the other way round.

    前 is the holder before the present one, 元 any former one: a page that means both is wrong once.
    """
    title = case.document.title
    if title is None or title.span is None:
        return
    for name in case.mentions.names:
        if name.what != "person" or not name.text or name.start < title.span.end:
            continue
        if case.text.find(name.text, title.span.start, title.span.end) >= 0:
            yield from _differing(case, name.text, (title.span.start, title.span.end))


def raised_titles(case: Case) -> Iterator[Flag]:
    """A headline that makes a deputy the head: 「ノルム国連大使」 of somebody whom the body calls 国連次席大使 throughout."""
    title = case.document.title
    if title is None or title.span is None:
        return
    span = title.span.start, title.span.end
    yield from _raised(case, span) or _deputy_at_the_united_nations(case, span)


def _raised(case: Case, title: tuple[int, int]) -> list[Flag]:
    flags: list[Flag] = []
    for m in HEADED.finditer(case.text, *title):
        own = re.compile(rf"{re.escape(m['person'])}(?:\([^()]{{1,12}}\))?(?P<office>[一-龥]{{2,9}})")
        sentences = _body(case, title)
        body = [n["office"] for s in sentences for n in own.finditer(case.text, s.start, s.end)]
        titled = [office for office in body if TITLED.search(office)]
        if titled and all(DEPUTY.search(o) and m["office"].endswith(DEPUTY.sub("", o)) for o in titled):
            message = f"the headline says {m['office']}, the body {titled[0]} throughout"
            flags.append(case.flag("role", "error", m.span(), message, titled[0], RULE + "deputy"))
    return flags


def differing_posts(case: Case) -> Iterator[Flag]:
    """「ノルム駐中国大使」 and 「ノルム駐米国大使」 on one page: one of the two is wrong."""
    posts: dict[str, tuple[str, str]] = {}
    for sentence in case.sentences_with("大使"):
        for m in POSTED.finditer(case.text, sentence.start, sentence.end):
            host = m["host"].removesuffix("国")
            first = posts.setdefault(m["person"], (host, m[0]))
            if (
                first[0] != host
                and not (host in first[0] or first[0] in host)
                and not ANOTHER_TIME.search(m[0] + first[1])
            ):
                message = f"the page calls {m['person']} {first[1]} and {m[0]}"
                yield case.flag("role", "error", m.span(), message, first[1], RULE + "posts")


def _deputy_at_the_united_nations(case: Case, title: tuple[int, int]) -> Iterator[Flag]:
    """「北朝鮮国連大使」 in the headline of somebody whom the body knows as 国連次席大使 alone."""
    if case.text.find("国連大使", *title) < 0 or any(
        case.text.find("国連大使", s.start, s.end) >= 0 for s in _body(case, title)
    ):
        return
    for sentence in _body(case, title):
        if m := UN_DEPUTY.search(case.text, sentence.start, sentence.end):
            message = "the headline says 国連大使, the body 国連次席大使 throughout"
            yield case.flag("role", "error", m.span(), message, "国連次席大使", RULE + "deputy")
            return


def _body(case: Case, title: tuple[int, int]) -> list[Sentence]:
    return [s for s in case.sentences if s.start >= title[1]]


def _differing(case: Case, person: str, title: tuple[int, int]) -> Iterator[Flag]:
    pattern = re.compile(rf"{re.escape(person)}(元|前)([一-龥]{{2,4}}(?:相|領|長|官|使|席))")
    headline = pattern.search(case.text, *title)
    if headline is None:
        return
    body = [m for s in case.sentences if s.start >= title[1] for m in pattern.finditer(case.text, s.start, s.end)]
    same = {m[1] for m in body if m[2] == headline[2]}
    if len(same) == 1 and headline[1] not in same:
        right = same.pop()
        message = f"the headline says {headline[1]}{headline[2]}, the body {right}{headline[2]} throughout"
        yield case.flag("role", "error", headline.span(), message, right + headline[2], RULE + "headline")
