"""Every line of the export of the samples and of the cases is as docs/codebook.md says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.contract.exported import SAMPLES, Line, case_lines, faults, sample_lines, with_page
from tests.contract.promises import dangling, evidence_of, id_of, order_of, wrong_words

EXPORTS = pytest.mark.parametrize("lines", [sample_lines, case_lines], ids=["samples", "cases"])
Lines = Callable[[], tuple[Line, ...]]


@EXPORTS
def test_every_line_satisfies_the_schema(lines: Lines) -> None:
    assert lines()
    assert [fault for line in lines() for fault in faults(line)] == []


@EXPORTS
def test_evidence_is_the_page_s_own_words(lines: Lines) -> None:
    pairs = list(with_page(lines()))
    assert sum(1 for line, _ in pairs for _ in evidence_of(line)) > 10
    assert [(line["id"], wrong) for line, page in pairs for wrong in wrong_words(line, page)] == []


@EXPORTS
def test_what_is_found_on_a_page_has_evidence(lines: Lines) -> None:
    found = [line for line in lines() if line["kind"] not in ("document", "judgement")]
    bare = [line for line in found if line.get("document") and not line["evidence"]]
    assert bare == []


@EXPORTS
def test_ids_follow_from_the_lines(lines: Lines) -> None:
    assert [(line["id"], id_of(line)) for line in lines() if line["id"] != id_of(line)] == []


@EXPORTS
def test_ids_are_unique(lines: Lines) -> None:
    ids = [line["id"] for line in lines()]
    assert len(ids) == len(set(ids))


@EXPORTS
def test_lines_are_sorted(lines: Lines) -> None:
    keys = order_of(lines())
    assert keys == sorted(keys)


@EXPORTS
def test_every_reference_leads_to_a_line(lines: Lines) -> None:
    assert dangling(lines()) == []


def test_the_page_of_a_text_file_is_its_text() -> None:
    pages = {line["source"]: line["page"] for line in sample_lines() if line["kind"] == "document"}
    texts = {path.name: path.read_text(encoding="utf-8") for path in SAMPLES.glob("*.txt")}
    assert len(texts) >= 10
    assert {name: pages[name] for name in texts} == texts


def test_the_text_is_made_of_lines_of_the_page() -> None:
    for line in sample_lines():
        if line["kind"] == "document":
            assert [part for part in line["text"].split("\n") if part not in line["page"]] == []


def test_kind_comes_first_and_keys_keep_their_order() -> None:
    orders: dict[str, set[tuple[str, ...]]] = {}
    for line in (*sample_lines(), *case_lines()):
        orders.setdefault(line["kind"], set()).add(tuple(line))
    assert all(len(found) == 1 and next(iter(found))[:2] == ("kind", "id") for found in orders.values())
