"""Which language a text is in: a code, ``und`` where it cannot be told, never a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from jitsuroku.desk.query import Desk
from jitsuroku.desk.report import LANGUAGES
from jitsuroku.language import READ_LANGUAGES
from jitsuroku.language.scripts import FEWEST_WORDS, WORD, language_of
from jitsuroku.lexicon import PACKAGE, read_table
from tests.cli.running import run
from tests.making import CASES, table, whole_world

ROWS = table(CASES / "language" / "languages.tsv")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['language'] or 'none'}: {row['text'][:20]}")
def test_languages(row: dict[str, str]) -> None:
    assert language_of(row["text"]) == (row["language"] or None)


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row["language"] not in ("", "und")], ids=lambda row: row["text"][:20]
)
def test_a_longer_text_of_the_same_is_in_the_same_language(row: dict[str, str]) -> None:
    assert language_of("\n".join([row["text"]] * 4)) == row["language"]


def test_the_words_of_the_table_are_words_as_they_are_cut() -> None:
    rows = read_table(PACKAGE / "language" / "frequent.tsv").rows
    assert [row["word"] for row in rows if WORD.findall(row["word"]) != [row["word"]]] == []
    assert all(len([r for r in rows if code in r.list("languages")]) > FEWEST_WORDS for code in ("kk", "tk", "uz"))


@pytest.mark.parametrize("code", ["ar", "de", "en", "ko", "ru", "uk", "uz", "zh"])
def test_a_page_in_another_language_is_kept_and_says_that_it_is_not_read(tmp_path: Path, code: str) -> None:
    text = next(row["text"] for row in ROWS if row["language"] == code)
    (tmp_path / "page.txt").write_text(f"{text}\n", encoding="utf-8")
    with Desk(tmp_path / "one.sqlite", world=whole_world()) as desk:
        desk.add(tmp_path / "page.txt")
        (page,) = desk.documents()
        assert page.language == code
        assert code not in READ_LANGUAGES
        assert f"language not read yet: {code}" in page.notes
        assert list(desk.events()) == []
    assert f"Language not read yet: {LANGUAGES[code]}." in run("report", "--db", tmp_path / "one.sqlite").out
