"""Words tied to their speaker by something else than a verb of saying.

「日本側の「…」との主張」, 「野党からは「…」との批判が上がった」, 「…との立場を崩していない」, 「「…」と首をかしげる」, 「…」と報道官。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jitsuroku.coding.carried import ISSUE
from jitsuroku.coding.identity import BODY, Carried, Speaker, author_of, can_speak, is_person, is_state, speaker_of
from jitsuroku.coding.named_last import named_after, reported
from jitsuroku.coding.outlets import is_outlet
from jitsuroku.coding.scene import Scene
from jitsuroku.coding.speakers import RELAYS, who_speaks
from jitsuroku.coding.tellers import Saying, speech_row
from jitsuroku.coding.words import PREDICATIVE, is_utterance
from jitsuroku.records import Argument, Clause, Quotation, Sentence, Span

Found = tuple[Speaker, Saying]

SAID_BY = re.compile(
    r"と(?:の|いう|いった|した|する|述べた|語った)(?:発言|主張|言葉|警告|批判|説明|要求|呼び掛け|呼びかけ|訴え|声明|コメント|反論|指摘|見解|考え|返答|回答)"
)
# 「|外相が|3日に|述べた|「…」との発言」
SPOKEN_BY = re.compile(
    r"(?:^|[、。])([^、。「」はが]{2,24}?)が[^、。「」はが]{0,14}?(?:述べ|語っ|発言し|話し|言っ|表明し|主張し|投稿し|書い)た$"
)
VOICES = re.compile(
    r"(?:など)?と(?:の|いう|いった|する)?(?:[^、。「」]{0,6}の)?(?:声|批判|非難|指摘|意見|不満|反発|異論|懸念|評価|ため息|悲鳴|要望|要請|要求|連絡|回答|返答|通知|報告|説明|発言|表明|言及|申し入れ|打診|抗議|苦情|問い合わせ|注文|提案|見積もり|試算|予測|苦言|異議)(?:の声)?[がも]"
    r"(?:あ[りっ]|上が|挙が|出|相次|漏れ|聞かれ|寄せ|あが|根強|広が|飛|届|入|伝え|示さ|寄せ)"
)
FROM = re.compile(r"(?:^|[、。])([^、。「」]{2,24}?)から(?:は|も)?[、,]?$")
VIEWS = "立場|考え|認識|方針|見解|姿勢|意向|見方|主張|見通し|判断|構え"
FEELINGS = "危機感|懸念|不満|期待|期待感|不快感|怒り|警戒感|自信|失望|疑念|驚き|喜び"
HOLDS = re.compile(
    rf"と(?:の|する)(?:{VIEWS})(?:だ|です|である|(?=。|$)|を(?:崩|取|と[りるっ]|堅持|維持|貫|変え|強め|改め|隠|にじ|あらわ))"
    rf"|と(?:の)?(?:強い|深い)?(?:{FEELINGS})を(?:あらわ|露わ|にじ|募ら|強め|隠さ|のぞか|口に|爆発)"
)
OWNED = re.compile(r"と(?:の|する|いう|いった)([^、。「」はがを]{3,24}?)(?=[にをがはもで])")
BRACKETED = re.compile(r"\(([^()、。]{2,20})\)")
CLAIMS = "主張|立場|見解|説明|言い分|考え|認識|言葉|回答|反論|弁明"
# What every such view holds; a search for it passes over a sentence at once.
CLAIMED = re.compile(rf"の(?:{CLAIMS})")
VIEW_OF = re.compile(
    rf"^(?P<words>[^。「」]{{5,}}?)と(?:いう|の|する)の?が(?P<who>[^、。「」はがを]{{2,24}}?)の(?:{CLAIMS})(?:だ|で|。|$)"
)
OF_VIEW = re.compile(
    rf"(?P<who>[^、。「」はがを]{{2,24}}?)の(?:{CLAIMS})は[、,]?(?P<words>[^。「」]{{5,}}?)と(?:いう|の)もの(?:だ|で)"
)
STRESSED = re.compile(
    r"(?P<who>[^、。「」はがを]{2,24}?)が[^、。「」はがを]{0,20}?(?:強調|指摘|主張|明言|説明|警告)?(?:した|訴えた|述べた|語った|説いた|唱えた)のは[、,]?"
    r"(?P<words>[^。「」]{5,}?)という(?:こと|点)(?:だ|です|だった|でした|である)"
)
SENT = re.compile(
    r"(?:^|[、。はが])([^、。「」はが]{2,24}?)(?:から|より)(?:は|も)?[、,]?([^「」。]{5,}?)[、,]?(?:などと(?:の|いう|する)?|と(?:の|いう|する))"
    r"(?:(?:批判|非難|不満|懸念)の声|要望|要請|要求|連絡|回答|返答|通知|報告|説明|申し入れ|打診|抗議|苦情|指摘|批判|非難|注文|提案|証言|情報|発言|表明|紹介|提起|言及|応答|見積もり|試算|予測|苦言|異議)"
    r"(?:を受け|[がも](?:あ[りっる]|届|寄せ|入|出|相次|上が|示さ|挙が|聞かれ))"
)
# 「|課長より|参事官に対し、|遺憾である|旨申入れを行った」: how a ministry writes down what was said to others.
MADE_TO = re.compile(
    r"(?:^|[、。はが])([^、。「」はが]{2,24}?)(?:から|より)(?:は|も)?[、,]?(?:[^、。「」はが]{2,24}?に(?:対し(?:て)?)?[、,])?([^。]{5,}?)旨の?"
    r"(?:申し?入れ|抗議|説明|伝達|要請|回答|通報)(?:を(?:行[いっ]|し)|が(?:なされ|あ[りっ])|し(?:た|ました|、))"
)
# 「工費が膨らむとの見積もりも|当局から|出ている」
SENT_BACK = re.compile(
    r"^([^「」。]{5,}?)と(?:の|いう|する)(?:要望|要請|要求|連絡|報告|説明|抗議|苦情|指摘|批判|注文|提案|証言|情報|見積もり|試算|予測|苦言|異議)"
    r"[がもは]([^、。「」はがをも]{2,20}?)から[、,]?(?:出|上が|示さ|寄せ|届|入|相次)"
)
HEADED = re.compile(
    r"[\s・●■○◆*]*[(【]?([^、。「」:はがを・()][^、。「」:はがを]{1,24}?)[)】]?(?:いわく|曰く|は言った|は語った|はこう言った)?[、,]?\s*[::―—–-]?\s*"
)
# 「外相「扉は閉じた」|(3日、港通信)|」
CREDITED = re.compile(r"^[(〔][^()〔〕]{2,20}[)〕]")
NAMED = re.compile(r"(?:と|\s*[―—–-]\s*)([^、。「」はがを]{2,25})$")
DASHED = re.compile(
    r"\s*[―—–-]+\s*([^、。「」はが]{2,25})[はが][^。「」]{0,14}?(?:こう|そう)[^。「」]{0,6}"
    r"(?:述べ|語|話|言|強調|訴え|漏ら|つぶや|答え|振り返|明か|切り出)"
)
# Predicates with 「…」と that give nobody's words: names, titles, readings, comparisons.
GIVES_NAMES = frozenset(
    "呼ぶ 呼ばれる 題する 名付ける 名乗る 称する 言う 成る 為る 有る 居る 読む 読める 読み取る 表示 記載 銘打つ 変える 変わる 比べる 異なる 並ぶ "
    "一致 合意 連携 協力 対立 受け止める 受け取る 解釈 捉える 考える 思う 信じる 感じる 見える 聞こえる 訳す 定義 同じ 違う 協議 会談".split()
)
# 「「…」と|焦りを隠さない|」, 「「…」と|強硬な姿勢を崩さない|」: what is not done is a way of saying it.
HELD_ON = frozenset({"隠す", "崩す", "引く", "譲る", "緩める"})


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence in the story: who was spoken of before it and who has spoken on the page."""

    scene: Scene
    sentence: Sentence
    before: Carried | None
    heard: tuple[Speaker, ...]


def loose_sayings(at: Place, taken: list[Span]) -> Iterator[Found]:
    """The quotations of a sentence that no verb of saying governs, with their speakers, and views that are held."""
    scene, sentence = at.scene, at.sentence
    for quotation in sentence.quotations:
        span = quotation.inner
        free = not any(t.start <= span.start and span.end <= t.end for t in taken)
        if quotation.depth == 1 and free and is_utterance(scene, quotation):
            speaker = (
                _owner(at, quotation)
                or _at_the_end(at, quotation)
                or _in_bracket(at, quotation)
                or _owner_after(at, quotation)
                or _voice(at, quotation)
                or _by_any_verb(at, quotation)
                or _holder(at, quotation.inner, quotation.end)
                or _named_after(at, quotation)
                or _labelled(at, quotation)
            )
            if speaker is not None:
                yield speaker, _saying(sentence, quotation.inner, quotation.end, "quoted")
    if not taken and not any(q.depth == 1 and is_utterance(scene, q) for q in sentence.quotations):
        yield from _reported_by_last(at)
        yield from _sent(at)
        yield from _its_view(at)
        yield from _held(at)


def _saying(sentence: Sentence, words: Span, until: int, form: str) -> Saying:
    outer = [c for c in sentence.clauses if c.inside < 0 and c.predicate_start >= until] or list(sentence.clauses[-1:])
    return Saying(outer[0], None, words, form, sentence.start, until)


def _phrase(start: int, written: str, particle: str = "") -> Argument:
    return Argument(particle, start, start + len(written), written)


def _owner(at: Place, quotation: Quotation) -> Speaker | None:
    """「日本側の「見送る」との主張」."""
    match = re.search(
        r"(?:^|[、。は]|、また|と)([^、。「」は]{2,24}?)の$",
        at.scene.text[max(at.sentence.start, quotation.start - 30) : quotation.start],
    )
    if not SAID_BY.match(at.scene.text, quotation.end):
        return None
    told = SPOKEN_BY.search(at.scene.text[at.sentence.start : quotation.start])
    if told is not None:
        phrase = _phrase(at.sentence.start + told.start(1), told.group(1), "が")
        return speaker_of(at.scene, phrase, at.before, at.heard) if can_speak(at.scene, phrase) else None
    if match is None:
        return None
    phrase = _phrase(quotation.start - 1 - len(match.group(1)), match.group(1), "が")
    return speaker_of(at.scene, phrase, at.before, at.heard) if can_speak(at.scene, phrase) else None


def owner_of(scene: Scene, sentence: Sentence, words: Span, heard: tuple[Speaker, ...]) -> Speaker | None:
    """Whose the quoted words are that an outlet passes on: 「地元紙は、|外相の|「…」との発言を伝えた」."""
    held = next((q for q in sentence.quotations if q.depth == 1 and q.inner == words), None)
    return _owner(Place(scene, sentence, None, heard), held) if held is not None else None


def _owner_after(at: Place, quotation: Quotation) -> Speaker | None:
    """「見送る」との日本側の主張に, 「見送る」との外務省報道官談話を伝えた."""
    match = OWNED.match(at.scene.text, quotation.end, at.sentence.end)
    if match is None:
        return None
    phrase = _phrase(match.start(1), match.group(1), "が")
    author = author_of(at.scene, phrase, compound=bool(RELAYS.match(at.scene.text, match.end(1))))
    return speaker_of(at.scene, author, at.before, at.heard) if author is not None else None


def _at_the_end(at: Place, quotation: Quotation) -> Speaker | None:
    """「「足りている」と話すのは、ノルム教授だ」."""
    phrase = named_after(at.scene, at.sentence, quotation.end)
    return speaker_of(at.scene, phrase, at.before, at.heard) if phrase is not None else None


def _reported_by_last(at: Place) -> Iterator[Found]:
    """「備えは足りていると話すのは、ノルム教授だ」."""
    found = reported(at.scene, at.sentence) if "の" in at.scene.text[at.sentence.start : at.sentence.end] else None
    speaker = speaker_of(at.scene, found[0], at.before, at.heard) if found is not None else None
    if found is not None and speaker is not None and at.sentence.clauses:
        yield speaker, _saying(at.sentence, found[1], found[1].end + 1, "that")


def _in_bracket(at: Place, quotation: Quotation) -> Speaker | None:
    """「見送る」(日本側の幹部)として: who speaks stands in brackets after the words."""
    match = BRACKETED.match(at.scene.text, quotation.end, at.sentence.end)
    words = at.scene.text[quotation.inner.start : quotation.inner.end]
    if match is None or not PREDICATIVE.search(words):
        return None
    phrase = _phrase(match.start(1), match.group(1))
    named = is_person(at.scene, phrase) or is_state(at.scene, phrase) or bool(BODY.search(match.group(1)))
    return speaker_of(at.scene, phrase, at.before, at.heard) if named else None


def _voice(at: Place, quotation: Quotation) -> Speaker | None:
    """「野党からは「遅すぎる」との批判が上がった」."""
    if not VOICES.match(at.scene.text, quotation.end):
        return None
    match = FROM.search(at.scene.text[at.sentence.start : quotation.start])
    if match is None:
        return None
    phrase = _phrase(at.sentence.start + match.start(1), match.group(1), "から")
    return speaker_of(at.scene, phrase, at.before, at.heard) if can_speak(at.scene, phrase) else None


def _by_any_verb(at: Place, quotation: Quotation) -> Speaker | None:
    """「大臣は「足りている」と首をかしげた」: words and a person, whatever the verb, if it is none of naming."""
    words = at.scene.text[quotation.inner.start : quotation.inner.end]
    clause = _governor(at.sentence, quotation)
    if clause is None or not PREDICATIVE.search(words) or clause.predicate in GIVES_NAMES:
        return None
    row = speech_row(at.scene, clause)
    if row is not None and row["kind"] != ISSUE:
        return None
    if clause.negative and clause.predicate not in HELD_ON:
        return None
    if clause.voice not in ("active", "causative") or not at.scene.text.startswith("と", quotation.end):
        return None
    return _explicit(at, clause, quotation.inner, quotation.end)


def _governor(sentence: Sentence, quotation: Quotation) -> Clause | None:
    for clause in sentence.clauses:
        for argument in clause.arguments:
            if clause.inside < 0 and argument.particle == "と" and 0 <= argument.end - quotation.end <= 2:
                return clause
    return None


def _explicit(at: Place, clause: Clause, words: Span, until: int) -> Speaker | None:
    """The speaker, if this very sentence names one: a person or a body."""
    saying = Saying(clause, None, words, "quoted", at.sentence.start, until)
    speaker = who_speaks(at.scene, at.sentence, saying, None, at.heard)
    if speaker is None or not (is_person(at.scene, speaker.phrase) or BODY.search(at.scene.written(speaker.phrase))):
        return None
    return speaker


def _holder(at: Place, words: Span, until: int) -> Speaker | None:
    """「大臣は「足りている」との認識だ」."""
    if not HOLDS.match(at.scene.text, until):
        return None
    return _explicit(at, at.sentence.clauses[-1], words, until)


def _its_view(at: Place) -> Iterator[Found]:
    """「協定違反だというのが隣国の主張だ」, 「隣国の言い分は、協定違反だというものだ」, 「隣国が強調したのは、違反だということだ」."""
    text = at.scene.text[at.sentence.start : at.sentence.end]
    match = (VIEW_OF.search(text) or OF_VIEW.search(text)) if CLAIMED.search(text) else STRESSED.match(text)
    if match is None or not at.sentence.clauses:
        return
    start = at.sentence.start
    phrase = _phrase(start + match.start("who"), match.group("who"), "が")
    words = Span(start + match.start("words"), start + match.end("words"))
    inside = any(q.start < phrase.start < q.end for q in at.sentence.quotations)
    speaker = speaker_of(at.scene, phrase, at.before, at.heard) if can_speak(at.scene, phrase) else None
    if speaker is not None and not inside:
        yield speaker, _saying(at.sentence, words, words.end + 1, "that")


def _sent(at: Place) -> Iterator[Found]:
    """「現地の大使館から、被害はないとの連絡があった」: the embassy speaks, though it has no verb."""
    text = at.scene.text[at.sentence.start : at.sentence.end]
    match = (SENT.search(text) or SENT_BACK.search(text)) if "から" in text or "より" in text else None
    match = match or MADE_TO.search(text)
    if match is None:
        return
    start = at.sentence.start
    who, told = (2, 1) if match.re is SENT_BACK else (1, 2)
    phrase = _phrase(start + match.start(who), match.group(who), "から")
    speaker = speaker_of(at.scene, phrase, at.before, at.heard) if can_speak(at.scene, phrase) else None
    if speaker is not None and at.sentence.clauses:
        words = Span(start + match.start(told), start + match.end(told))
        yield speaker, _saying(at.sentence, words, words.end + 1, "that")


def _held(at: Place) -> Iterator[Found]:
    """「政府は、備えは足りているとの立場を崩していない」."""
    match = HOLDS.search(at.scene.text, at.sentence.start, at.sentence.end)
    if match is None or not at.sentence.clauses or any(q.start < match.start() < q.end for q in at.sentence.quotations):
        return
    saying = _saying(at.sentence, Span(at.sentence.start, match.start()), match.start() + 1, "that")
    speaker = who_speaks(at.scene, at.sentence, saying, None, at.heard)
    if speaker is not None and speaker.phrase.particle == "は":
        yield speaker, saying


def _named_after(at: Place, quotation: Quotation) -> Speaker | None:
    """「…」と報道官。"""
    tail = at.scene.text[quotation.end : at.sentence.end].rstrip("。")
    match = NAMED.fullmatch(tail) or DASHED.match(tail)
    if match is None:
        return None
    phrase = _phrase(quotation.end + match.start(1), match.group(1))
    return (
        speaker_of(at.scene, phrase, at.before, at.heard)
        if is_person(at.scene, phrase) and can_speak(at.scene, phrase)
        else None
    )


def _labelled(at: Place, quotation: Quotation) -> Speaker | None:
    """報道官:「…」, 報道官「…」, 報道官いわく「…」: a person and the words, and nothing else in the at.sentence."""
    match = HEADED.fullmatch(at.scene.text[at.sentence.start : quotation.start])
    after = CREDITED.sub("", at.scene.text[quotation.end : at.sentence.end])
    if match is None or after.strip("。 、"):
        return None
    phrase = _phrase(at.sentence.start + match.start(1), match.group(1))
    return speaker_of(at.scene, phrase, at.before, at.heard) if is_person(at.scene, phrase) else None


# 「当局者|の話として|、」, 「保健省|の発表として|、」, 「軍筋|を引用し|、」, 「|事情を知る|2人の話を引用して、」
TALK = re.compile(
    r"(?:^|[、。はがを])(?:\d+日[^、。「」はがを]{0,4}?に、?)?((?:[^、。「」はがを]{1,8}を(?:よく)?知る)?[^、。「」はがを]{1,25}?)"
    r"(?:の(?:話|発言|証言|説明|見解|談話|情報|発表|報告|声明|分析)(?:として|を引用し(?:て)?|を(?:基|もと)に)|を引用し(?:て)?)[、,]?"
)


def as_talk(scene: Scene, sentence: Sentence, heard: tuple[Speaker, ...]) -> tuple[Speaker, int] | None:
    """「国営通信は、当局者の話として、…と伝えた」: the official speaks, through the agency. With where the words begin."""
    match = TALK.search(scene.text[sentence.start : sentence.end])
    if match is None:
        return None
    phrase = _phrase(sentence.start + match.start(1), match.group(1), "が")
    quotes_press = match.group().rstrip("、,").endswith(("を引用し", "を引用して")) and is_outlet(scene, phrase)
    speaker = speaker_of(scene, phrase, None, heard) if can_speak(scene, phrase) and not quotes_press else None
    return (speaker, sentence.start + match.end()) if speaker is not None else None
