"""What the pages of the tools share: how they stay private, and how they are drawn."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.datastructures import MultiValueDict
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from guides.forms import FormMixin, refused, render_form
from guides.plan import access, keys
from guides.plan.access import PlanRequest
from guides.plan.models import Plan
from guides.reading import reader
from guides.registry.requests import HtmxHttpRequest
from guides.registry.throttling import throttled

from . import steps
from .downloads import chosen_design
from .forms import DesignForm
from .workspace import Workspace

# The preview asks again whenever a person stops typing, so this is far above what one of them needs.
MOST_POSTS_AN_HOUR = 12_000
# The buttons that keep the form in the plan.
SAVING = {"save", "save over", "save copy"}

ToolView = Callable[[HtmxHttpRequest, reader.Reading, Workspace], HttpResponse]
GuideView = Callable[[PlanRequest, str], HttpResponse]


def workplace(tool: str) -> Callable[[ToolView], GuideView]:
    """A page that a person works on: the view gets the guide's Reading and their Workspace.

    What they send is used for this one answer; it is stored where they save it in their plan, and nowhere else.
    """

    def mark(view: ToolView) -> GuideView:
        @access.personal_tool
        def in_workspace(request: PlanRequest, plan: Plan | None, guide: str) -> HttpResponse:
            reading = reader.live(guide)
            workspace = Workspace(request, plan, tool, reading.guide)
            return _at_its_address(request, workspace, view(request, reading, workspace))

        @wraps(view)
        def guarded(request: PlanRequest, guide: str) -> HttpResponse:
            lost = _forget_wrong_key(request)
            response = in_workspace(request, guide)
            if lost and keys.cookie_name() not in response.cookies:
                keys.forget(response)
            return response

        guarded = sensitive_post_parameters()(require_http_methods(["GET", "HEAD", "POST"])(guarded))
        return throttled("toolkit", most=MOST_POSTS_AN_HOUR, seconds=3600)(guarded)

    return mark


def _at_its_address(request: HtmxHttpRequest, workspace: Workspace, response: HttpResponse) -> HttpResponse:
    """Once a document is saved the page has the document's address: a reload shows it, and saves nothing again."""
    if not workspace.saved or workspace.stored is None:
        return response
    address = workspace.stored.get_absolute_url()
    if not request.htmx:
        return HttpResponseRedirect(f"{address}&saved=yes")
    response["HX-Replace-Url"] = address
    return response


def _forget_wrong_key(request: PlanRequest) -> bool:
    """Go on without a plan where a form comes with a key that opens none: an error page would lose what was typed."""
    key = request.COOKIES.get(keys.cookie_name())
    if request.method != "POST" or not key:
        return False
    try:
        access.find(request, key)
    except access.UnknownKey:
        del request.COOKIES[keys.cookie_name()]
        return True
    return False


class StepForm(forms.Form):
    """The query string: which step of a form to show."""

    step = forms.SlugField(max_length=60, required=False)


class ExampleForm(forms.Form):
    """The query string: which example to start from."""

    example = forms.SlugField(max_length=60, required=False)


def asked(form_class: type[forms.Form], query: QueryDict | MultiValueDict[str, str]) -> dict[str, Any]:
    """Return what the query string says, checked by a form; a bad one is refused."""
    form = form_class(query)
    if not form.is_valid():
        raise refused(form)
    return form.cleaned_data


def render_tool(
    request: HtmxHttpRequest, workspace: Workspace, names: tuple[str, str], context: dict[str, Any], *filled: FormMixin
) -> HttpResponse:
    """Render the page, or the part of it that HTMX asked for: `names` are the templates of the page and of its form.

    `context` holds the `steps` of a form that has such, but the last, which keeps it; `taken_to` names the one into
    which words from elsewhere were put.
    409 where the stored document was changed elsewhere, 422 where something is wrong.
    """
    page, form = names
    template = form if request.htmx else page
    if request.htmx and "blocks" in context and request.POST.get("do", "preview") == "preview":
        template = "_preview"
    design = chosen_design(workspace.sent or QueryDict())
    if "steps" in context:
        wrong = [line.target for each in (*filled, workspace.form) for line in each.error_lines()]
        context["steps"] = _in_steps(request, workspace, context["steps"], wrong, context.get("taken_to", ""))
    context |= {"workspace": workspace, "design": design, "designs": DesignForm({"design": design})}
    status = 409 if workspace.clash else None
    return render_form(request, f"toolkit/{template}.html", context, *filled, workspace.form, status=status)


def _in_steps(
    request: HtmxHttpRequest, workspace: Workspace, own: list[steps.Step], wrong: list[str], taken_to: str
) -> list[steps.Step]:
    """The steps of a form with the one to show marked: where a story was put, if one was.

    After saving without a script that is the last.
    """
    action = request.POST.get("do", "preview") if request.method == "POST" else "save" if workspace.notice else ""
    every = [*own, steps.save_step(workspace.form)]
    return steps.in_a_row(every, action, asked(StepForm, request.GET)["step"] or taken_to, wrong)
