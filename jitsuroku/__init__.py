"""Reads Japanese news pages about international politics into a record in which every line is traced to its words.

``Desk`` keeps pages in a store and answers questions; ``brief`` writes a brief from a store; ``read`` reads one page
without a store; ``World`` is the type of
the tables of facts the reader uses. Nothing is imported before it is asked for, so that the command line starts fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jitsuroku.desk.query import Desk, brief, read
    from jitsuroku.records import World

__version__ = "0.1.0"
__all__ = ["Desk", "World", "__version__", "brief", "read"]


def __getattr__(name: str) -> Any:
    if name in ("Desk", "brief", "read"):
        from jitsuroku.desk import query

        return getattr(query, name)
    if name == "World":
        from jitsuroku.records import World

        return World
    raise AttributeError(f"module 'jitsuroku' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
