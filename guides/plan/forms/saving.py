"""Forms of saving something from a guide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guides.forms import ReaderForm

from .. import validators


class SaveForm(forms.Form):
    """What is to be saved from a guide: the guide, or one step of it."""

    guide = forms.CharField(max_length=80, validators=validators.guide_slug)
    step = forms.CharField(max_length=60, required=False, validators=validators.guide_slug)


class SaveChoicesForm(ReaderForm):
    """What the person may add while saving: the guide's steps, or a day for the step."""

    steps = forms.BooleanField(required=False, initial=True)
    due_on = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        label=_("Do it by (you can leave this empty)"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Give a day that exists, as year-month-day, such as 2027-01-31.")},
    )
