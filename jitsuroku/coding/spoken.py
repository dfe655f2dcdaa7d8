"""Acts done by saying: 「「支持する」と述べた」 supports, 「「戦車を送る」と明かした」 promises, 「「撤退すべきだ」と述べた」 demands.

What a quotation says of others stays a statement; only what the speaker does by the words is an act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jitsuroku.coding.addressee import addressee, has_object
from jitsuroku.coding.agents import ISSUED, agent_of
from jitsuroku.coding.ahead import lies_ahead
from jitsuroku.coding.event_record import Act, event_record
from jitsuroku.coding.other_side import in_mind
from jitsuroku.coding.parties import NOBODY, Party, party_of
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.slots import first_of
from jitsuroku.coding.triggers import fires, type_of
from jitsuroku.coding.when import when_done
from jitsuroku.records import Argument, Clause, Event, EventType, Quotation, Row, Sentence

FIRST_PERSON = re.compile(
    r"(?:私|わたし|僕|我々|われわれ|私たち|わたしたち|わが国|我が国|わが党|当国|自国|こちら|私自身|我が?軍)"
)
SUBJECTS = ("が", "は", "も")
LONGEST = 100
# Verbs that do what they say by what they show: 「「哀悼の意を|示し|たい」と投稿した」.
SHOWING = frozenset({"示す", "表す", "表する", "表明", "申し上げる", "捧げる", "伝える"})


def acts_spoken(
    scene: Scene, sentence: Sentence, rows: Mapping[str, tuple[Row, ...]], told: list[Event]
) -> Iterator[Event]:
    """The acts that the quotations of a sentence do, each by who speaks there."""
    demands = scene.world.demands[scene.language.code]
    for index, quotation in enumerate(sentence.quotations):
        governor = _governor(scene, sentence, quotation) if quotation.depth == 1 else None
        if governor is None or governor.negative:
            continue
        speaker = agent_of(scene, sentence, governor, story=True)
        if speaker and speaker.sector != "MED":
            for clause in sentence.clauses:
                if clause.inside == index and (
                    event := _act(scene, sentence, clause, governor, speaker, rows, demands, told)
                ):
                    yield event


def demands_told(scene: Scene, sentence: Sentence, told: list[Event]) -> Iterator[Event]:
    """The demands that a sentence reports in its own words: 「隣国は、|首相が謝罪すべきだと主張した|」."""
    for index, clause in enumerate(sentence.clauses):
        if "obligation" not in clause.modality or clause.ending != "quote" or clause.inside >= 0 or clause.negative:
            continue
        governor = next((c for c in sentence.clauses[index + 1 :] if c.inside < 0), None)
        if governor is None or governor.relative or governor.negative or governor.predicate not in scene.speech:
            continue
        if governor.tense == "past" and governor.aspect == "continuing":
            continue
        speaker = agent_of(scene, sentence, governor, story=True)
        subject = next((a for p in SUBJECTS for a in clause.arguments if a.particle == p), None)
        if speaker and speaker.sector != "MED" and not _is_expert(scene, speaker):
            demands = scene.world.demands[scene.language.code]
            words = clause.start, governor.end
            if event := _demand(scene, sentence, clause, governor, speaker, subject, demands, words, told):
                yield event


def _is_expert(scene: Scene, speaker: Party) -> bool:
    match = scene.private.search(scene.text[speaker.start : speaker.end])
    return match is not None and match["expert"] is not None


def _is_carried(scene: Scene, clause: Clause, words: Argument) -> bool:
    """「「拒否する」との|コメントを|述べた」: a noun carries the quoted words."""
    return any(
        a.particle == "を" and a.head in scene.carriers and 0 < a.start - words.end <= 2 for a in clause.arguments
    )


def _governor(scene: Scene, sentence: Sentence, quotation: Quotation) -> Clause | None:
    """The clause that the quoted words belong to: 「…」と|述べた|, 「…」との考えを|示した|, 「…」とする声明を|出した|."""
    for clause in sentence.clauses:
        issued = _issuing(scene, sentence, clause)
        if issued is not None and any(a.start <= quotation.start and quotation.end <= a.end for a in clause.arguments):
            return issued
        if clause.inside < 0 and not clause.relative:
            for argument in clause.arguments:
                carries = argument.particle == "と" or (
                    argument.particle == "との" and _is_carried(scene, clause, argument)
                )
                if carries and argument.start <= quotation.start and quotation.end <= argument.end:
                    return clause
    return None


def _issuing(scene: Scene, sentence: Sentence, clause: Clause) -> Clause | None:
    """「「非難する」|とする|声明を|出した|」: the clause that puts out the noun which the words describe."""
    describes = (
        clause.relative and clause.predicate in ("為る", "言う") and clause.head is not None and clause.inside < 0
    )
    if not describes or clause.head is None or ISSUED.search(scene.text, clause.head.start, clause.head.end) is None:
        return None
    return next((c for c in sentence.clauses if c.inside < 0 and not c.relative and clause.head in c.arguments), None)


def _act(
    scene: Scene,
    sentence: Sentence,
    clause: Clause,
    governor: Clause,
    speaker: Party,
    rows: Mapping[str, tuple[Row, ...]],
    demands: tuple[Row, ...],
    told: list[Event],
) -> Event | None:
    if clause.relative or clause.ending not in ("main", "renyo", "te", "and", "but") or clause.tense == "past":
        return None
    subject = next((a for p in SUBJECTS for a in clause.arguments if a.particle == p), None)
    if "obligation" in clause.modality:
        words = _words(sentence, clause)
        return _demand(scene, sentence, clause, governor, speaker, subject, demands, words, told)
    wish = clause.modality == ("desire",) and clause.predicate in SHOWING
    if (clause.modality and not wish) or not _is_own(scene, subject, speaker):
        return None
    ahead = clause.ending == "main" and lies_ahead(scene, sentence, clause)
    for row in rows.get(clause.predicate, ()):
        kind = type_of(row, scene.world)
        performs = clause.predicate in scene.performatives or clause.predicate in SHOWING
        status = _status(kind, row, ahead, performs)
        if status and fires(scene, clause, row, ahead):
            slots = row.list("recipient") or kind.recipient
            recipient = first_of(scene, sentence, clause, slots, speaker) or _spoken_to(
                scene, sentence, governor, speaker
            )
            aimed = kind.targets and has_object(scene, clause)
            if not recipient and kind.targets:
                recipient = in_mind(scene, governor)
            if not recipient and kind.addressed and row["recipient"] != "-" and not aimed:
                recipient = addressee(scene, sentence, governor, speaker, told)
            kind = _as_planned(scene, kind) if status == "planned" else kind
            time = when_done(scene, sentence, governor, speaker.codes, told)
            act = Act(sentence, clause, row, kind, speaker, recipient, time, status)
            return event_record(scene, act, _words(sentence, clause))
    return None


def _words(sentence: Sentence, clause: Clause) -> tuple[int, int]:
    """The quoted words up to the end of the clause, or the clause alone where they are long."""
    start = sentence.quotations[clause.inside].inner.start
    return (start if clause.end - start <= LONGEST else clause.start), clause.end


def _is_own(scene: Scene, subject: Argument | None, speaker: Party) -> bool:
    """Whether a quoted clause is about its speaker: no subject, 「我々は」, or the speaker's own side."""
    if subject is None:
        return True
    if FIRST_PERSON.match(scene.text[subject.start : subject.end]):
        return True
    party = party_of(scene, subject)
    return bool(party) and set(party.codes) <= set(speaker.codes)


def _status(kind: EventType, row: Row, ahead: bool, performs: bool) -> str | None:
    """Words alone do what is verbal; what else lies ahead they promise."""
    if performs and kind.quad.startswith("verbal"):
        return "actual"
    return "planned" if ahead and (row["polarity"] == "plan" or kind.planned_as) else None


def _as_planned(scene: Scene, kind: EventType) -> EventType:
    return next((t for t in scene.world.event_types.values() if t.code == kind.planned_as), kind)


def _spoken_to(scene: Scene, sentence: Sentence, governor: Clause, speaker: Party) -> Party:
    """To whom the words are said: 「大統領|に|「支援する」と約束した」."""
    return first_of(scene, sentence, governor, ("に対して", "に"), speaker)


def _demand(
    scene: Scene,
    sentence: Sentence,
    clause: Clause,
    governor: Clause,
    speaker: Party,
    subject: Argument | None,
    demands: tuple[Row, ...],
    words: tuple[int, int],
    told: list[Event],
) -> Event | None:
    """「「隣国は撤退すべきだ」と述べた」: another is to act. What one must do oneself, or all must, is no demand."""
    if subject is None or not demands or FIRST_PERSON.match(scene.text[subject.start : subject.end]):
        return None
    asked = party_of(scene, subject) or NOBODY
    if not asked or set(asked.codes) & set(speaker.codes):
        return None
    row = demands[0]
    time = when_done(scene, sentence, governor, speaker.codes, told)
    act = Act(sentence, clause, row, type_of(row, scene.world), speaker, asked, time, "actual")
    return event_record(scene, act, words)
