"""Markdown to safe HTML, once, when a text is saved."""

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "h3", "h4", "hr", "abbr"}
# maxNesting bounds what a text of nothing but brackets can cost.
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20})


def render(text):
    """Return `text`, Markdown, as HTML that holds nothing but `TAGS` and http(s), mailto or site-relative links."""
    if not text:
        return ""
    return nh3.clean(
        _parser.render(text),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    ).strip()


class RendersMarkdown:
    """A model some of whose fields are Markdown: `<field>_html` is rendered beside each on save."""

    markdown_fields = ()

    def render_markdown(self):
        """Bring every `<field>_html` up to date with its text."""
        for name in self.markdown_fields:
            setattr(self, f"{name}_html", render(getattr(self, name)))

    def save(self, *args, **kwargs):
        self.render_markdown()
        super().save(*args, **kwargs)
