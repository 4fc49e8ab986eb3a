"""Short names and places that nobody types: what is left empty is made when the form is saved.

In a browser with scripts Django fills the short name in as one types; where that is taken it gives way here.
"""

from typing import Any

from django import forms
from django.db.models import Max, Model
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ..models import Guide
from ..registry import content_models
from .choices import keep_stored

NAME, PLACE = "slug", "position"


class SuggestingForm(forms.ModelForm):
    """A form whose new row gets a short name and a place of its own where none was given."""

    # The fields that a short name is made of; the screen sets it.
    named_after: tuple[str, ...] = ()
    # Short names that other new rows of the same page have taken; a list of rows shares it.
    taken: set[str] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep_stored(self)
        self.is_new = not self.instance.pk
        if not self.is_new:
            return
        if NAME in self.fields and self.named_after:
            self.fields[NAME].required = False
            self.fields[NAME].widget.is_required = False
            self.fields[NAME].help_text = _("Made of the words before it where you leave it empty. Choose it once.")
        if PLACE in self.fields:
            self.fields[PLACE].required = False
            self.fields[PLACE].help_text = _("Empty: after all others.")
            if self.prefix is None:
                self.initial[PLACE] = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_new and NAME in self.fields and self.named_after:
            self._suggest_name(cleaned)
        if self.is_new and PLACE in self.fields and self.prefix is None and self.data.get(PLACE, "") == "":
            cleaned[PLACE] = self._last_place(cleaned) + 1
        return cleaned

    def _suggest_name(self, cleaned: dict[str, Any]) -> None:
        """Make a short name where none was given, or where what was given is a suggestion that is taken."""
        words = " ".join(str(cleaned.get(name) or "") for name in self.named_after)
        longest = self._meta.model._meta.get_field(NAME).max_length or 50
        suggested = slugify(words)[:longest].strip("-")
        given = cleaned.get(NAME) or ""
        if NAME in self.errors or not (given or suggested):
            return
        if not given or given == suggested:
            cleaned[NAME] = free_name(suggested, self._taken(cleaned), longest)
        if self.taken is not None:
            self.taken.add(cleaned[NAME])

    def _parent(self, cleaned: dict[str, Any]) -> Model | None:
        """What the new row hangs from, as far as the form says it."""
        content = content_models.content_of(self._meta.model)
        if content is None:
            return None
        parent: Model | None = cleaned.get(content.parent)
        return parent if parent is not None and _guide_of(parent) else None

    def _taken(self, cleaned: dict[str, Any]) -> set[str]:
        """The short names that others have: in the same guide, or of the same kind where it belongs to none."""
        content, rows = content_models.content_of(self._meta.model), self._meta.model._default_manager.all()
        if content is not None:
            parent = self._parent(cleaned)
            rows = rows.filter(**{content.guide_path: _guide_of(parent)}) if parent else rows.none()
        return {*rows.values_list(NAME, flat=True), *(self.taken or ())}

    def _last_place(self, cleaned: dict[str, Any]) -> int:
        """The place of the last row beside the new one."""
        content, rows = content_models.content_of(self._meta.model), self._meta.model._default_manager.all()
        if content is not None:
            parent = self._parent(cleaned)
            rows = rows.filter(**{content.parent: parent}) if parent and parent.pk else rows.none()
        return rows.aggregate(last=Max(PLACE))["last"] or 0


def _guide_of(row: Model) -> Guide | None:
    """The stored guide that a row hangs from, or None where it hangs from none yet."""
    try:
        guide: Guide = content_models.guide_of(row)
    except AttributeError:  # a new parent whose own parent is not chosen yet; Django's RelatedObjectDoesNotExist is one
        return None
    return guide if guide and guide.pk else None


def free_name(suggested: str, taken: set[str], longest: int) -> str:
    """Return `suggested`, with a number behind it where that name is taken."""
    name, number = suggested, 1
    while not name or name in taken:
        number += 1
        end = f"-{number}"
        name = f"{suggested[: longest - len(end)]}{end}" if suggested else f"row{end}"
    return name
