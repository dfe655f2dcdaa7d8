"""How fast pages that hold nothing go through the gate, over the whole path from a file to the notes of the run."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import process_time

from jitsuroku import Desk
from jitsuroku.desk.arriving import Adding
from jitsuroku.records import World

PAGES = 400
SENTENCES = (
    "大根は厚めの輪切りにして面取りをする。",
    "夕方からは雲が広がり、ところにより雨が降る見込みだ。",
    "花壇の手入れは朝の涼しいうちに済ませたい。",
    "みそは火を止めてから溶き入れると香りが立つ。",
    "猫は日当たりのよい縁側で丸くなっていた。",
)


def through_the_gate(world: World) -> float:
    """Pages a second of processor time."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "pages"
        folder.mkdir()
        for n in range(PAGES):
            body = "".join(f"<p>{SENTENCES[(n + k) % len(SENTENCES)] * 6}</p>" for k in range(6))
            page = f"<html lang=ja><head><title>{n}</title></head><body><h1>暮らしの頁{n}</h1>{body}</body></html>"
            (folder / f"{n}.html").write_text(page, encoding="utf-8")
        with Desk(Path(scratch) / "bench.sqlite", world=world) as desk:
            began = process_time()
            outcomes = list(desk.adding([folder], Adding(gate=True)))
            seconds = process_time() - began
    assert {outcome.document for outcome in outcomes} == {None}, "a page went through"
    return len(outcomes) / seconds
