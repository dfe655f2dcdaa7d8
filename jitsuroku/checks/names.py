"""name: a name that is a known slip, a currency that belongs to a state the page does not speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.checks.case import Case
from jitsuroku.records import Flag, Money, Row

RULE = "checks/names#"
ABBREVIATED = re.compile(r"\(([A-Z]{2,6})\)")
LONGEST_ABBREVIATION = 8
KANA = re.compile("[ァ-ヶ]")
# A shorter name may well be another person's.
LONG_NAME, FULL_NAME = 5, 4
CAPITAL = re.compile(r"首都・?(?P<city>[ァ-ヶー]{2,14})(?![ァ-ヶー])")
# The seats of states.tsv hold from this year on: Kazakhstan's and Myanmar's had moved before.
SEATS_SINCE = "2010"
ALIKE = frozenset("ヨョ ヤャ ユュ ェエ イィ オォ ヴブ ジヂ ズヅ アァ ウゥ".split())


def misnomers(case: Case) -> Iterator[Flag]:
    """「国際原子力機構」: the agency is 国際原子力機関."""
    rows = {r["word"]: r for r in case.rows("misnomers")}
    pattern = re.compile("|".join(map(re.escape, sorted(rows, key=lambda w: (-len(w), w)))) or "(?!)")
    spans = [(s.start, s.end) for s in case.sentences]
    title = case.document.title
    if title is not None and title.span is not None:
        spans.insert(0, (title.span.start, title.span.end))
    seen: set[str] = set()
    for start, end in spans:
        for m in pattern.finditer(case.text, start, end):
            if m[0] not in seen:
                seen.add(m[0])
                right = rows[m[0]]["right"]
                yield case.flag("name", "error", m.span(), f"the name is {right}", right, RULE + "misnomer")


def foreign_currencies(case: Case) -> Iterator[Flag]:
    """「ウズベキスタン政府は…テンゲを」 on a page that nowhere speaks of Kazakhstan.

    Only for currencies of one state, beside one other state that has a currency of its own; a page that names the
    currency's state, or gives a rate or a conversion for it, may well mean it.
    """
    home = _homes(case)
    for money in case.mentions.money:
        owner = home.get(money.currency or "")
        if owner is None or money.gloss is not None or _is_named(case, owner):
            continue
        here = _states_beside(case, money)
        if len(here) != 1 or here[0] not in home.values():
            continue
        own = next(code for code, state in home.items() if state == here[0])
        message = f"{money.currency} is the currency of {owner}, which the page does not name; {here[0]} has {own}"
        yield case.flag("name", "doubt", (money.start, money.end), message, own, RULE + "currency")


def _homes(case: Case) -> dict[str, str]:
    """The one state of each currency that circulates in one state only."""
    table = case.world.tables.get("homes")
    return {r["currency"]: r["state"] for r in table.rows} if table else {}


def _is_named(case: Case, state: str) -> bool:
    """Whether the page knows the state at all: by actor, by name, in headline or body."""
    if any(state in a.codes for a in case.actors.actors):
        return True
    rows: tuple[Row, ...] = case.world.tables["states"].rows if "states" in case.world.tables else ()
    names = [n for r in rows if r["code"] == state for n in (r["name_ja"], *r.list("forms"), *r.list("seats"))]
    return any(n in case.text for n in names if len(n) > 1)


def _states_beside(case: Case, money: Money) -> list[str]:
    sentence = case.sentence_at(money.start)
    if sentence is None:
        return []
    inside = [a for a in case.actors.actors if sentence.start <= a.start < sentence.end]
    return list(dict.fromkeys(c for a in inside for c in a.codes if len(c) == len("KAZ")))


def wrong_capitals(case: Case) -> Iterator[Flag]:
    """「カザフスタンの首都アルマトイ」: a city of the state that is no seat of its government. Silent on pages before capitals moved."""
    anchor, sentences = case.document.anchor, list(case.sentences_with("首都"))
    if not sentences or not anchor or anchor[:4] < SEATS_SINCE:
        return
    cities = {r["name"]: r["country"] for r in case.world.tables["places"].rows if r["kind"] == "city" and r["country"]}
    states = {r["code"]: r for r in case.world.tables["states"].rows}
    for sentence in sentences:
        for m in CAPITAL.finditer(case.text, sentence.start, sentence.end):
            row = states.get(cities.get(m["city"], ""))
            if row is None or not row["seats"] or m["city"] in row.list("seats"):
                continue
            if any(
                case.text.endswith(n + "の", sentence.start, m.start()) for n in (row["name_ja"], *row.list("forms"))
            ):
                seat = row.list("seats")[0]
                message = f"the capital of {row['code']} is {seat}, not {m['city']}"
                yield case.flag("name", "doubt", m.span(), message, seat, RULE + "capital")


def wrong_abbreviations(case: Case) -> Iterator[Flag]:
    """「世界保健機関(WTO)」: the letters of another organisation, or its own in another order."""
    owners = _abbreviations(case) if ABBREVIATED.search(case.text) else {}
    for name in case.mentions.names if owners else ():
        row = case.world.listed.organisations.get(name.rule)
        m = ABBREVIATED.search(case.text, name.start, name.end + LONGEST_ABBREVIATION) if row else None
        own = sorted(a for a, rules in owners.items() if name.rule in rules)
        if m is None or not own or m[1] in own or case.text[name.start : m.start()].count("("):
            continue
        if m[1] in owners or any(sorted(m[1]) == sorted(a) for a in own):
            message = f"the letters of {name.text} are {own[0]}, not {m[1]}"
            yield case.flag("name", "error", (name.start, m.end()), message, own[0], RULE + "abbreviation")


def _abbreviations(case: Case) -> dict[str, set[str]]:
    """The rules of the organisations that each abbreviation stands for."""
    owners: dict[str, set[str]] = {}
    for rule, row in case.world.listed.organisations.items():
        for form in (row["code"], *row.list("forms")):
            if form.isascii() and form.isupper() and form.isalpha():
                owners.setdefault(form, set()).add(rule)
    return owners


def slips_in_a_name(case: Case) -> Iterator[Flag]:
    """「金杉憲治大使」 and 「金杉憲二大使」 on one page: a known name and one that is nobody's, one letter apart, of one office."""
    people = [n for n in case.mentions.names if n.what == "person" and n.office]
    known = {n.text: n for n in people if len(n.candidates) == 1}
    seen: set[str] = set()
    for name in people:
        if (
            name.candidates
            or name.text in seen
            or len(name.text) < (LONG_NAME if KANA.search(name.text) else FULL_NAME)
        ):
            continue
        right = next((k for k in known.values() if k.office == name.office and _is_a_slip(name.text, k.text)), None)
        if right is not None:
            seen.add(name.text)
            message = f"elsewhere the page writes {right.text}"
            yield case.flag("name", "doubt", (name.start, name.end), message, right.text, RULE + "slip")


def _is_a_slip(one: str, other: str) -> bool:
    """Whether two names differ by one letter that is another, missing or too much; ヨ and ョ are no slip."""
    if len(one) == len(other):
        differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        return len(differing) == 1 and not {a + b for a, b in (*differing, differing[0][::-1])} & ALIKE
    longer, shorter = sorted((one, other), key=len, reverse=True)
    missing = [longer[i] for i in range(len(longer)) if longer[:i] + longer[i + 1 :] == shorter]
    return bool(missing) and not set(missing) & set("ー・ッ")
