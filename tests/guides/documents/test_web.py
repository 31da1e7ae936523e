"""Web pages: the document in them by its elements, with the lines of the file; nothing is loaded."""

import socket
from pathlib import Path

import pytest

from copilot.guides.documents.reading import read_document
from copilot.guides.documents.trouble import DocumentError
from tests.guides.documents.making import shown, written

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bakery manager | Crumbs &amp; Co</title>
<style>p{color:red}</style><script>var x = "<p>never shown</p>";</script></head>
<body class="single has-sidebar">
<a class="skip-link" href="#c">Skip to content</a>
<header class="site-header"><div>Crumbs &amp; Co</div>
<nav><ul><li><a href=/>Home</a><li><a href=/b>Blog</a></ul></nav></header>
<div id="cookie-banner">We use cookies here. <button>Accept all</button></div>
<div class="breadcrumbs"><a>Home</a> &gt; <a>Hiring</a></div>
<main><article>
<h1>Bakery manager
  guide</h1>
<p class="post-meta">By Ann Baker, March 3, 2025</p>
<p>
  These questions help you hire somebody who can run
  a bakery with a team of&nbsp;five.</p>
<h2 id="social-skills">Questions</h2>
<ol>
 <li><p><strong>How do you plan the night shift?</strong></p><p>Listen for:</p>
  <ul><li>rota<ul><li>swaps in writing</li></ul></li><li>breaks</li></ul></li>
 <li>Tell me about a batch that went wrong.</li>
</ol>
<h2>Scorecard</h2>
<table><tr><th>Score</th><th>Meaning</th></tr><tr><td>1</td><td>No exam&shy;ple</td></tr></table>
<h2>Red flags</h2>
<p>&ndash; Blames the team<br>&ndash; Never tastes the bread</p>
<details><summary>What if they have no diploma?</summary><p>Ask for a trial shift.</p></details>
<div class="share-buttons"><a>Facebook</a> <a>Twitter</a></div>
</article>
<section id="comments"><h3>Leave a Reply</h3><form><textarea></textarea>Name *<input></form></section>
</main>
<aside class="sidebar"><h3>Popular posts</h3><ul><li><a>How to hire a confectioner</a></ul></aside>
<footer>© 2025 Crumbs. <a>Privacy policy</a></footer>
</body></html>
"""


def test_the_document_of_a_page(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "page.html", PAGE))
    assert shown(document) == [
        "heading 1 - Bakery manager guide",
        (
            "paragraph 0 - These questions help you hire somebody who can run a bakery with a team of "
            "five."
        ),
        "heading 2 - Questions",
        "heading 3 1 How do you plan the night shift?",
        "paragraph 0 - Listen for:",
        "item 1 - rota",
        "item 2 - swaps in writing",
        "item 1 - breaks",
        "item 0 2 Tell me about a batch that went wrong.",
        "heading 2 - Scorecard",
        "item 0 - Score",
        "item 1 - Meaning",
        "item 0 1 No example",
        "heading 2 - Red flags",
        "item 0 - Blames the team",
        "item 0 - Never tastes the bread",
        "heading 3 - What if they have no diploma?",
        "paragraph 0 - Ask for a trial shift.",
    ]
    lines = PAGE.splitlines()
    for block in document.blocks:
        first = block.text.split()[0]
        if first != "No":  # example, with a soft hyphen in it
            assert first in lines[block.line - 1]


def test_what_is_around_is_left_out_with_its_reason(tmp_path: Path) -> None:
    document = read_document(written(tmp_path, "page.html", PAGE))
    assert [(left.block.text, left.why) for left in document.left_out] == [
        ("Skip to content", "menu"),
        ("Crumbs & Co", "menu"),
        ("Home", "menu"),
        ("Blog", "menu"),
        ("Accept all", "menu"),
        ("We use cookies here.", "cookie banner"),
        ("Home > Hiring", "where the page stands in its site"),
        ("By Ann Baker, March 3, 2025", "author and date of the page"),
        ("Facebook Twitter", "buttons to share"),
        ("Leave a Reply", "comment form"),
        ("Name *", "comment form"),
        ("Popular posts", "links to other pages"),
        ("How to hire a confectioner", "links to other pages"),
        ("© 2025 Crumbs. Privacy policy", "footer"),
    ]


def test_a_page_without_a_heading_is_called_by_its_title(tmp_path: Path) -> None:
    page = "<html><title>Baker | Crumbs</title><p>These are the questions that we put to you.</p>"
    assert read_document(written(tmp_path, "page.html", page)).title == "Baker"


def test_what_holds_most_of_a_page_is_the_document_whatever_it_is_called(tmp_path: Path) -> None:
    page = (
        "<html><body><div class='sidebar share nav'><h1>Baker</h1><p>These are the questions that "
        "we put to all of the bakers who want to work with us in the night.</p></div></body></html>"
    )
    assert read_document(written(tmp_path, "page.html", page)).left_out == ()


def test_nothing_is_loaded_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = (
        '<html><link rel=stylesheet href="http://example.org/x.css"><img src="http://example.org/x">'
        '<iframe src="http://example.org"></iframe><script src="http://example.org/x.js"></script>'
        "<p>These are the questions that we put to you.</p></html>"
    )
    assert len(read_document(written(tmp_path, "page.html", page)).blocks) == 1


def test_elements_in_each_other_without_end_are_read(tmp_path: Path) -> None:
    page = "<html>" + "<div><ul><li>" * 2_000 + "These are the questions that we put to you."
    document = read_document(written(tmp_path, "deep.html", page))
    assert document.blocks[0].text == "These are the questions that we put to you."


def test_a_page_that_is_all_navigation_is_refused(tmp_path: Path) -> None:
    page = "<html><nav><a>Home</a><a>Blog</a></nav><footer>© 2026 Crumbs</footer></html>"
    with pytest.raises(DocumentError, match="menus"):
        read_document(written(tmp_path, "page.html", page))
