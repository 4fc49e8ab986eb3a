"""Whatever an editor types reaches the page, or is named by the check with its line and words."""

import html
import re

import pytest
from django.utils.html import strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.models import markdown
from guides.publishing import texts

NUMBER = iter(range(10**9))


def said(text, **known):
    """What the check says of a text, as (line, sentence, whether it stops)."""
    return [(fault.line, fault.message, fault.stops) for fault in texts.faults(text, **known)]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("One\n\nTwo <b>bold</b>", 3, "“<b>” is HTML"),
        ("<div>\nwords\n</div>", 1, "“<div> words </div>” is HTML"),
        ("One <!-- hidden -->", 1, "“<!-- hidden -->” is HTML"),
        ("One\n\n```python\nwords\n```", 3, "“```python” begins a block of code"),
        (
            "One\n\n![Words](https://example.org/a.png)",
            3,
            "“![Words](https://example.org/a.png)”: an image is a picture",
        ),
        ("![Words](picture:none)", 1, "no picture with the short name 'none'"),
        ("![](picture:desk)", 1, "say in the square brackets what it shows"),
        ("![what it shows](picture:desk)", 1, "are to be replaced"),
        ('![](picture:desk "Caption")', 1, "say in the square brackets what it shows"),
        ("Beside it ![Words](picture:desk)", 1, "put an empty line before and after"),
        ("Words[^1].", 1, "“[^1]”: the footnote has no text"),
        ("Words.\n\n[^1]: lost", 3, "“[^1]:”: no place of the text has this footnote"),
        ("Words[^1].\n\n[^1]: one\n[^1]: two", 3, "another text of the footnote '1' stands below"),
        ("Words[^source:none].", 1, "there is no source with this short name"),
        ("| a | b |\n| --- |\n| 1 | 2 |", 1, "its head has 2 cells, the line of dashes below it has 1"),
        ("Words\n\n| a | b |\n| c | d |", 3, "“| a | b |” is no table: below its head it needs a line of dashes"),
        ("Table: x\n\n| a | b |\n| - | - |\n| 1 | 2 | 3 |", 5, "“| 1 | 2 | 3 |”: this row of the table has 3 cells"),
        ("Table: x\n\n| a | b |\n| - | - |\n| 1 |", 5, "this row of the table has 1 cell, its head has 2"),
        ("Table: x\n\n| a | b |\n| - | - |\n| 1 | 2 |\nwords", 6, "“words”: this row of the table has 1 cell"),
        ("Table: x\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n| 3 | 4 |", 7, "“| 3 | 4 |” is no table"),
        ("[a]: https://example.org/ 'Words'", 1, "no link of the text has this address"),
        ("[a]\n\n[a]: https://example.org/\n[a]: https://example.net/", 4, "there is an address of this name already"),
        ("> " * 30 + "deep words", 1, "“deep words” does not reach readers"),
    ],
)
def test_what_readers_would_not_get_is_named_by_line_and_words(text, line, words):
    [(found, message, stops)] = said(text, pictures={"desk"})
    assert found == line
    assert words in message
    assert stops


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("One\n\n# Two", 3, "“Two” is a heading of level 1"),
        ("Two\n===", 1, "“Two” is a heading of level 1"),
        ("#### Four", 1, "“Four”: the heading skips a level"),
        ("One\n\n    words", 3, "“words” begins with four spaces"),
        ("| a | b |\n| - | - |\n| 1 | 2 |", 1, "The table has no caption"),
    ],
)
def test_what_readers_get_otherwise_is_told_and_does_not_stop(text, line, words):
    [(found, message, stops)] = said(text)
    assert (found, stops) == (line, False)
    assert words in message


def test_what_is_allowed_is_not_named():
    text = """Words **bold** *soft* `code` [link](https://example.org/a?b=c&d "Title") <https://example.org/x>,
3 < 4 &amp; \\<b>.

1. one
2. two
   - three

> quoted[^1] and [so][name] and [^source:office].

Table: Pay *by* [state](https://example.org/)

| State | Pay |
|:------|----:|
| Ohio  | 4\\|1 |
|       | `5` |

![A *desk* with books](picture:desk "In the morning")

![](picture:desk "decoration")

[^1]: See [it](https://example.org/y).

    More of it.

[name]: https://bücher.example/%C3%A4
"""
    assert said(text, pictures={"desk"}, sources={"office"}) == []


# Constructs, each with a place for a word that stands nowhere else: what texts may hold, what they may not, and halves
# of either.
CONSTRUCTS = [
    "{}", "**{}**", "*{}*", "`{}`", "[{}](https://example.org/{})", '[x](/guides/ "{}")', "[{}][ref]",
    "[ref]: /guides/ '{}'", "[{}]: https://example.org/{}", "![{}](picture:{})", '![{}](picture:desk "{}")',
    "![{}](https://example.org/{}.png)", "[^{}]", "[^{}]: {}", "[^source:{}]", "<b>{}</b>", "<!-- {} -->", "<div {}>",
    "<script>{}</script>", "# {}", "### {}", "##### {}", "{}\n===", "{}\n---", "---", "***", "```{}",
    "```{}\n{}\n```", "~~~\n{}\n~~~", "    {}", "\t{}", "> {}", "> > > {}", "- {}", "1. {}", "12) {}", "- - - {}",
    "| {} | {} |", "|---|---|", "| - |", "Table: {}", "| {} | {} | {} |", "{} | {}",
    "Table: {}\n\n| {} | {} |\n|---|--:|\n| {} | {} |", "| {} |\n|---|\n| {} | {} |", "~~{}~~", "- [ ] {}", "{}  ",
    "{}\\", "&{};", "&amp;{}", "\\{}", "<https://example.org/{}>", "{{figure:{}}}", "[{}", "]({})", "^[{}]", "\\|{}|",
    "", "$${}$$", ":::{}", "%{}", "{}: {}", "> " * 22 + "{}",
]  # fmt: skip


@st.composite
def documents(draw):
    """A text of constructs below one another, beside one another and inside of lists and quotations."""
    parts = draw(st.lists(st.sampled_from(CONSTRUCTS), min_size=1, max_size=7))
    joins = draw(st.lists(st.sampled_from(["\n\n", "\n", " ", "\n> ", "\n  ", "\n- "]), min_size=7, max_size=7))
    words = []
    text = ""
    for part, join in zip(parts, joins, strict=False):
        own = [f"w{next(NUMBER)}q" for _each in range(part.count("{}"))]
        words += own
        text += part.format(*own) + join
    return text, words


@given(documents())
@settings(max_examples=250, deadline=None)
def test_everything_typed_reaches_the_page_or_is_named(document):
    text, words = document
    rendered = markdown.render(text)
    # What readers see, and the addresses and words that stand in attributes they meet.
    met = html.unescape(strip_tags(rendered.replace("<", " <")) + " ".join(re.findall(r'="([^"]*)"', rendered)))
    named = {fault.line for fault in texts.faults(text)}
    lines = text.split("\n")
    for word in words:
        if word in met:
            continue
        places = {number for number, line in enumerate(lines, start=1) if word in line}
        if any(f"[^{word}]" in lines[place - 1] or f"]: {word}" in lines[place - 1] for place in places):
            # The name of a footnote that has its text is no word for readers.
            continue
        assert places & named, (word, text, texts.faults(text))


@given(st.text(alphabet="ab[]()!^:|-\\`*_<>#~&;\n \t123.'\"{}=/", max_size=120))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_check(text):
    for fault in texts.faults(text):
        assert 1 <= fault.line <= text.count("\n") + 1
