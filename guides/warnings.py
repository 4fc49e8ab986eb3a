"""What of the content waits for editors, for their front page."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Batch, LinkVisit, Upkeep
from .publishing import batches
from .registry.extension import Warning
from .registry.groups import PUBLISH

# After so long somebody reads a text against its sources again.
REVIEWED_EVERY = timedelta(days=365)


def of_content(user: AbstractBaseUser | AnonymousUser) -> Iterator[Warning]:
    """Say on the editors' front page which batches of drafts wait, and how many links no longer work."""
    yield from _of_batches(user)
    yield from _of_upkeep(user)
    yield from _of_links()


def _of_batches(user: AbstractBaseUser | AnonymousUser) -> Iterator[Warning]:
    """To publishers what is for review as one, to each editor what they made and have not sent."""
    for batch in batches.for_review() if user.has_perm(PUBLISH) else ():  # type: ignore[union-attr]
        yield Warning(batches.in_words(batch), _address(batch))
    for batch in batches.of_author(user):
        said = _("You made “%(what)s”; it is neither submitted nor published.")
        yield Warning(said % {"what": batch.comment}, _address(batch))


def _address(batch: Batch) -> str:
    return reverse("admin:guides_batch_change", args=[batch.pk])


def _of_upkeep(user: AbstractBaseUser | AnonymousUser) -> Iterator[Warning]:
    """To each editor what is in their care and was not read against its sources for a year."""
    year_ago = timezone.localdate() - REVIEWED_EVERY
    own = Upkeep.objects.filter(person=user.pk)
    sections = own.of_sections().filter(Q(reviewed_on=None) | Q(reviewed_on__lt=year_ago)).count()
    if sections:
        said = ngettext(
            "%(count)d section in your care was not reviewed for a year.",
            "%(count)d sections in your care were not reviewed for a year.",
            sections,
        )
        yield Warning(said % {"count": sections}, f"{reverse('admin:guides_section_changelist')}?kept_by=me")
    guides = own.of_guides().filter(guide__reviewed_on__lt=year_ago).count()
    if guides:
        said = ngettext(
            "%(count)d guide in your care was not reviewed for a year.",
            "%(count)d guides in your care were not reviewed for a year.",
            guides,
        )
        yield Warning(said % {"count": guides}, f"{reverse('admin:guides_guide_changelist')}?kept_by=me")


def _of_links() -> Iterator[Warning]:
    """How many links to other sites no longer work, and how many have moved."""
    count = LinkVisit.objects.filter(failures__gt=0).count()
    moved = LinkVisit.objects.filter(state=LinkVisit.State.MOVED).count()
    address = reverse("admin:guides_linkvisit_changelist")
    if count:
        said = ngettext("%(count)d outside link does not work.", "%(count)d outside links do not work.", count)
        yield Warning(said % {"count": count}, address)
    if moved:
        said = ngettext("%(count)d outside link has moved.", "%(count)d outside links have moved.", moved)
        yield Warning(said % {"count": moved}, f"{address}?state__exact={LinkVisit.State.MOVED}")
