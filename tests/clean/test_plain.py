"""Readings set between the words change nothing of what is read, and the words quoted are those of the page."""

import re

from jitsuroku.contract import as_json
from jitsuroku.pipeline import read, verdicts
from jitsuroku.records import Commitment, Event, Reading, Statement
from tests.contract.exported import Line
from tests.contract.promises import dangling, evidence_of, id_of, wrong_words
from tests.making import page_of, whole_world

WORDS = re.compile("[一-鿿]{2,}(?![一-鿿(])")
TEXT = (
    "港の国の外相、隣国を訪れる\n2025年6月18日\n\n"
    "カザフスタンの外相は17日、首都アスタナで隣国ウズベキスタンの大臣と会談した。\n\n"
    "カザフスタンの外相は「協力を続ける」と述べ、ウズベキスタンに1億ドル(約145億円)の支援を約束した。ウズベキスタンの大臣はこの提案を歓迎した。\n\n"
    "両国は通商協定に署名した。専門家は、支援の狙いは鉄道にあるとみている。\n"
)


def with_readings(text: str) -> str:
    """A reading behind each word of two letters and more."""
    return WORDS.sub(lambda word: word[0] + "(よみがな)", text)


def told(reading: Reading) -> list[tuple[object, ...]]:
    """What the records say, without their words."""
    found: list[tuple[object, ...]] = []
    for record in reading.records:
        if isinstance(record, Event):
            found.append((record.type, record.actor, record.recipient, record.date, record.status, record.place))
        if isinstance(record, Statement):
            found.append((record.speaker, record.for_, record.quoted, record.text.replace("(よみがな)", "")))
        if isinstance(record, Commitment):
            found.append((record.giver, record.receiver, record.amount, record.converted))
    return found


def test_readings_between_the_words_change_no_record() -> None:
    plain, injected = (read(page_of(text), whole_world()) for text in (TEXT, with_readings(TEXT)))
    assert len(told(plain)) >= 6
    assert told(injected) == told(plain)


def test_what_is_quoted_stands_on_the_page_and_under_its_own_id() -> None:
    page = page_of(with_readings(TEXT))
    reading = read(page, whole_world())
    lines: list[Line] = [as_json(record) for record in reading.records]
    assert sum(page.text.count("(よみがな)", e["start"], e["end"]) for line in lines for e in evidence_of(line)) > 10
    assert [wrong for line in lines for wrong in wrong_words(line, page.text)] == []
    assert [(line["id"], id_of(line)) for line in lines if line["id"] != id_of(line)] == []
    assert dangling(lines) == []


def test_verdicts_and_tokens_stand_where_their_words_are() -> None:
    page = page_of(with_readings(TEXT))
    reading = read(page, whole_world())
    tokens = [token for sentence in reading.sentences for token in sentence.tokens]
    assert all(page.text.startswith(token.surface[0], token.start) for token in tokens)
    met = [v for v in verdicts(reading, whole_world()) if v.predicate == "会談"]
    assert [page.text[v.start : v.end].endswith("会談(よみがな)した") for v in met] == [True]
