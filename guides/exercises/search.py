"""What search finds of the exercises."""

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.registry import SearchEntry, SearchSource

from .models import ExerciseEdition
from .reading import IN_ORDER


def entries() -> Iterator[SearchEntry]:
    """Every exercise that readers see."""
    for edition in ExerciseEdition.objects.live().select_related("exercise").defer("packed").order_by(*IN_ORDER):
        address = edition.exercise.get_absolute_url()
        names = [
            str(edition.exercise.get_slug_display()),
            _("%(name)s exercise") % {"name": edition.exercise.slug.replace("-", " ")},
        ]
        yield SearchEntry(edition.exercise.slug, edition.name, address, edition.summary, names)


def version() -> str:
    """What is live of the exercises. It asks for no address: see guides/search/own.py."""
    rows = ExerciseEdition.objects.live().values_list("exercise__slug", "name", "summary")
    return hashlib.sha256(repr(sorted(rows)).encode()).hexdigest()


SOURCES = [
    SearchSource(
        "exercises",
        gettext_lazy("exercise"),
        entries,
        version,
        page="exercises:list",
        page_name=gettext_lazy("exercises"),
    )
]
