"""What every item in a plan has, and every task."""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import validators
from .dates import PlanDate
from .plan import Plan

if TYPE_CHECKING:
    from ..item_types import ItemType


def name_from(slug: str) -> str:
    """Return a readable name where only the address of a guide is known."""
    return re.sub(r"[-_]+", " ", slug).capitalize()


class PlanItem(models.Model):
    """Something a plan holds. `slug` names it in addresses and in exports; it is random unless a model says else."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="%(class)ss", editable=False)
    slug = models.CharField(max_length=12, default=validators.new_slug, editable=False, validators=validators.item_slug)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    # Other items of the plan that it names, by the field, and items that name it, by their kind: see
    # item_types.connect. None where nobody looked yet.
    known: "dict[str, PlanItem | None] | None" = None
    known_parts: "dict[str, list[PlanItem]] | None" = None

    class Meta:
        abstract = True
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "slug"], name="%(class)s_slug_once_a_plan")]

    @property
    def title(self) -> str:
        """A few words by which the person knows it."""
        return str(self)

    @property
    def excerpt(self) -> str:
        """The words by which one state of it is told from another, where its fields do not say."""
        return ""

    @property
    def item_type(self) -> "ItemType":
        """The registry's entry for items of this model."""
        from .. import item_types  # the registry names these models

        return item_types.of(type(self))

    def get_absolute_url(self) -> str:
        return reverse("plan:item", args=[self.item_type.slug, self.slug])

    @property
    def anchor(self) -> str:
        """Its id on the plan's pages."""
        return f"{self.item_type.slug}-{self.slug}"

    @property
    def web_address(self) -> str:
        """Where it can be read by itself, for a packet's list; empty where the plan's own page is the place."""
        return ""

    @property
    def hours_a_week(self) -> int | None:
        """How many hours a week the person has, where the item says so."""
        return None

    def next_step(self) -> tuple[str, str] | None:
        """What it asks for by itself, though it is no task and has no day: what to do, and why. None for nothing."""
        return None

    def links(self) -> list[tuple[str, str]]:
        """Where one goes to do it, or to read more of it: the words of each link, and its address."""
        return []

    def labeled_texts(self) -> list[tuple[str, str]]:
        """Its texts, each with its label, for paper; none where it has no more to say than its title."""
        return []

    def words_for(self, document: str) -> str:
        """What a document of that kind (resume, letter, interview) takes over of it; empty where it is for none."""
        return ""

    def dates(self) -> list[PlanDate]:
        """Its dates."""
        return []

    def dependents(self) -> "Sequence[PlanItem]":
        """Other items of the plan that make no sense without it, and are deleted with it."""
        return []

    def complete(self, changed: Collection[str]) -> list[str]:
        """Fill what follows from a change of the fields named in `changed`; return the names of the filled ones."""
        return []

    def has_changed(self, changed: Collection[str]) -> None:
        """Bring other items of the plan to what it says, once a change of those fields by the person is stored."""

    def referred(self, name: str) -> "PlanItem | None":
        """The item of the plan that the field names, None where there is none (any more)."""
        if self.known is None:
            self.known = {}
        if name not in self.known:
            from .. import item_types  # the registry names these models

            kind = item_types.all_types()[self.item_type.refers[name]]
            self.known[name] = kind.model._default_manager.filter(plan=self.plan_id, slug=getattr(self, name)).first()
        return self.known[name]

    def parts(self, kind: str) -> "list[PlanItem]":
        """The items of that kind that name this one."""
        if self.known_parts is None:
            from .. import item_types  # the registry names these models

            item_type = item_types.all_types()[kind]
            names = [name for name, named in item_type.refers.items() if named == self.item_type.slug]
            rows = item_type.model._default_manager.filter(plan=self.plan_id)
            return [row for name in names for row in rows.filter(**{name: self.slug})]
        return self.known_parts.get(kind, [])


class Task(PlanItem):
    """An item to be done: by when, and since when it is done. A model of it adds `name`.

    What its row does not say, its type's `explain` fills in where a page shows it: `worth`, what doing it opens on a
    scale on which a core skill is 6; `why_worth`, that in a sentence; `explained`, what it is.
    """

    name: "models.CharField[str, str]"
    worth = 0
    why_worth = ""
    explained = ""

    # Whether the tasks of one career are done one after the other, in the order they stand.
    in_order = False
    # Whether there is nothing to begin before its day. Such a task belongs to no career.
    waits_for_its_day = False

    due_on = models.DateField(gettext_lazy("do it by"), null=True, blank=True, validators=validators.likely_day)
    done_on = models.DateField(gettext_lazy("done on"), null=True, blank=True, validators=validators.likely_day)

    class Meta(PlanItem.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """What it is beside the item that it belongs to."""
        return self.name

    @property
    def detail(self) -> str:
        """A sentence or two on how to do it, where a model knows."""
        return self.explained

    @property
    def hours(self) -> tuple[int, int] | None:
        """About how many hours it takes, from and to, where a model knows."""
        return None

    @property
    def career(self) -> str:
        """The guide that it belongs to, by its address; empty for none."""
        return str(getattr(self, "guide", ""))

    @property
    def career_name(self) -> str:
        """That guide's title."""
        return str(getattr(self, "guide_name", "")) or name_from(self.career)

    def dates(self) -> list[PlanDate]:
        if self.done_on:
            return [PlanDate(self.done_on, _("Done: %(task)s") % {"task": self.name}, self, "done_on", done=True)]
        if self.due_on is None:
            return []
        return [PlanDate(self.due_on, self.name, self, "due_on", action=True, label=self.label)]
