"""What the desk says: every phrase in both languages, none missing and none left over."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

from jitsuroku.desk import web
from jitsuroku.desk.web.tongue import Tongue
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


def test_formats_and_people_are_called_in_english_by_english_names() -> None:
    english, codes = Tongue("en"), {row["code"] for row in read_table(PACKAGE / "world" / "organisations.tsv").rows}
    names = read_table(PACKAGE / "world" / "names_en.tsv").rows
    assert {row["code"] for row in names} <= codes
    assert [row["code"] for row in names if row["name_en"] not in row["example"]] == []
    series = {row["series"] for row in read_table(PACKAGE / "world" / "meetings.tsv").rows}
    assert {code for code in series if english.party(code) == code} <= {"C5+1", "BRICS"}
    assert english.party("CCA") == "China–Central Asia Summit"
    assert english.person("習近平", ("CHN",)) == "Xi Jinping"
    assert Tongue("ja").person("習近平", ("CHN",)) == english.person("習近平", ("JPN",)) == "習近平"


def test_every_reason_for_not_reading_a_line_has_words() -> None:
    """A row of the table of junk, or a rule of its own, says why; the desk says it in both languages."""
    rows = {row["name"] for row in read_table(PACKAGE / "clean" / "junk.tsv").rows}
    rules = set(
        re.findall(r'"clean/([a-z-]+)(?:#[a-z]+)?"', (PACKAGE / "clean" / "blocks.py").read_text(encoding="utf-8"))
    )
    kept = {"prose", "point", "list-item", "heading", "long-line"}
    assert (rows | rules - kept - {"bylines"}) - TABLE["dropped"].keys() == set()
    assert Tongue("ja").dropped("clean/junk.tsv#login") == "ログイン"
    assert Tongue("en").dropped("clean/markup#nav") == "by its place in the markup"
    assert Tongue("en").dropped("of no room") == "no text of the page"
