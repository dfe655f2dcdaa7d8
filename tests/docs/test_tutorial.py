"""The tutorial's code runs, and prints what the tutorial says."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.docs.blocks import ROOT, Block, blocks, with_new_text

TUTORIAL = ROOT / "docs" / "tutorial.md"
PANDAS = "python needs=pandas"


def printed(found: list[Block]) -> dict[int, str]:
    """What each block of code prints, by the number of the block of text behind it; all in one namespace."""
    names: dict[str, Any] = {}
    said: dict[int, str] = {}
    for number, block in enumerate(found):
        if block.info == "python" or (block.info == PANDAS and find_spec("pandas")):
            out = io.StringIO()
            with redirect_stdout(out):
                exec(compile("\n" * (block.line - 1) + block.text, str(TUTORIAL), "exec"), names)
            if found[number + 1 : number + 2] and found[number + 1].info == "text":
                said[number + 1] = out.getvalue()
    return said


def test_the_tutorial_runs_and_prints_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accept: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    said = printed(blocks(TUTORIAL))
    if accept:
        with_new_text(TUTORIAL, said)
    shown = {number: block.text for number, block in enumerate(blocks(TUTORIAL)) if number in said}
    assert len(shown) > 5
    assert shown == said, "docs/tutorial.md shows what is printed no longer; look at it, then: ./dev accept"


def test_it_is_python_only_and_every_output_follows_code() -> None:
    infos = [block.info for block in blocks(TUTORIAL)]
    assert set(infos) == {"python", PANDAS, "text"}
    assert all(infos[i - 1] != "text" for i, info in enumerate(infos) if info == "text")
