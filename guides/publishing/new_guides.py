"""A new guide's draft: with the sections that every guide has, empty, or as a copy of another guide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .. import freezing
from ..models import Edition, Guide, Section, Upkeep
from ..registry import addresses
from . import editions, fixtures, standing
from .alignment import Plain


@dataclass(frozen=True)
class Planned:
    """A section that every guide has: its kind, address and heading, and its parts."""

    kind: str
    slug: str
    heading: str
    parts: "tuple[Planned, ...]" = ()


def outline() -> tuple[Planned, ...]:
    """The sections of a new guide, in reading order."""
    return (
        Planned(
            "text",
            "role",
            _("The role"),
            (
                Planned("duties", "responsibilities", _("Responsibilities")),
                Planned("titles", "other-names", _("Other names of this job")),
            ),
        ),
        Planned(
            "text",
            "skills",
            _("Skills and qualifications"),
            (
                Planned("skills", "technical-skills", _("Technical skills")),
                Planned("skills", "soft-skills", _("Soft skills")),
            ),
        ),
        Planned("steps", "how-to-become", _("How to get there")),
        Planned("routes", "education-training", _("Education and training")),
        Planned("points", "where-to-apply", _("Where to apply")),
        Planned(
            "figures",
            "pay-outlook",
            _("Pay and outlook"),
            (Planned("figures", "job-outlook", _("Job outlook and employers")),),
        ),
        Planned("levels", "career-path", _("Career path")),
        Planned(
            "pros_and_cons",
            "pros-and-cons",
            _("Pros and cons"),
            (Planned("pros", "pros", _("Pros")), Planned("cons", "cons", _("Cons"))),
        ),
        Planned("questions", "questions", _("Questions people ask")),
        Planned("related", "related-careers", _("Related careers")),
    )


def planned_by(headings: Sequence[str]) -> tuple[Planned, ...]:
    """Return the sections with these headings: those of the outline with their kind and parts, any other as a text."""
    known = {planned.heading: planned for planned in outline()}
    result, taken = [], addresses.reserved_slugs()
    for heading in headings:
        planned = known.get(heading) or Planned("text", slugify(heading)[:50] or "section", heading)
        slug, number = planned.slug, 1
        while slug in taken:
            number += 1
            slug = f"{planned.slug}-{number}"
        taken.add(slug)
        taken.update(part.slug for part in planned.parts)
        result.append(Planned(planned.kind, slug, heading, planned.parts))
    return tuple(result)


def add_sections(guide: Guide, planned: Sequence[Planned] | None = None) -> Iterator[Section]:
    """Add the sections of the outline, or those `planned`, each with its parts, and yield them."""
    for position, each in enumerate(outline() if planned is None else planned, 1):
        section = _section(guide, each, position)
        yield section
        for place, part in enumerate(each.parts, 1):
            yield _section(guide, part, place, section)


def _section(guide: Guide, planned: Planned, position: int, parent: Section | None = None) -> Section:
    return Section.objects.create(
        guide=guide,
        parent=parent,
        kind=planned.kind,
        slug=planned.slug,
        heading=planned.heading,
        position=position,
    )


@transaction.atomic
def begin(guide: Guide, headings: Sequence[str], author: AbstractBaseUser | None = None) -> Edition:
    """Store a new guide with empty sections of these headings, and return its first edition."""
    guide.reviewed_on = timezone.localdate()
    guide.save(force_insert=True)
    for _added in add_sections(guide, planned_by(headings)):
        pass
    return editions.save(guide, author, _("Begun with empty sections"))


@transaction.atomic
def copy(model: Guide, guide: Guide, author: AbstractBaseUser | None = None) -> Edition:
    """Store the new `guide` with all that the draft of `model` holds, and return its first edition.

    Links to the model's own pages lead to those of the copy, and it says of its review what the model did. A figure of
    another occupation is of no use: where the two have different codes, official figures come along without their
    observations.
    """
    frozen = freezing.freeze(model, derived=False)
    is_same_job = guide.occupation_code == model.occupation_code
    own = {field: getattr(guide, field) for field in ("slug", "title", "field_of_work", "occupation_code")}
    official = {_key(plain) for plain in frozen["objects"] if plain["model"] == "guides.figure" and _is_official(plain)}
    objects = []
    for plain in frozen["objects"]:
        if plain["model"] == "guides.guide":
            fields = {
                name: value for name, value in plain["fields"].items() if name not in ("replaced_by", "short_title")
            }
            objects.append({"model": plain["model"], "fields": fields | own})
        elif plain["model"] == "guides.formeraddress":
            continue
        elif is_same_job or plain["model"] != "guides.observation" or tuple(plain["fields"]["figure"]) not in official:
            objects.append(_moved(plain, model.slug, guide.slug, "" if is_same_job else guide.occupation_code))
    copied = fixtures.replace(guide.slug, frozen | {"objects": objects})
    slugs = copied.sections.values_list("slug", flat=True)
    Upkeep.objects.bulk_create(
        [Upkeep(guide=copied, section=slug, copied_from=model.title[:200]) for slug in ["", *slugs]]
    )
    return editions.save(copied, author, (_("Begun as a copy of %(guide)s") % {"guide": model})[:300])


def unread(draft: Edition) -> dict[str, str]:
    """The sections of a draft, by slug, that are still word for word as in the guide that it began as a copy of, with
    that guide's title; under "" the whole guide, while it has the day on which that one was reviewed.
    """
    upkeep = Upkeep.objects.filter(guide=draft.guide, reviewed_on=None).exclude(copied_from="")
    copied = dict(upkeep.values_list("section", "copied_from"))
    first = draft.guide.editions.order_by("number").first() if copied else None
    if first is None:
        return {}
    was, now = (_with_review_day(edition.content) for edition in (first, draft))
    return {slug: title for slug, title in copied.items() if slug in now and now[slug] == was.get(slug)}


def _with_review_day(content: Plain) -> dict[str, str]:
    day = next(plain["fields"]["reviewed_on"] for plain in content["objects"] if plain["model"] == "guides.guide")
    return standing.texts(content["objects"]) | {"": str(day)}


def _key(plain: Plain) -> tuple[str, ...]:
    return (*plain["fields"]["section"], plain["fields"]["slug"])


def _is_official(plain: Plain) -> bool:
    return bool(plain["fields"].get("occupation_codes"))


def _moved(plain: Plain, old: str, new: str, code: str) -> Plain:
    """A row of the guide `old` as one of the guide `new`; official figures count `code` where one is given."""
    before, after = (reverse("guides:guide", args=[slug]) for slug in (old, new))
    fields: dict[str, Any] = {}
    for name, value in plain["fields"].items():
        if isinstance(value, list) and value[:1] == [old]:
            fields[name] = [new, *value[1:]]
        elif isinstance(value, str) and name != "other":
            fields[name] = value.replace(before, after)
        else:
            fields[name] = value
    if code and plain["model"] == "guides.figure" and _is_official(plain):
        fields["occupation_codes"] = code
    return {"model": plain["model"], "fields": fields}
