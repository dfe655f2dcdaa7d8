"""Clauses -> readings: somebody's interpretation of a statement or a deed, kept apart from the deed itself.

A reading is told of nobody (「…との見方がある」), of a group (「専門家の間では…」), of somebody named (「外交筋は…と受け止める」)
or in the page's own voice (「…当てつけだろう」 「筆者にはそう映る」).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jitsuroku.coding.chains import sources_of
from jitsuroku.coding.identity import PREFIX, can_speak
from jitsuroku.coding.outlets import is_outlet, title_in
from jitsuroku.coding.parties import party_of
from jitsuroku.coding.scene import Scene, subject_of
from jitsuroku.contract import with_id
from jitsuroku.records import Actor, Argument, Clause, Interpretation, Sentence, Statement

READS = frozenset(
    {
        "解釈",
        "受け取る",
        "受け止める",
        "読み解く",
        "読み取る",
        "深読み",
        "読む",
        "捉える",
        "勘繰る",
        "勘ぐる",
        "踏む",
        "睨む",
        "疑う",
    }
)
# Those that read whatever they are told of.
ALWAYS = frozenset(
    {"解釈", "受け取る", "受け止める", "読み解く", "読み取る", "深読み", "勘繰る", "勘ぐる", "踏む", "睨む"}
)
# What is shown when somebody shows a view of a purpose: 「…が目的だったとの|見方|を示した」.
VIEW = re.compile(r"(?:見方|分析|見立て|解釈|読み|観測|見解)$")
SHOWS = frozenset({"示す", "語る", "述べる", "明かす", "明らか", "披露", "公表", "発表"})
# What papers and scholars do with somebody else's deed: 「地元紙は合意を敗北と|位置付けた|」.
JUDGES = frozenset({"位置付ける", "論評", "論じる", "断じる", "解説", "総括"})
SEES = frozenset(
    {
        "見る",
        "分析",
        "推測",
        "観測",
        "推察",
        "指摘",
        "評する",
        "評価",
        "見立てる",
        "見做す",
        "見なす",
        "認める",
        "予測",
        *JUDGES,
    }
)
# 「現地メディアは、欠席は不満の|表れだと|伝えた」: what an outlet makes of a deed.
RELAYS = frozenset({"伝える", "報じる"})
# 「識者の一人は「国内をまとめる|狙いだ」と|語る」
TELLS = frozenset({"語る", "話す", "述べる", "言う", "説明"})
JUDGED = re.compile(
    r"(?:表れ|狙い|ねらい|サイン|当て(?:つけ|付け)|思惑|布石|裏返し|証左|時間稼ぎ|目的|けん制|牽制)(?:がある|だ|である)」?と[^、。「」]{0,4}$"
)
INTENT = re.compile(
    r"狙い|思惑|意図|念頭|けん制|牽制|配慮|ねらい|目的|意識|布石|圧力|圧迫|動き|焦点|根拠|アピール|暗示|見せつけ|示した(?:い|もの)|"
    r"想定|表れ|当てつけ|当て付け|見せかけ|時間稼ぎ|兆し|メッセージ|引きずられ|カード|綱引き|重荷|背景|呼び水|痛打|標的|駆け引き|作戦|戦略|揺さぶ|くさび|誇示|打算|保険|舞台|展示|威圧|指す|指し|サイン|意味|駆け込み|アピール|印象|報復|対抗|見返り|容認|警告|示威|威嚇|演出|口実|駆使|危機感|本音|ため(?:だ|と)"
)
GROUP = re.compile(
    r"(?:専門家|メディア|筋|市場|アナリスト|識者|観察者|研究者|評論家|関係者|政界|永田町|霞が関|外交界|業界|財界|経済界|与党|野党|(?:政府|政権|党|省|軍)内|(?<=.)各国|諸国|加盟国|同盟国|"
    r"海外|国内|欧州|欧米|西側|中央アジア)(?:ら|たち|など|の一部|側|内)*$"
)
VIEWERS = re.compile(
    r"専門家|経済界|財界|産業界|メディア|筋|市場|アナリスト|識者|観察者|研究者|評論家|関係者|幹部|高官|教授|研究員|シンクタンク|(?:紙|新聞|誌|通信社?|テレビ|放送)$"
)
# Whose business it is to read: what they point out is a reading.
EXPERT = re.compile(r"専門家|アナリスト|識者|評論家|観察者")
SCHOLAR = re.compile(r"専門家|アナリスト|識者|評論家|教授|研究員|研究者|エコノミスト")
# 「北欧では…と見ている」: readers that are named by where they are.
WHERE = re.compile(
    r"(?:(?<=[、。るた])|(?<=[るた]が)|(?<=\n))([^、。「」はがを]{0,16}?(?:国|欧州|欧米|西側|アジア|中東|アフリカ|中南米|米|ロシア|韓国|台湾|日本|インド|イラン|"
    r"政府|議会|野党|与党|党|内部|国内|地元|首都|永田町|霞が関|市場|業界|財界|政界))(?:の間)?では、?"
)
AMONG = re.compile(r"(?:^|[、。])([^、。「」]{1,20}?)(の間|内部)?(?:では|には|でも|からは)、?")
# Whom a reading is of as the target: 「米国|をけん制する」, 「米国|への警告」, but not 「米国|の圧力」, which is theirs.
AIMED = re.compile(
    r"(?!(?:側|政府|政権)?の(?:配慮|圧力|けん制|牽制|対抗|威圧|圧迫|反発|警告|メッセージ|脅し|シグナル|揺さぶ|当て(?:つけ|付け)))"
    r"[^。、]{0,8}(?:を|へ|に|、|と|の).{0,10}?(念頭|けん制|牽制|配慮|意識|対抗|指す|指し|孤立|圧力|想定|標的|当てつけ|揺さぶ|見せつけ|引き離|威圧|圧迫|痛打|反発|狙っ|にらん|当て付け|警告|メッセージ|脅し|シグナル)"
)
# 「念頭にあるのは|中国|だ」
AIMED_BACK = re.compile(
    r"(?:念頭にあ(?:る|った)|視線の先にあ(?:る|った)|矛先が向か(?:う|った))のは、?[^、。「」]{0,8}$"
)
# Words for readers that name nobody: 「…とみる|向き|もある」.
UNNAMED = frozenset({"向き", "声", "空気", "雰囲気", "論調", "もの", "論評", "報道", "記事", "論説"})
# The と of what is read, right before the verb or the subject that follows it.
MARK = re.compile(r"(?<![あもこひっ])と(?:も)?[、,]?[^、。「」]{0,16}$")
# 「…との専門家の見方が多い」: whose view it is.
WHOSE = re.compile(r"(?:との|という|といった|とする)([^、。「」がもはを]{1,12})の")
# 「…との受け止めが|外交関係者|の間で広がった」
SPREADS = re.compile(r"[がも]([^、。「」はがをも]{2,16}?)(?:の(?:間|中)|(?<=内))(?:で|に)")
# 「日本|や|米国を意識した」, 「中国|の「|一帯一路」をけん制する」
JOINED = re.compile(r"[、や・と]|の「?|および|及び|並びに|[^、。「」はがを]{0,8}[や・]")
LONGEST = 150
# How far before 「とみられる」 the purpose may stand that makes it a reading.
PURPOSE = 60


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
    named = list(_named(scene, sentence)) or list(_of_source(scene, sentence))
    found = _unattributed(scene, sentence)
    if found is None and not named:
        named = list(_of_group(scene, sentence))
        found = None if named else _own(scene, sentence)
    if found is not None and named and found.end > named[-1].end:
        found = replace(found, start=named[-1].end)
    elif named:
        found = None
    return [*named, found] if found is not None else named


def _some(scene: Scene, sentence: Sentence) -> View | None:
    """「…とみる専門家は少なくない」, 「…とみる向きもある」."""
    match = _outside(scene, sentence, "some")
    if match is None:
        return None
    noun = next(g for g in match.groups()[::-1] if g)
    by = (_among(scene, sentence, match.start()) or "unattributed") if noun in UNNAMED else noun
    return View(by, sentence.start, sentence.end, _row(scene, match))


def _outside(scene: Scene, sentence: Sentence, kind: str) -> re.Match[str] | None:
    """The first match of a kind of pattern that does not begin inside quotation marks."""
    patterns = scene.world.patterns[scene.language.code]
    gate = patterns.get(f"may-hold reading {kind}")
    if gate is not None and gate.search(scene.text, sentence.start, sentence.end) is None:
        return None
    for match in patterns[f"reading {kind}"].finditer(scene.text, sentence.start, sentence.end):
        if not any(q.start < match.start() < q.end - 1 for q in sentence.quotations):
            return match
    return None


def _row(scene: Scene, match: re.Match[str]) -> str:
    """The rule of the row that matched."""
    number = next(name for name, words in match.groupdict().items() if words is not None)
    return scene.language.tables["readings"].rows[int(number.removeprefix("row"))].rule


def _named(scene: Scene, sentence: Sentence) -> Iterator[View]:
    """「日本のメディアは「米国を念頭に置いた」と解釈している」, 「外交筋は、投稿を侮辱と受け止める」."""
    begin = sentence.start
    for clause in sentence.clauses:
        if clause.inside >= 0 or clause.voice in ("passive", "potential") or clause.negative or _is_noun(scene, clause):
            continue
        subject = _viewer(scene, sentence, clause)
        if subject is None or not _is_reading(scene, clause, subject, begin):
            continue
        start = max(min(subject.start, clause.start) if _tells_all(scene, clause) else begin, clause.end - LONGEST)
        groups = WHERE.findall(scene.text, begin, clause.predicate_start) if subject.end <= begin else []
        by = groups[-1] if groups else _name(scene, subject)
        yield View(by, start, clause.end, "coding/readings#named")
        begin = clause.end


def _of_group(scene: Scene, sentence: Sentence) -> Iterator[View]:
    """「欧州では、沈黙は同意のサインだと見ている」: a group that is named by its place or house reads."""
    for clause in sentence.clauses:
        reads = clause.predicate in ALWAYS or clause.predicate in ("見る", "見做す", "見なす", "読む", "捉える")
        if clause.inside >= 0 or not reads or clause.voice != "active" or clause.negative or clause.relative:
            continue
        groups = WHERE.findall(scene.text, sentence.start, clause.predicate_start)
        if groups and MARK.search(scene.text, sentence.start, clause.predicate_start):
            yield View(groups[-1], sentence.start, clause.end, "coding/readings#group")
            return


def _of_source(scene: Scene, sentence: Sentence) -> Iterator[View]:
    """「ノルム教授によると、発言の狙いは国内向けのアピールにあるという」: a scholar reads a purpose."""
    for source in sources_of(scene, sentence):
        scholar = not source.outlets and SCHOLAR.search(source.phrase.head)
        if scholar and INTENT.search(scene.text, source.end, sentence.end):
            yield View(_name(scene, source.phrase), sentence.start, sentence.end, "coding/readings#source")


def _is_noun(scene: Scene, clause: Clause) -> bool:
    """「…という受け止め|も出ている」: no verb of anybody named; what modifies a noun is told by whom the noun names."""
    if clause.relative:
        head = clause.head
        return head is None or not VIEWERS.search(scene.text[head.start : head.end])
    after = scene.text[clause.end : clause.end + 2]
    return after[:1] in ("も", "が", "は", "を", "の") and after not in ("のが", "のは", "のも")


def _tells_all(scene: Scene, clause: Clause) -> bool:
    """Whether the words that are read stand in the clause itself, not before it."""
    return "と" in scene.text[clause.start : clause.predicate_start]


def _viewer(scene: Scene, sentence: Sentence, clause: Clause) -> Argument | None:
    """Whose view: the subject, or for READS a place before では (「欧州では…と見ている」)."""
    if clause.relative:
        return clause.head
    own = [a for a in clause.arguments if a.particle in ("は", "も", "が") and _can_view(scene, a)]
    subject = own[0] if own else subject_of(clause)
    if subject is None or subject.start < sentence.start or not _can_view(scene, subject):
        return None
    return subject


def _can_view(scene: Scene, argument: Argument) -> bool:
    return can_speak(scene, argument) or bool(VIEWERS.search(scene.text[argument.start : argument.end]))


def _name(scene: Scene, subject: Argument) -> str:
    party = party_of(scene, subject)
    if len(party.people) == 1 and "、" not in party.people[0]:
        return party.people[0]
    written = PREFIX.sub("", scene.written(subject))
    return (title_in(written) if is_outlet(scene, subject) else None) or written


def _is_reading(scene: Scene, clause: Clause, subject: Argument, begin: int) -> bool:
    """A verb of reading, or a verb of seeing with a purpose or from those whose business it is to see."""
    words = scene.text[begin : clause.end]
    told = bool(MARK.search(scene.text, begin, clause.predicate_start)) or bool(
        {"と", "として"} & {a.particle for a in clause.arguments}
    )
    told = told or clause.predicate in ("解釈", "読み解く", "深読み")
    read = clause.predicate in READS and told
    if read:
        return (
            bool(INTENT.search(words))
            or bool(VIEWERS.search(scene.text[subject.start : subject.end]))
            or clause.predicate in ALWAYS
        )
    if clause.predicate in SHOWS and any(VIEW.search(scene.written(a)) for a in clause.arguments):
        return bool(INTENT.search(words))
    judge = clause.predicate in TELLS and EXPERT.search(scene.text, subject.start, subject.end)
    if judge or (clause.predicate in RELAYS and is_outlet(scene, subject)):
        return JUDGED.search(scene.text, begin, clause.predicate_start) is not None
    if clause.predicate not in SEES or not told:
        return False
    viewer = VIEWERS.search(scene.text[subject.start : subject.end]) or is_outlet(scene, subject)
    if clause.predicate in JUDGES and not viewer:
        return False
    if clause.predicate in ("見る", "見做す", "見なす") and {"を", "と"} <= {a.particle for a in clause.arguments}:
        return True
    if EXPERT.search(scene.text[subject.start : subject.end]):
        return True
    return bool(INTENT.search(words)) if clause.predicate in ("指摘", "認める") or not viewer else True


def _unattributed(scene: Scene, sentence: Sentence) -> View | None:
    """「…との見方が広がる」, 「…する狙いがあるとみられる」: nobody's, or that of the group the sentence names."""
    out, seen = _outside(scene, sentence, "view"), _outside(scene, sentence, "seen")
    match = out or seen
    if match is None:
        return None
    among = _among(scene, sentence, match.start())
    if (
        out is None
        and seen is not None
        and not among
        and not INTENT.search(scene.text, max(sentence.start, seen.start() - PURPOSE), seen.start() + 1)
    ):
        return None
    whose = WHOSE.search(out.group()) if out is not None else None
    if whose is not None and VIEWERS.search(whose.group(1)):
        among = whose.group(1)
    spread = SPREADS.search(out.group()) if out is not None else None
    if spread is not None and GROUP.search(spread.group(1)):
        among = spread.group(1)
    among = among or next((scene.written(s.phrase) for s in sources_of(scene, sentence) if s.outlets), None)
    return View(among or "unattributed", sentence.start, match.end(), _row(scene, match))


def _among(scene: Scene, sentence: Sentence, end: int) -> str | None:
    """「専門家の間では」, 「市場では」, 「永田町では」: whose view it is, as written."""
    for match in AMONG.finditer(scene.text[sentence.start : end]):
        written = match.group(1)
        voiced = "からは" in match.group() and _is_voice(scene, sentence.start + match.start(1), written)
        if (match.group(2) or voiced or GROUP.search(written)) and not re.search(
            r"\d|演説|会見|発表|声明|文書|記事|宣言|会談|会議", written
        ):
            return PREFIX.sub("", written).strip()
    return None


def _is_voice(scene: Scene, start: int, written: str) -> bool:
    """「|野党議員|からは、説明が足りないとの指摘が出た」: those from whom a view comes."""
    return can_speak(scene, Argument("から", start, start + len(written), written))


def _own(scene: Scene, sentence: Sentence) -> View | None:
    """The page's own: 「…時間を食ったのだろう」, 「米国を念頭に「…」と主張」."""
    own = _outside(scene, sentence, "own")
    if own is not None:
        return View("page", max(sentence.start, sentence.end - LONGEST), sentence.end, _row(scene, own))
    mind = _outside(scene, sentence, "mind")
    if mind is None:
        return None
    return View("page", sentence.start, min(sentence.end, mind.end() + LONGEST // 2), _row(scene, mind))


def _is_nearer(scene: Scene, actor: Actor, actors: tuple[Actor, ...], aim: int) -> bool:
    """「フィリピンへの肩入れを強める|米国|をけん制する」: somebody else stands between, not joined by や or と."""
    between = (a for a in actors if actor.end < a.start < aim)
    return any(not JOINED.fullmatch(scene.text, actor.end, a.start) for a in between)


def _reading(scene: Scene, sentence: Sentence, view: View, statements: tuple[Statement, ...]) -> Interpretation:
    of = [s for s in statements if sentence.start <= s.evidence.start < view.end and s.speaker != view.by]
    words = scene.text[view.start : view.end]
    codes: dict[str, None] = {}
    actors = scene.actors_in(view.start, view.end)
    for actor in actors:
        aimed = AIMED.match(words[actor.end - view.start :])
        aimed_back = AIMED_BACK.search(words[: actor.start - view.start]) is not None
        nearer = aimed is not None and _is_nearer(scene, actor, actors, actor.end + aimed.start(1))
        if aimed_back or (aimed is not None and not nearer):
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
