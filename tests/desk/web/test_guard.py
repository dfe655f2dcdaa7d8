"""Who may ask, from where and how much; what comes in from a page stays inert."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from jitsuroku import Desk
from jitsuroku.desk.export.delimited import inert
from jitsuroku.desk.web import guard
from jitsuroku.desk.web.adding import safe_name
from jitsuroku.desk.web.app import application
from jitsuroku.desk.web.guard import Entry
from jitsuroku.desk.web.serving import Place
from tests.desk.web.conftest import HARM
from tests.desk.web.places import in_form, places
from tests.desk.web.visiting import HOST, Visitor

OWN = {"origin": f"http://{HOST}"}
TEXT = "日仏首脳が会談\n2025年6月3日\n\nフランスの大統領は3日、日本の首相と東京で会談した。"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8765", "[::1", "", "jitsuroku.local"])
def test_other_names_are_refused(visitor: Visitor, host: str) -> None:
    assert visitor.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8765"])
def test_own_names_are_not(visitor: Visitor, host: str) -> None:
    assert visitor.get("/told", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", **OWN},
    ],
)
def test_forms_of_other_sites_are_refused(headers: dict[str, str]) -> None:
    with Desk(":memory:") as desk:
        assert Visitor(desk).post("/add", data={"text": TEXT}, headers=headers).status_code == 403
        assert len(desk.documents()) == 0


def test_pages_come_in_by_form() -> None:
    with Desk(":memory:") as desk:
        files = [("files", ("../../up/page.txt", TEXT.encode("cp932"))), ("files", ("empty.txt", b" "))]
        visitor = Visitor(desk)
        answer = visitor.post(
            "/add", data={"text": TEXT.replace("3日", "4日"), "name": "own"}, files=files, headers=OWN
        )
        assert answer.status_code == 303
        assert sorted(d.source for d in desk.documents()) == ["own.txt", "page.txt"]
        run = visitor.get(answer.headers["location"])
        assert "empty.txt" in run.text
        assert visitor.get(answer.headers["location"] + ".json").json()["done"]
        assert visitor.post("/add", headers=OWN).status_code == 400
        assert visitor.get("/add/nothing").status_code == 404


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        (".bashrc", "bashrc"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("…", "…"),
        ("..", "page.txt"),
        ("x" * 500 + ".txt", "x" * 120 + ".txt"),
    ],
)
def test_a_files_name_leads_nowhere(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_too_much_is_refused_before_it_is_read(visitor: Visitor) -> None:
    async def endless():  # type: ignore[no-untyped-def]
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        while True:
            yield b"x" * 100_000

    told = visitor.post("/add", content=b"", headers={**OWN, "content-length": "999999999"})
    assert told.status_code == 413
    untold = visitor.post("/add", content=endless(), headers={**OWN, "content-type": "multipart/form-data; boundary=x"})
    assert untold.status_code == 413
    assert visitor.get("/search", params={"q": "x" * 10_000}).status_code == 414


def test_a_slow_request_is_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "SLOWEST_BODY", 0.05)
    answers: list[int] = []

    async def never() -> dict[str, object]:
        await asyncio.sleep(60)
        return {}

    async def send(message: dict[str, object]) -> None:
        if "status" in message:
            answers.append(int(str(message["status"])))

    form = (b"content-type", b"multipart/form-data; boundary=x")
    headers = [(b"host", HOST.encode()), (b"origin", OWN["origin"].encode()), form]
    scope = {"type": "http", "method": "POST", "path": "/add", "query_string": b"", "headers": headers}
    asyncio.run(application(desk)(scope, never, send))  # type: ignore[arg-type]
    assert answers == [408]


def test_the_token(desk: Desk) -> None:
    visitor = Visitor(desk, Entry(frozenset({"*"}), "secret"))
    assert visitor.get("/").status_code == 401
    assert visitor.get("/?token=wrong").status_code == 401
    entered = visitor.get("/told?token=secret&kind=event")
    assert (entered.status_code, entered.headers["location"]) == (303, "/told?kind=event")
    assert "HttpOnly" in entered.headers["set-cookie"]
    cookie = entered.headers["set-cookie"].split(";")[0]
    assert visitor.get("/told", headers={"cookie": cookie}).status_code == 200
    assert visitor.get("/told.json", headers={"authorization": "Bearer secret"}).status_code == 200
    assert visitor.get(f"http://{HOST}//evil.example?token=secret").headers["location"] == "/evil.example"


def test_only_this_machine_comes_in_without_a_token() -> None:
    assert Place().entry() == Entry()
    assert Place("0.0.0.0").entry().token
    assert Place("0.0.0.0").entry().token != Place("0.0.0.0").entry().token
    own = Place("192.0.2.1", token="own").entry()
    assert (own.hosts, own.token) == (guard.LOOPBACK | {"192.0.2.1"}, "own")
    assert own.visiting not in (None, "own")


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fwords.toml", "/static//etc/passwd"]
)
def test_nothing_but_static_files_is_served(visitor: Visitor, path: str) -> None:
    assert visitor.get(f"http://{HOST}{path}").status_code == 404


def test_a_page_that_means_harm_stays_text(harmed: Desk) -> None:
    visitor = Visitor(harmed)
    assert len(harmed.documents()) == 3
    for place in places(harmed):
        answer = visitor.get(place)
        assert answer.status_code == 200, place
        for part in ("<script>window", "<img src=x", "<svg onload", "</title>日", '"onmouseover', 'href="javascript'):
            assert part not in answer.text, place
        assert not {"\u202e", "\u2066"} & set(answer.text), place
        assert "55433" not in answer.text
    assert any("{{ 7919*7 }}" in visitor.get(place).text for place in places(harmed))


def test_formulas_do_not_run_in_a_spreadsheet(harmed: Desk) -> None:
    visitor = Visitor(harmed)
    assert "=1+1" in HARM
    for place in places(harmed):
        text = visitor.get(in_form(place, "csv")).text
        assert not any(f"{before}=" in text for before in (",", "\n", ',"')), place
    raw = visitor.get("/statements.csv?raw=1").text
    assert "'=" not in raw


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "＝1"])
def test_what_a_spreadsheet_would_run(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


def test_own_files_of_a_folder_are_not_touched(tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    with Desk(":memory:") as desk:
        Visitor(desk).post("/add", data={"text": TEXT, "name": str(tmp_path / "x")}, headers=OWN)
    assert set(tmp_path.iterdir()) == before
