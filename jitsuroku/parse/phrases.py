"""Tokens -> noun phrases with their particles. The bricks of the clause reader (clauses.py)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from jitsuroku.records import Token

NOMINAL = frozenset({"名詞", "代名詞", "接頭辞", "接尾辞", "連体詞", "記号", "引用", "英単語"})
LINKING_WORDS = frozenset({"および", "及び", "並びに", "ならびに", "または", "又は", "そして", "と共に"})
FOCUS = frozenset(
    {"など", "だけ", "のみ", "ら", "さえ", "ほど", "くらい", "ばかり", "等", "まで", "しか", "こそ", "ずつ"}
)
# Verbs that make a fixed particle with に, を or と: 「ロシアに対して」, 「台湾をめぐり」, 「報道によると」.
COMPOUND = {
    ("に", "対する"): "に対して",
    ("に", "付く"): "について",
    ("に", "就く"): "について",
    ("に", "つく"): "について",
    ("を", "巡る"): "をめぐって",
    ("に", "関する"): "について",
    ("に", "関わる"): "について",
    ("に", "因る"): "によって",
    ("に", "依る"): "によって",
    ("に", "よる"): "によって",
    ("を", "通じる"): "を通じて",
    ("を", "通ずる"): "を通じて",
    ("を", "通す"): "を通じて",
    ("に", "向ける"): "に向けて",
    ("に", "基づく"): "に基づいて",
    ("に", "応ずる"): "に応じて",
    ("に", "応じる"): "に応じて",
    ("に", "伴う"): "に伴って",
    ("に", "渡る"): "にわたって",
    ("を", "受ける"): "を受けて",
    ("を", "踏まえる"): "を踏まえて",
    ("に", "おく"): "で",
    ("に", "当たる"): "に際して",
    ("に", "際する"): "に際して",
    ("に", "先立つ"): "に先立って",
    ("に", "取る"): "にとって",
}
# Those that keep their full meaning before a noun: 「提案に応じる方針」 is a clause, 「提案に対する反発」 is not.
VERBAL = frozenset({"に応じて", "に伴って", "を受けて", "にわたって", "を通じて", "を踏まえて", "に向けて"})
# Nouns of time: 「21日は」 and 「昨年は」 say when, not who.
TIMES = frozenset(
    "日 月 年 時 分 今回 今年 今月 今週 今日 昨年 去年 先月 先週 来年 来月 来週 翌年 翌月 同年 同月 同日 当日 前日 翌日 "
    "当時 現在 今後 最近 近年 午前 午後 一方 その後 初日 最終日 前回 次回 夜 朝 冒頭 席上 場 何度 一度 一言 今 いずれ 何人".split()
)
# Verb forms that are adverbs where nothing depends on them.
ADVERBS = frozenset("引き続き 繰り返し 相次い 続い 合わせ 併せ 重ね 揃っ そろっ 次い 改め 初め 追っ".split())
SINGLE = frozenset({"は", "も", "が", "を", "に", "へ", "と", "で", "から", "より", "まで"})
PARTICLES = SINGLE | FOCUS | {"の", "って"}


class Phrase(NamedTuple):
    """Tokens ``first..last`` (inclusive) of a noun phrase, then its particle and the index after it.

    ``adnominal`` tells that the particle binds it to the noun after it (との, への, による 連体形).
    """

    first: int
    last: int
    particle: str
    after: int
    adnominal: bool


def is_nominal(token: Token) -> bool:
    """Nouns and what stands inside noun phrases; い-adjectives and な-adjectives before a noun are settled elsewhere."""
    return _is_nominal(token.pos)


@cache
def _is_nominal(pos: tuple[str, ...]) -> bool:
    return pos[0] in NOMINAL or (pos[0] == "補助記号" and pos[1:2] not in (("読点",), ("句点",)))


def may_take_suru(token: Token) -> bool:
    """Whether する after a bare noun makes a verb of it; not after a number or a word of time."""
    return token.pos[0] in ("名詞", "接尾辞") and "副詞可能" not in token.pos and "数詞" not in token.pos


def is_adjectival(token: Token) -> bool:
    """A word that takes な before a noun and に before a verb: 重要, 一方的, 歴史的."""
    return _is_adjectival(token.pos)


@cache
def _is_adjectival(pos: tuple[str, ...]) -> bool:
    return pos[0] in ("形状詞", "接尾辞") or any("形状詞可能" in part for part in pos)


def has_form(token: Token, form: str) -> bool:
    """Whether the token is inflected as ``form`` (連体形, 連用形, 終止形 ...)."""
    return _has_form(token.pos, form)


@cache
def _has_form(pos: tuple[str, ...], form: str) -> bool:
    return any(p.startswith(form) for p in pos[2:])


def is_comma(token: Token) -> bool:
    """「、」 and its like."""
    return token.pos[0] == "補助記号" and token.pos[1:2] == ("読点",)


def noun_end(tokens: tuple[Token, ...], at: int) -> int:
    """The index after the noun phrase that starts at ``at`` (``at`` itself when none does)."""
    i, n = at, len(tokens)
    while i < n:
        pos = tokens[i].pos
        kind = pos[0]
        if kind in NOMINAL:
            if i > at and _is_also_with(tokens, i):
                break
            i += 1
        elif kind == "補助記号" and pos[1:2] == ("括弧開",):
            i = _after_bracket(tokens, i)
        elif (i > at and _joins(tokens, i)) or (kind != "助詞" and (_is_nominal(pos) or _attributive(tokens, i))):
            i += 1
        else:
            break
    return i


def _is_also_with(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether とも is と with も, 「大使|とも|会談した」; in 「両国|とも|参加した」 it means both."""
    if tokens[i].surface != "とも":
        return False
    before = tokens[i - 1]
    return not before.surface.startswith(("両", "双方")) and before.surface not in ("国", "人", "カ国", "か国")


def _after_bracket(tokens: tuple[Token, ...], at: int) -> int:
    depth = 0
    for i in range(at, len(tokens)):
        kind = tokens[i].pos[:2]
        depth += (kind == ("補助記号", "括弧開")) - (kind == ("補助記号", "括弧閉"))
        if depth == 0:
            return i + 1
    return at + 1


def _attributive(tokens: tuple[Token, ...], i: int) -> bool:
    """An adjective that belongs to the noun after it: 新しい協定, 重要な鉱物, 歴史的会談."""
    token = tokens[i]
    if token.pos[0] not in ("形容詞", "形状詞", "助動詞") or i + 1 == len(tokens):
        return False
    following = tokens[i + 1]
    if token.pos[0] == "形容詞":
        return has_form(token, "連体形") and is_nominal(following)
    if token.pos[0] == "形状詞":
        if token.pos[1:2] == ("助動詞語幹",):
            return False
        return is_nominal(following) or (following.surface in ("な", "の") and i + 2 < len(tokens))
    if token.surface == "な" and i:
        return is_adjectival(tokens[i - 1]) and is_nominal(following)
    return False


def _joins(tokens: tuple[Token, ...], i: int) -> bool:
    """A particle or comma inside a noun phrase: Aの B, AやB, 「A、B、Cの3か国」, AなどのB."""
    token = tokens[i]
    if token.surface in FOCUS and token.pos[0] in ("助詞", "接尾辞", "名詞"):
        return True
    if (token.surface == "と" and _names(tokens, i)) or (tokens[i - 1].surface == "と" and _names(tokens, i - 1)):
        return True
    if i + 1 == len(tokens):
        return False
    if (token.surface in ("の", "や") and token.pos[0] == "助詞") or token.surface in LINKING_WORDS:
        following = tokens[i + 1]
        return is_nominal(following) or following.pos[0] in ("形容詞", "形状詞")
    return is_comma(token) and _lists(tokens, i)


def _names(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether と is that of 「改善|という|意思」, which names a noun and tells of no saying."""
    if i < 1 or i + 2 >= len(tokens):
        return False
    named, verb, noun = tokens[i - 1], tokens[i + 1], tokens[i + 2]
    apart = verb.surface in ("いう", "いっ", "言う") and has_form(verb, "連体形")
    return apart and is_nominal(named) and named.pos[0] != "引用" and is_nominal(noun)


def _lists(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a comma separates members of a list rather than an adverbial: カナダ、フランス but not 16日、フランス."""
    before, after = tokens[i - 1], tokens[i + 1]
    if not (is_nominal(before) and is_nominal(after)) or after.pos[:2] == ("補助記号", "括弧開"):
        return False
    return "固有名詞" in before.pos and ("固有名詞" in after.pos or before.surface in ("米国", "韓国"))


def read_phrase(tokens: tuple[Token, ...], at: int) -> Phrase | None:
    """The noun phrase at ``at`` with its particle; None when no noun phrase starts there."""
    end = noun_end(tokens, at)
    if end == at:
        return None
    particle, after, adnominal = _particle(tokens, end)
    return Phrase(at, end - 1, particle, after, adnominal)


def _particle(tokens: tuple[Token, ...], i: int) -> tuple[str, int, bool]:
    """The particle at ``i``, the index after it, and whether it binds to a following noun."""
    surface, n = "", len(tokens)
    if i < n and tokens[i].surface == "とも":
        return "と", i + 1, False
    while i < n and (token := tokens[i]).pos[0] == "助詞" and token.surface in PARTICLES:
        surface += token.surface
        i += 1
    if not surface:
        return "", i, False
    base = surface[:2] if surface.startswith(("から", "まで", "より")) else surface[:1]
    compound = COMPOUND.get((base, tokens[i].lemma)) if i < n and surface == base else None
    if compound and not has_form(tokens[i], "未然形"):
        return _compound(tokens, i, compound)
    if surface == "と" and _is_toshite(tokens, i):
        return "として", i + 2, False
    if surface == "と" and is_together(tokens, i):
        return "と", i + 2, False
    return base, i, surface.endswith("の")


def is_together(tokens: tuple[Token, ...], i: int) -> bool:
    """ともに after と: 「首相と|ともに|」, 「確認すると|ともに|」."""
    return i + 1 < len(tokens) and tokens[i].surface in ("とも", "共", "同時") and tokens[i + 1].surface == "に"


def after_adverb(tokens: tuple[Token, ...], at: int) -> int | None:
    """The index after an adverb that is a verb's form: 「政府は|引き続き|求める」, 「首脳が|相次いで|訪れた」; None where it is a
    predicate: 「会談を|重ねて|」."""
    before = tokens[at - 1] if at else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].surface == "繰り返し":
        return at + 1 if following is not None and following.pos[0] in ("動詞", "名詞") else None
    if before is not None and before.surface in ("を", "に", "と", "が"):
        return None
    if tokens[at].surface == "引き続き":
        return at + 1
    return at + 2 if following is not None and following.surface in ("て", "で") else None


def tells_time(tokens: tuple[Token, ...], phrase: Phrase) -> bool:
    """Whether a phrase is one of time: 21日, この日, 昨年."""
    return tokens[phrase.last].surface in TIMES


def _compound(tokens: tuple[Token, ...], i: int, compound: str) -> tuple[str, int, bool]:
    verb, after = tokens[i], i + 1
    if compound == "によって" and [t.surface for t in tokens[after : after + 2]] in (["ます", "と"], ["ます", "れば"]):
        return "によると", after + 2, False  # 「外務省に|よりますと|」
    following = tokens[after] if after < len(tokens) else None
    adnominal = has_form(verb, "連体形")
    if adnominal and compound in VERBAL:
        return compound[:1], i, False
    if following is not None and following.pos[0] == "助動詞" and following.surface != "た":
        return compound[:1], i, False
    if following is not None and following.surface == "た":
        return (compound, after + 1, True) if compound == "に向けて" else (compound[:1], i, False)
    if after < len(tokens) and tokens[after].surface in ("て", "で"):
        after += 1
    elif compound == "によって" and after < len(tokens) and tokens[after].surface in ("と", "ば"):
        return "によると", after + 1, False
    elif not adnominal and not has_form(verb, "連用形"):
        return compound[:1], i, False
    if after < len(tokens) and tokens[after].pos[0] == "助詞" and tokens[after].surface in ("は", "も"):
        after += 1
    return compound, after, adnominal and after < len(tokens) and is_nominal(tokens[after])


def _is_toshite(tokens: tuple[Token, ...], i: int) -> bool:
    return (
        i + 1 < len(tokens)
        and tokens[i].lemma == "為る"
        and tokens[i].surface == "し"
        and tokens[i + 1].surface == "て"
        and not (i + 2 < len(tokens) and tokens[i + 2].lemma == "居る")
    )


def head_of(tokens: tuple[Token, ...], phrase: Phrase) -> str:
    """The last noun of a phrase: 「島の|領有権|など」."""
    for i in range(phrase.last, phrase.first - 1, -1):
        token = tokens[i]
        if token.pos[0] not in ("補助記号", "助詞") and token.surface != "など":
            return token.surface
    return tokens[phrase.last].surface
