"""The channel a speaker used, in the speaker's own sentence: 「通信社の取材に」, 「国営テレビで」, 「露紙「北の声」に寄稿し」, 「Xに投稿」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.coding.identity import PREFIX, Speaker
from jitsuroku.coding.outlets import APPOSED, outlet_name
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.tellers import Saying, goes_on
from jitsuroku.records import Argument, Clause, Sentence, Span

ASKED = (
    r"(?:と(?:の|行った)[^、。「」]{0,6}(?:インタビュー|会見)|の(?:[^、。「」]{0,8}?)(?:取材|インタビュー|質問|問い合わせ)|の?[^、。「」]{0,6}?番組|への(?:寄稿|書簡)"
    # 「国営テレビ|が放映した演説|で」
    r"|(?:が(?:放映|放送|配信|中継|公開)し|で(?:放映|放送|配信|中継|公開)され)た[^、。「」]{0,6}?(?:演説|映像|動画|インタビュー|番組|会見|談話))"
)
CHANNEL = re.compile(
    rf"(?:\([^()]*\))?[」』]?(?:紙|誌|通信|など)?(?:{ASKED})?(?:\([^()]*\))?(?:に対し|に|で|を通じ|を通し|宛て)(?!よ|つい|関|なっ)"
)
UNLISTED = re.compile(
    r"([^、。「」『』はがをでにと\s]{0,14}?(?:通信社?|新聞|(?:テレビ|ラジオ|放送)局?|紙|誌|同サイト|同局|メディア|週報|ニュース|[A-Z]{3,5}[ァ-ヶー]{0,8}(?=の?番組)))"
    rf"(?:{ASKED})?(?:\([^()]*\))?(?:に対し|に|で|を通じ|を通し)(?!よ|つい|関|なっ)"
)
# 「公共放送|DR|に」, 「露紙「|北の声|」に」, 「公共放送|LRT|のラジオ番組に」
APPOSED_CHANNEL = re.compile(
    rf"{APPOSED}(?:のラジオ|のテレビ)?(?:{ASKED})?(?:\([^()]*\))?(?:に対し|に|で|を通じ|を通し)(?!よ|つい|関|なっ)"
)
# 「|3日の|国営ラジオで」, 「|同じ日の|国営ラジオで」
THAT_DAY = re.compile(r"^(?:(?:\d{1,2}月)?\d{1,2}日(?:付|夜|朝|夕)?|同じ日|その日|同日|翌日|前日|当日)の")
# 「国営テレビ|の生放送|で」
LIVE = re.compile(r"の(?:生放送|生中継|ラジオ放送|テレビ放送)$")
# What one does somewhere before one's words come: 「Xへの投稿で会談を|振り返り|、「…」」, 「テレグラムで声明を|出し|、「…」」.
APPEARS = frozenset(
    {"演説", "出演", "寄稿", "応じる", "投稿", "登場", "答える", "出す", "振り返る", "触れる", "言及", "否定", "更新"}
)
SPEAKS = frozenset({"語る", "話す", "述べる", "明かす", "書き込む"})
# 「Xで声明を出し、|記者団には|「…」と述べた」
ELSEWHERE = re.compile(r"記者|会見|議会|国会|会議|会合|閣議|番組")
# Kinds of media that name none: 「首相は|テレビ放送|で述べた」, 「|テレビ|で報じられた空爆」.
NO_MEDIUM = frozenset(
    {"メディア", "紙", "誌", "テレビ", "ラジオ", "放送", "テレビ放送", "ラジオ放送", "ニュース", "新聞"}
)
# One of these stands in every medium's name; a search for them passes over the rest at once.
MEDIUM = re.compile("[通新テ紙誌放メ週ラニサ局A-Z]")
PLATFORM_NAME = re.compile(
    r"X|トゥルース・?ソーシャル|ツイッター|フェイスブック|テレグラム|インスタグラム|ユーチューブ|微博|微信|スレッズ"
)
PLATFORM = re.compile(
    rf"(?<![A-Za-z])((?:{PLATFORM_NAME.pattern})(?![A-Za-z]))"
    r"(?:\([^()]*\))?[」』]?(?:上|への投稿|の投稿|上の投稿|の公式アカウント|の?[^、。「」は]{0,8}?(?:アカウント|チャンネル|ページ))?(?:に|で|へ|を通じ|を更新)"
)


def channels_of(scene: Scene, saying: Saying, speaker: Speaker) -> Iterator[str]:
    """「通信社の取材に」, 「国営テレビに」, 「Xに投稿」, between the saying's beginning and its predicate."""
    for part in _around(scene, saying, speaker):
        taken: list[Span] = []
        for start, end, name in (
            *_listed(scene, speaker.phrase, part),
            *_apposed(scene, part),
            *_unlisted(scene, part),
        ):
            if not any(t.start < end and start < t.end for t in taken):
                taken.append(Span(start, end))
                if not _told_of(scene, saying, start):
                    yield name
        for match in PLATFORM.finditer(scene.text, part.start, part.end + 1):
            yield match.group(1)


def _listed(scene: Scene, phrase: Argument, part: Span) -> Iterator[tuple[int, int, str]]:
    for actor in scene.actors_in(part.start, part.end):
        inside = phrase.start <= actor.start < phrase.end
        if actor.sector == "MED" and not inside and CHANNEL.match(scene.text, actor.end, part.end + 2):
            yield actor.start, actor.end, outlet_name(scene, actor)


def _apposed(scene: Scene, part: Span) -> Iterator[tuple[int, int, str]]:
    for match in APPOSED_CHANNEL.finditer(scene.text, part.start, part.end):
        yield match.start(), match.end(), match.group(1) or match.group(2)


def _unlisted(scene: Scene, part: Span) -> Iterator[tuple[int, int, str]]:
    if MEDIUM.search(scene.text, part.start, part.end) is None:
        return
    for match in UNLISTED.finditer(scene.text, part.start, part.end):
        name = LIVE.sub("", THAT_DAY.sub("", PREFIX.sub("", match.group(1))))
        known = not name.startswith(("同", "当")) or name in ("同紙", "同誌", "同通信", "同局", "同サイト")
        if known and name not in NO_MEDIUM:
            yield match.start(1), match.end(), name


def _told_of(scene: Scene, saying: Saying, at: int) -> bool:
    """「首相が|国営テレビの取材で|けん制したことについて「…」と述べた」: where somebody else spoke, not this speaker."""
    sentence = scene.sentence_of(at)
    clauses = sentence.clauses if sentence is not None else ()
    return any(
        c.relative and c is not saying.clause and c.start <= at < c.predicate_start and c.end <= saying.words.start
        for c in clauses
        if c.inside < 0
        and any(a.particle == "が" and not a.start <= at < a.end for a in c.arguments)
        and not goes_on(scene, c)
    )


def appeared_through(scene: Scene, sentence: Sentence, phrase: Argument) -> tuple[str, ...]:
    """「外相は|英誌のインタビューに応じた|。」: where somebody spoke, in a sentence that gives no words of theirs yet."""
    last = _last(sentence)
    if last is None or last.predicate not in APPEARS or sentence.quotations:
        return ()
    return _within(scene, phrase, Span(phrase.end, sentence.end))


def told_through(scene: Scene, sentence: Sentence) -> tuple[str, ...]:
    """「国営テレビの番組で語った。」: a sentence that says only where the words of the one before were said."""
    last = _last(sentence)
    named = any(a.particle in ("は", "が", "も", "を") for c in sentence.clauses for a in c.arguments)
    if last is None or last.predicate not in (*APPEARS, *SPEAKS) or sentence.quotations or named:
        return ()
    return _within(scene, Argument("", sentence.start, sentence.start, ""), Span(sentence.start, sentence.end))


def _last(sentence: Sentence) -> Clause | None:
    return next((c for c in reversed(sentence.clauses) if c.inside < 0 and not c.relative), None)


def _within(scene: Scene, phrase: Argument, part: Span) -> tuple[str, ...]:
    named = (*_listed(scene, phrase, part), *_apposed(scene, part), *_unlisted(scene, part))
    platforms = (m.group(1) for m in PLATFORM.finditer(scene.text, part.start, part.end))
    return tuple(dict.fromkeys([*(name for _, _, name in named[:1]), *platforms]))


def _around(scene: Scene, saying: Saying, speaker: Speaker) -> Iterator[Span]:
    """What stands before the words and between the words and the predicate; what an earlier sentence says of it."""
    start = min(saying.begin, saying.words.start)
    appeared = _appeared(scene, saying, speaker, start)
    yield appeared or Span(start, saying.words.start)
    if saying.clause.end <= saying.words.start:
        # 「首相は|Xに|こう書き込んだ。「…」」
        yield Span(saying.clause.start, saying.clause.end)
    yield Span(saying.words.end, saying.clause.end)


def _appeared(scene: Scene, saying: Saying, speaker: Speaker, start: int) -> Span | None:
    """「首相は|国営放送で演説し|、「…」と述べた」: what the same speaker did at once before, unless other words stand there."""
    sentence = scene.sentence_of(saying.words.start)
    phrase = speaker.phrase
    if sentence is None or not sentence.start <= phrase.start < phrase.end < start:
        return None
    between = [c for c in sentence.clauses if c.inside < 0 and phrase.end <= c.predicate_start < start]
    others = any(q.start >= phrase.end and q.end <= start for q in sentence.quotations)
    told = any(c.ending == "quote" for c in between)
    named = any(a.particle in ("は", "が", "も") and a.start > phrase.end for c in between for a in c.arguments)
    apart = any(not c.relative and c.predicate not in APPEARS for c in between)
    moved = ELSEWHERE.search(scene.text, start, saying.words.start)
    return None if others or told or named or apart or moved else Span(phrase.end, saying.words.start)
