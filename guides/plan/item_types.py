"""What a plan can hold. Saving, changing, exporting, importing and the plan's page walk it.

Another app adds its own: a model that inherits `plan.models.PlanItem`, a template that shows one, and an ItemType in
its Extension. Nothing here needs to know it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.apps import apps
from django.db.models import Field, QuerySet, UniqueConstraint
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from guides import registry

from . import explaining
from .models import Application, ApplicationPart, Plan, PlanDate, PlanItem
from .models.dates import once_each


@dataclass(frozen=True, eq=False)
class ItemType:
    """A kind of item. `fields` are exported and imported; those of `form` the person may change."""

    slug: str  # in addresses and exports
    label: str  # of the model, such as "plan.note"
    name: str | Promise  # of several, as a heading
    one: str | Promise  # of one, inside a sentence: "Delete this note?"
    fields: tuple[str, ...]
    form: tuple[str, ...] = ()
    add: str | Promise = ""  # on the button that adds one; empty where items only come from elsewhere
    most: int = 200  # in one plan
    own_form: str = ""  # the name of the URL that serves the form of one, where the plan's own does not do
    mark: tuple[str, ...] = ()  # the fields by which a reading page's save link names one; empty where none saves it
    # The fields by which one names others of its plan by their slug, and what kind those are.
    refers: Mapping[str, str] = field(default_factory=dict)
    beside: str = ""  # the template that stands below the form of an `item` of this kind
    panel: str = ""  # the template that shows `items` of this kind on the plan's page; empty for none
    # Fills in what the rows of `items` do not say but guides do, for pages that show them; see models.Task.
    explain: Callable[[Sequence[Any]], None] | None = None
    # The part of a packet that holds items of this kind, and the template that shows them in it.
    packet_part: str = ""
    packet_panel: str = ""
    schemas: dict[str, dict[str, Any]] = field(
        default_factory=dict
    )  # JSON Schemas of fields whose model field does not say enough

    @property
    def model(self) -> type[PlanItem]:
        model: type[PlanItem] = apps.get_model(self.label)
        return model

    def of_plan(self, plan: Plan | None) -> QuerySet[PlanItem]:
        """The items of this kind in `plan`."""
        return self.model._default_manager.filter(plan=plan)

    @property
    def once(self) -> tuple[str, ...]:
        """The fields by which an item is one of a kind in its plan; by its slug alone where the model names none."""
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and "slug" not in constraint.fields:
                return tuple(name for name in constraint.fields if name != "plan")
        return ("slug",)

    def model_field(self, name: str) -> "Field[Any, Any]":
        """The model's field of that name."""
        return cast("Field[Any, Any]", self.model._meta.get_field(name))


# Items by their type, as a plan or a plan's file has them.
Items = dict[ItemType, list[PlanItem]]
SomeItem = TypeVar("SomeItem", bound=PlanItem)


def all_types() -> dict[str, ItemType]:
    """Every type of item by its slug, in the order they were registered."""
    return {item_type.slug: item_type for item_type in registry.each("plan_items")}


def of(model: type[PlanItem]) -> ItemType:
    """Return the type of items of `model`."""
    return next(item_type for item_type in all_types().values() if item_type.model is model)


def find(plan: Plan | None, anchor: str) -> PlanItem | None:
    """Return the item of `plan` that has that anchor on the plan's pages, or None."""
    kind, _hyphen, slug = anchor.rpartition("-")
    item_type = all_types().get(kind)
    return item_type.of_plan(plan).filter(slug=slug).first() if item_type and plan else None


def all_items(plan: Plan) -> Items:
    """Return everything in `plan`. One query a type."""
    return connect({item_type: list(item_type.of_plan(plan)) for item_type in all_types().values()})


def applications_of(plan: Plan) -> Items:
    """Return the applications of `plan` with what belongs to them. One query a type."""
    kinds = [each for each in all_types().values() if issubclass(each.model, Application | ApplicationPart)]
    return connect({item_type: list(item_type.of_plan(plan)) for item_type in kinds})


def connect(items: Items) -> Items:
    """Tell each of `items` which others of them it names and which name it, and return them."""
    known = {(kind.slug, item.slug): item for kind, rows in items.items() for item in rows}
    for item in known.values():
        item.known_parts = {}
    for kind, rows in items.items():
        for item in rows:
            item.known = {name: known.get((named, getattr(item, name))) for name, named in kind.refers.items()}
            for whole in filter(None, item.known.values()):
                if whole.known_parts is not None:
                    whole.known_parts.setdefault(kind.slug, []).append(item)
    return items


def explained(items: Items) -> Items:
    """Have every type fill in what guides say of its items, and return them."""
    for item_type, rows in items.items():
        if item_type.explain and rows:
            item_type.explain(rows)
    return items


def items_of(items: Items, model: type[SomeItem]) -> list[SomeItem]:
    """Return those of `items` that are of `model`."""
    return cast(list[SomeItem], items[of(model)])


def all_dates(items: Items) -> list[PlanDate]:
    """Return every date of `items`, soonest first."""
    return once_each(dated for rows in items.values() for item in rows for dated in item.dates())


APPLICATION = (
    "post", "employer", "link", "status", "next_action", "next_on", "closes_on", "applied_on", "interview_on",
    "answered_on", "follow_up", "contact", "documents", "note",
)  # fmt: skip
INTERVIEW = ("on", "at", "kind", "with_whom", "place", "note")
CONTACT = ("name", "role", "reach", "note")
OF_APPLICATION = {"application": "applications"}
TASK_DATES = ("due_on", "done_on")  # what a person may change of a Task

OWN = [
    ItemType(
        "guides",
        "plan.savedguide",
        gettext_lazy("Guides"),
        gettext_lazy("guide"),
        ("guide", "name"),
        most=50,
        mark=("guide",),
    ),
    ItemType(
        "steps",
        "plan.savedstep",
        gettext_lazy("Steps"),
        gettext_lazy("step"),
        ("guide", "step", "name", *TASK_DATES),
        form=TASK_DATES,
        most=500,
        mark=("guide", "step"),
        explain=explaining.explain_steps,
    ),
    ItemType(
        "applications",
        "plan.application",
        gettext_lazy("Applications"),
        gettext_lazy("application"),
        APPLICATION,
        form=APPLICATION,
        add=gettext_lazy("Log an application"),
        most=500,
        beside="plan/_application_parts.html",
    ),
    ItemType(
        "interviews",
        "plan.interview",
        gettext_lazy("Interviews"),
        gettext_lazy("interview"),
        ("application", *INTERVIEW),
        form=INTERVIEW,
        add=gettext_lazy("Add an interview"),
        most=500,
        refers=OF_APPLICATION,
        packet_part="log",
        packet_panel="plan/_packet_interviews.html",
    ),
    ItemType(
        "contacts",
        "plan.contact",
        gettext_lazy("People"),
        gettext_lazy("person"),
        ("application", *CONTACT),
        form=CONTACT,
        add=gettext_lazy("Add a person"),
        most=500,
        refers=OF_APPLICATION,
        packet_part="log",
        packet_panel="plan/_packet_contacts.html",
    ),
    ItemType(
        "follow-ups",
        "plan.followup",
        gettext_lazy("Ask again"),
        gettext_lazy("reminder"),
        ("application", "interview", "about", "name", *TASK_DATES),
        form=TASK_DATES,
        most=1000,
        refers={**OF_APPLICATION, "interview": "interviews"},
        panel="plan/_follow_ups.html",
    ),
    ItemType(
        "notes",
        "plan.note",
        gettext_lazy("Notes"),
        gettext_lazy("note"),
        ("text",),
        form=("text",),
        add=gettext_lazy("Write a note"),
        panel="plan/_notes.html",
    ),
    ItemType(
        "dates",
        "plan.event",
        gettext_lazy("Dates of your own"),
        gettext_lazy("date"),
        ("on", "name"),
        form=("on", "name"),
        add=gettext_lazy("Add a date"),
    ),
    ItemType(
        "comments",
        "plan.comment",
        gettext_lazy("Comments from helpers"),
        gettext_lazy("comment"),
        ("author", "about", "about_name", "text"),
        panel="plan/_comments.html",
    ),
]
