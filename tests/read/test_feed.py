"""Feeds: what each entry gives, what is stated about it, and that no feed can do harm."""

import random

import pytest

from kg.errors import InputError
from kg.read.documents import documents as read
from kg.read.formats.feed import documents
from kg.read.inputs import Document, Input, Skipped, Unread

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Café Review</title><language>fr-FR</language><lastBuildDate>Tue, 03 Feb 2026</lastBuildDate>
<item><title>Hiring &amp;amp; firing</title><link>https://example.com/hiring?a=1&amp;b=2</link>
  <media:title>A picture</media:title><atom:link rel="self" href="https://example.com/feed"/>
  <guid isPermaLink="false">post-7</guid><dc:creator>Ann Oduya</dc:creator><dc:creator>Lee Zhou</dc:creator>
  <pubDate>Sat, 31 Jan 2026 08:00:00 GMT</pubDate><atom:updated>2026-02-02</atom:updated>
  <category>Hiring</category><category>https://example.com/kind#post</category>
  <description>A short teaser…</description>
  <content:encoded><![CDATA[<h2>Why</h2><p>Hire slowly at the café.</p>]]></content:encoded></item>
<item><title>Only a title</title><link>https://example.com/two</link></item>
<item><author>lee@example.com (Lee Zhou)</author><description>Fire &lt;b&gt;kindly&lt;/b&gt;.</description></item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Notes</title>
<author><name>Ann Oduya</name><email>ann@example.com</email></author>
<entry><id>tag:example.com,2026:1</id><title type="html">On &lt;em&gt;review&lt;/em&gt;</title>
  <link rel="edit" href="https://example.com/edit/1"/><link href="https://example.com/1"/>
  <published>2026-01-31T08:00:00Z</published><updated>2026-02-02T08:00:00Z</updated>
  <category term="review" label="Code review"/><source><title>Elsewhere</title></source>
  <content type="xhtml" xml:lang="de"><div xmlns="http://www.w3.org/1999/xhtml"><p>Kurz<br/>und gut.</p></div></content>
</entry>
<entry><id>tag:example.com,2026:2</id><title>Plain</title><updated>2026-02-02T08:00:00Z</updated>
  <author><name>Lee Zhou</name></author><summary>Is 1 &lt; 2?</summary></entry>
</feed>
"""
RDF = """<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="u:c"><title>Old news</title></channel>
<item rdf:about="u:1"><title>One</title><dc:date>2003-05-01</dc:date><description>First.</description></item></rdf:RDF>
"""


def of(data: bytes | str) -> list[Input | Document | Skipped | Unread]:
    data = data if isinstance(data, bytes) else data.encode()
    return list(documents(Input.of_bytes("news.xml", data)))


def entry(data: bytes | str, place: int = 0) -> tuple[str, str, str, dict[str, list[str]]]:
    """Return path, kind and text of an entry, and what is stated about it."""
    part = of(data)[place]
    assert isinstance(part, Input)
    said: dict[str, list[str]] = {}
    for stated in part.stated:
        said.setdefault(stated.name, []).append(stated.value)
    return part.path, part.kind, part.data.decode("utf-8-sig"), said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_entry_of_rss(encoding: str) -> None:
    path, kind, text, said = entry(RSS.format(encoding=encoding).encode(encoding))
    assert (path, kind, text) == ("news.xml/post-7", "fragment", "<h2>Why</h2><p>Hire slowly at the café.</p>")
    assert said == {
        "title": ["Hiring &amp; firing"],
        "author": ["Ann Oduya", "Lee Zhou"],
        "date": ["Sat, 31 Jan 2026 08:00:00 GMT"],
        "url": ["https://example.com/hiring?a=1&b=2"],
        "tag": ["Hiring"],
        "abstract": ["A short teaser…"],
        "source": ["Café Review"],
        "language": ["fr-FR"],
    }


WXR = """<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Notes</title>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann Oduya</wp:author_display_name></wp:author>
<item><guid>1</guid><dc:creator>ann</dc:creator><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<content:encoded><![CDATA[Hire <b>slowly</b>.
Fire kindly.

[caption id="a1" width="3"]<img src="a.png"> The team[/caption]
[gallery ids="1,2"] As they say [sic].
<pre>a

[gallery]</pre>
<ul>
<li>One

two</li>
</ul>
[embed]https://example.com/film[/embed]]]></content:encoded></item>
<item><guid>2</guid><wp:status>draft</wp:status><content:encoded>Soon.</content:encoded></item>
<item><guid>3</guid><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type></item></channel></rss>
"""


def test_an_export_of_wordpress() -> None:
    article, draft, picture = of(WXR)
    assert isinstance(article, Input)
    assert [s.value for s in article.stated if s.name == "author"] == ["Ann Oduya"]
    assert draft == Skipped("news.xml/2", "is a draft")
    assert picture == Skipped("news.xml/3", "is no article (attachment)")
    (text,) = (found[1].text for found in read(Input.of_bytes("news.xml", WXR.encode())) if isinstance(found, tuple))
    assert text.split("\n") == [
        "Hire slowly.", "Fire kindly.", "The team", "As they say [sic].", "a", "", "[gallery]", "One two",
    ]  # fmt: skip


def test_html_with_paragraphs_keeps_its_line_ends() -> None:
    feed = RSS.format(encoding="utf-8").replace("<h2>Why</h2>", "<p>One\ntwo</p>\n\n<p>a\n\nb</p>\n\n")
    assert entry(feed)[2].startswith("<p>One\ntwo</p>\n\n<p>a\n\nb</p>\n\n<p>")


def test_where_a_text_appeared_first_is_no_part_of_it() -> None:
    credit = "<p>The post <a href='x'>Hiring</a> appeared first on <a href='y'>Notes</a>.</p>"
    feed = RSS.format(encoding="utf-8").replace("café.</p>]]>", f"café.</p>{credit}]]>")
    feed = feed.replace("A short teaser…", "<![CDATA[A teaser. The post Hiring appeared first on Notes.]]>")
    _, _, text, said = entry(feed)
    assert text == "<h2>Why</h2><p>Hire slowly at the café.</p>"
    assert said["abstract"] == ["A teaser."]


def test_labels_are_the_words_of_the_file() -> None:
    part = of(RSS.format(encoding="utf-8"))[0]
    assert isinstance(part, Input)
    labels = {stated.name: stated.label for stated in part.stated}
    assert labels["author"] == "dc:creator"
    assert labels["date"] == "pubDate"
    assert labels["source"] == "channel title"


def test_entries_without_content() -> None:
    feed = RSS.format(encoding="utf-8")
    second = of(feed)[1]
    assert isinstance(second, Unread)
    assert (second.path, second.reason) == ("news.xml/https://example.com/two", "has a title and no text")
    path, _, text, said = entry(feed, 2)
    assert (path, text, said["author"]) == ("news.xml/3", "Fire <b>kindly</b>.", ["Lee Zhou"])
    assert "abstract" not in said


def test_entries_of_atom() -> None:
    _, kind, text, said = entry(ATOM)
    assert (kind, text) == ("fragment", text)
    assert "<p>Kurz<br>und gut.</p>" in text
    assert said["date"] == ["2026-01-31T08:00:00Z"]
    assert said["author"] == ["Ann Oduya"]
    assert said["url"] == ["https://example.com/1"]
    assert said["tag"] == ["Code review"]
    assert said["source"] == ["Elsewhere", "Notes"]
    assert said["language"] == ["de"]
    _, kind, text, said = entry(ATOM, 1)
    assert (kind, text) == ("text", "Is 1 < 2?")
    assert (said["author"], said["language"]) == (["Lee Zhou"], ["en"])
    assert "date" not in said


def test_entry_of_rdf() -> None:
    path, _, text, said = entry(RDF)
    assert (path, text, said["date"], said["source"]) == ("news.xml/u:1", "First.", ["2003-05-01"], ["Old news"])


def test_feed_is_read_to_the_article() -> None:
    paths = [found[0] for found in read(Input.of_bytes("news.xml", ATOM.encode())) if isinstance(found, tuple)]
    assert paths == ["news.xml/tag:example.com,2026:1", "news.xml/tag:example.com,2026:2"]


@pytest.mark.parametrize(
    ("feed", "text"),
    [
        ("<rss><item><description>A & B&nbsp;C &eacute; &x;</description></item>", "A & B\xa0C é &x;"),
        ("<rss><item><description>cut off", "cut off"),
        ("\n <!-- x --><rss><item><dc:creator>A</dc:creator><description>ok</description></item></rss", "ok"),
        ("<rss><item><description>caf&#195;&#169; &#146;s</description></item></rss>", "caf&#195;&#169; ’s"),
        ("<rss><item><description>&acirc;&#128;&brvbar;</description></item></rss>", "…"),
        ("<rss><item><description>two<p>kinds</p></description></item></rss>", "two<p>kinds</p>"),
    ],
)
def test_ill_formed_feeds(feed: str, text: str) -> None:
    assert entry(feed)[2].replace("cafÃ©", "caf&#195;&#169;") == text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("<rss><channel><title>T</title></channel></rss>", "is a feed without entries"),
        ("<book><entry>a cell</entry></book>", "is XML, but no feed"),
        ("no XML", "is no feed"),
        ("<rss", "is a feed without entries"),
    ],
)
def test_what_is_no_feed(data: str, what: str) -> None:
    with pytest.raises(InputError) as caught:
        of(data)
    assert caught.value.what == what


def test_entities_do_not_expand() -> None:
    laughs = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(9))
    doctype = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    body = "<rss><item><description>&l9;&file;</description></item></rss>"
    for feed in (doctype + body, f'<?xml version="1.0"?>{doctype}{body}', body.replace("<item>", f"{doctype}<item>")):
        assert len(entry(feed)[2]) < 2_000
        assert "root:" not in entry(feed)[2]


@pytest.mark.untraced
def test_broken_feeds_are_read_or_refused() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    for sample in [RSS.format(encoding="utf-8").encode(), ATOM.encode(), RDF.encode()] * 200:
        data = bytearray(sample)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            data[at : at + chance.choice((0, 1, 40))] = chance.choice((b"<", b"&", b"\0", b"]]>", data[at : at + 99]))
        try:
            outcomes = of(bytes(data))
        except InputError:
            continue
        assert [o.data for o in outcomes if isinstance(o, Input)] == [
            o.data for o in of(bytes(data)) if isinstance(o, Input)
        ]
