"""The page that frames a preview, at the width of a phone or of a desk."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.decorators import csp_update
from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from guides.forms import refused
from guides.models import Edition, Guide, PreviewLink

from ..models.preview_links import LASTS
from ..registry.private_pages import shown_once
from ..views import preview

View = TypeVar("View", bound=Callable[..., HttpResponse])

WIDTHS = {"360": gettext_lazy("Phone"), "1280": gettext_lazy("Desk")}


class FrameForm(forms.Form):
    """The page's query string: how wide, and which section is open."""

    width = forms.ChoiceField(choices=list(WIDTHS.items()), required=False)
    section = forms.SlugField(required=False)


def frames_ourselves(view: View) -> View:
    """A view whose page may frame this site's own pages."""
    update: Any = csp_update({"frame-src": ["'self'"]})
    return cast(View, update(view))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@frames_ourselves
def preview_frame(request: HttpRequest, site: AdminSite, guide: Guide, edition: Edition | None = None) -> HttpResponse:
    """Frame the preview of an edition, or of the guide's draft. Only this page may frame, and only ourselves.

    From here it is shared by links, each of which can be ended.
    """
    form = FrameForm(request.GET)
    if not form.is_valid():
        raise refused(form)
    section, share_url = form.cleaned_data["section"], ""
    if request.method == "POST":
        if ended := request.POST.get("end"):
            _end(request, guide, ended)
            return HttpResponseRedirect(request.get_full_path())
        if "share" not in request.POST:
            raise BadRequest(_("The form does not say what to do."))
        _link, key = PreviewLink.make(guide, edition, request.user if request.user.is_authenticated else None)
        share_url = request.build_absolute_uri(preview.url_for(guide, key, section))
    context = site.each_context(request) | {
        # The page needs the whole width.
        "is_nav_sidebar_enabled": False,
        "title": _("Preview: %(guide)s") % {"guide": edition or guide},
        "guide": guide,
        "edition": edition,
        "section": section,
        "width": form.cleaned_data["width"] or "1280",
        "widths": WIDTHS.items(),
        "sections": guide.sections.values_list("slug", "heading"),
        "frame_url": preview.url_for(guide, preview.own_token(guide, edition), section),
        "share_url": share_url,
        "links": PreviewLink.objects.still_open().filter(guide=guide).select_related("made_by", "edition__guide"),
        "days": LASTS.days,
    }
    response = TemplateResponse(request, "admin/guides/preview.html", context)
    return shown_once(response) if share_url else response


def _end(request: HttpRequest, guide: Guide, number: str) -> None:
    """End one of the guide's links."""
    links = PreviewLink.objects.filter(guide=guide, pk=number if number.isdecimal() and len(number) < 19 else 0)
    if links.delete()[0]:
        messages.success(request, _("That link does not work any more."))
    else:
        messages.warning(request, _("That link had ended already."))
