"""Clauses -> statements: who said what, in whose words, via whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jitsuroku.coding.parties import Party, party_of
from jitsuroku.coding.scene import Scene, subject_of
from jitsuroku.coding.triggers import names_predicate
from jitsuroku.coding.when import when
from jitsuroku.contract import with_id
from jitsuroku.records import Actor, Argument, Clause, Quotation, Row, Sentence, Span, Statement

SAY_SURU = "為る"
SAYS = frozenset({"為る", "言う", "有る", "成る"})
SHORTEST_REPORT = 5
# The speaker stands in the same piece of evidence as the words when both are this near, else in a piece of its own.
NEAR = 150
VENUES = (
    ("press conference", re.compile(r"記者会見|会見|ブリーフィング")),
    ("interview", re.compile(r"インタビュー|取材")),
    (
        "social media",
        re.compile(r"SNS|X[にへで]|ツイッター|投稿|フェイスブック|トゥルース・ソーシャル|テレグラム|微博"),
    ),
    ("joint statement", re.compile(r"共同声明|共同宣言")),
    ("speech", re.compile(r"演説|講演|スピーチ")),
)
ANONYMOUS = re.compile(r"筋|関係者|幹部|高官|専門家|消息|当局者|外交団|観測")
COLLECTIVE = re.compile(r"両|双方|首脳ら|共同|各国|加盟国|[^一]人$|\d+(?:人|か国|カ国)")
BODY = re.compile(
    r"(?:省|庁|局|院|会|党|府|側|当局|政府|社|新聞|通信|放送|機関|機構|銀行|軍|紙|大使館|報道官)(?:は|など)?$"
)
DOCUMENT = re.compile(r"(?:声明|談話|宣言|決議|報告書)$")
OUTLET = re.compile(r"新聞|通信|紙|放送|テレビ|報道|メディア|ニュース|サイト|資料|統計|発表文|誌|電子版")
TOLD = re.compile(r"の(?:説明|話|発表|見立て|証言)$")
LEAD = re.compile(r"^(?:[はがもで、,\s]|さらに|また|そして|一方で?|その上で|そのうえで|このほか|同日|続いて|加えて)+")
MUST = re.compile(
    r"(?:べき(?:だ|である|で)|なければならない|必要がある|してはならない|よう(?:望|求|願)\S*|ことを(?:望|希望)\S*)と?$"
)
VIA_ACT = re.compile(r"取材|インタビュー|寄稿|番組|の記事|に対し|電話")


@dataclass(frozen=True, slots=True)
class Saying:
    """The words of a statement and where its evidence begins and ends."""

    text: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Context:
    """A clause that says something, its place among the sentence's clauses, and who speaks in it."""

    sentence: Sentence
    index: int
    clause: Clause
    subject: Argument


def statements_of(scene: Scene) -> Iterator[Statement]:
    """Every statement in the page, in page order."""
    last: tuple[int, Argument] | None = None
    for sentence in scene.sentences:
        before = last[1] if last and last[0] == sentence.paragraph else None
        found: list[tuple[Argument | None, Statement]] = [(None, s) for s in _by_source(scene, sentence)]
        for index, clause in enumerate(sentence.clauses):
            if clause.inside < 0:
                found.extend(_by_verb(scene, sentence, index, clause, before))
        said = [s for _, s in found]
        for subject, statement in found:
            if statement.quoted or not _is_wrapping(statement, said):
                last = (sentence.paragraph, subject) if subject is not None else last
                yield statement


def _is_wrapping(statement: Statement, found: list[Statement]) -> bool:
    """Reported words that are little more than a quotation that stands as a statement of its own."""
    inner = [s for s in found if s.quoted and s.text in statement.text]
    return sum(len(s.text) for s in inner) * 5 >= len(statement.text) * 2


def _by_verb(
    scene: Scene, sentence: Sentence, index: int, clause: Clause, before: Argument | None
) -> Iterator[tuple[Argument, Statement]]:
    row = _speech_row(scene, clause)
    complement = _complement(sentence, index)
    quoted = _quotations(sentence, clause)
    if row is None and not (clause.predicate in SAYS and (quoted or complement)):
        return
    if clause.voice == "passive" or clause.ending == "if" or _is_hearsay(scene, clause):
        return
    if row is None and clause.predicate != SAY_SURU:
        return
    subject = _who_speaks(scene, sentence, index, clause)
    if before is not None and complement is not None and not quoted and _tells_another(complement, subject):
        subject = before
    if subject is None or (not quoted and row is not None and row["kind"] == "report" and _outlets(scene, subject)):
        return
    rule = row.rule if row else "language/ja/speech.tsv#とする"
    kind = row["kind"] if row else "say"
    context = Context(sentence, index, clause, subject)
    for saying in _sayings(scene, context, quoted, complement, kind):
        yield subject, _statement(scene, sentence, clause, subject, saying, rule)


def _tells_another(complement: Clause, subject: Argument | None) -> bool:
    """「首相は…と述べた。また、隣国が約束を守ったと指摘した。」: the neighbour is told of, the prime minister speaks on."""
    if subject is None:
        return True
    return subject.particle == "が" and complement.start <= subject.start < complement.end


def _speech_row(scene: Scene, clause: Clause) -> Row | None:
    rows = scene.speech.get(clause.predicate, ())
    return next((row for row in rows if names_predicate(scene, clause, row["verb"])), None)


def _is_hearsay(scene: Scene, clause: Clause) -> bool:
    """「…したという。」 and 「…したということです。」 mark what stands before as heard; nobody new speaks."""
    words = scene.text[clause.predicate_start : clause.end]
    return words in ("いう", "いいます", "言う", "言います") and not any(
        a.particle in ("は", "が") for a in clause.arguments
    )


def _who_speaks(scene: Scene, sentence: Sentence, index: int, clause: Clause) -> Argument | None:
    """The clause's subject, or the nearest one before it in the sentence that can speak.

    「外務省は声明を出し、会議の成果は「空疎だ」と批判した」: the ministry speaks, not the outcome.
    """
    earlier = [c for c in sentence.clauses[:index] if c.inside < 0 and not c.relative]
    topics = [
        a
        for c in (clause, *reversed(earlier))
        for a in (*c.arguments, *c.inherited)
        if a.particle in ("は", "が", "も")
    ]
    first = subject_of(clause)
    candidates = ([first] if first else []) + topics
    return next((a for a in candidates if not is_thing(scene, a)), None)


def is_thing(scene: Scene, subject: Argument) -> bool:
    """A subject that cannot speak: no party, no body, no person, no anonymous source."""
    if party_of(scene, subject):
        return False
    written = scene.text[subject.start : subject.end]
    return not (
        ANONYMOUS.search(written)
        or BODY.search(written)
        or COLLECTIVE.search(written)
        or written.endswith(("氏", "さん"))
    )


def _quotations(sentence: Sentence, clause: Clause) -> list[Quotation]:
    """The quotations that are the clause's words: 「…」と, 「…」との, 「…」などと."""
    found = []
    for argument in clause.arguments:
        if argument.particle not in ("と", "との", "", "などと"):
            continue
        for quotation in sentence.quotations:
            last = argument.end - quotation.end
            if quotation.depth == 1 and quotation.start >= argument.start and 0 <= last <= 2:
                found.append(quotation)
    return found


def _complement(sentence: Sentence, index: int) -> Clause | None:
    """The clause just before that is reported: 「署名した」と発表 without quotation marks."""
    previous = [c for c in sentence.clauses[:index] if c.inside < 0]
    if previous and previous[-1].ending in ("quote", "you"):
        return previous[-1]
    return None


def _sayings(
    scene: Scene, at: Context, quoted: list[Quotation], complement: Clause | None, kind: str
) -> Iterator[Saying]:
    end = at.clause.end
    for quotation in quoted:
        yield Saying(scene.page.text[quotation.inner.start : quotation.inner.end], quotation.start, end, True)
    if quoted:
        return
    span = None
    if complement is not None:
        span = Span(_content_start(scene, at), complement.end)
    elif kind != "report":
        span = _carried(scene, at)
    if span is not None and span.end - span.start >= SHORTEST_REPORT:
        yield Saying(scene.page.text[span.start : span.end].removesuffix("と"), span.start, end, False)


def _carried(scene: Scene, at: Context) -> Span | None:
    """Content before a carrier noun: 支援を続ける|方針|を示した."""
    for argument in at.clause.arguments:
        if argument.particle not in ("を", "も", "で", "は"):
            continue
        written = scene.text[argument.start : argument.end]
        noun = next((n for n in scene.carriers if written == n or written.endswith("の" + n)), None)
        if noun is None:
            continue
        start = _content_start(scene, at)
        end = argument.end - len(noun)
        while end > start and scene.text[end - 1] in "のと":
            end -= 1
        return Span(start, end) if end > start else None
    return None


def _content_start(scene: Scene, at: Context) -> int:
    """Where reported content begins: after the speaker, after an earlier saying, or at the sentence's start."""
    sentence, start = at.sentence, at.sentence.start
    for earlier in sentence.clauses[: at.index]:
        ends = earlier.ending not in ("quote", "you", "relative")
        if earlier.inside < 0 and ends and earlier.predicate in scene.speech:
            start = max(start, earlier.end)
    if sentence.start <= at.subject.start and at.subject.end > start:
        start = at.subject.end + len(at.subject.particle)
    lead = LEAD.match(scene.text[start : sentence.end])
    start += lead.end() if lead else 0
    for date in scene.dates_in(start, start + 1):
        gap = LEAD.match(scene.text[date.end :])
        start = date.end + gap.end() if gap else start
    return start


def _by_source(scene: Scene, sentence: Sentence) -> Iterator[Statement]:
    """「外交筋によると、13か国の名が挙がっているという。」: the source speaks, unless it is an outlet or a document."""
    if any(c.inside < 0 and c.predicate in scene.speech and not _is_hearsay(scene, c) for c in sentence.clauses):
        return
    for clause in sentence.clauses:
        for argument in clause.arguments:
            if clause.inside < 0 and (person := _source(scene, argument)) is not None:
                match = SOURCE.match(scene.text[argument.end : sentence.end])
                start, end = argument.end + (match.end() if match else 0), _without_hearsay(scene, sentence)
                if end - start >= SHORTEST_REPORT:
                    saying = Saying(scene.page.text[start:end], argument.start, sentence.end, False)
                    yield _statement(scene, sentence, clause, person, saying, "coding/statements#source")


def _source(scene: Scene, argument: Argument) -> Argument | None:
    """Who is named as the source: 「外交筋によると」, 「政府側の説明では」."""
    written = scene.text[argument.start : argument.end]
    told = TOLD.search(written)
    if told and scene.text.startswith("では", argument.end):
        argument = replace(argument, end=argument.end - len(told.group()))
    elif argument.particle != "によると" or OUTLET.search(written):
        return None
    party = party_of(scene, argument)
    speaks = bool(party.people) or ANONYMOUS.search(written) or written.endswith(("側", "氏"))
    return argument if speaks and not _outlets(scene, argument) else None


SOURCE = re.compile(r"(?:の(?:説明|話|発表|見立て|証言)で|に(?:よると|よれば|よります(?:と)?))は?[、,]?")
HEARSAY = re.compile(r"(?:と(?:いう|のこと(?:です)?|みられる|される)|そうだ|ということ(?:です|だ))?。?$")


def _without_hearsay(scene: Scene, sentence: Sentence) -> int:
    text = scene.text[sentence.start : sentence.end]
    match = HEARSAY.search(text)
    return sentence.start + (match.start() if match else len(text))


def _outlets(scene: Scene, argument: Argument) -> tuple[Actor, ...]:
    """The media among the actors of a phrase."""
    return tuple(a for a in scene.actors_in(argument.start, argument.end) if a.sector == "MED")


def _via(scene: Scene, sentence: Sentence, clause: Clause, speaker: Party) -> tuple[str, ...]:
    """Through whom the page has it: 「国営通信によると」, 「通信社の取材に」, 「〜紙に対し」."""
    found: dict[str, None] = {}
    for other in sentence.clauses:
        if other.inside >= 0:
            continue
        for argument in other.arguments:
            near = scene.text[argument.start : argument.end + 8]
            if argument.particle == "によると" or (
                other is clause and argument.particle in ("に", "に対して", "で", "と", "の") and VIA_ACT.search(near)
            ):
                for outlet in _outlets(scene, argument):
                    if not set(outlet.codes) & set(speaker.codes) or argument.particle == "によると":
                        found.update(dict.fromkeys([_outlet_name(scene, outlet)]))
    return tuple(found)


def _outlet_name(scene: Scene, outlet: Actor) -> str:
    return outlet.person or scene.page.text[outlet.start : outlet.end]


def _statement(
    scene: Scene, sentence: Sentence, clause: Clause, subject: Argument, saying: Saying, rule: str
) -> Statement:
    party = party_of(scene, subject)
    speaker = _speaker(scene, subject, party)
    end = max(saying.end, clause.end)
    near = sentence.start <= subject.start <= saying.start and end - subject.start <= NEAR
    start = subject.start if near else saying.start
    inside = start <= subject.start and subject.end <= end
    outer = _venue_text(scene, sentence, saying)
    return with_id(
        Statement(
            id="",
            document=scene.page.id,
            speaker=speaker,
            speaker_kind=_kind(speaker, party),
            speaker_count=None,
            for_=() if COLLECTIVE.search(speaker) and len(party.codes) > 1 else party.codes,
            via=_via(scene, sentence, clause, party),
            venue=next((v for v, pattern in VENUES if pattern.search(outer)), None),
            act="said",
            quoted=saying.quoted,
            wording="unknown",
            text=saying.text.strip(),
            about=(),
            topics=(),
            verb=clause.predicate,
            stance=None,
            hedge=None,
            date=when(scene, sentence, clause).date,
            evidence=scene.evidence(start, end),
            more=() if inside else (scene.evidence(subject.start, subject.end),),
            rule=rule,
        )
    )


def _venue_text(scene: Scene, sentence: Sentence, saying: Saying) -> str:
    text = scene.text[sentence.start : sentence.end]
    return text.replace(saying.text, "") if saying.quoted else text[: max(0, saying.start - sentence.start)]


def _speaker(scene: Scene, subject: Argument, party: Party) -> str:
    """The person's name, an outlet's usual name, else the phrase as the page has it."""
    if party.people:
        return party.people[0] if len(party.people) == 1 else "、".join(party.people)
    outlets = _outlets(scene, subject)
    if outlets and len(party.codes) == 1 and not party.codes[0].isupper():
        return party.codes[0]
    return re.sub(r"\([^()]*\)$", "", scene.written(subject)).strip()


def _kind(speaker: str, party: Party) -> str:
    if party.people:
        return "person" if len(party.people) == 1 else "collective"
    if ANONYMOUS.search(speaker):
        return "anonymous"
    if COLLECTIVE.search(speaker):
        return "collective"
    return "body" if party or BODY.search(speaker) or DOCUMENT.search(speaker) else "office"
