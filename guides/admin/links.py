"""The links out of what readers see, and what was seen at their addresses: to look at, and to mend where they stand."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..models import LinkVisit, Source
from ..publishing import outside_links
from . import places
from .base import change_link
from .read_only import ReadOnlyAdmin


@admin.register(LinkVisit)
class LinkVisitAdmin(ReadOnlyAdmin):
    """Nobody writes here: a link is changed in the text that it stands in."""

    actions = None
    list_display = ["url", "state", "failures", "worked_at", "visited_at"]
    list_filter = ["state"]
    search_fields = ["url"]
    search_help_text = _("Search addresses.")
    fields = ("address", "state", "detail", "moved_to", "failures", "worked_at", "visited_at", "stands_in", "read_in")
    readonly_fields = fields

    @admin.display(description=_("address"))
    def address(self, visit: LinkVisit) -> SafeString:
        return format_html('<a href="{}" rel="noopener">{}</a>', visit.url, visit.url)

    @admin.display(description=_("stands in"))
    def stands_in(self, visit: LinkVisit) -> SafeString:
        """Links to where readers meet it."""
        known = outside_links.in_public().get(visit.url, [])
        return format_html_join(", ", "{}", ((places.link(place),) for place in known))

    @admin.display(description=_("read in"))
    def read_in(self, visit: LinkVisit) -> SafeString:
        """The sources with its address: their notes say which copy was read, and when."""
        return format_html_join(", ", "{}", ((change_link(one),) for one in Source.objects.filter(url=visit.url)))
