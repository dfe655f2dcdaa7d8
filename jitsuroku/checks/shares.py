"""sum: shares that make more than a hundred, a share of an amount that is another amount, a change that does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from jitsuroku.checks.case import Case
from jitsuroku.checks.items import Item, comparable, counted, last_digit, neighbours
from jitsuroku.records import Flag, Quantity, Sentence

RULE = "checks/shares#"
HUNDRED = Decimal(100)
# 「支持する|と答えた人|が54%」.
ANSWERED = r"(?:する)?(?:と(?:答えた|回答した|した|の)(?:人|回答|割合|有権者)?|票)?"
OPEN = re.compile(r"複数回答|重複|など|ほか|延べ|約|およそ|ほぼ|以上|超|余り|弱|未満|前後|程度")
PART = re.compile(
    r"^(?:の|のうち|のうちの|、(?:この|その)?うち|。(?:この|その)?うち)、?(?:(\d+(?:\.\d+)?)%|(\d+(?:\.\d+)?)割|(半分|半額|半数)|(\d)分の(\d))"
    r"(?:に当たる|に相当する|にあたる|の|、|となる|である)$"
)
# 「5兆円|から20%増え、|6兆円」.
CHANGE = re.compile(
    r"^(?:から|より|に比べ|に対し)、?(\d+(?:\.\d+)?)%(増|伸び|拡大|引き上げ|上積み|上回る|減|縮小|引き下げ|下回る)"
    r"(?:加|少|え|り|っ|ら)*(?:の|し|して|て|た|られ|られて)?、?$"
)
DOWN = ("減", "縮小", "引き下げ", "下回る")
# 「40億ドル|の3倍に当たる|120億ドル」, 「100億ドルから200億ドル|へと倍増|」.
TIMES = re.compile(r"^の(\d+(?:\.\d+)?|倍)(?:倍)?(?:に当たる|に相当する|にあたる|の|となる)$")
GROWN = re.compile(r"^(?:へと|に|へ)(倍増|半減|(\d)倍に?)(?!近|以上|超|弱|強|余)")
WHOLE = re.compile(r"^のうち、?")
FATE_WITHIN = 14
TAKEN = re.compile(r"^(?:を|が|は)[^。「」うち]{0,16}、$")
# A part or a change may be rounded to the last digit of either side, and to half a percent.
SLACK = Decimal("0.03")
CHANGE_SLACK = Decimal("0.012")
# 「倍増」 and 「3倍」 are said of 1.8 and 2.6 times as much, too.
TIMES_SLACK = Decimal("0.2")


def shares_over_a_hundred(case: Case) -> Iterator[Flag]:
    """「賛成が24%、反対が78%」: together 102."""
    exact = [q for q in case.mentions.quantities if q.unit == "%" and q.bound == "exact"]
    answers = [row.list("answers") for row in case.rows("exclusive")] if exact else []
    for sentence in case.sentences:
        here = [q for q in exact if sentence.start <= q.start < sentence.end]
        for words in answers if here else ():
            found = [_share(case, sentence, word, here) for word in words]
            shares = [s for s in found if s is not None]
            if len(shares) != len(words) or len({s.start for s in shares}) != len(shares):
                continue
            span = min(s.start for s in shares), max(s.end for s in shares)
            if OPEN.search(case.text[sentence.start : span[1]]):
                continue
            total = sum((Decimal(s.n) for s in shares), Decimal(0))
            if total > HUNDRED + len(shares) * _unit(shares):
                message = f"{' + '.join(s.n for s in shares)} make {total:f} %, more than all"
                yield case.flag("sum", "error", span, message, None, RULE + "over-a-hundred")


def _unit(shares: list[Quantity]) -> Decimal:
    """Half a unit of the last digit given."""
    exponent = min(int(Decimal(s.n).as_tuple().exponent) for s in shares)
    return Decimal(5).scaleb(exponent - 1)


def _share(case: Case, sentence: Sentence, word: str, shares: list[Quantity]) -> Quantity | None:
    """The share that stands right behind an answer: 「賛成」は24%."""
    pattern = re.compile(rf"(?<![一-龥]){re.escape(word)}」?{ANSWERED}(?:は|が)?、?(?:全体の)?$")
    return next((q for q in shares if pattern.search(case.text[sentence.start : q.start])), None)


def parts_of_amounts(case: Case) -> Iterator[Flag]:
    """「100億ドルの40%に当たる50億ドル」: it would be 40億."""
    for first, second in neighbours(case):
        m = PART.match(case.text[first.end : second.start])
        if not m:
            continue
        right = first.number * _fraction(m)
        if abs(right - second.number) > right * SLACK + last_digit(case, second):
            message = f"{m[0].strip('の、にあ当たる')} of {first.number:f} {first.unit} is {right.normalize():f}, not {second.number:f}"
            yield case.flag("sum", "error", (first.start, second.end), message, f"{right:f}", RULE + "part")


def _fraction(m: re.Match[str]) -> Decimal:
    if m[1]:
        return Decimal(m[1]) / HUNDRED
    if m[2]:
        return Decimal(m[2]) / 10
    if m[3]:
        return Decimal("0.5")
    return Decimal(m[5]) / Decimal(m[4])


def changes_that_do_not_fit(case: Case) -> Iterator[Flag]:
    """「前年の100億ドルから30%増の150億ドル」: it would be 130億."""
    for first, second in neighbours(case):
        m = CHANGE.match(case.text[first.end : second.start])
        if not m:
            continue
        factor = 1 + Decimal(m[1]) / HUNDRED * (-1 if m[2] in DOWN else 1)
        right = first.number * factor
        slack = first.number * CHANGE_SLACK + last_digit(case, first) + last_digit(case, second)
        if abs(right - second.number) > slack:
            message = f"{m[1]} % {'more' if factor > 1 else 'less'} than {first.number:f} is {right.normalize():f}, not {second.number:f}"
            yield case.flag("sum", "error", (first.start, second.end), message, f"{right:f}", RULE + "change")


def multiples_that_do_not_fit(case: Case) -> Iterator[Flag]:
    """「前年の40億ドルの2倍に当たる120億ドル」: it is three times as much; 「140億ドルから200億ドルへと倍増した」."""
    for first, second in neighbours(case):
        between, behind = case.text[first.end : second.start], case.text[second.end : second.end + 6]
        told = _times(TIMES.match(between), GROWN.match(behind) if between in ("から", "より") else None)
        if told is None:
            continue
        times = second.number / first.number
        if abs(times - told) > told * TIMES_SLACK:
            message = f"{second.number:f} is {times:.2f} times {first.number:f}, not {told:f} times"
            expected = f"{(first.number * told).normalize():f}"
            yield case.flag("sum", "error", (first.start, second.end), message, expected, RULE + "multiple")


def _times(part: re.Match[str] | None, grown: re.Match[str] | None) -> Decimal | None:
    if part:
        return Decimal(2) if part[1] == "倍" else Decimal(part[1])
    if grown:
        return {"倍増": Decimal(2), "半減": Decimal("0.5")}.get(grown[1]) or Decimal(grown[2])
    return None


def parts_over_the_whole(case: Case) -> Iterator[Flag]:
    """「85機のうち52機を撃墜し、31機が消え、12機が着弾した」: 95 of 85."""
    for sentence in case.sentences_with("のうち"):
        items = counted(case, sentence)
        whole = next((i for i in items if WHOLE.match(case.text[i.end :])), None)
        if whole is None or OPEN.search(case.text[sentence.start : sentence.end]):
            continue
        parts = _taken(case, whole, [i for i in items if i.start > whole.start])
        if not any(_are_apart(case, parts, row.list("fates")) for row in case.rows("fates")):
            continue
        total = sum((i.number for i in parts), Decimal(0))
        if len(parts) > 1 and total > whole.number and max(i.number for i in parts) < whole.number:
            message = (
                f"{' + '.join(f'{i.number:f}' for i in parts)} make {total:f}, more than the whole of {whole.number:f}"
            )
            span = whole.start, parts[-1].end
            yield case.flag("sum", "error", span, message, None, RULE + "over-the-whole")


def _taken(case: Case, whole: Item, items: list[Item]) -> list[Item]:
    """The parts that follow a whole one after the other, each with what became of it."""
    parts: list[Item] = []
    for item in items:
        between = case.text[(parts[-1] if parts else whole).end : item.start]
        if not comparable(whole, item) or not (TAKEN.match(between) if parts else WHOLE.fullmatch(between)):
            break
        parts.append(item)
    return parts


def _are_apart(case: Case, parts: list[Item], fates: tuple[str, ...]) -> bool:
    """Whether each part met another fate, so that none is counted twice: 「撃墜し」, 「見失われ」, 「着弾した」."""
    met = [_fate(case.text[part.end : part.end + FATE_WITHIN], fates) for part in parts]
    return None not in met and len(set(met)) == len(met)


def _fate(words: str, fates: tuple[str, ...]) -> str | None:
    told = words.split("、")[0]
    return next((fate for fate in fates if fate in told), None)
