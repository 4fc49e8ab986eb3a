"""What sections hold: rows an editor can name. They hang from a section and know nothing of pages."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .fields import LimitedTextField
from .guide import Section
from .markdown import RendersMarkdown

currency_code = RegexValidator(r"^[A-Z]{3}$", _("A currency is three capital letters, such as USD."))


class SectionRow(models.Model):
    """A row of a section, in the order the editor gave it."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="%(class)ss", verbose_name=_("section"))
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class AddressedRow(SectionRow):
    """A row that others refer to by its slug: a plan, a link, a result."""

    slug = models.SlugField(
        _("short name"),
        max_length=60,
        help_text=_("Links and readers' plans refer to it by this name: choose it once."),
    )

    class Meta(SectionRow.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["section", "slug"],
                name="%(class)s_slug_once",
                violation_error_message=_("This section has a row with that short name already."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        section = getattr(self, "section", None)
        if section is None or not section.pk:
            return  # a form without a section says so itself
        same = type(self)._default_manager.filter(section__guide_id=section.guide_id, slug=self.slug)
        if same.exclude(section=section).exists():
            raise ValidationError({"slug": _("Another section of this guide has a row with that short name.")})


def in_order(low: str, high: str, name: str) -> models.CheckConstraint:
    """A constraint: where both ends of a range are given, the low one is not above the high one."""
    return models.CheckConstraint(
        condition=Q(**{f"{low}__isnull": True}) | Q(**{f"{high}__isnull": True}) | Q(**{f"{low}__lte": F(high)}),
        name=name,
        violation_error_message=_("The range runs the wrong way: its lower end is above its upper end."),
    )


def check_range(row: models.Model, low: str, high: str) -> None:
    """Raise a ValidationError at the lower end's field where it is above the upper end."""
    start, end = getattr(row, low), getattr(row, high)
    if start is not None and end is not None and start > end:
        raise ValidationError({low: _("%(low)s is above %(high)s: swap them.") % {"low": start, "high": end}})


class Point(RendersMarkdown, SectionRow):
    """One item of a list: a duty, a tool, a requirement, a trend, an advantage."""

    markdown_fields = ("text",)

    label = models.CharField(_("label"), max_length=100, blank=True, help_text=_("A few words in bold, if it helps."))
    text = LimitedTextField(_("text"), max_length=1500)
    text_html = models.TextField(editable=False, blank=True)

    class Meta(SectionRow.Meta):
        verbose_name = _("point")
        verbose_name_plural = _("points")

    def __str__(self) -> str:
        return self.label or self.text[:60]


class Skill(AddressedRow):
    """Something the job asks for; the skills gap rates readers on the same rows."""

    class Weight(models.TextChoices):
        CORE = "core", _("core: the job cannot be done without it")
        USEFUL = "useful", _("useful: most postings ask for it")
        BONUS = "bonus", _("bonus: it sets you apart")

    name = models.CharField(_("name"), max_length=120)
    detail = models.CharField(
        _("detail"), max_length=300, blank=True, help_text=_("Why it matters, or which products it means.")
    )
    weight = models.CharField(_("weight"), max_length=10, choices=Weight.choices, default=Weight.USEFUL)
    also_known_as = LimitedTextField(
        _("other names"),
        max_length=1000,
        blank=True,
        help_text=_("Words a resume may use for it, one a line."),
    )

    class Meta(AddressedRow.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")

    def __str__(self) -> str:
        return self.name

    def other_names(self) -> list[str]:
        """The other names, one string each."""
        return [line.strip() for line in self.also_known_as.splitlines() if line.strip()]


class Step(RendersMarkdown, AddressedRow):
    """Something to do on the way to the job."""

    markdown_fields = ("text",)

    title = models.CharField(_("title"), max_length=100)
    text = LimitedTextField(_("text"), max_length=3000)
    text_html = models.TextField(editable=False, blank=True)
    duration = models.CharField(
        _("how long"), max_length=60, blank=True, help_text=_("Such as: 100 to 200 hours. Empty if it varies.")
    )

    class Meta(AddressedRow.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.title


class Route(RendersMarkdown, AddressedRow):
    """A way into the job, with the time and the money it takes."""

    markdown_fields = ("text",)

    name = models.CharField(_("name"), max_length=80)
    months_from = models.PositiveSmallIntegerField(_("months, from"), null=True, blank=True)
    months_to = models.PositiveSmallIntegerField(_("months, to"), null=True, blank=True)
    cost_from = models.PositiveIntegerField(_("cost, from"), null=True, blank=True)
    cost_to = models.PositiveIntegerField(_("cost, to"), null=True, blank=True)
    cost_note = models.CharField(
        _("cost in words"),
        max_length=60,
        blank=True,
        help_text=_("Shown where no sum is known, such as: little or none."),
    )
    currency = models.CharField(_("currency"), max_length=3, default="USD", validators=[currency_code])
    who_it_suits = models.CharField(_("who it suits"), max_length=240, blank=True)
    text = LimitedTextField(_("text"), max_length=3000, blank=True)
    text_html = models.TextField(editable=False, blank=True)
    source = models.ForeignKey(
        "guides.Source",
        models.PROTECT,
        related_name="routes",
        verbose_name=_("source"),
        help_text=_("Where the months and the cost come from."),
    )

    class Meta(AddressedRow.Meta):
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        constraints = [
            *AddressedRow.Meta.constraints,
            in_order("months_from", "months_to", "route_months_in_order"),
            in_order("cost_from", "cost_to", "route_cost_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        check_range(self, "months_from", "months_to")
        check_range(self, "cost_from", "cost_to")


class CareerLevel(AddressedRow):
    """A rung of the ladder: years of experience, the work, the focus."""

    title = models.CharField(_("title"), max_length=100)
    years_from = models.PositiveSmallIntegerField(_("years, from"))
    years_to = models.PositiveSmallIntegerField(_("years, to"), null=True, blank=True)
    work = LimitedTextField(_("the work"), max_length=1500)
    focus = LimitedTextField(_("what to get good at"), max_length=1500, blank=True)
    source = models.ForeignKey(
        "guides.Source",
        models.PROTECT,
        related_name="career_levels",
        verbose_name=_("source"),
        help_text=_("Where the years come from."),
    )

    class Meta(AddressedRow.Meta):
        verbose_name = _("career level")
        verbose_name_plural = _("career levels")
        constraints = [
            *AddressedRow.Meta.constraints,
            in_order("years_from", "years_to", "career_level_years_in_order"),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, ...]:
        return (*self.section.natural_key(), self.slug)

    natural_key.dependencies = ["guides.section"]  # type: ignore[attr-defined]  # Django reads it from the method

    def clean(self) -> None:
        super().clean()
        check_range(self, "years_from", "years_to")


class Question(RendersMarkdown, AddressedRow):
    """A question people ask, and its answer."""

    markdown_fields = ("answer",)

    question = models.CharField(_("question"), max_length=200)
    answer = LimitedTextField(_("answer"), max_length=3000)
    answer_html = models.TextField(editable=False, blank=True)

    class Meta(AddressedRow.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.question


class ToolLink(SectionRow):
    """An entry point to one of the site's tools, in this guide's words."""

    tool = models.CharField(
        _("tool"), max_length=40, help_text=_("Which of the site's tools it opens, such as toolkit/resume.")
    )
    title = models.CharField(_("title"), max_length=100)
    text = models.CharField(_("what it does"), max_length=240)

    class Meta(SectionRow.Meta):
        verbose_name = _("tool")
        verbose_name_plural = _("tools")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        from ..registry import tools  # tools register when their app is ready, after the models

        if self.tool not in tools.TOOLS:
            known = ", ".join(sorted(tools.TOOLS))
            raise ValidationError(
                {"tool": _("There is no tool '%(tool)s'. There are: %(known)s.") % {"tool": self.tool, "known": known}}
            )
