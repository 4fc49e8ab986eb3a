"""What a person types beside the answers: time, start and budget for a route; a resume."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .matching import LONGEST_TEXT

HOURS = 10
MOST_HOURS = 60
HIGHEST_BUDGET = 1_000_000
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)


class TimeForm(forms.Form):
    """The person's hours a week, start date and budget. Missing hours mean 10, a missing date today."""

    hours = forms.IntegerField(
        label=gettext_lazy("Hours a week"),
        min_value=1,
        max_value=MOST_HOURS,
        required=False,
        help_text=gettext_lazy("What you can give to study, practice and applications. Empty means 10."),
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"], gettext_lazy("Give a whole number from 1 to 60.")
        ),
    )
    start = forms.DateField(
        label=gettext_lazy("When you could start"),
        required=False,
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        help_text=gettext_lazy("Empty means today."),
        error_messages={"invalid": gettext_lazy("Give a date such as 2027-01-11.")},
    )
    budget = forms.IntegerField(
        label=gettext_lazy("What you could spend on courses, in US dollars"),
        min_value=0,
        max_value=HIGHEST_BUDGET,
        required=False,
        help_text=gettext_lazy("Routes that cost more are left out. Empty means any sum."),
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"], gettext_lazy("Give a whole number from 0 to 1000000.")
        ),
    )

    def clean_start(self):
        start = self.cleaned_data["start"]
        if start and not FIRST_DAY <= start <= LAST_DAY:
            raise ValidationError(_("Give a date from 2020 to 2099."))
        return start

    def clean(self):
        for name in self.fields:
            if len(self.data.getlist(name)) > 1:
                self.add_error(name, _("It stands in the address twice. Give it once."))


class ResumeForm(forms.Form):
    """A resume, pasted or as a file. Its messages come from the view, which knows what is in the file."""

    text = forms.CharField(
        label=gettext_lazy("Paste your resume"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        error_messages={
            "max_length": gettext_lazy("Keep it under %(limit_value)d characters: you pasted %(show_value)d.")
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        allow_empty_file=True,
        max_length=255,
        help_text=gettext_lazy("PDF, Word (.docx) or plain text (.txt), at most 2 MB."),
    )

    def clean(self):
        if self.errors:
            return
        if not self.cleaned_data.get("text", "").strip() and not self.cleaned_data.get("file"):
            raise ValidationError({"text": _("Paste the text of your resume, or choose a file.")})


class KeepForm(forms.Form):
    """Keeping a result in the plan: with its gaps or dates as things to do or not, and what the plan held before."""

    tasks = forms.BooleanField(required=False)
    seen = forms.CharField(max_length=16, required=False)
