"""What is imported: editions of the publishers' files, the figures in them, titles, and what editors map."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides import formats
from guides.models import Figure, Observation
from guides.models.figures import occupation_codes

from .. import codes
from ..publisher import Publisher, choices, publishers


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Querysets that speak of imported editions."""

    def installed(self) -> Self:
        """Those whose publisher is known: of another's nobody could say the credit, so it is not shown."""
        return self.filter(form__in=publishers())

    def with_figures(self) -> Self:
        """Those that hold imported figures."""
        return self.filter(models.Exists(ImportedObservation.objects.filter(dataset=models.OuterRef("pk"))))

    def with_titles(self) -> Self:
        """Those that occupations and their titles are of."""
        return self.filter(blocks__isnull=False).distinct()


class Dataset(models.Model):
    """One edition of a publisher's data, such as the wage survey of May 2024."""

    form = models.CharField(_("data"), max_length=20, choices=choices)
    edition = models.CharField(_("edition"), max_length=40)
    file_name = models.CharField(_("file"), max_length=255)
    imported_at = models.DateTimeField(_("last changed by an import"), default=timezone.now)
    # SHA-256 of the shipped file that it was loaded from, '' where somebody imported it: guides/datasets/snapshot/.
    snapshot = models.CharField(max_length=64, blank=True)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering = ["form", "-edition"]
        verbose_name = _("import")
        verbose_name_plural = _("imports: which file, which edition")
        constraints = [models.UniqueConstraint(fields=["form", "edition"], name="dataset_edition_once")]

    def __str__(self) -> str:
        return f"{self.get_form_display()}, {self.edition}"

    @property
    def publisher(self) -> Publisher:
        """Who publishes it. Raises KeyError where the app that imported it is not installed."""
        return publishers()[self.form]

    @property
    def credit(self) -> str:
        """The line that must stand wherever this data is shown."""
        return self.publisher.credit_line(self.edition)

    @property
    def licence_url(self) -> str:
        """Where the terms of that credit stand."""
        return self.publisher.licence_url


class ImportedFile(models.Model):
    """A publisher's file that an edition was read from."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="files", verbose_name=_("imported from"))
    name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        ordering = ["name"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["dataset", "name"], name="imported_file_once")]

    def __str__(self) -> str:
        return self.name


class HandbookEntry(models.Model):
    """Which occupation codes an entry of the Handbook counts together; editors own this table."""

    slug = models.SlugField(
        _("entry"),
        max_length=120,
        unique=True,
        help_text=_("The last part of its web address without .htm, such as library-technicians-and-assistants."),
    )
    codes = models.CharField(
        _("occupation codes"),
        max_length=80,
        validators=[occupation_codes],
        help_text=_("The codes it counts together, with spaces: 25-4031 43-4121. They go before the Handbook's own."),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("Handbook entry")
        verbose_name_plural = _("Handbook entries")

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        self.codes = codes.in_order(self.codes)
        unknown = [code for code in self.codes.split() if not codes.is_known(code)]
        if unknown:
            raise ValidationError({"codes": _("There is no occupation code %(code)s.") % {"code": unknown[0]}})


class ImportedObservationQuerySet(models.QuerySet["ImportedObservation"]):
    """Querysets that speak of imported figures."""

    def with_codes(self) -> Self:
        """Annotate `counted`: the codes an editor mapped the entry to, else the publisher's own."""
        mapped = HandbookEntry.objects.filter(slug=models.OuterRef("entry")).values("codes")
        return self.annotate(counted=Coalesce(models.Subquery(mapped), "codes"))

    def published(self) -> Self:
        """Those whose value the publisher does not withhold, and whose credit can be said."""
        return self.filter(withheld="", dataset__form__in=publishers())


class ImportedObservation(models.Model):
    """What a dataset says of one quantity, in the terms of the guides' figures."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="observations", verbose_name=_("imported from"))
    entry = models.CharField(_("entry"), max_length=120)
    title = models.CharField(_("occupation"), max_length=200)
    codes = models.CharField(_("occupation codes"), max_length=80, blank=True)
    measure = models.CharField(_("what is measured"), max_length=12, choices=Figure.Measure.choices)
    statistic = models.CharField(_("statistic"), max_length=8, choices=Figure.Statistic.choices)
    unit = models.CharField(_("unit"), max_length=8, choices=Figure.Unit.choices)
    area = models.CharField(_("area"), max_length=80, default="United States")
    value = models.BigIntegerField(_("value"), null=True, blank=True)
    low = models.BigIntegerField(_("from"), null=True, blank=True)
    high = models.BigIntegerField(_("to"), null=True, blank=True)
    text = models.CharField(_("in words"), max_length=300, blank=True)
    withheld = models.CharField(_("publisher's mark"), max_length=2, blank=True)
    period = models.CharField(_("period"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    url = models.URLField(_("address"), max_length=500, blank=True)

    # Where the query asked for it: see with_codes.
    counted: str

    objects = ImportedObservationQuerySet.as_manager()

    KEY = ("entry", "measure", "statistic", "unit", "area", "period")
    CONTENT = ("title", "codes", "value", "low", "high", "text", "withheld", "year", "url")

    class Meta:
        ordering = ["title", "measure", "statistic", "-year", "pk"]
        verbose_name = _("figure that a publisher gives")
        verbose_name_plural = _("what publishers give: every figure")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "entry", "measure", "statistic", "unit", "area", "period"],
                name="imported_observation_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.get_measure_display()}, {self.period}"

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from the others of its dataset."""
        return tuple(getattr(self, name) for name in self.KEY)

    @property
    def content(self) -> tuple[str | int | None, ...]:
        """What it says, to see whether an import changes it."""
        return tuple(getattr(self, name) for name in self.CONTENT)

    @property
    def currency(self) -> str:
        return "USD" if self.unit in (Figure.Unit.CURRENCY, Figure.Unit.CENTS) else ""

    def as_observation(self, figure: Figure | None = None) -> Observation:
        """Return what it says as an unsaved observation of `figure`, for showing, comparing or keeping."""
        figure = figure or Figure(unit=self.unit, currency=self.currency, measure=self.measure)
        names = ("value", "low", "high", "text", "period", "year")
        return Observation(figure=figure, **{name: getattr(self, name) for name in names})

    @property
    def says(self) -> str:
        """Its value as readers would see it; 'not published' where the publisher withholds it."""
        if not self.withheld:
            return formats.amount(self.as_observation())
        if self.low is None:
            return str(_("not published"))
        return str(_("from %(low)s, upper end not published") % {"low": formats.money(self.low)})


class CheckedFigure(Figure):
    """A guide's figure on the editors' list by age and by disagreement. No table of its own."""

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("figure of ours against its publisher")
        verbose_name_plural = _("our figures against their publishers")
