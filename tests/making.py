"""What tests make things from: pages of our own text, the Japanese tables, the world, tables of cases."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jitsuroku.contract import document_id
from jitsuroku.language import load
from jitsuroku.pipeline import world as load_world
from jitsuroku.records import Block, Document, Found, Language, Page, World

CASES = Path(__file__).parent / "cases"


@lru_cache(maxsize=1)
def japanese() -> Language:
    return load("ja")


@lru_cache(maxsize=1)
def whole_world() -> World:
    return load_world()


def page_of(text: str, source: str = "case.txt") -> Page:
    return Page(document_id(source, text), source, None, text, text, "text/1", "utf-8")


def document_of(page: Page, anchor: str | None = None) -> Document:
    """Every line of the page as a paragraph of the body."""
    blocks, at = [], 0
    for line in page.text.split("\n"):
        if line.strip():
            blocks.append(Block(at, at + len(line), "body", True, "test"))
        at += len(line) + 1
    genre = Found("news", None, "test")
    return Document(tuple(blocks), None, (), None, None, None, None, None, anchor, "test", genre)


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a table of cases; lines that start with # are notes."""
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]
