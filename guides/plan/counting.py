"""What whoever hosts the site may watch of plans: how many there are, nothing of what is in them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from guides.registry.extension import Counter

from .models import Plan


def counters() -> Iterator[Counter]:
    """How many plans are kept."""
    yield Counter("plans", _("Plans that are kept"), Plan.objects.count())
