"""The text that somebody pastes, and the entry that is made of it once they have looked it over."""

import re
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from guides.forms import ReaderForm
from guides.plan import validators
from guides.plan.forms.items import PlainTextField, make_form_field
from guides.plan.models import Application, Interview, PlanItem

from .found import Pasted
from .reading import LONGEST

LINE = validators.plain_line
SMALL = {"a", "an", "the", "of", "and", "for", "at", "in"}


class PasteForm(ReaderForm):
    """The text."""

    text = PlainTextField(
        label=_("The posting, or the mail"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        validators=validators.plain_text,
        help_text=_("All of it, with its subject and its date where it is a mail."),
        error_messages={
            "required": _("Paste the text first."),
            "max_length": _("Keep it under %(limit_value)d characters: the part with the job and its dates is enough."),
        },
    )


def _of(model: type[PlanItem], name: str, **changes: Any) -> Any:
    """The form field of a model's field, with what is `changes` here."""
    form_field = make_form_field(model._meta.get_field(name))  # type: ignore[arg-type] # a plain field
    form_field.help_text = ""
    for key, value in changes.items():
        setattr(form_field, key, value)
    return form_field


class PastedEntryForm(ReaderForm):
    """What was found in a text, to be put right: an application, and its interview where there is one."""

    marks_optional = True

    into = forms.ChoiceField(label=_("Where it goes"), required=False, widget=forms.RadioSelect)
    post = _of(Application, "post")
    employer = _of(Application, "employer")
    status = _of(Application, "status")
    place = forms.CharField(label=_("Place"), max_length=200, required=False, validators=LINE)
    pay = forms.CharField(label=_("Pay"), max_length=120, required=False, validators=LINE)
    number = forms.CharField(label=_("Number of the posting"), max_length=60, required=False, validators=LINE)
    link = _of(Application, "link")
    closes_on = _of(Application, "closes_on")
    applied_on = _of(Application, "applied_on")
    interview_on = _of(Interview, "on", required=False, label=_("Interview: day"))
    interview_at = _of(Interview, "at", label=_("Interview: time"))
    interview_kind = _of(Interview, "kind", label=_("Interview: kind"))
    with_whom = _of(Interview, "with_whom", label=_("Interview: with whom"))
    slug = forms.CharField(widget=forms.HiddenInput, validators=validators.item_slug)

    def __init__(self, *args: Any, pasted: Pasted, candidates: Sequence[Application], **kwargs: Any) -> None:
        if not args:
            kwargs["initial"] = {"slug": validators.new_slug(), **pasted.values(), "into": _same(pasted, candidates)}
        super().__init__(*args, **kwargs)
        if candidates:
            choices = [("", _("A new application")), *((each.slug, str(each)) for each in candidates)]
            cast(forms.ChoiceField, self.fields["into"]).choices = choices
        else:
            del self.fields["into"]
        for name, field in self.fields.items():
            found = pasted.fields.get(name)
            if found and found.line:
                field.help_text = _("Read in: “%(line)s”") % {"line": found.line}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("interview_on") and any(
            cleaned.get(name) for name in ("interview_at", "interview_kind", "with_whom")
        ):
            self.add_error("interview_on", _("Give the day of the interview too, or empty what stands below."))
        return cleaned


def candidates(pasted: Pasted, applications: Sequence[Application]) -> list[Application]:
    """The applications that a text may speak of: of the same employer, or for the same job."""
    said = pasted.values()
    return [
        each
        for each in applications
        if _is_alike(each.post, said.get("post")) or _is_alike(each.employer, said.get("employer"))
    ][:8]


def _same(pasted: Pasted, applications: Sequence[Application]) -> str:
    """The one application that is for the same job, and not at another employer; '' for none, or for several."""
    said = pasted.values()
    same = [
        each.slug
        for each in applications
        if _is_alike(each.post, said.get("post"))
        and (not each.employer or "employer" not in said or _is_alike(each.employer, said["employer"]))
    ]
    return same[0] if len(same) == 1 else ""


def _is_alike(known: str, said: object) -> bool:
    """Whether two names are one: all words of the shorter stand in the longer, or nearly all. I is not II."""
    words, others = (set(re.findall(r"\w+", str(name or "").casefold())) - SMALL for name in (known, said))
    return bool(words and others) and len(words & others) >= 0.75 * min(len(words), len(others))
