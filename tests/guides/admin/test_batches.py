"""Drafts of several guides as one: found and replaced, reviewed on one page, published together, undone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from guides.models import Batch, Edition, Section, Upkeep
from guides.publishing import editions
from tests import factories

from .. import desk

pytestmark = pytest.mark.django_db

FIND = "/admin/guides/guide/find/"


@pytest.fixture
def guides():
    """Two guides that readers see, each with the same phrase in its text."""
    made = [factories.make_guide(slug, publish=False) for slug in ("bookbinder", "printer")]
    for guide in made:
        text = guide.sections.get(kind="text")
        text.body = "The trade union helps. See [the Trade\nunion](/guides/bookbinder/) or its trade unions."
        text.save()
    editions.publish_together([editions.save(guide) for guide in made])
    return made


def form_of(response, action):
    """The fields of the form with that action, as a browser sends them."""
    [form] = [
        each
        for each in html.fromstring(response.content.decode()).forms
        if each.method == "POST" and each.action == action
    ]
    data = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data


def replaced(client, query="q=trade+union&replacement=guild&preview=1", **changes):
    """Look at what replacing would change, and replace it; the answers of both."""
    seen = client.get(f"{FIND}?{query}")
    assert seen.status_code == 200
    return seen, client.post(FIND, form_of(seen, FIND) | changes, follow=True)


def text_of(guide):
    return guide.sections.get(kind="text").body


def take(client, batch, step, **fields):
    """Take a step on a batch's page; the answer."""
    address = desk.screen(batch)
    live = client.get(address).context["live_key"]
    return client.post(address, {"step": step, "live": live} | fields, follow=True)


def texts(response):
    return " ".join(html.fromstring(response.content.decode()).text_content().split())


def test_words_are_found_where_they_stand(guides):
    client, guide = desk.editor(), guides[0]
    Section.objects.filter(pk=guide.sections.get(kind="steps").pk).update(heading="A trade union, at last")
    Section.objects.filter(pk=guide.sections.get(kind="text").pk).update(body="The trade union helps.")
    editions.save(guide)
    page = texts(client.get(f"{FIND}?q=Trade+Union"))
    assert "7 places." in page
    assert "The trade union helps. Text (section, text): in the draft and live" in page
    assert "A trade union, at last A trade union, at last (section, heading): only in the draft" in page
    assert page.count("only live: the draft does not say it any more") == 2
    assert "2 places." in texts(client.get(f"{FIND}?q=Trade+union&match_case=on"))
    assert "5 places." in texts(client.get(f"{FIND}?q=trade+union&whole_words=on"))
    assert "0 places." in texts(client.get(f"{FIND}?q=figures-0"))
    assert client.get(f"{FIND}?q=").status_code == 422


def test_what_is_chosen_is_replaced_in_drafts_published_as_one_and_undone(guides, client):
    editor, publisher = desk.editor(), desk.publisher()
    seen, answer = replaced(editor)
    assert len(form_of(seen, FIND)["take"]) == 6
    batch = Batch.objects.get()
    assert answer.redirect_chain[-1][0] == desk.screen(batch)
    for guide in guides:
        assert text_of(guide) == "The guild helps. See [the Guild](/guides/bookbinder/) or its guilds."
        assert "trade union helps" in client.get(f"/guides/{guide.slug}/text/").content.decode()
    assert "Publish all now" not in answer.content.decode()

    sent = take(editor, batch, "submit", **{"submit-note": "Guilds, as they say here."})
    assert "They now wait for a publisher" in sent.content.decode()
    assert "Guilds, as they say here." in publisher.get(desk.screen(batch)).content.decode()
    assert "Waits for review as one" in publisher.get("/admin/").content.decode()
    assert "Waits for review as one" not in editor.get("/admin/").content.decode()
    back = take(publisher, batch, "send_back", **{"send_back-note": "A guild is none."})
    assert "A guild is none." in back.content.decode()
    take(editor, batch, "submit")
    assert "Readers see all of it from now on." in take(publisher, batch, "publish").content.decode()
    for guide in guides:
        assert "The guild helps" in client.get(f"/guides/{guide.slug}/text/").content.decode()

    undone = take(editor, batch, "undo")
    assert "Undone: “trade union” replaced by “guild”" in undone.content.decode()
    for guide in guides:
        assert "The trade union helps" in text_of(guide)
        assert "The guild helps" in client.get(f"/guides/{guide.slug}/text/").content.decode()
    assert Batch.objects.count() == 2


def test_what_was_sent_back_and_undone_nags_no_longer(guides):
    editor, publisher, guide = desk.editor(), desk.publisher(), guides[0]
    replaced(editor)
    batch = Batch.objects.get()
    take(editor, batch, "submit", **{"submit-note": "Guilds, as they say here."})
    take(publisher, batch, "send_back", **{"send_back-note": "A guild is none."})
    pages = ["/admin/", desk.screen(guide), desk.screen(guide.sections.first())]
    assert all("A guild is none." in texts(editor.get(page)) for page in pages)
    draft = f"/admin/guides/guide/{guide.pk}/draft/"
    assert "Guilds, as they say here." in editor.get(draft, follow=True).content.decode()
    take(editor, batch, "undo")
    for _later in range(2):
        assert not any("A guild is none." in texts(editor.get(page)) for page in pages)
        assert "Guilds, as they say here." not in editor.get(draft, follow=True).content.decode()
        # Nor does it come back once somebody goes on with the draft.
        desk.save(editor, guide.sections.get(kind="text"), body="Something else altogether.")


def test_whoever_was_faster_loses_no_word(guides):
    """Two editors and a publisher: what was saved meanwhile stays, and the step that did not know of it is refused."""
    editor, other, publisher = desk.editor(), desk.editor("eve"), desk.publisher()
    seen = editor.get(f"{FIND}?q=trade+union&replacement=guild&preview=1")
    desk.save(other, guides[0].sections.get(kind="text"), body="Eve says: no trade union.")
    late = editor.post(FIND, form_of(seen, FIND))
    assert late.status_code == 409
    assert "Nothing was replaced: 3 places were changed" in texts(late)
    assert text_of(guides[0]) == "Eve says: no trade union."
    assert "trade union helps" in text_of(guides[1])
    # What is shown now can be sent at once; only what is still as it was is ticked.
    assert len(form_of(late, FIND)["take"]) == 3

    _seen, _answer = replaced(editor)
    batch = Batch.objects.get()
    opened = publisher.get(desk.screen(batch)).context["live_key"]
    desk.save(other, guides[0].sections.get(kind="text"), body="Eve says: no guild at all.")
    refused = publisher.post(desk.screen(batch), {"step": "publish", "live": opened}, follow=True)
    assert "meanwhile somebody saved or published" in refused.content.decode()
    assert not Edition.objects.filter(batch=batch, state=Edition.State.LIVE).exists()
    assert "somebody has saved edition 4 since" in refused.content.decode()
    # Her draft grew out of the batch: it goes live by itself, and the batch leaves that guide alone.
    editions.publish(editions.newest(guides[0]))
    assert "readers have edition 4, which came later" in texts(publisher.get(desk.screen(batch)))
    take(publisher, batch, "publish")
    assert guides[0].editions.live().get().number == 4
    assert guides[1].editions.live().get().batch == batch
    take(editor, batch, "undo")
    assert text_of(guides[0]) == "Eve says: no guild at all."
    assert "trade union" in text_of(guides[1])


def test_a_batch_is_published_whole_or_not_at_all(guides):
    publisher = desk.publisher()
    replaced(publisher, "q=/guides/bookbinder/&replacement=/guides/nowhere/&preview=1", take=taken(publisher))
    batch = Batch.objects.get()
    answer = take(publisher, batch, "publish")
    assert "leads nowhere" in answer.content.decode()
    assert not batch.editions.live().exists()


def taken(client):
    """The keys of addresses of links, which nobody ticks by themselves."""
    seen = client.get(f"{FIND}?q=/guides/bookbinder/&replacement=/guides/nowhere/&preview=1")
    assert "part of a link’s address" in texts(seen)
    return html.fromstring(seen.content.decode()).xpath("//input[@name='take']/@value")


def test_what_a_row_does_not_take_changes_nothing(guides):
    client = desk.editor()
    title = guides[0].titles.get()
    seen = client.get(f"{FIND}?q={title.title}&replacement={'x' * 200}&preview=1")
    answer = client.post(FIND, form_of(seen, FIND))
    assert answer.status_code == 422
    assert "Nothing was replaced. Bookbinder, Guide details:" in texts(answer)
    assert not Batch.objects.exists()
    assert client.post(FIND, {"q": "x", "take": ["guides.section-1-heading"]}).status_code == 400
    assert client.post(FIND, {"q": "x", "take": ["auth.user-1-username-0-1-0123456789abcdef"]}).status_code == 400
    assert "Nothing was chosen" in client.post(FIND, {"q": "x"}).content.decode()


def ticked(client, model, action, rows):
    """Tick rows of a stock list and choose an action; the answer."""
    address = reverse(f"admin:guides_{model}_changelist")
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(address, data, follow=True)


def reviewed(client, model, rows, day):
    """Mark rows as reviewed, which asks for the day first; the answer."""
    asked = ticked(client, model, "mark_reviewed", rows)
    return client.post(asked.redirect_chain[-1][0], {"reviewed_on": day}, follow=True)


def test_what_is_ticked_is_marked_as_reviewed_and_assigned(guides):
    client = desk.editor()
    today = timezone.localdate()
    answer = reviewed(client, "guide", guides, today)
    batch = Batch.objects.get()
    assert answer.redirect_chain[-1][0] == desk.screen(batch)
    assert batch.editions.count() == 2
    assert "reviewed on that day already" in reviewed(client, "guide", guides, today).content.decode()
    assert reviewed(client, "guide", guides, "").status_code == 422
    assert reviewed(client, "guide", guides, today + timedelta(days=1)).status_code == 422
    sections = list(guides[0].sections.filter(kind__in=["text", "steps"]))
    said = reviewed(client, "section", sections, today).content.decode()
    assert f"2 sections are marked as reviewed on {today}." in said
    assert Upkeep.objects.exclude(reviewed_on=None).count() == 2
    # A slip is taken back from the message itself.
    correct = html.fromstring(said).xpath("//a[.='Correct it']/@href")[0]
    assert "2 sections are not marked" in client.post(correct, {"reviewed_on": ""}, follow=True).content.decode()
    assert not Upkeep.objects.exclude(reviewed_on=None).exists()

    asked = ticked(client, "section", "assign", guides[1].sections.filter(kind="text"))
    address = asked.redirect_chain[-1][0]
    assert "2 are kept by ed now" not in asked.content.decode()
    kept = client.post(address, {"person": client.user.pk}, follow=True)
    assert "1 is kept by ed now." in kept.content.decode()
    assert client.post(address, {"person": 0}).status_code == 422
    mine = client.get("/admin/guides/section/?kept_by=me").context["cl"].result_list
    assert [(row.guide, row.slug) for row in mine] == [(guides[1], "text")]
    assert "1 section in your care was not reviewed for a year." in client.get("/admin/").content.decode()
    reviewed(client, "section", guides[1].sections.filter(kind="text"), today)
    assert "in your care" not in client.get("/admin/").content.decode()
    assert client.get("/admin/guides/section/?kept_by=nobody").status_code == 200
    assert "delete_selected" not in client.get("/admin/guides/section/").content.decode()


def test_the_page_that_marks_names_all_with_their_days_and_leads_back_to_the_list_as_it_was(guides):
    client = desk.editor()
    today = timezone.localdate()
    sections = list(guides[0].sections.filter(kind__in=["text", "steps"]))
    Upkeep.objects.create(guide=guides[0], section=sections[0].slug, reviewed_on="2025-01-31")
    filtered = f"/admin/guides/section/?guide__id__exact={guides[0].pk}&q=e"
    for action, sent in [("mark_reviewed", {"reviewed_on": today}), ("assign", {"person": client.user.pk})]:
        asked = client.post(filtered, {"action": action, "_selected_action": [row.pk for row in sections]}, follow=True)
        page = html.fromstring(asked.content.decode())
        assert page.xpath("//a[.='Change nothing']/@href") == [filtered]
        said = texts(asked)
        assert all(f"{guides[0]}: {section}" in said for section in sections)
        if action == "mark_reviewed":
            assert "reviewed on 2025-01-31" in said
            assert "never marked as reviewed" in said
        answer = client.post(asked.redirect_chain[-1][0], sent, follow=True)
        assert answer.redirect_chain[-1][0] == filtered


def test_one_section_is_marked_as_reviewed_from_its_own_screen(guides):
    client, section = desk.editor(), guides[0].sections.get(kind="text")
    [link] = html.fromstring(client.get(desk.screen(section)).content.decode()).xpath("//a[.='Mark as reviewed']/@href")
    page = html.fromstring(client.get(link).content.decode())
    assert page.xpath("//a[.='Change nothing']/@href") == [desk.screen(section)]
    answer = client.post(link, {"reviewed_on": timezone.localdate()}, follow=True)
    assert answer.redirect_chain[-1][0] == desk.screen(section)
    assert Upkeep.objects.exclude(reviewed_on=None).get().section == section.slug
    assert client.get("/admin/guides/section/review/?section=nonsense&_one=1").status_code == 400


def test_one_source_takes_the_place_of_another(guides):
    client, guide = desk.editor(), guides[0]
    old, new = factories.make_source(), factories.make_source("agency", title="Survey", url="https://agency.example/s")
    text = guide.sections.get(kind="text")
    text.body = f"They [counted]({old.url}) and [not]({old.url}/more)."
    text.save()
    editions.save(guide)
    address = ticked(client, "guide", "change_source", [guide]).redirect_chain[-1][0]
    seen = client.get(f"{address}&old={old.pk}&new={new.pk}")
    page = html.fromstring(seen.content.decode())
    keys = page.xpath("//input[@name='take']/@value")
    assert any(key.startswith("guides.observation-") for key in keys)
    assert sum(key.startswith("guides.section-") for key in keys) == 1
    sent = {"old": old.pk, "new": new.pk, "take": keys}
    assert client.post(address, sent | {"new": old.pk}).status_code == 422
    assert "Nothing was chosen" in client.post(address, sent | {"take": []}).content.decode()
    route = guide.sections.get(kind="routes").routes.first()
    route.source = new
    route.save()
    assert "were changed meanwhile" in client.post(address, sent).content.decode()
    route.source = old
    route.save()
    answer = client.post(address, sent, follow=True)
    batch = Batch.objects.get()
    assert answer.redirect_chain[-1][0] == desk.screen(batch)
    text.refresh_from_db()
    assert text.body == f"They [counted]({new.url}) and [not]({old.url}/more)."
    route.refresh_from_db()
    assert route.source == new
    before = guide.editions.get(number=batch.editions.get().number - 1)
    assert "office" in str(before.content["sources"])
    assert guides[1].sections.get(kind="routes").routes.first().source == old
    # What one source has said of a period already is told with its place, and nothing is changed.
    figure = guides[1].sections.get(kind="figures").figures.first()
    factories.make_observation(figure, source=new, value=1, period="May 2024", year=2024)
    address = ticked(client, "section", "change_source", [figure.section]).redirect_chain[-1][0]
    seen = client.get(f"{address}&old={old.pk}&new={new.pk}")
    keys = html.fromstring(seen.content.decode()).xpath("//input[@name='take']/@value")
    refused = texts(client.post(address, {"old": old.pk, "new": new.pk, "take": keys}))
    assert "This figure has an observation of that source for that period already." in refused
    assert Batch.objects.count() == 1


def test_nothing_waits_of_a_batch_that_was_undone(guides):
    client = desk.publisher()
    replaced(client)
    batch = Batch.objects.get()
    take(client, batch, "undo")
    undone = Batch.objects.exclude(pk=batch.pk).get()
    assert "neither submitted nor published" not in client.get("/admin/").content.decode()
    for each in (batch, undone):
        page = client.get(desk.screen(each))
        assert not {"publish", "submit"} & {key for key, _step, _form in page.context["steps"]}
