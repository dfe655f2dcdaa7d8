"""Document -> Sentences: where a sentence ends, what stands in quotation marks, who does what in each clause."""

from __future__ import annotations

from dataclasses import replace

from jitsuroku.contract import fold_page
from jitsuroku.lexicon import askers_of
from jitsuroku.parse.clauses import read_clauses
from jitsuroku.parse.headlines import spelt_out
from jitsuroku.parse.sentences import label_of, quotations_of, split_block
from jitsuroku.parse.trees import clause_reader
from jitsuroku.records import Argument, Block, Clause, ClauseReader, Document, Language, Page, Sentence, Span

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
            sentences.append(_read(folded, label, number, language))
        for span in split_block(folded, label.end + 1 if label else block.start, block.end):
            sentence = _read(folded, span, number, language)
            sentence, topic = _carry_topic(sentence, topic)
            sentences.append(sentence)
    return tuple(sentences)


def _label(folded: str, block: Block, document: Document) -> Span | None:
    """Who speaks a line of a transcript; the label is no part of what is said."""
    return label_of(folded, block.start, block.end) if document.genre.value == "transcript" else None


def _read(folded: str, span: Span, paragraph: int, language: Language | None) -> Sentence:
    quotations = quotations_of(folded, span)
    if language is None:
        return Sentence(span.start, span.end, paragraph, (), quotations, ())
    tokens = language.tokenize(folded[span.start : span.end], span.start)
    clauses = (language.read_clauses or read_clauses)(spelt_out(tokens), quotations)
    return Sentence(span.start, span.end, paragraph, tokens, quotations, clauses)


def _carry_topic(sentence: Sentence, topic: Argument | None) -> tuple[Sentence, Argument | None]:
    """One main verb in five has no written subject; it takes the last topic of its paragraph.

    「首相は会見を開いた。外相とも協議した。」: the second sentence is about the prime minister too.
    """
    clauses: list[Clause] = []
    for clause in sentence.clauses:
        outer = clause.inside < 0
        if outer and topic and not clause.relative and not subject_of(clause) and clause.voice != "passive":
            clause = replace(clause, inherited=(*clause.inherited, topic))
        clauses.append(clause)
        written = [a for a in clause.arguments if a.particle == "は"]
        if outer and written and not clause.relative:
            topic = written[0]
    mains = [c for c in clauses if c.inside < 0 and c.ending == "main"]
    if mains and not any(a.particle == "は" for c in clauses if c.inside < 0 for a in c.arguments):
        topic = next((a for a in mains[-1].arguments if a.particle == "が"), topic)
    return replace(sentence, clauses=tuple(clauses)), topic


def subject_of(clause: Clause) -> Argument | None:
    """The clause's subject as written or inherited: が before は before も."""
    for pool in (clause.arguments, clause.inherited):
        for particle in ("が", "は", "も"):
            for argument in pool:
                if argument.particle == particle:
                    return argument
    return None
