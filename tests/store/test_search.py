"""Full-text search: two characters, one character, Latin words; nothing a query holds is taken for syntax."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from jitsuroku.store import Store
from jitsuroku.store.search import match_expression, places, terms_of
from tests.store.cluster import Fresh
from tests.store.reading import CALL, LOAN, TALKS, added, reading_of

pytestmark = pytest.mark.usefixtures("both")


@pytest.fixture(scope="module")
def store(fresh: Fresh) -> Iterator[Store]:
    with Store(fresh()) as made:
        pages = {"talks.txt": TALKS, "call.txt": CALL, "loan.txt": LOAN}
        yield added(made, *(reading_of(text, name) for name, text in pages.items()))


def found(store: Store, query: str) -> list[str]:
    return sorted(hit.document.source for hit in store.search(query))


QUERIES: list[tuple[str, list[str]]] = [
    ("日本", ["loan.txt", "talks.txt"]),
    ("会談", ["talks.txt"]),
    ("米", ["call.txt"]),
    ("G", []),
    ("kananaskis", ["loan.txt"]),
    ("KANANASKIS", ["loan.txt"]),
    ("Ｇ７", ["loan.txt"]),
    ("G7 summit", ["loan.txt"]),
    ("Kanana", []),
    ("日本 会談", ["talks.txt"]),
    ("日本\u3000支援", ["loan.txt"]),
    ("会談 電話", []),
    ("トランプ大統領", ["call.txt"]),
    ("20億ドル", ["loan.txt"]),
    ("国のトランプ大統領は5日、中国", ["call.txt"]),
    ("本日", []),
    ("ﾗﾐｰ", ["talks.txt"]),
    ("𠮷", []),
]


@pytest.mark.parametrize(("query", "sources"), QUERIES)
def test_search_finds(store: Store, query: str, sources: list[str]) -> None:
    assert found(store, query) == sources


@pytest.mark.parametrize(("query", "sources"), [q for q in QUERIES if q[1]])
def test_each_place_holds_a_term(store: Store, query: str, sources: list[str]) -> None:
    for hit in store.search(query):
        terms = terms_of(query)
        words = {terms_of(hit.page.text[start:end])[0] for start, end in hit.places}
        assert words == set(terms)


SYNTAX = [
    "", " ", "\u3000", '"', '""', '"日本', "日本*", "*", "日本 AND", "AND", "NOT 日本", "日本 OR 会談", "NEAR(日本 会談)", "words:日本",
    "{words}: 日本", "^日本", "日本 + 会談", "-日本", "(日本", "日本)", "日本; DROP TABLE records", "' OR 1=1 --", "%", "_", "\\", "\x00",
    "日\x00本", "\ud800", "😀", "。", "、「」", "?1", ":a", "$x", "search", "rank", "\ufeff", "\u202e", "ｶﾞ", "\u0301", "゙", "A" * 1000,
]  # fmt: skip


@pytest.mark.parametrize("query", SYNTAX, ids=ascii)
def test_odd_queries_are_harmless(store: Store, query: str) -> None:
    assert set(found(store, query)) <= {"talks.txt", "call.txt", "loan.txt"}
    assert found(store, "会談") == ["talks.txt"]


@pytest.mark.parametrize("unit", ["日", "日本 ", "A", "a ", '"', "*", "😀", "(", "ｶﾞ"], ids=ascii)
def test_a_query_of_a_hundred_thousand_characters_is_bounded(store: Store, unit: str) -> None:
    query = unit * (100_000 // len(unit))
    began = time.perf_counter()
    found(store, query)
    assert time.perf_counter() - began < 2
    assert len(match_expression(query) or "") < 2_000


def test_a_query_without_words_has_no_expression() -> None:
    assert [q for q in ("", "。、", '"*"', "()", "😀") if match_expression(q) is not None] == []


def test_what_was_dropped_from_the_page_is_not_found() -> None:
    with Store() as store:
        added(store, reading_of(TALKS + "関連ニュース\nランキング\n"))
        assert found(store, "ランキング") == []


def test_only_the_newest_version_is_found_unless_all_are_asked_for() -> None:
    with Store() as store:
        added(store, reading_of(TALKS), reading_of(TALKS.replace("ロンドン", "バーミンガム")))
        assert found(store, "ロンドン") == []
        assert len(list(store.search("ロンドン", newest=False))) == 1
        assert len(list(store.search("会談", newest=False))) == 2


def test_at_most_as_many_as_asked_for(store: Store) -> None:
    assert len(list(store.search("日", limit=2))) == 2
    assert list(store.search("日", limit=0)) == []


def test_places_in_a_text_of_a_million_characters_take_seconds_not_minutes() -> None:
    text = "日本と英国が会談した。" * 100_000
    began = time.perf_counter()
    assert len(places(text, "英国")) == 100_000
    assert time.perf_counter() - began < 10
