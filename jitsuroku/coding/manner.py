"""How something was said: where, how surely the page has it, in whose words, by how many, and what kind of act it is."""

from __future__ import annotations

import re

from jitsuroku.coding.details import HEDGE
from jitsuroku.coding.identity import Speaker, can_speak
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.tellers import Saying
from jitsuroku.records import Argument, Clause, Sentence, Span

VENUES = (
    ("press conference", re.compile(r"記者会見|会見|ブリーフィング")),
    ("interview", re.compile(r"インタビュー|取材|番組")),
    (
        "social media",
        re.compile(
            r"SNS|(?<![A-Za-z])X(?:\([^()]*\))?[上]?[にへで]|ツイ(?:ッター|ート)|投稿|フェイスブック|トゥルース・?ソーシャル|テレグラム|微博|書き込"
        ),
    ),
    ("joint statement", re.compile(r"共同声明|共同宣言")),
    ("speech", re.compile(r"演説|講演|スピーチ|式辞|祝辞")),
)
HOME = "JPN"
STATE = re.compile(r"[A-Z]{3}")
DECLINES = re.compile(
    r"(?:コメント|回答|論評|返答|言及|明言|応答)(?:を|は|には?|については?)?[^、。「」]{0,6}"
    r"(?:差し?控え|控え|拒否|拒ん|拒む|避け|断っ|応じ(?:なかった|ていない|ませんでした|ず)|し(?:なかった|ていない|ませんでした|ておらず)|得られ(?:なかった|ていない|ず))"
)
# Not to have answered is to decline only where the press asked: 「隣国はまだ|回答していない|」 tells of no words.
OPEN = re.compile(r"(?:回答|返答|応答)[^、。「」]*し(?:なかった|ていない|ませんでした|ておらず)")
ASKED = re.compile(r"取材|質問|問い合わせ|照会|記者|本紙|インタビュー|求めに")
NUMBER = re.compile(r"(\d+)(?:人|か国|カ国|ヵ国|名|氏)")
KANJI_NUMBERS = {
    "一人": 1,
    "二人": 2,
    "三人": 3,
    "両首脳": 2,
    "両国": 2,
    "双方": 2,
    "両氏": 2,
    "両政府": 2,
    "両外相": 2,
}


def venue_of(scene: Scene, sentence: Sentence, saying: Saying) -> str | None:
    """Where it was said, as far as the sentence tells outside the words themselves."""
    words = saying.words
    outer = scene.text[sentence.start : words.start] + scene.text[min(words.end, sentence.end) : sentence.end]
    return next((venue for venue, pattern in VENUES if pattern.search(outer)), None)


def hedge_of(scene: Scene, sentence: Sentence, saying: Saying) -> str | None:
    """The words with which the page holds back after the saying: 「…と批判した|という|。」."""
    match = HEDGE.search(scene.text, max(saying.clause.end - 6, saying.until), sentence.end)
    return match.group().rstrip("。") if match else None


def stance_of(saying: Saying) -> str | None:
    """What the verb says of the words: demand, promise, praise, blame, denial, refusal, warning, concern, thanks, apology."""
    return (saying.row["stance"] or None) if saying.row is not None else None


def declined(scene: Scene, sentence: Sentence) -> tuple[Clause, Argument, Span] | None:
    """「国防省はコメントを控えた」: who gave no words, and where the page says so."""
    match = DECLINES.search(scene.text, sentence.start, sentence.end)
    if match is None or (OPEN.search(match.group()) and not ASKED.search(scene.text, sentence.start, match.start())):
        return None
    if any(q.start < match.start() < q.end for q in sentence.quotations):
        return None
    for clause in sentence.clauses:
        for argument in (*clause.arguments, *clause.inherited):
            named = argument.particle in ("は", "が", "も", "から") and sentence.start <= argument.start < match.start()
            if clause.inside < 0 and clause.end >= match.end() and named and can_speak(scene, argument):
                return clause, argument, Span(match.start(), max(match.end(), clause.end))
    return None


def wording_of(speaker: Speaker, quoted: bool) -> str:
    """Words in quotation marks are original from whoever speaks for Japan, translated from other states' speakers."""
    codes = speaker.party.codes
    if not quoted or not codes or not all(STATE.fullmatch(c) for c in codes):
        return "unknown"
    return "original" if set(codes) == {HOME} else "translated"


def count_of(speaker: Speaker) -> int | None:
    """How many speak, where the page counts them: 「通商筋の一人」, 「乗組員2人」."""
    if len(speaker.party.people) > 0:
        return len(speaker.party.people)
    counted = NUMBER.search(speaker.name)
    if counted:
        return int(counted.group(1))
    return next((n for word, n in KANJI_NUMBERS.items() if word in speaker.name), None)


def about_of(scene: Scene, words: Span) -> tuple[str, ...]:
    """Whom the words name, by code, in the order of naming."""
    return tuple(dict.fromkeys(c for a in scene.actors_in(words.start, words.end) for c in a.codes))
