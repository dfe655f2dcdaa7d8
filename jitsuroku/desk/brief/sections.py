"""The sections of a brief: what comes first, who did and said what, what is disputed, promised, due, and still ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from jitsuroku.desk.brief.disputes import disputed
from jitsuroku.desk.brief.model import Group, Line, Section
from jitsuroku.desk.brief.notes import Notes
from jitsuroku.desk.brief.points import Material, Point
from jitsuroku.desk.brief.sentences import ACTUAL, PLANNED, Teller
from jitsuroku.records import Commitment, Event, Flag, Statement
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
    """What every section is made from."""

    material: Material
    teller: Teller
    notes: Notes
    flags: tuple[Flag, ...]

    def section(self, key: str, groups: Iterable[Group], mark: str = "") -> Section:
        """A section with its title and what it says when it is empty."""
        words = self.teller.words
        kept = tuple(group for group in groups if group.lines)
        return Section(key, words(f"section.{key}"), kept, words(f"empty.{key}"), mark)

    def told(self, points: Iterable[Point]) -> tuple[Line, ...]:
        """The points in full sentences."""
        return tuple(self.notes.line(self.teller.sentence(point), point) for point in points)


def ranked(material: Material) -> list[Point]:
    """The points, those first that most independent sources tell; then what was done, what has a day and its own words."""
    return sorted(material.points, key=lambda p: (*_weight(p), p.date or "9999", p.chief.id))


def _weight(point: Point) -> tuple[int, int, int, int]:
    chief = point.chief
    background = isinstance(chief, Event) and chief.background
    kind = 0 if isinstance(chief, Event) and chief.status == ACTUAL else 1 if isinstance(chief, Commitment) else 2
    return int(background), -point.independent, kind, -len(point.members)


def key_points(draft: Draft, most: int = KEY_POINTS, mark: str = "") -> Section:
    """The few points that most sources tell."""
    chosen = ranked(draft.material)[:most]
    return draft.section("points", [Group("", draft.told(sorted(chosen, key=_when)))], mark)


def _when(point: Point) -> str:
    return first_and_last(point.date)[0] or "9999"


# --- sides ----------------------------------------------------------------------------------------------------------


def sides(draft: Draft) -> Section:
    """What each side did and said, in order of days; promises have a section of their own."""
    groups: dict[str, list[Point]] = {}
    acts = draft.material.of(Event)
    told = {(m.document, m.evidence.start): m.evidence.end for point in acts for m in point.members}
    for point in (*acts, *(p for p in draft.material.of(Statement) if not _told_as_act(p, told))):
        groups.setdefault(_side(point, draft.material.question.parties), []).append(point)
    ordered = _few(groups, draft.material.question.parties)
    words = draft.teller.words
    names = {key: words(f"section.{key}") for key in (TOGETHER, OTHERS, NOBODY)}
    return draft.section(
        "sides", [Group(names.get(side) or words.code(side), draft.told(points)) for side, points in ordered.items()]
    )


def _told_as_act(point: Point, told: Mapping[tuple[str, int], int]) -> bool:
    """Whether the reported words are also an act that is told: 「中国は約束を破ったと非難した」 is told once, as criticism."""
    evidence, document = point.chief.evidence, point.chief.document
    return not getattr(point.chief, "quoted", True) and any(
        min(end, evidence.end) - max(start, evidence.start) >= SHARED * (evidence.end - evidence.start)
        for (page, start), end in told.items()
        if page == document
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
    return draft.section("promised", [Group("", draft.told(draft.material.of(Commitment)))])


def timeline(draft: Draft) -> Section:
    """What was done, by day. A plan whose day lies after its page is something to watch and stands there."""
    acts = [point for point in draft.material.of(Event) if point.date and _is_past(point)]
    lines = [draft.notes.line(draft.teller.short(point), point) for point in acts]
    return draft.section("timeline", [Group("", tuple(lines))])


def _is_past(point: Point) -> bool:
    chief = point.chief
    return isinstance(chief, Event) and (chief.status != PLANNED or (first_and_last(chief.date)[1] or "") <= point.told)


def disputes(draft: Draft) -> Section:
    """Where reports differ or contradict each other, and what an editor would query."""
    return draft.section(
        "disputed", [Group("", tuple(disputed(draft.material, draft.teller, draft.notes, draft.flags)))]
    )


def watch(draft: Draft) -> Section:
    """Plans and promises that lie ahead, and those whose day has passed without a word that they came true."""
    return draft.section("watch", [Group("", tuple(_watched(draft)))])


def _watched(draft: Draft) -> Iterator[Line]:
    as_of = draft.material.as_of or ""
    for point in draft.material.points:
        key = _open_event(point, as_of) if isinstance(point.chief, Event) else _open_promise(point, as_of)
        if key:
            clause = draft.teller.sentence(point)
            words = draft.teller.words
            yield draft.notes.line(words("watch.line", what=words(f"watch.{key}"), clause=clause), point)


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
    ahead, disputed_lines = _watched(draft), disputed(draft.material, draft.teller, draft.notes, draft.flags)
    closing = next(chain(ahead, disputed_lines), None)
    return points, draft.section("conclusion", [Group("", (closing,) if closing else ())], "💡")
