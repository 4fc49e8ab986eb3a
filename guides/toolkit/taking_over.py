"""What a person has told elsewhere in their plan, such as a story, taken over into a document: `?take=` names the item.

Nothing is stored by it: the form holds the words from then on, and the person edits them.
"""

from django import forms
from django.http import Http404

from guides.forms import refused
from guides.plan import item_types, validators

from . import texts
from .workspace import Workspace


class TakeForm(forms.Form):
    """Which item of the plan is taken over, by its anchor, and for which question: nothing without it."""

    def __init__(self, workspace: Workspace) -> None:
        request = workspace.request
        super().__init__(request.POST if request.method == "POST" else request.GET)
        self.fields["take"] = forms.CharField(
            required=False, max_length=60, validators=[validators.anchor, *validators.plain_line]
        )
        self.fields["take-for"] = forms.CharField(required=False, max_length=60, validators=validators.guide_slug)


def _said(workspace: Workspace, name: str) -> str:
    form = TakeForm(workspace)
    if not form.is_valid():
        raise refused(form)
    return str(form.cleaned_data[name])


def asked_for(workspace: Workspace) -> str:
    """Return the anchor of the item that is to be taken over; empty for none."""
    return _said(workspace, "take")


def place_for(workspace: Workspace) -> str:
    """Return the short name of the question that it is to answer; empty for none."""
    return _said(workspace, "take-for")


def words(workspace: Workspace) -> str:
    """Return the words that the item has for this document; empty where none is asked for.

    A page that is opened raises Http404 for an item that the open plan does not have; a form that comes with one
    loses nothing by it.
    """
    anchor = asked_for(workspace)
    item = item_types.find(workspace.plan, anchor) if anchor else None
    if anchor and item is None and workspace.request.method != "POST":
        raise Http404
    return texts.clean(item.words_for(workspace.tool)) if item else ""
