"""What an amount is for: the noun it measures, else what is bought for it."""

from __future__ import annotations

import re

from jitsuroku.coding.scene import Scene
from jitsuroku.coding.telling import Telling
from jitsuroku.records import Argument

WHAT = re.compile(r"^(?:規模|相当|超|以上|余り?|分|近く|に近い|を超える)*の([^\s、。「」()はがをにでとも\d]{2,16})")
# Where the name of a thing ends (「|融資枠|から渡す」, 「|支払い|への道」), and what names no thing: 「3億ドルの|うち|」.
THING_ENDS = re.compile(r"する|から|への|より|まで|にわた|や|・$|の(?:一環|一部|半分|うち|形|ほか|中|道|見返り)$")
NO_THING = frozenset(
    "うち 一部 一環 半分 大半 全額 残り ほか 見返り 代わり 一つ 規模 予定 見通し 見込み 計画 こと もの".split()
)
BOUNDARY = re.compile(r"[の、,やと]|への|における")
# A longer phrase names no thing but tells of one.
LONGEST = 20


def what_for(scene: Scene, telling: Telling) -> str | None:
    """The noun the amount measures: 2,600億元規模の|金融支援|; else what is bought for it: |米国産品|を80億ドルで."""
    match = WHAT.match(scene.text[telling.end : telling.end + 40])
    if match:
        return _named(match[1])
    for argument in telling.clause.arguments if telling.clause else ():
        if argument.particle == "を" and not argument.start <= telling.start < argument.end:
            return _thing(scene, argument)
    return None


def _named(words: str) -> str | None:
    """The thing in the words behind an amount; None where they name none."""
    thing = THING_ENDS.split(words)[0]
    return thing if len(thing) > 1 and thing not in NO_THING else None


def _thing(scene: Scene, argument: Argument) -> str | None:
    """What a phrase names, short: behind an amount of its own what that measures, else its last words, never half a word."""
    amounts = scene.money_in(argument.start, argument.end)
    if amounts:
        last = amounts[-1]
        match = WHAT.match(scene.text[last.gloss.end + 1 if last.gloss else last.end : argument.end])
        return _named(match[1]) if match else None
    written = scene.text[argument.start : argument.end]
    cuts = [0, *(m.end() for m in BOUNDARY.finditer(written))]
    return next((written[cut:] for cut in cuts if len(written) - cut <= LONGEST), None)
