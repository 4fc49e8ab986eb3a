"""The kinds of section: which rows each holds, in which template it is shown.

To add a kind: one entry here, one template in templates/guides/kinds/, one line in the README.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind of section. `rows` names the relation of Section that holds its rows, empty for none."""

    slug: str
    name: str
    rows: str = ""

    @property
    def template(self):
        return f"guides/kinds/{self.slug}.html"


KINDS = {
    kind.slug: kind
    for kind in [
        Kind("text", _("text")),
        Kind("points", _("a list of points"), "points"),
        Kind("skills", _("skills"), "skills"),
        Kind("steps", _("steps, as a timeline"), "steps"),
        Kind("routes", _("routes, compared by time and cost"), "routes"),
        Kind("figures", _("figures"), "figures"),
        Kind("pay_levels", _("pay by career level, as bars"), "figures"),
        Kind("pay_areas", _("pay by country or region, as bars"), "figures"),
        Kind("levels", _("career levels, as a ladder"), "careerlevels"),
        Kind("pros_and_cons", _("pros and cons, side by side")),
        Kind("pros", _("pros"), "points"),
        Kind("cons", _("cons"), "points"),
        Kind("questions", _("questions and answers"), "questions"),
        Kind("related", _("related careers")),
        Kind("tools", _("entry points to tools"), "toollinks"),
    ]
}

choices = [(kind.slug, kind.name) for kind in KINDS.values()]

# Words that are addresses below a guide, or of the site, and so cannot name a section.
RESERVED_SLUGS = frozenset(
    "print sources skills-gap readiness toolkit json compare report plan preview search history".split()
)
