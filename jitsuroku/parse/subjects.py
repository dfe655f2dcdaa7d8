"""Subjects that a clause took though another one's words stand between.

「|隣国が|港にある基地を攻撃した」: the base is what stands in the port, and the neighbour attacks.
「|隣国が|先月、州の自治権を奪ったことに対し、首相が反発した」: the neighbour took it away, the prime minister objects.
"""

from __future__ import annotations

from dataclasses import replace

from jitsuroku.records import Argument, Clause

# What only says where a thing is: the thing itself is its subject.
STANDING = frozenset({"有る", "居る", "位置", "駐留", "駐屯", "停泊"})
SUBJECTS = frozenset({"が", "は", "も"})

# What one asks, hopes, praises or blames others for: 「|隣国が|港を開く|こと|を|求める|」.
OF_OTHERS = frozenset(
    "求める 要求 要請 期待 希望 望む 願う 歓迎 評価 非難 批判 支持 促す 訴える 呼び掛ける 警戒 懸念 容認 許す 反対 恐れる".split()
)
DEEDS = frozenset({"こと", "の"})
# Nouns that only carry a clause along: its arguments are those of the sentence (「支援する方針を示した」).
CARRIERS = frozenset(
    "こと 方針 考え 意向 予定 見通し 見込み 計画 構え 姿勢 決意 用意 立場 認識 見解 見方 意思 つもり 方向 模様 もよう 意図 運び 可能性 旨 の".split()
)


def with_rightful_subjects(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses, each with the subject that its words can have."""
    found = list(clauses)
    for index, clause in enumerate(clauses):
        if clause.relative and clause.head is not None:
            governor = _holding(found, index, clause.head)
            if governor is not None:
                _hand_on(found, index, governor)
                _hand_back(found, index, governor)
    return tuple(found)


def is_of_another(clauses: list[Clause], predicate: str) -> bool:
    """Whether what the last clauses tell is asked, hoped, praised or blamed: those who do it do not ask it."""
    head = clauses[-1].head if clauses else None
    return predicate in OF_OTHERS and head is not None and head.head in DEEDS


def lent(clauses: list[Clause], predicate: str) -> list[Argument]:
    """The subject that one of the last relative clauses took, though it has an object besides; it loses it.

    Not of what others are asked or praised for: 「首相は、|隣国が|港を開くことを|期待する|と語った」.
    """
    if is_of_another(clauses, predicate):
        return []
    for index in range(len(clauses) - 1, -1, -1):
        clause = clauses[index]
        if not clause.relative:
            break
        taken = clause.arguments
        more = any(a.particle == "を" for a in taken[1:]) or _is_called(clause)
        if len(taken) > 1 and taken[0].particle == "が" and more:
            clauses[index] = replace(clause, arguments=taken[1:], start=taken[1].start)
            return [taken[0]]
    return []


def _is_called(clause: Clause) -> bool:
    """「首相が、|武装組織の要求である|撤退を拒んだ」: the withdrawal is the demand."""
    copula = clause.end - clause.predicate_start == len(clause.predicate) + len("である")
    plain = clause.voice == "active" and clause.tense == "nonpast" and clause.aspect == "simple"
    return copula and plain and all(not a.particle for a in clause.arguments[1:])


def _holding(clauses: list[Clause], index: int, head: Argument) -> int | None:
    """The later clause that takes the head of a relative one."""
    return next((i for i in range(index + 1, len(clauses)) if head in clauses[i].arguments), None)


def _hand_on(clauses: list[Clause], index: int, governor: int) -> None:
    """「|隣国が|港に|ある|基地を攻撃した」: who stands before the place does what the next clause tells."""
    clause, later = clauses[index], clauses[governor]
    first, *rest = clause.arguments or (None,)
    if first is not None and first.particle == "に対して" and clause.voice == "passive":
        if not any(a.particle == "に対して" for a in later.arguments):
            clauses[index] = replace(
                clause, arguments=tuple(rest), start=rest[0].start if rest else clause.predicate_start
            )
            clauses[governor] = replace(later, arguments=(first, *later.arguments), start=min(first.start, later.start))
        return
    if clause.predicate not in STANDING or first is None or first.particle != "が":
        return
    if not any(a.particle == "に" for a in rest) or any(a.particle == "が" for a in later.arguments):
        return
    clauses[index] = replace(clause, arguments=tuple(rest), start=rest[0].start)
    start = min(first.start, later.start)
    clauses[governor] = replace(later, arguments=(first, *later.arguments), start=start, inherited=())


def _hand_back(clauses: list[Clause], index: int, governor: int) -> None:
    """「|隣国が|8月、自治権を|奪った|ことに対し、首相が反発した」: of two subjects the first did what the first clause tells."""
    clause, later = clauses[index], clauses[governor]
    subjects = [a for a in later.arguments if a.particle == "が"]
    told = [a for a in later.arguments if a.particle == "は"]
    if told and len(subjects) == 1 and _is_led_by_day(clause, later, subjects[0]) and told[0].end < subjects[0].start:
        subjects = [subjects[0], *(a for a in later.arguments if a == clause.head)]
    after = clause.head is not None and bool(told) and told[0].start >= clause.head.end
    if after and len(subjects) == 1 and not any(a.particle in SUBJECTS for a in clause.arguments):
        # 「|隣国が|島を攻撃したことに応じ、|首相は|派兵を決めた」
        subjects = [subjects[0], *(a for a in later.arguments if a == clause.head)]
    if len(subjects) < 2 or clause.voice == "passive" or any(a.particle in SUBJECTS for a in clause.arguments):
        return
    if clause.head is None or not subjects[0].end < clause.start <= clause.head.start <= subjects[1].start:
        return
    given = tuple(a for a in later.arguments if subjects[0].start <= a.start < clause.start)
    kept = tuple(a for a in later.arguments if a not in given)
    clauses[index] = replace(clause, arguments=(*given, *clause.arguments), start=given[0].start, inherited=())
    clauses[governor] = replace(later, arguments=kept, start=min(a.start for a in kept))
    for at in range(governor + 1, len(clauses)):
        if clauses[at].inherited == (subjects[0],):
            clauses[at] = replace(clauses[at], inherited=(told[0] if told else subjects[1],))


def _is_led_by_day(clause: Clause, later: Clause, subject: Argument) -> bool:
    """「首相は、|隣国の船が前日、領海に入った|事案を批判した」: but for a bare word nothing stands between the ship and the sea."""
    between = [a for a in later.arguments if subject.end <= a.start < clause.start]
    return bool(between) and all(not a.particle for a in between) and later.arguments[-1].start > clause.start
