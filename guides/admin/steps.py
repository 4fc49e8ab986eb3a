"""The steps that can be taken with an edition of a guide: who may take which, when, and what it asks for."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Edition, Guide
from ..publishing import checks, editions, references, restoring, review
from ..registry.groups import PUBLISH
from . import places
from .moments import MomentForm
from .open_steps import EDIT, NoteForm, OpenSteps, Step, SubmitForm, in_states

State = Edition.State
# Steps that bring something back into the draft, which the draft itself cannot.
RESTORING = {"restore", "restore_part"}


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


STEPS: dict[str, Step[Edition | None]] = {
    "submit": Step(
        gettext_lazy("Submit for review"),
        EDIT,
        in_states(State.SAVED),
        lambda edition, user, note: editions.submit(edition, user, note),
        gettext_lazy("It now waits for a publisher on the 'For review' list."),
        SubmitForm,
    ),
    "take_back": Step(
        gettext_lazy("Take back from review"),
        EDIT,
        in_states(State.SUBMITTED, by_submitter=True),
        lambda edition, user: review.take_back(edition, user),
        gettext_lazy("It is your draft again, and waits for nobody."),
    ),
    "publish": Step(
        gettext_lazy("Publish now"),
        PUBLISH,
        in_states(*(frozenset(State) - {State.LIVE})),
        lambda edition, user: editions.publish(edition, user),
        gettext_lazy("Readers see this edition from now on."),
        to_readers=True,
    ),
    "schedule": Step(
        gettext_lazy("Publish later"),
        PUBLISH,
        in_states(*(frozenset(State) - {State.LIVE, State.SCHEDULED})),
        lambda edition, user, moment: editions.schedule(edition, moment, user),
        gettext_lazy("It goes live at the moment you chose."),
        MomentForm,
        to_readers=True,
    ),
    "unschedule": Step(
        gettext_lazy("Do not publish it later"),
        PUBLISH,
        in_states(State.SCHEDULED),
        lambda edition, user: editions.unschedule(edition),
        gettext_lazy("It stays a draft."),
    ),
    "send_back": Step(
        gettext_lazy("Send back"),
        PUBLISH,
        in_states(State.SUBMITTED),
        lambda edition, user, note: editions.send_back(edition, note, user),
        gettext_lazy("It is a draft again, with your note."),
        NoteForm,
    ),
    "unpublish": Step(
        gettext_lazy("Take the guide from readers"),
        PUBLISH,
        in_states(State.LIVE),
        lambda edition, user, reason, replaced_by: editions.unpublish(edition.guide, user, reason, replaced_by),
        gettext_lazy("The guide is withdrawn: its addresses say so. Nothing is deleted."),
        WithdrawForm,
    ),
    "restore": Step(
        gettext_lazy("Restore as the new draft"),
        EDIT,
        in_states(*State),
        lambda edition, user: editions.restore(edition, user),
        gettext_lazy("The draft is now as this edition was. What it was before stays in the history."),
    ),
    "restore_part": Step(
        gettext_lazy("Bring back one section"),
        EDIT,
        in_states(*State),
        lambda edition, user, place: restoring.restore_part(edition, place, user),
        gettext_lazy("It is in the draft again as this edition has it; all else of the draft stays as it was."),
        PartForm,
    ),
}


class EditionSteps(OpenSteps[Edition | None]):
    """The steps of an edition of a guide that are open to the person of a request."""

    def __init__(self, edition: Edition, request: HttpRequest) -> None:
        self.edition = edition
        is_draft = edition == editions.newest(edition.guide)

        def is_open(key: str, step: Step[Edition | None]) -> bool:
            return not (is_draft and key in RESTORING) and step.is_open(edition, request.user)

        initial = {"submit": {"note": review.note_before(edition)}}
        super().__init__(request, STEPS, is_open, initial, self._offer)

    def _offer(self, form: forms.Form) -> None:
        if isinstance(form, WithdrawForm | PartForm):
            form.offer(self.edition)

    def answer(self) -> HttpResponse | None:
        """Take the step that was sent and return where to go; None where its form has errors, or it was refused."""
        taken = self.take(self._act)
        if taken is None:
            return None
        if self.sent == "submit" and checks.errors(self.edition):
            said = _("It was submitted with errors, which keep it from readers: the check below names them.")
            messages.warning(self.request, said)
        if self.sent == "unpublish":
            for place in references.linking_to(self.edition.guide):
                messages.warning(self.request, format_html(_("This link leads nowhere now: {}"), places.link(place)))
        after = taken.outcome or self.edition
        return HttpResponseRedirect(reverse("admin:guides_edition_change", args=[after.pk]))

    def _act(self, step: Step[Edition | None], asked: dict[str, Any]) -> Edition | None:
        """Take `step`, unless it is open no longer, or readers see something else than the page was opened with."""
        editions.lock(self.edition.guide)
        if self.sent not in self.forms:
            state = self.edition.get_state_display()
            raise editions.PublishingRefused(
                _("Nothing was done: meanwhile this edition is '%(state)s'.") % {"state": state}
            )
        if step.to_readers and live_key(self.edition) != self.request.POST.get("live", ""):
            raise editions.PublishingRefused(_("Meanwhile another edition went live. Look again at what would change."))
        return step.act(self.edition, self.request.user, **asked)


def live_key(edition: Edition) -> str:
    """What tells the guide's live edition from any other: the page carries it along."""
    live = edition.guide.editions.live().values_list("number", flat=True).first()
    return "" if live is None else str(live)
