"""Reported numbers that are no promise: volumes of trade, balances, shares, polls, casualties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.coding.parties import NOBODY, Party, parties_inside
from jitsuroku.coding.scene import Scene, subject_of
from jitsuroku.coding.telling import Telling, tellings
from jitsuroku.contract import with_id
from jitsuroku.records import Figure, Money, Quantity, Row

# What stands right before the number, or right after it, and says what is counted.
COUNTED = (
    (
        "casualties",
        "人",
        re.compile(r"(?:死者|死傷者|犠牲者|負傷者|けが人)(?:数)?(?:は|が|を)?(?:全体で|合わせて|計)?$"),
        re.compile(r"^(?:余り)?(?:が|の)?(?:死亡|死者|負傷|犠牲|けが|亡くな|戦死|死傷)"),
    ),
    (
        "poll",
        "%",
        re.compile(r"(?:支持率|不支持率|支持|不支持|賛成|反対|回答)(?:は|が|する人は)?$"),
        re.compile(r"^(?:が|は)(?:支持|反対|賛成|不支持)"),
    ),
    (
        "share",
        "%",
        re.compile(r"(?:割合|シェア|出資比率|比率|得票率|依存度)(?:は|が)?$"),
        re.compile(r"^(?:を|は)(?:占め|[^、。]{0,12}向け)"),
    ),
)
BASE = re.compile(r"前年同[月期]比|前年比|前月比|去年の同じ月|前年度比|前の年の同じ月")
MOVED = re.compile(r"%?(?:の)?(?:増加?|減少?|増え|減っ|伸び|上回|下回|プラス|マイナス)|最高を更新|過去最高|黒字|赤字")
LEAD = 12
# 「去年の同じ月より」, 「前年と比べ」: what a number is compared with, not when it was.
COMPARED = re.compile(r"^(?:と比|比|同|の同|の水準|より|を上回|を下回|並み|度比)")
PARTNER = re.compile(r"(?:向け|への輸出|からの輸入)$")


def figure_of(
    scene: Scene, telling: Telling, money: Money, measure: Row | None, source: str, of: tuple[str, ...]
) -> Figure:
    """A figure in money. ``source`` is the statement that gives it, else ``page``."""
    return with_id(
        Figure(
            id="",
            document=scene.page.id,
            measure=measure["measure"] if measure else None,
            of=_of(scene, telling, of),
            amount=number(money.amount),
            unit=None,
            currency=money.currency,
            period=period_of(scene, telling) or money.per,
            base=_base(telling),
            source=source,
            evidence=scene.evidence(*telling.words),
            rule=measure.rule if measure else money.rule,
        )
    )


def counted_figures(scene: Scene, taken: set[int]) -> Iterator[Figure]:
    """Shares, polls and casualties: a count whose sentence says what it measures."""
    for telling, found in tellings(scene, scene.mentions.quantities):
        if not isinstance(found, Quantity) or found.start in taken:
            continue
        before = scene.text[telling.sentence.start : telling.start]
        after = scene.text[telling.end : telling.sentence.end]
        for measure, unit, leading, trailing in COUNTED:
            if found.unit == unit and (leading.search(before) or trailing.match(after)):
                yield _counted(scene, telling, found, measure)
                break


def _counted(scene: Scene, telling: Telling, found: Quantity, measure: str) -> Figure:
    return with_id(
        Figure(
            id="",
            document=scene.page.id,
            measure=measure,
            of=_of(scene, telling, ()),
            amount=number(found.n),
            unit=found.unit,
            currency=None,
            period=period_of(scene, telling),
            base=_base(telling),
            source="page",
            evidence=scene.evidence(*telling.words),
            rule=f"coding/figures#{measure}",
        )
    )


def is_carried(scene: Scene, telling: Telling) -> bool:
    """Whether a sentence goes on with the numbers of the one before: 「自動車は55億ドルで8.6%の増加」."""
    lead = scene.text[max(telling.sentence.start, telling.start - LEAD) : telling.start]
    return bool(MOVED.search(lead) or MOVED.search(telling.near))


def _of(scene: Scene, telling: Telling, carried: tuple[str, ...]) -> tuple[str, ...]:
    """Whose number it is; a partner (「中国向けは」) joins whoever the numbers before were of."""
    clause = telling.clause
    before = [a for a in (clause.arguments if clause else ()) if a.particle in ("は", "も") and a.end <= telling.start]
    subject = before[-1] if before else subject_of(clause) if clause else None
    party: Party = parties_inside(scene, subject) if subject else NOBODY
    if subject and party and PARTNER.search(scene.text[subject.start : subject.end]):
        return tuple(dict.fromkeys((*carried, *party.codes)))
    if party or carried:
        return party.codes or carried
    first = scene.actors_in(telling.sentence.start, telling.start)
    return first[0].codes if first and first[0].what == "state" else ()


def period_of(scene: Scene, telling: Telling) -> str | None:
    """The year, month or interval nearest before the amount in its sentence: 「2024年の貿易額は」."""
    dates = [
        d
        for d in scene.dates_in(telling.sentence.start, telling.start)
        if len(d.value) != len("2025-09-03") and not COMPARED.match(scene.text[d.end : d.end + 6])
    ]
    return dates[-1].value if dates else None


def _base(telling: Telling) -> str | None:
    match = BASE.search(telling.near)
    return match[0] if match else None


def number(amount: str) -> int | str:
    """A whole number where the amount is one, else the decimal string."""
    return amount if "." in amount else int(amount)
