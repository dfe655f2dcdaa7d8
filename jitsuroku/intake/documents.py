"""PDF and Word files -> their text, by libraries that are extras."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from zipfile import BadZipFile, ZipFile

from jitsuroku.intake.received import LIMITS, Limits, PageError

PDF_WALK, WORD_WALK = "pdf/1", "docx/1"
MOST_PAGES = 5000
MOST_TEXT = 20_000_000
# A line is full from so much of the broadest; a sentence ends, or a point of a list begins, with one of these.
FULL = 0.85
ENDS = ("。", "！", "？", "．", ".", "!", "?", ":", "：")
BEGINS = ("・", "●", "○", "■", "□", "◆", "◇", "※", "＊", "-", "•", "　")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def text_of_pdf(data: bytes, source: str) -> str:
    """The text of a PDF file, its pages parted by an empty line. Raises PageError when it holds none."""
    try:
        import pypdfium2
    except ImportError as problem:
        raise PageError(f"{source}: PDF needs the extra [read-pdf]; install jitsuroku[read-pdf]") from problem
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            text = "\n\n".join(_texts(document))
    except pypdfium2.PdfiumError as problem:
        raise PageError(f"{source}: cannot be opened as PDF ({problem}); save it again or give its text") from problem
    if not text.strip():
        raise PageError(f"{source}: a PDF of pictures without text; recognise its text first (OCR)")
    return text


def _texts(document: Any) -> Iterator[str]:
    size = 0
    for n in range(min(len(document), MOST_PAGES)):
        with closing(document[n]) as page, closing(page.get_textpage()) as words:
            text = words.get_text_range().replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
        size += len(text)
        if size > MOST_TEXT:
            return
        yield unwrapped(text)


def unwrapped(text: str) -> str:
    """A page's lines with those joined that end where the paper ends and not where the sentence does."""
    lines = [line.strip() for line in text.split("\n")]
    full = FULL * max(map(_breadth, lines), default=0)
    joined = ""
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        goes_on = _breadth(line) >= full and after and not line.endswith(ENDS) and not after.startswith(BEGINS)
        joined += line + (("" if _breadth(line[-1]) == 2 else " ") if goes_on else "\n")
    return joined.rstrip("\n")


def _breadth(text: str) -> int:
    """How broad a text is on paper: a Japanese character as two of others."""
    return sum(2 if c > "\u2e80" else 1 for c in text)


def text_of_word(data: bytes, source: str, limits: Limits = LIMITS) -> str:
    """The paragraphs of a Word file, those of tables among them, a line each. Raises PageError when it is none."""
    try:
        import docx
    except ImportError as problem:
        raise PageError(f"{source}: Word files need the extra [docx]; install jitsuroku[docx]") from problem
    try:
        with ZipFile(io.BytesIO(data)) as file:
            size = sum(member.file_size for member in file.infolist())
        if size > limits.page * 4:
            raise PageError(f"{source}: unpacks to more than {limits.page * 4 // 1_000_000} MB; save its text")
        body = docx.Document(io.BytesIO(data)).element.body
    except PageError:
        raise
    except (BadZipFile, KeyError, ValueError, OSError, NotImplementedError, SyntaxError) as problem:
        raise PageError(f"{source}: cannot be opened as a Word file; save it again or give its text") from problem
    return "\n".join(_words(paragraph) for paragraph in body.iter(f"{WORD}p"))


def _words(paragraph: Any) -> str:
    """A paragraph's words; a text box stands in a paragraph and has paragraphs of its own, which come by themselves."""
    told = {f"{WORD}t": None, f"{WORD}tab": "\t", f"{WORD}br": "\n"}
    own = (n for n in paragraph.iter(*told) if next(n.iterancestors(f"{WORD}p")) is paragraph)
    return "".join(told[n.tag] or n.text or "" for n in own)
