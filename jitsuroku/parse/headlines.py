"""Telegraphic lines, spelt out for the reader of clauses: 「オランダ、ロシアの資産を凍結」 is 「オランダ|は|ロシアの資産を凍結」.

Such lines leave particles and する to the reader. Words that are put in are empty stretches of the page, so that no
argument and no evidence holds a word that the page has not.
"""

from __future__ import annotations

from itertools import takewhile

from jitsuroku.parse.phrases import NOMINAL, has_form, is_comma
from jitsuroku.parse.predicates import is_verbal_noun
from jitsuroku.records import Token

# States of one letter, which the tokenizer takes for plain nouns.
LETTERS = frozenset("日米中露ロ英仏独伊加豪印韓朝台")
LONGEST_HEAD = 12
LONGEST_DAY = 8
DAY_WORDS = frozenset({"年", "月", "日", "月日"})
STOPS = ("。",)
ENDS = frozenset({"=", *STOPS})
DOERS = frozenset({"は", "が", "も"})


def spelt_out(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words of a sentence with what telegraphic style leaves out; any other sentence as it is."""
    end = _end(tokens)
    comma = _comma_after_the_doer(tokens, end)
    by_particle = any(t.surface == "が" and t.pos[0] == "助詞" for t in tokens[:end])
    if not end or (comma is None and not by_particle):
        return tokens
    words = list(tokens[:end])
    if words[-1].surface == "へ":
        words[-1] = _put_in(words[-1], "する", ("動詞", "非自立可能", "サ行変格", "終止形-一般"), "為る")
        last = end - 2
    else:
        last = end - 1
    if (at := _object_before(tokens, last)) is not None and (comma is None or at > comma + 1):
        words.insert(at, _put_in(tokens[at], "を", ("助詞", "格助詞"), "を", width=0))
    if comma is not None:
        words[comma] = _put_in(tokens[comma], "は", ("助詞", "係助詞"), "は")
    return tuple(words)


def _put_in(at: Token, surface: str, pos: tuple[str, ...], lemma: str, width: int | None = None) -> Token:
    end = at.end if width is None else at.start + width
    return Token(at.start, end, surface, pos, surface, lemma)


def _end(tokens: tuple[Token, ...]) -> int:
    """The index after the noun, verb stem or へ that a telegraphic line ends with, before a source (「…発射=韓国軍」) or
    an afterthought (「…を決定 選挙介入で」); 0 for any other sentence."""
    begin = _after_the_day(tokens)
    ends = [i for i, t in enumerate(tokens) if (t.surface in ENDS or t.pos[0] == "空白") and i >= begin]
    for end in (*ends, len(tokens)):
        if end and _is_bare(tokens[:end]):
            return end
    return 0


def _is_bare(tokens: tuple[Token, ...]) -> bool:
    last = tokens[-1]
    if last.surface == "へ" and len(tokens) > 1:
        return is_verbal_noun(tokens[-2])
    stem = last.pos[0] == "動詞" and has_form(last, "連用形-一般") and len(last.surface) > 1
    return is_verbal_noun(last) or stem


def _comma_after_the_doer(tokens: tuple[Token, ...], end: int) -> int | None:
    """Where the comma stands that a doer has in place of は: 「トルコ大統領|、|撤収を否定」, but not 「その結果、…」."""
    begin = _after_the_day(tokens)
    head = list(takewhile(lambda t: t.pos[0] in NOMINAL or t.surface in ("の", "と", "・", "や"), tokens[begin:end]))
    at = begin + len(head)
    if not head or len(head) > LONGEST_HEAD or at + 1 >= end or not is_comma(tokens[at]) or not _is_doer(head):
        return None
    if any(t.surface in DOERS and t.pos[0] == "助詞" for t in _outside_quotation(tokens[at:end])):
        return None
    # 「日本、韓国を歴訪。」 in running text may be a list.
    runs_on = any(t.surface in STOPS for t in tokens[end : end + 1])
    return None if runs_on and not begin and _is_state(head[-1]) else at


def _after_the_day(tokens: tuple[Token, ...]) -> int:
    """The index after the day that a line of a chronology begins with: 「10月13日 |日本政府、…を承認」."""
    for i, token in enumerate(tokens[:LONGEST_DAY]):
        if token.pos[0] == "空白":
            return i + 1 if i else 0
        if "数詞" not in token.pos and token.surface not in DAY_WORDS:
            return 0
    return 0


def _is_doer(head: list[Token]) -> bool:
    named = any("固有名詞" in t.pos or t.surface in LETTERS for t in head)
    counted = any("数詞" in t.pos or "副詞可能" in t.pos or "助数詞可能" in t.pos for t in head)
    return named and not counted and head[-1].pos[0] in ("名詞", "接尾辞")


def _is_state(token: Token) -> bool:
    return "固有名詞" in token.pos or token.surface in LETTERS


def _outside_quotation(tokens: tuple[Token, ...]) -> list[Token]:
    depth, found = 0, []
    for token in tokens:
        depth += (token.pos[1:2] == ("括弧開",)) - (token.pos[1:2] == ("括弧閉",))
        found += [token] if not depth else []
    return found


def _object_before(tokens: tuple[Token, ...], last: int) -> int | None:
    """Where を is left out before the noun that acts: 「部隊|撤収」, 「ミサイル2発|発射」; None where nothing stands there."""
    if not is_verbal_noun(tokens[last]) or last == 0 or tokens[last - 1].pos[0] not in ("名詞", "接尾辞"):
        return None
    begin = last
    while begin > 0 and tokens[begin - 1].pos[0] in NOMINAL:
        begin -= 1
    given = any(t.surface == "を" and t.pos[0] == "助詞" for t in tokens[:last])
    return last if begin < last and not given else None
