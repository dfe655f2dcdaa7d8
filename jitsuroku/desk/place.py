"""Where the store stands when nobody says where."""

from __future__ import annotations

import os
import sys
from os import PathLike
from pathlib import Path

from jitsuroku.store import Server, StoreError, is_server

VARIABLE = "JITSUROKU_DB"


def default_place() -> Path | Server:
    """``JITSUROKU_DB``, else ``jitsuroku.sqlite`` in the user's folder for data of programs. Raises StoreError when it is
    no address of a server and begins as one."""
    named = os.environ.get(VARIABLE)
    try:
        return place_of(named) if named else _data_folder() / "jitsuroku" / "jitsuroku.sqlite"
    except ValueError as problem:
        raise StoreError(f"{VARIABLE}: {problem}") from None


def place_of(name: str | PathLike[str]) -> Path | Server:
    """The file, or the server (``postgresql://…``), that a name means. Raises ValueError when it begins as the address of a
    server and is none, as a path made of one, which has lost a stroke."""
    if isinstance(name, PathLike) and str(name).startswith(("postgresql:", "postgres:")):
        raise ValueError("the address of a server is text and no path")
    return Server(str(name)) if is_server(name) else Path(name)


def _data_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
