"""A plan's file coming in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guides.forms import ReaderForm

from .. import merging


class PlanImportForm(ReaderForm):
    """A file made by the export, and what to do with what is there."""

    file = forms.FileField(
        label=_("Plan file"),
        allow_empty_file=True,
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/json,.json"}),
    )
    way = forms.ChoiceField(  # type: ignore[call-arg] # the stubs lack template_name
        label=_("Where the file and your plan say different things"),
        choices=merging.OnConflict.choices,
        required=False,
        initial=merging.OnConflict.BOTH,
        widget=forms.RadioSelect,
        template_name="forms/stacked.html",
    )

    def clean_way(self) -> merging.OnConflict:
        return merging.OnConflict(self.cleaned_data["way"] or merging.OnConflict.BOTH)


class TallyForm(forms.Form):
    """What became of a file, as the import signed it."""

    taken = forms.CharField(max_length=4000)
