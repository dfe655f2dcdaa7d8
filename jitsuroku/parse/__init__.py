"""Document -> Sentences: where a sentence ends, what stands in quotation marks, who does what in each clause."""

from __future__ import annotations

from dataclasses import replace

from jitsuroku.contract import fold_page
from jitsuroku.lexicon import askers_of
from jitsuroku.parse.clauses import read_clauses
from jitsuroku.parse.headlines import spelt_out
from jitsuroku.parse.sentences import label_of, quotations_of, split_block
from jitsuroku.parse.trees import clause_reader
from jitsuroku.records import (
    Argument,
    Block,
    Clause,
    ClauseReader,
    Document,
    Language,
    Page,
    Quotation,
    Sentence,
    Span,
    Token,
)

SUBJECTS = ("は", "が", "も")
READERS = ("own", "ginza")


def reader_named(name: str) -> ClauseReader:
    """One of READERS: our own reader of clauses, or the one that stands on GiNZA's parses (the extra [ginza]).

    Raises ValueError for another name, ginza.ReaderMissing when the extra is not installed.
    """
    if name == "own":
        return read_clauses
    if name == "ginza":
        from jitsuroku.parse.ginza import ginza_trees

        return clause_reader(ginza_trees())
    raise ValueError(f"no clause reader is called {name!r}; there are: {', '.join(READERS)}")


def parse(page: Page, document: Document, language: Language | None) -> tuple[Sentence, ...]:
    """The sentences of the body in page order, with tokens and clauses where the language is read.

    A page in a language that is not read has sentences without tokens, so that its words still stand in the record.
    """
    folded = fold_page(page.text)
    sentences: list[Sentence] = []
    for number, block in enumerate(document.blocks):
        if not block.kept:
            continue
        topic: Argument | None = None
        label = _label(folded, block, document)
        if label and language and not askers_of(language).search(folded[label.start : label.end]):
            quotations = quotations_of(folded, label)
            sentences.append(Sentence(label.start, label.end, number, *_words(folded, label, quotations, language)))
        for span in split_block(folded, label.end + 1 if label else block.start, block.end):
            quotations = quotations_of(folded, span)
            tokens, _, clauses = _words(folded, span, quotations, language)
            clauses, topic = _carry_topic(clauses, topic)
            sentences.append(Sentence(span.start, span.end, number, tokens, quotations, clauses))
    return tuple(sentences)


def _label(folded: str, block: Block, document: Document) -> Span | None:
    """Who speaks a line of a transcript; the label is no part of what is said."""
    return label_of(folded, block.start, block.end) if document.genre.value == "transcript" else None


def _words(
    folded: str, span: Span, quotations: tuple[Quotation, ...], language: Language | None
) -> tuple[tuple[Token, ...], tuple[Quotation, ...], tuple[Clause, ...]]:
    """What a sentence holds; no words and clauses in a language that is not read."""
    if language is None:
        return (), quotations, ()
    tokens = language.tokenize(folded[span.start : span.end], span.start)
    return tokens, quotations, (language.read_clauses or read_clauses)(spelt_out(tokens), quotations)


def _carry_topic(clauses: tuple[Clause, ...], topic: Argument | None) -> tuple[tuple[Clause, ...], Argument | None]:
    """One main verb in five has no written subject; it takes the last topic of its paragraph.

    「首相は会見を開いた。外相とも協議した。」: the second sentence is about the prime minister too.
    """
    carried: list[Clause] = []
    main: Clause | None = None
    told = False
    for clause in clauses:
        if clause.inside < 0:
            if topic and not clause.relative and clause.voice != "passive" and not subject_of(clause):
                about = _teller(clauses, clause) or topic
                clause = replace(clause, inherited=(*clause.inherited, about))
            written = [a for a in clause.arguments if a.particle == "は"]
            told = told or bool(written)
            if written and not clause.relative:
                topic = written[0]
            if clause.ending == "main":
                main = clause
        carried.append(clause)
    if main is not None and not told:
        # 「|軍が|反乱を起こし、権力を握った。首相を捕らえた」: the subject of the first of two verbs too.
        topic = next((a for a in (*main.arguments, *main.inherited) if a.particle == "が"), topic)
    return tuple(carried), topic


def _teller(clauses: tuple[Clause, ...], clause: Clause) -> Argument | None:
    """「甲国は首都を守った。|乙国も|基地を攻撃したと主張した」: 乙国, who tells it, has attacked, not whom the sentence before is about."""
    if clause.ending != "quote":
        return None
    later = next((c for c in clauses if c.inside < 0 and not c.relative and c.predicate_start >= clause.end), None)
    tellers = later.arguments if later is not None else ()
    return next((a for a in tellers if a.particle in ("も", "が") and a.end <= clause.start), None)


def subject_of(clause: Clause) -> Argument | None:
    """The clause's subject as written or inherited: が before は before も."""
    for pool in (clause.arguments, clause.inherited):
        for particle in ("が", "は", "も"):
            for argument in pool:
                if argument.particle == particle:
                    return argument
    return None
