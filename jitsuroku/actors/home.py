"""Whose page it is: the state that 「政府は」 and 「外相は」 mean where the page names none.

A newspaper of Lisbon writes 「外相は」 for its own minister; a page whose owner is not known leaves it open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jitsuroku.contract import fold, fold_page
from jitsuroku.records import Document, Page, World

GOVERNMENT = re.compile(r"^https?://(?:[\w-]+\.)*go\.(?P<country>[a-z]{2})(?:[/:]|$)")
COUNTRIES = {"jp": "JPN", "kr": "KOR", "th": "THA", "id": "IDN"}
# How a Japanese ministry speaks in its own records.
RECORDS = frozenset({"readout", "transcript"})
OWN_WORDS = re.compile(r"本\d{1,2}日|[わ我]が国|訪日中の|外務報道官")
JAPAN = "JPN"
OFFICE = re.compile(r"(?:相|大臣|総理|大統領|主席|書記|長官|国王|皇太子|部長|官|議長|長|大使|総領事|代表)$")
HAN = re.compile(r"[一-鿿々]+")
# States whose people have names of kanji.
OF_KANJI = frozenset({"JPN", "CHN", "KOR", "PRK", "TWN"})


@dataclass(frozen=True, slots=True)
class Home:
    """The state of a page's owner and the offices that it is known to have; no state where nothing tells."""

    state: str | None
    offices: frozenset[str]

    def has(self, word: str) -> bool:
        """Whether a word for an office or an organ may mean the owner's: a page from Tokyo has no president."""
        return self.state is not None and (not OFFICE.search(word) or word in self.offices)


def home_of(page: Page, document: Document, world: World) -> Home:
    """Whose page it is, from its address, its outlet or the one it repeats, or the way it speaks."""
    state = _owner(page, document, world)
    return Home(state, _offices_of(state, world) if state else frozenset())


def _owner(page: Page, document: Document, world: World) -> str | None:
    address = GOVERNMENT.match(page.address or "")
    if address:
        return COUNTRIES.get(address["country"])
    for found in (document.origin, document.outlet):
        if found is not None and (state := _state_of(fold(found.value), world)):
            return state
    if speaks_for_itself(document) and OWN_WORDS.search(fold_page(page.text)):
        return JAPAN
    return None


def speaks_for_itself(document: Document) -> bool:
    """Whether an office tells of its own doings, so that its people's state need not be written."""
    return document.genre.value in RECORDS


def _state_of(outlet: str, world: World) -> str | None:
    if "outlets" not in world.tables:
        return None
    named = [row for row in world.tables["outlets"].rows if fold(row["name"]) in outlet]
    return max(named, key=lambda row: len(row["name"]))["state"] if named else None


def is_at_home(name: str, home: Home) -> bool:
    """Whether a person without a state written may be one of the page's own: 早瀬 on a page from Tokyo."""
    return home.state is not None and (HAN.fullmatch(name) is not None) == (home.state in OF_KANJI)


def _offices_of(state: str, world: World) -> frozenset[str]:
    rows = world.tables["offices"].rows if "offices" in world.tables else ()
    held = {row["office"] for row in rows if row["holder_of"] == state}
    forms = (row for lang in world.languages.values() for row in lang.tables["offices"].rows)
    return frozenset(row["word"] for row in forms if row["office"] in held) | held
