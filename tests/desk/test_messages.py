"""What the reader says in English, in the reader's language: known by its form, its parameters kept, nothing made up."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path
from time import perf_counter

import pytest

from jitsuroku import Desk
from jitsuroku.desk.messages import FORMS, in_words, table
from jitsuroku.desk.web.asking import Sources
from jitsuroku.desk.web.reader import silent_in
from jitsuroku.desk.web.tongue import Tongue, runs
from jitsuroku.lexicon import PACKAGE
from jitsuroku.records import Flag
from tests.checks.test_cases import ROWS, reading

JA = Tongue("ja")
# Of one form and what a parameter of it may be.
SAMPLES = {"day": "2025-06-05", "sum": "4.24 trillion JPY", "weekday": "Sunday", "points": "+4", "parties": "CHN USA"}
SAMPLES |= {"arrow": "CHN -> USA", "several": "one day apart; at 天津", "word": "天津", "any": "一", "": "5"}


def sample_of(section: str, english: str) -> str:
    """A message of this form, with something in each place."""
    found = ""
    for text, name, form, _ in string.Formatter().parse(english):
        found += text
        if name is not None:
            form = form or ""
            found += SAMPLES[form] if form in SAMPLES else sample_of(form, next(iter(table()[form].values()))["en"])
    return found


@pytest.mark.parametrize(("section", "id"), [(s, id) for s, rows in table().items() for id in rows])
def test_every_message_is_known_by_its_form(section: str, id: str) -> None:
    row = table()[section][id]
    places = [{n for _, n, _, _ in string.Formatter().parse(row[code]) if n} for code in ("en", "ja")]
    assert places[1] <= places[0]
    message = sample_of(section, row["en"])
    said = JA.told(section, message)
    assert said.language == "ja"
    assert said.id == id or table()[section][said.id or ""]["en"] == row["en"]
    english = Tongue("en").told(section, message)
    assert english.language == "en"
    # What could not be answered shows how a date is written.
    assert section == "problem" or not re.search(r"\d{4}-\d\d-\d\d|\bCHN\b", english.text)


def test_the_table_is_in_order_and_its_forms_are_known() -> None:
    for section, rows in table().items():
        assert list(rows) == sorted(rows), section
        for row in rows.values():
            forms = {form for _, name, form, _ in string.Formatter().parse(row["en"]) if name and form}
            assert forms <= FORMS.keys() | table().keys()


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{n} {r['text'][:40]}" for n, r in ROWS])
def test_every_flag_of_the_cases_is_said_in_japanese(name: str, row: dict[str, str]) -> None:
    flags = [f for f in reading(row["text"], row["anchor"]).records if isinstance(f, Flag)]
    assert [f.message for f in flags if JA.told("flag", f.message).id is None] == []


def test_everything_that_the_samples_say_is_said_in_japanese(desk: Desk) -> None:
    sources = Sources(desk)
    said = [("reason", reason) for link in desk.links() for reason in link.reasons]
    said += [("flag", flag.message) for flag in desk.flags()]
    said += [("note", note) for page in desk.documents() for note in page.notes if not note.startswith("sample: ")]
    silent = [s for page in desk.documents() for s in silent_in(sources, page.id)]
    said += [("silence", reason) for s in silent for _, reason in s.reasons]
    assert {section for section, _ in said} == {"reason", "flag", "note", "silence"}
    assert [m for section, m in said if JA.told(section, m).id is None] == []


def reasons_in(path: Path) -> list[str]:
    """The sentences that a module of the coding room can give as its reasons."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spoken = [n for n in ast.walk(tree) if isinstance(n, ast.Return | ast.Call)]
    pieces = {id(c) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for c in ast.walk(n)}
    whole = [c for n in spoken for c in ast.walk(n) if isinstance(c, ast.Constant) and id(c) not in pieces]
    found = {c.value for c in whole if isinstance(c.value, str)}
    return sorted(text for text in found if re.fullmatch(r"[a-z'][a-z_/,' ]+ [a-z_/,' ]+", text))


def test_every_reason_of_silence_is_in_the_table() -> None:
    told = [reason for name in ("events.py", "unreal.py") for reason in reasons_in(PACKAGE / "coding" / name)]
    assert len(told) > 16
    assert [reason for reason in told if JA.told("silence", reason).id is None] == []


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("flag", "something that no check says"),
        ("reason", "at what nobody knows (+2)"),
        ("flag", "another page tells it otherwise (nobody knows how)"),
        ("flag", "the name is " + "長" * 10_000),
        ("problem", "x" * 100_000),
    ],
)
def test_what_no_row_knows_stays_english(section: str, message: str) -> None:
    said = JA.told(section, message)
    assert (said.text, said.language, said.id) == (message, "en", None)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("2025-08-31 was a Sunday, not a Monday", "2025年8月31日は日曜日で、月曜日ではない"),
        ("the name is {date.year}", "正しい名は{date.year}"),
        ("4 states are listed, the page says 5", "挙げているのは4カ国、ページは5とする"),
    ],
)
def test_as_it_is_said(message: str, told: str) -> None:
    assert in_words("flag", message, JA.speech).text == told


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("the same parties CHN USA (+4)", "the same parties China, United States (+4)"),
        ("on 2025-06-05 (+2)", "on June 5, 2025 (+2)"),
        ("both pages tell of the meeting of CCA on 2025-06-17 (+2)", "both pages tell of the meeting of"),
    ],
)
def test_days_and_parties_are_said_in_english_words_too(message: str, told: str) -> None:
    said = Tongue("en").told("reason", message)
    assert said.text.startswith(told)
    assert "2025-" not in said.text


def test_what_a_page_writes_into_a_message_costs_no_time() -> None:
    hostile = "of a is, not about would fit; " * 60
    begun = perf_counter()
    for section in table():
        JA.told(section, hostile)
        JA.told(section, f"the headline says {hostile}")
    assert perf_counter() - begun < 2


def test_an_amount_in_japanese_units() -> None:
    message = "4.24 trillion JPY for 295.4 billion USD is 14.4 JPY to 1 USD; the rate of 2024 was about 153; about 42.4兆円 would fit"
    assert JA.told("flag", message).text.startswith(
        "2,954億米ドルが4兆2,400億円なら1USD＝14.4JPY。2024年の相場は約153。"
    )


def test_names_of_a_page_are_told_from_the_desks_words() -> None:
    parts = list(runs("首相 of KAZ was オルジャス・ベクテノフ, not X", "en", "ja"))
    assert parts == [("首相", "ja"), (" of KAZ was ", None), ("オルジャス・ベクテノフ", "ja"), (", not X", None)]
    assert "".join(text for text, _ in parts) == "首相 of KAZ was オルジャス・ベクテノフ, not X"
    assert list(runs("首相 of KAZ", "ja", "ja")) == [("首相 of KAZ", None)]
