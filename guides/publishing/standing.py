"""How the sections of a draft stand against what readers see."""

import json
from collections import defaultdict
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ..models import Edition
from ..registry import content_models
from .alignment import Plain, parent


def of_sections(draft: Edition, live: Edition | None) -> dict[str, str]:
    """Return in words, by slug, how each section of `draft` stands: new, changed, or as readers see it."""
    drafted = texts(draft.content["objects"])
    published = texts(live.content["objects"]) if live else {}
    states = {}
    for slug, text in drafted.items():
        if published.get(slug) == text:
            states[slug] = _("published")
        else:
            changed = (
                _("draft: readers see it as it was") if slug in published else _("draft: readers see nothing of it")
            )
            states[slug] = f"{changed}{_waiting(draft)}"
    return states


def _waiting(draft: Edition) -> str:
    """What the draft waits for, as the end of a sentence; empty where it waits for nothing."""
    if draft.state == Edition.State.SUBMITTED:
        return _("; submitted for review")
    if draft.state == Edition.State.SCHEDULED and draft.publish_at:
        when = date_format(localtime(draft.publish_at), "DATETIME_FORMAT")
        return (_("; overdue since %(when)s") if draft.is_overdue else _("; goes live at %(when)s")) % {"when": when}
    return ""


def texts(objects: Iterable[Plain]) -> dict[str, str]:
    """All that each section holds, its rows included, as one text by the section's slug."""
    of_section = {
        content.label for content in content_models.CONTENT_MODELS if "section" in content.guide_path.split("__")
    }
    rows: dict[str, list[Plain]] = defaultdict(list)
    for plain in objects:
        if plain["model"] == "guides.section":
            rows[plain["fields"]["slug"]].append(plain["fields"])
        elif plain["model"] in of_section:
            rows[parent(plain)[1]].append({"model": plain["model"]} | plain["fields"])
    return {slug: json.dumps(held, sort_keys=True) for slug, held in rows.items()}
