"""The commands judge and review, as their user types them."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.running import SAMPLES, Ran, run

PAGE = "call-tabloid.txt"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("store") / "two.sqlite"
    assert run("add", SAMPLES / PAGE, SAMPLES / "en-call.txt", "--db", file).code == 0
    return file


@pytest.fixture
def own(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one's own with two pages."""
    monkeypatch.setenv("JITSUROKU_NAME", "hanako")
    return Path(shutil.copyfile(samples, tmp_path / "own.sqlite"))


def ids(own: Path, kind: str = "events") -> list[str]:
    return [row["id"] for row in run("list", kind, "--page", PAGE, "--db", own, "--json").value]


def review(own: Path, keys: str, monkeypatch: pytest.MonkeyPatch, *more: str) -> Ran:
    monkeypatch.setattr("sys.stdin", io.StringIO(keys))
    return run("review", "--db", own, "--page", PAGE, *more)


def judged(own: Path) -> list[tuple[str, str]]:
    return [(row["state"], row["judgement"]["judgement"]) for row in run("judge", "list", "--db", own, "--json").value]


def test_reject_and_undo(own: Path) -> None:
    first, *rest = ids(own)
    made = run("judge", "reject", first, "--reason", "no", "--db", own)
    assert (made.code, made.out.split(":")[0]) == (0, "reject")
    assert ids(own) == rest
    assert len(run("list", "events", "--as-read", "--db", own, "--json").value) == len(rest) + 1
    assert first not in run("report", PAGE, "--db", own, "--json").out
    told = run("judge", "list", "--db", own).out
    assert "in effect: reject by hanako" in told
    assert " · no\n" in told
    assert run("judge", "undo", "--db", own).code == 0
    assert ids(own) == [first, *rest]


def test_a_meeting_is_split_and_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.sqlite"
    for name, day in (("one", 17), ("two", 25)):
        text = f"SCO首脳会議\n2033年6月{day + 1}日\n\n上海協力機構(SCO)首脳会議が{day}日、アスタナで開かれた。"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assert run("add", tmp_path / f"{name}.txt", "--db", own).code == 0
    (meeting,) = run("list", "meetings", "--db", own, "--json").value
    assert "[one.txt " in run("list", "meetings", "--db", own).out
    one, two = (e["id"] for e in run("list", "events", "--db", own, "--json").value)
    parts = ("--part", f"events={one}", "--part", f"events={two}; number=34")
    assert run("judge", "split", meeting["id"], *parts, "--by", "hanako", "--db", own).code == 0
    assert [m["number"] for m in run("list", "meetings", "--db", own, "--json").value] == [None, 34]
    monkeypatch.setattr("sys.stdin", io.StringIO("crq"))
    assert "made by a judgement" in run("review", "--kind", "meeting", "--by", "hanako", "--db", own).out


def test_correct_and_explain(own: Path) -> None:
    first = ids(own)[0]
    assert run("judge", "correct", first, "date=2025-06-06", "actor=USA,JPN", "--db", own).code == 0
    assert "USA, JPN -> CHN · 2025-06-06" in run("show", "event", first, "--db", own).out
    assert "human/hanako" in run("explain", first, "--db", own).out
    assert "in effect: correct by hanako" in run("show", "event", first, "--db", own).out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("correct", "ID", "date=soon"), "date: 'soon' does not fit"),
        (("correct", "ID", "day=2025"), "no field 'day'"),
        (("correct", "ID", "date"), "write FIELD=VALUE"),
        (("dismiss", "ID", "--reason", "x"), "a flag is dismissed"),
        (("split", "ID", "--part", "date=2025"), "two parts or more"),
        (("undo",), "no judgement that stands"),
        (("add", PAGE, "event", "--words", "何処にもない", "type=CONSULT"), "does not stand there"),
        (("add", PAGE, "rumour", "--words", "会談", "type=CONSULT"), "cannot be added"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_line(own: Path, arguments: tuple[str, ...], told: str) -> None:
    ran = run("judge", *(ids(own)[0] if word == "ID" else word for word in arguments), "--db", own)
    assert ran.code == 2
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert judged(own) == []


def test_a_record_of_a_page_in_english(own: Path) -> None:
    words = "Trump and Xi speak by phone"
    ran = run("judge", "add", "en-call.txt", "event", "--words", words, "type=CONSULT", "actor=USA", "--db", own)
    assert "CONSULT USA" in ran.out
    assert words in run("report", "en-call.txt", "--db", own).out
    assert run("doctor", "--db", own).code == 0


def test_judgements_go_to_another_store(own: Path, samples: Path, tmp_path: Path) -> None:
    run("judge", "reject", *ids(own), "--db", own)
    file, other = tmp_path / "judgements.jsonl", Path(shutil.copyfile(samples, tmp_path / "other.sqlite"))
    assert run("judge", "export", "-o", file, "--db", own).code == 0
    assert run("judge", "export", "--db", own).out == file.read_text(encoding="utf-8")
    assert run("judge", "import", file, "--db", other, "--json").value == {"new": 2}
    assert ids(other) == []
    kept = [run("export", "--judged", "--db", store).out for store in (own, other)]
    assert kept[0] == kept[1] != run("export", "--db", own).out


def test_review_goes_through_the_queue(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = ids(own)
    ran = review(own, "c\ne date=2025-06-04; place=北京\nq", monkeypatch, "--kind", "event")
    assert ran.code == 0
    assert ran.out.index(first) < ran.out.index(second)
    assert "[2 of 2] event" in ran.out
    assert ran.out.endswith("1 confirm, 1 correct; 0 skipped, 0 left\n")
    assert judged(own) == [("in effect", "confirm"), ("in effect", "correct")]
    assert "nothing waits to be judged" in review(own, "c", monkeypatch, "--kind", "event").out


def test_review_shows_at_most_so_many(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = ids(own)
    assert "[1 of 1] event" in review(own, "c", monkeypatch, "--kind", "event", "--limit", "1").out
    rest = review(own, "q", monkeypatch, "--kind", "event", "--limit", "1").out
    assert second in rest
    assert first not in rest


def test_review_undoes_skips_and_refuses(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = review(own, "ud no\nsrucu", monkeypatch, "--kind", "event")
    assert "nothing of this sitting to undo" in ran.out
    assert "only a flag is dismissed" in ran.out
    assert ran.out.count("taken back") == 2
    assert [state for state, _ in judged(own)].count("in effect") == 0
    review(own, "e oops\ne date=soon\nq", monkeypatch, "--kind", "event")
    assert [state for state, _ in judged(own)].count("in effect") == 0


def test_review_dismisses_flags_with_a_reason(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flags = run("check", "--db", own, "--json").value
    ran = review(own, "d\nd 14円は誤記\n", monkeypatch, "--kind", "flag")
    assert "with a reason" in ran.out
    assert len(run("check", "--db", own, "--json").value) == len(flags) - 1
    (line,) = run("judge", "export", "--db", own).out.splitlines()
    assert json.loads(line)["reason"] == "14円は誤記"


def test_review_knows_its_kinds(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert review(own, "", monkeypatch, "--kind", "rumour").code == 2
    assert "0 skipped" in review(own, "", monkeypatch).out, "no keys: it ends"
