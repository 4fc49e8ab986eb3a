"""What was read of an edition, into the database: block by block, each of which keeps the edition it is of."""

import json
from typing import Any

from ...faults import ImportFault
from ...models import Dataset, Occupation, OccupationBlock, OccupationProfile, OccupationTitle
from ...packing import pack, unpack
from ...profiles import edition_order
from ...progress import Progress
from ...storing import Summary, in_batches, refuse_cut_off
from .reading import Database
from .tables import ALTERNATE, OCCUPATIONS, REPORTED, TABLES

NAMES = {table.block: table.name for table in TABLES}
TITLE_FIELDS = ["short", "is_alternate", "is_reported", "is_shown"]


def store(dataset: Dataset, database: Database, progress: Progress) -> list[Summary]:
    """Store the blocks that were read in place of those that were there, and return what that did."""
    # Two imports of different editions never mix either.
    list(Dataset.objects.select_for_update().filter(form=dataset.form))
    before = {block.name: block for block in OccupationBlock.objects.select_related("dataset")}
    taken = _taken(database, before)
    database.files = {file: sha256 for name in taken for file, sha256 in database.read_from[name].items()}
    for name in taken:
        if name in before and before[name].dataset_id == dataset.pk:
            gone = before[name].rows - database.counts[name]
            refuse_cut_off(database.file_name, gone, before[name].rows, f"rows of {NAMES[name]}")
    summaries = []
    if OCCUPATIONS in taken:
        summaries.append(store_occupations(dataset, database.occupations, progress))
    if {ALTERNATE, REPORTED} & set(taken):
        summaries.append(store_titles(database, taken, progress))
    summaries.append(
        store_profiles({name: database.blocks[name] for name in taken if name in database.blocks}, progress)
    )
    summaries.append(_store_references(dataset, database, taken, before))
    Dataset.objects.filter(form=dataset.form, blocks=None).delete()
    return summaries


def _taken(database: Database, before: dict[str, OccupationBlock]) -> list[str]:
    """Return the blocks to store: all that were read, or those that are not there in a newer edition."""
    newer = {
        name: before[name].dataset.edition
        for name in database.counts
        if name in before and edition_order(before[name].dataset.edition) > edition_order(database.edition)
    }
    if newer and database.keep_newer:
        kept = ", ".join(f"{NAMES[name]} ({edition})" for name, edition in newer.items())
        database.note(f"Left as they are, being newer: {kept}.")
    elif newer and not database.older:
        there = ", ".join(f"{NAMES[name]} of {edition}" for name, edition in newer.items())
        raise ImportFault(
            f"{database.file_name}: is of {database.edition}, older than what is here ({there}): add --keep-newer to "
            "import only what is not, or --older to replace it."
        )
    return [name for name in database.counts if not (database.keep_newer and name in newer)]


def store_occupations(dataset: Dataset, wanted: dict[str, tuple[str, str]], progress: Progress) -> Summary:
    """Store occupations, (title, description) by code. With an occupation go its titles and its profile."""
    known = {row.code: row for row in Occupation.objects.all()}
    summary, new, changed = Summary("occupations"), [], []
    for code, (title, description) in wanted.items():
        before = known.get(code)
        if before is None:
            new.append(Occupation(dataset=dataset, code=code, title=title, description=description))
        elif (before.title, before.description, before.dataset_id) != (title, description, dataset.pk):
            if before.title != title:
                summary.lines.append(f"{code}: {before.title} -> {title}")
            before.title, before.description, before.dataset = title, description, dataset
            changed.append(before)
        else:
            summary.unchanged += 1
    gone = [row.pk for code, row in known.items() if code not in wanted]
    summary.lines += [f"{row}: removed, with its titles and its profile" for row in known.values() if row.pk in gone]
    summary.added, summary.changed, summary.removed = len(new), len(changed), len(gone)
    Occupation.objects.filter(pk__in=gone).delete()
    in_batches(new, Occupation.objects.bulk_create, progress)
    fields = ["dataset", "title", "description"]
    in_batches(changed, lambda rows: Occupation.objects.bulk_update(rows, fields), progress)
    return summary


def store_titles(database: Database, taken: list[str], progress: Progress) -> Summary:
    """Store titles. What only the other of the two tables says of a title stays."""
    keys = dict(Occupation.objects.values_list("code", "pk"))
    known = {(row.occupation_id, row.title): row for row in OccupationTitle.objects.all()}
    wanted: dict[tuple[int, str], OccupationTitle] = {}
    for key, row in known.items():
        kept = OccupationTitle(pk=row.pk, occupation_id=key[0], title=key[1], is_alternate=False)
        if ALTERNATE not in taken:
            kept.is_alternate, kept.short = row.is_alternate, row.short
        if REPORTED not in taken:
            kept.is_reported, kept.is_shown = row.is_reported, row.is_shown
        wanted[key] = kept
    for block in (ALTERNATE, REPORTED):
        for (code, title), said in database.titles.get(block, {}).items() if block in taken else ():
            if (key := (keys.get(code, 0), title))[0]:
                row = wanted.setdefault(key, OccupationTitle(occupation_id=key[0], title=title, is_alternate=False))
                if block == ALTERNATE:
                    row.is_alternate, row.short = True, str(said)
                else:
                    row.is_reported, row.is_shown = True, bool(said)
    gone = [row.pk for row in wanted.values() if row.pk and not (row.is_alternate or row.is_reported)]
    new = [row for row in wanted.values() if not row.pk]
    staying = [(row, known[key]) for key, row in wanted.items() if row.pk and (row.is_alternate or row.is_reported)]
    changed = [row for row, before in staying if _differs(row, before)]
    in_batches(gone, lambda pks: OccupationTitle.objects.filter(pk__in=pks).delete(), progress)
    in_batches(new, OccupationTitle.objects.bulk_create, progress)
    in_batches(changed, lambda rows: OccupationTitle.objects.bulk_update(rows, TITLE_FIELDS), progress)
    unchanged = len(known) - len(gone) - len(changed)
    return Summary("titles", added=len(new), changed=len(changed), unchanged=unchanged, removed=len(gone))


def _differs(row: OccupationTitle, other: OccupationTitle) -> bool:
    return any(getattr(row, name) != getattr(other, name) for name in TITLE_FIELDS)


def store_profiles(blocks: dict[str, dict[str, str]], progress: Progress) -> Summary:
    """Store blocks, JSON by name and code, in the profiles of the occupations at hand, one profile after another."""
    summary, new, changed, zones = Summary("profiles"), [], [], []
    packed = dict(OccupationProfile.objects.values_list("pk", "packed"))
    for occupation in Occupation.objects.order_by("code"):
        before = packed.pop(occupation.pk, None)
        content = unpack(before) if before is not None else {}
        wanted = _merged(content, blocks, occupation.code)
        if before is None:
            new.append(OccupationProfile(occupation=occupation, packed=pack(wanted)))
        elif wanted != content:
            changed.append(OccupationProfile(occupation=occupation, packed=pack(wanted)))
        zone = wanted["job_zone"]["rows"][0][1] if "job_zone" in wanted else None
        if "job_zone" in blocks and zone != occupation.job_zone:
            occupation.job_zone = zone
            zones.append(occupation)
        progress.advance()
    in_batches(new, OccupationProfile.objects.bulk_create, progress)
    in_batches(changed, lambda rows: OccupationProfile.objects.bulk_update(rows, ["packed"]), progress)
    in_batches(zones, lambda rows: Occupation.objects.bulk_update(rows, ["job_zone"]), progress)
    summary.added, summary.changed = len(new), len(changed)
    summary.unchanged = Occupation.objects.count() - len(new) - len(changed)
    return summary


def _merged(content: dict[str, Any], blocks: dict[str, dict[str, str]], code: str) -> dict[str, Any]:
    """Return a profile with the blocks that were read in place of its own."""
    kept = {name: block for name, block in content.items() if name not in blocks}
    return kept | {name: json.loads(read[code]) for name, read in blocks.items() if code in read}


def _store_references(
    dataset: Dataset, database: Database, taken: list[str], before: dict[str, OccupationBlock]
) -> Summary:
    """Note which edition each block is of, and keep the tables that explain others."""
    summary = Summary("blocks")
    for name in taken:
        packed = pack({"rows": database.references[name]}) if name in database.references else b""
        block = OccupationBlock(name=name, dataset=dataset, rows=database.counts[name], packed=packed)
        if name not in before:
            summary.added += 1
        elif _said(block) == _said(before[name]):
            summary.unchanged += 1
            continue
        else:
            block.pk = before[name].pk
            summary.changed += 1
        block.save()
    return summary


def _said(block: OccupationBlock) -> tuple[Any, ...]:
    return block.dataset_id, block.rows, unpack(block.packed) if block.packed else None
