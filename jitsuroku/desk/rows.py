"""What a question to the desk gives back: a tuple of frozen records that can become a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from importlib import import_module
from typing import Any, Generic, Self, TypeVar, get_type_hints

from jitsuroku.records import DocumentRecord, Evidence

R = TypeVar("R")


class Rows(tuple[R, ...], Generic[R]):
    """Records in order. ``rows.df()`` makes a pandas data frame of them; ``of`` is their type, for when there are none."""

    of: type[R] | None

    def __new__(cls, rows: Iterable[R] = (), of: type[R] | None = None) -> Self:
        made = super().__new__(cls, rows)
        made.of = of
        return made

    def df(self) -> Any:
        """One line a record, one column a field; evidence as its text, ``start`` and ``end``, lists as tuples.

        Raises ImportError, and says what to install, when pandas is missing.
        """
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise ImportError("pandas is not installed: pip install jitsuroku[pandas]") from None
        flat = [cells_of(row) for row in self]
        columns = [*(columns_of(self.of) if self.of else ()), *(name for row in flat for name in row)]
        return pandas.DataFrame(flat, columns=list(dict.fromkeys(columns)))


def columns_of(of: type[Any]) -> Iterator[str]:
    """The columns that records of a type give."""
    hints = get_type_hints(of)
    for name in (f.name for f in fields(of) if f.name != "kind"):
        yield from (name, "start", "end") if hints[name] in (Evidence, Evidence | None) else (name,)


def cells_of(row: Any) -> dict[str, Any]:
    """A record's fields as a data frame's cells."""
    cells: dict[str, Any] = {}
    for name in (f.name for f in fields(row) if f.name != "kind"):
        value = getattr(row, name)
        if isinstance(value, Evidence):
            cells |= {name: value.text, "start": value.start, "end": value.end}
        elif name == "more":
            cells[name] = tuple(e.text for e in value)
        else:
            cells[name] = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    return cells


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person named on stored pages, and on how many."""

    name: str
    country: str | None
    office: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page that a search found, with each place of its words."""

    document: DocumentRecord
    evidence: tuple[Evidence, ...]
