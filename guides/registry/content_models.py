"""The registry of models that hang from a guide, in the order they are loaded.

Loading, exporting, freezing and comparing walk it. Another app adds its own models with `register`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True)
class Content:
    """A model that hangs from a guide: its label, and the field that names its parent.

    `names` are fields that name other rows of the guide by their slugs, with the label of those rows' model; a text
    may name several, one a line.
    """

    label: str
    parent: str
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def model(self):
        return apps.get_model(self.label)

    @property
    def parent_model(self):
        return self.model._meta.get_field(self.parent).related_model

    @property
    def related_name(self):
        """The name of the parent's manager for these rows, such as 'points'."""
        return self.model._meta.get_field(self.parent).remote_field.get_accessor_name()

    @property
    def guide_path(self):
        """The lookup from a row to its guide, such as 'section__guide'."""
        above = next((content for content in CONTENTS if content.model is self.parent_model), None)
        return f"{self.parent}__{above.guide_path}" if above else self.parent


CONTENTS = [
    Content("guides.guidetitle", "guide"),
    Content("guides.relatedcareer", "guide"),
    Content("guides.section", "guide"),
    Content("guides.point", "section"),
    Content("guides.skill", "section"),
    Content("guides.step", "section"),
    Content("guides.route", "section"),
    Content("guides.careerlevel", "section"),
    Content("guides.question", "section"),
    Content("guides.toollink", "section"),
    Content("guides.figure", "section"),
    Content("guides.observation", "figure"),
]


# What guides share, and the fixture file that holds it. These come before any guide.
SHARED = {"guides.source": "sources", "guides.synonym": "synonyms", "guides.term": "glossary"}


def register(label, parent, names=None):
    """Add a model that hangs from a guide, a section or another registered row by its field `parent`; see Content."""
    CONTENTS.append(Content(label, parent, names or {}))


def content_of(model: type[Model]) -> Content | None:
    """The registry's entry for `model`, or None for a guide and what guides share."""
    return next((content for content in CONTENTS if content.model is model), None)


def names_in(row: Model) -> dict[str, list[str]]:
    """Return the slugs by which `row` names other rows of its guide, by field."""
    content = content_of(type(row))
    return {name: getattr(row, name).split() for name in content.names} if content else {}


def below(model):
    """The registered models whose rows hang from a row of `model`."""
    return [content for content in CONTENTS if content.parent_model is model]


def guide_of(row):
    """Return the guide that `row` hangs from; a guide gives itself."""
    parents = {content.model: content.parent for content in CONTENTS}
    while (parent := parents.get(type(row))) is not None:
        row = getattr(row, parent)
    return row
