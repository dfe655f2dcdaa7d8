"""The sections of a brief: what comes first, who did and said what, what is disputed, promised, due, and still ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from jitsuroku.desk.brief.disputes import disputed
from jitsuroku.desk.brief.model import Group, Section
from jitsuroku.desk.brief.notes import Notes
from jitsuroku.desk.brief.points import Material, Point
from jitsuroku.desk.brief.sentences import ACTUAL, PLANNED, Teller
from jitsuroku.records import Commitment, Event, Evidence, Flag, Statement
from jitsuroku.store.days import first_and_last

KEY_POINTS, THREE, MOST_SIDES = 5, 3, 6
# So much of a statement's words must be an act's words too.
SHARED = 0.8
DONE, ENDED = frozenset({"delivered", "cancelled"}), frozenset({"fulfils", "supersedes"})
TOGETHER, OTHERS, NOBODY = "together", "others", "nobody"
# Plans of these modes are watched although no day is given.
MEETINGS = frozenset({"visit", "meet", "multilateral"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What every section is made from. ``most``: so many sentences under a heading, None for all."""

    material: Material
    teller: Teller
    notes: Notes
    flags: tuple[Flag, ...]
    most: int | None

    def section(self, key: str, groups: Iterable[Group], mark: str = "") -> Section:
        """A section with its title and what it says when it is empty."""
        words = self.teller.words
        kept = tuple(group for group in groups if group.lines)
        return Section(key, words(f"section.{key}"), kept, words(f"empty.{key}"), mark)

    def group(self, points: Sequence[Point], tell: Callable[[Point], str], title: str = "") -> Group:
        """The points in sentences, in their order; where they are too many those that come first by rank."""
        chosen = {id(point) for point in ranked(points)[: self.most]}
        lines = tuple(self.notes.line(tell(point), point) for point in points if id(point) in chosen)
        return Group(title, lines, len(points) - len(lines))


def ranked(points: Iterable[Point]) -> list[Point]:
    """The points, those first that most independent sources tell; then what was done, and of that the newest."""
    newest = sorted(points, key=lambda p: (p.date or "", p.chief.id), reverse=True)
    return sorted(newest, key=_weight)


def _weight(point: Point) -> tuple[int, int, int, int]:
    chief = point.chief
    background = isinstance(chief, Event) and chief.background
    kind = 0 if isinstance(chief, Event) and chief.status == ACTUAL else 1 if isinstance(chief, Commitment) else 2
    return int(background), -point.independent, kind, -len(point.members)


def key_points(draft: Draft, most: int = KEY_POINTS, mark: str = "") -> Section:
    """The few points that most sources tell."""
    chosen = sorted(ranked(draft.material.points)[:most], key=_when)
    return draft.section("points", [draft.group(chosen, draft.teller.sentence)], mark)


def _when(point: Point) -> str:
    return first_and_last(point.date)[0] or "9999"


# --- sides ----------------------------------------------------------------------------------------------------------


def sides(draft: Draft) -> Section:
    """What each side did and said, in order of days; promises have a section of their own."""
    groups: dict[str, list[Point]] = {}
    acts = draft.material.of(Event)
    told: dict[str, list[Evidence]] = {}
    for member in (member for point in acts for member in point.members):
        told.setdefault(member.document, []).append(member.evidence)
    for point in (*acts, *(p for p in draft.material.of(Statement) if not _told_as_act(p, told))):
        groups.setdefault(_side(point, draft.material.question.parties), []).append(point)
    ordered = _few(groups, draft.material.question.parties)
    words = draft.teller.words
    names = {key: words(f"section.{key}") for key in (TOGETHER, OTHERS, NOBODY)}
    return draft.section(
        "sides",
        (
            draft.group(points, draft.teller.sentence, names.get(side) or words.code(side))
            for side, points in ordered.items()
        ),
    )


def _told_as_act(point: Point, told: Mapping[str, Sequence[Evidence]]) -> bool:
    """Whether the reported words are also an act that is told: 「中国は約束を破ったと非難した」 is told once, as criticism."""
    own = point.chief.evidence
    return not getattr(point.chief, "quoted", True) and any(
        min(act.end, own.end) - max(act.start, own.start) >= SHARED * (own.end - own.start)
        for act in told.get(point.chief.document, ())
    )


def _side(point: Point, asked: Sequence[str]) -> str:
    """Whose the point is: of the parties asked for the one that acts or speaks, else the first that does."""
    chief = point.chief
    acting = chief.for_ if isinstance(chief, Statement) else getattr(chief, "actor", ())
    if not acting:
        return OTHERS if isinstance(chief, Statement) else NOBODY
    own = [code for code in asked if code in acting]
    if len(own) > 1 or (not asked and len(acting) > 1):
        return TOGETHER
    return own[0] if own else OTHERS if len(asked) > 1 else acting[0]


def _few(groups: dict[str, list[Point]], asked: Sequence[str]) -> dict[str, list[Point]]:
    """The sides asked for first, what they did together, then those with most points; the rest under others."""
    named = sorted(
        (side for side in groups if side not in (TOGETHER, OTHERS, NOBODY)), key=lambda s: (-len(groups[s]), s)
    )
    first = [*(side for side in asked if side in groups), *([TOGETHER] if TOGETHER in groups else [])]
    kept = list(dict.fromkeys([*first, *named]))[: MOST_SIDES + len(first)]
    rest = [point for side, points in groups.items() if side not in (*kept, NOBODY) for point in points]
    found = {side: groups[side] for side in kept} | ({OTHERS: sorted(rest, key=_when)} if rest else {})
    return found | ({NOBODY: groups[NOBODY]} if NOBODY in groups else {})


# --- promises, timeline, what is ahead ------------------------------------------------------------------------------


def promised(draft: Draft) -> Section:
    """Promises, those first that fall due first."""
    return draft.section("promised", [draft.group(draft.material.of(Commitment), draft.teller.sentence)])


def timeline(draft: Draft) -> Section:
    """What was done, by day. A plan whose day lies after its page is something to watch and stands there."""
    acts = [point for point in draft.material.of(Event) if point.date and _is_past(point)]
    return draft.section("timeline", [draft.group(acts, draft.teller.short)])


def _is_past(point: Point) -> bool:
    chief = point.chief
    return isinstance(chief, Event) and (chief.status != PLANNED or (first_and_last(chief.date)[1] or "") <= point.told)


def disputes(draft: Draft) -> Section:
    """Where reports differ or contradict each other, and what an editor would query."""
    told = tuple(islice(disputed(draft.material, draft.teller, draft.notes, draft.flags), draft.most))
    # Counted without calling for footnotes of what is left out.
    apart = Notes(draft.material.documents)
    number = sum(1 for _ in disputed(draft.material, draft.teller, apart, draft.flags))
    return draft.section("disputed", [Group("", told, number - len(told))])


def watch(draft: Draft) -> Section:
    """Plans and promises that lie ahead, and those whose day has passed without a word that they came true."""
    return draft.section("watch", [draft.group(_open(draft), lambda point: _watched(point, draft))])


def _open(draft: Draft) -> list[Point]:
    return [point for point in draft.material.points if _standing(point, draft.material.as_of or "")]


def _watched(point: Point, draft: Draft) -> str:
    words, standing = draft.teller.words, _standing(point, draft.material.as_of or "")
    return words("watch.line", what=words(f"watch.{standing}"), clause=draft.teller.sentence(point))


def _standing(point: Point, as_of: str) -> str | None:
    return _open_event(point, as_of) if isinstance(point.chief, Event) else _open_promise(point, as_of)


def _open_event(point: Point, as_of: str) -> str | None:
    """Whether a plan is still ahead of the newest page, or its day has passed untold; None for what is neither."""
    chief = point.chief
    if not isinstance(chief, Event) or chief.status != PLANNED or any(link.link in ENDED for link in point.links):
        return None
    last = first_and_last(chief.date)[1]
    if last is None:
        return "ahead" if chief.mode in MEETINGS else None
    # A plan's day up to that of its page is the day of the planning.
    if last <= point.told:
        return None
    return "ahead" if last >= as_of else "untold"


def _open_promise(point: Point, as_of: str) -> str | None:
    chief = point.chief
    if not isinstance(chief, Commitment) or not chief.due or chief.stage in DONE:
        return None
    return "due" if (first_and_last(chief.due)[1] or "") >= as_of else "overdue"


# --- three points ---------------------------------------------------------------------------------------------------


def three_points(draft: Draft) -> tuple[Section, ...]:
    """Three points and a conclusion: what comes next, else the greatest difference, else that there is neither."""
    points = key_points(draft, THREE, "✅")
    # Only the first is made, so that no footnote is left without its sentence.
    ahead = (draft.notes.line(_watched(point, draft), point) for point in _open(draft))
    closing = next(chain(ahead, disputed(draft.material, draft.teller, draft.notes, draft.flags)), None)
    return points, draft.section("conclusion", [Group("", (closing,) if closing else ())], "💡")
