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


CHRONOLOGY = """年表:港の二国
1956年
10月19日 両国、港町で共同宣言に署名。議会は年内に承認。
1991年
4月 外相が隣国を訪れ、大臣と会談。協定の交渉を始めることで合意。
2022年
9月26日 隣国、領事を拘束。政府は抗議し、謝罪を要求。
"""


def test_each_year_of_a_chronology_holds_for_the_lines_below_it() -> None:
    assert [s.anchor for s in read(CHRONOLOGY).sections] == ["1956", "1991", "2022"]
    backwards = "".join(
        f"{year}年\n10月19日 両国、港町で共同宣言に署名。議会は年内に承認。\n" for year in (2022, 1991, 1956)
    )
    assert [s.anchor for s in read(f"年表:港の二国\n{backwards}").sections] == ["2022", "1991", "1956"]


def test_years_out_of_order_are_no_chronology() -> None:
    assert read(CHRONOLOGY.replace("1956年", "2030年")).sections == ()
    assert read(CHRONOLOGY.replace("1991年", "港の町")).sections == ()


ITEMS = "17:52 隣国の大統領、港町へ\n17:30 港の国、査察を拒否する\n17:04 二国の外相が電話で会談\n16:41 政府、外交官を追放する\n16:15 首相、隣国の提案を歓迎\n"


def test_a_page_of_nothing_but_items_has_them_for_its_text() -> None:
    document = read(f"港通信 速報\n国際ニュース速報(11月5日)\n{ITEMS}もっと見る\n")
    assert [b.kept for b in document.blocks] == [False, False, True, True, True, True, True, False]
    assert value(document.title) == "国際ニュース速報(11月5日)"


def test_a_labelled_list_below_the_text_belongs_to_it() -> None:
    votes = "賛成(5):フランス、ガイアナ、日本、マルタ、スイス"
    document = read(
        f"{TITLE}\n2026年3月4日\n{BODY}\n採決の内訳\n{votes}\nキーワード:港、船、灯台、外相、会談、協力、二国間の話\n"
    )
    assert [(b.role, b.kept) for b in document.blocks][-3:] == [("subhead", True), ("body", True), ("junk", False)]


def test_items_beside_running_text_are_a_menu() -> None:
    document = read(f"{TITLE}\n2026年3月4日\n{BODY}\n{ITEMS}")
    assert [b.role for b in document.blocks if b.kept] == ["body", "body"]


def test_a_day_within_a_headline_makes_no_date_line_of_it() -> None:
    document = read(f"港の情報センター\n\n外務省報道官の定例会見(2026年3月4日)書き起こし\n\n{BODY}")
    assert value(document.title) == "外務省報道官の定例会見(2026年3月4日)書き起こし"
    assert value(document.published) == "2026-03-04"


def test_a_thread_has_the_day_of_the_page_that_it_repeats() -> None:
    post = "1 :港の人 ★:2026/04/18(土) 07:55:10 ID:Gy4n"
    thread = f"国際の板\n【港】両国の船がにらみ合い ★2\n{post}\n港新聞 2026年4月17日\n{BODY}\n2 :名無しさん:2026/04/19(日) 07:56:33 ID:aaB1\nそうか"
    assert value(read(thread).published) == "2026-04-17"
    assert value(read(thread.replace("港新聞 2026年4月17日\n", "")).published) == "2026-04-18"


def inside(page: Page, document: Document) -> list[str]:
    return [page.text[s.start : s.end] for s in document.injected]


def test_readings_between_the_words_are_known() -> None:
    page = page_of(
        "港の会談\n薛剣(せつ・けん)総領事と李相俊(イ・サンジュン)次官は、龍山(ヨンサン)で会談した。"
        "大統領(プーチン)の名は出なかった。石炭(コークス用)も議題になった。"
    )
    assert inside(page, clean(page)) == ["(せつ・けん)", "(イ・サンジュン)", "(ヨンサン)"]


def test_a_page_for_learners_sets_readings_of_one_letter_too() -> None:
    words = (
        "海(うみ)の下(した)を通(とお)る計画(けいかく)を一緒(いっしょ)に調(しら)べ、大臣(だいじん)と会談(かいだん)した。"
    )
    page = page_of(f"港の会談\n{words}両国は14日(か)、港を開(ひら)くと聞(き)いた。")
    assert inside(page, clean(page))[-3:] == ["(か)", "(ひら)", "(き)"]
    other = page_of("港の会談\n両国は14日(か)に会談(かいだん)し、来月も港町で会うことで一致した。")
    assert inside(other, clean(other)) == ["(かいだん)"]


def test_pinyin_of_several_syllables_is_injected() -> None:
    page = page_of("港の会談\n両国は会談(huì tán)し、文書に署名(shǔ míng)し、信頼(xìn lài)を語った。")
    assert inside(page, clean(page)) == ["(huì tán)", "(shǔ míng)", "(xìn lài)"]


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


@pytest.mark.parametrize("row", table(CASES / "clean" / "titles.tsv"), ids=lambda r: r["title"])
def test_the_headline_of_a_layout(row: dict[str, str]) -> None:
    page = page_of(row["page"].replace("¶", "\n\n") + "\n")
    found = clean(page).title
    assert found is not None
    assert found.value == row["title"]
    assert found.span is not None
    assert page.text[found.span.start : found.span.end] == row["title"]
