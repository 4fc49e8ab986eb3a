"""The steps that can be taken with an edition: who may take which, when, and what it asks for."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Edition, Guide
from ..publishing import editions, references, restoring, review
from ..registry.groups import PUBLISH
from . import places
from .moments import MomentForm

State = Edition.State
EDIT = "guides.change_guide"
Outcome = TypeVar("Outcome")


class NothingForm(forms.Form):
    """A step that asks for nothing."""


class NoteForm(forms.Form):
    """What a reviewer tells the author."""

    note = forms.CharField(
        label=gettext_lazy("Note to the author"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What should change before it can be published."),
    )


class SubmitForm(forms.Form):
    """What the author tells the reviewer."""

    note = forms.CharField(
        label=gettext_lazy("Note to the reviewer"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What to look at, or by when. You may leave it empty."),
    )


class WithdrawForm(forms.Form):
    """Why readers lose a guide, and where they are led instead."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers of its addresses are told this: Nobody is hired under this name any more."),
    )
    replaced_by = forms.ChoiceField(
        label=gettext_lazy("Lead readers to"),
        required=False,
        help_text=gettext_lazy("The guide that takes its place, page by page. Empty: they read that it was withdrawn."),
    )
    sure = forms.BooleanField(label=gettext_lazy("Yes, take it from readers"))

    def offer(self, edition: Edition) -> None:
        """Offer the other guides that readers see."""
        live = Guide.objects.live().exclude(pk=edition.guide_id).order_by("title").values_list("slug", "title")
        cast(forms.ChoiceField, self.fields["replaced_by"]).choices = [("", "---------"), *live]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("sure", None)
        return cleaned


class PartForm(forms.Form):
    """A part of an edition, by its place there."""

    place = forms.IntegerField(label=gettext_lazy("Section"), min_value=0, widget=forms.Select)

    def offer(self, edition: Edition) -> None:
        """Offer the sections; a row is chosen beside what differs."""
        objects = edition.content["objects"]
        sections = [
            (place, plain["fields"]) for place, plain in enumerate(objects) if plain["model"] == "guides.section"
        ]
        choices = [(place, ("– " if fields.get("parent") else "") + fields["heading"]) for place, fields in sections]
        cast(forms.Select, self.fields["place"].widget).choices = choices


@dataclass(frozen=True)
class Transition(Generic[Outcome]):
    """A step of an edition: its name on the button, who may take it and when, what it asks for, and what it does.

    `act` gives the edition that it made, None where it made none.
    """

    name: str | Promise
    permission: str
    states: Collection[str]
    act: Callable[..., Outcome | None]
    done: str | Promise
    form: type[forms.Form] = NothingForm
    to_readers: bool = False
    # Whether it is open only to whoever submitted the edition.
    by_submitter: bool = False

    def is_open(self, edition: Any, user: Any) -> bool:
        """Whether `user` may take the step with `edition`, an edition of whatever kind, as it now stands."""
        is_theirs = not self.by_submitter or edition.is_submitted_by(user)
        return edition.state in self.states and is_theirs and user.has_perm(self.permission)


STEPS: dict[str, Transition[Edition]] = {
    "submit": Transition(
        gettext_lazy("Submit for review"),
        EDIT,
        frozenset({State.SAVED}),
        lambda edition, user, note: editions.submit(edition, user, note),
        gettext_lazy("It now waits for a publisher on the 'For review' list."),
        SubmitForm,
    ),
    "take_back": Transition(
        gettext_lazy("Take back from review"),
        EDIT,
        frozenset({State.SUBMITTED}),
        lambda edition, user: review.take_back(edition, user),
        gettext_lazy("It is your draft again, and waits for nobody."),
        by_submitter=True,
    ),
    "publish": Transition(
        gettext_lazy("Publish now"),
        PUBLISH,
        frozenset(State) - {State.LIVE},
        lambda edition, user: editions.publish(edition, user),
        gettext_lazy("Readers see this edition from now on."),
        to_readers=True,
    ),
    "schedule": Transition(
        gettext_lazy("Publish later"),
        PUBLISH,
        frozenset(State) - {State.LIVE, State.SCHEDULED},
        lambda edition, user, moment: editions.schedule(edition, moment, user),
        gettext_lazy("It goes live at the moment you chose."),
        MomentForm,
        to_readers=True,
    ),
    "unschedule": Transition(
        gettext_lazy("Do not publish it later"),
        PUBLISH,
        frozenset({State.SCHEDULED}),
        lambda edition, user: editions.unschedule(edition),
        gettext_lazy("It stays a draft."),
    ),
    "send_back": Transition(
        gettext_lazy("Send back"),
        PUBLISH,
        frozenset({State.SUBMITTED}),
        lambda edition, user, note: editions.send_back(edition, note, user),
        gettext_lazy("It is a draft again, with your note."),
        NoteForm,
    ),
    "unpublish": Transition(
        gettext_lazy("Take the guide from readers"),
        PUBLISH,
        frozenset({State.LIVE}),
        lambda edition, user, reason, replaced_by: editions.unpublish(edition.guide, user, reason, replaced_by),
        gettext_lazy("The guide is withdrawn: its addresses say so. Nothing is deleted."),
        WithdrawForm,
    ),
    "restore": Transition(
        gettext_lazy("Restore as the new draft"),
        EDIT,
        frozenset(State),
        lambda edition, user: editions.restore(edition, user),
        gettext_lazy("The draft is now as this edition was. What it was before stays in the history."),
    ),
    "restore_part": Transition(
        gettext_lazy("Bring back one section"),
        EDIT,
        frozenset(State),
        lambda edition, user, place: restoring.restore_part(edition, place, user),
        gettext_lazy("It is in the draft again as this edition has it; all else of the draft stays as it was."),
        PartForm,
    ),
}


class StepForms:
    """The steps open to the person of a request, each with its form; `take` takes the one that was sent."""

    def __init__(self, edition: Edition, request: HttpRequest) -> None:
        self.edition, self.request = edition, request
        self.sent = request.POST.get("step", "")
        self.is_draft = edition == editions.newest(edition.guide)
        self.open = {key: step for key, step in STEPS.items() if self.is_open(key, step)}
        self.forms = {key: self.form(key, step) for key, step in self.open.items()}

    def is_open(self, key: str, step: Transition[Edition]) -> bool:
        """Whether the step makes sense for this edition and is allowed to this person."""
        if key in {"restore", "restore_part"} and self.is_draft:
            return False
        return step.is_open(self.edition, self.request.user)

    def form(self, key: str, step: Transition[Edition]) -> forms.Form:
        form = step.form(self.request.POST if key == self.sent else None, prefix=key)
        if isinstance(form, WithdrawForm | PartForm):
            form.offer(self.edition)
        return form

    def __iter__(self) -> Iterator[tuple[str, Transition[Edition], forms.Form]]:
        """Yield (key, step, form) for the page."""
        return ((key, step, self.forms[key]) for key, step in self.open.items())

    def take(self) -> HttpResponse | None:
        """Take the step that was sent and return where to go; None where its form has errors."""
        step = STEPS.get(self.sent)
        if step is None or not self.request.user.has_perm(step.permission):
            raise PermissionDenied
        try:
            if self.sent not in self.open:
                state = self.edition.get_state_display()
                raise editions.PublishingRefused(
                    _("Nothing was done: meanwhile this edition is '%(state)s'.") % {"state": state}
                )
            if not self.forms[self.sent].is_valid():
                return None
            outcome = self.act(step, self.forms[self.sent].cleaned_data)
        except editions.PublishingRefused as refusal:
            messages.error(self.request, str(refusal))
            return self.go(self.edition)
        messages.success(self.request, str(step.done))
        if self.sent == "unpublish":
            for place in references.linking_to(self.edition.guide):
                messages.warning(self.request, format_html(_("This link leads nowhere now: {}"), places.link(place)))
        return self.go(outcome or self.edition)

    @transaction.atomic
    def act(self, step: Transition[Edition], asked: dict[str, Any]) -> Edition | None:
        """Take `step`, unless readers see something else than the page was opened with."""
        editions.lock(self.edition.guide)
        if step.to_readers and self.live_key() != self.request.POST.get("live", ""):
            raise editions.PublishingRefused(_("Meanwhile another edition went live. Look again at what would change."))
        return step.act(self.edition, self.request.user, **asked)

    def live_key(self) -> str:
        """What tells the live edition from any other: the page carries it along."""
        live = self.edition.guide.editions.live().values_list("number", flat=True).first()
        return "" if live is None else str(live)

    def go(self, edition: Edition) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:guides_edition_change", args=[edition.pk]))
