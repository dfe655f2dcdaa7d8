"""Writing an export to a file: whole or not at all, with a plain word when it cannot be done."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from jitsuroku.desk.export.jsonl import write_lines

LINES = ["{}", '{"会談":1}', '{"a":"\u2028"}']


def test_lines_end_with_a_line_feed_and_nothing_else_changes(tmp_path: Path) -> None:
    write_lines(tmp_path / "x.jsonl", LINES)
    assert (tmp_path / "x.jsonl").read_bytes() == "".join(f"{line}\n" for line in LINES).encode()
    assert [p.name for p in tmp_path.iterdir()] == ["x.jsonl"]


def broken() -> Iterator[str]:
    yield "{}"
    raise RuntimeError("the store is gone")


def test_what_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError, match="the store is gone"):
        write_lines(file, broken())
    assert file.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.jsonl"]


@pytest.mark.parametrize("name", ["missing/x.jsonl", "."])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(OSError, match="cannot be written .*; choose another file or folder") as refused:
        write_lines(tmp_path / name, LINES)
    assert str(tmp_path / name) in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="needs links, rights and devices of a POSIX system")
def test_links_rights_and_devices(tmp_path: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    link.symlink_to(real)
    write_lines(link, LINES)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").count("\n") == len(LINES)
    mask = os.umask(0o027)
    os.umask(mask)
    assert stat.S_IMODE(real.stat().st_mode) == 0o666 & ~mask
    write_lines(Path("/dev/null"), LINES)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
