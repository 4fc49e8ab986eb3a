"""From draft to readers through the admin: review, publishing, history, and the front page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from guides.models import Edition, Figure, Guide, Source
from guides.publishing import editions, restoring
from tests import factories

from .. import desk


@pytest.fixture
def editor(guide):
    return desk.editor()


@pytest.fixture
def publisher(guide):
    return desk.publisher()


def change(guide, body="Other words."):
    section = guide.sections.get(kind="text")
    section.body = body
    section.save()
    return editions.save(guide)


def address(edition):
    return reverse("admin:guides_edition_change", args=[edition.pk])


def step(client, edition, name, **data):
    """Open the edition's page and press a button; return the answer, redirects followed."""
    live = client.get(address(edition)).context["live_key"]
    return client.post(address(edition), {"step": name, "live": live} | data, follow=True)


def steps(client, edition):
    return [key for key, _step, _form in client.get(address(edition)).context["steps"]]


def state(edition):
    return Edition.objects.get(pk=edition.pk).state


def said(answer):
    return [str(message) for message in answer.context["messages"]]


class TestSteps:
    """Who may do what, and when."""

    def test_an_editor_submits_and_a_publisher_publishes(self, guide, editor, publisher, client):
        edition = change(guide)
        assert steps(editor, edition) == ["submit"]
        step(editor, edition, "submit")
        assert state(edition) == "submitted"
        assert steps(editor, edition) == ["take_back"]
        answer = step(publisher, edition, "publish")
        assert said(answer) == ["Readers see this edition from now on."]
        assert "Other words." in client.get("/guides/bookbinder/print/").content.decode()
        edition.refresh_from_db()
        assert edition.published_by == publisher.user

    @pytest.mark.parametrize("name", ["publish", "schedule", "unschedule", "send_back", "unpublish"])
    def test_an_editor_does_not_publish(self, guide, editor, name):
        edition = change(guide)
        data = {"step": name, "live": "1", "send_back-note": "x", "schedule-moment": "2999-01-01T00:00"}
        assert editor.post(address(edition), data).status_code == 403
        assert state(edition) == "saved"

    @pytest.mark.parametrize("name", ["", "nonsense", None])
    def test_an_unknown_step_is_refused(self, guide, publisher, name):
        data = {} if name is None else {"step": name}
        assert publisher.post(address(change(guide)), data).status_code == 403

    def test_a_publisher_sends_back_with_a_note(self, guide, editor, publisher):
        edition = change(guide)
        step(editor, edition, "submit")
        missing = step(publisher, edition, "send_back", **{"send_back-note": ""})
        assert missing.status_code == 422
        step(publisher, edition, "send_back", **{"send_back-note": "Name the source."})
        assert state(edition) == "saved"
        assert "Name the source." in editor.get(address(edition)).content.decode()
        assert "Name the source." in editor.get("/admin/").content.decode()
        editions.submit(change(guide, "With its source."))
        assert "Name the source." not in editor.get("/admin/").content.decode()

    def test_a_moment_is_asked_for_and_kept(self, guide, publisher):
        edition = change(guide)
        past = step(publisher, edition, "schedule", **{"schedule-moment": "2020-01-01T10:00"})
        assert past.status_code == 422
        assert "2020-01-01T10:00" in past.content.decode()
        moment = timezone.now() + timedelta(days=1)
        step(publisher, edition, "schedule", **{"schedule-moment": moment.strftime("%Y-%m-%dT%H:%M")})
        assert state(edition) == "scheduled"
        assert "unschedule" in steps(publisher, edition)
        step(publisher, edition, "unschedule")
        assert state(edition) == "saved"

    def test_a_guide_is_withdrawn_and_comes_back(self, guide, publisher, client):
        edition = guide.editions.get()
        assert "unpublish-reason" in step(publisher, edition, "unpublish").content.decode(), (
            "it asks, and wants a reason"
        )
        assert client.get("/guides/bookbinder/").status_code == 200
        because = {"unpublish-reason": "Nobody is <hired> under this name.", "unpublish-sure": "on"}
        step(publisher, edition, "unpublish", **because)
        gone = client.get("/guides/bookbinder/")
        assert gone.status_code == 410
        assert "Nobody is &lt;hired&gt; under this name." in gone.content.decode()
        step(publisher, edition, "publish")
        assert client.get("/guides/bookbinder/").status_code == 200

    def test_errors_stop_publishing(self, guide, publisher):
        edition = change(guide, "See [this](/nowhere/).")
        assert "/nowhere/" in publisher.get(address(edition)).content.decode()
        assert said(step(publisher, edition, "publish"))[0].startswith("Not published. Text: ")
        assert state(edition) == "saved"

    def test_warnings_do_not(self, guide, publisher):
        edition = change(guide, "Word. " * 500)
        step(publisher, edition, "publish")
        assert state(edition) == "live"

    def test_a_step_that_is_no_longer_open_does_nothing(self, guide, editor, publisher):
        edition = change(guide)
        editions.publish(edition)
        answer = editor.post(address(edition), {"step": "submit"}, follow=True)
        assert said(answer) == ["Nothing was done: meanwhile this edition is 'live'."]

    def test_two_publishers_do_not_overwrite_each_other(self, guide, publisher):
        first, second = change(guide, "One."), change(guide, "Two.")
        opened = publisher.get(address(first)).context["live_key"]
        editions.publish(second)
        answer = publisher.post(address(first), {"step": "publish", "live": opened}, follow=True)
        assert "another edition went live" in said(answer)[0]
        assert state(second) == "live"

    def test_anyone_who_edits_restores(self, guide, editor):
        first = guide.editions.get()
        change(guide)
        answer = step(editor, first, "restore")
        newest = editions.newest(guide)
        assert newest.comment == "Restored from edition 1"
        assert answer.redirect_chain[-1][0] == address(newest)
        assert "introduction to" in guide.sections.get(kind="text").body
        assert steps(editor, newest) == ["submit"]

    def test_the_pages_ask_for_a_login(self, guide, client):
        for page in (address(guide.editions.get()), reverse("admin:guides_edition_changelist")):
            assert client.get(page).status_code == 302
        assert client.post(address(guide.editions.get()), {"step": "publish"}).status_code == 302

    def test_an_edition_is_neither_added_nor_deleted(self, guide, publisher):
        assert publisher.get(reverse("admin:guides_edition_add")).status_code == 403
        assert publisher.get(reverse("admin:guides_edition_delete", args=[guide.editions.get().pk])).status_code == 403


class TestHistory:
    """The list of editions, and two of them side by side."""

    def test_the_list_says_who_when_and_what(self, guide, editor):
        desk.save(editor, guide.sections.get(kind="text"), body="New words.", comment="Clearer")
        page = editor.get(reverse("admin:guides_edition_changelist") + f"?guide__id__exact={guide.pk}")
        text = page.content.decode()
        assert "Clearer" in text
        assert "ed" in text
        assert '<td class="field-changes">Text</td>' in text

    @pytest.mark.parametrize("what", ["guide", "section", "figure"])
    def test_every_screen_leads_to_its_guides_history(self, guide, editor, what):
        obj = {"guide": guide, "section": guide.sections.first(), "figure": Figure.objects.first()}[what]
        answer = editor.get(reverse(f"admin:guides_{what}_history", args=[obj.pk]))
        assert answer.url == reverse("admin:guides_edition_changelist") + f"?guide__id__exact={guide.pk}"

    def test_two_are_ticked_and_compared(self, guide, editor):
        first, second = guide.editions.get(), change(guide, "An introduction to **words**.")
        ticked = {"action": "compare_two", "_selected_action": [first.pk, second.pk]}
        answer = editor.post(reverse("admin:guides_edition_changelist"), ticked, follow=True)
        text = answer.content.decode()
        assert "<del>**text**.</del>" in text
        assert "<ins>**words**.</ins>" in text

    def test_one_or_three_or_strangers_are_not_compared(self, guide, editor):
        other = factories.make_guide("printer").editions.get()
        for keys in ([guide.editions.get().pk], [guide.editions.get().pk, other.pk]):
            ticked = {"action": "compare_two", "_selected_action": keys}
            answer = editor.post(reverse("admin:guides_edition_changelist"), ticked, follow=True)
            assert said(answer) == ["Tick two editions of the same guide."]

    @pytest.mark.parametrize("query", ["", "?a=1", "?a=x&b=y", "?a=999999&b=999998"])
    def test_an_odd_comparison_is_a_bad_request(self, guide, editor, query):
        assert editor.get(reverse("admin:guides_edition_compare") + query).status_code == 400

    def test_text_is_escaped(self, guide, editor):
        edition = change(guide, "<script>alert(1)</script>")
        assert "<script>alert" not in editor.get(address(edition)).content.decode()

    def test_thousands_of_editions_are_one_page(self, guide, editor, django_assert_max_num_queries):
        content = guide.editions.get()
        rows = [
            Edition(guide=guide, number=number, format=1, packed=content.packed, content_hash=str(number))
            for number in range(2, 3002)
        ]
        Edition.objects.bulk_create(rows, batch_size=500)
        with django_assert_max_num_queries(16):
            assert editor.get(reverse("admin:guides_edition_changelist")).status_code == 200
        with django_assert_max_num_queries(16):
            assert editor.get(reverse("admin:guides_guide_changelist")).status_code == 200


class TestComfort:
    """The live preview of a text, and the front page."""

    def markdown(self, client, text):
        return client.post(reverse("admin:guides_section_markdown"), {"text": text})

    def test_a_text_is_shown_as_readers_see_it(self, editor):
        html = self.markdown(editor, "Some **bold** words. <script>alert(1)</script>").content.decode()
        assert "<strong>bold</strong>" in html
        assert "<script>" not in html
        assert "4 words" in html or "5 words" in html

    def test_what_is_wrong_stands_above_the_text_with_its_line_and_dead_links_too(self, guide, editor):
        text = "\n\n[This](/nowhere/) and\n[that](#steps), [a](glossary:none), [b](//evil.example/)\n\n<b>x</b>"
        address = f"{reverse('admin:guides_section_markdown')}?guide={guide.pk}"
        page = editor.post(address, {"text": text}).content.decode()
        told = [each.text for each in html.fromstring(page).xpath("//ul/li")]
        assert [line.partition(" ")[2].partition(":")[0] for line in told] == ["3", "4", "4", "6"]
        assert "leads nowhere" in told[0]
        assert "The glossary has no term 'none'." in " ".join(told)
        assert "#steps" not in " ".join(told)
        assert page.index("leads nowhere") < page.index("As readers see it")
        # So it stands where the page is opened, and below the texts of rows.
        point = guide.sections.get(kind="points").points.first()
        point.text = "See [this](/nowhere/)."
        point.save()
        assert "leads nowhere" in editor.get(desk.screen(point.section)).content.decode()

    def test_sources_and_pictures_stand_there_to_be_inserted(self, guide, editor):
        picture = factories.make_picture(guide)
        page = editor.get(desk.screen(guide.sections.get(kind="text"))).content.decode()
        assert f"<code>{picture.markdown}</code>" in page
        for source in Source.objects.all():
            assert f"<code>[^source:{source.slug}]</code>" in page

    def test_a_long_text_is_refused_with_a_sentence(self, editor):
        answer = self.markdown(editor, "x" * 20_001)
        assert answer.status_code == 422
        assert "at most 20000 characters" in answer.content.decode()

    def test_only_editors_ask(self, client, guide):
        assert self.markdown(client, "x").status_code == 302

    def test_the_front_page_shows_what_needs_someone(self, guide, editor):
        quiet = editor.get("/admin/").content.decode()
        assert "Nothing waits for review." in quiet
        assert "Every figure is within its review date." in quiet
        editions.submit(change(guide, "One."))
        editions.schedule(change(guide, "Two."), timezone.now() + timedelta(days=1))
        Figure.objects.get(slug="figures-1").observations.filter(year=2024).update(review_after="2020-01-01")
        Figure.objects.get(slug="figures-0").observations.filter(year=2022).update(review_after="2020-01-01")
        busy = editor.get("/admin/").content.decode()
        assert "Bookbinder, edition 2" in busy
        assert "Bookbinder, edition 3" in busy
        assert "Median pay 1" in busy
        assert "Median pay 0" not in busy


class TestBringingBack:
    """One section or row out of the history, with all else of the draft as it is."""

    def test_a_deleted_section_comes_back_from_where_it_was_deleted(self, guide, editor):
        section = guide.sections.get(kind="skills")
        skills, other = list(section.skills.values_list("slug", flat=True)), guide.sections.get(kind="text")
        url = reverse("admin:guides_section_delete", args=[section.pk])
        page = editor.post(url, {"post": "yes"}, follow=True).content.decode()
        assert "bring it back" in page
        other.body = "Written since."
        other.save()
        editions.save(guide)
        first, second = guide.editions.order_by("number")[:2]
        compared = editor.get(f"{reverse('admin:guides_edition_compare')}?a={first.pk}&b={second.pk}")
        [place] = [place for change, place in compared.context["changes"] if change.was and is_section(change.was)]
        assert "Bring it back as edition 1 has it" in compared.content.decode()
        done = step(editor, first, "restore_part", **{"restore_part-place": str(place)})
        assert "It is in the draft again" in done.content.decode()
        assert list(guide.sections.get(kind="skills").skills.values_list("slug", flat=True)) == skills
        assert guide.sections.get(kind="text").body == "Written since."
        assert editions.newest(guide).comment.startswith("Brought back from edition 1: section")

    def test_a_row_comes_back_as_it_was(self, guide, editor):
        point = guide.sections.get(kind="points").points.first()
        before = point.text
        desk.save(editor, point.section, **{"points-0-text": "Worse.", "points-1-text": "Better, and it stays."})
        first = guide.editions.get(number=1)
        place = next(
            place
            for place, plain in enumerate(first.content["objects"])
            if plain["model"] == "guides.point" and plain["fields"]["section"][-1] == "points"
        )
        step(editor, first, "restore_part", **{"restore_part-place": str(place)})
        texts = list(guide.sections.get(kind="points").points.values_list("text", flat=True))
        assert texts == [before, "Better, and it stays."]

    def test_a_row_of_a_section_that_went_brings_the_section(self, guide, editor):
        figure = guide.sections.get(kind="figures").figures.first()
        slug, count = figure.slug, figure.observations.count()
        figure.section.delete()
        editions.save(guide)
        first = guide.editions.get(number=1)
        plains = first.content["objects"]
        place = next(
            n for n, each in enumerate(plains) if each["model"] == "guides.figure" and each["fields"]["slug"] == slug
        )
        step(editor, first, "restore_part", **{"restore_part-place": str(place)})
        back = guide.sections.get(kind="figures").figures.get()
        assert (back.slug, back.observations.count()) == (slug, count)

    def test_every_object_comes_back_alone(self, guide):
        first, frozen = guide.editions.get(), guide.editions.get().content["objects"]
        for place in range(0, len(frozen), 5):
            assert restoring.restore_part(first, place).content_hash == first.content_hash, frozen[place]

    @pytest.mark.parametrize("place", ["", "-1", "99999", "x"])
    def test_a_wrong_part_changes_nothing(self, guide, editor, place):
        section = guide.sections.get(kind="text")
        desk.save(editor, section, body="Newer.")
        step(editor, guide.editions.get(number=1), "restore_part", **{"restore_part-place": place})
        assert guide.editions.count() == 2


def place_of(edition, label, slug):
    keys = [(plain["model"], plain["fields"].get("slug")) for plain in edition.content["objects"]]
    return keys.index((label, slug))


def is_section(plain):
    return plain["model"] == "guides.section"


def test_a_withdrawn_guide_leads_to_the_one_chosen(guide, publisher, client):
    factories.make_guide("printer")
    live = guide.editions.get()
    chosen = {"unpublish-reason": "One guide for both.", "unpublish-replaced_by": "printer", "unpublish-sure": "on"}
    step(publisher, live, "unpublish", **chosen)
    answer = client.get("/guides/bookbinder/steps/")
    assert (answer.status_code, answer.url) == (301, "/guides/printer/steps/")
    wrong = chosen | {"unpublish-replaced_by": "nobody"}
    printer = Guide.objects.get(slug="printer").editions.get()
    assert "unpublish-reason" in step(publisher, printer, "unpublish", **wrong).content.decode()
    assert client.get("/guides/printer/").status_code == 200
