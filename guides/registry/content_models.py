"""The models that hang from a guide, in the order they are loaded.

Loading, exporting, freezing, comparing, searching and the guide's JSON Schema walk them. An app adds its own in its
Extension (extension.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True)
class ContentModel:
    """A model that hangs from a guide: its label, and the field that names its parent.

    `names` are fields that name other rows of the guide by their slugs, with the label of those rows' model; a text
    may name several, one a line. `text` gives what search may find of a row that hangs from a section; without it rows
    are not searched. `is_shown_elsewhere` says that pages of other guides show such rows too: a change of one makes
    every page old.
    """

    label: str
    parent: str
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
    text: Callable[[Any], str] | None = None
    is_shown_elsewhere: bool = False

    # Each guide that is frozen, loaded or compared asks these some ten thousand times.
    @cached_property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @cached_property
    def parent_model(self) -> type[Model]:
        model: type[Model] = self._parent_field.related_model
        return model

    @cached_property
    def related_name(self) -> str:
        """The name of the parent's manager for these rows, such as 'points'."""
        return str(self._parent_field.remote_field.get_accessor_name())

    @cached_property
    def _parent_field(self) -> Any:
        return self.model._meta.get_field(self.parent)

    @property
    def guide_path(self) -> str:
        """The lookup from a row to its guide, such as 'section__guide'."""
        above = next((content for content in CONTENT_MODELS if content.model is self.parent_model), None)
        return f"{self.parent}__{above.guide_path}" if above else self.parent


OWN = (
    ContentModel("guides.guidetitle", "guide"),
    ContentModel("guides.relatedcareer", "guide"),
    ContentModel("guides.section", "guide"),
    ContentModel("guides.formeraddress", "guide", names={"leads_to": "guides.section"}),
    ContentModel("guides.picture", "guide"),
    # What is searched of these stands in guides/search/passages.py.
    ContentModel("guides.point", "section"),
    ContentModel("guides.skill", "section"),
    ContentModel("guides.step", "section"),
    ContentModel("guides.route", "section"),
    ContentModel("guides.careerlevel", "section"),
    ContentModel("guides.question", "section"),
    ContentModel("guides.toollink", "section"),
    ContentModel("guides.figure", "section"),
    ContentModel("guides.observation", "figure"),
)
CONTENT_MODELS: list[ContentModel] = list(OWN)

# What guides share, and what the site has beside guides, with the fixture file that holds it. These come before any
# guide; an app adds its own in its Extension.
OWN_SHARED = {"guides.source": "sources", "guides.synonym": "synonyms", "guides.term": "glossary"}
SHARED: dict[str, str] = dict(OWN_SHARED)


def is_known(label: str) -> bool:
    """Whether the model with that label is a guide, hangs from one or is shared by guides: its app is installed."""
    return label == "guides.guide" or label in SHARED or any(content.label == label for content in CONTENT_MODELS)


def content_of(model: type[Model]) -> ContentModel | None:
    """The registry's entry for `model`, or None for a guide and what guides share."""
    return next((content for content in CONTENT_MODELS if content.model is model), None)


def names_in(row: Model) -> dict[str, list[str]]:
    """Return the slugs by which `row` names other rows of its guide, by field."""
    content = content_of(type(row))
    return {name: getattr(row, name).split() for name in content.names} if content else {}


def below(model: type[Model]) -> list[ContentModel]:
    """The registered models whose rows hang from a row of `model`."""
    return [content for content in CONTENT_MODELS if content.parent_model is model]


def guide_of(row: Model) -> Any:
    """Return the guide that `row` hangs from; a guide gives itself."""
    parents = {content.model: content.parent for content in CONTENT_MODELS}
    while (parent := parents.get(type(row))) is not None:
        row = getattr(row, parent)
    return row
