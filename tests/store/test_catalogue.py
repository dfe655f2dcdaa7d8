"""Pages by words and fields: all conditions at once, however many pages fulfil each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from jitsuroku.store import Sought, Store, catalogue
from tests.store.cluster import Fresh
from tests.store.reading import CALL, LOAN, TALKS, added, reading_of

pytestmark = pytest.mark.usefixtures("both")


@pytest.fixture(scope="module")
def store(fresh: Fresh) -> Iterator[Store]:
    with Store(fresh()) as made:
        pages = {"talks.txt": TALKS, "call.txt": CALL, "loan.txt": LOAN}
        yield added(made, *(reading_of(text, name) for name, text in pages.items()))


def found(store: Store, sought: Sought) -> list[str]:
    return sorted(page.source for page in store.catalogued(sought, 10).pages)


CASES = [
    (Sought(words="日本"), ["loan.txt", "talks.txt"]),
    (Sought(words="日本", party="USA"), []),
    (Sought(words="日本 会談"), ["talks.txt"]),
    (Sought(source="loan.txt"), ["loan.txt"]),
    (Sought(source="loan.txt", words="会談"), []),
    (Sought(words="日_本"), []),
    (Sought(words="%"), []),
    (Sought(language="ja"), ["call.txt", "loan.txt", "talks.txt"]),
    (Sought(language="en"), []),
    (Sought(title="日本"), []),
]


@pytest.mark.parametrize("few", [0, 5_000])
@pytest.mark.parametrize(("sought", "expected"), CASES)
def test_all_that_is_sought(
    store: Store, sought: Sought, expected: list[str], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Conditions that many fulfil are tried on each page; the answer is the same.
    monkeypatch.setattr(catalogue, "FEW", few)
    assert found(store, sought) == expected


@pytest.mark.parametrize("few", [0, 5_000])
def test_every_party_and_person_leads_to_its_pages(store: Store, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "FEW", few)
    ids = [page.id for page in store.catalogued(Sought(), 10).pages]
    parties, people = store.parties_on(ids), store.people_on(ids)
    assert parties
    assert {p: len(found(store, Sought(party=p))) for p in parties} == parties
    assert {p: len(found(store, Sought(person=p))) for p in people} == people


def test_more_than_is_wanted_is_told(store: Store) -> None:
    some = store.catalogued(Sought(), 2)
    assert (len(some.pages), some.cut) == (2, True)
    assert not store.catalogued(Sought(), 3).cut
    assert store.parties_on([]) == store.people_on([]) == {}
