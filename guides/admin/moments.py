"""A moment as an editor types it: a day and a time of their own zone, which the form names."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class MomentField(forms.DateTimeField):
    """A moment in the present time zone. One that clocks leave out or repeat there is refused, with what to type."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone" or not error.params:
                raise
            typed, zone = error.params["datetime"], error.params["current_timezone"]
            raise ValidationError(_unclear(typed, zone), code=error.code) from None


def _unclear(typed: datetime, zone: ZoneInfo) -> str:
    """Say why the time `typed` is no moment of `zone`, or two, and what is near it."""
    # By how much clocks are set: what lies between the two readings of the time.
    first, second = (typed.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    shift = abs(second - first)
    words = {
        "time": f"{typed:%Y-%m-%d %H:%M}",
        "zone": zone,
        "earlier": f"{typed - shift:%H:%M}",
        "later": f"{typed + shift:%H:%M}",
    }
    if _exists(typed, zone):
        return (
            _(
                "%(time)s comes twice in %(zone)s, where clocks are set back. Choose %(earlier)s or %(later)s, or "
                "another time that comes once."
            )
            % words
        )
    return (
        _(
            "%(time)s does not exist in %(zone)s, where clocks are set forward. Choose %(earlier)s or %(later)s, or "
            "another time."
        )
        % words
    )


def _exists(typed: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks in `zone` ever show the time `typed`."""
    there_and_back = typed.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None) == typed


class MomentForm(forms.Form):
    """When an edition goes live, in the zone that the page was opened in, whatever the person chose meanwhile."""

    zone = forms.CharField(widget=forms.HiddenInput, required=False)
    moment = MomentField(help_text=gettext_lazy("It goes live within a minute of this moment."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone = self._sent_zone() or timezone.get_current_timezone()
        self.initial["zone"] = str(self.time_zone)
        self.fields["moment"].label = _("Publish at (time in %(zone)s)") % {"zone": self.time_zone}

    def _sent_zone(self) -> ZoneInfo | None:
        """Return the zone that was sent with the form, if it is one."""
        try:
            return ZoneInfo(self.data.get(self.add_prefix("zone"), ""))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None

    def full_clean(self) -> None:
        with timezone.override(self.time_zone):
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Give the step the moment alone."""
        self.cleaned_data.pop("zone", None)
        return self.cleaned_data

    def clean_moment(self) -> datetime:
        moment: datetime = self.cleaned_data["moment"]
        if moment <= timezone.now():
            raise ValidationError(_("That moment has passed. Choose a later one, or publish now."))
        return moment
