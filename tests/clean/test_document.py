"""What a page says of itself: days, outlet, origin, sections, readings between the words, broken words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jitsuroku.clean import clean
from jitsuroku.intake import page_from_bytes
from jitsuroku.records import Document, Page
from tests.making import CASES, page_of, table

DAYS = table(CASES / "clean" / "days.tsv")
ORIGINS = table(CASES / "clean" / "origins.tsv")
TITLE = "港の会談、来週に延期"
BODY = "外相は10日、港町で隣国の大臣と会談し、2026年の協力を続けることで一致した。\n大臣は記者団に対し、次の日程を説明した。"


def read(text: str) -> Document:
    return clean(page_of(text))


def value(found: object) -> str:
    return getattr(found, "value", "")


@pytest.mark.parametrize("case", DAYS, ids=[c["line"] for c in DAYS])
def test_line_gives_the_days(case: dict[str, str]) -> None:
    document = read(f"{TITLE}\n{case['line']}\n{BODY}")
    assert (value(document.published), value(document.updated)) == (case["published"], case["updated"])


@pytest.mark.parametrize("case", ORIGINS, ids=[c["page"][-40:] for c in ORIGINS])
def test_page_names_outlet_and_origin(case: dict[str, str]) -> None:
    document = read(case["page"].replace("¶", "\n"))
    assert (value(document.outlet), value(document.origin)) == (case["outlet"], case["origin"])


def test_a_day_in_a_list_of_other_articles_is_not_the_page_s() -> None:
    document = read(f"{TITLE}\n{BODY}\n関連記事\n港の猫 2025年1月2日\n河口の犬 2025年1月3日")
    assert (document.published, document.anchor, document.published_basis) == (None, None, None)


def test_a_day_of_the_lead_gives_a_month_to_read_against() -> None:
    document = read(f"{TITLE}\n2026年3月10日に港町で会談した両大臣は、協力を続けることで一致した。\n次は来月に会う。")
    assert (document.anchor, document.published_basis) == ("2026-03", "inferred")
    planned = read(f"{TITLE}\n両大臣は、2027年3月10日までに条約に署名することで一致したと発表した。\n次は来月に会う。")
    assert planned.anchor is None


def test_metadata_and_address_date_a_page_that_prints_no_day() -> None:
    page = page_of(f"{TITLE}\n{BODY}")
    dated = replace(page, metadata=(("article:published_time", "2026-03-04T09:00:00+09:00"),))
    assert (value(clean(dated).published), clean(dated).published_basis) == ("2026-03-04", "metadata")
    addressed = replace(page, address="https://minato.example/news/2026/03/05/port.html")
    assert (value(clean(addressed).published), clean(addressed).published_basis) == ("2026-03-05", "metadata")
    assert clean(replace(page, address="https://minato.example/news/20269999/1")).published is None


DIGEST = """漁業交渉の歩みを3つの記事で整理
北の海の話し合いが、ことしも始まります。
協定は二つあります。順番に見ていきましょう。
公開日:2023/04/12
✅ 日本とロシアは10日、さけとますの漁獲量をめぐる交渉を始めたと発表した。
さらに読む ⇒港新聞出典/画像元: https://minato.example/1代表団は17日にはユジノサハリンスクの工場を見て回る予定です。
✅ ロシアは8日、協議に応じないと日本に伝えたことを明らかにした。
さらに読む ⇒河口新聞出典/画像元: https://kakou.example/7話し合いは今も止まったままです。
"""


def test_each_source_of_a_digest_is_read_against_its_own_day() -> None:
    document = read(DIGEST)
    assert [s.anchor for s in document.sections] == ["2023-04-12", None, None, None]
    assert [value(s.origin) for s in document.sections] == ["港新聞", "", "河口新聞", ""]
    assert document.sections[0].address == "https://minato.example/1"
    assert document.published is None
    assert all(a.end <= b.start for a, b in zip(document.sections, document.sections[1:], strict=False))


def test_between_its_sources_a_digest_s_own_day_gives_the_year_only() -> None:
    dated = DIGEST.replace("整理\n", "整理\n2025年5月1日\n", 1)
    assert [s.anchor for s in read(dated).sections] == ["2023-04-12", "2025", None, "2025"]


def test_points_without_a_link_are_the_page_s_own() -> None:
    points = f"{TITLE}\n2026年3月4日\n{BODY}\n✅ 両大臣は10日に会談し、来月も会うことで一致したと発表した。\n次回は来月です。"
    assert read(points).sections == ()


def inside(page: Page, document: Document) -> list[str]:
    return [page.text[s.start : s.end] for s in document.injected]


def test_readings_between_the_words_are_known() -> None:
    page = page_of(
        "港の会談\n薛剣(せつ・けん)総領事と李相俊(イ・サンジュン)次官は、龍山(ヨンサン)で会談した。"
        "大統領(プーチン)の名は出なかった。石炭(コークス用)も議題になった。"
    )
    assert inside(page, clean(page)) == ["(せつ・けん)", "(イ・サンジュン)", "(ヨンサン)"]


def test_pinyin_is_injected_where_a_page_is_full_of_it() -> None:
    page = page_of("港の会談\n習(xí)近平國(guó)家主席は、両國(guó)の協(xié)力を続けると述べ、會(huì)談を終えた。")
    assert inside(page, clean(page)) == ["(xí)", "(guó)", "(guó)", "(xié)", "(huì)"]
    assert any("traditional glyphs" in note for note in clean(page).notes)
    single = page_of("港の会談\n東京(a)と大阪(b)の二つの案について、両大臣は会談で協議を続けた。")
    assert inside(single, clean(single)) == []


@pytest.mark.parametrize("broken", ["縺薙�譁�ｭ励�", "ã“ã‚“ã«ã¡ã¯", "港�町�"])
def test_a_sentence_of_broken_words_is_no_evidence(broken: str) -> None:
    document = read(f"{TITLE}\n外相は10日、港町で隣国の大臣と会談した。{broken}。協力は続くという見方を示した。")
    kept = [(b.role, b.kept) for b in document.blocks]
    assert kept == [("headline", False), ("body", True), ("mojibake", False), ("body", True)]
    assert any("mojibake" in note for note in document.notes)


def test_accents_are_no_mojibake() -> None:
    document = read("Les ministres à Genève\nÀ Genève, les délégués se sont réunis hier pour préparer l'été prochain.")
    assert not [b for b in document.blocks if b.role == "mojibake"]


def test_a_frame_that_holds_the_text_is_no_menu() -> None:
    html = f'<body><div class="content share"><h1>{TITLE}</h1><p>{BODY}</p></div><div class="share">共有</div></body>'
    document = clean(page_from_bytes(html.encode(), "case.html", html=True))
    assert [b.kept for b in document.blocks if b.role == "body"] == [True]
