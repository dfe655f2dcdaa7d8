"""The words of a language by which names are found, as patterns: made once for a world from ``<language>/names.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from re import Pattern

from jitsuroku.lexicon import PACKAGE, TableError, read_table
from jitsuroku.records import Language, Row

KINDS = frozenset(
    "several one toward never-one other-word after-state after-country cited ordinary paper-only no-name after-name body outlet "
    "no-body no-start after-body given-name part cut-across pair same-state same-body bare-office bare-organ own-state own-group only".split()
)
# Organs that are told of behind a particle too: 「デモ隊に|治安部隊|が発砲した」.
FORCES = "治安|警官隊|機動隊|軍当局|政府軍|大統領警護隊|国軍|軍の|警察当局|政府側"
HAN = "一-鿿々"
KANA = "ァ-ヺー"
WORD = f"{HAN}{KANA}A-Za-z"
BODY_LETTERS = f"{WORD}0-9・"
LATIN_TITLE = r"(?<![A-Za-z])[A-Z][A-Za-z.]+(?: [A-Z][A-Za-z]+)*"
PAPER = "(?:紙|誌)(?![一-鿿々])"
# What an outlet does that is told of by its short name: 「日経は、…と観測している」.
REPORTS = r"(?=に(?:対し|[、「]|明か|語|述べ|話し)|のインタビュー|[はが](?:\d+日)?、?[^。]{0,80}(?:みて|見て|分析|観測|論じ|指摘|予想|予測|批判|解説|社説|としている))"
# What follows an outlet that is cited: 「…によると」, 「…は16日、…と報じた」.
CITED = r"(?=に?よ[るれ]|など|】|[はが](?:\d+日)?、?[^。]{0,60}(?:報じ|報道し|伝え))"


def patterns_of(language: Language, abbreviations: Mapping[str, str]) -> Mapping[str, Pattern[str]]:
    """The patterns by name: ``several``, ``one``, ``toward`` ... ``abbreviations`` are the one-character names (米).

    Raises lexicon.TableError when the table is broken or a row's kind is unknown.
    """
    rows = _by_kind(read_table(PACKAGE / "mentions" / language.code / "names.tsv").rows)
    short = "".join(sorted(abbreviations))
    alone = "".join(sorted(set(abbreviations) - {row["word"] for row in rows["never-one"]}))
    other = f"(?!{_any(rows['other-word'])})"
    # 「|米、英、独|に対し」; 土、日 are days of the week.
    listed = f"(?!土、日)[{short}](?:[、・][{short}])+"
    free = rf"(?<![{HAN}{KANA}0-9])"
    offices = _words(row["word"] for row in language.tables["offices"].rows if row["level"] != "other")
    return {
        "several": re.compile(rf"(?<![{HAN}{KANA}]){other}([{short}]{{2,5}})(?={_any(rows['several'])})"),
        "listed": re.compile(rf"{free}{other}({listed})(?={_any(rows['several'])})"),
        # 「|米|政権」, and behind who leads it: 「ブッシュ|米|政権」.
        "one": re.compile(
            rf"(?:{free}{other}|(?<=[{KANA}])(?=.(?:政権|大使館|総領事館)))([{alone}])(?={_any(rows['one'])})"
        ),
        "held-for": re.compile(rf"([{alone}])(?=(?P<word>{_any(rows['one'])}?))"),
        "organ": re.compile(_words(row["word"] for row in language.tables["organs"].rows) + "の"),
        "toward": re.compile(rf"(?<![{HAN}])(?:{_any(rows['toward'])}){other}([{short}])(?!(?:本土)?[{HAN}]?国人)"),
        "body": _body(rows["body"], rows, ""),
        "outlet": _body(rows["outlet"], rows, CITED),
        "paper": re.compile(rf"(?:{LATIN_TITLE}(?={PAPER}|の取材)|(?<![{KANA}・])[{KANA}・]{{3,}}(?={PAPER}))"),
        "reports": re.compile(rf"{CITED}|{REPORTS}"),
        "pair": re.compile(_any(rows["pair"])),
        "same-state": re.compile(_any(rows["same-state"])),
        "same-body": re.compile(_any(rows["same-body"])),
        "own-state": re.compile(_any(rows["own-state"])),
        "own-group": re.compile(_any(rows["own-group"])),
        "same-person": re.compile(f"同(?P<office>{offices})"),
        "bare-organ": re.compile(
            rf"(?:^|(?<=[、。「」\s])|(?<=[にで]は)|(?<=[とにをやで])(?={FORCES}))"
            rf"(?P<office>{_any(rows['bare-organ'])})(?=[はがもにとの])"
        ),
        "bare-office": re.compile(
            rf"(?:^|(?<=[、。「」\s]))(?P<office>{_any(rows['bare-office'])})(?=[はがもにとの、])"
        ),
        **{kind: re.compile(_any(rows[kind])) for kind in _MATCHED_AS_THEY_ARE},
        "only": re.compile(
            _any(row for kind, kind_rows in rows.items() if kind.startswith("only:") for row in kind_rows)
        ),
        **_gates(rows, short, alone),
        **{kind: re.compile(_any(kind_rows)) for kind, kind_rows in rows.items() if kind.startswith("only:")},
    }


def _gates(rows: Mapping[str, list[Row]], short: str, alone: str) -> dict[str, Pattern[str]]:
    """What a sentence must hold in which the pattern of the same name can match, by ``may-hold`` and its name.

    Patterns that look behind themselves are tried at every character; these begin with plain ones, so that a search for
    them passes over a sentence at once.
    """
    return {
        "may-hold several": re.compile(rf"[{short}]{{2,5}}(?={_any(rows['several'])})"),
        "may-hold listed": re.compile(f"[{short}][、・][{short}]"),
        "may-hold one": re.compile(rf"[{alone}](?={_any(rows['one'])})"),
        "may-hold toward": re.compile(rf"(?:{_any(rows['toward'])})[{short}]"),
        "may-hold body": re.compile(_any(rows["body"])),
        "may-hold outlet": re.compile(_any(rows["outlet"])),
        "may-hold paper": re.compile("[紙誌]|の取材"),
        "may-hold bare-organ": re.compile(rf"{_any(rows['bare-organ'])}(?=[はがもにとの])"),
        "may-hold bare-office": re.compile(rf"{_any(rows['bare-office'])}(?=[はがもにとの、])"),
    }


_MATCHED_AS_THEY_ARE = (
    "after-state",
    "after-country",
    "cited",
    "ordinary",
    "paper-only",
    "no-name",
    "after-name",
    "part",
    "given-name",
    "cut-across",
)


def _by_kind(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {kind: [] for kind in KINDS - {"only"}}
    for row in rows:
        if row["kind"].partition(":")[0] not in KINDS:
            raise TableError(f"{row.rule}, line {row.line}: the kind {row['kind']!r} is none of {sorted(KINDS)}")
        found.setdefault(row["kind"], []).append(row)
    return found


def _any(rows: Iterable[Row]) -> str:
    """One group for all words, the longest first; a word does not count before one of its ``unless``."""
    longest_first = sorted(rows, key=lambda row: (-len(row["word"]), row["word"]))
    words = (
        re.escape(row["word"]) + (f"(?!{_words(row.list('unless'))})" if row["unless"] else "") for row in longest_first
    )
    return f"(?:{'|'.join(words)})"


def _words(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


def _body(ends: list[Row], rows: Mapping[str, list[Row]], follows: str) -> Pattern[str]:
    """A run of kanji, katakana or letters that ends like a body's name and is more than a description of one."""
    described = f"(?!{_any(rows['no-start'])}|{_any(rows['no-body'])}{_any(ends)})"
    name = f"(?P<name>[{BODY_LETTERS}]{{2,18}}?){_any(ends)}"
    ends_here = rf"(?:(?![{HAN}{KANA}])|(?={_any(rows['after-body'])}))"
    return re.compile(rf"(?<![{BODY_LETTERS}]){described}{name}{ends_here}{follows}")
