"""The registry of models that hang from a guide, in the order they are loaded.

Loading, exporting, freezing and comparing walk it. Another app adds its own models with `register`.
"""

from dataclasses import dataclass

from django.apps import apps


@dataclass(frozen=True)
class Content:
    """A model that hangs from a guide: its label, and the field that names its parent."""

    label: str
    parent: str

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


def register(label, parent):
    """Add a model that hangs from a guide, a section or another registered row by its field `parent`."""
    CONTENTS.append(Content(label, parent))


def below(model):
    """The registered models whose rows hang from a row of `model`."""
    return [content for content in CONTENTS if content.parent_model is model]


def guide_of(row):
    """Return the guide that `row` hangs from; a guide gives itself."""
    parents = {content.model: content.parent for content in CONTENTS}
    while (parent := parents.get(type(row))) is not None:
        row = getattr(row, parent)
    return row
