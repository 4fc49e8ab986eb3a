"""What the addresses of the plan's pages may ask for, and what a page says of what was done before it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..week import MOST_HOURS


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
