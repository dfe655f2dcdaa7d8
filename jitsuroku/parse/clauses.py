"""Tokens -> clauses: predicate, arguments by particle, and what is carried over from clause to clause.

Quotations are masked: the sentence around them is read with each quotation as one noun, then each is read by itself.
「首相は「支持する」と述べた。」 gives 述べる (subject 首相は) outside and 支持 inside.
"""

from __future__ import annotations

from dataclasses import replace

from jitsuroku.parse.masking import by_sentence, masked
from jitsuroku.parse.phrases import (
    ADVERBS,
    Phrase,
    after_adverb,
    has_form,
    head_of,
    is_adjectival,
    is_comma,
    is_nominal,
    is_together,
    may_take_suru,
    read_phrase,
    tells_time,
)
from jitsuroku.parse.predicates import SURU, Tail, is_verbal_noun, read_tail
from jitsuroku.parse.subjects import CARRIERS, DEEDS, is_of_another, lent, with_rightful_subjects
from jitsuroku.parse.told_from import told_from
from jitsuroku.records import Argument, Clause, Quotation, Token

_SUBJECTS, _NAMED = frozenset({"が", "は", "も"}), frozenset({"が", "は"})
CHAINED = frozenset({"te", "renyo", "while", "and", "after", "but"})
LIGHT = frozenset({"行う", "為る", "実施", "致す", "持つ", "重ねる", "執り行う"})
GOVERNING = ("を", "と", "に", "へ", "に対して", "について", "よう")
COPULAS, AS, DO, GO = frozenset({"だ", "です", "だっ", "でし", "で"}), ["と", "し", "て"], "行う", "行く"
# How far behind a clause the noun of telling may begin: 「支持すると|表明。」, 「支持するよう|要求。」.
TOLD_BEFORE, LONG = {"quote": 1, "you": 3}, 1_000_000


def read_clauses(tokens: tuple[Token, ...], quotations: tuple[Quotation, ...]) -> tuple[Clause, ...]:
    """All clauses of a sentence: those outside quotation marks first, then those of each quotation."""
    outer = masked(tokens, quotations, 1)
    clauses = list(with_rightful_subjects(told_from(_Reader(outer, -1).read(), outer)))
    for index, quotation in enumerate(quotations):
        inner = tuple(t for t in tokens if quotation.inner.start <= t.start and t.end <= quotation.inner.end)
        deeper = tuple(q for q in quotations if q.start >= quotation.inner.start and q.end <= quotation.inner.end)
        for part in by_sentence(masked(inner, deeper, quotation.depth + 1)):
            clauses.extend(_Reader(part, index).read())
    return tuple(clauses)


class _Reader:
    """One pass over the tokens of one level; holds the arguments that wait for their predicate."""

    def __init__(self, tokens: tuple[Token, ...], inside: int) -> None:
        self.tokens = tokens
        self.inside = inside
        self.waiting: list[Argument] = []
        self.commas: set[int] = set()
        self.topics: list[Argument] = []
        self.clauses: list[Clause] = []
        self.subject: Argument | None = None
        self.inner: Argument | None = None
        self.headless: int | None = None

    def read(self) -> tuple[Clause, ...]:
        at = 0
        while at < len(self.tokens):
            at = self._step(at)
        self._settle()
        return tuple(self.clauses)

    def _settle(self) -> None:
        """A topic that no later predicate claimed belongs to the last: 「首相は、関係は「良い」と語った」."""
        left = tuple(a for a in self.waiting if a.particle in ("は", "も", "が"))
        mains = [i for i, c in enumerate(self.clauses) if not c.relative and c.ending == "main"]
        if left and mains:
            last = self.clauses[mains[-1]]
            arguments = (*left, *last.arguments)
            self.clauses[mains[-1]] = replace(last, arguments=arguments, start=min(left[0].start, last.start))

    def _step(self, at: int) -> int:
        token = self.tokens[at]
        kind = token.pos[0]
        following = self._token(at + 1)
        if (
            following is not None
            and following.surface == "に"
            and following.pos[0] == "助動詞"
            and is_adjectival(token)
        ):
            return self._adverb(at)
        if kind == "形状詞" and following is not None and following.surface in COPULAS:
            return self._predicate(at, at, token)  # 「安定が|重要だ|との認識」
        if kind == "形容詞" and self._modifies_verb(at):
            return at + 1
        if (kind == "副詞" or "タリ" in token.pos) and [t.surface for t in self.tokens[at + 1 : at + 4]] == AS:
            return at + 4  # 「干渉に|断固として|反対する」
        if token.surface in ADVERBS and (after := after_adverb(self.tokens, at)):
            return after
        if kind == "動詞" and not self._is_name(at):
            return self._predicate(at, at, token)
        if kind == "形容詞" and not self._is_attributive(at, token, following):
            return self._predicate(at, at, token)
        phrase = read_phrase(self.tokens, at)
        return at + 1 if phrase is None else self._noun_phrase(phrase)

    def _is_attributive(self, at: int, token: Token, following: Token | None) -> bool:
        """An adjective that belongs to the noun after it."""
        before_noun = following is not None and is_nominal(following) and has_form(token, "連体形")
        return before_noun and not self._follows_subject(at)

    def _modifies_verb(self, at: int) -> bool:
        """高く評価した: an adjective that is an adverb, not a predicate of its own."""
        token, following = self.tokens[at], self._token(at + 1)
        if following is None or not has_form(token, "連用形-一般") or not token.surface.endswith("く"):
            return False
        return (
            following.pos[0] not in ("助詞", "助動詞")
            and not is_comma(following)
            and following.lemma not in ("成る", "無い")
        )

    def _follows_subject(self, at: int) -> bool:
        """「変わりは|ない|旨」: the adjective is a predicate of what stands before it."""
        before = self._token(at - 1) if at else None
        return before is not None and before.pos[0] == "助詞" and before.surface in ("は", "が", "も")

    def _is_name(self, at: int) -> bool:
        """「|習|は述べた」: one kanji without an ending is no form of a verb."""
        token, following = self.tokens[at], self._token(at + 1)
        if token.pos[0] != "動詞" or len(token.surface) != 1 or not "一" <= token.surface <= "鿿":
            return False
        return following is not None and following.surface in ("は", "が", "も", "氏")

    def _adverb(self, at: int) -> int:
        """自由に is an adverb, but 明らかにする is one predicate."""
        verb = self._token(at + 2)
        if verb is not None and verb.lemma in SURU and verb.pos[0] == "動詞":
            return self._predicate(at, at + 2, self.tokens[at])
        return at + 2

    # --- noun phrases ---

    def _noun_phrase(self, phrase: Phrase) -> int:
        last = self.tokens[phrase.last]
        if not phrase.particle:
            following = self._token(phrase.after)
            kind, lemma = (following.pos[0], following.lemma) if following is not None else ("", "")
            if kind == "動詞" and lemma in SURU and may_take_suru(last):
                return self._predicate(self._split_compound(phrase), phrase.after, last)
            copula = kind == "助動詞" and lemma in ("だ", "です")
            if copula or (is_verbal_noun(last) and self._ends_clause(phrase)):
                return self._predicate(self._split_compound(phrase), phrase.last, last)
        if phrase.particle == "として" and last.pos[0] == "引用":
            phrase = phrase._replace(particle="と", after=phrase.after - 2)
        self._take(phrase)
        return max(phrase.after, phrase.last + 1)

    def _token(self, at: int) -> Token | None:
        return self.tokens[at] if at < len(self.tokens) else None

    def _split_compound(self, phrase: Phrase) -> int:
        """Where the predicate's noun begins; a bare 16日 or a quotation before it stays an argument of its own."""
        for i in range(phrase.last, phrase.first, -1):
            if self.tokens[i - 1].pos[0] in ("引用", "連体詞") or self.tokens[i - 1].surface in ("、", "の"):
                self._take(Phrase(phrase.first, i - 1, "", i, False))
                return i
        return phrase.first

    def _ends_clause(self, phrase: Phrase) -> bool:
        """「支援を表明。」 and 「支援を表明、」: a verbal noun that ends its clause without する."""
        following = self._token(phrase.last + 1)
        last = self.clauses[-1] if self.clauses else None
        if last is not None and last.end >= self.tokens[phrase.first].start - TOLD_BEFORE.get(last.ending, -LONG):
            return following is None or following.pos[:2] == ("補助記号", "句点")
        if not self.waiting and phrase.last == phrase.first:
            return False
        if following is None or following.pos[:2] == ("補助記号", "句点"):
            return bool(self.waiting)
        governed = bool(self.waiting) and self.waiting[-1].particle in GOVERNING
        return governed and (is_comma(following) or following.surface in ("し", "後", "、"))

    def _take(self, phrase: Phrase) -> None:
        phrase = self._without_lead(phrase)
        first, last = self.tokens[phrase.first], self.tokens[phrase.last]
        particle = phrase.particle + (
            "の" if phrase.adnominal and phrase.particle in ("と", "へ", "から", "で") else ""
        )
        if particle in ("は", "も") and tells_time(self.tokens, phrase):
            particle = ""
        argument = Argument(particle, first.start, last.end, head_of(self.tokens, phrase))
        if self.headless is not None:
            clause = self.clauses[self.headless]
            self.clauses[self.headless] = replace(clause, head=argument)
            self.headless = None
        following = self._token(phrase.after)
        if following is not None and is_comma(following):
            self.commas.add(argument.start)
        self.waiting.append(argument)
        if particle == "は":
            self.topics.append(argument)

    def _without_lead(self, phrase: Phrase) -> Phrase:
        """「同日|「引き渡す」と|明かした」: what stands before quoted words is a phrase of its own."""
        if phrase.particle == "と" and phrase.last > phrase.first and self.tokens[phrase.last].pos[0] == "引用":
            self._take(Phrase(phrase.first, phrase.last - 1, "", phrase.last, False))
            return phrase._replace(first=phrase.last)
        return phrase

    # --- predicates ---

    def _predicate(self, start: int, stem: int, head: Token) -> int:
        """Close the clause whose predicate begins at token ``start`` and whose stem ends at ``stem``."""
        verb = self.tokens[stem]
        tail = read_tail(self.tokens, stem + 1, verb)
        if verb.pos[0] in ("動詞", "形容詞") and tail.after == stem + 1 and not self._inflected_end(verb, tail):
            tail = tail._replace(ending="renyo")
        name = head.lemma if head.pos[0] in ("動詞", "形容詞") else self._noun(head)
        if (
            (verb.lemma in LIGHT or verb.lemma == GO)
            and start == stem
            and not (start and self.tokens[start - 1].surface == "と")
        ):
            name = self._light(name)
        own = self._own(tail)
        own = self._lent(own, tail, name) + own
        inherited = self._inherit(own, tail, name)
        begin = self.tokens[start].start
        clause = Clause(
            start=min([a.start for a in own] + [begin]),
            end=self.tokens[max(tail.after - 1, stem)].end,
            predicate=name,
            predicate_start=begin,
            arguments=tuple(own),
            negative=tail.negative,
            voice=tail.voice,
            tense=tail.tense,
            aspect=tail.aspect,
            modality=tail.modality,
            inside=self.inside,
            relative=tail.ending == "relative",
            head=None,
            inherited=inherited,
            ending=tail.ending,
        )
        self._close(clause, own)
        return max(tail.after, stem + 1) + self._skip(tail)

    def _noun(self, head: Token) -> str:
        """A suffix stands with its noun: 国交を正常|化した is 正常化."""
        if head.pos[0] != "接尾辞":
            return head.surface
        return "".join(t.surface for t in self.tokens if t.end == head.start) + head.surface

    def _inflected_end(self, verb: Token, tail: Tail) -> bool:
        return not has_form(verb, "連用形") or tail.ending not in ("relative", "main")

    def _light(self, name: str) -> str:
        """会談を行う is 会談: the object's verbal noun is the predicate; so in 「演習を2日間|行った|」, where nobody goes."""
        last = [a for a in self.waiting[-1:] if name != GO and a.particle in ("を", "が", "も", "は")]
        done = [a for a in self.waiting if a.particle in ("を", "も") and name in (DO, GO)]
        return next((a.head for a in (*last, *done[-1:]) if self._is_deed(a)), name)

    def _is_deed(self, argument: Argument) -> bool:
        token = next((t for t in reversed(self.tokens) if t.end <= argument.end and t.surface == argument.head), None)
        return token is not None and is_verbal_noun(token)

    def _skip(self, tail: Tail) -> int:
        following = self._token(tail.after)
        if tail.ending == "and" and is_together(self.tokens, tail.after):
            return 2  # 「続けると|ともに|、支持した」
        taken = self.tokens[tail.after - 1].surface == "と"
        if tail.ending in ("quote", "you", "tame", "question") and following is not None and not taken:
            return self._skip_marker(tail, following)
        return 0

    def _skip_marker(self, tail: Tail, following: Token) -> int:
        """と, ように, ために: words that only tie the clause to the next predicate; との binds to a noun."""
        count = 1
        while (token := self._token(tail.after + count)) is not None and token.pos[0] == "助詞":
            count += 1
        return count

    def _own(self, tail: Tail) -> list[Argument]:
        """Which waiting arguments belong to this predicate; the others wait for a later one."""
        after = self._token(tail.after + 1)
        # 「首相が1日、内戦を|終わらせるための|協定に署名した」
        if tail.ending == "relative" or (tail.ending == "tame" and after is not None and after.surface == "の"):
            return self._own_relative(tail)
        if tail.ending in ("quote", "you", "nominal", "question", "tame"):
            return self._own_complement(tail)
        return self._own_main()

    def _own_main(self) -> list[Argument]:
        """All that waits, but of two topics the first waits for a later verb of saying.

        「次官は会見で、外相は協定に署名し、帰国したと発表した」: 署名 is the minister's, 発表 the vice-minister's.
        """
        waiting = self.waiting
        topics = [i for i, a in enumerate(waiting) if a.particle == "は"]
        if len(topics) < 2:
            return list(waiting)
        begin = topics[-1]
        while begin - 1 > topics[0] and waiting[begin - 1].start not in self.commas:
            begin -= 1
        return waiting[begin:]

    def _lent(self, own: list[Argument], tail: Tail, name: str) -> list[Argument]:
        """A subject that a relative clause took too early.

        「韓国が両国を結ぶ鉄道の運行を中止した」: 結ぶ took 韓国が, but then 中止 has no subject and 結ぶ has one object more.
        """
        if not _SUBJECTS.isdisjoint([a.particle for a in own]):
            return []
        complement = tail.ending in ("quote", "nominal") or (tail.ending == "relative" and self._carries(tail))
        if not complement and (tail.ending == "relative" or self.topics or self.subject):
            return []
        return lent(self.clauses, name)

    def _own_complement(self, tail: Tail) -> list[Argument]:
        """「首相は外相が行くと述べた」: the first topic belongs to 述べる, what follows it to 行く.

        「外務省は国民に対し、旅行を控えるよう呼びかけた」: who is called on belongs to 呼びかける.
        """
        outer = [
            i
            for i, a in enumerate(self.waiting)
            if a.particle in ("は", "も", "によると")
            or (a.particle == "が" and a.start in self.commas and not self.topics)
        ]
        doers = [i for i, a in enumerate(self.waiting) if a.particle == "が"]
        if tail.ending == "quote" and len(doers) > 1:
            outer = doers  # 「首相は、|裁判所が|主張に根拠が|ない|と判断しても従わない」
        own = self.waiting[outer[0] + 1 :] if outer else list(self.waiting)
        if tail.ending == "you" and not outer and not self.topics and own and own[0].particle == "が":
            own = own[1:]  # 「首相が|隣国に攻撃をやめるよう|求めた」
        called = [i for i, a in enumerate(own) if a.particle in ("に対して", "に") and a.start in self.commas]
        return own[called[0] + 1 :] if called and tail.ending == "you" else own

    def _own_relative(self, tail: Tail) -> list[Argument]:
        carrier = self._carries(tail)
        # 「首相は、大使が先月、港を訪れた|ことを|称賛した」: who acts is named before, so that all that follows is carried.
        whole = carrier and bool(self.topics)
        own: list[Argument] = []
        for argument in reversed(self.waiting):
            adverbial = argument.particle == "" and argument.start in self.commas and not whole
            if argument.particle in ("は", "も", "によると") or adverbial:
                break
            if not carrier and argument.start in self.commas and argument.particle != "を":
                break
            own.insert(0, argument)
        return own

    def _inherit(self, own: list[Argument], tail: Tail, name: str) -> tuple[Argument, ...]:
        if not _NAMED.isdisjoint([a.particle for a in own]):
            return ()
        if tail.ending == "relative" and not self._carries(tail):
            return ()
        inner = tail.ending == "quote" or self._tells_of_deed(tail)
        carried = (self.inner if inner else None) or self.subject
        outer = tuple(self.topics[-1:])
        return (carried,) if carried and not (outer and is_of_another(self.clauses, name)) else outer

    def _tells_of_deed(self, tail: Tail) -> bool:
        """「声明は、|隣国が|警告を無視して港を|攻撃した|ことに触れた」: who ignored it attacked."""
        following = self._token(tail.after)
        return tail.ending == "relative" and following is not None and following.surface in DEEDS

    def _carries(self, tail: Tail) -> bool:
        following = self._token(tail.after)
        return following is not None and following.surface in CARRIERS

    def _close(self, clause: Clause, own: list[Argument]) -> None:
        self.clauses.append(clause)
        # What is taken is told by its place: no two phrases begin at one.
        taken = {a.start for a in own}
        self.waiting = [a for a in self.waiting if a.start not in taken]
        if clause.relative:
            self.headless = len(self.clauses) - 1
            return
        if clause.ending in ("quote", "you", "nominal", "question", "tame"):
            inner = [a for a in own if a.particle == "は"]
            if inner and len(self.topics) > 1:
                self.topics = [t for t in self.topics if t not in inner]
            if clause.ending != "you" or not _SUBJECTS.isdisjoint(a.particle for a in own):
                self.subject = None
            return
        written = [a for a in own if a.particle == "が"] or [a for a in own if a.particle in ("は", "も")]
        topical, chained = any(a.particle == "は" for a in own), clause.ending in CHAINED
        # 「外交部は、|次官が|団を率いて会議に出席すると発表した」: the vice-minister attends, the ministry announces it.
        self.inner = written[0] if chained and topical and written[0].particle == "が" else None
        if topical or not chained:
            self.subject = None
        elif written:
            self.subject = written[0]
