"""Predicates: the verb or verbal noun of a clause and what its tail says (negation, voice, tense, modality, ending)."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from jitsuroku.parse.phrases import has_form, is_comma, is_nominal, is_together
from jitsuroku.records import Token

SURU = frozenset({"為る", "致す", "出来る", "頂く", "なさる"})
AUXILIARY_VERBS = frozenset(
    {
        "居る",
        "おる",
        "有る",
        "来る",
        "行く",
        "仕舞う",
        "置く",
        "見る",
        "呉れる",
        "貰う",
        "頂く",
        "下さる",
        "成る",
        "御座る",
        "参る",
    }
)
TE = ("て", "で")
CAUSATIVE = ("せる", "させる")
PASSIVE = ("れる", "られる")
FINITE = ("終止形", "連体形", "意志推量形")
NEGATIONS = frozenset({"ない", "ず", "ぬ", "まい", "無い"})
MODALITY = {
    "たい": "desire",
    "う": "volition",
    "よう": "volition",
    "らしい": "hearsay",
    "べし": "obligation",
    "様": "appearance",
    "そう": "hearsay",
}
ENDINGS = {"て": "te", "で": "te", "ば": "if", "が": "but", "けれど": "but", "けど": "but", "ながら": "while", "つつ": "while",
           "から": "because", "と": "if", "し": "and", "のに": "but", "ので": "because"}  # fmt: skip


# Nouns that tie a clause to the next one and modify nothing: 「会談した|あと|、」, 「批判した|うえ|で」, 「評価する|一方|で」, 「拘束された|まま|で」.
TYING = frozenset({"あと", "後", "のち", "うえ", "上", "一方", "際", "直後", "ほか", "他", "まま"})


class Tail(NamedTuple):
    """What follows a predicate's stem up to ``after``."""

    after: int
    negative: bool
    voice: str
    tense: str
    aspect: str
    modality: tuple[str, ...]
    ending: str


def is_verbal_noun(token: Token) -> bool:
    """A noun that becomes a verb with する: 会談, 約束, 支持."""
    return token.pos[0] == "名詞" and _takes_suru(token.pos)


@cache
def _takes_suru(pos: tuple[str, ...]) -> bool:
    return any("サ変" in part for part in pos)


def read_tail(tokens: tuple[Token, ...], at: int, head: Token) -> Tail:
    """Read the auxiliaries from ``at`` on; ``head`` is the token before them."""
    i, last = at, head
    seen: list[Token] = []
    connective = ""
    while i < len(tokens):
        token = tokens[i]
        if token.pos[:2] == ("助詞", "接続助詞"):
            connective, last, i = token.surface, token, i + 1
            if not _goes_on(tokens, i - 1):
                break
            continue
        if _is_tail(tokens, i, bool(seen), connective in TE):
            seen.append(token)
            connective = ""
        elif not (token.surface in ("は", "も") and connective in TE):
            break
        last, i = token, i + 1
    ending = _ending(tokens, i, last, connective)
    if not seen:
        return Tail(i, False, _voice(head, seen), _tense(seen, head), "simple", (), ending)
    tense = _tense(seen, seen[-1])
    return Tail(i, _negative(seen), _voice(head, seen), tense, _aspect(seen), _modality(seen), ending)


def _is_tail(tokens: tuple[Token, ...], i: int, begun: bool, after_te: bool) -> bool:
    """Whether a token belongs to the predicate before it: auxiliaries, 求めて|いる, したの|だ, 進み|そうだ."""
    token = tokens[i]
    if token.pos[0] == "助動詞" or token.pos[:2] in (("接尾辞", "動詞的"), ("形状詞", "助動詞語幹")):
        return token.pos[0] != "形状詞" or token.surface == "そう"
    if token.pos[0] in ("動詞", "形容詞") and "非自立可能" in token.pos:
        return (after_te or begun) and (token.lemma in AUXILIARY_VERBS or token.lemma in ("無い", "欲しい", "行ける"))
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return token.surface in ("の", "ん") and following is not None and following.lemma in ("だ", "です")


def _goes_on(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether auxiliaries go on after a connective: 求めて|いる, 反対しなければ|ならない."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None:
        return False
    if following.surface in ("は", "も") and tokens[i].surface in ("て", "で"):
        following = tokens[i + 2] if i + 2 < len(tokens) else None
        return following is not None and following.lemma in ("居る", "成る", "行ける")
    if tokens[i].surface == "ば":
        return following.lemma in ("成る", "行ける")
    return tokens[i].surface in ("て", "で") and following.pos[0] == "動詞" and following.lemma in AUXILIARY_VERBS


def _negative(seen: list[Token]) -> bool:
    """Negation, but not the double one of an obligation: 反対しなければならない demands, it does not deny."""
    negations = [t for t in seen if t.lemma in NEGATIONS or t.form in NEGATIONS]
    if any(t.lemma in ("成る", "行ける") for t in seen) and len(negations) >= 2:
        return False
    return len(negations) % 2 == 1


def _voice(head: Token, seen: list[Token]) -> str:
    forms = {each for token in seen for each in (token.lemma, token.form)}
    if not forms.isdisjoint(PASSIVE):
        return "passive"  # 「退去|させられ|た」 too
    if not forms.isdisjoint(CAUSATIVE):
        return "causative"
    return "potential" if head.lemma == "出来る" else "active"


def _tense(seen: list[Token], last: Token) -> str:
    for token in seen:
        if token.lemma == "た" or token.form == "た":
            return "past"
    return "nonpast" if _is_finite(last.pos) or last.surface in ("の", "ん") else "none"


@cache
def _is_finite(pos: tuple[str, ...]) -> bool:
    return any(part.startswith(FINITE) for part in pos[2:])


def _aspect(seen: list[Token]) -> str:
    return "continuing" if any(t.lemma in ("居る", "おる") for t in seen) else "simple"


def _modality(seen: list[Token]) -> tuple[str, ...]:
    found = [MODALITY[k] for t in seen for k in (t.lemma, t.form) if k in MODALITY]
    if any(t.lemma in ("成る", "行ける") for t in seen) and any(t.lemma in NEGATIONS for t in seen):
        found.append("obligation")
    return tuple(dict.fromkeys(found))


def _ties(tokens: tuple[Token, ...], i: int) -> bool:
    """「会談した後、」 and 「会談した後に」, but not 「会談した後の」 nor 「送る際限」."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return after is None or is_comma(after) or after.surface in ("で", "に", "は", "には", "も")


def _ending(tokens: tuple[Token, ...], i: int, last: Token, connective: str) -> str:
    """How the clause hangs together with what follows."""
    if i >= len(tokens):
        return "main"
    following = tokens[i]
    if last.surface in ("なら", "たら", "だら"):
        return "if"
    if connective == "と" and last.pos[0] == "助詞" and is_together(tokens, i):
        return "and"
    if connective == "と" and last.pos[0] == "助詞" and not is_comma(following):
        return "quote"
    if connective and last.pos[0] == "助詞":
        return ENDINGS.get(connective, "te")
    if following.surface == "と" and following.pos[0] == "助詞":
        return "and" if is_together(tokens, i + 1) else "quote"
    if following.surface in TYING and _ties(tokens, i):
        return "after"
    if following.surface == "ところ" and i + 1 < len(tokens) and is_comma(tokens[i + 1]):
        return "and"
    if following.surface in ("って",):
        return "quote"
    if following.surface == "ばかり" and i + 1 < len(tokens) and tokens[i + 1].surface == "の":
        return "relative"  # 「首相と|会談した|ばかりの大統領」
    if following.surface == "よう" and following.pos[0] in ("形状詞", "名詞"):
        return "you"
    if following.lemma in ("為", "ため") and following.pos[0] == "名詞":
        return "tame"
    if following.pos[0] == "助詞" and following.surface in ("か", "かどうか"):
        return "question"
    if following.pos[0] == "助詞" and following.surface in ("の", "が", "を", "は", "も", "に", "で"):
        return "nominal"
    if is_comma(following):
        return "renyo"
    if is_nominal(following) and following.pos[:2] not in (("補助記号", "括弧閉"), ("補助記号", "括弧開")):
        return "relative" if not has_form(last, "連用形") or last.surface in ("た", "だ") else "renyo"
    if following.pos[0] in ("形容詞", "形状詞") and has_form(last, "連体形"):
        return "relative"
    return "main" if following.pos[0] == "補助記号" else "renyo"
