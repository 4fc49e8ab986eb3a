"""What the forms of all editors' screens share."""

from typing import Any, cast

from adminsortable2.admin import CustomInlineFormSet
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..publishing import references
from ..publishing.places import Place
from ..registry import content_models
from . import choices, figure_names, places
from .looked_up import KnowsItsRows
from .suggested import SuggestingForm

LAST_POSITION = 100_000
Attributes = dict[str, Any] | None


class RowForm(SuggestingForm):
    """A form of one row of a guide. An address that readers know already cannot be changed."""

    # (model label, slug) of what has been published; the screen sets it for each request.
    published: frozenset[tuple[str, str]] = frozenset()
    # Gives the figures of the guide at hand; the screen sets it for each request.
    figures: figure_names.Asked = staticmethod(dict)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        content = content_models.content_of(self._meta.model)
        if self.instance.pk and content and content.parent in self.fields:
            # A row stays where it is.
            self.fields[content.parent].disabled = True
        elif content and isinstance(self.fields.get(content.parent), choices.RowField):
            choices.choose_the_only_one(self, content.parent)
        if (self._meta.model._meta.label_lower, getattr(self.instance, "slug", None)) in self.published:
            slug = self.fields["slug"]
            slug.disabled = True
            slug.help_text = _("Published: links and readers' plans hold on to it, so it stays as it is.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        figure_names.add_faults(self, self.figures)
        return cleaned

    def clean_slug(self) -> str:
        """Keep the short name of a row that others know by it."""
        slug: str = self.cleaned_data["slug"] or ""
        if self.instance.pk and slug != self.instance.slug and (known := self.known_at()):
            said = _("Others know it by this name, so it stays as it is until they are changed:")
            raise places.refusal(str(said), known)
        return slug

    def known_at(self) -> list[Place]:
        """The places that would lose the row if it were called otherwise."""
        return references.places_by_name(self.instance)

    def clean_position(self) -> int:
        """Keep a row where it is when its place was sent empty, and within what a database counts to."""
        position = self.cleaned_data["position"]
        return int(self.instance.position if position is None else min(position, LAST_POSITION))


class OrderForm(RowForm):
    """A form of a row whose place alone is edited here; its own screen checks the rest."""

    def _post_clean(self) -> None:
        self.instance.position = self.cleaned_data.get("position", self.instance.position)


class RowFormSet(KnowsItsRows, CustomInlineFormSet):
    """Rows in an order that is changed by drag and drop, by buttons, or where no script runs by a number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Short names that the new rows of this list have taken.
        self.taken: set[str] = set()
        # Hidden by the stylesheet wherever scripts run; a hidden field could not be shown where none does.
        place = self.form.base_fields[self.default_order_field]
        place.widget = forms.NumberInput(attrs={"class": "_reorder_", "min": 0, "max": LAST_POSITION})

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        cast(SuggestingForm, form).taken = self.taken

    def clean(self) -> None:
        """Delete no row that something refers to."""
        super().clean()
        going = [form.instance for form in self.initial_forms if self.can_delete and self._should_delete_form(form)]
        faults = [
            places.refusal(_("“%(name)s” stays, because these places refer to it:") % {"name": row}, known)
            for row in going
            if (known := references.places(row))
        ]
        if faults:
            raise ValidationError(faults)


class TableFormSet(RowFormSet):
    """Rows of a table: each field is named, because a column's heading is no label to a screen reader."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs.setdefault("aria-label", capfirst(field.label))


class VersionedForm(SuggestingForm):
    """A screen's main form, with the version of everything the screen edits: an older copy of it is not saved."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    # What is stored now, set by the screen for each request; empty while there is nothing stored.
    stored_version = ""
    is_conflict = False
    # Whether it holds what its author typed earlier and has not looked at yet: then it is not saved.
    is_taken_back = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.stored_version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.stored_version and cleaned.get("version") != self.stored_version:
            self.is_conflict = True
            # Sent once more, after both texts were seen, it is no conflict.
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("version")] = self.stored_version
            self.data = data
            raise ValidationError(
                _("Not saved: someone saved a newer version while you were working. Both stand side by side above."),
                "conflict",
            )
        if self.is_taken_back:
            raise ValidationError(_("Taken back, and not saved yet."), "taken_back")
        return cleaned


class CommentForm(VersionedForm, RowForm):
    """The main form of a screen for a guide's content: with the reason for the change."""

    comment = forms.CharField(
        label=_("Why this change?"),
        max_length=300,
        required=False,
        help_text=_("One line for the history, such as: Pay figures of May 2024. You may leave it empty."),
    )
