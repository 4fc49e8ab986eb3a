"""A guide to one occupation, its other titles, its related careers and its sections."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..registry import addresses, content_models, kinds
from .fields import LimitedTextField
from .markdown import RendersMarkdown, outside_addresses
from .markdown_parser import source_notes

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from .figures import Source

soc_code = RegexValidator(
    r"^\d{2}-\d{4}$", _("An occupation code has the form 25-4031: two digits, a hyphen, four digits.")
)


def _linking(addresses: set[str], slugs: set[str]) -> set[int]:
    """Return the keys of the guides whose drafts link to one of `addresses` or name one of `slugs` in a footnote."""
    linking: set[int] = set()
    for content in content_models.CONTENT_MODELS:
        for field in getattr(content.model, "markdown_fields", ()):
            rows = content.model._default_manager.filter(**{f"{field}_html__contains": '<a href="http'})
            for guide, rendered in rows.values_list(content.guide_path, f"{field}_html"):
                if not addresses.isdisjoint(outside_addresses(rendered)):
                    linking.add(guide)
            noting = content.model._default_manager.filter(**{f"{field}__contains": "[^source:"})
            for guide, text in noting.values_list(content.guide_path, field):
                if not slugs.isdisjoint(source_notes(text)):
                    linking.add(guide)
    return linking


class GuideQuerySet(models.QuerySet["Guide"]):
    """Querysets that speak of guides."""

    def live(self) -> "GuideQuerySet":
        """Guides that readers may see: those with a live edition."""
        return self.filter(editions__state="live")

    def citing(self, sources: "Iterable[Source]") -> "GuideQuerySet":
        """Guides whose drafts cite one of `sources`: a row or a footnote names it, or a text links to its address."""
        addresses = {source.url for source in sources if source.url}
        cited = Q(pk__in=_linking(addresses, {source.slug for source in sources}))
        for content in content_models.CONTENT_MODELS:
            for field in content.model._meta.concrete_fields:
                if field.related_model and field.related_model._meta.label_lower == "guides.source":
                    rows = content.model._default_manager.filter(**{f"{field.name}__in": sources})
                    cited |= Q(pk__in=rows.values(content.guide_path))
        return self.filter(cited)

    def get_by_natural_key(self, slug: str) -> "Guide":
        return self.get(slug=slug)


class Guide(models.Model):
    """One occupation, explained: what it is, what it pays, how to get there."""

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of the guide's web address, such as library-technical-assistant."),
    )
    title = models.CharField(_("title"), max_length=80, help_text=_("The job's most common name, in the singular."))
    short_title = models.CharField(
        _("short title"),
        max_length=6,
        blank=True,
        help_text=_("Three letters or so, shown under the occupation code on the card, such as LTA."),
    )
    summary = LimitedTextField(
        _("summary"),
        max_length=320,
        help_text=_("One or two sentences under the title: what someone in this job does all day."),
    )
    highlights = LimitedTextField(
        _("highlights"),
        max_length=200,
        blank=True,
        help_text=_("Up to four short remarks, one a line, such as: Mostly on site."),
    )
    field_of_work = models.CharField(
        _("field of work"), max_length=80, help_text=_("The shelf it stands on, such as Libraries and archives.")
    )
    occupation_code = models.CharField(
        _("occupation code"),
        max_length=7,
        validators=[soc_code],
        help_text=_("The code official statistics count this job under (SOC 2018), such as 25-4031."),
    )
    language = models.CharField(_("language"), max_length=10, default="en", choices=[("en", _("English"))])
    reviewed_on = models.DateField(
        _("reviewed on"), help_text=_("The day an editor last read the whole guide against its sources.")
    )
    replaced_by = models.SlugField(
        _("replaced by"),
        max_length=80,
        blank=True,
        help_text=_(
            "Once this guide is withdrawn: the guide that readers are led to instead. It counts without publishing."
        ),
    )

    # What its rows and texts cite: known only of a guide that freezing thawed.
    sources: "list[Source]"

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ["title", "slug"]
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("guides:guide", args=[self.slug])

    def highlight_list(self) -> list[str]:
        """The highlights, one string each."""
        return [line.strip() for line in self.highlights.splitlines() if line.strip()]

    def clean(self) -> None:
        if len(self.highlight_list()) > 4:
            raise ValidationError({"highlights": _("Give at most four highlights, one a line.")})
        if self.replaced_by and self.replaced_by == self.slug:
            raise ValidationError({"replaced_by": _("A guide cannot take its own place: choose another one.")})


class GuideTitle(models.Model):
    """Another name for the job, and why it leads to this guide."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="titles")
    title = models.CharField(_("other title"), max_length=120)
    why = models.CharField(
        _("why it leads here"),
        max_length=240,
        blank=True,
        help_text=_("One line for a reader who knows the job by this name."),
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("other title")
        verbose_name_plural = _("other titles")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "title"],
                name="guide_title_once",
                violation_error_message=_("This guide has that other title already."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class RelatedCareer(models.Model):
    """A career next to this one, with or without a guide of its own yet."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="related_careers")
    other = models.SlugField(
        _("address of its guide"),
        max_length=80,
        blank=True,
        help_text=_(
            "The address of the other guide, such as library-clerk. It becomes a link once that guide is live."
        ),
    )
    title = models.CharField(_("title"), max_length=80)
    difference = models.CharField(
        _("how it differs"), max_length=240, help_text=_("One line: what is different from the job of this guide.")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("related career")
        verbose_name_plural = _("related careers")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "title"],
                name="related_career_once",
                violation_error_message=_("This guide names that related career already."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class SectionQuerySet(models.QuerySet["Section"]):
    """Sections in reading order: parents and children alike by position."""

    def get_by_natural_key(self, guide: str, slug: str) -> "Section":
        return self.get(guide__slug=guide, slug=slug)


class Section(RendersMarkdown, models.Model):
    """A part of a guide with an address of its own; its kind says which rows it holds."""

    markdown_fields = ("body",)

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
        help_text=_("Leave empty for a section of its own; a part cannot have parts."),
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=kinds.choices, help_text=_("What the section holds and how it is shown.")
    )
    slug = models.SlugField(
        _("address"),
        max_length=60,
        help_text=_("The last part of the section's web address. Readers' links keep it alive: choose it once."),
    )
    heading = models.CharField(_("heading"), max_length=100)
    summary = LimitedTextField(
        _("summary"),
        max_length=260,
        blank=True,
        help_text=_("One or two sentences that answer the section's question; shown while it is closed."),
    )
    body = LimitedTextField(
        _("text"),
        max_length=20_000,
        blank=True,
        help_text=_("Introduction, in Markdown: blank line for a paragraph, **bold**, [words](https://address)."),
    )
    body_html = models.TextField(editable=False, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "slug"],
                name="section_address_once",
                violation_error_message=_("This guide has a section with that address already."),
            )
        ]

    def __str__(self) -> str:
        return self.heading

    def natural_key(self) -> tuple[str, str]:
        return (self.guide.slug, self.slug)

    natural_key.dependencies = ["guides.guide"]  # type: ignore[attr-defined]  # Django reads it from the method

    def get_absolute_url(self) -> str:
        return addresses.of_section(self.guide.slug, self.slug)

    @cached_property
    def parts(self) -> "list[Section]":
        """The sections below it."""
        return list(self.children.all())

    @property
    def kind_info(self) -> kinds.Kind:
        """The registry's entry for this section's kind; one whose app is gone is shown by its text alone."""
        return kinds.KINDS.get(self.kind, kinds.TEXT)

    @property
    def template(self) -> str:
        """The template that shows it: while it holds none of its kind's rows, that of a text."""
        rows = self.kind_info.rows
        return kinds.TEXT.template if rows and not getattr(self, rows).all() else self.kind_info.template

    def clean(self) -> None:
        errors: dict[str, str | StrPromise] = {}
        if self.slug in addresses.reserved_slugs():
            errors["slug"] = _("'%(slug)s' is an address of the site itself; choose another.") % {"slug": self.slug}
        if self.parent and self.parent.guide_id != self.guide_id:
            errors["parent"] = _("The section it is part of belongs to another guide.")
        elif self.parent and (self.parent.parent_id or self.parent is self):
            errors["parent"] = _("Sections go one level deep: choose a section that is not itself a part.")
        elif self.parent_id and self.pk and self.children.exists():
            errors["parent"] = _("This section has parts of its own, so it cannot become a part.")
        if not self.parent_id and not self.summary:
            errors["summary"] = _("Give one or two sentences: a closed section shows nothing else.")
        if errors:
            raise ValidationError(errors)
