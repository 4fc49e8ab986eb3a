"""The kinds of section: which rows each holds, in which template it is shown.

An app adds its own in its Extension (extension.py), with a template `guides/kinds/<kind>.html`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind of section. `rows` names the relation of Section that holds its rows, empty for none."""

    slug: str
    name: str | Promise
    rows: str = ""

    @property
    def template(self) -> str:
        return f"guides/kinds/{self.slug}.html"


TEXT = Kind("text", _("text"))
OWN = (
    TEXT,
    Kind("points", _("a list of points"), "points"),
    Kind("duties", _("duties: what one does in the job"), "points"),
    Kind("chances", _("chances"), "points"),
    Kind("drawbacks", _("drawbacks"), "points"),
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
    Kind("titles", _("other names of the job")),
    Kind("tools", _("entry points to tools"), "toollinks"),
)
KINDS: dict[str, Kind] = {kind.slug: kind for kind in OWN}


def choices() -> list[tuple[str, str | Promise]]:
    """Every kind as a choice of a form. Called when it is needed, so that a new kind costs no migration."""
    return [(kind.slug, kind.name) for kind in KINDS.values()]
