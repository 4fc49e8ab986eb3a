"""The page that frames a preview, at the width of a phone or of a desk."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.decorators import csp_update
from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guides.forms import refused
from guides.models import Edition, Guide

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
@require_safe
@frames_ourselves
def preview_frame(request: HttpRequest, site: AdminSite, guide: Guide, edition: Edition | None = None) -> HttpResponse:
    """Frame the preview of an edition, or of the guide's draft. Only this page may frame, and only ourselves."""
    form = FrameForm(request.GET)
    if not form.is_valid():
        raise refused(form)
    section = form.cleaned_data["section"]
    address = preview.url_for(guide, edition, section)
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
        "frame_url": address,
        "share_url": request.build_absolute_uri(address),
        "expires": timezone.now() + preview.LASTS,
    }
    return TemplateResponse(request, "admin/guides/preview.html", context)
