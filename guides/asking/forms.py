"""What a person asks, and what editors are told of a question without an answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guides.forms import FormMixin

LONGEST = 300


class AskForm(forms.Form):
    """The query string of a question."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": _("That is too long: ask one thing, in at most 300 characters.")},
    )


class MissingSubjectForm(forms.Form):
    """The query string of what was missing: in which guide, nearest to which section, and what was asked."""

    guide = forms.SlugField(max_length=80)
    section = forms.SlugField(max_length=60)
    q = forms.CharField(required=False, max_length=LONGEST)


class MissingForm(FormMixin, forms.Form):
    """Whether the words of the question go along."""

    agreed = forms.BooleanField(
        required=False,
        label=_("Send the words of my question, too; without them it is only noted that something was missing here"),
    )
    words = forms.CharField(
        required=False,
        max_length=LONGEST,
        label=_("The question"),
        help_text=_(
            "It is sent only with the mark above. Change it as you like, and leave out names and personal details."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    # People never see this field; programs that fill in every field give themselves away.
    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
