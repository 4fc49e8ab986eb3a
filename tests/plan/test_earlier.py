"""What was changed or deleted in a plan is kept, and brought back with one click, by whatever way it went."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guides.plan import earlier, plan_file
from guides.plan.models import Application, EarlierState, Note, Plan, SavedGuide, SavedStep

from .conftest import change, make_application, open_plan

SAVE = "/plan/save/?guide=bookbinder"


def delete(client, item):
    address = f"{item.get_absolute_url()}delete/"
    client.post(address, {"fingerprint": client.get(address).context["fingerprint"]})


def bring_back(client, **which):
    return client.post(f"/plan/earlier/{EarlierState.objects.filter(**which).first().pk}/")


def test_a_change_is_undone_and_done_again(client, plan):
    note = Note.objects.create(plan=plan, text="first")
    change(client, note, {"text": "first"}, text="second")
    assert b"first" in client.get("/plan/earlier/").content
    assert bring_back(client)["Location"] == f"/plan/?notice=back#{note.anchor}"
    note.refresh_from_db()
    assert note.text == "first"
    bring_back(client)
    note.refresh_from_db()
    assert note.text == "second"


def test_what_was_deleted_comes_back_with_all_it_held(client, plan):
    item = make_application(plan, employer="Hill College", contact="Ann Lee", documents="resume\nletter")
    before = plan_file.dump(plan)
    delete(client, item)
    assert not Application.objects.exists()
    bring_back(client, was_deleted=True)
    assert plan_file.dump(plan) == before


def test_a_guide_comes_back_with_its_steps_one_by_one(client, plan, guide):
    client.post(SAVE, {"steps": "on"})
    saved = SavedGuide.objects.get()
    count = SavedStep.objects.count()
    delete(client, saved)
    assert EarlierState.objects.count() == count + 1
    for state in EarlierState.objects.filter(was_deleted=True):
        client.post(f"/plan/earlier/{state.pk}/")
    assert (SavedGuide.objects.count(), SavedStep.objects.count()) == (1, count)


def test_a_guide_that_was_saved_again_meanwhile_is_not_there_twice(client, plan, guide):
    client.post(SAVE)
    delete(client, SavedGuide.objects.get())
    client.post(SAVE)
    bring_back(client, was_deleted=True)
    assert SavedGuide.objects.count() == 1


def test_a_file_in_place_of_a_plan_is_undone(client, plan):
    Note.objects.create(plan=plan, text="mine")
    file = SimpleUploadedFile("plan.json", json.dumps({"format": 1}).encode())
    client.post("/plan/import/", {"file": file, "way": "instead"})
    assert not Note.objects.exists()
    bring_back(client)
    assert Note.objects.get().text == "mine"


def test_a_letter_that_was_saved_over_comes_back(client, plan, guide):
    address = "/guides/bookbinder/toolkit/cover-letter/write/"
    client.post(address, {"body": "Dear first", "do": "save", "kept-as": "Letter"})
    from guides.toolkit.models import KeptDocument

    document = KeptDocument.objects.get()
    page = client.get(document.get_absolute_url())
    sent = {"body": "Dear second", "do": "save", "kept-as": "Letter", "document": document.slug}
    client.post(address, sent | {"fingerprint": page.context["workspace"].fingerprint})
    document.refresh_from_db()
    assert "Dear second" in document.content
    assert b"Dear first" in client.get("/plan/earlier/").content
    bring_back(client, kind="documents")
    document.refresh_from_db()
    assert "Dear first" in document.content


def test_twenty_states_of_an_item_are_kept_and_a_plan_keeps_so_much(client, plan, monkeypatch):
    monkeypatch.setattr(earlier, "MOST_OF_A_PLAN", 30)
    notes = [Note.objects.create(plan=plan, text=f"note {number}") for number in range(2)]
    for note in notes:
        for _time in range(25):
            earlier.remember(note)
    assert EarlierState.objects.count() == 30
    assert EarlierState.objects.filter(slug=notes[1].slug).count() == 20
    monkeypatch.setattr(earlier, "MOST_CHARACTERS", 500)
    earlier.remember(notes[0])
    assert 0 < sum(EarlierState.objects.values_list("size", flat=True)) <= 500


def test_they_are_the_persons_alone_and_go_with_the_plan(client, plan):
    note = Note.objects.create(plan=plan, text="secret words")
    change(client, note, {"text": "secret words"}, text="other")
    stranger = Client()
    open_plan(stranger)
    state = EarlierState.objects.get()
    assert stranger.post(f"/plan/earlier/{state.pk}/").status_code == 404
    assert b"secret words" not in stranger.get("/plan/earlier/").content
    client.post("/plan/delete/")
    assert not EarlierState.objects.exists()
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("broken", [{}, {"text": "  "}, {"text": "\u0001"}])
def test_a_state_that_no_item_may_have_today_changes_nothing(client, plan, broken):
    note = Note.objects.create(plan=plan, text="mine")
    earlier.remember(note)
    EarlierState.objects.update(content=broken)
    assert bring_back(client).status_code in {404, 409}
    note.refresh_from_db()
    assert note.text == "mine"
