"""What a question to the desk gives back: a tuple of frozen records that can become a data frame."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from importlib import import_module
from typing import Any, Generic, TypeVar

from jitsuroku.records import DocumentRecord, Evidence

R = TypeVar("R")


class Rows(tuple[R, ...], Generic[R]):
    """Records in order. ``rows.df()`` makes a pandas data frame of them."""

    __slots__ = ()

    def df(self) -> Any:
        """One line a record, one column a field; evidence as its text, ``start`` and ``end``, lists as tuples.

        Raises ImportError, and says what to install, when pandas is missing.
        """
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise ImportError("pandas is not installed: pip install jitsuroku[pandas]") from None
        flat = [_flat(row) for row in self]
        return pandas.DataFrame(flat, columns=list(dict.fromkeys(name for row in flat for name in row)))


def _flat(row: Any) -> dict[str, Any]:
    """A record's fields as a data frame's cells."""
    cells: dict[str, Any] = {}
    for name in (f.name for f in fields(row) if f.name != "kind"):
        value = getattr(row, name)
        if isinstance(value, Evidence):
            cells |= {name: value.text, "start": value.start, "end": value.end}
        elif name == "more":
            cells[name] = tuple(e.text for e in value)
        else:
            cells[name] = asdict(value) if hasattr(value, "__dataclass_fields__") else value
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
