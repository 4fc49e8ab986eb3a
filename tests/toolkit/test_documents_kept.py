"""The toolkit's documents in a person's plan: saved, opened, changed in two places, exported, forgotten."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from guides.models import Guide
from guides.plan.models import Application, Plan
from guides.toolkit import packing
from guides.toolkit.models import KeptDocument
from guides.toolkit.workspace import Workspace

TOOLKIT = "/guides/bookbinder/toolkit/"
BUILDER = f"{TOOLKIT}resume/build/"
LETTER = f"{TOOLKIT}cover-letter/write/"
TYPED = {"basics.name": "Zoë <b>", "work.0.name": "Glue & Sons", "advert": "Two\r\nlines", "kept-as": "For Marlow"}


def html(response):
    return response.content.decode()


def save(client, address=BUILDER, **values):
    """Save, and return the page that the person is led to."""
    return client.post(address, TYPED | values | {"do": "save"}, follow=True)


@pytest.fixture
def saved(client, guide):
    """A resume in a new plan."""
    assert save(client).status_code == 200
    return KeptDocument.objects.get()


def opened(client, document):
    """The hidden fields of the document's page."""
    page = html(client.get(document.get_absolute_url()))
    fingerprint = page.partition('name="fingerprint" value="')[2].partition('"')[0]
    return {"document": document.slug, "fingerprint": fingerprint, "kept-as": document.name}


def test_saving_makes_a_plan_and_leads_to_the_documents_own_address(client, guide):
    assert Plan.objects.count() == 0
    response = save(client)
    document = KeptDocument.objects.get()
    assert response.redirect_chain[-1][0] == f"{document.get_absolute_url()}&saved=yes"
    page = html(response)
    assert "Saved in your plan." in page
    assert "Zoë &lt;b&gt;" in page
    assert "Two\nlines" in page
    assert document.name == "For Marlow"
    assert "For Marlow" in html(client.get("/plan/"))


def test_nothing_is_stored_unless_it_is_saved(client, guide):
    for action in ["preview", "pdf", "docx", "txt", "json", "add work"]:
        client.post(BUILDER, TYPED | {"do": action})
    assert not KeptDocument.objects.exists()
    assert not Plan.objects.exists()


def test_a_change_is_saved_onto_it(client, saved):
    save(client, **opened(client, saved) | {"work.0.name": "Paper Ltd"})
    assert KeptDocument.objects.count() == 1
    assert "Paper Ltd" in html(client.get(saved.get_absolute_url()))


def test_a_change_made_elsewhere_is_not_overwritten(client, saved):
    here = opened(client, saved)
    save(client, **here | {"work.0.name": "Elsewhere"})
    response = save(client, **here | {"work.0.name": "Mine"})
    assert response.status_code == 409
    assert "Mine" in html(response)
    assert "Elsewhere" in html(client.get(saved.get_absolute_url()))
    client.post(BUILDER, TYPED | here | {"work.0.name": "Mine", "do": "save copy"})
    assert KeptDocument.objects.count() == 2
    client.post(BUILDER, TYPED | here | {"work.0.name": "Mine", "do": "save over"})
    assert "Mine" in html(client.get(saved.get_absolute_url()))


def test_htmx_gets_the_form_and_the_new_address(client, guide):
    response = client.post(BUILDER, TYPED | {"do": "save"}, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert response["HX-Replace-Url"] == KeptDocument.objects.get().get_absolute_url()
    assert "Saved in your plan." in html(response)


def test_faults_are_shown_before_anything_is_saved(client, guide):
    assert save(client, **{"basics.email": "nobody"}).status_code == 422
    response = save(client, **{"kept-as": "x" * 121})
    assert response.status_code == 422
    assert "120 characters" in html(response)
    assert save(client, **{"kept-for": "no such"}).status_code == 422
    assert not KeptDocument.objects.exists()


def test_another_persons_document_does_not_exist(client, saved):
    address, here = saved.get_absolute_url(), opened(client, saved)
    client.cookies.clear()
    assert client.get(address).status_code == 404
    save(client, **here | {"work.0.name": "Thief"})
    saved.refresh_from_db()
    assert "Thief" not in saved.content
    assert KeptDocument.objects.exclude(plan=saved.plan).count() == 1


def test_a_form_sent_with_a_key_that_opens_nothing_is_not_lost(client, saved):
    Plan.objects.all().delete()
    response = client.post(BUILDER, TYPED | {"do": "preview"})
    assert response.status_code == 200
    assert "Glue &amp; Sons" in html(response)
    assert client.cookies["plan"].value == ""


def test_letters_are_kept_each_for_an_application(client, saved):
    application = Application.objects.create(plan=saved.plan, post="Page", employer="Marlow Library")
    for name in ["First", "Second"]:
        values = {"body": f"Dear {name}", "kept-as": name, "kept-for": application.slug}
        save(client, LETTER, **values)
    letters = KeptDocument.objects.filter(tool="letter")
    assert {(letter.name, letter.application) for letter in letters} == {
        ("First", application.slug),
        ("Second", application.slug),
    }
    assert "For Page, Marlow Library" in html(client.get("/plan/"))
    page = html(client.get(letters[0].get_absolute_url()))
    assert f'value="{application.slug}" selected' in page
    assert "Second</a>" in page
    application.delete()
    assert client.get("/plan/").status_code == 200


def test_practice_and_job_descriptions_are_kept_too(client, guide):
    practice, posting = f"{TOOLKIT}interview/practice/", f"{TOOLKIT}job-description/write/"
    save(client, practice, waiting="ask-1 ask-2", done="ask-0", **{"answer.ask-0": "Mine."})
    save(client, posting, title="Bookbinder of ours", employer="Marlow Press", **{"kept-as": "Our post"})
    kept = {document.tool: document for document in KeptDocument.objects.all()}
    assert "Why glue 1?" in html(client.get(kept["interview"].get_absolute_url()))
    page = html(client.get(kept["posting"].get_absolute_url()))
    assert "Marlow Press" in page
    assert 'value="Bookbinder of ours"' in page
    assert "Our post" in html(client.get(practice.replace("interview/practice", "job-description/write")))


def test_the_plans_file_holds_them_and_brings_them_back(client, saved):
    exported = client.get("/plan/plan.json").content
    assert json.loads(exported)["documents"][0]["name"] == "For Marlow"
    client.cookies.clear()
    file = SimpleUploadedFile("my-plan.json", exported)
    assert client.post("/plan/import/", {"file": file}).status_code == 302
    assert KeptDocument.objects.count() == 2
    mine = KeptDocument.objects.exclude(pk=saved.pk).get()
    assert "Glue &amp; Sons" in html(client.get(mine.get_absolute_url()))


def test_a_file_with_a_wrong_document_is_refused(client, saved):
    plan = json.loads(client.get("/plan/plan.json").content)
    for wrong in ['{"a": 1}', "[1]", "no"]:
        plan["documents"][0] |= {"id": "b" * 12, "content": wrong}
        file = SimpleUploadedFile("my-plan.json", json.dumps(plan).encode())
        assert client.post("/plan/import/", {"file": file}).status_code == 422


def test_it_is_deleted_alone_or_with_the_plan(client, saved):
    page = client.get(f"/plan/documents/{saved.slug}/delete/")
    assert "fields" in html(page)
    client.post(f"/plan/documents/{saved.slug}/delete/", {"fingerprint": page.context["fingerprint"]})
    assert not KeptDocument.objects.exists()
    save(client)
    Plan.objects.all().delete()
    assert not KeptDocument.objects.exists()


def test_a_form_packed_and_unpacked_is_the_same():
    form = QueryDict("c=1&c=2&b=%3Cscript%3E&csrfmiddlewaretoken=x&do=save&kept-as=t")
    packed = packing.pack(form)
    assert packing.unpack(packed).urlencode() == "c=1&c=2&b=%3Cscript%3E"
    assert packing.pack(packing.unpack(packed)) == packed


@pytest.mark.parametrize("action", ["save", "save over"])
def test_of_two_saves_at_the_same_moment_one_is_refused(rf, saved, action):
    request = rf.post(BUILDER, TYPED | {"document": saved.slug, "fingerprint": "", "basics.name": "First"})
    request.is_for_another = False
    workspace = Workspace(request, saved.plan, "resume", Guide(slug="bookbinder"))
    workspace.known_fingerprint = workspace.fingerprint
    KeptDocument.objects.update(content="[]")
    workspace.save(action)
    assert workspace.clash
    assert not workspace.saved
    saved.refresh_from_db()
    assert saved.content == "[]"


# What a plan holds of each tool since release 0.1.0: names and values of its form, and words of the page that opens it.
KEPT = {
    "resume": (
        [["example", ""], ["order", "skills work education certificates volunteer"],
         ["rest", '{"awards":[{"title":"x"}]}'], ["basics.name", "Zoë"],
         ["work.0.rest", '{"url":"https://a.example"}'], ["work.0.position", "Binder"],
         ["work.0.startDate", "2022-05"], ["work.0.highlights", "Sewed\nMended"], ["skills.3.keywords", "Glue"],
         ["advert", "We need glue."], ["design", "cloth"]],
        ['value="Zoë"', "<li>Mended</li>", "We need glue.", "Glue</textarea>", 'value="cloth" id="f-design_1" checked'],
    ),
    "letter": (
        [["example", "first-job"], ["name", "Zoë"], ["to", "Anna\nMarlow"], ["body", "I saw your [shop]."],
         ["place.shop", "bindery"], ["design", "quiet"]],
        ["I saw your bindery.", 'value="bindery"', "Anna\nMarlow</textarea>"],
    ),
    "interview": (
        [["waiting", "ask-1 ask-2"], ["done", "ask-0"], ["minutes", "5"], ["rating.ask-0", "good"],
         ["answer.ask-0", "Mine."], ["answer.ask-1", "Half a"]],
        ["Why glue 1?", "Half a</textarea>", 'name="answer.ask-0" value="Mine."', 'data-minutes="5"'],
    ),
    "posting": (
        [["title", "Bookbinder"], ["employment", "PART_TIME"], ["pay_low", "36,000"], ["unit", "HOUR"],
         ["currency", "USD"], ["on.phrase-glue", "1"], ["text.phrase-glue", "Bear glue"],
         ["text.phrase-lunch", "No lunch"], ["more.duty", "Sew"]],
        ["<li>Bear glue</li>", "<li>Sew</li>", "No lunch</textarea>", '<option value="PART_TIME" selected>', "an hour"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", KEPT)
def test_what_an_earlier_release_kept_opens_as_before(client, saved, tool):
    pairs, words = KEPT[tool]
    slug = "k" * 12
    document = KeptDocument.objects.create(
        plan=saved.plan, slug=slug, tool=tool, guide="bookbinder", name="Old", content=json.dumps(pairs)
    )
    response = client.get(document.get_absolute_url())
    assert response.status_code == 200
    for expected in words:
        assert expected in html(response)
