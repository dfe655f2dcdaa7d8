"""The script ./dev on a machine that is not as it should be, and what it promises of a set-up that stands."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ("python3", "python3.11", "python3.12", "python3.13", "python3.14")
STUB = """#!/bin/sh
case "$*" in
*version_info*) {version}; exit ;;
*ensurepip*) {venv}; exit ;;
esac
exit {code}
"""


def checkout(folder: Path) -> Path:
    """What ./dev needs of a checkout, in a folder of its own whose name has a space."""
    own = folder / "a checkout"
    own.mkdir()
    for name in ("dev", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, own / name)
    return own


def run_with(pythons: dict[str, str], folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """./dev with these scripts in place of every Python of the machine."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    for name in NAMES:
        (programs / name).write_text(pythons.get(name, "#!/bin/sh\nexit 127\n"), encoding="utf-8")
        (programs / name).chmod(0o755)
    environment = {**os.environ, "PATH": f"{programs}:/usr/bin:/bin"}
    command = [checkout(folder) / "dev", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL, timeout=60
    )


def test_without_venv_the_one_package_that_is_missing_is_named(tmp_path: Path) -> None:
    stub = STUB.format(version="echo 3.11", venv="exit 1", code=0)
    ran = run_with({"python3": stub}, tmp_path, "demo")
    assert ran.returncode != 0
    assert "Python 3.11 cannot make a virtual environment; install it: sudo apt install python3.11-venv" in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "a checkout" / ".venv").exists()


def test_without_a_python_that_fits_that_is_said(tmp_path: Path) -> None:
    ran = run_with({"python3": STUB.format(version=":", venv="exit 0", code=0)}, tmp_path, "test")
    assert ran.returncode != 0
    assert "no Python from 3.11 to 3.14 found" in ran.stderr


def test_a_python_that_can_is_taken_before_one_that_cannot(tmp_path: Path) -> None:
    cannot = STUB.format(version="echo 3.11", venv="exit 1", code=0)
    can = STUB.format(version="echo 3.13", venv="exit 0", code=9)
    ran = run_with({"python3": cannot, "python3.13": can}, tmp_path, "demo")
    assert "setting up .venv with" in ran.stderr
    assert "could not make .venv with" in ran.stderr.splitlines()[-1]
    assert "python3.13" in ran.stderr.splitlines()[-1]


def test_unknown_commands_and_extras_are_named(tmp_path: Path) -> None:
    ran = run_with({}, tmp_path, "nonsense")
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1] == "dev: unknown command: nonsense"
    assert "./dev demo" in ran.stderr


def test_help_names_every_command() -> None:
    script = (ROOT / "dev").read_text(encoding="utf-8")
    commands = set(re.findall(r"^    ([a-z]+)\) ", script, re.M)) | {"demo", "run", "format", "accept"}
    usage = subprocess.run([ROOT / "dev"], capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^\./dev (\w+)", usage, re.M)) == commands


def test_a_standing_set_up_is_used_again_at_once() -> None:
    if Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
        pytest.skip("these tests do not run in the .venv that ./dev made")
    took = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([ROOT / "dev", "run", "--version"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(took) < 0.5
