"""What of the content waits for editors, for their front page."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from .models import LinkVisit
from .registry.extension import Warning


def of_content(user: object) -> Iterator[Warning]:
    """Say on the editors' front page how many links no longer work."""
    count = LinkVisit.objects.filter(failures__gt=0).count()
    moved = LinkVisit.objects.filter(state=LinkVisit.State.MOVED).count()
    address = reverse("admin:guides_linkvisit_changelist")
    if count:
        said = ngettext("%(count)d outside link does not work.", "%(count)d outside links do not work.", count)
        yield Warning(said % {"count": count}, address)
    if moved:
        said = ngettext("%(count)d outside link has moved.", "%(count)d outside links have moved.", moved)
        yield Warning(said % {"count": moved}, f"{address}?state__exact={LinkVisit.State.MOVED}")
