"""Runs a program that is given a text and answers with a text: for so long, and with so much, and no more."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from threading import Timer

MOST_BYTES = 1_000_000


class ProgramFailed(RuntimeError):
    """The program gave no answer that can be used; the message says why."""


def answer_of(command: Sequence[str], told: str, *, seconds: float) -> str:
    """What a program writes to its standard output when it is given ``told`` on its standard input; what it writes to its
    standard error goes to ours. No shell is asked.

    Raises ProgramFailed when it cannot be started, takes longer than ``seconds``, writes more than a megabyte, ends with a code
    other than 0, or writes no UTF-8. What it started itself is ended with it.
    """
    name = command[0] if command else ""
    with tempfile.TemporaryFile() as given:
        given.write(told.encode("utf-8", "surrogatepass"))
        given.seek(0)
        try:
            process = subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, start_new_session=True)
        except (OSError, IndexError, ValueError) as problem:
            raise ProgramFailed(f"{name}: cannot be started ({problem}); name a program and its arguments") from problem
        data, late = _read(process, seconds)
    if late:
        raise ProgramFailed(f"{name}: gave no whole answer within {seconds:g} s; give it longer with --timeout")
    if len(data) > MOST_BYTES:
        raise ProgramFailed(f"{name}: answered with more than {MOST_BYTES:,} bytes; nothing of it is taken")
    if process.returncode:
        raise ProgramFailed(f"{name}: ended with code {process.returncode}; its own messages say why")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise ProgramFailed(f"{name}: answered with what is no UTF-8 (byte {problem.start})") from problem


def _read(process: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, bool]:
    """Its output up to a byte more than is taken, and whether it was late."""
    late = []

    def end() -> None:
        late.append(True)
        _kill(process)

    timer = Timer(seconds, end)
    timer.start()
    try:
        assert process.stdout is not None
        data = process.stdout.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            _kill(process)
        process.wait()
    finally:
        timer.cancel()
        _kill(process)
        process.stdout.close() if process.stdout else None
    return data, bool(late)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it started; one that has ended already is left alone."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
