"""What is handed on leaves private pages out, unless it is asked for with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku import brief
from tests.cli.running import page, run
from tests.desk.export.pages import NEVER, OPEN, PRIVATE, SECRET


@pytest.fixture
def db(tmp_path: Path) -> Path:
    made = tmp_path / "my.sqlite"
    assert run("add", page(tmp_path, "open.txt", OPEN), "--db", made).code == 0
    assert run("add", "--private", page(tmp_path, "private-page.txt", PRIVATE), "--db", made).code == 0
    return made


@pytest.mark.parametrize(
    "command", [("brief", "--full"), ("report",), ("brief", "--full", "--json"), ("report", "--json")]
)
def test_printed(db: Path, command: tuple[str, ...]) -> None:
    without = run(*command, "--db", db)
    assert [word for word in NEVER if word in without.out] == []
    assert without.err == "1 private page is left out; --with-private takes them in\n"
    whole = run(*command, "--with-private", "--db", db)
    assert any(word in whole.out for word in NEVER)
    assert whole.err == ""


@pytest.mark.parametrize(
    "command", [("brief", "--full", "-o", "a.html"), ("brief", "--full", "-o", "a.md"), ("report", "--html", "a.html")]
)
def test_as_files(db: Path, command: tuple[str, ...]) -> None:
    file = db.parent / command[-1]
    assert run(*command[:-1], file, "--db", db).code == 0
    assert [word for word in (*NEVER, SECRET) if word in file.read_text(encoding="utf-8")] == []
    assert run(*command[:-1], file, "--with-private", "--db", db).code == 0
    assert any(word in file.read_text(encoding="utf-8") for word in NEVER)


def test_a_brief_from_python(db: Path) -> None:
    assert not any(word in repr(brief(path=db, full=True)) for word in NEVER)
    assert any(word in repr(brief(path=db, full=True, with_private=True)) for word in NEVER)


def test_a_private_page_by_its_name_is_told_to_be_left_out(db: Path) -> None:
    ran = run("report", "private-page.txt", "--db", db)
    assert ran.code == 4
    assert "--with-private" in ran.err
