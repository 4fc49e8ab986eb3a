"""Figures, and the observations behind them: every number with its source, period and age."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .categories import Category, read_categories, validate_categories
from .fields import LimitedTextField
from .rows import AddressedRow, CareerLevel, check_range, currency_code, in_order

occupation_codes = RegexValidator(
    r"^(\d{2}-\d{4})( \d{2}-\d{4})*$", _("Give occupation codes with a space between them, such as: 25-4031 43-4121.")
)


class SourceQuerySet(models.QuerySet["Source"]):
    def get_by_natural_key(self, slug: str) -> "Source":
        return self.get(slug=slug)


class Source(models.Model):
    """Where figures come from: a publisher's table, page or report."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    publisher = models.CharField(_("publisher"), max_length=120)
    short_name = models.CharField(
        _("short publisher"), max_length=60, help_text=_("What stands beside a figure, such as BLS OEWS.")
    )
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])])
    licence = models.CharField(_("license"), max_length=120, blank=True)
    note = LimitedTextField(_("note"), max_length=1000, blank=True, help_text=_("How far it can be trusted, and why."))

    # Whether its address no longer answers: known only of what guides/reading thawed.
    is_dead = False

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["publisher", "title", "slug"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Figure(AddressedRow):
    """A quantity the guide speaks of: what is measured, how, where and for whom."""

    class Measure(models.TextChoices):
        PAY = "pay", _("pay a year")
        HOURLY = "hourly", _("pay an hour")
        EMPLOYMENT = "employment", _("jobs")
        CHANGE = "change", _("change in jobs")
        OPENINGS = "openings", _("openings a year")
        EXITS = "exits", _("people who leave work, a year")
        TRANSFERS = "transfers", _("people who change occupation, a year")
        EDUCATION = "education", _("education")
        EMPLOYERS = "employers", _("employers")
        TIME = "time", _("time")
        COST = "cost", _("cost")
        OTHER = "other", _("something else")

    class Statistic(models.TextChoices):
        MEDIAN = "median", _("median")
        MEAN = "mean", _("average")
        RANGE = "range", _("range")
        MIDDLE = "middle", _("middle half")
        TOTAL = "total", _("total")
        TYPICAL = "typical", _("typical")

    class Unit(models.TextChoices):
        CURRENCY = "currency", _("money")
        CENTS = "cents", _("money, in cents")
        PERCENT = "percent", _("percent")
        COUNT = "count", _("a number of things")
        HOURS = "hours", _("hours")
        MONTHS = "months", _("months")
        YEARS = "years", _("years")
        CATEGORY = "category", _("a number for each of several categories")
        TEXT = "text", _("words")

    label = models.CharField(_("label"), max_length=100)
    measure = models.CharField(_("what is measured"), max_length=12, choices=Measure.choices)
    statistic = models.CharField(_("statistic"), max_length=8, choices=Statistic.choices)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit.choices)
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[currency_code], help_text=_("For money: USD, CAD, EUR ...")
    )
    area = models.CharField(_("area"), max_length=80, default="United States")
    career_level = models.ForeignKey(
        CareerLevel,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("career level"),
        help_text=_("Only where the figure is for one level of the ladder."),
    )
    occupation_codes = models.CharField(
        _("occupation codes"),
        max_length=80,
        blank=True,
        validators=[occupation_codes],
        help_text=_("The codes an official figure counts together, with spaces: 25-4031 43-4121. Empty if none."),
    )
    on_card = models.BooleanField(
        _("on the key facts card"), default=False, help_text=_("Show it at the top of the guide, and in lists.")
    )

    class Meta(AddressedRow.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str, ...]:
        return (*self.section.natural_key(), self.slug)

    natural_key.dependencies = ["guides.section"]  # type: ignore[attr-defined]  # Django reads it from the method

    def clean(self) -> None:
        super().clean()
        is_money = self.unit in (self.Unit.CURRENCY, self.Unit.CENTS)
        if is_money and not self.currency:
            raise ValidationError({"currency": _("Name the currency of this sum, such as USD.")})
        if not is_money and self.currency:
            raise ValidationError({"currency": _("Only money has a currency: empty this, or set the unit to money.")})
        section = getattr(self, "section", None)
        if section and self.career_level and self.career_level.section.guide_id != section.guide_id:
            raise ValidationError({"career_level": _("That career level belongs to another guide.")})

    @property
    def is_words(self) -> bool:
        """Whether its observations are words, or numbers that only stand in words."""
        return self.unit in (self.Unit.TEXT, self.Unit.CATEGORY)

    @property
    def history(self) -> "list[Observation]":
        """Observations, the leading one first: official before quoted before estimate, newer before older."""
        return sorted(self.observations.all(), key=Observation.precedence)

    @property
    def leading(self) -> "Observation | None":
        """The observation that readers see, or None where there is none yet."""
        return next(iter(self.history), None)

    @property
    def superseded(self) -> "list[Observation]":
        """Every observation but the leading one, newest first."""
        return self.history[1:]


class Observation(models.Model):
    """What one source said of a figure for one period."""

    class Basis(models.TextChoices):
        OFFICIAL = "official", _("official: read at the publisher's own")
        QUOTED = "quoted", _("quoted: an official figure, taken from someone who quotes it")
        ESTIMATE = "estimate", _("estimate: no official series has it")

    figure = models.ForeignKey(Figure, models.CASCADE, related_name="observations", verbose_name=_("figure"))
    value = models.BigIntegerField(
        _("value"), null=True, blank=True, help_text=_("A whole number in the figure's unit.")
    )
    low = models.BigIntegerField(_("from"), null=True, blank=True, help_text=_("For a range: its lower end."))
    high = models.BigIntegerField(_("to"), null=True, blank=True, help_text=_("For a range: its upper end."))
    high_is_open = models.BooleanField(
        _("or more"), default=False, help_text=_("The upper end is not the top: '$55,000 or more'.")
    )
    text = models.CharField(
        _("in words"),
        max_length=300,
        blank=True,
        help_text=_(
            "For a figure that is not a number, or is one for each of several categories: Schools 15%, colleges 13%."
        ),
    )
    usd_value = models.BigIntegerField(_("value in USD"), null=True, blank=True)
    usd_low = models.BigIntegerField(_("from, in USD"), null=True, blank=True)
    usd_high = models.BigIntegerField(_("to, in USD"), null=True, blank=True)
    period = models.CharField(
        _("period"), max_length=40, help_text=_("As the source writes it, such as May 2024 or 2024-34.")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), help_text=_("To sort by: the year, or a projection's first year.")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="observations", verbose_name=_("source"))
    basis = models.CharField(_("basis"), max_length=10, choices=Basis.choices)
    checked_on = models.DateField(_("checked on"), help_text=_("The day someone last held it against the source."))
    review_after = models.DateField(_("review after"), help_text=_("From this day on it carries a mark until checked."))
    note = LimitedTextField(
        _("note"), max_length=500, blank=True, help_text=_("What changed and why, or what it does not count.")
    )

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "period", "source"],
                name="observation_once",
                violation_error_message=_("This figure has an observation of that source for that period already."),
            ),
            in_order("low", "high", "observation_range_in_order"),
            in_order("usd_low", "usd_high", "observation_usd_range_in_order"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False)
                | models.Q(low__isnull=False)
                | models.Q(high__isnull=False)
                | ~models.Q(text=""),
                name="observation_says_something",
                violation_error_message=_("Give a value, a range or words."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure.label}, {self.period}"

    @property
    def is_estimate(self) -> bool:
        return self.basis == self.Basis.ESTIMATE

    @property
    def is_quoted(self) -> bool:
        return self.basis == self.Basis.QUOTED

    @property
    def is_due(self) -> bool:
        """Whether its review date has passed."""
        return self.review_after < timezone.localdate()

    def precedence(self) -> tuple[int, int, int]:
        """Sort key that puts the leading observation first."""
        return (BASES.index(self.basis), -self.year, self.pk or 0)

    def clean(self) -> None:
        check_range(self, "low", "high")
        check_range(self, "usd_low", "usd_high")
        if self.value is None and self.low is None and self.high is None and not self.text:
            raise ValidationError({"value": _("Give a value, a range or words.")})
        if self.text and self.figure.unit == Figure.Unit.CATEGORY:
            validate_categories(self.text)

    @property
    def categories(self) -> list[Category]:
        """The numbers of a figure that has one for each of several categories; empty for other figures."""
        return read_categories(self.text) if self.figure.unit == Figure.Unit.CATEGORY else []


# From what leads to what follows.
BASES = tuple(Observation.Basis.values)
