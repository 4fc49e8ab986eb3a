"""Forms of the plan: items and their changes, what addresses may ask for, an import."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.http import QueryDict
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guides.forms import FormMixin, ReaderForm

from . import keys, merging, purposes, validators
from .item_types import ItemType
from .packet import Packet, Part
from .summaries import GuideOfPlan
from .week import MOST_HOURS


@dataclass(frozen=True)
class Clash:
    """A field changed in two places: what the plan holds now, and what the person wrote."""

    name: str
    label: str
    stored: str
    wanted: str


class PlainTextField(forms.CharField):
    """Text with one kind of line break, whatever the browser sends."""

    def to_python(self, value: Any) -> str:
        return validators.with_newlines(super().to_python(value) or "")


def make_form_field(field: "Field[Any, Any]", **kwargs: Any) -> forms.Field:
    """Return the form field of a model field: dates get the browser's date picker, texts their line breaks."""
    kwargs.pop("widget", None)
    form_field = cast(forms.Field, field.formfield(**kwargs))
    if isinstance(form_field, forms.DateField):
        form_field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        form_field.input_formats = ["%Y-%m-%d"]
        form_field.error_messages["invalid"] = _("Give a day that exists, as year-month-day, such as 2027-01-31.")
    elif isinstance(form_field.widget, forms.Textarea):
        form_field = cast(forms.Field, field.formfield(form_class=PlainTextField, **kwargs))
        form_field.widget.attrs.update({"rows": 4})
    form_field.error_messages["required"] = _("Fill this in: it cannot stay empty.")
    form_field.error_messages["max_length"] = _("Keep it under %(limit_value)d characters: you wrote %(show_value)d.")
    return form_field


class PlanItemForm(FormMixin, forms.ModelForm):
    """One item, or some fields of one, with the values that the person saw beside them.

    Those are the fields `was-<name>`; see sync.py. `clashes` are changes made elsewhere meanwhile.
    """

    marks_optional = True
    was: dict[str, str] | None = None
    clashes: Sequence[Clash] = ()

    def written(self) -> dict[str, str]:
        """What the person saw of each field, by name: as posted, or what the item holds now."""
        return {name: self._was(name) for name in self.fields}

    def _was(self, name: str) -> str:
        if self.was is not None:
            return self.was.get(name, "")
        return written(getattr(self.instance, name)) if self.instance.pk else ""

    def was_fields(self) -> list[tuple[str, str]]:
        """Pairs for hidden fields: `was-<name>` and the value."""
        return [(f"was-{name}", value) for name, value in self.written().items()]

    def show(self, clashes: Sequence[Clash]) -> None:
        """Show each clash at its field."""
        self.clashes = clashes
        for clash in clashes:
            field: Any = self.fields[clash.name]
            field.clash, field.template_name = clash, "plan/_clash.html"


def written(value: Any) -> str:
    """Return a stored value as a form writes it."""
    if value is None:
        return ""
    return str(value.isoformat()) if hasattr(value, "isoformat") else validators.with_newlines(str(value))


def form_for(item_type: ItemType, names: Sequence[str] | None = None) -> type[PlanItemForm]:
    """Return the form class for items of `item_type`: all that the person may change, or the fields `names`."""
    fields = names or item_type.form
    form = forms.modelform_factory(item_type.model, PlanItemForm, fields, formfield_callback=make_form_field)
    return cast(type[PlanItemForm], form)


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


class WeekForm(forms.Form):
    """For how many hours to choose what to do this week: by default those that the plan knows of."""

    hours = forms.IntegerField(min_value=1, max_value=MOST_HOURS, required=False)


class LogForm(forms.Form):
    """How to show the application log."""

    view = forms.ChoiceField(choices=[("board", _("Board")), ("table", _("Table"))], required=False)
    page = forms.IntegerField(min_value=1, max_value=1000, required=False)


class StatesPageForm(forms.Form):
    """Which page of the earlier versions to show: the first without one."""

    page = forms.IntegerField(min_value=1, max_value=1000, required=False)


class RecordMonthForm(forms.Form):
    """Which month of the record to show: all without one."""

    month = forms.DateField(required=False, input_formats=["%Y-%m"])


class PacketForm(ReaderForm):
    """What the packet holds: which of the saved guides (the first without one), which parts, which sections of it."""

    guide = forms.CharField(
        label=_("Guide"), max_length=80, required=False, validators=validators.guide_slug, widget=forms.Select
    )
    part = forms.MultipleChoiceField(
        label=_("Parts"), choices=Part.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    section = forms.MultipleChoiceField(
        label=_("Or sections of the guide"), required=False, widget=forms.CheckboxSelectMultiple
    )
    with_key = forms.BooleanField(
        label=_("The link with your key: whoever has the paper can then open and change your plan"),
        required=False,
    )

    def __init__(self, sent: QueryDict, guides: Sequence[GuideOfPlan]) -> None:
        super().__init__(sent)
        choices = [(guide.slug, guide.name) for guide in guides]
        self.fields["guide"].widget = forms.Select(choices=choices) if len(guides) > 1 else forms.HiddenInput()
        # Of whichever guide: the chosen one is known after the form was read.
        slugs = {slug for slug in sent.getlist("section") if re.search(validators.GUIDE_SLUG, slug)}
        self._choice("section").choices = [(slug, slug) for slug in sorted(slugs)]

    def offer(self, packet: Packet) -> None:
        """Show what is chosen, and offer the sections of the chosen guide."""
        sections = packet.reading.sections if packet.reading else []
        self._choice("section").choices = [(section.slug, section.heading) for section in sections]
        sent = cast(QueryDict, self.data).copy()
        sent.setlist("part", list(packet.parts))
        self.data = sent
        if not sections:
            del self.fields["section"]
        if packet.plan.visit is not None:
            del self.fields["with_key"]

    def _choice(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])


LIKE_DIGITS = str.maketrans("OoIl|", "00111")


class KeyField(forms.CharField):
    """A plan's key as people have it: typed in groups or in one, with spaces or hyphens, or a return link."""

    default_error_messages = {
        "form": _(
            "This is no key. A key has 30 digits, in five groups of six; of an older plan, 22 letters and digits."
        ),
        "length": ngettext_lazy(
            "A key has 30 digits, in five groups of six; this has %(count)d digit.",
            "A key has 30 digits, in five groups of six; this has %(count)d digits.",
            "count",
        ),
        "groups": ngettext_lazy(
            "Group %(groups)s cannot be right. Compare it with your note, digit by digit.",
            "Groups %(groups)s cannot be right. Compare them with your note, digit by digit.",
            "count",
        ),
    }
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        linked = re.search(r"[?&#]key=([^&#\s]+)", text)
        return linked[1] if linked else self._as_number(text)

    def prepare_value(self, value: Any) -> Any:
        """What was typed in one is shown in groups again, so that a wrong one can be found."""
        text = str(value or "")
        is_long = text.isdecimal() and len(text) > keys.GROUP_DIGITS
        return " ".join(re.findall(f".{{1,{keys.GROUP_DIGITS}}}", text)) if is_long else value

    def _as_number(self, text: str) -> str:
        """The key in a text that holds one. A text of another form is refused, unless it may be a key of letters."""
        text = unicodedata.normalize("NFKC", text).strip()
        if keys.is_of_letters(text):
            return text
        # Taken for digits by eye; and what stands around the digits is no part of them.
        is_number = sum(map(str.isdecimal, text)) > len(text) // 2
        groups = re.findall("[0-9]+", text.translate(LIKE_DIGITS) if is_number else text)
        number = "".join(groups)
        if len(number) < keys.GROUP_DIGITS:
            raise ValidationError(self.error_messages["form"], code="form")
        # Groups of a person's own making say nothing of where a digit is missing, unless there are five of them.
        groups = groups if len(groups) == keys.GROUPS else keys.groups_of(number)
        if len(groups) != keys.GROUPS:
            message = self.error_messages["length"] % {"count": len(number)}
            raise ValidationError(message, code="length")
        if wrong := keys.wrong_groups(groups):
            named_places = get_text_list([str(place) for place in wrong], _("and"))
            params = {"groups": named_places, "count": len(wrong)}
            raise ValidationError(self.error_messages["groups"] % params, code="groups")
        return number


class ReturnForm(ReaderForm):
    """The key to a plan, and whose computer it is opened on."""

    key = KeyField(
        max_length=500,
        label=_("Your key"),
        help_text=_("30 digits in five groups, or your return link. Spaces do not matter."),
        error_messages={"required": _("Type the key, or paste your return link.")},
    )
    place = forms.ChoiceField(
        label=_("Where are you?"),
        choices=[
            ("own", _("On my own device: keep the plan open here")),
            ("public", _("On a public or shared computer: close it after 20 minutes without use")),
        ],
        widget=forms.RadioSelect,
        initial="own",
        error_messages={"required": _("Say whether others use this computer.")},
    )

    def __init__(self, *args: Any, linked: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if linked:
            del self.fields["key"]


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


NOTICES = {
    "saved": _("Saved."),
    "deleted": _("Deleted. It can be brought back from “Earlier versions”, at the foot of your plan."),
    "opened": _("This browser has your plan now."),
    "erased": _("Your plan is deleted, with everything in it. Nothing of it is left here."),
    "left": _("This browser has forgotten your plan. Your key still opens it."),
    "rekeyed": _("Your plan has a new key. The old one, and every link with it, opens nothing any more."),
    "visiting": _("This computer keeps no key of yours now. The plan closes after 20 minutes without use."),
    "back": _("It is back as it was. What stood there until now is among the earlier versions."),
    "unshared": _("That key opens nothing any more."),
    "commented": _("Your comment was added."),
    "closed": _("The plan is closed on that computer."),
    "named": _("It is kept in this browser under that name."),
    "switched": _("This is the plan that you switched to."),
    "gone": _("That plan is not kept in this browser any more. Its key opens it."),
    "full": _("This browser keeps twenty plans already. Open one that you no longer need, and forget it here."),
}


class NoticeForm(forms.Form):
    """What the page before this one did, to be said once at its top."""

    notice = forms.ChoiceField(required=False, choices=NOTICES)


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
