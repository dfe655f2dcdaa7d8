"""The address of a store on a server, which never shows its password."""

from __future__ import annotations

import re
from typing import Self
from urllib.parse import parse_qsl, unquote

ADDRESS = re.compile(
    r"(?P<scheme>postgres(?:ql)?)://(?:(?P<user>[^:@/?#\s]*)(?::(?P<password>[^@/?#\s]*))?@)?(?P<hosts>[^@/?#\s]*)"
    r"(?:/(?P<database>[^@/?#\s]*))?(?:\?(?P<options>[^#\s]*))?"
)
SCHEMES = ("postgresql://", "postgres://")
WRITTEN = "postgresql://USER@HOST/DATABASE"


class Server(str):
    """A store on a server. As text it is what may be shown; ``whole`` is the address as it was given."""

    __slots__ = ("database", "whole")
    whole: str
    database: str

    def __new__(cls, address: str) -> Self:
        """From an address. Raises ValueError, which does not repeat it, when it is none."""
        if isinstance(address, cls):
            return address
        found = ADDRESS.fullmatch(address)
        if found is None:
            raise ValueError(
                f"no address of a server; write {WRITTEN}, special characters of a password as %XX, or keep the password "
                "in the file that PGPASSFILE names"
            )
        user = f"{found['user']}@" if found["user"] else ""
        options = parse_qsl(found["options"] or "")
        places = "&".join(f"{name}={value}" for name, value in options if name in ("host", "port"))
        database = found["database"] or dict(options).get("dbname", "")
        shown = f"postgresql://{user}{found['hosts']}/{database}" + (f"?{places}" if places else "")
        made = super().__new__(cls, shown)
        made.whole, made.database = address, unquote(database)
        return made


def is_server(name: object) -> bool:
    """Whether a name means a store on a server."""
    return isinstance(name, str) and name.startswith(SCHEMES)
