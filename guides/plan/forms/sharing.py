"""Showing a plan to others, and what they say of it."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from guides.forms import ReaderForm

from .. import purposes, validators
from .items import PlainTextField


class ShareForm(ReaderForm):
    """Who is to see the plan, and what for."""

    purpose = forms.ChoiceField(
        label=_("For what?"),
        choices=lambda: [(each.slug, each.name) for each in purposes.all_purposes().values() if each.is_offered],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is for.")},
    )
    name = forms.CharField(
        label=_("For whom?"),
        max_length=60,
        validators=validators.plain_line,
        help_text=_("In your own words, so that you know which is which: “Ms. Reyes at the job center”."),
        error_messages={"required": _("Say for whom it is.")},
    )


class HelpersCommentForm(ReaderForm):
    """What a helper says, and what of."""

    about = forms.ChoiceField(label=_("About"), required=False)
    text = PlainTextField(
        label=_("Your comment"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=validators.plain_text,
        error_messages={"required": _("Write what you want to say.")},
    )

    def __init__(self, *args: Any, about: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(forms.ChoiceField, self.fields["about"])
        choice.choices = [("", _("The plan as a whole")), *about.items()]
