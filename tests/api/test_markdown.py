"""What becomes of people's words: a small, safe part of Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.core.text import clean, render

PERSON = "01900000-0000-7000-8002-000000000003"
MENTION = f"@{{{PERSON}}}"
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**a** _b_ *c*", "<p><strong>a</strong> <em>b</em> <em>c</em></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("a\nb", "<p>a<br>\nb</p>"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>"),
        ("[x](https://a.example)", '<p><a href="https://a.example" rel="noopener nofollow">x</a></p>'),
        ("\\*a\\*", "<p>*a*</p>"),
        ("# no heading", "<p># no heading</p>"),
        ("![x](https://a.example/i.png)", None),
        ("`no code`", "<p>`no code`</p>"),
        ("> no quote", "<p>&gt; no quote</p>"),
        ("| no | table |", "<p>| no | table |</p>"),
        ("https://a.example stays text", "<p>https://a.example stays text</p>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("🎉 ❤️", "<p>🎉 ❤️</p>"),
    ],
)
def test_subset(source: str, html: str | None) -> None:
    found = render(source, {})
    assert "<img" not in found
    assert html is None or found == html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        '[x](https://a.example "onmouseover=alert(1)")',
        '[x](https://a.example" onclick="alert(1))',
        "<a href='javascript:alert(1)'>x</a>",
        f'[x](https://a.example "{MENTION}")',
        f"[{MENTION}](https://a.example)",
        f"[x]({MENTION})",
        "<svg/onload=alert(1)>",
        "<!-- x --><style>*{display:none}</style>",
    ],
)
def test_nothing_active_comes_through(source: str) -> None:
    for name in ("Miriam", '<script>alert(1)</script>" onclick="x', "a' href='javascript:x"):
        check_safe(render(source, {PERSON: name}))


@settings(max_examples=150, derandomize=True, database=None, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<", ">", '"', "'", "](", "[", ")", "javascript:", "a", "\n", "*", "- ", MENTION, "&", " "])
    )
)
def test_nothing_active_comes_through_whatever_is_put_together(parts: list[str]) -> None:
    check_safe(render("".join(parts), {PERSON: '"><img src=x onerror=alert(1)>'}))


def check_safe(html: str) -> None:
    """Only known tags; only known attributes; links only where they may lead."""
    for tag in re.findall(r"<[^>]*>", html):
        match = re.fullmatch(r"</?([a-z]+)((?: [a-z]+=\"[^\"<>]*\")*)>", tag)
        assert match, tag
        assert match[1] in TAGS
        for name, value in re.findall(r" ([a-z]+)=\"([^\"]*)\"", match[2]):
            assert name in {"href", "rel", "class", "start"}
            assert name != "href" or re.match(r"(https?://|mailto:|/people/)", value) or ":" not in value


def test_names_are_text() -> None:
    html = render(f"Thanks {MENTION}", {PERSON: "<script>alert(1)</script> & Söhne"})
    assert html == (
        f'<p>Thanks <a class="mention" href="/people/{PERSON}" rel="noopener nofollow">'
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne</a></p>"
    )


def test_who_is_gone_leaves_dots() -> None:
    assert render(f"Thanks {MENTION}!", {}) == "<p>Thanks …!</p>"


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        (" a\r\nb\rc ", "a\nb\nc"),
        ("a\x00b\x07c\ud800d\ufffee", "abcde"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("e\u0301", "é"),
        ("tab\tstays", "tab\tstays"),
        ("zero\u200bwidth and \u202eoverride", "zero\u200bwidth and \u202eoverride"),
    ],
)
def test_text_is_cleaned_before_it_is_stored(source: str, kept: str) -> None:
    assert clean(source) == kept
