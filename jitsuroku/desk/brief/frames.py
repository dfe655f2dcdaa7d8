"""How an event is worded: the frames of ``frames.toml``, found by type, mode and trigger."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jitsuroku.lexicon import PACKAGE, read_event_type
from jitsuroku.records import Event

FRAMES = Path(__file__).with_name("frames.toml")


@dataclass(frozen=True, slots=True)
class Frame:
    """A way to word an event, with ``{a}`` and ``{r}``; ``words`` tells whether the page's own words follow."""

    act: str
    mode: str | None
    triggers: str
    words: bool
    done: tuple[tuple[str, str], ...]
    ahead: tuple[tuple[str, str], ...]
    example: str

    def fits(self, event: Event) -> bool:
        """Whether the event's mode and trigger are the frame's; its type is looked at before."""
        trigger = event.rule.rpartition("#")[2]
        return self.mode in (None, event.mode) and re.search(self.triggers, trigger) is not None

    def template(self, language: str, *, planned: bool) -> str:
        """The wording in a language."""
        return dict(self.ahead if planned and self.ahead else self.done)[language]


@cache
def frames() -> tuple[Frame, ...]:
    """All frames in the order in which they are tried."""
    data = tomllib.loads(FRAMES.read_text(encoding="utf-8"))["frame"]
    return tuple(
        Frame(
            act=row["act"],
            mode=row.get("mode"),
            triggers=row.get("triggers", ""),
            words=row["words"],
            done=tuple((language, row[language]) for language in ("en", "ja")),
            ahead=tuple(
                (language, row[f"ahead_{language}"]) for language in ("en", "ja") if f"ahead_{language}" in row
            ),
            example=row["example"],
        )
        for row in data
    )


@cache
def acts() -> dict[str, tuple[str, bool]]:
    """For each type's code its folder, and whether its acts always lie ahead."""
    folders = (path.parent for path in (PACKAGE / "event_types").glob("*/type.toml"))
    types = {folder.name: read_event_type(folder / "type.toml") for folder in folders}
    return {kind.code: (name, kind.ahead) for name, kind in types.items()}


def frame_of(event: Event) -> Frame:
    """The frame that words the event."""
    act, _ = acts()[event.type]
    return next(frame for frame in frames() if frame.act == act and frame.fits(event))


def lies_ahead(event: Event) -> bool:
    """Whether the event is of a type whose acts come later: agreeing is done, what was agreed on is not."""
    return acts()[event.type][1]
