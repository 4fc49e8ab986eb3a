"""Choices of rows on the editors' screens: each names its guide, and only rows of the guide at hand are offered.

The guide at hand is the one that the edited row belongs to. A page that adds a row takes it from its address, the form
sent, or the list that it was opened from, and asks for it first where none of them says.
"""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Guide
from ..registry import content_models
from .looked_up import KnownRowField


class GuideForm(forms.Form):
    """Which guide a new row is for."""

    guide = forms.ModelChoiceField(Guide.objects.all(), label=gettext_lazy("Guide"))


def label_of(row: Model, guide: Guide | None) -> str:
    """What a choice says: the row, and the guide that it belongs to."""
    return str(guide) if row == guide else f"{row} ({guide})"


class RowField(KnownRowField):
    """A choice of one row of a guide."""

    def label_from_instance(self, row: Model) -> str:
        return label_of(row, content_models.guide_of(row))


class NameField(forms.ChoiceField):
    """A choice of one row of a guide, stored by its slug."""

    def __init__(self, rows: list[tuple[str, str]], kind: str, **kwargs: Any) -> None:
        super().__init__(choices=[("", "---------"), *rows], **kwargs)
        self.gone = _("%(name)s: no longer there")
        self.error_messages["invalid_choice"] = no_such(kind)

    def keep(self, value: str) -> None:
        """Go on offering what is stored, so that the form says that it is gone instead of dropping it."""
        self.choices = [*offered(self), *missing(self, [value] if value else [])]


class NamesField(forms.MultipleChoiceField):
    """A choice of several rows of a guide, stored by their slugs, one a line."""

    def __init__(self, rows: list[tuple[str, str]], kind: str, **kwargs: Any) -> None:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "desk-choices"})
        super().__init__(choices=rows, widget=widget, **kwargs)
        self.gone = _("%(name)s: no longer there")
        self.error_messages["invalid_choice"] = no_such(kind)
        # What is stored, in its order, which a browser does not send: the same choice keeps it.
        self.stored: list[str] = []

    def keep(self, value: str) -> None:
        self.stored = self.prepare_value(value)
        self.choices = [*offered(self), *missing(self, self.stored)]

    def prepare_value(self, value: str | list[str] | None) -> list[str]:
        return value.split() if isinstance(value, str) else value or []

    def clean(self, value: list[str]) -> str:
        chosen = super().clean(value)
        return "\n".join(self.stored if set(chosen) == set(self.stored) else chosen)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def no_such(kind: str) -> str:
    return _("This guide has no %(kind)s with the short name '%%(value)s'.") % {"kind": kind}


def offered(field: forms.ChoiceField) -> list[tuple[str, str]]:
    """The choices that `field` offers: slugs, and what each choice says."""
    return list(cast(Iterable[tuple[str, str]], field.choices))


def missing(field: NameField | NamesField, slugs: list[str]) -> list[tuple[str, str]]:
    """Choices for those of `slugs` that `field` does not offer."""
    known = {key for key, _name in offered(field)}
    return [(slug, field.gone % {"name": slug}) for slug in slugs if slug not in known]


def row_field(db_field: "ForeignKey[Any, Any]", guide: Guide | None) -> dict[str, Any]:
    """Return what the form field of a foreign key to a row of a guide is made with: the rows of `guide` alone.

    Without a guide at hand a guide can be chosen, and no row can.
    """
    rows = db_field.related_model._default_manager.all()
    content = content_models.content_of(db_field.related_model)
    if content:
        rows = rows.filter(**{content.guide_path: guide}).select_related(content.guide_path) if guide else rows.none()
    elif guide:
        rows = rows.filter(pk=guide.pk)
    return {"form_class": RowField, "queryset": rows}


def choose_the_only_one(form: forms.ModelForm, name: str) -> None:
    """Have a new row begin with the one row that it can hang from, where there is only one."""
    rows = cast(QuerySet[Any], cast(RowField, form.fields[name]).queryset)
    if not form.initial.get(name) and (only := rows.order_by("pk")[:2]) and len(only) == 1:
        form.initial[name] = only[0].pk


def name_field(db_field: "Field[Any, Any]", label: str, guide: Guide | None) -> NameField | NamesField:
    """Return the form field for a field that names rows of a guide by their slugs: a slug names one, a text several."""
    model = apps.get_model(label)
    content = content_models.content_of(model)
    rows: QuerySet[Any] = model._default_manager.none()
    if content and guide:
        rows = model._default_manager.filter(**{content.guide_path: guide})
    kind = NameField if hasattr(db_field, "allow_unicode") else NamesField
    return kind(
        [(row.slug, label_of(row, guide)) for row in rows],
        model._meta.verbose_name,
        label=capfirst(db_field.verbose_name),
        required=not db_field.blank,
        help_text=db_field.help_text,
    )


def keep_stored(form: forms.ModelForm) -> None:
    """Have each field of `form` that names rows go on offering what is stored."""
    for name, field in form.fields.items():
        if isinstance(field, NameField | NamesField):
            field.keep(form.initial.get(name) or "")


def guide_at_hand(request: HttpRequest, model: type[Model], obj: Model | None) -> Guide | None:
    """Return the guide that a screen for rows of `model` is about, or None where nothing says which."""
    if obj is not None and obj.pk:
        return cast(Guide, content_models.guide_of(obj))
    content = content_models.content_of(model)
    if content is None:
        return None
    parent = content.parent_model
    sources: list[tuple[QueryDict, str, type[Model]]] = [
        (request.POST, content.parent, parent),
        (request.GET, content.parent, parent),
        (request.GET, "guide", Guide),
        (QueryDict(request.GET.get("_changelist_filters", "")), f"{content.guide_path}__id__exact", Guide),
    ]
    for said, key, kind in sources:
        row = _row(kind, said.get(key))
        if row is not None:
            return cast(Guide, content_models.guide_of(row))
    return None


def _row(model: type[Model], key: str | None) -> Model | None:
    """The row of `model` with the primary key `key`, which anybody may have written, or None."""
    try:
        return model._default_manager.filter(pk=key).first() if key else None
    except (ValueError, ValidationError):
        return None
