"""Feeds: what they tell of pages, and what is not taken from them."""

from __future__ import annotations

import json

import pytest

from jitsuroku.intake import PageError, page_of
from jitsuroku.intake.feeds import Entry, is_opml, looks_like_feed, pages_of_feed, read_feed, read_opml
from tests.intake.holding import problems, received

RSS = """<?xml version="1.0" encoding="{charset}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>港新聞</title>
<item><title>外相が会談</title><link>https://minato.example/1</link><pubDate>Mon, 16 Jun 2025 08:00:00 +0900</pubDate>
<description>短い文。</description><content:encoded><![CDATA[<p>外相は10日、会談した。&nbsp;</p>]]></content:encoded></item>
<item><title>二つ目</title><guid isPermaLink="true">https://minato.example/2</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>港新聞</title>
<entry><title type="html">外相が&lt;b&gt;会談&lt;/b&gt;</title><link rel="self" href="/self"/><link href="/1"/>
<published>2025-06-16T08:00:00+09:00</published><updated>2025-06-17</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>外相は<b>10日</b>、会談した。</p></div></content></entry>
<entry><title>素の文</title><link href="https://minato.example/2"/><summary type="text">1 &lt; 2 と述べた。</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>港新聞</title></channel>
<item><title>外相が会談</title><link>https://minato.example/1</link><dc:date>2025-06-16T08:00+09:00</dc:date>
<description>文。</description></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "港新聞",
        "items": [
            {
                "url": "https://minato.example/1",
                "title": "外相が会談",
                "content_html": "<p>文。</p>",
                "date_published": "2025-06-16",
            },
            {"id": "https://minato.example/2", "content_text": "a < b\n文。"},
            "no item",
            {"url": 5, "title": None},
        ],
    }
)


@pytest.mark.parametrize("charset", ["utf-8", "shift_jis", "euc-jp"])
def test_rss(charset: str) -> None:
    feed = read_feed(RSS.format(charset=charset).encode(charset), "a.xml")
    assert (feed.title, feed.problem) == ("港新聞", None)
    first, second = feed.entries
    html = "<p>外相は10日、会談した。\u00a0</p>"
    assert first == Entry("外相が会談", "https://minato.example/1", "2025-06-16T08:00:00+09:00", None, html)
    assert (second.address, second.html) == ("https://minato.example/2", "")


def test_atom() -> None:
    first, second = read_feed(ATOM.encode(), "a.xml", "https://minato.example/feed").entries
    assert (first.title, first.address) == ("外相が会談", "https://minato.example/1")
    assert (first.published, first.updated) == ("2025-06-16T08:00:00+09:00", "2025-06-17")
    assert "<p>外相は<b>10日</b>、会談した。</p>" in first.html
    assert second.html == "1 &lt; 2 と述べた。"


def test_rdf_and_json() -> None:
    (only,) = read_feed(RDF.encode(), "a.xml").entries
    assert (only.address, only.published) == ("https://minato.example/1", "2025-06-16T08:00+09:00")
    first, second, third = read_feed(JSON.encode(), "a.json").entries
    assert (first.title, first.published) == ("外相が会談", "2025-06-16")
    assert (second.address, second.html) == ("https://minato.example/2", "a &lt; b<br>文。")
    assert third == Entry("", None, None, None, "")


def test_a_saved_feed_gives_what_it_has_of_its_pages() -> None:
    pages = list(pages_of_feed(read_feed(RSS.format(charset="utf-8").encode(), "a.xml"), "a.xml"))
    (page,) = (page_of(p) for p in received(pages))
    assert (page.text, page.address) == ("外相が会談\n\n外相は10日、会談した。", "https://minato.example/1")
    assert ("article:published_time", "2025-06-16T08:00:00+09:00") in page.metadata
    assert "add its address: https://minato.example/2" in problems(pages)[0]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[", "//", ""]
)
def test_addresses_that_are_none_of_the_web_are_left_out(address: str) -> None:
    feed = f"<rss><channel><item><title>x</title><link>{address}</link></item></channel></rss>"
    assert read_feed(feed.encode(), "a.xml").entries[0].address is None


def test_titles_are_words_and_no_markup() -> None:
    title = "外相&lt;img src=x onerror=alert(1)&gt;が &amp;lt;script&amp;gt;会談&amp;lt;/script&amp;gt;"
    feed = f"<rss><channel><item><title>{title}</title></item></channel></rss>"
    assert read_feed(feed.encode(), "a.xml").entries[0].title == "外相が 会談"


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE rss SYSTEM "http://minato.example/rss.dtd">',
        '<!DOCTYPE rss [<!ENTITY a "b">]>',
        '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>',
    ],
)
def test_a_document_type_is_refused(head: str) -> None:
    feed = f"<?xml version='1.0'?>{head}<rss><channel><item><title>&a;</title></item></channel></rss>".encode()
    assert looks_like_feed(feed)
    with pytest.raises(PageError, match=r"^a\.xml: has a document type \(DTD\)"):
        read_feed(feed, "a.xml")


def test_an_untidy_feed_is_read_up_to_its_fault() -> None:
    cut = RSS.format(charset="utf-8").replace("<title>二つ目</title>", "<title>二つ目</titel>")
    feed = read_feed(cut.encode(), "a.xml")
    assert [e.title for e in feed.entries] == ["外相が会談"]
    assert feed.problem is not None
    assert "mismatched tag in line 5; the entries before it were read" in feed.problem


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"{}", b'{"items": 3}', b"no", b"<rss", b"\xff\xfe\x00", b"[" * 100_000]
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(PageError, match=r"^a\.xml: "):
        read_feed(data, "a.xml")


def test_a_feed_of_a_hundred_thousand_levels_is_refused() -> None:
    with pytest.raises(PageError, match="too deep"):
        read_feed(b"<rss>" + b"<a>" * 100_000, "a.xml")


def test_opml() -> None:
    data = (
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="国際"><outline xmlUrl="https://minato.example/f"/>'
        '<outline xmlUrl="javascript:x"/><outline xmlUrl="https://kita.example/f"/><outline xmlUrl="https://minato.example/f"/>'
        "</outline></body></opml>"
    ).encode()
    assert is_opml(data)
    assert read_opml(data, "a.opml") == ("https://minato.example/f", "https://kita.example/f")
    with pytest.raises(PageError, match="no OPML"):
        read_opml(RSS.format(charset="utf-8").encode(), "a.opml")
