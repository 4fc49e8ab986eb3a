"""Keeping what is searched in step with what is live. Call these inside the transaction that publishes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from django.db import transaction
from django.db.models import F

from guides.reading.reader import Reading

from ..models import Guide, Passage, Word
from .passages import passages_of
from .words import stem, words

CHUNK = 400


@transaction.atomic
def remove(guide: Guide) -> None:
    """Take everything of `guide` out of search."""
    before = _words_in(guide.passages.all())
    guide.passages.all().delete()
    count_words(_changes(before, set()))


@transaction.atomic
def clear() -> None:
    """Empty the index."""
    Passage.objects.all().delete()
    Word.objects.all().delete()


def write_passages(reading: Reading) -> Counter[str]:
    """Make the passages of a Reading the ones that search finds; leave its words to `count_words`: it takes the result.

    Who writes many guides adds the changes up first: in one transaction PostgreSQL keeps every version of a row.
    """
    guide = reading.published.guide
    before = _words_in(guide.passages.all())
    passages = passages_of(reading)
    guide.passages.all().delete()
    Passage.objects.bulk_create(passages)
    return _changes(before, _words_in(passages))


@transaction.atomic
def count_words(changes: Counter[str]) -> None:
    """Count each word in so many guides more, or less, as the Counter `changes` says."""
    fresh = [Word(word=word, stem=stem(word)) for word in sorted(changes) if changes[word] > 0]
    Word.objects.bulk_create(fresh, batch_size=CHUNK, ignore_conflicts=True)
    # Locked in one order, so that two who publish at once never wait for each other.
    for chunk in _chunks(sorted(changes)):
        list(Word.objects.select_for_update().filter(word__in=chunk).order_by("word").values_list("pk"))
    for by in sorted(set(changes.values()) - {0}):
        for chunk in _chunks([word for word in sorted(changes) if changes[word] == by]):
            Word.objects.filter(word__in=chunk).update(guides=F("guides") + by)
    Word.objects.filter(guides=0).delete()


def _words_in(passages: Iterable[Passage]) -> set[str]:
    """The words that readers see in `passages`."""
    return {word for passage in passages for text in (passage.title, passage.text) for word in words(text)}


def _changes(before: Set[str], after: Set[str]) -> Counter[str]:
    """In how many guides more each word stands, where one guide's words were `before` and are now `after`."""
    return Counter(dict.fromkeys(after - before, 1) | dict.fromkeys(before - after, -1))


def _chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
