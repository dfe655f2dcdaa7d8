"""Via whom the page has somebody's words: 「国営通信によると」, 「通信社の取材に」, 「…と地元紙が伝えた」, 「Xに投稿」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.coding.identity import OUTLET, PREFIX, SHORTENED, Speaker, author_of, is_outlet, outlets_in, speaker_of
from jitsuroku.coding.scene import Scene, once
from jitsuroku.coding.tellers import Saying, goes_on, outer_arguments, tellers
from jitsuroku.records import Actor, Argument, Sentence, Span

ACCORDING = re.compile(
    r"(?:の(?:公式)?(?:説明|話|発表|見立て|証言|報告|記事|報道|配信|集計|まとめ|見解|主張|言い分|認識)では|の(?:説明|話|発表|見立て|証言|報告)に(?:よると|よれば|よりますと)は?|に(?:よると|よれば|よりますと)は?|を(?:読む|見る)と)[、,]?"
)
ABOUT_IT = re.compile(
    r"(?:など|各紙|各社)?(?:の(?:\d{1,2}月)?\d{1,2}日付?(?=の))?(?:の(?:報道|記事|発表|声明|談話|意見|見方|見解|分析|考え|指摘|コメント|まとめ|集計|調べ|取材|電子版|会見|記者会見|演説|投稿|証言)|など)*$"
)
TOLD_TO = re.compile(
    r"([^、。「」が]{1,25}?)が(?:[^、。「」]{0,20}?)(?:語った|述べた|話した|明らかにした|明かした|説明した|発表した|投稿した)ところ"
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
RECORDS = re.compile(
    r"(?:統計|資料|調べ|文書|覚書|条約|協定|宣言|規定|計画|推計|調査|データ|映像|写真|発表文|発表|議事録|記録|報告書|白書|試算|ところ|情報|報道|それ|これ|法律|憲法|規則)$"
)
# 「報道によると」 names nobody.
SOME_PRESS = re.compile(r"(?:一部|各種|複数|現地)?の?報道")
BRIEF = 40
# How many sentences back 「報道によると」 may point.
NEAR_REPORT = 3
REPORTS = frozenset({"報じる", "報道", "伝える", "配信"})
ASKED = r"(?:と(?:の|行った)[^、。「」]{0,6}(?:インタビュー|会見)|の(?:[^、。「」]{0,8}?)(?:取材|インタビュー|質問|問い合わせ)|の?[^、。「」]{0,6}?番組|への(?:寄稿|書簡))"
CHANNEL = re.compile(
    rf"(?:\([^()]*\))?[」』]?(?:紙|誌|通信|など)?(?:{ASKED})?(?:\([^()]*\))?(?:に対し|に|で|を通じ|を通し|宛て)(?!よ|つい|関|なっ)"
)
UNLISTED = re.compile(
    r"([^、。「」『』はがをでにと\s]{0,14}?(?:通信社?|新聞|(?:テレビ|ラジオ|放送)局?|紙|誌|メディア|週報|ニュース|[A-Z]{3,5}(?=の?番組)))"
    rf"(?:{ASKED})?(?:\([^()]*\))?(?:に対し|に|で|を通じ|を通し)(?!よ|つい|関|なっ)"
)
# One of these stands in every medium's name; a search for them passes over the rest at once.
MEDIUM = re.compile("[通新テ紙誌放メ週ラニA-Z]")
PLATFORM_NAME = re.compile(
    r"X|トゥルース・?ソーシャル|ツイッター|フェイスブック|テレグラム|インスタグラム|ユーチューブ|微博|スレッズ"
)
PLATFORM = re.compile(
    rf"(?<![A-Za-z])((?:{PLATFORM_NAME.pattern})(?![A-Za-z]))"
    r"(?:\([^()]*\))?[」』]?(?:上|への投稿|の投稿|上の投稿|の公式アカウント|の[^、。「」は]{0,8}?(?:アカウント|チャンネル|ページ))?(?:に|で|へ|を通じ)"
)
BRACKET = re.compile(r"[(〔\[]([^()〔〕\[\]]{2,30}?)(?:(?:の報道)?に(?:よる|よれば|よると)[)〕\]]|[)〕\]]。?$)")
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

    @property
    def is_record(self) -> bool:
        """A text or a number is no speaker: 「統計によると」."""
        return not self.outlets and bool(RECORDS.search(self.phrase.head))


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
            found.append(_source(scene, start, core, match.end()))
    return tuple(found)


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
    named = outlets_in(scene, phrase)
    if named:
        return tuple(dict.fromkeys(outlet_name(scene, a) for a in named))
    if titled := IN_MARKS.search(scene.text[phrase.start : phrase.end]):
        return (titled.group(1),)
    return (scene.written(phrase),) if OUTLET.search(scene.text[phrase.start : phrase.end]) else ()


def outlet_name(scene: Scene, outlet: Actor) -> str:
    """The outlet as the page writes it; its usual name where the page shortens it (日経, 共同)."""
    written = scene.page.text[outlet.start : outlet.end]
    usual = outlet.codes[0] if len(outlet.codes) == 1 else written
    return usual if len(written) <= SHORTENED < len(usual) else written


def via_of(
    scene: Scene, sentence: Sentence, saying: Saying, speaker: Speaker, sources: tuple[Source, ...]
) -> tuple[str, ...]:
    """Through whom the words of one saying come, nearest to the speaker first."""
    names = [
        *_channels(scene, saying, speaker),
        *_reporters(scene, sentence, saying, speaker),
        *(name for source in sources for name in _as_via(scene, source, speaker)),
        *_bracketed(scene, sentence),
        *_told_next(scene, sentence),
    ]
    own = scene.document.outlet.value if scene.document.outlet is not None else ""
    return tuple(dict.fromkeys(n for n in names if n != speaker.name and n not in own))


def _as_via(scene: Scene, source: Source, speaker: Speaker) -> tuple[str, ...]:
    if source.outlets:
        return source.outlets
    if SOME_PRESS.fullmatch(scene.written(source.phrase)):
        return _reported_before(scene, source)
    if source.phrase.start == speaker.phrase.start:
        return source.through
    known = speaker_of(scene, source.phrase) if scene.written(source.phrase).startswith("同") else None
    return (known.name if known is not None else scene.written(source.phrase),)


def _reported_before(scene: Scene, source: Source) -> tuple[str, ...]:
    """「国営通信が4日、報じた。|報道によると|、…」: the report is that of whoever was said to report just before."""
    before = scene.sentences_until(source.phrase.start)
    for sentence in before[: -2 - NEAR_REPORT : -1]:
        papers = [
            a
            for c in sentence.clauses
            if c.inside < 0 and c.predicate in REPORTS
            for a in (*c.arguments, *c.inherited)
            if a.particle in ("が", "は") and a.start >= sentence.start and is_outlet(scene, a)
        ]
        if papers and sentence.paragraph == before[-1].paragraph:
            return _outlet_names(scene, papers[-1])
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


def _channels(scene: Scene, saying: Saying, speaker: Speaker) -> Iterator[str]:
    """「通信社の取材に」, 「国営テレビに」, 「Xに投稿」, between the saying's beginning and its predicate."""
    for part in _around(saying):
        named = []
        for actor in scene.actors_in(part.start, part.end):
            inside = speaker.phrase.start <= actor.start < speaker.phrase.end
            others = inside or _told_of(scene, saying, actor.start)
            if actor.sector == "MED" and not others and CHANNEL.match(scene.text, actor.end, part.end + 2):
                named.append(actor)
                yield outlet_name(scene, actor)
        medium = MEDIUM.search(scene.text, part.start, part.end)
        for match in UNLISTED.finditer(scene.text, part.start, part.end) if medium else ():
            taken = any(a.start < match.end(1) and match.start(1) < a.end for a in named)
            others = taken or _told_of(scene, saying, match.start(1))
            if (
                not others
                and not match.group(1).startswith(("同", "当"))
                and match.group(1) not in ("メディア", "紙", "誌")
            ):
                yield PREFIX.sub("", match.group(1))
        for match in PLATFORM.finditer(scene.text, part.start, part.end + 1):
            yield match.group(1)


def _told_of(scene: Scene, saying: Saying, at: int) -> bool:
    """「首相が|国営テレビの取材で|けん制したことについて「…」と述べた」: where somebody else spoke, not this speaker."""
    sentence = scene.sentence_of(at)
    clauses = sentence.clauses if sentence is not None else ()
    return any(
        c.relative and c is not saying.clause and c.start <= at < c.predicate_start and c.end <= saying.words.start
        for c in clauses
        if c.inside < 0 and any(a.particle == "が" for a in c.arguments) and not goes_on(scene, c)
    )


def _around(saying: Saying) -> tuple[Span, ...]:
    """What stands before the words and between the words and the predicate."""
    start = min(saying.begin, saying.words.start)
    return Span(start, saying.words.start), Span(saying.words.end, saying.clause.end)


def _told_next(scene: Scene, sentence: Sentence) -> Iterator[str]:
    """「…と述べた。国際通信が伝えた。」: a short sentence after it that names who reported it."""
    following = next(iter(scene.sentences[len(scene.sentences_until(sentence.end - 1)) :]), None)
    if following is None or following.paragraph != sentence.paragraph or following.end - following.start > BRIEF:
        return
    clauses = [c for c in following.clauses if c.inside < 0 and not c.relative]
    if len(clauses) == 1 and clauses[0].predicate in REPORTS:
        for argument in clauses[0].arguments:
            if argument.particle == "が" and is_outlet(scene, argument):
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
