"""Where the store stands when nobody says where."""

from __future__ import annotations

import os
import sys
from pathlib import Path

VARIABLE = "JITSUROKU_DB"


def default_path() -> Path:
    """``JITSUROKU_DB``, else ``jitsuroku.sqlite`` in the user's folder for data of programs."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else _data_folder() / "jitsuroku" / "jitsuroku.sqlite"


def _data_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
