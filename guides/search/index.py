"""Keeping what is searched in step with what is live.

Guides are written by whoever publishes them, inside that transaction. What apps declare (registry/search_sources.py) is
written by `refresh`, which asks a source for its entries where its version has changed, and writes those that are new.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field

from django.db import connection, transaction
from django.db.models import Model

from guides.reading.reader import Reading

from ..models import Entry, Guide, IndexedSource, Name, Passage, Word
from ..registry.search_sources import SEARCH_SOURCES, SearchEntry, SearchSource
from . import passages
from .words import stem, words

# Entries in one transaction: those of occupations take half a second, and requests wait for three.
CHUNK = 40
# Raised where the index holds something else of the same entries.
FORM = 3
# All that the index consists of, what hangs from something else first.
MODELS: "tuple[type[Model], ...]" = (Passage, Name, Entry, Word, IndexedSource)
Made = tuple[Entry, list[Name], list[Passage]]


@dataclass
class WordChanges:
    """In how many entries, and in how many names, each word stands more, or less."""

    entries: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)

    def add(self, names: Iterable[Name], places: Iterable[Passage], by: int = 1) -> None:
        """Count the words of an entry that has come, or with `by` -1 gone."""
        in_names = [name.words or frozenset(words(name.text)) for name in names]
        in_places = frozenset[str]().union(*(place.words or words(f"{place.title} {place.text}") for place in places))
        for each in in_names:
            self.names.update(dict.fromkeys(each, by))
        self.entries.update(dict.fromkeys(in_places.union(*in_names), by))

    def update(self, other: "WordChanges") -> None:
        self.entries.update(other.entries)
        self.names.update(other.names)


@transaction.atomic
def remove(guide: Guide) -> None:
    """Take everything of `guide` out of search."""
    changes = WordChanges()
    _delete(Entry.objects.filter(source=Entry.GUIDES, key=guide.slug), changes)
    count_words(changes)


def tables() -> list[str]:
    """The names of the index's tables: a restore writes guides into them anew, and the clock what apps declare."""
    return [model._meta.db_table for model in MODELS]


@transaction.atomic
def clear() -> None:
    """Empty the index."""
    for model in MODELS:
        model._base_manager.all().delete()


def write_guide(reading: Reading) -> WordChanges:
    """Make the passages of a Reading the ones that search finds; leave its words to `count_words`: it takes the result.

    Who writes many guides adds the changes up first: in one transaction PostgreSQL keeps every version of a row.
    """
    changes = WordChanges()
    _delete(Entry.objects.filter(source=Entry.GUIDES, key=reading.published.guide.slug), changes)
    _write([passages.guide_entry(reading)], changes)
    return changes


def is_stale() -> bool:
    """Whether a source has another version than the index."""
    return bool(_stale())


def refresh_all() -> int:
    """Bring every source up to date whose version has changed; return how many entries were written."""
    count = sum(map(refresh, _stale()))
    gone = Entry.objects.exclude(source__in=[Entry.GUIDES, *SEARCH_SOURCES])
    if gone.exists():
        with transaction.atomic():
            changes = WordChanges()
            _delete(gone, changes)
            count_words(changes)
            IndexedSource.objects.exclude(slug__in=SEARCH_SOURCES).delete()
    return count


def refresh(slug: str) -> int:
    """Make what the source of that name gives what search finds; return how many entries were written.

    Call it where its entries change and readers should find them at once; else the clock does within a minute.

    A few entries are made and written at a time: on SQLite whoever writes waits for a transaction, and a thousand
    occupations in one of ten seconds refused every form meanwhile. What is interrupted goes on from there.
    """
    source = SEARCH_SOURCES[slug]
    given = {entry.key: entry for entry in source.entries()}
    version = _version(source, given.values())
    prints = {key: _fingerprint(entry) for key, entry in given.items()}
    IndexedSource.objects.get_or_create(slug=slug)
    before = dict(Entry.objects.filter(source=slug).values_list("key", "fingerprint"))
    changed = [key for key, fingerprint in prints.items() if before.get(key) != fingerprint]
    is_whole = True
    for keys in _chunks([*(key for key in before if key not in prints), *changed]):
        made = [passages.declared_entry(slug, given[key]) for key in keys if key in given]
        for entry, _names, _places in made:
            entry.fingerprint = prints[entry.key]
        is_whole &= _replace(slug, {key: before.get(key, "") for key in keys}, made)
    if is_whole:
        IndexedSource.objects.filter(slug=slug).update(version=version)
    return len(changed)


@transaction.atomic
def _replace(slug: str, before: Mapping[str, str], made: Sequence[Made]) -> bool:
    """Write a source's entries in place of those with the keys of `before`, and count their words.

    `before` has the fingerprints that they were found with. Return False, having written nothing, where another
    process has written something else since: the source stays stale then, and is brought up to date again.
    """
    # One at a time.
    IndexedSource.objects.select_for_update().get(slug=slug)
    there = dict(Entry.objects.filter(source=slug, key__in=before).values_list("key", "fingerprint"))
    wanted = {entry.key: entry.fingerprint for entry, _names, _places in made}
    if any(there.get(key, "") not in {before[key], wanted.get(key, "")} for key in before):
        return False
    stale = [key for key in before if there.get(key) != wanted.get(key)]
    changes = WordChanges()
    _delete(Entry.objects.filter(source=slug, key__in=stale), changes)
    _write([each for each in made if each[0].key in stale], changes)
    count_words(changes)
    return True


def _stale() -> list[str]:
    known = dict(IndexedSource.objects.values_list("slug", "version"))
    return [slug for slug, source in SEARCH_SOURCES.items() if known.get(slug) != _version(source)]


def _version(source: SearchSource, entries: Iterable[SearchEntry] | None = None) -> str:
    if source.version:
        return f"{FORM} {source.version()}"
    prints = sorted(map(_fingerprint, source.entries() if entries is None else entries))
    return f"{FORM} {hashlib.sha256(''.join(prints).encode()).hexdigest()}"


def _fingerprint(entry: SearchEntry) -> str:
    return hashlib.sha256(repr((FORM, astuple(entry))).encode()).hexdigest()


def _write(made: Sequence[Made], changes: WordChanges) -> None:
    """Write new entries with their names and passages, and count their words in `changes`."""
    Entry.objects.bulk_create([entry for entry, _names, _places in made])
    for entry, names, places in made:
        for name in names:
            name.entry_id = entry.pk
        for place in places:
            place.entry_id = entry.pk
        changes.add(names, places)
    # There are many: so this takes a third of the time that bulk_create does.
    rows: list[list[int | str | bool]] = [
        [name.entry_id, name.text, name.stems, name.is_title, name.length]
        for _entry, names, _ps in made
        for name in names
    ]
    insert = "INSERT INTO guides_name (entry_id, text, stems, is_title, length) VALUES (%s, %s, %s, %s, %s)"
    with connection.cursor() as cursor:
        cursor.executemany(insert, rows)
    Passage.objects.bulk_create([place for _entry, _names, places in made for place in places])


def _delete(entries: "Iterable[Entry]", changes: WordChanges) -> None:
    """Delete entries with all that is theirs, and count their words in `changes`."""
    keys = [entry.pk for entry in entries]
    names: dict[int, list[Name]] = {key: [] for key in keys}
    places: dict[int, list[Passage]] = {key: [] for key in keys}
    for name in Name.objects.filter(entry__in=keys):
        names[name.entry_id].append(name)
    for place in Passage.objects.filter(entry__in=keys).only("entry_id", "title", "text"):
        places[place.entry_id].append(place)
    for key in keys:
        changes.add(names[key], places[key], by=-1)
    Entry.objects.filter(pk__in=keys).delete()


@transaction.atomic
def count_words(changes: WordChanges) -> None:
    """Count each word in so many entries and names more, or less, as `changes` says."""
    entries, names = changes.entries, changes.names
    moved = sorted(word for word in {*entries, *names} if entries[word] or names[word])
    if not moved:
        return
    # In one order, so that two who publish at once never wait for each other.
    sql = (
        "INSERT INTO guides_word (word, stem, entries, names) VALUES (%s, %s, %s, %s) ON CONFLICT (word) DO UPDATE "
        "SET entries = guides_word.entries + excluded.entries, names = guides_word.names + excluded.names"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [[word, stem(word), entries[word], names[word]] for word in moved])
    Word.objects.filter(entries__lte=0).delete()


def _chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
