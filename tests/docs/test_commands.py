"""What README and the how-tos tell a reader to type works, and what README says jitsuroku prints is what it prints."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import SAMPLES, run
from tests.docs.blocks import ROOT, Block, blocks, with_new_text

README, JAPANESE = ROOT / "README.md", ROOT / "README.ja.md"
DOCUMENTS = [README, JAPANESE, *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
PRINTED = re.compile(r"printed by: jitsuroku (?P<command>.*), lines (?P<first>\d+)-(?P<last>\d+)")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
# The address in the documents of a store on a server.
SERVER = "postgresql://hanako@db.example/record"
# Shown in the documents, made by other commands: too slow, of no use here, or runs until it is stopped.
NOT_RUN = ("test", "serve")


def typed(document: Path) -> list[list[str]]:
    """The commands of a document's sh blocks, as words."""
    lines = [line for block in blocks(document) if block.info == "sh" for line in block.text.splitlines()]
    return [shlex.split(line) for line in lines if line]


def dev_commands() -> list[str]:
    usage = subprocess.run([ROOT / "dev", "help"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^\./dev (\w+)", usage, re.M)


def asking_program() -> str:
    """The second reader that judge.md shows."""
    return next(b.text for b in blocks(ROOT / "docs" / "how-to" / "judge.md") if b.info == "python")


def prepare(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder as its reader has it: news/ with pages of their own, among them page.txt, and no store yet."""
    (folder / "news").mkdir()
    for sample in ("c5-paper.txt", "call-agency.txt", "call-tabloid.txt", "zh-summit.txt"):
        shutil.copyfile(SAMPLES / sample, folder / "news" / sample.replace("c5-paper", "page"))
    (folder / "ask.py").write_text(asking_program(), encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setenv("JITSUROKU_DB", str(folder / "own.sqlite"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_commands_work(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    prepare(tmp_path, monkeypatch)
    server = None
    if any(SERVER in words for words in typed(document)):
        cluster = request.getfixturevalue("cluster")
        server = cluster.address(cluster.database())
    if not any("add" in words and "judge" not in words for words in typed(document)):
        run("add", "news/", "--db", "my.sqlite")
    for words in typed(document):
        if words[0] == "./dev":
            assert words[1] in dev_commands()
        command = words[1:] if words[:2] != ["./dev", "run"] else words[2:]
        assert words[0] in ("./dev", "jitsuroku")
        if command[0] in NOT_RUN:
            continue
        command = [server if word == SERVER and server else word for word in command]
        if "ID" in command:
            ids = [e["id"] for e in run("list", "events", "--page", "page.txt", "--db", "my.sqlite", "--json").value]
            command = [ids[0] if word == "ID" else word for word in command]
        ran = run(*command)
        assert (ran.code, re.sub(r"^wrote \S+\n", "", ran.err)) == (0, ""), shlex.join(words)
        assert ran.out or "export" in command or {"--html", "-o"} & set(command), f"{shlex.join(words)} prints nothing"


@pytest.mark.parametrize(
    "document", [*DOCUMENTS, ROOT / "CONTRIBUTING.md", ROOT / "docs" / "tutorial.md"], ids=lambda p: p.name
)
def test_links_lead_somewhere(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_what_readme_shows_is_what_is_printed(db: Path, accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")

    def printed(block: Block) -> str | None:
        asked = PRINTED.fullmatch(block.remark)
        if asked is None:
            return None
        lines = run(*shlex.split(asked["command"]), "--db", db).out.splitlines()
        return "".join(f"{line}\n" for line in lines[int(asked["first"]) - 1 : int(asked["last"])])

    if accept:
        with_new_text(README, {n: text for n, block in enumerate(blocks(README)) if (text := printed(block))})
    excerpts = [block for block in blocks(README) if block.remark.startswith("printed by")]
    assert excerpts
    for block in excerpts:
        assert block.text == printed(block), "README.md shows what is printed no longer; look at it, then: ./dev accept"


def test_the_japanese_readme_shows_the_same_commands_and_leads_to_the_same_pages(accept: bool) -> None:
    """Run after the test of what README shows, which mends README when asked; links and headings go by number."""
    english, japanese = blocks(README), blocks(JAPANESE)
    if accept and len(english) == len(japanese):
        with_new_text(JAPANESE, {n: block.text for n, block in enumerate(english)})
        japanese = blocks(JAPANESE)
    assert [(b.info, b.remark, b.text) for b in japanese] == [(b.info, b.remark, b.text) for b in english]
    texts = [path.read_text(encoding="utf-8") for path in (README, JAPANESE)]
    links = [sorted({link for link in LINK.findall(text) if not link.startswith("README")}) for text in texts]
    assert links[0] == links[1]
    assert [len(re.findall(r"^##? ", text, re.M)) for text in texts] == [len(re.findall(r"^##? ", texts[0], re.M))] * 2


def test_readme_names_every_room_and_what_it_is_for_first() -> None:
    text, japanese = (path.read_text(encoding="utf-8") for path in (README, JAPANESE))
    folders = {
        p.name for p in (ROOT / "jitsuroku").iterdir() if p.is_dir() and p.name not in ("__pycache__", "samples")
    }
    assert {name for name in folders if f"`{name}/`" not in text} <= {"linking"}
    assert {name for name in folders if f"`{name}/`" not in japanese} <= {"linking"}
    first = next(line for line in text.splitlines()[1:] if line and not line.startswith("["))
    assert "Who did what to whom" in first
