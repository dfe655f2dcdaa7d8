"""Via whom the page has somebody's words: 「国営通信によると」, 「通信社の取材に」, 「…と地元紙が伝えた」, 「Xに投稿」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jitsuroku.coding.channels import channels_of, told_through
from jitsuroku.coding.identity import BODY, PREFIX, Speaker, author_of, can_speak, is_person, speaker_of
from jitsuroku.coding.outlets import OUTLET, core_of, is_outlet, outlet_name, outlets_in, title_in
from jitsuroku.coding.scene import Scene, once
from jitsuroku.coding.tellers import Saying, outer_arguments, tellers
from jitsuroku.records import Argument, Sentence

ACCORDING = re.compile(
    r"(?:の(?:公式)?(?:説明|話|発表|見立て|証言|報告|記事|報道|配信|集計|まとめ|見解|主張|言い分|認識)では|の(?:説明|話|発表|見立て|証言|報告)に(?:よると|よれば|よりますと)は?|に(?:よると|よれば|よりますと)は?|を(?:読む|見る)と|(?<=ところ)では)[、,]?"
)
ABOUT_IT = re.compile(
    r"(?:など|各紙|各社)?(?:の(?:\d{1,2}月)?\d{1,2}日付?(?=の))?(?:の(?:報道|記事|発表|声明|談話|意見|見方|見解|分析|考え|指摘|コメント|まとめ|集計|調べ|取材|電子版|会見|記者会見|演説|投稿|証言)|など)*$"
)
TOLD_TO = re.compile(
    r"([^、。「」が]{1,25}?)が(?:[^、。「」]{0,20}?)(?:語った|述べた|話した|明らかにした|明かした|説明した|発表した|投稿した)(?:ところ|内容)"
)
AS_TALK = re.compile(
    r"([^、。]{1,25}?)[がは]([^、。「」はがを]{1,25}?)の(?:発言|話|談話)として(?:伝えた|報じた|報道した|配信した)ところ"
)
# 「港の|「港ニュース」|の伝えたところによると」
IN_MARKS = re.compile(r"[「『]([^「」『』]+)[」』](?:紙|誌)?$")
# 「地元紙が国営通信を引用して報じたところによると」
REPORTED = re.compile(
    r"([^、。「」が]{1,25}?|[^、。「」が]{0,12}「[^、。「」]{2,16}」)[がはの](?:[^、。「」をが]{0,12}?、?([^、。「」をが]{1,20}?)(?:を引用し(?:て)?|の(?:報道|記事)を引用し(?:て)?))?[^、。「」がを]{0,12}?"
    r"(?:報じた|伝えた|報道した|配信した|報じる|伝える)ところ"
)
# 「|大統領府が公表した会談の記録では|、首相は「…」と述べている」, 「|国務省の発表文では|、」, 「|通信社が確認した書簡で|、」
RELEASED = re.compile(
    r"(?:^|(?<=[、。\n]))([^、。「」はがを\n]{2,25}?)"
    r"(?:が(?:\d{1,2}日[^、。「」はが]{0,8}?に?)?(?:公表し|発表し|公開し|伝え|報じ|入手し|確認し|配信し|掲載し|放送し)た[^、。「」はがを\n]{0,12}?(?:文書|書簡|メモ|映像|声明|READOUT)(?:では|で)"
    r"|の(?:READOUT)では)[、,]".replace("READOUT", "記録|発表文|発表資料|会談録|議事録|要旨|概要|詳報|全文|書き起こし")
)
# 「|大統領府がX上で公表した声明|によると」
MADE_PUBLIC = re.compile(
    r"([^、。「」はがを\n]{2,25}?)が[^、。「」はがを]{0,10}?(?:公表し|発表し|公開し|出し|発出し)た[^、。「」はがを\n]{1,16}"
)
OWN_WORDS = re.compile(r"(?:声明|談話|コメント|文)$")
# 「|通信社が伝えた大臣の発言によると|、」: the minister speaks, through the agency.
RELAYED_TALK = re.compile(
    r"([^、。「」はがを]{2,25}?)が(?:[^、。「」はが]{0,8}?)(?:公表し|発表し|公開し|伝え|報じ|配信し|引用し)た([^、。「」はがを]{2,25}?)(?:の(?:発言|話|説明|証言|談話|演説|声明))?"
)
RECORDS = re.compile(
    r"(?:統計|資料|調べ|文書|覚書|条約|協定|宣言|規定|計画|推計|調査|データ|映像|写真|発表文|発表|議事録|記録|報告書|白書|試算|ところ|情報|報道|それ|これ|法律|憲法|規則)$"
)
# 「隣国側|の報道|によれば」: what somebody's press tells is not their word.
OF_PRESS = re.compile(r"の(?:報道|記事)")
# 「国連広報|や|港新聞によると」
JOINED = re.compile("[や、]")
# 「報道によると」 names nobody.
SOME_PRESS = re.compile(r"(?:一部|各種|複数|現地)?の?報道")
# 「首相は英誌「北の声」に…と述べた。|同誌が|伝えた。」: the outlet has been named.
SAME = re.compile(r"同(?:紙|誌|通信社?|社|局|テレビ|放送|サイト)$")
BRIEF = 40
POINTS = re.compile(r"(?:それ|これ)")
MADE_KNOWN = frozenset({"公表", "発表", "公開", "明らか"})
# How many sentences back 「報道によると」 may point.
NEAR_REPORT = 3
REPORTS = frozenset({"報じる", "報道", "伝える", "配信"})
BRACKET = re.compile(r"[(〔\[]([^()〔〕\[\]]{2,30}?)(?:(?:の報道)?に(?:よる|よれば|よると)[)〕\]]|[)〕\]]。?$)")
# 「…と述べた。|(国際通信)|」
CREDIT = re.compile(r"\s*[(〔\[][^()〔〕\[\]]{2,20}[)〕\]]。?")
# 「(|3日付|国際通信)」
DATED = re.compile(r"(?:\d{1,2}月)?\d{1,2}日(?:付|付け)?の?[、,]?(?=.)")
RELAYED = re.compile(r"^[\s※■●]*([^\s「」、。]{2,20}?)(?:より|から|の記事を)(?:転載|引用|翻訳)", re.M)
DATELINE = re.compile(r"[【(\[][^】)\]]*?\d日発?([^】)\]\d]*?(?:通信社?|新聞|放送|テレビ|ニュース))[】)\]]\s*$")
NOTE = re.compile(r"付記|訳注|訳者|編集部注|編注|管理人|解説")


@dataclass(frozen=True, slots=True)
class Source:
    """Who is named as the source of a sentence: the phrase, the outlets in it, and where the sentence goes on."""

    phrase: Argument
    outlets: tuple[str, ...]
    end: int
    through: tuple[str, ...] = ()
    released: bool = False

    @property
    def is_record(self) -> bool:
        """A text or a number is no speaker: 「統計によると」."""
        return self.released or (not self.outlets and bool(RECORDS.search(self.phrase.head)))


@once
def sources_of(scene: Scene, sentence: Sentence) -> tuple[Source, ...]:
    """Every 「Xによると」 of a sentence outside quotation marks."""
    found = []
    for match in ACCORDING.finditer(scene.text, sentence.start, sentence.end):
        if any(q.start <= match.start() < q.end and q.end > match.end() for q in sentence.quotations):
            continue
        start = _phrase_start(scene, sentence, match.start())
        written = scene.text[start : match.start()]
        cut = PREFIX.match(written)
        start += cut.end() if cut else 0
        core = ABOUT_IT.sub("", scene.text[start : match.start()])
        if core:
            source = _source(scene, start, core, match.end())
            press = not source.outlets and OF_PRESS.match(scene.text, start + len(core), match.start())
            found.append(replace(source, released=True) if press else source)
    return (*found, *_released(scene, sentence))


def _released(scene: Scene, sentence: Sentence) -> Iterator[Source]:
    """Who has made known a text in which somebody speaks: 「|大統領府|が公表した記録では、首相は…」; what it tells is no statement of theirs."""
    for match in RELEASED.finditer(scene.text, sentence.start, sentence.end):
        quoted = any(q.start <= match.start() < q.end for q in sentence.quotations)
        phrase = Argument("では", match.start(1), match.end(1), match.group(1))
        if not quoted and can_speak(scene, phrase):
            yield Source(phrase, _outlet_names(scene, phrase), match.end(), released=True)


def _source(scene: Scene, start: int, core: str, end: int) -> Source:
    """A source by the phrase that names it; in 「大臣が英紙に語ったところによると」 the minister, through the paper."""
    phrase = Argument("によると", start, start + len(core), core)
    reported = REPORTED.fullmatch(core)
    if reported is not None:
        spans = (reported.span(group) for group in (1, 2) if reported.group(group))
        papers = [Argument("によると", start + a, start + b, core[a:b]) for a, b in spans]
        names = tuple(dict.fromkeys(n for paper in papers for n in _outlet_names(scene, paper)))
        if names:
            return Source(Argument("によると", start, start + reported.end(1), reported.group(1)), names, end)
    relayed = AS_TALK.fullmatch(core)
    if relayed is not None:
        paper = Argument("によると", start, start + relayed.end(1), relayed.group(1))
        teller = Argument("によると", start + relayed.start(2), start + relayed.end(2), relayed.group(2))
        return Source(teller, (), end, _outlet_names(scene, paper))
    passed = RELAYED_TALK.fullmatch(core)
    if passed is not None:
        paper = Argument("によると", start, start + passed.end(1), passed.group(1))
        teller = Argument("によると", start + passed.start(2), start + passed.end(2), passed.group(2))
        if is_person(scene, teller) and is_outlet(scene, paper):
            return Source(teller, (), end, _outlet_names(scene, paper))
    text = MADE_PUBLIC.fullmatch(core)
    if text is not None:
        house = Argument("によると", start, start + text.end(1), text.group(1))
        if can_speak(scene, house):
            return Source(house, _outlet_names(scene, house), end, released=not OWN_WORDS.search(core))
    told = TOLD_TO.fullmatch(core)
    if told is not None:
        teller = Argument("によると", start, start + told.end(1), told.group(1))
        if not is_outlet(scene, teller):
            return Source(teller, (), end, _outlet_names(scene, phrase))
    return Source(phrase, _outlet_names(scene, phrase), end)


def _phrase_start(scene: Scene, sentence: Sentence, end: int) -> int:
    """The comma before the phrase, or the one before that where outlets are listed with commas."""
    start = _after_comma(scene, sentence, end)
    while start > sentence.start:
        earlier = _after_comma(scene, sentence, start - 1)
        phrase = Argument("", earlier, start - 1, "")
        if not outlets_in(scene, phrase) or not is_outlet(scene, phrase):
            break
        start = earlier
    return start


def _after_comma(scene: Scene, sentence: Sentence, end: int) -> int:
    depth = 0
    for at in range(end - 1, sentence.start - 1, -1):
        char = scene.text[at]
        depth += (char in "」』)") - (char in "「『(")
        if depth <= 0 and char in "、,。":
            return at + 1
    return sentence.start


def _outlet_names(scene: Scene, phrase: Argument) -> tuple[str, ...]:
    # One outlet under two names is named once: 「国営イラン通信(IRNA)」.
    named = {a.codes: a for a in reversed(outlets_in(scene, phrase))}
    if named:
        return tuple(dict.fromkeys(outlet_name(scene, a) for a in reversed(named.values())))
    written = scene.text[phrase.start : phrase.end]
    if title := title_in(written):
        return (title,)
    if titled := IN_MARKS.search(written):
        return (titled.group(1),)
    return (scene.written(phrase),) if OUTLET.search(scene.text[phrase.start : phrase.end]) else ()


def via_of(
    scene: Scene, sentence: Sentence, saying: Saying, speaker: Speaker, sources: tuple[Source, ...]
) -> tuple[str, ...]:
    """Through whom the words of one saying come, nearest to the speaker first."""
    names = [
        *_used(scene, saying, speaker),
        *_reporters(scene, sentence, saying, speaker),
        *(name for source in sources for name in _as_via(scene, source, speaker)),
        *_bracketed(scene, sentence),
        *_told_next(scene, sentence),
    ]
    own = scene.document.outlet.value if scene.document.outlet is not None else ""
    return tuple(dict.fromkeys(n for n in names if n != speaker.name and n not in own))


def _used(scene: Scene, saying: Saying, speaker: Speaker) -> Iterator[str]:
    """The channels of a saying; 「同紙に語った」 is the paper named before."""
    for name in channels_of(scene, saying, speaker):
        yield from _same_before(scene, saying.clause.start) if SAME.match(name) else (name,)


def _as_via(scene: Scene, source: Source, speaker: Speaker) -> tuple[str, ...]:
    if source.phrase.start == speaker.phrase.start and not source.outlets:
        return source.through
    return names_of(scene, source)


def names_of(scene: Scene, source: Source) -> tuple[str, ...]:
    """A source by name: 「同紙によると」 is the paper named before, 「それによると」 whoever was said to make it known."""
    written = scene.written(source.phrase)
    if SAME.match(written):
        return _same_before(scene, source.phrase.start)
    if len(parts := _listed(scene, source.phrase)) > max(1, len(source.outlets)):
        return tuple(dict.fromkeys(name for p in parts for name in _outlet_names(scene, p) or (scene.written(p),)))
    if source.outlets:
        return source.outlets
    if SOME_PRESS.fullmatch(written) or POINTS.fullmatch(written):
        return _made_known_before(scene, source)
    known = speaker_of(scene, source.phrase) if written.startswith("同") else None
    return (*((known.name if known is not None else written),), *source.through)


def _listed(scene: Scene, phrase: Argument) -> list[Argument]:
    """Those of whom a phrase names several: 「|国連広報|や|港新聞|によると」."""
    start, found = phrase.start, []
    for written in JOINED.split(scene.text[phrase.start : phrase.end]):
        found.append(Argument(phrase.particle, start, start + len(written), written))
        start += len(written) + 1
    return found if all(len(p.head) > 1 and can_speak(scene, p) for p in found) else [phrase]


def _same_before(scene: Scene, at: int) -> tuple[str, ...]:
    """「英紙「北の声」は3日、…と報じた。|同紙によると|、…」: the outlet that the sentences before name last."""
    for sentence in scene.sentences_until(at)[: -2 - NEAR_REPORT : -1]:
        papers = [
            a
            for a in (*outer_arguments(scene, sentence), *(s.phrase for s in sources_of(scene, sentence)))
            if a.end < at and is_outlet(scene, a) and not SAME.match(scene.written(a))
        ]
        if papers:
            return _outlet_names(scene, max(papers, key=lambda a: a.start))
    return ()


def _made_known_before(scene: Scene, source: Source) -> tuple[str, ...]:
    """「国営通信が4日、報じた。|報道によると|、…」, 「大統領府は記録を公表した。|それによると|、…」: whoever was said to make it known just before."""
    before = scene.sentences_until(source.phrase.start)
    for sentence in before[: -2 - NEAR_REPORT : -1]:
        papers = [
            a
            for c in sentence.clauses
            if c.inside < 0
            and c.predicate in (*REPORTS, *(MADE_KNOWN if POINTS.fullmatch(scene.written(source.phrase)) else ()))
            for a in (*c.arguments, *c.inherited)
            if a.particle in ("が", "は")
            and a.start >= sentence.start
            and (is_outlet(scene, a) or BODY.search(core_of(scene, a)))
        ]
        if papers and sentence.paragraph == before[-1].paragraph:
            return _outlet_names(scene, papers[-1]) or (scene.written(papers[-1]),)
    return ()


def _reporters(scene: Scene, sentence: Sentence, saying: Saying, speaker: Speaker) -> Iterator[str]:
    """「…と述べたと、地元紙が伝えた」, 「紙は、…と語ったと報じた」."""
    later = [c for c, _ in tellers(scene, sentence) if c.predicate_start >= saying.clause.predicate_start]
    told = (
        saying.outer in (*REPORTS, saying.clause.predicate)
        or saying.clause.ending in ("quote", "nominal")
        or saying.clause.relative
    )
    told = told or scene.text.startswith("、と", saying.clause.end)
    told = told or (saying.row is None and saying.clause.predicate in REPORTS)
    if not told or not any(c.predicate in REPORTS or c.predicate == saying.outer for c in later):
        return
    for head in (c.head for c in later if c.relative and c.predicate in REPORTS and c.head is not None):
        paper = author_of(scene, head) or head
        yield from _outlet_names(scene, paper) if is_outlet(scene, paper) else ()
    for argument in outer_arguments(scene, sentence):
        apart = argument.end <= saying.words.start or argument.start >= saying.words.end
        named = argument.particle in ("は", "が", "も") and argument.start != speaker.phrase.start
        if named and apart and is_outlet(scene, argument):
            yield from _outlet_names(scene, argument) or (scene.written(argument),)


def _told_next(scene: Scene, sentence: Sentence) -> Iterator[str]:
    """「…と述べた。国際通信が伝えた。」, 「…と述べた。国営テレビの番組で語った。」: a short sentence after it that names who reported it."""
    following = next(iter(scene.sentences[len(scene.sentences_until(sentence.end - 1)) :]), None)
    if following is None or following.paragraph != sentence.paragraph or following.end - following.start > BRIEF:
        return
    yield from told_through(scene, following)
    if CREDIT.fullmatch(scene.text, following.start, following.end):
        yield from _bracketed(scene, following)
    clauses = [c for c in following.clauses if c.inside < 0 and not c.relative]
    if len(clauses) == 1 and clauses[0].predicate in REPORTS:
        for argument in clauses[0].arguments:
            if argument.particle == "が" and is_outlet(scene, argument) and not SAME.match(scene.written(argument)):
                yield from _outlet_names(scene, argument) or (scene.written(argument),)


def _bracketed(scene: Scene, sentence: Sentence) -> Iterator[str]:
    """「(国際通信による)」 at the end of a sentence."""
    for match in BRACKET.finditer(scene.text, sentence.start, sentence.end):
        day = DATED.match(match.group(1))
        begin = match.start(1) + (day.end() if day is not None else 0)
        yield from _outlet_names(scene, Argument("", begin, match.end(1), scene.text[begin : match.end(1)]))


def whole_page(scene: Scene) -> tuple[str, ...]:
    """The outlet from which the whole page is taken: 「国際通信より転載」, or the only source, named in its first words."""
    relayed = RELAYED.search(scene.text)
    if relayed:
        return (relayed.group(1),)
    first = scene.sentences[0] if scene.sentences else None
    sources = [s for sentence in scene.sentences for s in sources_of(scene, sentence) if s.outlets]
    second_hand = scene.document.genre.value in ("translation", "forum")
    if first is None or not second_hand or not sources or sources[0].end > first.end:
        return ()
    others = {n for s in sources for n in s.outlets} - set(sources[0].outlets)
    bracketed = any(list(_bracketed(scene, s)) for s in scene.sentences)
    reported = any(c.predicate in REPORTS for s in scene.sentences for c, _ in tellers(scene, s))
    return () if others or bracketed or reported else sources[0].outlets


def dateline(scene: Scene, sentence: Sentence) -> tuple[str, ...]:
    """An agency in the dateline of somebody else's page: 「【平壌5日発国際通信】」."""
    before = scene.text.rfind("\n", 0, sentence.start) + 1
    at = sentence.start
    while at > before and scene.text[at - 1].isspace():
        at -= 1
    # It ends in a bracket at once before the sentence: a long line is not searched from its beginning for each.
    closed = at > before and scene.text[at - 1] in "】)]"
    match = DATELINE.search(scene.text, before, sentence.start) if closed else None
    if match is None:
        return ()
    name = match.group(1).removeprefix("発")
    return () if _is_own(scene, name) else (name,)


def is_note(scene: Scene, paragraph: int) -> bool:
    """Whether a paragraph stands under a heading of the page's own: 「訳者付記」; what the agency told ends there."""
    for block in reversed(scene.document.blocks[:paragraph]):
        if block.kept and block.role != "body":
            return bool(NOTE.search(scene.text, block.start, block.end))
    return False


def _is_own(scene: Scene, name: str) -> bool:
    outlet = scene.document.outlet
    return outlet is not None and name in outlet.value
