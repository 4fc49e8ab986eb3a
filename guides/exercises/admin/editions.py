"""The history of the exercises, and every step of theirs from a draft to readers: review, publish, bring back."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import Resolver404, URLPattern, path, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.admin import unsaved
from guides.admin.open_steps import UNTYPED, NoteForm, OpenSteps, Step, SubmitForm, in_states
from guides.admin.read_only import ReadOnlyAdmin
from guides.publishing import diff
from guides.publishing.editions import PublishingRefused
from guides.registry.groups import PUBLISH
from guides.registry.overview import change_url
from guides.views.preview import links_below

from .. import editions, reading
from ..models import ExerciseEdition

# The pages of an exercise that a preview shows; every other address leaves it.
PREVIEWED = {"exercises:exercise", "exercises:item", "exercises:answer"}
EDIT = "exercises.change_exercise"
State = ExerciseEdition.State

STEPS: dict[str, Step[ExerciseEdition | None]] = {
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
        lambda edition, user: editions.take_back(edition, user),
        gettext_lazy("It is your draft again, and waits for nobody."),
    ),
    "publish": Step(
        gettext_lazy("Publish now"),
        PUBLISH,
        in_states(State.SAVED, State.SUBMITTED, State.RETIRED),
        lambda edition, user: editions.publish(edition),
        gettext_lazy("Readers see it from now on."),
    ),
    "send_back": Step(
        gettext_lazy("Send back"),
        PUBLISH,
        in_states(State.SUBMITTED),
        lambda edition, user, note: editions.send_back(edition, note),
        gettext_lazy("It is a draft again, with your note."),
        NoteForm,
    ),
    "restore": Step(
        gettext_lazy("Bring back as the draft"),
        EDIT,
        in_states(State.SAVED, State.LIVE, State.RETIRED),
        lambda edition, user: editions.restore(edition, user),
        gettext_lazy("The draft is now as this edition was."),
    ),
}


@admin.register(ExerciseEdition)
class ExerciseEditionAdmin(ReadOnlyAdmin):
    """What was saved is never changed, but may be shown to readers or brought back."""

    list_display = ["__str__", "stands", "created_at", "author", "changes", "comment"]
    list_filter = ["exercise", "is_live"]
    list_select_related = ["exercise", "author"]
    list_per_page = 50
    actions = None

    def get_urls(self) -> list[URLPattern]:
        preview = path(
            "<int:pk>/preview/<path:path>",
            self.admin_site.admin_view(self.preview),
            name="exercises_exerciseedition_preview",
        )
        return [preview, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[ExerciseEdition]":
        return super().get_queryset(request).defer("packed")

    @admin.display(description=gettext_lazy("state"), ordering="is_live")
    def stands(self, edition: ExerciseEdition) -> str:
        return str(edition.state.label)

    @unsaved.keeps_typed(gettext_lazy("review of"), UNTYPED)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The edition with what it changes for readers, each of its items as they would see it, and its steps."""
        edition = self.row_seen(request, object_id)
        steps = _steps(edition, request)
        if request.method == "POST":
            taken = steps.take(partial(_act, request, edition))
            if taken:
                return HttpResponseRedirect(change_url(taken.outcome or edition))
            edition = self.get_object(request, unquote(object_id)) or edition
            steps = steps.followed_by(_steps(edition, request))
        others = edition.exercise.editions.exclude(pk=edition.pk)
        base = others.live().first() or others.filter(number__lt=edition.number).order_by("-number").first()
        before = base.content if base else {"objects": [], "sources": []}
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "media": self.media,
            "title": str(edition),
            "edition": edition,
            "is_draft": edition == editions.newest(edition.exercise),
            "base": base,
            "steps": steps,
            "live_key": live_key(edition),
            "faults": editions.faults(edition),
            "changes": [(change, None) for change in diff.compare(before, edition.content)],
            "items": [plain["fields"] for plain in edition.objects_in_it[1:]],
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/exercises/edition.html", context, status=steps.status)

    def preview(self, request: HttpRequest, pk: int, path: str) -> HttpResponse:
        """A page of the exercise as readers would see it, were the edition published."""
        edition = get_object_or_404(ExerciseEdition.objects.select_related("exercise"), pk=pk)
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        try:
            match = resolve(f"/{path}")
        except Resolver404:
            raise Http404 from None
        if match.view_name not in PREVIEWED or match.kwargs["exercise"] != edition.exercise.slug:
            return HttpResponseRedirect(f"/{path}")
        with reading.previewing(edition), links_below(request.path.removesuffix(path)):
            response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response


def _steps(edition: ExerciseEdition, request: HttpRequest) -> OpenSteps[ExerciseEdition | None]:
    """The steps of the edition that are open to the person; the draft itself is not brought back."""
    is_draft = edition == editions.newest(edition.exercise)
    return OpenSteps(
        request,
        STEPS,
        lambda key, step: step.is_open(edition, request.user) and not (key == "restore" and is_draft),
        {"submit": {"note": edition.submission_note}},
    )


def _act(
    request: HttpRequest, edition: ExerciseEdition, step: Step[ExerciseEdition | None], asked: dict[str, Any]
) -> ExerciseEdition | None:
    """Take the step, which says itself where it is not possible, unless readers see something else than on the page."""
    held = editions.held(edition)
    if request.POST.get("live") != live_key(held):
        raise PublishingRefused(_("Nothing was done: meanwhile somebody changed it. Look again."))
    return step.act(held, request.user, **asked)


def live_key(edition: ExerciseEdition) -> str:
    """What tells what readers see of the exercise from any other edition: the page carries it along."""
    number = edition.exercise.editions.live().values_list("number", flat=True).first()
    return "" if number is None else str(number)
