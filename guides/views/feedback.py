"""“Did this help?” at the end of guides and tools: yes, no, what was missing. Nothing tells who answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from ..forms import ReaderForm, refused, render_form
from ..models import Feedback
from ..reading import reader
from ..registry import tools
from ..registry.public_pages import is_same_for_everyone
from ..registry.requests import HtmxHttpRequest
from ..registry.throttling import throttled

ANSWERS = [("yes", _("Yes")), ("no", _("No"))]
NO_PAGE = _("This is no page that can be asked about.")


class FeedbackPageForm(forms.Form):
    """The query string: which page the answer is about, and the answer that was pressed."""

    page = forms.CharField(max_length=200)
    helped = forms.ChoiceField(choices=ANSWERS, required=False)

    def clean_page(self) -> str:
        """A page of this site that is everyone's or a tool's; of a guide that can be read."""
        page: str = self.cleaned_data["page"]
        try:
            match = resolve(page)
        except Resolver404:
            raise ValidationError(NO_PAGE) from None
        if not (is_same_for_everyone(page) or match.namespace in _namespaces()):
            raise ValidationError(NO_PAGE)
        self.cleaned_data["guide"] = match.kwargs.get("guide", "")
        if self.cleaned_data["guide"]:
            reader.live_edition(self.cleaned_data["guide"])
        return page


def _namespaces() -> set[str]:
    """The namespaces of all tools: some lead to further pages of their own."""
    views = [*tools.views(), *(tool.view for tool in tools.SITE_TOOLS.values())]
    return {view.partition(":")[0] for view in views}


class FeedbackForm(ReaderForm):
    """What the reader answers."""

    helped = forms.ChoiceField(
        label=_("Did this help?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    missing = forms.CharField(
        label=_("What was missing?"),
        help_text=_("You can leave this empty. Please leave out names and other personal details."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
        error_messages={"max_length": _("Keep it under %(limit_value)d characters: you wrote %(show_value)d.")},
    )
    # People never see this field; programs that fill in every field give themselves away.
    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_missing(self) -> str:
        text: str = self.cleaned_data["missing"]
        if any(ord(character) < 32 and character not in "\r\n\t" for character in text):
            raise ValidationError(_("The text holds control characters: paste it as plain text."))
        return text


def _page(request: HttpRequest) -> dict[str, str]:
    """Return what the address says: the page, its guide, and the answer pressed. Raises BadRequest or Http404."""
    form = FeedbackPageForm(request.GET)
    if not form.is_valid():
        raise refused(form)
    return dict(form.cleaned_data)


@throttled("feedback", most=20, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@vary_on_headers("HX-Request")
def feedback(request: HtmxHttpRequest) -> HttpResponse:
    """The form, and what it sends. HTMX gets the form alone, to show it in place."""
    if request.method != "POST" and not request.GET:
        return HttpResponseRedirect(reverse("guides:list"))
    asked = _page(request)
    sent = request.POST if request.method == "POST" else None
    form = FeedbackForm(sent, initial={"helped": asked["helped"]}, auto_id="feedback-%s")
    context = {"form": form, "page": asked["page"], "query": urlencode({"page": asked["page"]})}
    template = "feedback/_form.html" if request.htmx else "feedback/form.html"
    if not form.is_valid():
        return render_form(request, template, context, form)
    answer = form.cleaned_data
    if not answer["website"]:
        Feedback.objects.create(
            page=asked["page"], guide=asked["guide"], helped=answer["helped"] == "yes", missing=answer["missing"]
        )
    if request.htmx:
        return render(request, "feedback/_thanks.html", context)
    return HttpResponseRedirect(f"{reverse('guides:feedback_thanks')}?{context['query']}")


@require_safe
@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    """That it has arrived, and the way back."""
    return render(request, "feedback/thanks.html", {"page": _page(request)["page"]})
