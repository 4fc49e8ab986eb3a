"""What guides share and readers see by itself, such as a term: the row is what they see, its editions hold drafts."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .edition import Submission


class ReviewedQuerySet(models.QuerySet["Any"]):
    """Querysets that speak of what readers see."""

    def live(self) -> "ReviewedQuerySet":
        """Rows that readers see: not those that an editor added and nobody has published."""
        return self.filter(is_live=True)

    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class Reviewed(models.Model):
    """A row that readers see as it is stored; what an editor changes of it waits in a SharedEdition."""

    is_live = models.BooleanField(gettext_lazy("readers see it"), default=True, editable=False)

    objects = ReviewedQuerySet.as_manager()

    class Meta:
        abstract = True


def live_rows(model: type[models.Model]) -> models.QuerySet[Any]:
    """The rows of what guides share that readers may see, of any such model."""
    rows = model._default_manager.all()
    return rows.filter(is_live=True) if issubclass(model, Reviewed) else rows


class SharedEditionQuerySet(models.QuerySet["SharedEdition"]):
    """Querysets that speak of shared editions."""

    def of(self, row: models.Model) -> "SharedEditionQuerySet":
        """The editions of one row."""
        return self.filter(model=row._meta.label_lower, slug=getattr(row, "slug", ""))

    def drafts(self) -> "SharedEditionQuerySet":
        """What waits: saved and for review."""
        return self.filter(state__in=SharedEdition.DRAFTS)


class SharedEdition(Submission):
    """A term, or whatever else guides share, as somebody saved it; of several drafts of a row the newest waits."""

    class State(models.TextChoices):
        SAVED = "saved", gettext_lazy("draft")
        SUBMITTED = "submitted", gettext_lazy("for review")
        LIVE = "live", gettext_lazy("live")
        RETIRED = "retired", gettext_lazy("was live")
        PASSED = "passed", gettext_lazy("replaced or thrown away")

    DRAFTS = (State.SAVED, State.SUBMITTED)

    model = models.CharField(gettext_lazy("kind"), max_length=80)
    slug = models.SlugField(gettext_lazy("short name"), max_length=60)
    number = models.PositiveIntegerField(gettext_lazy("number"))
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State.choices, default=State.SAVED)
    fields = models.JSONField(null=True, help_text="The row's fields as a fixture has them; null: it is to be deleted.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=gettext_lazy("author"),
    )  # fmt: skip
    comment = models.CharField(gettext_lazy("comment"), max_length=300, blank=True)
    created_at = models.DateTimeField(gettext_lazy("saved at"), default=timezone.now)
    published_at = models.DateTimeField(gettext_lazy("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=gettext_lazy("published by"),
    )  # fmt: skip

    objects = SharedEditionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = gettext_lazy("edition of a term or synonym")
        verbose_name_plural = gettext_lazy("editions of glossary and synonyms")
        constraints = [
            models.UniqueConstraint(fields=["model", "slug", "number"], name="shared_edition_number_once"),
            models.UniqueConstraint(
                fields=["model", "slug"], condition=Q(state__in=["saved", "submitted"]), name="one_shared_draft"
            ),
        ]

    def __str__(self) -> str:
        return _("%(kind)s '%(slug)s', edition %(number)s") % {
            "kind": self.model_class._meta.verbose_name,
            "slug": self.slug,
            "number": self.number,
        }

    @property
    def model_class(self) -> type[models.Model]:
        """What it is an edition of."""
        return apps.get_model(self.model)

    @property
    def row(self) -> models.Model | None:
        """The row that it is an edition of, as readers see it; None where it was deleted."""
        return self.model_class._default_manager.filter(slug=self.slug).first()

    @property
    def is_deletion(self) -> bool:
        """Whether it deletes the row."""
        return self.fields is None
