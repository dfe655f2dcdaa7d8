"""The watch: rounds over folders and addresses, what they report and how, with a clock of our own."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from jitsuroku.cli import watching
from jitsuroku.desk.query import Desk
from tests.cli.running import Ran, page, run

pytestmark = pytest.mark.usefixtures("both")

ATOM = "{http://www.w3.org/2005/Atom}"
BEFORE = "青藍新聞\n2025年9月6日\n\n日本の岩屋毅外相は5日、韓国の趙顕外相とソウルで会談した。\n"
AGAIN = "青鷺通信\n2025年9月6日\n\n日本の岩屋毅外相は5日、ソウルで韓国の趙顕外相と会談した。\n"
CALL = "青藍新聞\n2025年9月8日\n\n米国のトランプ大統領は7日、インドのモディ首相と電話で協議した。\n"
AID = "青藍新聞\n2025年3月4日\n\nフランスのデュラン大統領は3日、ドイツに20億ユーロ(約{}億円)の支援を約束した。\n"


class Hands:
    """A clock that moves only when somebody waits, and stops the watch after so many rounds."""

    def __init__(self) -> None:
        self.time, self.rounds = datetime(2025, 9, 7, 12, 0, tzinfo=UTC), 1
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += timedelta(seconds=seconds)
        if len(self.waits) >= self.rounds:
            raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    hands = Hands()
    monkeypatch.setattr(watching, "CLOCK", watching.Clock(lambda: hands.time, hands.sleep))
    return hands


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a page that the store has already."""
    (tmp_path / "news").mkdir()
    page(tmp_path / "news", "before.txt", BEFORE)
    assert run("add", tmp_path / "news", "--db", tmp_path / "my.sqlite").code == 0
    return tmp_path


def watch(place: Path, *arguments: object) -> Ran:
    return run("watch", "--once", *arguments, place / "news", "--db", place / "my.sqlite")


def told(ran: Ran) -> list[tuple[str, str]]:
    """What changed and on which page, from the report as JSON."""
    return [(change["change"], change["source"]) for change in ran.value["changes"]]


def test_what_stands_there_already_is_no_news(place: Path) -> None:
    assert watch(place).out == "nothing changed\n"


def test_a_new_page_is_told_once_with_its_words(place: Path) -> None:
    watch(place)
    page(place / "news", "call.txt", CALL)
    ran = watch(place)
    assert ran.code == 0
    assert ran.out.startswith("new event: CONSULT USA -> IND · 2025-09-07")
    assert "| 米国のトランプ大統領は7日、インドのモディ首相と電話で協議した  [call.txt " in ran.out
    assert watch(place).out == "nothing changed\n"


def test_what_an_earlier_page_told_is_no_new_event(place: Path) -> None:
    page(place / "news", "again.txt", AGAIN)
    assert told(watch(place, "--json")) == []


def test_two_pages_that_tell_one_thing_are_one_change(place: Path) -> None:
    page(place / "news", "call.txt", CALL)
    page(place / "news", "other.txt", CALL.replace("電話で協議した", "電話で会談した").replace("青藍新聞", "青鷺通信"))
    assert [change for change, _ in told(watch(place, "--json"))] == ["new event"]


def test_a_promise_told_otherwise_and_a_contradiction(place: Path) -> None:
    page(place / "news", "one.txt", AID.format(3200))
    changes = {change for change, _ in told(watch(place, "--json"))}
    assert "new commitment" in changes
    page(place / "news", "two.txt", AID.format(320))
    ran = watch(place, "--json")
    assert ("new contradiction", "two.txt") in told(ran)
    (contradiction,) = (
        c for c in ran.value["changes"] if c["change"] == "new contradiction" and "AGREE" not in c["line"]
    )
    assert {touched["how"] for touched in contradiction["touched"]} == {"one", "other"}
    assert "new commitment" not in {change for change, _ in told(ran)}


@pytest.mark.parametrize(
    ("later", "why"),
    [
        ("日本は20日、ケニアに3億ドルを融資する文書に署名した。", "stage: pledged -> signed"),
        ("日本は20日、ケニアへの3億ドルの融資を停止すると発表した。", "pledged, later suspended"),
        ("日本は20日、ケニアに約束した3億ドルの融資を5億ドルに増額すると表明した。", "300,000,000 USD, later 500,000,000 USD"),
        ("日本は6日、ケニアに3億ドルの融資を約束した。", None),
    ],
)  # fmt: skip
def test_a_promise_that_changed(place: Path, later: str, why: str | None) -> None:
    page(place / "news", "one.txt", "青藍新聞\n2025年9月6日\n\n日本は6日、ケニアに3億ドルの融資を約束した。\n")
    watch(place)
    page(place / "news", "two.txt", f"青鷺通信\n2025年9月21日\n\n{later}\n")
    changed = [c for c in watch(place, "--json").value["changes"] if c["change"] == "commitment changed"]
    assert len(changed) == (why is not None)
    assert all(why in change["why"] for change in changed)


def test_a_corrected_page_and_which_records_that_touches(place: Path) -> None:
    watch(place)
    page(place / "news", "before.txt", BEFORE.replace("ソウル", "釜山") + "岩屋外相は「対話を続ける」と述べた。\n")
    ran = watch(place, "--json")
    (corrected, *others) = ran.value["changes"]
    assert corrected["change"] == "page corrected"
    how = [(touched["how"], touched["line"]) for touched in corrected["touched"]]
    assert ("gone", "CONSULT JPN -> KOR · 2025-09-05 · at ソウル · 岩屋毅 趙顕") in how
    assert ("new", "CONSULT JPN -> KOR · 2025-09-05 · at 釜山 · 岩屋毅 趙顕") in how
    assert any(way == "new" and "対話を続ける" in line for way, line in how)
    assert {change["change"] for change in others} <= {"new event"}


def test_a_correction_that_leaves_a_record_as_it_was_does_not_name_it(place: Path) -> None:
    watch(place)
    page(place / "news", "before.txt", "号外\n" + BEFORE + "雨が降った。\n")
    (corrected,) = watch(place, "--json").value["changes"]
    assert (corrected["change"], corrected["touched"]) == ("page corrected", [])


def test_a_saved_query_narrows_and_has_a_count_of_its_own(place: Path) -> None:
    assert run("query", "save", "india", "--party", "インド", "--db", place / "my.sqlite").code == 0
    watch(place, "--query", "india")
    page(place / "news", "call.txt", CALL)
    page(place / "news", "aid.txt", AID.format(3200))
    assert {source for _, source in told(watch(place, "--json", "--query", "india"))} == {"call.txt"}
    assert watch(place, "--query", "nobody").code == 4


def test_private_pages_are_in_no_report(place: Path) -> None:
    watch(place)
    (place / "own").mkdir()
    secret = page(place / "own", "call.txt", CALL)
    assert run("add", "--private", secret, "--db", place / "my.sqlite").code == 0
    assert watch(place).out == "nothing changed\n"


def test_the_feed_has_stable_ids_and_the_time_of_the_round(place: Path, hands: Hands) -> None:
    feed = place / "feed.xml"
    watch(place, "--atom", feed)
    page(place / "news", "call.txt", CALL)
    watch(place, "--atom", feed)
    first = {
        e.findtext(f"{ATOM}id"): e.findtext(f"{ATOM}updated") for e in ElementTree.parse(feed).iter(f"{ATOM}entry")
    }
    assert set(first.values()) == {"2025-09-07T12:00:00Z"}
    hands.time += timedelta(hours=1)
    page(place / "news", "aid.txt", AID.format(3200))
    watch(place, "--atom", feed)
    then = {e.findtext(f"{ATOM}id"): e.findtext(f"{ATOM}updated") for e in ElementTree.parse(feed).iter(f"{ATOM}entry")}
    assert first.items() < then.items()
    assert list(then.values())[0] == "2025-09-07T13:00:00Z"


def test_a_command_gets_the_report_and_no_shell(place: Path) -> None:
    taken = place / "taken.txt"
    script = page(
        place, "take.py", f"import sys\nopen({str(taken)!r}, 'w').write(sys.stdin.read() + repr(sys.argv[1:]))\n"
    )
    watch(place)
    page(place / "news", "call.txt", CALL)
    assert watch(place, "--run", f"{sys.executable} {script} '$(id)' ';' '>x'").code == 0
    text = taken.read_text(encoding="utf-8")
    assert text.startswith("new event: CONSULT USA -> IND")
    assert text.endswith("['$(id)', ';', '>x']")
    taken.unlink()
    assert watch(place, "--run", f"{sys.executable} {script}").out == "nothing changed\n"
    assert not taken.exists()


@pytest.mark.parametrize("command", [f"{sys.executable} -c 'import sys; sys.exit(3)'", "no-such-command-here"])
def test_what_a_command_did_not_take_is_told_again(place: Path, command: str) -> None:
    watch(place)
    page(place / "news", "call.txt", CALL)
    ran = watch(place, "--run", command)
    assert (ran.code, ran.out) == (1, "")
    assert "the next round tells the same again" in ran.err
    assert watch(place).out.startswith("new event")


def test_it_looks_again_after_the_time_to_wait(place: Path, hands: Hands) -> None:
    hands.rounds = 2
    page(place / "news", "call.txt", CALL)
    ran = run("watch", "--every", "2h", "--json", place / "news", "--db", place / "my.sqlite")
    assert (ran.code, hands.waits) == (130, [7200.0, 7200.0])
    assert [json.loads(line)["at"] for line in ran.out.splitlines()] == ["2025-09-07T12:00:00Z"]


def test_a_round_that_was_killed_is_told_by_the_next(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watch(place)
    page(place / "news", "call.txt", CALL)
    run("add", place / "news", "--db", place / "my.sqlite")
    assert watch(place).out.startswith("new event")


def test_the_same_rounds_give_the_same_report(place: Path) -> None:
    from jitsuroku.desk.watch import changes

    page(place / "news", "call.txt", CALL)
    watch(place)
    with Desk(place / "my.sqlite") as desk:
        upto = desk.store.newest_number()
        assert changes(desk, 1, upto) == changes(desk, 1, upto) != ()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("https://example.org/feed.xml", "--offline"), "--offline fetches nothing"),
        (("file:///etc",), "only http and https"),
        (("https://name:word@example.org/",), "name or password"),
        (("--every", "0m", "news"), "no time to wait"),
        (("--run", "'", "news"), "--run"),
        ((), "NAMES"),
    ],
)
def test_what_cannot_be_watched_is_a_usage_error(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    ran = run("watch", "--once", *arguments, "--db", tmp_path / "my.sqlite")
    assert ran.code == 2
    assert told in ran.err


def test_a_folder_that_is_not_there_is_refused_and_the_rest_is_read(place: Path) -> None:
    page(place / "news", "call.txt", CALL)
    ran = run("watch", "--once", place / "nowhere", place / "news", "--db", place / "my.sqlite")
    assert ran.code == 1
    assert "refused:" in ran.err
    assert ran.out.startswith("new event")


def test_queries_are_saved_listed_and_forgotten(tmp_path: Path) -> None:
    db = ("--db", tmp_path / "my.sqlite")
    assert run("query", "list", *db).code == 3
    assert (
        run("query", "save", "kaz", "--party", "KAZ", "--since", "2025", *db).out
        == "saved kaz: --party KAZ --since 2025\n"
    )
    assert run("query", "list", "--json", *db).value == [{"name": "kaz", "asked": {"party": "KAZ", "since": "2025"}}]
    assert run("query", "save", "a/b", "--party", "KAZ", *db).code == 2
    assert run("query", "save", "empty", *db).code == 2
    assert run("query", "remove", "other", *db).code == 4
    assert run("query", "remove", "kaz", *db).out == "removed kaz\n"
    assert run("query", "list", *db).out == "no query is saved\n"
