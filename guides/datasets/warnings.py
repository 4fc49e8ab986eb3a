"""What imported data says against live guides, for the editors' front page."""

from collections.abc import Iterator

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import ngettext

from guides.reading import reader
from guides.registry.extension import Warning

from .comparison import NEWER, OTHER, hold
from .models import Dataset


def of_figures(user: AbstractBaseUser | AnonymousUser) -> Iterator[Warning]:
    """Say for how many figures that readers see newer data is out, and how many their source contradicts.

    Three queries, however many guides are live; one where nothing was imported.
    """
    if not user.has_perm("guides.view_figure") or not Dataset.objects.exists():  # type: ignore[union-attr]
        return
    held = hold([figure for guide in reader.shelf() for figure in guide.figures])
    address = reverse("admin:datasets_checkedfigure_changelist")
    if newer := sum(each.kind == NEWER for each in held):
        said = ngettext(
            "Newer data is out for %(count)d figure that readers see.",
            "Newer data is out for %(count)d figures that readers see.",
            newer,
        )
        yield Warning(said % {"count": newer}, address)
    if other := sum(each.kind == OTHER for each in held):
        said = ngettext(
            "The source of %(count)d figure that readers see says otherwise.",
            "The sources of %(count)d figures that readers see say otherwise.",
            other,
        )
        yield Warning(said % {"count": other}, address)
