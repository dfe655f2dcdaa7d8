"""Clauses -> readings: somebody's interpretation of a statement or a deed, kept apart from the deed itself.

A reading is told of nobody (「…との見方がある」), of a group (「専門家の間では…」), of somebody named (「外交筋は…と受け止める」)
or in the page's own voice (「…当てつけだろう」 「筆者にはそう映る」).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.coding.parties import party_of
from jitsuroku.coding.scene import Scene, subject_of
from jitsuroku.coding.speakers import PREFIX, can_speak
from jitsuroku.contract import with_id
from jitsuroku.records import Argument, Clause, Interpretation, Sentence, Statement

READS = frozenset({"解釈", "受け取る", "受け止める", "読み解く", "深読み", "読む", "捉える"})
SEES = frozenset({"見る", "分析", "推測", "観測", "推察", "指摘", "評する", "評価", "見立てる", "見做す", "認める", "予測"})
INTENT = re.compile(
    r"狙い|思惑|意図|念頭|けん制|牽制|配慮|ねらい|目的|意識|布石|圧力|圧迫|動き|焦点|根拠|アピール|暗示|見せつけ|示した(?:い|もの)|"
    r"想定|表れ|当てつけ|兆し|メッセージ|引きずられ|綱引き|重荷|背景|呼び水|痛打|標的|駆け引き|作戦|戦略|揺さぶ|くさび|誇示|打算|保険|舞台|展示|威圧|ため(?:だ|と)"
)
VIEW = "見方|分析|観測|指摘|声|解釈|受け止め|憶測|見立て|評価|読み|観測筋の見方"
OUT = re.compile(
    rf"(?:との|という|といった|とする)(?:{VIEW})(?:の声)?(?:[もがは])(?:[^、。「」]{{0,6}})(?:根強|強[いくま]|広が|出て|出た|出る|ある|あり|浮上|あった|上が|聞かれ|多[いくか]|絶えな|ささやか|くすぶ|支配的|一般的|少なく|大勢|定着)"
)
SOME = re.compile(
    r"と(?:み|見)る(向き|専門家|関係者|アナリスト|識者|声|研究者|外交筋|市場関係者)(?:ら|たち)?[もがは](?:ある|あり|多|少なく|いる|いて|おり|根強|大勢)"
)
SEEN = re.compile(
    r"と(?:も)?(?:みられ|見られ|受け止められ|受け取られ|解釈され|目され|取られ|分析され|評され)(?:る|て|た|ま)"
)
GROUP = re.compile(
    r"間|専門家|メディア|筋|市場|アナリスト|識者|観察者|研究者|評論家|関係者|政界|永田町|霞が関|外交界|業界|財界|海外|国内|欧州|欧米|西側|中央アジア|[一-鿿ァ-ヶー]{2,}(?:側|内)$"
)
VIEWERS = re.compile(r"専門家|メディア|筋|市場|アナリスト|識者|観察者|研究者|評論家|関係者|幹部|高官|教授|紙$|新聞$")
AMONG = re.compile(r"(?:^|[、。])([^、。「」]{1,20}?)(?:の間|内部|内)?(?:では|には|でも|からは)、?")
OWN_VOICE = re.compile(
    r"(?:のだろう|のであろう|のではないか|ではないか|ではあるまいか|に違いない|に見える|に映る|作戦か|狙いか|思惑か|"
    r"と(?:私|筆者|管理人|訳者|記者)は(?:読む|みる|見る|思う|考える|受け取)[^。]{0,4}|というのが(?:管理人|筆者|私)の(?:感想|見立て|見方)(?:だ|です)?|"
    r"(?:と|話と)受け止めるのがよさそう(?:だ|です))[。?]?$"
)
OWN_NAME = re.compile(r"(?:管理人|筆者|訳者|私|当ブログ|本紙)(?:の(?:見立て|見方|感想)では|には|に言わせれば)")
IN_MIND = re.compile(r"を(?:強く)?(?:念頭に|意識して|けん制して|牽制して|名指しは避けつつ)[^。「」]{0,10}「")
AIMED = re.compile(
    r"[^。、]{0,8}(?:を|へ|に|、|と|の).{0,10}(?:念頭|けん制|牽制|配慮|意識|対抗|圧力|想定|標的|当てつけ|揺さぶ|見せつけ|引き離|威圧|圧迫|痛打|反発|狙っ)"
)
LONGEST = 150


@dataclass(frozen=True, slots=True)
class View:
    """A reading before it is a record: whose, and from where to where it stands."""

    by: str
    start: int
    end: int
    rule: str


def readings_of(scene: Scene, statements: tuple[Statement, ...]) -> Iterator[Interpretation]:
    """Every reading in the page; ``of`` is the statement read where it stands in the same sentence."""
    for sentence in scene.sentences:
        for view in _views(scene, sentence):
            yield _reading(scene, sentence, view, statements)


def _views(scene: Scene, sentence: Sentence) -> list[View]:
    """The readings of one sentence: named ones first, else those of a group or of nobody, else the page's own."""
    if (some := _some(scene, sentence)) is not None:
        return [some]
    named = list(_named(scene, sentence))
    if named:
        return named
    found = _unattributed(scene, sentence) or _own(scene, sentence)
    return [found] if found is not None else []


def _some(scene: Scene, sentence: Sentence) -> View | None:
    """「…とみる専門家は少なくない」, 「…とみる向きもある」."""
    match = _outside(scene, sentence, SOME)
    if match is None:
        return None
    noun = match.group(1)
    by = (_among(scene, sentence) or "unattributed") if noun in ("向き", "声") else noun
    return View(by, sentence.start, sentence.end, "coding/readings#some")


def _outside(scene: Scene, sentence: Sentence, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match that does not begin inside quotation marks."""
    for match in pattern.finditer(scene.text, sentence.start, sentence.end):
        if not any(q.start < match.start() < q.end - 1 for q in sentence.quotations):
            return match
    return None


def _named(scene: Scene, sentence: Sentence) -> Iterator[View]:
    """「日本のメディアは「米国を念頭に置いた」と解釈している」, 「外交筋は、投稿を侮辱と受け止める」."""
    begin = sentence.start
    for clause in sentence.clauses:
        if clause.inside >= 0 or clause.voice in ("passive", "potential") or clause.negative:
            continue
        subject = _viewer(scene, sentence, clause)
        if subject is None or not _is_reading(scene, clause, subject, begin):
            continue
        yield View(_name(scene, subject), min(subject.start, clause.start), clause.end, "coding/readings#named")
        begin = clause.end


def _viewer(scene: Scene, sentence: Sentence, clause: Clause) -> Argument | None:
    """Whose view: the subject, or for READS a place before では (「欧州では…と見ている」)."""
    own = [a for a in clause.arguments if a.particle in ("は", "も", "が") and can_speak(scene, a)]
    subject = own[0] if own else subject_of(clause)
    if subject is None or subject.start < sentence.start or not can_speak(scene, subject):
        return None
    return subject


def _name(scene: Scene, subject: Argument) -> str:
    party = party_of(scene, subject)
    if len(party.people) == 1 and "、" not in party.people[0]:
        return party.people[0]
    return PREFIX.sub("", scene.written(subject))


def _is_reading(scene: Scene, clause: Clause, subject: Argument, begin: int) -> bool:
    """A verb of reading, or a verb of seeing with a purpose or from those whose business it is to see."""
    words = scene.text[max(begin, min(clause.start, subject.start)) : clause.end]
    read = clause.predicate in READS and ("と" in {a.particle for a in clause.arguments} or "と" in words)
    if read:
        return bool(INTENT.search(words)) or bool(VIEWERS.search(scene.text[subject.start : subject.end])) or (
            clause.predicate in ("解釈", "受け取る", "受け止める")
        )
    if clause.predicate not in SEES or "と" not in words:
        return False
    viewer = VIEWERS.search(scene.text[subject.start : subject.end])
    return bool(INTENT.search(words)) if clause.predicate in ("指摘", "認める") or not viewer else True


def _unattributed(scene: Scene, sentence: Sentence) -> View | None:
    out = _outside(scene, sentence, OUT)
    seen = _outside(scene, sentence, SEEN)
    among = _among(scene, sentence)
    purposeful = seen is not None and bool(among or INTENT.search(scene.text[sentence.start : seen.start()]))
    if out is None and not purposeful:
        return None
    end = (out or seen).end() if (out or seen) else sentence.end  # type: ignore[union-attr]
    return View(among or "unattributed", sentence.start, max(end, sentence.start + 1), "coding/readings#seen")


def _among(scene: Scene, sentence: Sentence) -> str | None:
    """「専門家の間では」, 「市場では」, 「永田町では」: whose view it is, as written."""
    for match in AMONG.finditer(scene.text[sentence.start : sentence.end]):
        written = match.group(1)
        if GROUP.search(match.group(0)) and not re.search(r"\d|演説|会見|発表|声明|文書|記事|宣言|会談|会議", written):
            return PREFIX.sub("", written).strip()
    return None


def _own(scene: Scene, sentence: Sentence) -> View | None:
    """The page's own: 「…時間を食ったのだろう」, 「米国を念頭に「…」と主張」."""
    tail = _outside(scene, sentence, OWN_VOICE) or _outside(scene, sentence, OWN_NAME)
    if tail is not None:
        return View("page", max(sentence.start, sentence.end - LONGEST), sentence.end, "coding/readings#own")
    mind = IN_MIND.search(scene.text, sentence.start, sentence.end)
    if mind is None or any(q.start < mind.start() < q.end for q in sentence.quotations):
        return None
    return View("page", sentence.start, min(sentence.end, mind.end() + LONGEST // 2), "coding/readings#in-mind")


def _reading(
    scene: Scene, sentence: Sentence, view: View, statements: tuple[Statement, ...]
) -> Interpretation:
    of = [s for s in statements if sentence.start <= s.evidence.start < view.end and s.speaker != view.by]
    words = scene.text[view.start : view.end]
    codes: dict[str, None] = {}
    for actor in scene.actors_in(view.start, view.end):
        if AIMED.match(words[actor.end - view.start :]):
            codes.update(dict.fromkeys(actor.codes))
    return with_id(
        Interpretation(
            id="",
            document=scene.page.id,
            of=of[-1].id if of else None,
            by=view.by,
            as_=tuple(codes),
            evidence=scene.evidence(view.start, view.end),
            rule=view.rule,
        )
    )


