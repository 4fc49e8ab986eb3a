"""Keeping what is searched in step with what is live. Call these inside the transaction that publishes."""

from django.db import transaction
from django.db.models import F

from ..models import Passage, Word
from .passages import passages_of
from .words import stem, words

CHUNK = 400


@transaction.atomic
def write(found):
    """Make the passages of a Reading the ones that search finds for its guide."""
    guide = found.edition.guide
    before = _words_in(guide.passages.all())
    passages = passages_of(found)
    guide.passages.all().delete()
    Passage.objects.bulk_create(passages)
    _count_words(before, _words_in(passages))


@transaction.atomic
def remove(guide):
    """Take everything of `guide` out of search."""
    before = _words_in(guide.passages.all())
    guide.passages.all().delete()
    _count_words(before, set())


@transaction.atomic
def clear():
    """Empty the index."""
    Passage.objects.all().delete()
    Word.objects.all().delete()


def _words_in(passages):
    """The words that readers see in `passages`."""
    return {word for passage in passages for text in (passage.title, passage.text) for word in words(text)}


def _count_words(before, after):
    """Count one guide more for each word that is new to it and one less for each that has gone."""
    added, gone = sorted(after - before), sorted(before - after)
    fresh = [Word(word=word, stem=stem(word)) for word in added]
    Word.objects.bulk_create(fresh, batch_size=CHUNK, ignore_conflicts=True)
    # Locked in one order, so that two who publish at once never wait for each other.
    for chunk in _chunks(sorted([*added, *gone])):
        list(Word.objects.select_for_update().filter(word__in=chunk).order_by("word").values_list("pk"))
    for changed, by in [(added, 1), (gone, -1)]:
        for chunk in _chunks(changed):
            Word.objects.filter(word__in=chunk).update(guides=F("guides") + by)
    Word.objects.filter(guides=0).delete()


def _chunks(items):
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
