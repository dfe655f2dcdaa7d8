"""Sentence -> the predicates that can give somebody's words, and the value that a saying is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.coding.ahead import is_later
from jitsuroku.coding.identity import can_speak
from jitsuroku.coding.scene import Scene, once
from jitsuroku.coding.triggers import names_predicate
from jitsuroku.records import Argument, Clause, Row, Sentence, Span, Token

SURU = "為る"
PLAIN = "明らか"
# 「…とみて捜査している」 tells why somebody acts, not what somebody said.
SEEN_FOR = re.compile(r"(?:み|見)て[、,]?[^、。「」]{0,12}?(?:調べ|捜査|警戒|捜索|追っ|行方|確認|準備|対応|身構え)")
# 「拒む姿勢を示した|ものと受け止め|られている」: what words are taken for.
TAKEN_FOR = re.compile(r"もの(?:だ)?と(?:も)?(?:受け|み|見|解釈|取れ|取ら|評)")
# 「談話を発表する|見通し|」: nothing has been said yet.
AHEAD = re.compile(r"見通し|予定|見込み|運び|計画|方向|構え|はず")
# 「…と釈明|に追われた|」
BUSY = re.compile(r"に(?:追われ|努め|躍起|終始|走っ|回っ)")
# How a clause ends after which the sentence goes on with something new.
GOES_ON = frozenset({"te", "renyo", "but", "and", "while", "because", "main", "if", "after"})
# Nouns after a relative clause that only join it to what follows: 「批判した|うえで|」, 「主張する|一方|」.
JOINS = re.compile(r"(?:一方|うえ|上で|後|あと|際|ものの|もの|なか|中で|半面|ほか|傍ら)")
# 「協力したい|旨の発言|があった」
TOLD_SO = re.compile(r"旨の?[^、。「」]{2,4}$")
# 「軍用機|のべ89機|が飛んだ」
NUMBER = re.compile(r"[0-9０-９]")
WITH = re.compile(r"と?(?:とも|共)に[、,]")
# Verbs whose passive may be the honorific of state media: 「同志は…と述べられた」; 「批判された」 is none.
HONOURED = frozenset({"述べる", "言及", "強調", "指摘", "宣言", "表明", "語る", "話す", "指示", "仰る"})


@dataclass(frozen=True, slots=True)
class Saying:
    """Words and the predicate that gives them.

    ``begin`` is where the part of the sentence begins that the predicate governs, ``until`` where the words end with
    their marker; ``form`` is quoted, that (…と) or carried (…考えを); ``outer`` is the predicate of the saying
    that tells of this one: 「高官が「行く」と|語った|と報じた」 has 報じる.
    """

    clause: Clause
    row: Row | None
    words: Span
    form: str
    begin: int
    until: int
    outer: str | None = None

    @property
    def quoted(self) -> bool:
        """Whether the words stand in quotation marks."""
        return self.form == "quoted"

    @property
    def nested(self) -> bool:
        """Whether somebody else tells of the whole saying."""
        return self.outer is not None


def goes_on(scene: Scene, clause: Clause) -> bool:
    """Whether the sentence goes on with something new after a clause."""
    if WITH.match(scene.text, clause.end - 1) or WITH.match(scene.text, clause.end):
        return True
    if clause.relative:
        return bool(JOINS.match(scene.text, clause.end))
    return clause.ending in GOES_ON


@once
def tellers(scene: Scene, sentence: Sentence) -> tuple[tuple[Clause, Row | None], ...]:
    """The clauses outside quotation marks whose predicate can give words, in order of their predicates."""
    found: list[tuple[Clause, Row | None]] = []
    for clause in (*sentence.clauses, *_bare(scene, sentence)):
        row = speech_row(scene, clause)
        told = _is_told(scene, sentence, clause, row) and not _ends_a_headline(sentence, clause)
        if clause.inside < 0 and (row or clause.predicate == SURU) and told:
            found.append((clause, row))
    return tuple(sorted(found, key=lambda f: f[0].predicate_start))


def _ends_a_headline(sentence: Sentence, clause: Clause) -> bool:
    """「国連総長、隣国に停戦を|呼びかけ|」: a line that ends with the stem of a verb gives nobody's words."""
    return clause.ending == "renyo" and clause.end == sentence.end and not sentence.quotations


def speech_row(scene: Scene, clause: Clause) -> Row | None:
    """The row of the speech table that a clause's predicate answers to; for する the noun with に or も (口にした, 責めもした)."""
    if clause.predicate == SURU:
        nouns = [scene.text[a.start : a.end] for a in clause.arguments if a.particle in ("に", "も")]
        verbs = (verb for noun in nouns for verb in (noun, noun + "る") if verb in scene.speech)
        return next((scene.speech[verb][0] for verb in verbs), None)
    if clause.predicate == "有る":
        told = [a.head for a in clause.arguments if TOLD_SO.search(scene.text, a.start, a.end)]
        nouns = [head.rpartition("旨")[2].removeprefix("の") for head in told]
        return next((scene.speech[noun][0] for noun in nouns if noun in scene.speech), None)
    rows = scene.speech.get(clause.predicate, ())
    return next((row for row in rows if names_predicate(scene, clause, row["verb"])), None)


def _is_told(scene: Scene, sentence: Sentence, clause: Clause, row: Row | None) -> bool:
    """Not 「述べれば」, 「…と言える」, 「攻撃したとすると」, 「述べても」, 「訴えるべきだ」, not 「述べなかった」, not 「伝えられた」 (but the honorific 「述べられた」 of a speaker with は), not mere hearsay."""
    if scene.text[clause.end - 1 : clause.end + 1] in ("ても", "でも"):
        return False
    if clause.relative and clause.tense != "past" and AHEAD.match(scene.text, clause.end):
        return False
    if clause.ending == "main" and clause.tense == "nonpast" and _on_a_later_day(scene, sentence, clause):
        return False
    if clause.ending == "te" and SEEN_FOR.match(scene.text, clause.predicate_start):
        return False
    if clause.relative and clause.tense == "nonpast" and scene.text.startswith("もの", clause.end):
        return False
    if clause.predicate == PLAIN and not scene.text.startswith("に", clause.predicate_start + len(PLAIN)):
        # 「歓迎していないことは|明らかだ|」: nobody says so.
        return False
    if clause.relative and TAKEN_FOR.match(scene.text, clause.end):
        return False
    if scene.text.startswith("のべ", clause.predicate_start) and NUMBER.match(scene.text, clause.predicate_start + 2):
        return False
    if {"obligation", "desire", "volition"} & set(clause.modality):
        return False
    if clause.ending == "if" and clause.predicate == SURU:
        return False
    if clause.ending == "if" and clause.voice == "passive":
        return False
    if clause.ending == "if":
        words = scene.text[clause.predicate_start : clause.end + 1].rstrip("、")
        return words.endswith("と") and clause.tense != "past"
    if clause.predicate == "言う" and scene.text.startswith(
        ("言え", "いえ", "言わん", "いわん"), clause.predicate_start
    ):
        return False
    if clause.predicate == "言う" and scene.text[clause.predicate_start : clause.end] in ("いう", "言う"):
        # In 「人質は検査を受けたが、|健康状態は|良好だという」 nobody is named who says so.
        named = any(a.particle in ("は", "が", "も") and can_speak(scene, a) for a in clause.arguments)
        if named and _is_told_of(scene, sentence, clause):
            return False
        return named and (sentence.end - clause.end <= 1 or scene.text.startswith("に", clause.end))
    if clause.voice == "passive":
        if any(a.particle == "によって" for a in clause.arguments):
            return row is not None and row["kind"] in ("say", "show")
        others = any(a.particle in ("から", "に", "によって") for a in clause.arguments)
        return (
            clause.predicate in HONOURED
            and clause.aspect != "continuing"
            and not others
            and any(a.particle == "は" for a in (*clause.arguments, *clause.inherited))
        )
    return not is_hearsay(scene, clause)


def _is_told_of(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """「両首脳は認識を共有した|という|。」: of whom it is told that they did something does not tell it."""
    told = [c for c in sentence.clauses if c.inside < 0 and c.ending == "quote"]
    last = [c for c in told if 0 <= clause.predicate_start - c.end <= 1]
    ended = [c for c in last if not _gives_words(scene, c)]
    topics = [a for a in clause.arguments if a.particle == "は"]
    if any(c.aspect == "continuing" and a in (*c.inherited, *c.arguments) for c in last for a in topics):
        # 「|隣国は|制圧を否定している|という|。」
        return True
    if any(c.predicate == "有る" for c in ended):
        # 「各国は強く出る|可能性がある|という」
        ended += [c for c in sentence.clauses if c.relative and c.inside < 0]
    elif not any(c.tense == "past" for c in ended):
        return False
    return any(a in c.inherited for c in ended for a in topics)


def _gives_words(scene: Scene, clause: Clause) -> bool:
    row = speech_row(scene, clause)
    return row is not None and row["kind"] != "ask"


def _on_a_later_day(scene: Scene, sentence: Sentence, clause: Clause) -> bool:
    """「両首相は|29日|に声明を|発表する|。」 on a page of the 27th: nothing has been said yet."""
    outside = (d for d in scene.dates_in(sentence.start, clause.end) if not _is_quoted(sentence, d.start))
    return any(is_later(d.value, scene.document.anchor) for d in outside)


def _is_quoted(sentence: Sentence, at: int) -> bool:
    return any(q.start <= at < q.end for q in sentence.quotations)


def is_hearsay(scene: Scene, clause: Clause) -> bool:
    """「…したという。」 and 「…したということです。」 mark what stands before as heard; nobody new speaks."""
    words = scene.text[clause.predicate_start : clause.end]
    return words in ("いう", "いいます", "言う", "言います") and not any(
        a.particle in ("は", "が") for a in clause.arguments
    )


def _bare(scene: Scene, sentence: Sentence) -> Iterator[Clause]:
    """A verbal noun of saying that ends its clause by itself after と: 「届けると約束、中身は砲弾だ」."""
    known = {c.predicate_start for c in sentence.clauses}
    tokens, speech = outer_tokens(scene, sentence), scene.speech
    for at in [i for i, token in enumerate(tokens) if token.surface in speech and i]:
        token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
        led = tokens[at - 1].surface in ("と", "よう", "に", "旨") or scene.text.endswith("とも", 0, token.start)
        if token.start in known or not led:
            continue
        if after is None or after.pos[0] == "補助記号" or BUSY.match(scene.text, after.start):
            ending = "main" if after is None or after.surface == "。" else "renyo"
            yield bare_clause(token.start, token.end, token.surface, ending)


def bare_clause(start: int, end: int, predicate: str, ending: str = "main") -> Clause:
    """A clause of which nothing is known but where it stands: for words that the clause reader gives no predicate."""
    return Clause(
        start=start,
        end=end,
        predicate=predicate,
        predicate_start=start,
        arguments=(),
        negative=False,
        voice="active",
        tense="none",
        aspect="simple",
        modality=(),
        inside=-1,
        relative=False,
        head=None,
        inherited=(),
        ending=ending,
    )


@once
def outer_tokens(scene: Scene, sentence: Sentence) -> tuple[Token, ...]:
    """The tokens that stand outside every quotation."""
    if not sentence.quotations:
        return sentence.tokens
    quoted = {at for q in sentence.quotations if q.depth == 1 for at in range(q.start, q.end)}
    return tuple(t for t in sentence.tokens if t.start not in quoted)


@once
def outer_arguments(scene: Scene, sentence: Sentence) -> tuple[Argument, ...]:
    """Every phrase outside quotation marks that a clause of the sentence has, in page order, each once."""
    taken = (a for c in sentence.clauses if c.inside < 0 for a in (*c.inherited, *c.arguments))
    found = {(a.start, a.end): a for a in taken if a.start >= sentence.start}
    return tuple(found[key] for key in sorted(found))
