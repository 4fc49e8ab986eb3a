"""The site's tools, as guides know them: a name, an address below the guide, and whether it is built.

Apps that build a tool call `register` when they are ready; guides know none of them.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tool:
    """A tool. `key` is its address below the guide's; `view` the URL name that serves it once built."""

    key: str
    name: str
    coming: str
    view: str = ""

    def url(self, guide):
        """The tool's address for this guide: the tool itself, or the page that says what is coming."""
        if self.view:
            return reverse(self.view, args=[guide.slug])
        return reverse("guides:tool", kwargs={"guide": guide.slug, "key": self.key})


TOOLS = {}


def register(tool):
    """Add a tool, or replace the announcement of one that is now built."""
    TOOLS[tool.key] = tool


def built():
    """The URL names of the tools that are built."""
    return {tool.view for tool in TOOLS.values() if tool.view}


for announced in [
    Tool(
        "toolkit/resume",
        _("Resume examples"),
        _("Worked examples for this job, each line explained, and a builder that keeps your text in your browser."),
    ),
    Tool(
        "toolkit/cover-letter",
        _("Cover letter examples"),
        _("Letters for different situations, with the places to fill marked."),
    ),
    Tool(
        "toolkit/interview",
        _("Interview questions"),
        _("The questions asked for this job, what a good answer shows, and a way to practice."),
    ),
    Tool(
        "toolkit/job-description",
        _("Job description template"),
        _("For those who hire: duties and requirements from this guide, to tick and reword."),
    ),
    Tool(
        "skills-gap",
        _("Skills gap"),
        _("Rate yourself on the skills of this guide and see what is missing, with the arithmetic shown."),
    ),
    Tool(
        "readiness",
        _("Readiness check"),
        _("A few questions, a score with every point explained, and the changes that would raise it most."),
    ),
]:
    register(announced)
