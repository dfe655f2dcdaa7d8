"""How something was said: where, how surely the page has it, in whose words, by how many, and what kind of act it is."""

from __future__ import annotations

import re

from jitsuroku.coding.sayings import Saying
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.speakers import Speaker
from jitsuroku.records import Sentence, Span

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
HEDGE = re.compile(
    r"(?:という|といいます|とのこと(?:です|だ)?|とみられ(?:る|ます|ている|ています)|もよう(?:だ|です)?|模様(?:だ|です)?|らしい(?:です)?|とされ(?:る|ます|ている)|"
    r"そう(?:だ|です)|ということ(?:だ|です)|と伝えられ(?:る|た|ている)|とも言われ(?:る|ている))[。]?$"
)
HOME = "JPN"
STATE = re.compile(r"[A-Z]{3}")
# Codes of three letters that are no states.
NUMBER = re.compile(r"(\d+)(?:人|か国|カ国|ヵ国|名|氏)")
KANJI_NUMBERS = {"一人": 1, "二人": 2, "三人": 3, "両首脳": 2, "両国": 2, "双方": 2, "両氏": 2, "両政府": 2, "両外相": 2}


def venue_of(scene: Scene, sentence: Sentence, saying: Saying) -> str | None:
    """Where it was said, as far as the sentence tells outside the words themselves."""
    words = saying.words
    outer = scene.text[sentence.start : words.start] + scene.text[min(words.end, sentence.end) : sentence.end]
    return next((venue for venue, pattern in VENUES if pattern.search(outer)), None)


def hedge_of(scene: Scene, sentence: Sentence, saying: Saying) -> str | None:
    """The words with which the page holds back after the saying: 「…と批判した|という|。」."""
    match = HEDGE.search(scene.text[max(saying.clause.end - 6, saying.until) : sentence.end])
    return match.group().rstrip("。") if match else None


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
