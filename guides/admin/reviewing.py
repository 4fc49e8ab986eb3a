"""Guides and sections that somebody read against their sources: the day, asked for and noted."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Batch, Guide, Section, Upkeep
from ..models.upkeep import note
from ..publishing import batches, editions
from .base import person


class ReviewForm(forms.Form):
    """On which day they were read against their sources."""

    reviewed_on = forms.DateField(
        label=gettext_lazy("Read against their sources on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, of_sections: bool, data: Any = None) -> None:
        super().__init__(data, initial={"reviewed_on": timezone.localdate()})
        if of_sections:
            said = _("An earlier day corrects a mistake, and an empty one takes the note away.")
            self.fields["reviewed_on"].help_text = said
        else:
            self.fields["reviewed_on"].required = True
            self.fields["reviewed_on"].help_text = _(
                "Readers see it once the drafts are published; they can be undone."
            )

    def clean_reviewed_on(self) -> date | None:
        day: date | None = self.cleaned_data["reviewed_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("That day has not come yet."))
        return day


def last_days(rows: Sequence[Guide | Section]) -> list[date | None]:
    """The day on which each of `rows` was noted as reviewed last: a guide's own, a section's of its upkeep."""
    guides = {row.guide_id for row in rows if isinstance(row, Section)}
    noted = Upkeep.objects.filter(guide__in=guides).values_list("guide", "section", "reviewed_on")
    days = {(guide, section): day for guide, section, day in noted}
    return [row.reviewed_on if isinstance(row, Guide) else days.get((row.guide_id, row.slug)) for row in rows]


def mark_guides(request: HttpRequest, guides: Iterable[Guide], day: date) -> Batch | None:
    """Note in the drafts of `guides` that they were read against their sources on `day`."""
    with transaction.atomic():
        held = editions.lock_all(Guide.objects.filter(pk__in=[guide.pk for guide in guides]))
        for guide in held:
            guide.reviewed_on = day
            guide.save(update_fields=["reviewed_on"])
        comment = _("Reviewed on %(day)s") % {"day": day.isoformat()}
        return batches.save(dict.fromkeys(held, comment), person(request), comment)


def mark_sections(request: HttpRequest, sections: Iterable[Section], day: date | None) -> None:
    """Note that `sections` were read against their sources on `day`; that they were not, where there is none."""
    with transaction.atomic():
        for section in sections:
            note(section, reviewed_on=day, reviewed_by=person(request) if day else None)
