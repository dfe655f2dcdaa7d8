"""How far a promise has come, and by when it is to be kept."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from jitsuroku.coding.promise_words import PromiseWords
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.telling import Telling
from jitsuroku.records import Clause, Date, Event

LADDER = ("potential", "considered", "pledged", "signed", "delivering", "delivered", "suspended", "cancelled")
GOVERNOR, BEFORE, LEAD = 26, 12, 30
PLEDGED = re.compile(
    r"表明|約束|発表|明らか|方針|考え|意向|意図|計画|予定|伝達|伝え|明か|宣言|決め|決定|という|とする|だと|ると|用意|確認|見込"
)
ENDED = ("suspended", "cancelled")
ANOTHER_ACT = re.compile(r"(?:し|して|した後)?[、,]")
NUMBER = re.compile(r"\d+")
UNTIL = re.compile(r"末?(?:まで|に(?:は|も)?)")
WITHIN_THE_YEAR = re.compile(r"年内|年末まで")
DAY = len("2025-09-03")
NEWS = 31
TIMES = frozenset("年 年間 か月 カ月 ヵ月 月 週 週間 日 日間 時間".split())
LISTED = re.compile(r"[やと、]")


def stage_of(scene: Scene, telling: Telling, words: PromiseWords, kind: str, told: Event | None) -> str:
    """The rung on which the words put the promise; pledged where they say no more."""
    own = _own_words(scene, telling)
    found = [row["stage"] for row in words.stages.all(own)]
    ended = [row["stage"] for row in words.stages.all(_behind(scene, telling)) if row["stage"] in ENDED]
    if ended and (told is None or told.status != "denied"):
        return ended[0]
    for stage in ("potential", "considered"):
        if stage in found and "signed" not in found:
            return stage
    if kind == "cost":
        return "potential"
    if _is_signed(scene, telling, words):
        return "signed"
    return _delivery(scene, telling, words) or "pledged"


def _own_words(scene: Scene, telling: Telling) -> str:
    start, end = telling.words
    return scene.text[max(telling.sentence.start, start - BEFORE) : min(telling.sentence.end, end + GOVERNOR)]


def _behind(scene: Scene, telling: Telling) -> str:
    """What follows the amount in its own clause: of 「凍結資産を元手に3億ドルを貸す」 nothing is frozen."""
    end = telling.clause.end if telling.clause else telling.end
    return scene.text[telling.end : max(end, telling.end)]


def _is_signed(scene: Scene, telling: Telling, words: PromiseWords) -> bool:
    """「3億ドルの契約に署名した」, 「覚書は、|3億ドル|」, 「署名した文書は総額|3億ドル|」.

    Of 「条約に署名し、…|3億ドル|を供与する」 another thing was signed.
    """
    after = scene.text[telling.end : min(telling.sentence.end, telling.words[1] + GOVERNOR)]
    if any(row["stage"] == "signed" for row in words.stages.all(after)):
        return True
    lead = _lead(scene, telling)
    signed = (m for m in words.stages.pattern.finditer(lead) if words.stages.rows[m[0]]["stage"] == "signed")
    return any(not ANOTHER_ACT.match(lead[m.end() :]) for m in signed)


def _lead(scene: Scene, telling: Telling) -> str:
    """What leads up to the amount: 「覚書は、|3億ドル」, 「署名した文書は29件、総額|3億ドル」."""
    return scene.text[max(telling.sentence.start, telling.start - LEAD) : telling.start]


def _delivery(scene: Scene, telling: Telling, words: PromiseWords) -> str | None:
    """「3億ドルを供与した」 is delivered, 「供与している」 under way; 「供与し、…と表明した」 is still a promise."""
    clause = telling.told or telling.clause
    if clause is None or clause.tense != "past" and clause.aspect != "continuing":
        return None
    behind = scene.text[clause.end : telling.sentence.end] if telling.told is None else ""
    if not _hands_over(clause, words) or PLEDGED.search(behind):
        return None
    return "delivering" if clause.aspect == "continuing" else "delivered"


def _hands_over(clause: Clause, words: PromiseWords) -> bool:
    return clause.predicate in words.handovers and not clause.negative and "desire" not in clause.modality


def horizon_of(scene: Scene, telling: Telling, words: PromiseWords) -> tuple[str | None, str | None]:
    """The time named for the promise, as written, and the day by which it ends where that can be reckoned."""
    start, end = telling.words
    left = _after_other_amount(scene, telling, max(telling.sentence.start, min(start, telling.start - 30)))
    until = _before_other_amount(scene, telling, min(telling.sentence.end, max(end, telling.end)))
    best: tuple[int, int, int, str] | None = None
    for pattern, kind in words.horizons:
        for m in pattern.finditer(scene.text, left, until):
            if m.start() < telling.end and m.end() > telling.start and kind != "year":
                continue
            away = telling.start - m.end() if m.end() <= telling.start else m.start() - telling.end
            rank = (max(away, 0), -(m.end() - m.start()), m.start(), kind)
            best = min(best, rank) if best else rank
    if best is None:
        return None, None
    begin, finish = best[2], best[2] - best[1]
    return scene.page.text[begin:finish], _due(scene, begin, finish, best[3], _promised_on(scene, telling, begin))


def _promised_on(scene: Scene, telling: Telling, horizon: int) -> str | None:
    """The day from which a time is reckoned: the page's own, or that of the promise where it is told of.

    Of 「2009年の会議で、今後5年間に3億ドルを約束した」 the day is not known.
    """
    anchor = scene.document.anchor
    told = [d for d in scene.dates_in(telling.sentence.start, min(horizon, telling.start)) if "/" not in d.value]
    if not told or anchor is None or anchor.startswith(told[-1].value) or _is_near(anchor, told[-1].value):
        return anchor
    return told[-1].value


def _is_near(anchor: str, told: str) -> bool:
    """Whether a promise is news of the page's own days."""
    if len(anchor) != DAY or len(told) != DAY:
        return False
    return abs((date.fromisoformat(anchor) - date.fromisoformat(told)).days) <= NEWS


def _after_other_amount(scene: Scene, telling: Telling, left: int) -> int:
    """Where the words begin that belong to this amount: 「5年間で50万人に増やす目標や|3億ドルの投資」."""
    ends = [m.gloss.end if m.gloss else m.end for m in scene.mentions.money if m.end <= telling.start]
    counts = [q.end for q in scene.mentions.quantities if left < q.end <= telling.start and q.unit not in TIMES]
    ends += [end for end in counts if LISTED.search(scene.text, end, telling.start)]
    return max([left, *(e for e in ends if e > left)])


def _before_other_amount(scene: Scene, telling: Telling, right: int) -> int:
    """Where the words end that belong to this amount: at the comma before the next one."""
    starts = [m.start for m in scene.mentions.money if telling.end <= m.start < right]
    if not starts:
        return right
    comma = scene.text.rfind("、", telling.end, starts[0])
    return comma if comma >= 0 else telling.end


def _due(scene: Scene, start: int, end: int, kind: str, promised: str | None) -> str | None:
    text, anchor = scene.text[start:end], scene.document.anchor
    if kind == "within":
        number = NUMBER.search(text)
        if number is None or promised is None or len(promised) != DAY:
            return None
        return _later(promised, int(number[0]), "年" in text)
    if kind != "day":
        return None
    dated = [d for d in scene.mentions.dates if d.start < end and start < d.end]
    if dated:
        return last_day(dated[-1])
    if WITHIN_THE_YEAR.search(text) and anchor:
        return f"{anchor[:4]}-12-31"
    return None


def _later(anchor: str, steps: int, years: bool) -> str:
    """The day so many years or months after an ISO day."""
    day = date.fromisoformat(anchor)
    months = day.year * 12 + day.month - 1 + steps * (12 if years else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= date.max.year:
        return anchor
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])).isoformat()


def last_day(told: Date) -> str:
    """The last day of an ISO day, month, year or interval."""
    value = told.value.split("/")[-1]
    if len(value) == len("2025"):
        return f"{value}-12-31"
    if len(value) == len("2025-09"):
        return f"{value}-{monthrange(int(value[:4]), int(value[5:]))[1]:02}"
    return value
