"""Word files: their text as a page, and a copy with comments at the places told; by python-docx, an extra."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from jitsuroku.desk.terminal import CONTROL
from jitsuroku.intake import PageError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

SUFFIX = ".docx"
# What a file may unpack to; one page of text needs a thousandth of it.
LARGEST = 100_000_000
AUTHOR, INITIALS = "jitsuroku", "JR"
ONLY_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KEPT = (f"{ONLY_TEXT}t", f"{ONLY_TEXT}rPr")


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on ``text[start:end]``."""

    start: int
    end: int
    text: str


def word_text(path: Path) -> str:
    """The paragraphs of a Word file, those of tables among them, a line each. Raises PageError when it is none."""
    return "\n".join(_text_of(paragraph) for paragraph in _paragraphs(_opened(path)))


def write_comments(path: Path | None, text: str, comments: Iterable[Comment], target: Path) -> None:
    """Write a copy of the Word file at ``path`` (None: a new one with ``text``) with the comments, whole or not at all.

    Raises OSError when that is not possible.
    """
    document = _opened(path) if path is not None else _made(text)
    starts, at = [], 0
    for paragraph in _paragraphs(document):
        starts.append((at, paragraph))
        at += len(_text_of(paragraph)) + 1
    # From the end, so that the parts of a paragraph in front keep their places when it is taken apart.
    for comment in sorted(comments, key=lambda c: (c.start, c.end), reverse=True):
        start, paragraph = max((s for s in starts if s[0] <= comment.start), key=lambda s: s[0])
        runs = _runs_at(paragraph, comment.start - start, comment.end - start)
        if runs:
            document.add_comment(runs, CONTROL.sub("", comment.text), AUTHOR, INITIALS)
    beside = target.with_name(f".{target.name}.part")
    try:
        document.save(str(beside))
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _opener() -> Callable[..., Document]:
    """What opens and makes Word files. Raises ImportError, and says what to install, when python-docx is missing."""
    try:
        from docx import Document as opened
    except ImportError:
        raise ImportError("python-docx is not installed: pip install jitsuroku[docx]") from None
    return opened


def _opened(path: Path) -> Document:
    open_document = _opener()
    try:
        with ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST:
                raise PageError(f"{path}: unpacks to more than {LARGEST // 1_000_000} MB; save its text alone")
        return open_document(str(path))
    except PageError:
        raise
    except (BadZipFile, KeyError, ValueError, SyntaxError) as problem:
        raise PageError(f"{path}: is no Word file ({problem}); save it as .docx or as text") from problem


def _made(text: str) -> Document:
    document = _opener()()
    for line in text.split("\n"):
        document.add_paragraph(CONTROL.sub(" ", line))
    return document


def _paragraphs(container: Any) -> Iterator[Paragraph]:
    """The paragraphs of the body in order; those of a table row by row, a merged cell once."""
    from docx.table import Table

    for block in container.iter_inner_content():
        if isinstance(block, Table):
            seen: set[Any] = set()
            for cell in (cell for row in block.rows for cell in row.cells):
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    yield from _paragraphs(cell)
        else:
            yield block


def _runs(paragraph: Paragraph) -> Iterator[Run]:
    from docx.text.run import Run

    for inner in paragraph.iter_inner_content():
        if isinstance(inner, Run):
            yield inner
        else:
            yield from inner.runs


def _text_of(paragraph: Paragraph) -> str:
    """The text of its runs; a line break within is a space, so that a paragraph stays one line."""
    return "".join(_line(run.text) for run in _runs(paragraph))


def _line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _runs_at(paragraph: Paragraph, start: int, end: int) -> list[Run]:
    """The runs that hold these characters; a run of text alone is cut where they begin and end."""
    found, at = [], 0
    for run in list(_runs(paragraph)):
        length = len(run.text)
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            found.append(_cut(run, first, last))
        at += length
    return found


def _cut(run: Run, first: int, last: int) -> Run:
    from docx.text.run import Run

    text = run.text
    if any(child.tag not in KEPT for child in run._r) or (first, last) == (0, len(text)):
        return run
    parts = [run]
    for _ in range(2):
        copy = deepcopy(run._r)
        parts[-1]._r.addnext(copy)
        parts.append(Run(copy, run._parent))
    for part, words in zip(parts, (text[:first], text[first:last], text[last:]), strict=True):
        part.text = words
    return parts[1]
