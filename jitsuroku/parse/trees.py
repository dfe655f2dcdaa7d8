"""A dependency tree -> clauses: the second reader of clauses, against which our own (clauses.py) is measured.

Noun phrases, particles and the tails of predicates are read by the same bricks as there. What differs is how they hang
together: here a phrase belongs to the predicate that the tree hangs it on (governing.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jitsuroku.parse.clauses import LIGHT
from jitsuroku.parse.governing import SUBJECTS, Governing, Predicate, Tree
from jitsuroku.parse.masking import by_sentence, masked
from jitsuroku.parse.phrases import (
    ADVERBS,
    Phrase,
    has_form,
    is_adjectival,
    is_comma,
    is_nominal,
    read_phrase,
    tells_time,
)
from jitsuroku.parse.predicates import SURU, Tail, is_verbal_noun, read_tail
from jitsuroku.records import Argument, Clause, ClauseReader, Quotation, Token

# Several rows of tokens at once: the sentence and what it quotes.
TreeReader = Callable[[Sequence[tuple[Token, ...]]], list[Tree]]
# Labels of words that only serve the word they hang on.
SERVING = frozenset({"aux", "fixed", "mark", "case", "punct", "cop", "compound", "cc", "nummod"})
# After these endings a word follows that only ties the clause to the next predicate: と, ように, ために.
MARKED = frozenset({"quote", "you", "question", "tame"})
CASES = ("を", "に", "と", "が")


def clause_reader(parse: TreeReader) -> ClauseReader:
    """A reader of clauses that stands on the trees of ``parse``. Quotations are masked, and parsed by themselves."""

    def read(tokens: tuple[Token, ...], quotations: tuple[Quotation, ...]) -> tuple[Clause, ...]:
        levels = _levels(tokens, quotations)
        trees = parse([row for row, _ in levels])
        read_by_tree = (_Level(row, tree, inside).read() for (row, inside), tree in zip(levels, trees, strict=True))
        return tuple(clause for clauses in read_by_tree for clause in clauses)

    return read


def _levels(tokens: tuple[Token, ...], quotations: tuple[Quotation, ...]) -> list[tuple[tuple[Token, ...], int]]:
    """What is parsed at once: the sentence with its quotations masked, then the sentences of each quotation."""
    levels = [(masked(tokens, quotations, 1), -1)]
    for index, quotation in enumerate(quotations):
        inner = tuple(t for t in tokens if quotation.inner.start <= t.start and t.end <= quotation.inner.end)
        deeper = tuple(q for q in quotations if q.start >= quotation.inner.start and q.end <= quotation.inner.end)
        levels += [(row, index) for row in by_sentence(masked(inner, deeper, quotation.depth + 1))]
    return [(row, inside) for row, inside in levels if row]


class _Level:
    """The clauses of one level: one pass over the words for phrases and predicates, then who belongs to whom."""

    def __init__(self, tokens: tuple[Token, ...], tree: Tree, inside: int) -> None:
        self.tokens = tokens
        self.tree = tree
        self.inside = inside
        self.phrases: list[tuple[int, Argument]] = []
        self.predicates: list[Predicate] = []

    def read(self) -> tuple[Clause, ...]:
        at = 0
        while at < len(self.tokens):
            at = self._step(at)
        governing = Governing(self.tokens, self.tree, self.phrases, self.predicates)
        return tuple(self._clause(p, governing.inherited(n)) for n, p in enumerate(governing.predicates))

    def _step(self, at: int) -> int:
        if self._is_adverb(at):
            return self._predicate(at, at + 2, self.tokens[at]) if self._is_suru(at + 2) else at + 2
        phrase = read_phrase(self.tokens, at)
        if phrase is None:
            return self._predicate(at, at, self.tokens[at]) if self._is_verb(at) else at + 1
        last = self.tokens[phrase.last]
        if not phrase.particle and self._is_suru(phrase.after):
            return self._predicate(self._split(phrase), phrase.after, last)
        if not phrase.particle and self._is_nominal_predicate(phrase):
            return self._predicate(self._split(phrase), phrase.last, last)
        self._take(phrase)
        return max(phrase.after, phrase.last + 1)

    # --- words ---

    def _token(self, at: int) -> Token | None:
        return self.tokens[at] if at < len(self.tokens) else None

    def _is_suru(self, at: int) -> bool:
        token = self._token(at)
        return token is not None and token.pos[0] == "動詞" and token.lemma in SURU

    def _is_adverb(self, at: int) -> bool:
        """自由に, and 明らかに in 明らかにする, which is one predicate."""
        following = self._token(at + 1)
        ni = following is not None and following.surface == "に" and following.pos[0] == "助動詞"
        return ni and is_adjectival(self.tokens[at])

    def _is_verb(self, at: int) -> bool:
        """A verb or adjective, but not 高く in 高く評価した nor 引き続き."""
        token, before = self.tokens[at], self._token(at - 1) if at else None
        if token.surface in ADVERBS and (before is None or before.surface not in CASES):
            return False
        return token.pos[0] == "動詞" or (token.pos[0] == "形容詞" and not self._modifies_verb(at))

    def _modifies_verb(self, at: int) -> bool:
        token, following = self.tokens[at], self._token(at + 1)
        if following is None or not has_form(token, "連用形-一般") or not token.surface.endswith("く"):
            return False
        return following.pos[0] not in ("助詞", "助動詞") and not is_comma(following) and following.lemma != "無い"

    def _is_nominal_predicate(self, phrase: Phrase) -> bool:
        """「訪問国だ」, 「支援を表明。」, 「支援を表明、」: a noun that is a clause's predicate by だ, or by what hangs on it."""
        last, following = self.tokens[phrase.last], self._token(phrase.after)
        if following is not None and following.pos[0] == "助動詞" and following.lemma in ("だ", "です"):
            return following.surface not in ("な", "に")
        ends = following is None or following.pos[0] == "補助記号" or following.surface == "後"
        before, tree = range(phrase.first), self.tree
        governs = any(tree.heads[i] == phrase.last and tree.labels[i] not in SERVING for i in before)
        return ends and governs and is_verbal_noun(last) and tree.labels[phrase.last] not in ("nmod", "compound")

    def _split(self, phrase: Phrase) -> int:
        """Where the predicate's noun begins; a bare 16日 or a quotation before it is an argument of its own."""
        for i in range(phrase.last, phrase.first, -1):
            if self.tokens[i - 1].pos[0] in ("引用", "連体詞") or self.tokens[i - 1].surface in ("、", "の"):
                self._take(Phrase(phrase.first, i - 1, "", i, False))
                return i
        return phrase.first

    def _take(self, phrase: Phrase) -> None:
        """Keep a phrase; 「同日|「引き渡す」と|明かした」 are two."""
        last = self.tokens[phrase.last]
        if phrase.particle in ("と", "として") and phrase.last > phrase.first and last.pos[0] == "引用":
            self._take(Phrase(phrase.first, phrase.last - 1, "", phrase.last, False))
            phrase = phrase._replace(first=phrase.last)
        words = self.tokens[phrase.first : phrase.last + 1]
        named = [t.surface for t in words if t.pos[0] not in ("補助記号", "助詞") and t.surface != "など"]
        head = named[-1] if named else last.surface
        argument = Argument(self._particle(phrase), words[0].start, last.end, head)
        self.phrases.append((self._hanging(phrase), argument))

    def _particle(self, phrase: Phrase) -> str:
        particle = phrase.particle
        if particle == "として" and self.tokens[phrase.last].pos[0] == "引用":
            return "と"
        if phrase.adnominal and particle in ("と", "へ", "から", "で"):
            return particle + "の"
        return "" if particle in ("は", "も") and tells_time(self.tokens, phrase) else particle

    def _hanging(self, phrase: Phrase) -> int:
        """The word of a phrase that the tree hangs on something outside it."""
        inner = range(phrase.first, phrase.last + 1)
        outer = (i for i in reversed(inner) if self.tree.heads[i] not in inner and is_nominal(self.tokens[i]))
        return next(outer, phrase.last)

    def _predicate(self, start: int, stem: int, name: Token) -> int:
        verb = self.tokens[stem]
        tail = read_tail(self.tokens, stem + 1, verb)
        bare = verb.pos[0] in ("動詞", "形容詞") and tail.after == stem + 1
        if bare and has_form(verb, "連用形") and tail.ending in ("relative", "main"):
            tail = tail._replace(ending="renyo")
        self.predicates.append(Predicate(start, stem, name, tail))
        return self._after_marker(self.predicates[-1].after, tail)

    def _after_marker(self, at: int, tail: Tail) -> int:
        """The index after the words that tie a clause to the next predicate."""
        if tail.ending not in MARKED or self._token(at) is None or self.tokens[at - 1].surface == "と":
            return at
        at += 1
        while (token := self._token(at)) is not None and token.pos[0] == "助詞":
            at += 1
        return at

    # --- clauses ---

    def _clause(self, predicate: Predicate, inherited: tuple[Argument, ...]) -> Clause:
        tail, first = predicate.tail, self.tokens[predicate.start]
        relative = tail.ending == "relative"
        return Clause(
            start=min([first.start, *(a.start for a in predicate.arguments)]),
            end=self.tokens[predicate.after - 1].end,
            predicate=self._name(predicate),
            predicate_start=first.start,
            arguments=predicate.arguments,
            negative=tail.negative,
            voice=tail.voice,
            tense=tail.tense,
            aspect=tail.aspect,
            modality=tail.modality,
            inside=self.inside,
            relative=relative,
            head=self._noun_after(predicate) if relative else None,
            inherited=inherited,
            ending=tail.ending,
        )

    def _noun_after(self, predicate: Predicate) -> Argument | None:
        """The noun that a relative clause describes: the one it hangs on, else the next."""
        noun = self.tokens[self.tree.heads[predicate.start]]
        later = [a for _, a in self.phrases if a.start >= self.tokens[predicate.after - 1].end]
        return next((a for a in later if a.start <= noun.start < a.end), later[0] if later else None)

    def _name(self, predicate: Predicate) -> str:
        """会談した and 会談を行った are both 会談; 正常|化した is 正常化."""
        name = predicate.name
        if name.pos[0] == "接尾辞":
            before = next((t for t in self.tokens if t.end == name.start), None)
            return (before.surface if before else "") + name.surface
        if name.pos[0] not in ("動詞", "形容詞"):
            return name.surface
        last = predicate.arguments[-1] if predicate.arguments else None
        if name.lemma in LIGHT and last is not None and last.particle in ("を", *SUBJECTS):
            noun = next((t for t in reversed(self.tokens) if t.end <= last.end and t.surface == last.head), None)
            if noun is not None and is_verbal_noun(noun):
                return noun.surface
        return name.lemma
