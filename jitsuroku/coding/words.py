"""A predicate of saying -> the words it gives: in marks, before と or よう, or carried by a noun.

「…」と述べた, 署名したと述べた, 守るよう求めた, 支援を続ける考えを示した, 年内に送る旨述べた, 死亡を認めた.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jitsuroku.coding.carried import ISSUE, OWN, carried_words, carrier_in, stance_on
from jitsuroku.coding.chains import REPORTS
from jitsuroku.coding.identity import DOCUMENT, author_of, can_speak
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.tellers import SURU, Saying, outer_tokens
from jitsuroku.records import Argument, Clause, Quotation, Row, Sentence, Span, Token

SHORTEST_REPORT = 5
# 「無実だ|と主張した」, 「辞めない|と明言した」: short words that say something.
BRIEF_REPORT = re.compile(r"(?!そう|よう|同じ)[^、。「」]{2,3}(?:だ|ない)|[^、。「」]{1,2}(?:ではない|だった)")
SHORTEST_WORDS = 3
# A name for something in quotation marks is no statement, however it is called; 「わからない」 is one.
SHORTEST_NAME = 8
LONGEST_NAME = 16
# 「海峡の安定の|重要性|」を明記した: a thing, though it is named in many words.
QUALITY = re.compile(r"[一-鿿](?:性|さ)$")
VERBAL = re.compile(r"[ぁ-ん][^ぁ-ん]+[ぁ-ん]")
PREDICATIVE = re.compile(
    r"(?:[うくすつぬふむゆるいただせれろめけ]|です|ます|ません|せよ|しろ|を|に|へ|ず|な|ね|よ|か)[。!?]?$"
)
QUOTATIVE = ("と", "とも")
# と that is no quotative: 「述べる|とともに|」.
NO_QUOTE = re.compile(r"と(?:と?も?に|共に|同時に|並んで|並び|比べ|異なり|違い|ころ)")
QUOTED = re.compile(
    r"(?:\([^()]*(?:演説|会見|講演|投稿|インタビュー|番組|会合|会議|答弁)\))?[、,]?(?:など|等|のみ)?[、,]?(?:と|って)(?:も|は)?"
)
# What follows と and the words it ties: 「との|考え|を」; with other particles the words belong to somebody else's act.
PHRASE = re.compile(r"([^、。「」をもがはにへ]{1,24}?)(を|も|が|は|に|へ|で|から)")
OF_WORDS = ("を", "も", "で")
# 「「極めて遺憾」|との談話を|発表した」: whatever a text is said to say are its words.
TEXT_OF = re.compile(r"と(?:の|する|いう)[^、。「」]{0,8}?(?:談話|声明|コメント|論評|書簡|メッセージ)を")
BOUND = re.compile(r"[、,]?(?:など|等)?(?:と(?:の|する|いう|いった|言う)|という(?:ような)?)?")
# Verbs that in て only tell how something is said: 「と相|次いで|発表した」, 「と|改めて|述べた」.
ADVERBIAL = frozenset({"次ぐ", "改める", "併せる", "揃う", "重ねる", "極める", "強める"})
# Verbs that give words when they are denied: 「…」として|応じ|なかった, 「…」と|譲ら|ない.
REFUSES = frozenset({"応じる", "取り合う", "譲る", "認める", "受け入れる"})
TIED = re.compile(r"と(?:の|いう|する|いった)(?![とに])")
# Verbs that with こと are acts toward somebody rather than words: 「送ることを|約束した|」.
DIRECTED = frozenset(
    {"促す", "命じる", "命令", "指示", "勧告", "頼む", "約束", "申し出る", "働きかける", "宣誓", "誓約", "誓う"}
)
# 「引き込まれることを|警戒する|隣国」 tells how somebody stands, not what they said.
FEARS = frozenset({"警戒", "懸念", "憂慮", "危惧", "期待", "希望"})
# What another is to do is no content of one's own words: 「隣国が責任を負うことを|求めた|」.
WANTED = frozenset({"求める", "要求", "要請", "要望", "呼びかける", "訴える", "期待", "希望", "願う", "望む"})
# An appeal is words as well as a request: 「原則を守るよう|訴えた|」.
APPEALS = frozenset({"訴える", "訴え掛ける"})
# Nouns that only close a clause: 「配慮した|もの|とみる」, 「内政の混乱の|ため|と推測する」.
FORMAL = frozenset({"もの", "ため", "こと", "はず", "わけ", "訳"})
# 「合意を、画期的な進展|と歓迎|した」: what somebody calls a thing.
JUDGES = frozenset({"歓迎", "批判", "非難", "評価", "称賛", "糾弾", "酷評", "論評", "反発"})
# What a noun before と may be governed by: 「総額は20億円|と説明」; with 話す it would be a partner.
CALLS = frozenset({"説明", "強調", "指摘", "発表", "明らか", "見積もる", "主張", "表明", "断言", "宣言", "位置付ける"})


def words_of(scene: Scene, sentence: Sentence, clause: Clause, row: Row | None, begin: int) -> Iterator[Saying]:
    quotation = _quotation(scene, sentence, clause, row, begin)
    if quotation is not None and _answers(scene, clause, row, quotation.end):
        return
    if quotation is not None:
        for one in _run(scene, sentence, quotation, begin):
            said = is_utterance(scene, one) or TEXT_OF.match(scene.text, one.end) is not None
            if said and not _is_role(scene, clause, one):
                yield Saying(clause, row, one.inner, "quoted", begin, quotation.end)
        return
    if clause.negative and clause.predicate not in REFUSES:
        return
    if clause.predicate in APPEALS and scene.text.endswith(("よう", "よう、"), begin, clause.predicate_start):
        end = scene.text.rindex("よう", begin, clause.predicate_start) + len("よう")
        yield Saying(clause, row, Span(begin, end), "that", begin, clause.predicate_start)
        return
    reported = _reported(scene, sentence, clause, row, begin)
    if reported is not None:
        if not _answers(scene, clause, row, reported.until - 1):
            yield reported
        return
    if clause.predicate in DIRECTED:
        return
    if clause.predicate in FEARS and (clause.aspect == "continuing" or (clause.relative and clause.tense == "nonpast")):
        return
    if clause.predicate in WANTED and _is_wanted_of(scene, sentence, clause, begin):
        return
    carried = list(carried_words(scene, sentence, clause, row, begin))
    yield from carried or stance_on(scene, clause, row, begin)


def _is_wanted_of(scene: Scene, sentence: Sentence, clause: Clause, begin: int) -> bool:
    """「|隣国が|責任を負うことを求めた」: what another is to do."""
    wanted = next((a for a in clause.arguments if a.particle == "を" and a.head == "こと"), None)
    if wanted is None:
        return False
    inside = (a for c in sentence.clauses if c.inside < 0 and c is not clause for a in c.arguments)
    subjects = (a for a in inside if a.particle == "が" and begin <= a.start < wanted.start)
    return any(scene.text[a.end + len("が")] not in "、," for a in subjects)


def _answers(scene: Scene, clause: Clause, row: Row | None, until: int) -> bool:
    """「国境を閉めた|との報道を否定した|」: praise, blame and denial of words are about somebody else's."""
    if row is None or row["kind"] != "stance" or row["verb"] in OWN or clause.predicate_start == until + len("と"):
        return False
    tied = TIED.match(scene.text, until)
    return tied is not None and not scene.text.startswith(row["verb"], tied.end())


def _is_role(scene: Scene, clause: Clause, quotation: Quotation) -> bool:
    """「架け橋」として役割を果たす: as what somebody acts, not what somebody says."""
    framed = clause.predicate == SURU and clause.ending == "te"
    return framed and not PREDICATIVE.search(scene.text[quotation.inner.start : quotation.inner.end])


def _run(scene: Scene, sentence: Sentence, last: Quotation, begin: int) -> list[Quotation]:
    """The quotations that stand together before と: 「…」「…」と述べた, 「…」や「…」などと述べた."""
    run = [last]
    for quotation in reversed([q for q in sentence.quotations if q.depth == 1 and begin <= q.start < last.start]):
        if scene.text[quotation.end : run[-1].start] not in ("", "、", "や", "・", "、また", "などと"):
            break
        run.append(quotation)
    return run[::-1]


def is_utterance(scene: Scene, quotation: Quotation) -> bool:
    """Words that somebody can have said, not the name of a thing: 「わからない」, but not 「台湾独立」."""
    words = scene.text[quotation.inner.start : quotation.inner.end]
    return len(words) >= SHORTEST_NAME or (len(words) >= SHORTEST_WORDS and bool(PREDICATIVE.search(words)))


def _quotation(scene: Scene, sentence: Sentence, clause: Clause, row: Row | None, begin: int) -> Quotation | None:
    """The quotation that the predicate governs: 「…」と述べる, 「…」との考えを示す."""
    ahead = clause.predicate_start
    inside = [q for q in sentence.quotations if q.depth == 1 and begin <= q.start and q.end <= ahead]
    if not inside:
        return None
    last = inside[-1]
    if len(inside) > 1 and not is_utterance(scene, last) and scene.text.startswith("と", inside[-2].end):
        # 「平和を回復した」と|“制圧”|を宣言した: a name in marks is no words.
        last = inside[-2]
    tail = scene.text[last.end : ahead]
    carried = _carrying(scene, last.end, ahead)
    if carried is not None and row is not None:
        if carried.particle not in OF_WORDS or author_of(scene, carried, clause.predicate in REPORTS) is not None:
            return None
        if _carries(scene, carried.head):
            return last if is_clear(scene, sentence, carried.end, ahead) else None
    if row is not None and row["kind"] == ISSUE:
        return None
    if row is not None and row["kind"] in ("say", "stance") and tail in ("を", "をそれぞれ", "を改めて"):
        return (
            last
            if last.end - last.start >= LONGEST_NAME
            and VERBAL.search(scene.text, last.start, last.end)
            and not QUALITY.search(scene.text, last.inner.start, last.inner.end)
            else None
        )
    told = QUOTED.match(tail)
    if told is None and row is not None and row["kind"] == "ask" and scene.text.endswith("よう", 0, last.inner.end):
        return last if is_clear(scene, sentence, last.end, ahead) else None
    if clause.negative and clause.predicate not in REFUSES and re.match(r"と(?:ま?では|は)", tail):
        return None
    if told is None or (clause.predicate == SURU and row is None and told.end() < len(tail)):
        return None
    return last if is_clear(scene, sentence, last.end + told.end(), ahead) else None


def _carrying(scene: Scene, start: int, end: int) -> Argument | None:
    """The phrase that carries the words before it: 「…」との|考え|を, 「…」という|大統領の発言|に."""
    bound = BOUND.match(scene.text, start, end)
    phrase = PHRASE.match(scene.text, bound.end(), end) if bound is not None else None
    if bound is None or phrase is None:
        return None
    tied = bound.group().endswith(("の", "する", "いう", "言う", "いった", "ような"))
    if not tied and not phrase.group(1).startswith(tuple(scene.carriers)):
        return None
    return Argument(phrase.group(2), phrase.start(1), phrase.end(1), phrase.group(1))


def _carries(scene: Scene, written: str) -> bool:
    """A phrase that holds a carrier noun: 「考え」, 「強い懸念」, 「報道官声明」."""
    return (
        written.startswith(tuple(scene.carriers)) or bool(DOCUMENT.search(written)) or bool(carrier_in(scene, written))
    )


def is_clear(scene: Scene, sentence: Sentence, start: int, end: int) -> bool:
    """Whether no predicate stands between a marker and the predicate of saying, except before a noun."""
    for clause in sentence.clauses:
        if clause.inside >= 0 or not start <= clause.predicate_start < end or clause.predicate in ADVERBIAL:
            continue
        if not clause.relative or clause.predicate in scene.speech or _takes_words(clause, start):
            return False
    return "。" not in scene.text[start:end]


def _takes_words(clause: Clause, start: int) -> bool:
    """「「…」と|豪語する|大臣に反発した」: the words go with the verb before the noun."""
    return any(a.particle in ("と", "との") and a.end >= start - 3 for a in clause.arguments if a.end <= start)


def _is_bare(sentence: Sentence, start: int, end: int) -> bool:
    """Whether no predicate at all stands between と and the predicate of saying: 「斬る|と読める文章を|投稿」 tells nothing."""
    between = (c for c in sentence.clauses if c.inside < 0 and start <= c.predicate_start < end)
    return all(c.predicate in ADVERBIAL and c.ending == "te" for c in between)


def _reported(scene: Scene, sentence: Sentence, clause: Clause, row: Row | None, begin: int) -> Saying | None:
    """Words that end in a predicate and と: 「署名した|と発表」.

    「協議を続ける|よう求めた」 is a request: as words, 「協議を続ける」 would have the speaker go on with the talks.
    """
    tokens = [t for t in outer_tokens(scene, sentence) if begin <= t.start and t.end <= clause.predicate_start]
    for i in range(len(tokens) - 1, 0, -1):
        form = _marker(scene, sentence, tokens, i, clause) if tokens[i].surface in QUOTATIVE else None
        if form is None:
            continue
        between = scene.text[tokens[i].end : clause.predicate_start]
        if between not in ("いう", "する", "の") and not _is_bare(sentence, tokens[i].end, clause.predicate_start):
            return None
        if clause.predicate == SURU and row is None and tokens[i].end != clause.predicate_start:
            return None
        if clause.negative and scene.text.startswith("は", tokens[i].end):
            # 「選挙が公正だった|とは認めていない|」: what is not said.
            return None
        until = tokens[i].end
        end = tokens[i].start
        while end > begin and scene.text[end - 1] in "、,":
            end -= 1
        end -= len("など") if scene.text.endswith("など", begin, end) else 0
        return Saying(clause, row, Span(begin, end), form, begin, until)
    return None


def _marker(scene: Scene, sentence: Sentence, tokens: list[Token], i: int, clause: Clause) -> str | None:
    token, before = tokens[i], tokens[i - 1]
    if before.surface in ("、", ",") and i > 1:
        before = tokens[i - 2]
    if NO_QUOTE.match(scene.text, token.start):
        return None
    if scene.text.endswith(("による", "に因る", "からする"), 0, token.start):
        return None
    joins = token.pos[:2] == ("助詞", "接続助詞") and token.end != clause.predicate_start
    if joins and not _closes(sentence, token) and not _told_after(token, clause):
        return None
    if clause.predicate == SURU and before.pos[0] == "動詞" and any(p.startswith("意志推量形") for p in before.pos):
        return None
    if before.surface == ")":
        before = _before_bracket(tokens, i - 1)
    if before.pos[0] in ("動詞", "形容詞", "助動詞") and not any(p.startswith("連用形") for p in before.pos):
        return "that"
    if before.pos[:2] in (("助詞", "終助詞"), ("助詞", "副助詞")) or scene.text.endswith("のでは", 0, before.end):
        return "that"
    adjacent = token.end == clause.predicate_start
    held = before.pos[0] == "形状詞" and not any(a.particle == "を" for a in clause.arguments)
    if adjacent and (before.surface in FORMAL or held) and clause.predicate in scene.speech:
        return "that"
    if adjacent and clause.predicate in JUDGES and before.pos[0] in ("名詞", "接尾辞"):
        called = next((a for a in clause.arguments if a.end == before.end), None)
        about = {"を", "について", "に対して", "をめぐって", "に関して"} & {a.particle for a in clause.arguments}
        return "that" if called is not None and about and not can_speak(scene, called) else None
    adjacent = adjacent and clause.predicate in CALLS and before.pos[0] in ("名詞", "接尾辞")
    named = any(a.end == before.end for a in scene.actors_in(before.start - 20, before.end))
    return "that" if adjacent and not named else None


def _told_after(token: Token, clause: Clause) -> bool:
    """「協議は続けると、高官が明らかにした」: a subject with が between と and the predicate of saying."""
    return any(a.particle == "が" and token.end <= a.start < clause.predicate_start for a in clause.arguments)


def _closes(sentence: Sentence, token: Token) -> bool:
    """Whether the clause reader takes a と for the end of something told."""
    return any(c.ending == "quote" and token.start <= c.end <= token.end for c in sentence.clauses)


def _before_bracket(tokens: list[Token], at: int) -> Token:
    """The token before the bracket that closes at ``at``: 「47億ドル(約7千億円)と説明」."""
    while at > 0 and tokens[at].surface != "(":
        at -= 1
    return tokens[max(at - 1, 0)]
