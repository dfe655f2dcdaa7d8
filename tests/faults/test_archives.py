"""Archives that are cut off, flipped, hostile or endless: what is whole comes in, what is lost is told, memory stays flat."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from jitsuroku.intake import Opening, Received, Refused
from jitsuroku.intake.packed import Bomb, unpacked
from jitsuroku.intake.received import Arrival, Limits, PageError
from jitsuroku.intake.warc import pages_of_warc
from tests.intake.holding import lines, opened, packed, problems, received, record, zipped

RECORDS = [record(n) for n in range(1, 31)]
SENTENCE = "港で会談があった。"


def pages(data: bytes) -> tuple[list[Received], list[Refused]]:
    found = list(pages_of_warc(io.BytesIO(data), "a.warc.gz"))
    return [f for f in found if isinstance(f, Received)], [f for f in found if isinstance(f, Refused)]


def ends_of(parts: list[bytes]) -> list[int]:
    ends, at = [], 0
    for part in parts:
        at += len(part)
        ends.append(at)
    return ends


# --- cut off --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", [lambda r: gzip.compress(r, mtime=0), lambda r: r], ids=["packed", "plain"])
def test_a_warc_cut_at_every_97th_byte_gives_every_whole_record_and_tells_the_loss(
    pack: Callable[[bytes], bytes],
) -> None:
    parts = [pack(r) for r in RECORDS]
    data, ends, is_plain = b"".join(parts), ends_of(parts), parts[0] == RECORDS[0]
    for cut in range(0, len(data), 97):
        found, lost = pages(data[:cut])
        # What stands behind an unpacked record is two line ends, without which it is whole.
        whole = [end for end in ends if end - (4 if is_plain else 0) <= cut]
        assert [p.address for p in found] == [f"https://minato.example/{n + 1}" for n in range(len(whole))], cut
        begun = ends[len(whole) - 1] if whole else 0
        assert [p.source for p in lost] == ([f"a.warc.gz/{begun}"] if begun < cut else []), cut
        assert all(f"at byte {begun}; {cut - begun} bytes were passed over" in p.problem for p in lost)


def test_a_warc_in_one_gzip_member_cut_anywhere_ends_with_a_loss() -> None:
    data = gzip.compress(b"".join(RECORDS), mtime=0)
    counts = []
    for cut in range(20, len(data), 97):
        found, lost = pages(data[:cut])
        counts.append(len(found))
        assert len(lost) == 1, cut
    assert counts == sorted(counts)
    assert len(pages(data)[0]) == len(RECORDS)


def test_packed_lines_cut_at_every_97th_byte(tmp_path: Path) -> None:
    rows = [{"text": f"{n}番の{SENTENCE}"} for n in range(200)]
    data, counts = gzip.compress(lines(*rows).encode(), mtime=0), []
    for cut in range(1, len(data), 97):
        found = opened(tmp_path, "a.jsonl.gz", data[:cut])
        counts.append(len(received(found)))
        assert len(problems(found)) >= 1, cut
    assert counts == sorted(counts)
    assert len(received(opened(tmp_path, "a.jsonl.gz", data))) == 200


# --- flipped bits ---------------------------------------------------------------------------------------------------


def flipped(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("data", [packed(RECORDS), b"".join(RECORDS)], ids=["packed", "plain"])
def test_a_flipped_bit_costs_one_record_and_is_told(data: bytes) -> None:
    dice = random.Random(7)
    all_of_it = {(p.address, p.data) for p in pages(data)[0]}
    losses = 0
    for _ in range(400):
        found, lost = pages(flipped(data, dice))
        # An unpacked head has no checksum: a bit of the address may flip. The bytes of a page never do unseen.
        assert {p.data for p in found} <= {d for _, d in all_of_it}
        assert len(found) >= len(RECORDS) - 2
        assert len(found) + len(lost) >= len(RECORDS) - 1
        losses += bool(lost)
    assert losses > 200, "most flips matter"


def test_a_gap_in_the_middle_is_told_to_the_byte() -> None:
    parts = [gzip.compress(r, mtime=0) for r in RECORDS]
    ends = ends_of(parts)
    noise = random.Random(1).randbytes(5000)
    data = b"".join(parts[:10]) + noise + b"".join(parts[10:])
    found, lost = pages(data)
    assert len(found) == len(RECORDS)
    (loss,) = lost
    assert f"at byte {ends[9]}; 5000 bytes were passed over" in loss.problem


# --- bombs ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gzip", "br", "deflate"])
def test_a_packed_body_stops_at_the_cap(name: str) -> None:
    zeros = b"\0" * 100_000_000
    bomb = {
        "gzip": gzip.compress(zeros, 1),
        "br": brotli.compress(zeros, quality=1),
        "deflate": zlib.compress(zeros, 1),
    }[name]
    tracemalloc.start()
    with pytest.raises(Bomb):
        unpacked(bomb, name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000, "a page may have 50 MB"


def test_text_that_shrinks_well_is_no_bomb() -> None:
    text = "".join(f"{n}番目の会談で両国は協力を続けることで一致した。" for n in range(60_000)).encode()
    assert unpacked(gzip.compress(text), "gzip") == text
    assert unpacked(brotli.compress(text, quality=5), "br") == text


def test_a_warc_of_bombs_is_left_alone_and_read_on() -> None:
    bomb = record(
        2, body=gzip.compress(b"a" * 60_000_000), fields="Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    )
    zeros = gzip.compress(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99000000000\r\n\r\n" + b"\0" * 30_000_000
    )
    found, lost = pages(packed([record(1), bomb]) + zeros + packed([record(3)]))
    assert [p.address for p in found] == ["https://minato.example/1", "https://minato.example/3"]
    assert all("times its size, as no page does" in p.problem for p in lost)
    assert len(lost) == 2


def test_a_zip_bomb_and_zips_in_zips_stop(tmp_path: Path) -> None:
    inner = zipped({"a.txt": "a" * 30_000_000})
    nested = zipped({"b.zip": zipped({"c.zip": zipped({"d.txt": SENTENCE})}), "good.txt": SENTENCE})
    found = opened(tmp_path, "a.zip", zipped({"bomb.zip": inner, "deep.zip": nested, "good.txt": SENTENCE}))
    assert [p.source for p in received(found)] == ["a.zip/deep.zip/good.txt", "a.zip/good.txt"]
    assert "times its size" in problems(found)[0]
    assert "archives more than 2 deep" in problems(found)[1]


def test_a_zip_of_too_much_in_all_stops_at_the_cap(tmp_path: Path) -> None:
    dice = random.Random(3)
    members: dict[str, bytes | str] = {f"{n}.txt": dice.randbytes(400_000) for n in range(10)}
    how = Opening(limits=Limits(unpacked=2_000_000))
    found = opened(tmp_path, "a.zip", zipped(members), how)
    assert len(received(found)) == 5
    assert "unpacks to more than 2 MB in all" in problems(found)[0]
    few = opened(
        tmp_path,
        "b.zip",
        zipped(dict.fromkeys("abc", "") | {f"{n}.txt": "" for n in range(9)}),
        Opening(limits=Limits(members=4)),
    )
    assert len(received(few)) == 4


def test_a_zip_that_lies_about_a_member_s_size(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": SENTENCE * 1000, "b.txt": SENTENCE}))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"b.txt"))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    found = opened(tmp_path, "a.zip", bytes(data))
    assert [p.source for p in received(found)] == ["a.zip/b.txt"]
    assert "damaged" in problems(found)[0]


@pytest.mark.parametrize("limit", [1000])
def test_lines_that_unpack_without_end_stop(tmp_path: Path, limit: int) -> None:
    data = gzip.compress(lines({"text": SENTENCE}).encode() * 5000)
    found = opened(tmp_path, "a.jsonl.gz", data, Opening(limits=Limits(unpacked=limit)))
    assert 0 < len(received(found)) < 40
    assert "unpacks to more than" in problems(found)[-1]


def test_a_line_of_fifty_megabytes_is_passed_over_with_the_memory_flat(tmp_path: Path) -> None:
    path_data = lines({"text": "前。"}) + '{"text": "' + "a" * 3_000_000 + '"}\n' + lines({"text": "後。"})
    found = opened(tmp_path, "a.jsonl", path_data, Opening(limits=Limits(page=1_000_000)))
    assert [p.data.decode() for p in received(found)] == ["前。", "後。"]
    assert "a.jsonl/2: a line of more than 1 MB" in problems(found)[0]


# --- names ----------------------------------------------------------------------------------------------------------

ELSEWHERE = ["../a.txt", "/etc/a.txt", "a/../../b.txt", "C:\\a.txt", "\\\\host\\a.txt", "..\\a.txt", "a\\..\\..\\b.txt"]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_names_that_lead_elsewhere_are_refused(name: str, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, SENTENCE)
        archive.writestr("good.txt", SENTENCE)
    found = opened(tmp_path, "a.zip", made.getvalue())
    assert [p.source for p in received(found)] == ["a.zip/good.txt"]
    assert len(problems(found)) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"], "nothing is ever written out"


def test_a_nul_in_a_name_is_refused(tmp_path: Path) -> None:
    data = zipped({"abcd.txt": SENTENCE}).replace(b"abcd.txt", b"a\0cd.txt")
    assert "NUL" in problems(opened(tmp_path, "a.zip", data))[0]


def test_a_member_without_a_name_is_refused(tmp_path: Path) -> None:
    data = zipped({"a.txt": SENTENCE, "b.txt": SENTENCE})
    found = opened(tmp_path, "a.zip", without_name(data))
    assert [p.source for p in received(found)] == ["a.zip/b.txt"]
    assert "it has no name" in problems(found)[0]


def without_name(data: bytes) -> bytes:
    """A zip file whose directory gives its first member an empty name: five bytes of it stand as a remark."""
    changed, at = bytearray(data), data.index(b"PK\x01\x02")
    changed[at + 28 : at + 30], changed[at + 32 : at + 34] = b"\0\0", b"\x05\0"
    return bytes(changed)


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert "a link to another file" in problems(opened(tmp_path, "a.zip", made.getvalue()))[0]


@pytest.mark.parametrize("name", ["a.zip", "a.wacz", "a.warc", "a.warc.gz", "a.jsonl.gz"])
@pytest.mark.parametrize(
    "data", [b"", b"PK", b"\x1f\x8b", b"\x1f\x8b\x08" + b"\0" * 50, b"no archive" * 50, b"\r\n" * 50]
)
def test_what_is_no_archive_is_refused_or_empty(name: str, data: bytes, tmp_path: Path) -> None:
    found: list[Arrival] = opened(tmp_path, name, data)
    assert received(found) == []
    assert all(p.startswith("a.") for p in problems(found))
    if data.strip():
        assert problems(found)


def test_a_locked_member_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": SENTENCE}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    assert "damaged or locked" in problems(opened(tmp_path, "a.zip", bytes(data)))[0]


def test_a_page_error_names_the_archive_and_the_member() -> None:
    with pytest.raises(PageError, match="packed as 'zstd'"):
        unpacked(b"abc", "zstd")
