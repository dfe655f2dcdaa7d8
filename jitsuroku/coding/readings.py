"""Clauses -> readings: somebody's interpretation of a statement or a deed, kept apart from the deed itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.coding.parties import party_of
from jitsuroku.coding.scene import Scene, subject_of
from jitsuroku.coding.speakers import is_thing
from jitsuroku.contract import with_id
from jitsuroku.records import Clause, Interpretation, Sentence, Statement

READS = frozenset({"解釈", "受け取る", "受け止める", "読み解く", "深読み"})
SEES = frozenset({"見る", "分析", "推測", "観測", "推察", "指摘", "みる"})
INTENT = re.compile(
    r"狙い|思惑|意図|念頭|けん制|牽制|配慮|ねらい|目的|意識|布石|圧力|動き|焦点|根拠|アピール|暗示|見せつけ|示した(?:い|もの)"
)
UNATTRIBUTED = re.compile(
    r"(?:との|という|といった)(?:見方|分析|観測|指摘|声|解釈|受け止め|憶測|見立て)(?:が|も|は)(?:根強[いく]|強[いく]|広が|出て|ある|あり|浮上|あった|上が|聞かれ|多い|絶えな|ささやか)"
)
SEEN = re.compile(r"と(?:も)?(?:みられ|見られ|受け止められ|受け取られ|解釈され|目され|取られ)(?:る|て)")
GROUP = re.compile(r"間|専門家|メディア|筋|市場|アナリスト|識者")
BY = re.compile(r"([^、。「」]{1,20}?)(?:の間)?では$")


def readings_of(scene: Scene, statements: tuple[Statement, ...]) -> Iterator[Interpretation]:
    """Every reading in the page; ``of`` is the statement read where it stands in the same sentence."""
    for sentence in scene.sentences:
        text = scene.text[sentence.start : sentence.end]
        named = list(_named(scene, sentence))
        yield from (_reading(scene, sentence, by, start, end, statements) for by, start, end in named)
        if named:
            continue
        match = UNATTRIBUTED.search(text) or (SEEN.search(text) if INTENT.search(text) else None)
        if match:
            by = _group(scene, sentence) or "unattributed"
            yield _reading(scene, sentence, by, sentence.start, sentence.end, statements)


def _named(scene: Scene, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """「日本のメディアは「米国を念頭に置いた」と解釈している」."""
    for clause in sentence.clauses:
        if clause.inside >= 0 or clause.voice == "passive" or not _is_reading(scene, sentence, clause):
            continue
        subject = subject_of(clause)
        if subject is not None and subject.start >= sentence.start and not is_thing(scene, subject):
            party = party_of(scene, subject)
            yield party.people[0] if party.people else scene.written(subject), min(subject.start, clause.start), clause.end


def _is_reading(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    if clause.predicate in READS:
        return True
    words = scene.text[clause.start : clause.end]
    return clause.predicate in SEES and "と" in {a.particle for a in clause.arguments} and bool(INTENT.search(words))


def _group(scene: Scene, sentence: Sentence) -> str | None:
    """「専門家の間では」, 「欧州では」: whose view it is, as written."""
    for clause in sentence.clauses:
        for argument in clause.arguments:
            if argument.particle == "で" and scene.text[argument.end : argument.end + 2] == "では":
                match = BY.search(scene.text[argument.start : argument.end + 2])
                if match and GROUP.search(scene.written(argument)):
                    return match.group(1)
    return None


def _reading(
    scene: Scene, sentence: Sentence, by: str, start: int, end: int, statements: tuple[Statement, ...]
) -> Interpretation:
    of = [s for s in statements if sentence.start <= s.evidence.start < start]
    words = scene.text[start:end]
    codes: dict[str, None] = {}
    for actor in scene.actors_in(start, end):
        if re.match(
            r"[^。]{0,6}(?:を|へ|に|、|と).{0,8}(?:念頭|けん制|牽制|配慮|意識|対抗|圧力)", words[actor.end - start :]
        ):
            codes.update(dict.fromkeys(actor.codes))
    return with_id(
        Interpretation(
            id="",
            document=scene.page.id,
            of=of[-1].id if of else None,
            by=by,
            as_=tuple(codes),
            evidence=scene.evidence(start, end),
            rule="coding/readings#seen" if by == "unattributed" else "coding/readings#named",
        )
    )
