"""What the forms of all editors' screens share."""

from django import forms
from django.utils.translation import gettext_lazy as _

LAST_POSITION = 100_000


class RowForm(forms.ModelForm):
    """A form of one row of a guide. An address that readers know already cannot be changed."""

    # (model label, slug) of what has been published; the screen sets it for each request.
    published = frozenset()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if (self._meta.model._meta.label_lower, getattr(self.instance, "slug", None)) in self.published:
            slug = self.fields["slug"]
            slug.disabled = True
            slug.help_text = _("Published: links and readers' plans hold on to it, so it stays as it is.")

    def clean_position(self):
        """Keep a row where it is when its place was sent empty, and within what a database counts to."""
        position = self.cleaned_data["position"]
        return self.instance.position if position is None else min(position, LAST_POSITION)


class OrderForm(RowForm):
    """A form of a row whose place alone is edited here; its own screen checks the rest."""

    def _post_clean(self):
        self.instance.position = self.cleaned_data.get("position", self.instance.position)


class CommentForm(RowForm):
    """A screen's main form: with the reason for the change, which the history shows."""

    comment = forms.CharField(
        label=_("Why this change?"),
        max_length=300,
        required=False,
        help_text=_("One line for the history, such as: Pay figures of May 2024. You may leave it empty."),
    )
