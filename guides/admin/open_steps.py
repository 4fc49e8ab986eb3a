"""The steps on a page of the desk, from a draft to readers: who may take which, and what each asks for.

Whatever is led to readers has such a page: a guide's edition, a term's, an exercise's, a batch of drafts. A step that
is refused leaves the page as it was, with what was typed in its form.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Self, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import typed_pages
from ..publishing.editions import PublishingRefused
from . import unsaved

EDIT = "guides.change_guide"
# What the forms of steps send along that nobody typed.
UNTYPED = ("step", "live")
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


def in_states(*states: str, by_submitter: bool = False) -> Callable[[Any, Any], bool]:
    """What tells whether a step is open for an edition, of whatever kind, and a person: `by_submitter` to its
    submitter alone.
    """

    def is_open(edition: Any, user: Any) -> bool:
        return edition.state in states and (not by_submitter or edition.is_submitted_by(user))

    return is_open


@dataclass(frozen=True)
class Step(Generic[Outcome]):
    """A step: its name on the button, the right that it needs, when it is open, what it does, and what is said then.

    `is_open` and `act` are given what the step is taken with and the person, `act` also what its `form` holds.
    """

    name: str | Promise
    permission: str
    is_open: Callable[[Any, Any], bool]
    act: Callable[..., Outcome]
    done: str | Promise
    form: type[forms.Form] = NothingForm
    to_readers: bool = False


@dataclass(frozen=True)
class Taken(Generic[Outcome]):
    """That a step was taken, and what came of it."""

    outcome: Outcome


class OpenSteps(Generic[Outcome]):
    """The steps of a page that are open to the person of a request, each with its form: (key, step, form).

    `is_open` says of a step with its key whether it makes sense now; `initial` gives what a step's form begins with,
    and `prepare` completes one.
    """

    def __init__(
        self,
        request: HttpRequest,
        steps: Mapping[str, Step[Outcome]],
        is_open: Callable[[str, Any], bool],
        initial: Mapping[str, dict[str, Any]] | None = None,
        prepare: Callable[[forms.Form], None] | None = None,
    ) -> None:
        self.request, self.steps = request, steps
        self.sent = request.POST.get("step", "") if request.method == "POST" else ""
        self.is_refused = False
        self._initial, self._prepare = initial or {}, prepare
        self.forms = {
            key: self._form(key, step)
            for key, step in steps.items()
            if request.user.has_perm(step.permission) and is_open(key, step)
        }

    def __iter__(self) -> Iterator[tuple[str, Step[Outcome], forms.Form]]:
        return ((key, self.steps[key], form) for key, form in self.forms.items())

    def __bool__(self) -> bool:
        return bool(self.forms)

    def _form(self, key: str, step: Step[Outcome]) -> forms.Form:
        data = self.request.POST if key == self.sent else None
        form = step.form(data, prefix=key, initial=self._initial.get(key))
        typed = typed_pages.typed_into(self.request)
        if typed is not None and typed.get("step") == key:
            unsaved.fill(form, typed)
        if self._prepare:
            self._prepare(form)
        return form

    def followed_by(self, now: Self) -> Self:
        """The steps that are open `now`, after one of these was not taken."""
        now.is_refused = self.is_refused
        return now

    @property
    def left_over(self) -> list[str]:
        """What was typed for a step that is open no longer."""
        sent = self.request.POST if self.request.method == "POST" else typed_pages.typed_into(self.request)
        key = sent.get("step", "") if sent else ""
        if not sent or key in self.forms:
            return []
        texts = [str(value) for name, value in sent.items() if name.startswith(f"{key}-")]
        return [text for text in texts if text.strip()]

    @property
    def status(self) -> int:
        """The status of the page that shows them: whether what was sent was refused, or not understood."""
        if self.request.method != "POST":
            return 200
        return 409 if self.is_refused else 422

    def take(self, act: Callable[[Step[Outcome], dict[str, Any]], Outcome]) -> Taken[Outcome] | None:
        """Take the step that was sent, by `act`, all of it or nothing; None where it was refused, which is said."""
        step = self.steps.get(self.sent)
        if step is None or not self.request.user.has_perm(step.permission):
            raise PermissionDenied
        is_open = self.sent in self.forms
        form = self.forms[self.sent] if is_open else step.form(self.request.POST, prefix=self.sent)
        if not form.is_valid() and is_open:
            return None
        try:
            if not form.is_valid():
                raise PublishingRefused(_("Nothing was done: meanwhile somebody changed it. Look again."))
            with transaction.atomic():
                # `act` refuses what is open no longer, and says why.
                outcome = act(step, form.cleaned_data)
        except (PublishingRefused, ValidationError) as refusal:
            said = "; ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
            messages.error(self.request, said)
            self.is_refused = True
            return None
        messages.success(self.request, str(step.done))
        return Taken(outcome)
