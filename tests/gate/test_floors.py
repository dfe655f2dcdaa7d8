"""Our own pages are read at least as well as tests/gate/floors.toml says; the measure itself is held to examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.gate.measure import figures, measure
from tests.gate.reading import OWN, SAMPLES, below, floors, measure_pages, pages_of

PAGE = "フランスのデュラン外相は3日、ドイツのケラー外相とベルリンで会談した。\n関連ニュース\n"
EVENT = {
    "type": "CONSULT",
    "actor": ["FRA"],
    "recipient": ["DEU"],
    "evidence": "ドイツのケラー外相とベルリンで会談した",
}
GOLD: dict[str, Any] = {
    "id": "example",
    "keep": ["ケラー外相と"],
    "drop": ["関連ニュース"],
    "people": [{"name": "デュラン", "forms": ["デュラン外相"]}, {"name": "ケラー", "forms": []}],
    "states": ["FRA", "DEU"],
    "orgs": [],
    "events": [EVENT],
    "statements": [],
    "flags": [],
}


def evidence(words: str, shift: int = 0) -> dict[str, Any]:
    start = PAGE.index(words) + shift
    return {"text": words, "start": start, "end": start + len(words)}


def said(**changes: Any) -> dict[str, Any]:
    event = {"kind": "event", "type": "CONSULT", "actor": ["FRA", "DEU"], "recipient": [], "more": []}
    return {**event, "evidence": evidence(PAGE.split("\n")[0]), **changes}


def document(**changes: Any) -> dict[str, Any]:
    body = PAGE.split("\n")[0]
    people = [{"name": "デュラン"}, {"name": "ケラー"}]
    return {"kind": "document", "text": body, "people": people, "states": ["DEU", "FRA"], "orgs": [], **changes}


def figures_of(*records: dict[str, Any]) -> dict[str, float]:
    return figures(measure(GOLD, PAGE, records))


def test_full_agreement_is_one_everywhere() -> None:
    assert set(figures_of(document(), said()).values()) == {1.0}


def test_an_invented_state_and_a_missed_person_cost() -> None:
    found = figures_of(document(states=["DEU", "FRA", "ITA"], people=[{"name": "ケラー"}]))
    assert found["states precision"] == 0.667
    assert found["people recall"] == 0.5
    assert found["events type f1"] == 0.0


def test_the_right_type_with_the_wrong_parties_is_half_an_event() -> None:
    found = figures_of(document(), said(actor=["ITA"]))
    assert (found["events type f1"], found["events full precision"]) == (1.0, 0.0)


def test_evidence_that_is_not_the_words_is_seen() -> None:
    assert figures_of(document(), said(evidence=evidence("会談した", 1)))["evidence exact share"] == 0.0


def test_junk_in_the_body_is_seen() -> None:
    assert figures_of(document(text=PAGE))["drop share"] == 0.0


@pytest.mark.parametrize("value", [0.89, None])
def test_a_figure_below_its_floor_is_named(value: float | None) -> None:
    found = {} if value is None else {"states f1": value}
    assert below(found, {"states f1": 0.9}) == [f"states f1 is {value or 'missing'}, floor 0.9"]


def test_a_promise_is_found_by_its_amount_and_its_words() -> None:
    words = "ケラー外相とベルリンで会談した"
    promise = {"amount": 5, "currency": "EUR", "evidence": words}
    gold = {**GOLD, "events": [], "commitments": [promise]}
    own = {"kind": "commitment", "more": [], "evidence": evidence(words)}
    right = {**own, "amount": 5, "currency": "EUR"}
    assert figures(measure(gold, PAGE, [right]))["commitments f1"] == 1.0
    assert figures(measure(gold, PAGE, [{**right, "amount": 50}]))["commitments f1"] == 0.0


def test_a_wrong_day_is_seen() -> None:
    found = figures(measure({**GOLD, "published": None}, PAGE, [document(published="2026-02-03")]))
    assert found["published share"] == 0.0


@pytest.mark.parametrize("folder", [SAMPLES, OWN])
def test_the_pages_have_annotations(folder: Path) -> None:
    pages = {p.name for p in folder.iterdir() if p.suffix in (".txt", ".html")}
    assert pages
    assert pages == {p.name for p in pages_of(folder)}


@pytest.mark.parametrize("page", pages_of(OWN), ids=lambda page: page.stem)
def test_an_annotation_says_only_what_its_page_says(page: Path) -> None:
    text, gold = page.read_text(encoding="utf-8"), json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    told = [record for kind in ("events", "statements", "readings", "commitments", "flags") for record in gold[kind]]
    words = [gold["title"], *gold["keep"], *gold["drop"], *(record["evidence"] for record in told)]
    assert [each for each in words if each not in text] == []
    assert gold["id"] == page.stem
    assert gold["sample"].startswith("Sample text of the jitsuroku project")


@pytest.mark.parametrize(("name", "folder"), [("samples", SAMPLES), ("own", OWN)])
def test_our_own_pages_are_read_as_well_as_before(name: str, folder: Path) -> None:
    assert below(figures(measure_pages(folder)), floors()[name]) == []
