"""The commands that serve: where they answer, and how they end."""

from __future__ import annotations

import os
import pty
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.running import run

COMMAND = [sys.executable, "-m", "jitsuroku"]
OPEN = re.compile(r"The desk is open at (\S+)")


@contextmanager
def at_a_terminal(*arguments: object, **environment: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A command whose output is a terminal; the number is that of its other end."""
    ours, theirs = pty.openpty()
    # A browser that does nothing, so that none is opened on the machine of who runs the tests.
    kept = {k: v for k, v in os.environ.items() if k != "CI"}
    command = [*COMMAND, *map(str, arguments)]
    with subprocess.Popen(
        command, stdout=theirs, stderr=theirs, env={**kept, "BROWSER": "true", **environment}
    ) as process:
        os.close(theirs)
        try:
            yield process, ours
        finally:
            process.kill()
            os.close(ours)


def read(terminal: int, until: re.Pattern[str]) -> str:
    """What the terminal shows until something is found, or all of it."""
    shown = ""
    while not until.search(shown):
        try:
            shown += os.read(terminal, 10_000).decode("utf-8", "replace")
        except OSError:
            return shown
    return shown


@pytest.mark.slow
def test_the_demo_ends_by_serving_what_most_sources_tell() -> None:
    with at_a_terminal("demo") as (process, terminal):
        found = OPEN.search(read(terminal, re.compile(r"Ctrl-C closes it")))
        assert found
        assert "/told/cluster" in found[1]
        with urllib.request.urlopen(found[1], timeout=20) as answer:
            assert "8 reports, 7 independent origins" in answer.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "environment"), [(["--no-serve"], {}), ([], {"CI": "true"}), (["--json"], {})])
def test_the_demo_ends_without_serving(arguments: list[str], environment: dict[str, str]) -> None:
    with at_a_terminal("demo", *arguments, **environment) as (process, terminal):
        assert not OPEN.search(read(terminal, OPEN))
        assert process.wait(20) == 0


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = run("serve", "--db", tmp_path / "own.sqlite", "--port", taken.getsockname()[1])
    assert ran.code == 3
    assert "choose another --port" in ran.err
