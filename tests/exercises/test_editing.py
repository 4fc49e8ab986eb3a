"""Exercises in the editors' hands: a save is a draft, publishing shows it, and what was can be brought back."""

import json

import pytest

from guides import freezing
from guides.exercises import editions
from guides.exercises.models import CallNumberSet, Exercise, ExerciseEdition
from guides.models import ShippedContent, Skill
from guides.publishing import collisions
from tests.guides import desk
from tests.guides.releases import start

from .sample import NUMBERS, make_exercises

pytestmark = pytest.mark.django_db
PAGE = "/exercises/call-numbers/one/"
LIST = "/admin/exercises/exercise/"
HISTORY = "/admin/exercises/exerciseedition/"


@pytest.fixture
def exercise(db):
    return make_exercises()["call-numbers"]


def act(client, edition, step, **data):
    """Open an edition's page and press a button; return the answer, redirects followed."""
    address = f"{HISTORY}{edition.pk}/change/"
    live = client.get(address).context["live_key"]
    return client.post(address, {"step": step, "live": live} | data, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_save_is_a_draft_until_it_is_published(client, exercise):
    editor, publisher = desk.editor(), desk.publisher()
    item = CallNumberSet.objects.get()
    page = desk.save(editor, item, title="The earth").content.decode()
    assert "Kept as edition 2. Readers see it once it is published" in page
    assert "<h1>Earth</h1>" in client.get(PAGE).content.decode()
    assert "edition 1, a draft waits" in editor.get(LIST).content.decode()
    draft = editions.newest(exercise)
    assert act(editor, draft, "publish").status_code == 403
    assert "<h1>Earth</h1>" in client.get(PAGE).content.decode()
    assert said(act(publisher, draft, "publish")) == ["Readers see it from now on."]
    assert "<h1>The earth</h1>" in client.get(PAGE).content.decode()


def test_skills_keep_their_order_when_nothing_is_changed(exercise, guide):
    """The screen lists them by name; what is sent in that order is no change."""
    slugs = list(Skill.objects.order_by("name").values_list("slug", flat=True).distinct())
    assert len(slugs) > 1
    exercise.skills = "\n".join([*reversed(slugs), "gone"])
    exercise.save()
    before, editor = editions.save(exercise), desk.editor()
    desk.save(editor, exercise)
    assert editions.newest(exercise) == before
    desk.save(editor, exercise, skills=[slugs[0], slugs[-1]])
    exercise.refresh_from_db()
    assert exercise.skills == f"{slugs[0]}\n{slugs[-1]}"


def test_an_introduction_is_plain_text(exercise):
    answer = desk.save(desk.editor(), exercise, introduction="Look.\nSee [this](/nowhere/) and **that**, [sic].")
    [link, bold] = desk.errors(answer)["introduction"]
    assert link.startswith("Line 2: “[this](/nowhere/)”: this is plain text")
    assert bold.startswith("Line 2: “**that**”: this is plain text")


def test_an_older_edition_comes_back(client, exercise):
    editor, publisher = desk.editor(), desk.publisher()
    desk.save(editor, CallNumberSet.objects.get(), title="The earth")
    CallNumberSet.objects.create(slug="two", title="Two", numbers=NUMBERS, explanation="So.")
    newest = editions.save(exercise)
    assert newest.changes == "1 item added"
    editions.publish(newest)
    first = exercise.editions.get(number=1)
    assert said(act(editor, first, "restore")) == ["The draft is now as this edition was."]
    assert list(CallNumberSet.objects.values_list("slug", "title")) == [("one", "Earth")]
    draft = editions.newest(exercise)
    assert (draft.number, draft.content_hash) == (4, first.content_hash)
    assert client.get("/exercises/call-numbers/two/").status_code == 200
    act(publisher, draft, "publish")
    assert client.get("/exercises/call-numbers/two/").status_code == 404
    assert ExerciseEdition.objects.live().filter(exercise=exercise).get() == draft


def test_a_draft_is_submitted_taken_back_and_sent_back_with_a_note(exercise):
    editor, other, publisher = desk.editor(), desk.editor("eve"), desk.publisher()
    item = CallNumberSet.objects.get()
    desk.save(editor, item, title="The earth")
    draft = editions.newest(exercise)
    act(editor, draft, "submit", **{"submit-note": "Before the first of May."})
    front = publisher.get("/admin/").content.decode()
    assert "Before the first of May." in front.partition('id="for-review"')[2].partition("</section>")[0]
    assert "take_back" not in keys(other, draft)
    assert said(act(other, draft, "take_back"))[0].startswith("Only whoever submitted it")
    act(editor, draft, "take_back")
    assert keys(editor, draft) == ["submit"]
    act(editor, draft, "submit")
    assert act(publisher, draft, "send_back", **{"send_back-note": ""}).status_code == 422
    act(publisher, draft, "send_back", **{"send_back-note": "Which rule?"})
    assert "Which rule?" in editor.get(desk.screen(exercise)).content.decode()
    assert "Which rule?" in editor.get(desk.screen(item)).content.decode()


def keys(client, edition):
    return [key for key, _step, _form in client.get(f"{HISTORY}{edition.pk}/change/").context["steps"]]


def test_what_readers_see_meanwhile_and_what_is_not_valid_stop_publishing(client, exercise):
    publisher = desk.publisher()
    desk.save(publisher, CallNumberSet.objects.get(), title="The earth")
    first = editions.newest(exercise)
    opened = publisher.get(f"{HISTORY}{first.pk}/change/").context["live_key"]
    desk.save(publisher, CallNumberSet.objects.get(), title="The whole earth")
    act(publisher, editions.newest(exercise), "publish")
    answer = publisher.post(f"{HISTORY}{first.pk}/change/", {"step": "publish", "live": opened}, follow=True)
    assert said(answer) == ["Nothing was done: meanwhile somebody changed it. Look again."]
    CallNumberSet.objects.all().delete()
    exercise.rules = "See [this](/nowhere/)."
    exercise.save()
    empty = editions.save(exercise)
    refused = said(act(publisher, empty, "publish"))[0]
    assert "has no item" in refused
    assert "/nowhere/" in refused
    assert "The whole earth" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("numbers", "says"),
    [
        ("551.5 SIM\n551.46 CAR\n600 A\n700 B", "551.46 CAR&#x27; files before &#x27;551.5 SIM"),
        ("551.5 SIM\n600 A", "Give four to eight"),
        ("551.5 SIM\n600 A\nXX\n700 B", "&#x27;XX&#x27; is no Dewey number"),
    ],
)
def test_a_set_in_the_wrong_order_is_refused(exercise, numbers, says):
    page = desk.save(desk.editor(), CallNumberSet.objects.get(), numbers=numbers)
    assert says in page.content.decode()
    assert CallNumberSet.objects.get().numbers == NUMBERS


def test_what_was_loaded_as_a_draft_is_shown_once_it_is_loaded_to_readers(db):
    make_exercises()
    ExerciseEdition.objects.all().delete()
    editions.loaded("Loaded from a file", False)
    assert not ExerciseEdition.objects.live().exists()
    editions.loaded("Loaded from a file", True)
    assert ExerciseEdition.objects.live().count() == 4


def test_what_a_release_brings_is_shown_unless_a_draft_waits(exercise):
    CallNumberSet.objects.update(title="From a release")
    editions.loaded("From release 9", True)
    assert editions.newest(exercise).is_live
    desk.save(desk.editor(), CallNumberSet.objects.get(), title="An editor's")
    CallNumberSet.objects.update(explanation="From a release")
    editions.loaded("From release 10", True)
    assert not editions.newest(exercise).is_live
    assert Exercise.objects.count() == 4


def test_a_release_reaches_readers_and_an_editors_draft_waits(client, db, tmp_path, settings):
    make_exercises()
    editor, publisher = desk.editor(), desk.publisher()
    write(tmp_path, settings, "0.1.0", CallNumberSet.objects.get())
    assert "Not brought in" not in start()
    item = CallNumberSet.objects.get()
    item.title = "The earth"
    write(tmp_path, settings, "0.2.0", item)
    assert "Not brought in" not in start()
    assert "<h1>The earth</h1>" in client.get(PAGE).content.decode()
    # An editor's words stay, and what the release says instead can be taken: as a draft, like every change.
    desk.save(editor, CallNumberSet.objects.get(), explanation="An editor's words.")
    item.explanation = "What the release says."
    write(tmp_path, settings, "0.3.0", item)
    assert "collide" in start()
    assert CallNumberSet.objects.get().explanation == "An editor's words."
    record = ShippedContent.objects.waiting().get()
    collisions.settle(record, dict.fromkeys(collisions.of(record), collisions.TAKE), publisher.user)
    assert CallNumberSet.objects.get().explanation == "What the release says."
    draft = editions.newest(Exercise.objects.get(slug="call-numbers"))
    assert not draft.is_live
    assert draft.comment == "Taken from release 0.3.0"


def write(folder, settings, release, item):
    """Have the release of that number ship the item alone."""
    settings.FIXTURES_DIR, settings.RELEASE = folder, release
    (folder / "exercises.json").write_text(json.dumps([freezing.to_plain(item)]))


def test_a_draft_is_compared_and_previewed_before_readers_see_it(client, exercise):
    editor = desk.editor()
    said = desk.save(editor, CallNumberSet.objects.get(), title="The <earth>", explanation="Another rule.")
    draft = editions.newest(exercise)
    assert f"{HISTORY}{draft.pk}/change/" in said.content.decode()
    page = editor.get(f"{HISTORY}{draft.pk}/change/").content.decode()
    assert "What would change for readers" in page
    assert "<ins>The &lt;earth&gt;</ins>" in page
    preview = f"{HISTORY}{draft.pk}/preview/exercises/call-numbers/"
    assert f'href="{preview}one/"' in page
    page_of_item = editor.get(f"{preview}one/").content.decode()
    assert "<h1>The &lt;earth&gt;</h1>" in page_of_item
    # The form of the preview stays in the preview, and its answer is the draft's.
    assert f'action="{preview}one/answer/"' in page_of_item
    assert editor.get(f"{preview}one/answer/?x=1").status_code == 422
    assert f'href="{preview}one/"' in editor.get(preview).content.decode()
    assert editor.get(f"{HISTORY}{draft.pk}/preview/glossary/").url == "/glossary/"
    assert editor.get(f"{HISTORY}{draft.pk}/preview/nowhere-at-all/").status_code == 404
    assert client.get(f"{preview}one/").status_code == 302
    assert "<h1>Earth</h1>" in client.get(PAGE).content.decode()
