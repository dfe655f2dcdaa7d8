"""What has been read of a page so far, and what later words point back to: 同日, 翌日, この日, 当時, 5か月後."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jitsuroku.mentions import iso
from jitsuroku.mentions.date_patterns import DateWords
from jitsuroku.mentions.months import Anchor, Outlook
from jitsuroku.records import Sentence

PAST = re.compile(r"[しっいれえめせげじきてべ]た(?![いらりち])|んだ")
PARAGRAPHS = 3
QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』")


@dataclass(frozen=True, slots=True)
class Seen:
    """A date read before: its last day and its first, where it stood, and how much of it was written."""

    value: str
    first: str
    paragraph: int
    sentence: int
    full: bool
    month_known: bool
    leading: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a match stands: the sentence, and its words before and after the match."""

    sentence: Sentence
    number: int
    head: str
    tail: str
    offset: int

    @property
    def quoted(self) -> bool:
        return any(q.start <= self.offset < q.end for q in self.sentence.quotations)

    @property
    def aside(self) -> bool:
        """Whether the date stands in brackets: 「4日(日本時間5日)」."""
        return self.head.count("(") > self.head.count(")")

    def outlook(self, words: DateWords) -> Outlook:
        """What the words after the date say of it, as far as the first past tense, without quotations."""
        tail = QUOTED.sub("", self.tail).rstrip("。 \n")
        past = PAST.search(tail)
        ahead = tail[: past.start()] if past else tail
        first = re.split("、", tail, maxsplit=1)[0]
        told = not tail.startswith("の") and bool(PAST.search(first) or "ている" in first or "ています" in first)
        return Outlook(bool(words.plan.search(ahead)), bool(words.strong_plan.search(ahead)), told)

    @property
    def leading(self) -> bool:
        """Whether the date opens its sentence or follows the topic: 「首相は16日、…」."""
        return "、" not in self.head or self.head.rstrip("、").endswith(("は", "も", "が"))


class Memory:
    """The dates of one page in reading order, against the page's own day."""

    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor
        self.seen: list[Seen] = []

    def near(self, here: Place) -> list[Seen]:
        """What was read before in the same paragraph."""
        return [s for s in self.seen if s.paragraph == here.sentence.paragraph]

    def to_come(self, value: str) -> bool:
        """Whether a day lies after the page's own."""
        return self.anchor.value is not None and value[: len(self.anchor.value)] > self.anchor.value

    def days_told(self) -> list[Seen]:
        """The days 同日 may mean: none in brackets and none still to come (「11月10日まで延長」)."""
        days = [s for s in self.seen if iso.is_day(s.value) and not s.aside]
        return [s for s in days if not self.to_come(s.value)] or days

    def last_day(self, here: Place, steps: int) -> str | None:
        """同日, 翌日: counted from the last day of the paragraph, else from the last one that opened a sentence."""
        if steps and here.head and here.head[-1] in "のにでとた":
            return None
        days = self.days_told()
        near = [s for s in days if s.paragraph == here.sentence.paragraph]
        chosen = near or [s for s in days if s.leading] or days
        return iso.shift_days(chosen[-1].value, steps) if chosen else None

    def this_day(self, here: Place) -> str | None:
        """この日: the last day of the paragraph, else the first the page tells of, else the page's own."""
        days = self.days_told()
        near = [s for s in days if s.paragraph == here.sentence.paragraph]
        if near or days:
            return near[-1].value if near else days[0].value
        return self.anchor.value if self.anchor.day else None

    def event_day(self, here: Place, *, last: bool) -> str | None:
        """初日, 最終日: of what was told to last for some days a few paragraphs before at most."""
        close = [s for s in self.seen if s.paragraph >= here.sentence.paragraph - PARAGRAPHS]
        lasting = [s for s in close if s.first != s.value and iso.is_day(s.value) and iso.is_day(s.first)]
        return (lasting[-1].value if last else lasting[-1].first) if lasting else None

    def last_time(self, here: Place) -> str | None:
        """当時: the time told of in an earlier sentence, if that is not the page's own month."""
        earlier = [s for s in self.seen if s.sentence < here.number]
        if not earlier or earlier[-1].paragraph < here.sentence.paragraph - 1:
            return None
        value = earlier[-1].value
        return None if self.anchor.value and value[:7] == self.anchor.value[:7] else value

    def base_of_steps(self, here: Place) -> str | None:
        """What 5か月後 counts from: the last date of this paragraph or of the few before."""
        close = [s for s in self.seen if s.paragraph >= here.sentence.paragraph - PARAGRAPHS]
        return close[-1].value if close else None
