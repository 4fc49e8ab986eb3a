"""How much a plan holds, and how much it may hold: no more than fits into the file that goes out and comes back in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Func, IntegerField, Sum, Value
from django.utils.translation import gettext as _

from . import item_types
from .access import UnknownKey
from .models import Plan

# Bytes of the file: some 4,000 pages of text. An import reads it whole in memory, so it is no more than a small server
# can take from several people at once.
MOST_BYTES = 8_000_000

# What the layout of the file adds at most: to a field its indentation and comma, to an item its braces, id and time, to
# a kind its name and brackets, and to the file its own lines.
A_FIELD, AN_ITEM, A_KIND, A_FILE = 12, 120, 60, 700


@dataclass(frozen=True)
class Used:
    """What a plan has of one kind: how many items, and how many bytes of its file they take at most."""

    count: int
    size: int


NOTHING = Used(0, 0)


class Written(Func):
    """How many bytes the values take in JSON, as a list without spaces, with their quotes and escapes."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[str | int, ...]]:
        return self.as_sql(
            compiler, connection, template="LENGTH(CAST(JSON_ARRAY(%(expressions)s) AS BLOB))", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[str | int, ...]]:
        spaces = len(self.source_expressions) - 1
        template = f"OCTET_LENGTH(JSON_BUILD_ARRAY(%(expressions)s)::text) - {spaces}"
        return self.as_sql(compiler, connection, template=template, **context)


def used(plan: Plan) -> dict[str, Used]:
    """Return `{kind: Used}` for the kinds that `plan` has items of, in one query. The file is never larger."""
    kinds = [
        item_type.of_plan(plan)
        .order_by()
        .values("plan")
        .annotate(used_by=Value(item_type.slug), used_count=Count("pk"), used_size=Sum(Written(*item_type.fields)))
        .values_list("used_by", "used_count", "used_size")
        for item_type in item_types.all_types().values()
    ]
    rows = kinds[0].union(*kinds[1:], all=True)
    return {kind: Used(count, size + count * _frame(item_types.all_types()[kind])) for kind, count, size in rows}


def _frame(item_type: item_types.ItemType) -> int:
    """How many bytes of the file an item of that kind takes beside its values."""
    return AN_ITEM + sum(len(json.dumps(name)) + A_FIELD for name in item_type.fields)


def file_size(kinds: dict[str, Used]) -> int:
    """Return how many bytes the file of a plan has at most that holds so much of each kind."""
    return A_FILE + A_KIND * len(item_types.all_types()) + sum(kind.size for kind in kinds.values())


@contextmanager
def changing(plan: Plan) -> Iterator[None]:
    """Change `plan` inside, one change at a time.

    Raises ValidationError, and takes everything back, where the plan then holds more than it may: what is there
    can always be made less. Raises UnknownKey where the plan was deleted meanwhile.
    """
    with transaction.atomic():
        if Plan.objects.select_for_update().filter(pk=plan.pk).first() is None:
            raise UnknownKey
        before = used(plan)
        yield
        _check(before, used(plan))


def _check(before: dict[str, Used], after: dict[str, Used]) -> None:
    """Raise ValidationError for each limit that is passed, and was not passed as far before."""
    refusals = []
    for item_type in item_types.all_types().values():
        now, was = (kinds.get(item_type.slug, NOTHING).count for kinds in (after, before))
        if now > max(item_type.most, was):
            refusals.append(
                _("A plan holds at most %(most)d of these (%(name)s). Delete some that you no longer need.")
                % {"most": item_type.most, "name": item_type.name}
            )
    if file_size(after) > max(MOST_BYTES, file_size(before)):
        refusals.append(
            _("A plan holds at most %(most)d MB of text, as much as its file. Delete what you no longer need.")
            % {"most": MOST_BYTES // 1_000_000}
        )
    if refusals:
        raise ValidationError(refusals)
