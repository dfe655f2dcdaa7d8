"""A PostgreSQL server of the tests' own: made in a folder of its own, run by a user without rights, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from jitsuroku.store import IN_MEMORY, Server, Store

PROGRAMS = ("initdb", "pg_ctl", "pg_dump", "pg_restore", "psql")
WHERE_DEBIAN_HAS_THEM = Path("/usr/lib/postgresql")
# It holds nothing that has to outlive a failing test.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_wal_size=256MB"
ROOM = 1_000_000_000
# Much faster than TRUNCATE for a few rows.
EMPTIED = """
SET session_replication_role = replica;
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'jitsuroku' AND tablename <> 'state' LOOP
        EXECUTE format('DELETE FROM jitsuroku.%I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'jitsuroku' LOOP
        EXECUTE format('ALTER SEQUENCE jitsuroku.%I RESTART', name);
    END LOOP;
END $$
"""


def programs() -> Path | None:
    """The folder of the newest server's programs; None where there is none."""
    folders = sorted(WHERE_DEBIAN_HAS_THEM.glob("*/bin"), key=lambda folder: int(folder.parent.name.split(".")[0]))
    named = shutil.which("initdb")
    found = [*([Path(named).parent] if named else []), *folders]
    return next((f for f in reversed(found) if all((f / name).exists() for name in PROGRAMS)), None)


def missing() -> str:
    """Why there can be no server here; "" when there can."""
    if os.name != "posix":
        return "a server of the tests' own needs a POSIX system"
    if find_spec("psycopg") is None:
        return "psycopg is not installed; ./dev extra postgres"
    if programs() is None:
        return "no PostgreSQL server here; Debian: apt-get install postgresql"
    return ""


class Fresh(Protocol):
    """Gives where an empty store may be made: in memory or in the file named, or on a server."""

    def __call__(self, file: Path | str = IN_MEMORY) -> Path | str: ...


def roomy() -> str | None:
    """A folder in memory where there is one with room; what a disk does meanwhile then costs the tests nothing."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


class Cluster:
    """A running server, reached by a socket in its folder alone."""

    def __init__(self) -> None:
        bin_folder = programs()
        assert bin_folder is not None
        self.programs = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="jitsuroku-server-", dir=roomy()))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self._numbers = count(1)
        self._clean: list[str] = []
        self._start()

    def _start(self) -> None:
        data, log = self.folder / "data", self.folder / "log"
        self.run("initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {self.folder} -c listen_addresses='' {CARELESS}"
        self.run("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")

    def run(self, program: str, *words: object) -> str:
        """Run one of the server's programs as the server's user; gives what it prints."""
        command = [str(self.programs / program), *map(str, words)]
        with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
            ran = subprocess.run(command, stdout=out, stderr=out, cwd=self.folder, check=False, **self._as)
            out.seek(0)
            told = out.read()
        assert ran.returncode == 0, told
        return told

    def break_off(self, address: str) -> None:
        """End every connection to a database, as a server does that is restarted."""
        name = Server(address).database
        with self.connected() as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

    def stop(self) -> None:
        """Stop the server and take its folder away."""
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def address(self, database: str, user: str = "owner") -> str:
        """The address of a database."""
        return f"postgresql://{user}@/{database}?host={self.folder}"

    @contextmanager
    def connected(self, database: str = "postgres", user: str = "owner") -> Iterator[Any]:
        """A connection beside the store's own."""
        import psycopg

        with psycopg.connect(self.address(database, user), autocommit=True) as connection:
            yield connection

    def database(self) -> str:
        """A new database with nothing in it, by name."""
        name = f"d{next(self._numbers)}"
        with self.connected() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return name

    def empty_store(self) -> str:
        """A database with an empty store, by name."""
        if self._clean:
            return self._clean.pop()
        name = self.database()
        Store(self.address(name)).close()
        return name

    def take_back(self, databases: list[str]) -> None:
        """Empty stores that a test is done with, for the next one."""
        for name in databases:
            with self.connected(name) as connection:
                connection.execute(EMPTIED)
            self._clean.append(name)


class Databases:
    """Stores on a server in the place of files: each file name, and each store in memory, is a database."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._files: dict[str, str] = {}
        self._used: list[str] = []

    def fresh(self, file: Path | str = IN_MEMORY) -> str:
        """The address of an empty store, whatever file might hold it elsewhere."""
        self._used.append(self.cluster.empty_store())
        return self.cluster.address(self._used[-1])

    def instead_of(self, path: object, *, create: bool) -> str:
        """The address of the store that a test means by a file or by none."""
        name = str(path)
        if name.startswith("postgresql://"):
            return path if isinstance(path, str) else name
        if name == IN_MEMORY:
            return self.fresh()
        if name not in self._files:
            if not create:
                return self.cluster.address("postgres")
            self._files[name] = self.fresh()
        return self._files[name]

    def give_back(self) -> None:
        """Done with all of them."""
        self.cluster.take_back(self._used)
        self._used, self._files = [], {}
