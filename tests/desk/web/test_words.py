"""What the desk says: every phrase in both languages, none missing and none left over."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

from jitsuroku.desk import web
from jitsuroku.lexicon import PACKAGE, read_table

FOLDER = Path(web.__file__).parent
TABLE = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
SAID = re.compile(r"""(?<![\w.])(?:t|say|wording\.say|tongue\.say|asked\.tongue\.say)\(\s*["'](\w+)["']""")
WORD = re.compile(r"""["']([a-z_]+)["']""")


def _sources() -> str:
    files = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.html"), *(PACKAGE / "desk").glob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_phrase_stands_in_both_languages_with_the_same_places() -> None:
    for section in TABLE.values():
        for key, phrase in section.items():
            assert phrase.keys() == {"en", "ja"}, key
            assert all(phrase.values()), key
            places = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in phrase.values()]
            assert places[0] == places[1], key


def test_every_phrase_asked_for_is_there() -> None:
    assert set(SAID.findall(_sources())) - TABLE["words"].keys() == set()


def test_no_phrase_is_left_over() -> None:
    used = set(WORD.findall(_sources()))
    assert TABLE["words"].keys() - used == set()


def test_types_and_topics_are_named() -> None:
    types = {path.parent.name for path in (PACKAGE / "event_types").glob("*/type.toml")}
    assert types == TABLE["type"].keys()
    topics = {row["topic"] for row in read_table(PACKAGE / "language" / "ja" / "topics.tsv").rows}
    assert topics - TABLE["topic"].keys() == set()
