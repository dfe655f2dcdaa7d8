"""Briefs: an answer to a question, built from records alone, every sentence with its footnote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jitsuroku.desk.adding import read_any
from jitsuroku.desk.brief.cards import cards
from jitsuroku.desk.brief.disputes import flags_on
from jitsuroku.desk.brief.model import Brief, Note, Reference, Section
from jitsuroku.desk.brief.notes import Notes
from jitsuroku.desk.brief.points import Material, gather
from jitsuroku.desk.brief.question import Question, UnknownSubject, asked
from jitsuroku.desk.brief.references import reference_text
from jitsuroku.desk.brief.sections import (
    Draft,
    disputes,
    key_points,
    promised,
    sides,
    three_points,
    timeline,
    watch,
)
from jitsuroku.desk.brief.sentences import Teller
from jitsuroku.desk.brief.wording import LANGUAGES, Wording
from jitsuroku.desk.lines import is_sample
from jitsuroku.desk.silent import silences
from jitsuroku.language import READ_LANGUAGES
from jitsuroku.linking import independent, originals_of
from jitsuroku.records import Event, Statement, World
from jitsuroku.store import Store

__all__ = ["LANGUAGES", "Brief", "Question", "UnknownSubject", "asked", "brief_on"]

# Pages read once more to count what yielded no record; more would take longer than the brief itself.
LOOKED_AT = 25
MOST_TOLD = 15
# Fewer records, or fewer origins, are called thin.
THIN_RECORDS, THIN_ORIGINS = 5, 2


def brief_on(
    store: Store,
    question: Question,
    *,
    language: str = "en",
    three: bool = False,
    full: bool = False,
    world: World | None = None,
) -> Brief:
    """The brief on a question. ``three``: three points and a conclusion instead of all sections; ``full``: every sentence,
    where else a heading has the ``MOST_TOLD`` that most sources tell.

    Raises ValueError when the language is none of ``LANGUAGES``, KeyError when the id asked for is not in the store.
    """
    words = Wording(language)
    material = gather(store, question)
    teller = Teller(words, material.documents, _Speakers(store, words))
    title = words(
        "title.three" if three else "title.brief", question=question.title(words, _asked_for(material, teller))
    )
    if not material.points:
        about = (words("empty.all"), *_unread(store, words))
        return Brief(title, language, about, (), (), (), (), False)
    notes = Notes(material.documents)
    draft = Draft(material, teller, notes, flags_on(store, material), None if full else MOST_TOLD)
    sections = tuple(_sections(draft, three))
    used = notes.all()
    about = tuple(_about(store, draft, used, sections, world))
    references = tuple(
        Reference(number, material.documents[id], reference_text(material.documents[id], words))
        for id, number in notes.pages.items()
    )
    sample = any(note.sample for note in used)
    return Brief(title, language, about, sections, () if three else cards(material, words), used, references, sample)


def _asked_for(material: Material, teller: Teller) -> str:
    """What was done, said or promised, where the question is its id."""
    id = material.question.told or ""
    point = next((p for p in material.points if id in p.ids or id == p.cluster), None)
    return teller.bare(point.chief) if point else ""


def _sections(draft: Draft, three: bool) -> Iterable[Section]:
    if three:
        return three_points(draft)
    if draft.material.question.promises:
        return (promised(draft), disputes(draft), watch(draft))
    return (key_points(draft), sides(draft), disputes(draft), promised(draft), timeline(draft), watch(draft))


class _Speakers:
    """Who made the statement with an id, looked up where a record is asserted by one."""

    def __init__(self, store: Store, words: Wording) -> None:
        self.store, self.words = store, words

    def __call__(self, id: str) -> str | None:
        """The speaker, or None when the statement is not in the store."""
        try:
            record = self.store.by_id(id)
        except KeyError:
            return None
        if not isinstance(record, Statement):
            return None
        return self.words.person(record.speaker, record.for_[0] if len(record.for_) == 1 else None)


def _about(
    store: Store, draft: Draft, notes: Sequence[Note], sections: Sequence[Section], world: World | None
) -> Iterator[str]:
    """What the brief stands on, whether that is thin, and what is not in it."""
    words, material = draft.teller.words, draft.material
    pages = {note.document: material.documents[note.document] for note in notes}
    if any(is_sample(page) for page in pages.values()):
        yield words("about.sample")
    origins = len(independent(tuple(pages.values()), originals_of(pages.values())))
    records = {id for section in sections for line in section.lines() for id in line.records}
    counts = {"records": len(records), "pages": len(pages), "independent": origins}
    yield words("about.stands", **{key: str(value) for key, value in counts.items()})
    if len(records) < THIN_RECORDS or origins < THIN_ORIGINS:
        yield words("about.thin")
    looked, silent = _silent(store, sorted(pages), world)
    yield words("about.silent", silent=str(silent), read=str(looked), pages=str(len(pages)))
    if material.as_of:
        yield words("about.as-of", day=words.day(material.as_of))
    timed = any(section.key == "timeline" for section in sections)
    yield from _left_out(material, words, timed=timed)
    yield from _unread(store, words)


def _silent(store: Store, pages: Sequence[str], world: World | None) -> tuple[int, int]:
    """How many pages were read once more, and how many of their sentences yielded no record."""
    looked = pages[:LOOKED_AT]
    return len(looked), sum(len(silences(read_any(store.page(page), world), ())) for page in looked)


def _left_out(material: Material, words: Wording, *, timed: bool) -> Iterator[str]:
    if material.undated:
        yield words("about.undated", number=str(material.undated))
    acts = sum(point.date is None for point in material.of(Event))
    if acts and timed:
        yield words("about.undated-acts", number=str(acts))
    for kept, found in material.cut:
        yield words("about.cut", kept=str(kept), found=str(found))


def _unread(store: Store, words: Wording) -> Iterator[str]:
    unread = sum(number for language, number in store.languages().items() if language not in READ_LANGUAGES)
    if unread:
        yield words("about.unread", number=str(unread))
