"""What a person says of an alert: what it is called, and where and how often mail of it goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guides.forms import ReaderForm
from guides.plan import validators

from .models import MailAlert


class AlertForm(ReaderForm):
    """What it is called."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        validators=validators.plain_line,
        help_text=_("So that you know it again. A feed or a mail of it carries the name too."),
    )


class MailAlertForm(ReaderForm):
    """Where mail goes, and how often."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("It gets one mail now, with a link. Nothing else comes until you open that link and say yes."),
    )
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=MailAlert.Rhythm.choices,
        widget=forms.RadioSelect,
        initial=MailAlert.Rhythm.WEEKLY,
    )
