"""The borders of the house: imports go one way, data holds no code, files and functions stay readable."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "jitsuroku"
ROOMS = frozenset({"intake", "clean", "language", "parse", "mentions", "actors", "coding", "checks", "linking"})
SHARED = frozenset({"records", "contract", "lexicon"})
# What each part may import from jitsuroku, beside itself. A part is a module or folder of the package.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "records": frozenset(),
    "contract": frozenset({"records"}),
    "lexicon": frozenset({"records"}),
    "samples": frozenset(),
    **dict.fromkeys(ROOMS, SHARED),
    "store": SHARED,
    "pipeline": SHARED | (ROOMS - {"intake", "linking"}),
    "desk": SHARED | ROOMS | {"store", "pipeline", "samples", "__init__"},
    "cli": SHARED | ROOMS | {"store", "pipeline", "desk", "samples", "__init__"},
    "__main__": frozenset({"cli"}),
    "__init__": SHARED | {"pipeline", "desk", "store"},
}
FILES_AT_THE_ROOT = {
    "README.md",
    "README.ja.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "NOTICE",
    "dev",
    "pyproject.toml",
}
LOCKS = {
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-docx.lock",
    "requirements-ftm.lock",
    "requirements-ginza.lock",
    "requirements-pandas.lock",
    "requirements-parquet.lock",
    "requirements-pdf.lock",
    "requirements-postgres.lock",
    "requirements-ray.lock",
    "requirements-read-pdf.lock",
}
FOLDERS_AT_THE_ROOT = {".ci", "jitsuroku", "tests", "docs"}
AT_THE_ROOT = FILES_AT_THE_ROOT | LOCKS | FOLDERS_AT_THE_ROOT | {".gitignore"}
CACHES = {".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", "__pycache__"}
MADE_BY_TOOLS = CACHES | {".git", ".venv", ".venv.lock", ".score", "dist"}
NAMES_THAT_SAY_NOTHING = frozenset({"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"})
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 70
# Longer than that, with the reason: "path" or "path:function".
LONGER: dict[str, str] = {
    "jitsuroku/records.py": "all types of the project in one file, on purpose; it has no behaviour",
}
SQL = re.compile(
    r"\b(?:SELECT\s.+\sFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA\s+\w)", re.S
)
# Split, so that this file does not hold what it looks for.
NEVER_WRITTEN = re.compile(
    "|".join(["(?<![\\w.])/" + "work/", "/" + "tmp/", "/" + "home/", "iss" + "ue #", "git" + r"hub issue"])
)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def python_files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*.py") if "__pycache__" not in p.parts)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part_of(path: Path) -> str:
    """``records`` for jitsuroku/records.py, ``mentions`` for jitsuroku/mentions/dates.py."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    return {module_of(path): path for path in python_files(PACKAGE)}


def _target(name: str) -> str:
    while name not in modules() and "." in name:
        name = name.rpartition(".")[0]
    return name


def _typing_only(path: Path) -> set[ast.AST]:
    guards = (n for n in ast.walk(tree(path)) if isinstance(n, ast.If) and "TYPE_CHECKING" in ast.unparse(n.test))
    return {inner for guard in guards for inner in ast.walk(guard)}


def imports(path: Path, *, at_run_time: bool = False) -> set[str]:
    """The modules of ours that a file imports; ``at_run_time`` leaves out imports inside functions and for types."""
    inside = {i for f in ast.walk(tree(path)) if isinstance(f, ast.FunctionDef) for i in ast.walk(f)} | _typing_only(
        path
    )
    own = module_of(path).split(".")
    package = own if path.name == "__init__.py" else own[:-1]
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if at_run_time and node in inside:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, node.module] if node.module else above)
            found |= {f"{origin}.{alias.name}" for alias in node.names}
    return {_target(name) for name in found if name.split(".")[0] == "jitsuroku"} - {module_of(path)}


@pytest.mark.parametrize("path", python_files(PACKAGE), ids=shown)
def test_imports_go_one_way(path: Path) -> None:
    here = part_of(path)
    assert here in MAY_IMPORT, f"{here} is new: say in MAY_IMPORT what it may import"
    used = {part_of(modules()[name]) for name in imports(path)}
    assert used <= MAY_IMPORT[here] | {here}


def test_no_import_cycle() -> None:
    graph = {name: imports(path, at_run_time=True) for name, path in modules().items()}
    while free := [name for name, needs in graph.items() if not needs & graph.keys()]:
        for name in free:
            del graph[name]
    assert not graph, f"these import each other: {sorted(graph)}"


def strings(path: Path) -> list[str]:
    return [n.value for n in ast.walk(tree(path)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


@pytest.mark.parametrize("path", [p for p in python_files(PACKAGE) if part_of(p) != "store"], ids=shown)
def test_sql_stands_in_the_store_only(path: Path) -> None:
    assert [s for s in strings(path) if SQL.search(s)] == []


@cache
def ontology() -> frozenset[str]:
    definitions = (PACKAGE / "event_types").glob("*/type.toml")
    return frozenset(tomllib.loads(path.read_text(encoding="utf-8"))["plover"] for path in definitions)


def test_the_ontology_is_complete() -> None:
    assert len(ontology()) == 16


@pytest.mark.parametrize("path", python_files(PACKAGE), ids=shown)
def test_codes_of_the_ontology_stand_in_the_tables_only(path: Path) -> None:
    assert sorted(ontology() & set(strings(path))) == []


@pytest.mark.parametrize("folder", ["event_types", "world"])
def test_data_holds_no_code(folder: str) -> None:
    files = {p.name for p in (PACKAGE / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert {name for name in files if Path(name).suffix not in {".tsv", ".toml", ".md"}} == set()


def test_language_tables_have_the_same_names() -> None:
    folders = [p for p in (PACKAGE / "language").iterdir() if p.is_dir() and p.name != "__pycache__"]
    known = {t.name for folder in folders if folder.name == "ja" for t in folder.glob("*.tsv")}
    assert {t.name for folder in folders for t in folder.glob("*.tsv")} == known


@pytest.mark.parametrize("path", [*python_files(PACKAGE), *python_files(ROOT / "tests")], ids=shown)
def test_files_and_functions_stay_readable(path: Path) -> None:
    assert path.stem not in NAMES_THAT_SAY_NOTHING
    lines = {shown(path): len(path.read_text(encoding="utf-8").splitlines())}
    functions = {
        f"{shown(path)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    too_long = {name: n for name, n in lines.items() if n > MOST_LINES}
    too_long |= {name: n for name, n in functions.items() if n > MOST_LINES_OF_A_FUNCTION}
    assert {name: n for name, n in too_long.items() if name not in LONGER} == {}


def test_every_exception_is_needed() -> None:
    for name in LONGER:
        path, _, function = name.partition(":")
        nodes = [n for n in ast.walk(tree(ROOT / path)) if getattr(n, "name", None) == function]
        lengths = [(n.end_lineno or 0) - n.lineno + 1 for n in nodes if isinstance(n, ast.FunctionDef)]
        if function:
            assert max(lengths) > MOST_LINES_OF_A_FUNCTION, f"{name} is short by now; take it off the list"
        else:
            length = len((ROOT / path).read_text(encoding="utf-8").splitlines())
            assert length > MOST_LINES, f"{name} is short by now; take it off the list"


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the project: git's list with what is new and not ignored; without git, all but the tools' own."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
        files = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        files = [p for p in ROOT.rglob("*") if not MADE_BY_TOOLS & set(p.relative_to(ROOT).parts)]
    return tuple(sorted(p for p in files if p.is_file()))


def test_the_root_is_as_known() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert found - AT_THE_ROOT == set(), "a visitor at the root: give it a room or name it in AT_THE_ROOT"
    assert AT_THE_ROOT - found == set(), "missing at the root"


def test_no_word_of_any_machine_or_tracker() -> None:
    hits = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        hits += [f"{shown(path)}: {match.group()}" for match in NEVER_WRITTEN.finditer(text)]
    assert hits == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.lock")), ids=shown)
def test_lock_files_hold_hashes_and_no_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\w+://\S*|(?:^|[ =])/\S*", text, re.M) == []
    pins = re.findall(r"^[\w.-]+==\S+.*$", text, re.M)
    assert pins
    assert [pin for pin in pins if not pin.endswith("\\")] == [], "a pin without a hash"


def test_the_public_surface() -> None:
    import jitsuroku

    assert sorted(jitsuroku.__all__) == ["Desk", "World", "__version__", "brief", "read"]
    assert all(hasattr(jitsuroku, name) for name in jitsuroku.__all__)
    assert f'\nversion = "{jitsuroku.__version__}"\n' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
