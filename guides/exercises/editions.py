"""Everything that moves an exercise's editions: saving freezes the rows, publishing shows them to readers, restoring
loads an edition back into the rows. Every change of state passes through here."""

from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides import freezing
from guides.models import edition_formats
from guides.publishing import content_version, link_faults, links, shared_rows
from guides.publishing.editions import PublishingRefused
from guides.search import index

from .kinds import KINDS
from .models import Exercise, ExerciseEdition

Plain = freezing.Plain


def lock(exercise: Exercise) -> Exercise:
    """Hold the exercise until the transaction ends, and return it as it is stored."""
    return Exercise.objects.select_for_update().get(pk=exercise.pk)


def newest(exercise: Exercise) -> ExerciseEdition | None:
    """Return the exercise's newest edition, which is its draft, or None."""
    return exercise.editions.order_by("-number").first()


def freeze(exercise: Exercise) -> dict[str, Any]:
    """Return the exercise and its items as plain data, in the form of a guide's edition."""
    items = KINDS[exercise.slug].model._default_manager.all()
    objects = [freezing.to_plain(exercise, derived=True), *(freezing.to_plain(item) for item in items)]
    return {"format": edition_formats.FORMAT, "sources": [], "objects": objects}


@transaction.atomic
def save(exercise: Exercise, author: AbstractBaseUser | None = None, comment: str = "") -> ExerciseEdition:
    """Freeze the rows as a new edition and return it; return the newest one where nothing changed."""
    exercise = lock(exercise)
    before = newest(exercise)
    edition = ExerciseEdition(exercise=exercise, author=cast(User | None, author), comment=comment)
    edition.content = freeze(exercise)
    if before and before.content_hash == edition.content_hash:
        return before
    last = exercise.editions.aggregate(last=Max("number"))["last"]
    edition.number = (last or 0) + 1
    edition.changes = changes(before, edition) if before else ""
    edition.name, edition.summary, edition.skills = exercise.name, exercise.summary, exercise.skills
    edition.save()
    return edition


def held(edition: ExerciseEdition) -> ExerciseEdition:
    """Hold the edition's exercise, and return the edition as it now is."""
    lock(edition.exercise)
    return ExerciseEdition.objects.select_related("exercise").get(pk=edition.pk)


@transaction.atomic
def submit(edition: ExerciseEdition, user: AbstractBaseUser | None = None, note: str = "") -> None:
    """Put a draft on the 'For review' list with a note to the reviewer, in place of an older one of the exercise."""
    edition = held(edition)
    _refuse_unless(edition, ExerciseEdition.State.SAVED)
    edition.exercise.editions.submitted().update(submitted_at=None)
    _change(edition, submitted_at=timezone.now(), submitted_by=user, submission_note=note, review_note="")


@transaction.atomic
def take_back(edition: ExerciseEdition, user: AbstractBaseUser) -> None:
    """Take a draft off the 'For review' list for whoever submitted it."""
    edition = held(edition)
    _refuse_unless(edition, ExerciseEdition.State.SUBMITTED)
    if not edition.is_submitted_by(user):
        raise PublishingRefused(_("Only whoever submitted it can take it back; a publisher can send it back."))
    _change(edition, submitted_at=None)


@transaction.atomic
def send_back(edition: ExerciseEdition, note: str) -> None:
    """Take a draft off the 'For review' list, with a note to its author."""
    edition = held(edition)
    _refuse_unless(edition, ExerciseEdition.State.SUBMITTED)
    _change(edition, submitted_at=None, review_note=note)


def faults(edition: ExerciseEdition) -> list[str]:
    """Say what keeps an edition from readers: no item, one that is not valid, a link of the rules to nowhere."""
    exercise, *items = (freezing.from_plain(plain, {}) for plain in edition.objects_in_it)
    said = [] if items else [_("The exercise has no item: readers would find nothing to do.")]
    for row in (exercise, *items):
        try:
            # What is unique among the rows is none of a frozen edition's business.
            row.clean_fields()
            row.clean()
        except ValidationError as error:
            said += [f"{row}: {message}" for message in error.messages]
    for address in links.addresses(cast(Exercise, exercise).rules):
        if fault := link_faults.fault_of_link(address, link_faults.of_draft(None)):
            said.append(f"{exercise}: {fault}")
    return said


@transaction.atomic
def publish(edition: ExerciseEdition) -> None:
    """Show `edition` to readers, in place of the one that they see. Raises PublishingRefused where it has faults."""
    content_version.hold()
    exercise = lock(edition.exercise)
    if found := faults(edition):
        raise PublishingRefused(_("Not published. %(reasons)s") % {"reasons": " ".join(found)})
    exercise.editions.live().exclude(pk=edition.pk).update(is_live=False)
    # What waits with an older text would bring that text back later.
    exercise.editions.submitted().filter(number__lt=edition.number).update(submitted_at=None)
    _change(edition, is_live=True, published_at=timezone.now(), submitted_at=None)
    index.refresh("exercises")
    content_version.content_changed()


@transaction.atomic
def restore(edition: ExerciseEdition, author: AbstractBaseUser | None = None) -> ExerciseEdition:
    """Load `edition` back into the rows as the new draft, and return it; items that it does not have go."""
    exercise = lock(edition.exercise)
    objects = edition.objects_in_it
    for plain in objects:
        shared_rows.put(plain)
    kept = [plain["fields"]["slug"] for plain in objects[1:]]
    KINDS[exercise.slug].model._default_manager.exclude(slug__in=kept).delete()
    return save(exercise, author, _("Restored from edition %(number)s") % {"number": edition.number})


@transaction.atomic
def loaded(comment: str, to_readers: bool) -> None:
    """Save what was loaded from files; show it to readers unless an editor's draft was waiting. What was itself loaded
    as a draft, and never shown, is nobody's: loading it once more to readers shows it."""
    for exercise in Exercise.objects.order_by("slug"):
        before = newest(exercise)
        is_waiting = before and not before.is_live and (before.author_id or exercise.editions.live().exists())
        edition = save(exercise, comment=comment)
        if to_readers and not edition.is_live and not is_waiting and not faults(edition):
            publish(edition)


def _refuse_unless(edition: ExerciseEdition, state: str) -> None:
    if edition.state != state:
        words = {"edition": edition, "state": edition.state.label}
        raise PublishingRefused(_("Nothing was done: meanwhile %(edition)s is '%(state)s'.") % words)


def _change(edition: ExerciseEdition, **values: Any) -> None:
    for name, value in values.items():
        setattr(edition, name, value)
    edition.save(update_fields=list(values))


def changes(before: ExerciseEdition, after: ExerciseEdition) -> str:
    """Say in a sentence what `after` has of items that `before` has not, and the other way round."""
    old, new = (by_slug(edition.objects_in_it[1:]) for edition in (before, after))
    added, removed = len(new.keys() - old.keys()), len(old.keys() - new.keys())
    changed = sum(new[slug] != old[slug] for slug in new.keys() & old.keys())
    parts = []
    if before.objects_in_it[0] != after.objects_in_it[0]:
        parts.append(_("the exercise itself"))
    if changed:
        parts.append(ngettext("%(count)d item changed", "%(count)d items changed", changed) % {"count": changed})
    if added:
        parts.append(ngettext("%(count)d item added", "%(count)d items added", added) % {"count": added})
    if removed:
        parts.append(ngettext("%(count)d item removed", "%(count)d items removed", removed) % {"count": removed})
    return ", ".join(parts)


def by_slug(plains: list[Plain]) -> dict[str, Plain]:
    return {plain["fields"]["slug"]: plain for plain in plains}
