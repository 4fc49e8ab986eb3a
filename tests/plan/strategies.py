"""Plans as hypothesis makes them, from the registry: every kind of item and field, odd characters, up to each limit."""

import json
import re
from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from hypothesis import strategies as st

from guides.plan import validators
from guides.plan.item_types import all_types

# What one format or another escapes, widens, folds or takes for an end.
ODD = [*"\"\\'<&/é語😀\u0301\u2028\ufeff\u202e\uffff\xa0\t\n", "<script>", "</script>", "\\n", "END:VEVENT"]
characters = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(ODD)
slugs = st.text("abcdefghijkmnpqrstuvwxyz23456789", min_size=12, max_size=12)
times = st.datetimes(datetime(2020, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))
days = st.dates(date(1950, 1, 1), date(2199, 12, 31))
# What the toolkit keeps of a form (guides/toolkit/packing.py).
short = st.lists(characters, max_size=12).map("".join)
forms = st.lists(st.tuples(short, short), max_size=4)


def takes(field, value):
    """Whether the field's own validators take the value."""
    try:
        field.run_validators(value)
    except ValidationError:
        return False
    return len(value) <= field.max_length


def written(field):
    """Texts for the field: short ones, and the longest it takes."""
    is_line = any(getattr(each, "regex", None) == validators.plain_line[0].regex for each in field.validators)
    longest = st.sampled_from(ODD).map(lambda sign: sign * field.max_length)
    signs = (short | longest).map(lambda text: re.sub(r"[\t\n]", " ", text) if is_line else text)
    return signs.map(lambda text: text[: field.max_length]).filter(str.strip).filter(lambda text: takes(field, text))


def value(field):
    """Values that a field of an item takes."""
    if field.choices:
        return st.sampled_from([key for key, _label in field.choices])
    if isinstance(field, models.DateField):
        return days
    if isinstance(field, models.TimeField):
        return st.times().map(lambda time: time.replace(microsecond=0))
    if isinstance(field, models.IntegerField):
        most = [each.limit_value for each in field.validators if isinstance(each, MaxValueValidator)]
        return st.integers(0, min([*most, 32_767]))
    if field.name == "content":
        return forms.map(lambda pairs: json.dumps(pairs, ensure_ascii=False))
    for pattern in field.validators:
        if isinstance(pattern, RegexValidator) and not pattern.inverse_match:
            return st.from_regex(pattern.regex.pattern).filter(lambda text: takes(field, text))
    return written(field)


def optional(field):
    """Values of a field, and what it holds where nothing was filled in."""
    nothing = st.none() if field.null else st.just("") if field.blank else st.nothing()
    return nothing | value(field)


def mark(item):
    """What an item may share with no other of its kind in a plan."""
    return tuple(getattr(item, name) for name in item.item_type.once)


def item(item_type):
    """Items of that kind, in no plan yet."""
    fields = {name: optional(item_type.model._meta.get_field(name)) for name in item_type.fields}
    return st.builds(item_type.model, slug=slugs, added_at=times, **fields)


def several(item_type):
    """Items of that kind as one plan may hold them."""
    return st.lists(item(item_type), max_size=4, unique_by=(mark, lambda one: one.slug))


# A kind of item, and several of them.
kinds = st.sampled_from(list(all_types().values())).flatmap(
    lambda item_type: st.tuples(st.just(item_type), several(item_type))
)
