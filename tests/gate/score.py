"""``./dev score``: figures on annotated pages, what was gained and lost since the last accepted run, and the floors.

The package's sample pages, the pages of tests/gate/pages ("own") and the links of tests/linking/pages ("linked") are
always measured. Where JITSUROKU_GOLD (else ../shared beside the repository) has annotated pages, its own scorer measures each
set over all pages and over its check pages.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jitsuroku.parse import READERS
from jitsuroku.records import World
from tests.gate.links import measure_links
from tests.gate.measure import HIT, SHARES, Outcome, figures
from tests.gate.readers import agreement, side_by_side, world_with
from tests.gate.reading import LINKED, OWN, ROOT, SAMPLES, ReadingError, below, export, floors, measure_pages, pages_of

SETS = ("dev", "desk", "seeds")
SCRATCH = ROOT / ".score"
LAST = SCRATCH / "last.json"
ACCEPTED = SCRATCH / "accepted.json"
METRICS = ("precision", "recall", "f1", "accuracy", "count")
# A run: {"code": ..., "figures": {"samples": {...}, "own": {...}, "dev all": {...}, ...}, "outcomes": [...]}
Run = dict[str, Any]


def gold_folder() -> Path | None:
    """The folder with the annotated pages and their scorer, or None where there is none."""
    folder = Path(os.environ.get("JITSUROKU_GOLD") or ROOT.parent / "shared")
    return folder if (folder / "eval" / "score.py").exists() else None


def fingerprint() -> str:
    """A short hash of the package as it is now: says whether a stored run is of this code."""
    whole = blake2b(digest_size=8)
    for path in sorted(p for p in (ROOT / "jitsuroku").rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def _scorer(gold: Path, pages: Path, exported: Path, *options: str) -> str:
    command = [sys.executable, str(gold / "eval" / "score.py"), str(pages), str(exported), *options]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ReadingError(f"the scorer of {pages.name}: {done.stderr.strip()}")
    return done.stdout


def _flat(result: Mapping[str, Any]) -> dict[str, float]:
    rows = ((name, row) for name, row in result.items() if isinstance(row, dict))
    return {f"{name} {m}": row[m] for name, row in rows for m in METRICS if row.get(m) is not None}


def score_set(gold: Path, name: str, *, errors: bool, world: World | None = None) -> dict[str, dict[str, float]]:
    """Figures of one set over all its pages and over its check pages; ``errors`` writes the open pages' to a file."""
    pages = gold / "gold" / name
    with tempfile.TemporaryDirectory() as scratch:
        exported = Path(scratch) / "export.jsonl"
        exported.write_text(export(pages, world=world), encoding="utf-8")
        result = {f"{name} all": _flat(json.loads(_scorer(gold, pages, exported, "--json")))}
        result[f"{name} all"] |= figures(measure_links(pages, world))
        check = json.loads(_scorer(gold, pages, exported, "--only", "check", "--json"))
        if check["pages"]:
            result[f"{name} check"] = _flat(check)
        if errors:
            target = SCRATCH / f"errors-{name}.txt"
            target.write_text(_scorer(gold, pages, exported, "--only", "open", "--errors"), encoding="utf-8")
            print(f"errors of the open pages of {name}: {target.relative_to(ROOT)}", file=sys.stderr)
    return result


def run(*, errors: bool, world: World | None = None) -> Run:
    """Measure everything that is at hand."""
    samples, own = measure_pages(SAMPLES, world=world), measure_pages(OWN, world=world)
    linked = measure_links(LINKED, world)
    found = {"samples": figures(samples), "own": figures(own), "linked": figures(linked)}
    if errors:
        _list_errors("own", own)
        _list_errors("linked", linked)
    gold = gold_folder()
    if gold is None:
        print("no annotated pages beside the samples (JITSUROKU_GOLD names their folder)", file=sys.stderr)
    else:
        for name in SETS:
            found |= score_set(gold, name, errors=errors, world=world)
    return {"code": fingerprint(), "figures": found, "outcomes": [asdict(o) for o in (*samples, *own, *linked)]}


def _list_errors(name: str, outcomes: list[Outcome]) -> None:
    """Write every outcome that is no hit to .score/, page by page."""
    wrong = sorted((o.page, o.figure, _line(o)) for o in outcomes if o.verdict != HIT)
    target = SCRATCH / f"errors-{name}.txt"
    target.write_text("".join(f"{line}\n" for _, _, line in wrong), encoding="utf-8")
    print(f"errors of the pages of {name}: {target.relative_to(ROOT)}", file=sys.stderr)


def table(found: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """One line a figure, one column a set: all pages and check pages side by side."""
    names = list(dict.fromkeys(figure for each in found.values() for figure in each))
    width = max(map(len, names), default=0)
    yield " " * width + "".join(f"{column:>12}" for column in found)
    for figure in names:
        cells = (each.get(figure) for each in found.values())
        yield figure.ljust(width) + "".join(f"{'' if cell is None else format(cell, 'g'):>12}" for cell in cells)


def changes(old: Run, new: Run) -> Iterator[str]:
    """Gains and losses since the accepted run: figures of every set, single outcomes of our own pages."""
    for name, each in new["figures"].items():
        before = old["figures"].get(name, {})
        for figure, value in each.items():
            if figure in before and before[figure] != value:
                better = (value > before[figure]) != figure.startswith("false alarms")
                yield f"{'gain' if better else 'LOSS'}  {name}  {figure}  {before[figure]:g} -> {value:g}"
    then, now = ({Outcome(**o) for o in each["outcomes"]} for each in (old, new))
    for outcome in sorted(now - then):
        yield f"{'gain' if outcome.verdict == 'hit' else 'LOSS'}  {_line(outcome)}"
    for outcome in sorted(then - now):
        settled = any((o.figure, o.page, o.what) == (outcome.figure, outcome.page, outcome.what) for o in now)
        if not settled:
            yield f"{'LOSS' if outcome.verdict == 'hit' else 'gain'}  no longer: {_line(outcome)}"


def _line(outcome: Outcome) -> str:
    verdict = "wrong" if outcome.figure in SHARES and outcome.verdict == "miss" else outcome.verdict
    return f"{outcome.page}  {outcome.figure}  {verdict}: {outcome.what}"


def fallen(found: Mapping[str, dict[str, float]]) -> list[str]:
    """Every figure below its floor. A set that is not at hand is not judged."""
    pinned = floors()
    ours = ("samples", "own", "linked")
    lines = [f"{name}: {line}" for name in ours for line in below(found[name], pinned[name])]
    for name, parts in pinned["gold"].items():
        for part, least in parts.items():
            if (column := f"{name} {part}") in found:
                lines += [f"{column}: {line}" for line in below(found[column], least)]
    return lines


def accept() -> int:
    """Store the last run as the one to compare with. Refuses a run of other code than the present one."""
    last = json.loads(LAST.read_text(encoding="utf-8")) if LAST.exists() else {"code": None}
    if last["code"] != fingerprint():
        print("no score of the code as it is now: run ./dev score, read its gains and losses, then accept")
        return 1
    if not ACCEPTED.exists() or ACCEPTED.read_bytes() != LAST.read_bytes():
        ACCEPTED.write_bytes(LAST.read_bytes())
    print(f"accepted: {ACCEPTED.relative_to(ROOT)}")
    return 0


def score(*, errors: bool, as_json: bool) -> int:
    """Measure, print, compare, hold against the floors; 1 when a figure is below its floor."""
    SCRATCH.mkdir(exist_ok=True)
    new = run(errors=errors)
    LAST.write_text(json.dumps(new, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    lost = fallen(new["figures"])
    if as_json:
        print(json.dumps({"figures": new["figures"], "fallen": lost}, ensure_ascii=False))
        return 1 if lost else 0
    print(*table(new["figures"]), sep="\n")
    if ACCEPTED.exists():
        lines = list(changes(json.loads(ACCEPTED.read_text(encoding="utf-8")), new))
        gains = sum(line.startswith("gain") for line in lines)
        print("", *lines, f"{gains} gains, {len(lines) - gains} losses since the accepted run", sep="\n")
    print("", *(["BELOW THE FLOOR", *lost] if lost else ["every figure is at or above its floor"]), sep="\n")
    return 1 if lost else 0


def compare(name: str) -> int:
    """Measure with our own reader of clauses and with another, and print both; nothing is stored or held to floors."""
    other = world_with(name)
    gold = gold_folder()
    folders = [SAMPLES, *(gold / "gold" / each for each in SETS)] if gold else [SAMPLES]
    print(*agreement([page for folder in folders for page in pages_of(folder)], other), "", sep="\n")
    print(f"each cell: our own reader of clauses/{name}")
    print(*side_by_side(*(run(errors=False, world=each)["figures"] for each in (None, other))), sep="\n")
    return 0


def main() -> int:
    """The command line of ``./dev score`` and of the second half of ``./dev accept``."""
    parser = argparse.ArgumentParser(prog="./dev score", description=__doc__)
    parser.add_argument(
        "--errors", action="store_true", help="write the errors of our own and of the open pages to .score/"
    )
    parser.add_argument("--json", action="store_true", help="figures and what fell below a floor, as JSON")
    parser.add_argument("--accept", action="store_true", help="store the last run as the one to compare with")
    parser.add_argument("--reader", choices=READERS, help="measure this reader of clauses beside our own")
    chosen = parser.parse_args()
    try:
        if chosen.reader and chosen.reader != "own":
            return compare(chosen.reader)
        return accept() if chosen.accept else score(errors=chosen.errors, as_json=chosen.json)
    except ReadingError as problem:
        print(f"score: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
