"""Sections at addresses that the site needs for pages of its own get another one, and readers are led on.

`/guides/<guide>/pay/` is a page of the site from here on, and `ask`, `openings` and `exercises` are kept for pages to come.
Drafts and editions, live or not, are moved alike, with what names the section: rows, figures in texts, links.
"""

import hashlib
import json
import zlib
from typing import Any

from django.db import migrations, models
from django.db.models import F

WORDS = ("ask", "exercises", "openings", "pay")


def other_address(word: str, taken: set[str]) -> str:
    """Return the address that a section called `word` gets: one that the guide has not."""
    numbers = ["", *(f"-{number}" for number in range(2, 1000))]
    return next(address for number in numbers if (address := f"about-{word}{number}") not in taken)


def renamed(value: Any, guide: str, old: str, new: str) -> Any:
    """Return `value`, a text or a name or a list of them, with the section's new address where it had the old one."""
    if isinstance(value, list):
        if value[:2] == [guide, old]:
            return [guide, new, *value[2:]]
        return [renamed(each, guide, old, new) for each in value]
    if isinstance(value, dict):
        return {name: renamed(each, guide, old, new) for name, each in value.items()}
    if isinstance(value, str):
        return value.replace(f"/guides/{guide}/{old}/", f"/guides/{guide}/{new}/").replace(
            f"{{figure:{old}/", f"{{figure:{new}/"
        )
    return value


def moved(frozen: dict[str, Any], guide: str, old: str, new: str) -> dict[str, Any]:
    """Return a frozen guide with its section `old` at `new`, and the old address leading there."""
    objects, last = [], 0
    for plain in frozen["objects"]:
        plain = renamed(plain, guide, old, new)
        fields = plain["fields"]
        if plain["model"] == "guides.section":
            last = len(objects) + 1
            if fields.get("slug") == old:
                fields["slug"] = new
        if plain["model"] == "guides.formeraddress" and fields.get("leads_to") == old:
            fields["leads_to"] = new
        objects.append(plain)
    if not any(plain["model"] == "guides.formeraddress" and plain["fields"]["slug"] == old for plain in objects):
        address = {"guide": [guide], "slug": old, "leads_to": new}
        objects.insert(last, {"model": "guides.formeraddress", "fields": address})
    return frozen | {"objects": objects}


def sections_in(frozen: dict[str, Any]) -> set[str]:
    return {plain["fields"]["slug"] for plain in frozen["objects"] if plain["model"] == "guides.section"}


def move(apps: Any, editor: Any) -> None:
    """Move every section of every guide that has one of WORDS for its address."""
    get = lambda name: apps.get_model("guides", name)  # noqa: E731
    is_any = False
    for guide in get("guide").objects.all():
        editions = [(row, json.loads(zlib.decompress(row.packed))) for row in get("edition").objects.filter(guide=guide)]
        own = set(get("section").objects.filter(guide=guide).values_list("slug", flat=True))
        for old in WORDS:
            taken = own.union(*(sections_in(frozen) for _row, frozen in editions))
            if old not in taken:
                continue
            is_any, new = True, other_address(old, taken)
            move_rows(apps, guide, old, new)
            editions = [(row, move_edition(row, frozen, guide.slug, old, new)) for row, frozen in editions]
            own = own - {old} | {new}
    if is_any:
        get("contentversion").objects.update(number=F("number") + 1)


def move_edition(row: Any, frozen: dict[str, Any], guide: str, old: str, new: str) -> dict[str, Any]:
    """Keep an edition with the section moved, where it has it; return what it holds."""
    if old not in sections_in(frozen):
        return frozen
    frozen = moved(frozen, guide, old, new)
    written = json.dumps(frozen, ensure_ascii=False, separators=(",", ":")).encode()
    row.packed, row.content_hash = zlib.compress(written, 6), hashlib.sha256(written).hexdigest()
    row.save(update_fields=["packed", "content_hash"])
    return frozen


def move_rows(apps: Any, guide: Any, old: str, new: str) -> None:
    """Move the section in the draft, and in what stands beside the guide: search, reports, texts."""
    get = lambda name: apps.get_model("guides", name)  # noqa: E731
    if get("section").objects.filter(guide=guide, slug=old).update(slug=new):
        get("formeraddress").objects.filter(guide=guide, leads_to=old).update(leads_to=new)
        get("formeraddress").objects.get_or_create(guide=guide, slug=old, defaults={"leads_to": new})
    # What search holds is made anew after the next migration.
    get("report").objects.filter(guide=guide.slug, section=old).update(section=new)
    for model in apps.get_app_config("guides").get_models():
        texts = [each.name for each in model._meta.concrete_fields if isinstance(each, (models.TextField, models.CharField))]
        way = {"section": "section__guide", "figure": "figure__section__guide"}
        keys = {each.name for each in model._meta.concrete_fields if each.is_relation}
        path = next((way[name] for name in way if name in keys), None)
        if model._meta.model_name == "section":
            path = "guide"
        if path is None or model._meta.model_name in ("passage", "report"):
            continue
        for row in model.objects.filter(**{path: guide}):
            changed = {name: renamed(getattr(row, name), guide.slug, old, new) for name in texts}
            if any(getattr(row, name) != text for name, text in changed.items()):
                model.objects.filter(pk=row.pk).update(**changed)


class Migration(migrations.Migration):

    dependencies = [
        ("guides", "0014_outside_links"),
    ]

    # Going back, a section stays where it was moved to: its address is as good as any.
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
