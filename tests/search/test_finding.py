"""Search finds the right section first, whatever the spelling, on both databases; and holds live text only."""

import itertools
import re

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from guides.models import Entry, Guide, Passage, Section, Synonym, Term, Word
from guides.publishing import editions
from guides.search import index
from guides.search.finding import find
from tests import factories

# Five for what was typed, four for a misspelt word, three for what is named, five tries, three to show what was found.
MOST_QUERIES = 20


def first(text):
    """The key and the section of the best answer."""
    results = find(text)
    if not results.found:
        return None
    entry, hits = results.found[0]
    return entry.key, hits[0].passage.section


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("intervew", "interview"),
        ("catalogeing", "cataloging"),
        ("cataloguing", "cataloging"),
        ("makerspce", "makerspace"),
        ("makers", "makerspace"),
        ("MAKERSPACES", "makerspace"),
        ("résumé", "resume"),
        ("MARC 21", "marc21"),
        ("lta’s", "LTA"),
    ],
)
def test_spelling_does_not_matter(lta, text, same):
    assert first(text) == first(same) is not None


def test_one_word_of_a_jobs_name_finds_that_job_too(lta):
    keys = {entry.key for entry, _hits in find("cataloging").found}
    assert "cataloging-library-technical-assistant" in keys


def test_synonyms_are_editable(guide):
    assert not find("tome stitcher").found
    Synonym.objects.create(slug="stitcher", words="tome stitcher\nbookbinder")
    assert first("Tome Stitchers") == ("bookbinder", "")


def test_job_titles_come_first(guide):
    other = factories.make_guide("other", title="Gluer", summary="Bookbinder, bookbinder, bookbinder.")
    assert other.listing
    assert first("bookbinder") == ("bookbinder", "")
    assert first("book finisher")[1] == ""


def test_hits_lead_to_the_section_open_at_its_place(client, guide):
    results = find("bookbinder why 1")
    hit = results.found[0][1][0]
    assert hit.address == "/guides/bookbinder/questions/#question-question-1"
    page = client.get(hit.address.split("#")[0]).content.decode()
    assert f'id="{hit.passage.anchor}"' in page


def test_every_anchor_is_on_its_page(client, lta):
    pages = {}
    for passage in Passage.objects.filter(entry__key=lta.slug).exclude(section=""):
        address = f"/guides/{lta.slug}/{passage.section}/"
        if address not in pages:
            pages[address] = client.get(address).content.decode()
        assert f'id="{passage.anchor}"' in pages[address]


def test_words_are_marked(guide):
    hit = find("sewing books").found[0][1][0]
    assert [part.text for part in hit.excerpt if part.marked] == ["Sews", "books"]


def test_the_index_follows_publishing_at_once(guide):
    section = Section.objects.get(slug="text")
    section.body = "Here one learns of marbling."
    section.save()
    assert not find("marbling").found, "the draft is not searched"
    edition = editions.save(guide)
    assert not find("marbling").found, "a saved edition is not searched"
    editions.publish(edition)
    assert first("marbling") == ("bookbinder", "text")
    guide.former_addresses.all().delete()
    section.delete()
    editions.publish(editions.save(guide))
    assert not find("marbling").found
    assert not Word.objects.filter(word="marbling").exists()


def test_an_unpublished_or_deleted_guide_is_not_found(guide):
    editions.unpublish(guide)
    assert not find("bookbinder").found
    assert not Word.objects.exists()
    editions.publish(editions.save(guide))
    assert find("bookbinder").found
    Guide.objects.all().delete()
    assert not find("bookbinder").found
    assert not Word.objects.exists()


def test_words_are_counted_by_guide(guide):
    factories.make_guide("printer")
    assert set(Word.objects.filter(word__in=["sews", "glues"]).values_list("entries", flat=True)) == {2}
    editions.unpublish(guide)
    assert set(Word.objects.filter(word__in=["sews", "glues"]).values_list("entries", flat=True)) == {1}


def test_a_command_rebuilds_the_index(guide, capsys):
    before = list(Passage.objects.values_list("title", "text_stems"))
    Entry.objects.all().delete()
    Word.objects.all().delete()
    call_command("rebuild_search")
    assert list(Passage.objects.values_list("title", "text_stems")) == before
    assert first("bookbinder") == ("bookbinder", "")
    call_command("rebuild_search", missing=True)
    assert "0 guides" in capsys.readouterr().out.splitlines()[-1]


@pytest.mark.parametrize("word", ["图书馆", "библиотекарь", "مكتبة"])
def test_whoever_asks_in_another_script_is_told_that_all_is_in_english(client, guide, word):
    assert "That does not look like English" in client.get("/search/", {"q": word}).content.decode()


def test_nothing_found_offers_near_titles(client, guide):
    factories.make_guide("printer", title="Zincographer")
    page = client.get("/search/", {"q": "zzincogrrrfer"}).content.decode()
    assert "Nothing here answers" in page
    assert "/guides/printer/" in page


def test_the_number_of_queries_does_not_grow(guide, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        find("bookbinder pay skil intro")
    for number in range(5):
        factories.make_guide(f"binder-{number}", title="Binder")
    with django_assert_max_num_queries(MOST_QUERIES):
        find("bookbinder pay skil intro")


def test_a_long_question_full_of_synonyms_is_answered(lta, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        results = find("pay interview ILS degree time cost education become duties schedule visa promotion")
    assert results.found


def test_what_apps_declare_is_found_and_follows_its_source(guide):
    term = Term.objects.create(slug="endband", name="Endband", definition="Thread sewn to the top of a spine.")
    assert index.is_stale()
    assert index.refresh_all() >= 1
    assert not index.is_stale()
    hit = find("endband").found[0][1][0]
    assert (hit.address, str(hit.kind)) == ("/glossary/#endband", "glossary")
    entry = Entry.objects.get(key="endband")
    assert index.refresh("glossary") == 0, "nothing has changed"
    assert Entry.objects.get(key="endband").pk == entry.pk
    term.name = "Headband"
    term.save()
    index.refresh("glossary")
    assert first("headband") == ("endband", "")
    assert not Word.objects.filter(word="endband").exists()
    term.delete()
    index.refresh("glossary")
    assert not Entry.objects.filter(source="glossary").exists()
    assert not Word.objects.filter(word="headband").exists()


def make_terms(count):
    """Make more terms than one transaction writes."""
    Term.objects.bulk_create(
        Term(slug=f"endband-{number}", name=f"Endband {number}", definition="Sewn.") for number in range(count)
    )


def test_a_source_is_written_in_short_transactions(guide):
    count = index.CHUNK * 2 + 3
    make_terms(count)
    with CaptureQueriesContext(connection) as captured:
        index.refresh("glossary")
    steps = [query["sql"] for query in captured if re.search("INSERT INTO guides_name|^RELEASE", query["sql"])]
    written = [re.match(r"(\d+) times: |", sql)[1] for sql in steps]
    sizes = [int(number) for number in written if number]
    assert sum(sizes) == count
    assert max(sizes) <= index.CHUNK
    assert all(after is None for before, after in itertools.pairwise(written) if before)


def test_what_another_process_writes_meanwhile_is_found_again(guide):
    make_terms(index.CHUNK + 1)
    index.refresh("glossary")
    Term.objects.update(definition="Glued.")
    entries, seen = Entry.objects.filter(source="glossary"), []

    def write_first(execute, sql, params, many, context):
        """Before the first entries are written, another process writes one of the last."""
        if "guides_name" in sql and not seen:
            seen.append(sql)
            entries.filter(pk=entries.order_by("pk").last().pk).update(fingerprint="another")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(write_first):
        index.refresh("glossary")
    assert seen
    assert index.is_stale()
    assert index.refresh_all() == 1
    assert not index.is_stale()
    assert not Passage.objects.filter(entry__source="glossary", text__contains="Sewn.").exists()
    assert Word.objects.get(word="glued").entries == index.CHUNK + 1


@pytest.mark.parametrize("text", ["bookbinder", "glue", "bokbinder", "what does a bookbinder do", "bookbinders pay"])
def test_a_guide_that_is_published_between_two_questions_breaks_no_search(guide, text):
    """Its rows in the index get other keys with each publishing: after any question those that were found are gone."""
    for last in itertools.count(1):
        asked = itertools.count(1)

        def publish_after(execute, sql, *arguments, asked=asked, last=last):
            rows = execute(sql, *arguments)
            if next(asked) == last:
                with transaction.atomic():
                    editions.publish(editions.save(guide))
            return rows

        with connection.execute_wrapper(publish_after):
            find(text)
        if next(asked) <= last:
            break
    assert last > 2
    assert first("bookbinder") == ("bookbinder", "")
