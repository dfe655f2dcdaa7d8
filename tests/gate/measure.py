"""How well an export agrees with annotated pages: every agreement, miss and extra is an outcome that can be named.

The annotations are as docs/codebook.md says: NAME.json beside the page, evidence as exact words. A figure is a count
over outcomes, so two runs differ in a figure exactly where they differ in a line of their outcomes.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Json = Mapping[str, Any]
Ranges = list[tuple[int, int]]
HIT, MISS, EXTRA = "hit", "miss", "extra"
# Figures that count only what is asked for; nothing can be extra there.
BETWEEN = frozenset(
    {
        "same event",
        "same statement",
        "same commitment",
        "look-alikes apart",
        "differences",
        "part of",
        "fulfils",
        "supersedes",
    }
)
SHARES = frozenset({"evidence exact", "title", "published", "keep", "drop"}) | BETWEEN
BETWEEN_PAGES = frozenset({"contradiction", "copy"})
LONGEST = 160


@dataclass(frozen=True, slots=True, order=True)
class Outcome:
    """One thing that was asked of a page or that the reader said of it."""

    figure: str
    page: str
    what: str
    verdict: str


def measure(gold: Json, page: str, records: Iterable[Json]) -> list[Outcome]:
    """The outcomes of one page. ``page`` is its text, ``records`` the lines of the export that belong to it."""
    kinds: dict[str, list[Json]] = {}
    for record in records:
        kinds.setdefault(record["kind"], []).append(record)
    document = (kinds.get("document") or [{}])[0]
    found = [
        *_head(gold, document),
        *_body(gold, squeeze(document.get("text"))),
        *_exact(page, (r for rs in kinds.values() for r in rs if "evidence" in r)),
        *_sets(gold, document),
        *_people(gold, document),
        *_events(gold, page, kinds.get("event", [])),
        *_statements(gold, page, kinds.get("statement", []), kinds.get("reading", [])),
        *_commitments(gold, page, kinds.get("commitment", []), kinds.get("figure", [])),
        *_flags(gold, page, kinds.get("flag", [])),
    ]
    return [Outcome(figure, gold["id"], what, verdict) for figure, what, verdict in found]


def figures(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """``{"states f1": 0.93, "keep share": 1.0 ...}``; a figure of which nothing was asked or said is left out."""
    counts: dict[str, Counter[str]] = {}
    for outcome in outcomes:
        counts.setdefault(outcome.figure, Counter())[outcome.verdict] += 1
    result: dict[str, float] = {}
    for figure, n in sorted(counts.items()):
        said, asked = n[HIT] + n[EXTRA], n[HIT] + n[MISS]
        if figure in SHARES:
            result[f"{figure} share"] = round(n[HIT] / asked, 3)
            continue
        result[f"{figure} precision"] = round(n[HIT] / said, 3) if said else 0.0
        result[f"{figure} recall"] = round(n[HIT] / asked, 3) if asked else 0.0
        result[f"{figure} f1"] = round(2 * n[HIT] / (said + asked), 3)
    return result


def squeeze(text: object) -> str:
    """Text for comparison: width, case and white space do not count."""
    return "".join(unicodedata.normalize("NFKC", str(text or "")).lower().split())


Line = tuple[str, str, str]


def _head(gold: Json, document: Json) -> Iterator[Line]:
    for field in ("title", "published"):
        if field in gold:
            said, asked = (squeeze(each.get(field)) for each in (document, gold))
            yield field, str(gold[field]), HIT if said == asked else MISS


def _body(gold: Json, body: str) -> Iterator[Line]:
    for snippet in gold["keep"]:
        yield "keep", snippet, HIT if squeeze(snippet) in body else MISS
    for snippet in gold["drop"]:
        yield "drop", snippet, HIT if body and squeeze(snippet) not in body else MISS


def _pieces(record: Json) -> list[Json]:
    return [record["evidence"], *record.get("more", [])]


def _exact(page: str, records: Iterable[Json]) -> Iterator[Line]:
    for record in records:
        true = all(e["text"] and page[e["start"] : e["end"]] == e["text"] for e in _pieces(record) if e)
        yield "evidence exact", f"{record['kind']} {_shown(record)}", HIT if true else MISS


def _sets(gold: Json, document: Json) -> Iterator[Line]:
    for figure in ("states", "orgs"):
        asked, said = ({squeeze(code): code for code in each.get(figure, [])} for each in (gold, document))
        for key, code in {**said, **asked}.items():
            yield figure, code, EXTRA if key not in asked else HIT if key in said else MISS


def _pair(
    asked: list[Json], said: list[Json], closeness: Callable[[Json, Json], float]
) -> tuple[list[tuple[Json, Json]], list[Json], list[Json]]:
    """One to one, closest first; returns the pairs and what is left on either side. Closeness 0 is no pair."""
    left, right = dict(enumerate(asked)), dict(enumerate(said))
    ranked = sorted((-closeness(a, s), i, j) for i, a in left.items() for j, s in right.items())
    pairs = []
    for distance, i, j in ranked:
        if distance < 0 and i in left and j in right:
            pairs.append((left.pop(i), right.pop(j)))
    return pairs, list(left.values()), list(right.values())


def _people(gold: Json, document: Json) -> Iterator[Line]:
    def same(asked: Json, said: Json) -> float:
        forms = [squeeze(form) for form in (asked["name"], *asked.get("forms", []))]
        name = squeeze(said["name"])
        return float(any(len(min(f, name, key=len)) > 1 and (f in name or name in f) for f in forms))

    pairs, missed, extra = _pair(gold["people"], list(document.get("people", [])), same)
    for verdict, people in ((HIT, [a for a, _ in pairs]), (MISS, missed), (EXTRA, extra)):
        for person in people:
            yield "people", person["name"], verdict


def _asked_ranges(page: str, record: Json) -> Ranges:
    words: str = record["evidence"]
    starts = (i for i in range(len(page)) if page.startswith(words, i))
    return [(i, i + len(words)) for i in starts]


def _touching(page: str, asked: Json, said: Json) -> float:
    """The share of the shorter evidence that both have; 0 when under a half or when the reader marks far too much."""
    best = 0.0
    for start, end in _asked_ranges(page, asked):
        for piece in _pieces(said):
            length, own = piece["end"] - piece["start"], end - start
            if 0 < length <= max(2 * own, LONGEST):
                best = max(best, (min(end, piece["end"]) - max(start, piece["start"])) / min(own, length))
    return best if best >= 0.5 else 0.0


def _alike(asked: Iterable[str], said: Iterable[str]) -> bool:
    """At least half of all the parties that either side names are named by both."""
    one, other = {squeeze(a) for a in asked}, {squeeze(s) for s in said}
    return one == other or 2 * len(one & other) >= len(one | other)


def same_parties(asked: Json, said: Json) -> bool:
    """Who did it to whom; in meetings, and in agreements without a receiver, the sides are not told apart."""
    if asked["type"] == "CONSULT" or (asked["type"] == "AGREE" and not asked["recipient"]):
        return _alike([*asked["actor"], *asked["recipient"]], [*said["actor"], *said["recipient"]])
    return _alike(asked["actor"], said["actor"]) and _alike(asked["recipient"], said["recipient"])


def _shown(record: Json) -> str:
    words = record["evidence"]
    words = words if isinstance(words, str) else (words or {}).get("text", "")
    if "actor" in record:
        return f"{record['type']} {','.join(record['actor'])}>{','.join(record['recipient'])} {words[:40]}"
    return f"{record.get('speaker') or record.get('flag') or ''} {words[:40]}".strip()


def _events(gold: Json, page: str, said: list[Json]) -> Iterator[Line]:
    def closeness(a: Json, s: Json) -> float:
        near = _touching(page, a, s)
        return near and near + 4 * (a["type"] == s["type"]) + 2 * same_parties(a, s)

    pairs, missed, extra = _pair(gold["events"], said, closeness)
    verdicts: dict[str, Callable[[Json, Json], bool]] = {
        "events type": lambda a, s: bool(a["type"] == s["type"]),
        "events full": lambda a, s: bool(a["type"] == s["type"]) and same_parties(a, s),
    }
    for figure, right in verdicts.items():
        wrong = [(a, s) for a, s in pairs if not right(a, s)]
        yield from ((figure, _shown(a), HIT) for a, s in pairs if right(a, s))
        yield from ((figure, _shown(a), MISS) for a in [*missed, *(a for a, _ in wrong)])
        yield from ((figure, _shown(s), EXTRA) for s in [*extra, *(s for _, s in wrong)])


def _statements(gold: Json, page: str, said: list[Json], readings: list[Json]) -> Iterator[Line]:
    """An interpretation in the export may stand for a statement of the annotation, but is never extra here."""

    def closeness(a: Json, s: Json) -> float:
        one, other = squeeze(a["text"]), squeeze(s.get("text") or s["evidence"]["text"])
        block = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
        share = block / max(1, min(len(one), len(other)))
        return share if share >= 0.6 and _touching(page, a, s) else 0.0

    pairs, missed, extra = _pair(gold["statements"], [*said, *readings], closeness)
    for a, _ in pairs:
        yield "statements", _shown(a), HIT
    for a in missed:
        yield "statements", _shown(a), MISS
    for s in extra:
        if s["kind"] == "statement":
            yield "statements", _shown(s), EXTRA


def _commitments(gold: Json, page: str, said: list[Json], figures: list[Json]) -> Iterator[Line]:
    """Promises with an amount; a reported figure may stand for one, but is never extra here."""

    def closeness(a: Json, s: Json) -> float:
        same = s["currency"] == a["currency"] and str(s["amount"]) == str(a["amount"])
        return _touching(page, a, s) * same

    with_amount = [each for each in (*said, *figures) if each["currency"] and each["amount"] is not None]
    pairs, missed, extra = _pair(gold.get("commitments", []), with_amount, closeness)
    for verdict, promises in ((HIT, [a for a, _ in pairs]), (MISS, missed)):
        for promise in promises:
            yield "commitments", _shown(promise), verdict
    for s in extra:
        if s["kind"] == "commitment":
            yield "commitments", _shown(s), EXTRA


def _flags(gold: Json, page: str, said: list[Json]) -> Iterator[Line]:
    own = [flag for flag in said if flag["flag"] not in BETWEEN_PAGES]
    asked = [{**flag, "flag": flag["kind"]} for flag in gold["flags"]]
    pairs, missed, extra = _pair(asked, own, lambda a, s: _touching(page, a, s) * (a["flag"] == s["flag"]))
    for verdict, flags in ((HIT, [a for a, _ in pairs]), (MISS, missed), (EXTRA, extra)):
        for flag in flags:
            yield "flags", _shown(flag), verdict
