"""``./dev bench --archive --desk``: the 95th percentile of each kind of page of the desk over a synthetic archive, while a reading runs.

The desk is a process of its own and answers over HTTP; another process reads pages into the same store meanwhile, so that what
the desk keeps in memory goes again and again.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from jitsuroku.store import Store
from tests.bench.synthetic import SAMPLES

COMMAND = str(Path(sys.executable).with_name("jitsuroku"))
PARTIES = ("USA", "CHN", "JPN", "RUS", "KAZ", "UZB", "C5", "IRN")
PAIRS = (("USA", "CHN"), ("JPN", "USA"), ("CHN", "RUS"), ("JPN", "KAZ"))
WORDS = ("首脳", "トランプ", "約束した", "習近平", "関税", "中央アジア", "電話で会談", "第0000012号", "会")
YEARS = ("2016", "2019", "2023", "2025")
AT_LEAST = 12


def places(store: Store) -> dict[str, list[str]]:
    """The addresses that are asked for, by kind of page."""
    clusters = [f"/told/{c.id}" for c in store.clusters(most=8)] + [f"/told/{c.id}" for c in store.disputed(8)]
    events = [each.id for each in store.listed("event", most=12)]
    pages = [each.id for each in store.listed("document", most=12)]
    names = [person.name for person in store.people_listed(0, 8)]
    return {
        "front": ["/"],
        "told": ["/told", "/told?from=50", "/told?kind=event", "/told?kind=commitment"],
        "told one": clusters,
        "page": [f"/page/{id}" for id in pages],
        "timeline": ["/timeline", "/timeline?lanes=format", *(f"/timeline?since={y}&until={y}" for y in YEARS)],
        "network": ["/network", *(f"/network?since={y}&until={y}" for y in YEARS)],
        "map": ["/map", *(f"/map?since={y}&until={y}" for y in YEARS)],
        "events": [
            *("/events", "/events?from=50", "/events?type=CONSULT", "/events?status=planned"),
            *(
                "/events?party=USA&type=CONSULT",
                "/events?party=KAZ",
                "/events?year=2019",
                "/events?party=CHN&year=2023",
            ),
        ],
        "statements": ["/statements", "/statements?party=USA", "/statements?topic=trade", "/statements?year=2019"],
        "commitments": ["/commitments", "/commitments?party=JPN", "/commitments?year=2023"],
        "readings": ["/readings"],
        "flags": ["/flags", "/flags?status=error", "/flags?type=date"],
        "sources": ["/sources", "/sources?type=news", "/sources?year=2019"],
        "people": ["/people", "/people?from=100", *(f"/people?name={quote(name)}" for name in names)],
        "actor": [f"/actor?name={party}" for party in PARTIES],
        "pair": [f"/pair?left={a}&right={b}" for a, b in PAIRS],
        "format": ["/format?name=SCO", "/format?name=G7", "/format?name=C5"],
        "search": [f"/search?q={quote(word)}" for word in WORDS],
        "review": ["/review", "/review?kind=event", "/review?kind=flag"],
        "judge": [f"/judge/{id}" for id in events],
        "brief": [f"/brief?on={a}&on={b}" for a, b in PAIRS],
    }


@contextmanager
def _running(*command: str, **more: Any) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, text=True, stderr=subprocess.DEVNULL, **more)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def pages_to_read(folder: Path, number: int) -> Path:
    """Sample pages again and again, each another one by a line."""
    folder.mkdir()
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    for n in range(number):
        (folder / f"{n:06}.txt").write_text(f"{texts[n % len(texts)]}\n第{n}版。\n", encoding="utf-8")
    return folder


def measure_desk(db: Path, scratch: Path) -> dict[str, Any]:
    """Milliseconds by kind of page (median, 95th percentile, largest), bytes of the front page, the server's memory."""
    with Store(db) as store:
        asked = places(store)
        pages = store.numbers_listed()["document"]
    to_read = pages_to_read(scratch / "reading", 6_000)
    serving = (COMMAND, "serve", "--port", "0", "--no-open", "--offline", "--db", str(db))
    with _running(*serving, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        root = server.stdout.readline().split("open at ")[1].split("/ ")[0]
        with _running(COMMAND, "add", str(to_read), "--db", str(db), stdout=subprocess.DEVNULL) as reading:
            sleep(4)
            found = {kind: _times(root, addresses, server.pid) for kind, addresses in asked.items()}
            read_on = reading.poll() is None
        front = len(urlopen(root + "/").read())
        memory = _resident(server.pid)
    return {
        "pages": pages,
        "a reading ran to the end of it": read_on,
        "front page in kilobytes": round(front / 1000),
        "server in megabytes": memory,
        "milliseconds (median, 95th percentile, largest; of the processor, mean)": found,
    }


def _times(root: str, addresses: list[str], process: int) -> list[int]:
    times, before = [], _processor(process)
    for n in range(max(AT_LEAST, len(addresses))):
        begin = perf_counter()
        with urlopen(root + addresses[n % len(addresses)]) as answer:
            answer.read()
        times.append(1000 * (perf_counter() - begin))
        # What is asked twice at once is answered from memory; the reading changes the store meanwhile.
        sleep(0.05)
    spent = 1000 * (_processor(process) - before) / len(times)
    times.sort()
    return [round(each) for each in (median(times), times[int(0.95 * (len(times) - 1) + 0.5)], times[-1], spent)]


def _processor(process: int) -> float:
    """The seconds of the processor that a process has had (Linux)."""
    own, of_system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(own) + int(of_system)) / os.sysconf("SC_CLK_TCK")


def _resident(process: int) -> int:
    """The most memory that a process has had, in megabytes (Linux)."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0
