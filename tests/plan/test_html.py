"""Every page of a plan is valid HTML."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.installed import need_checker
from tests.test_html import FRAGMENT, check_html

from .conftest import address, make_application, new

PAGES = [
    "", "?notice=saved", "applications/", "applications/?view=table", "record/", "record/?month=2000-01", "packet/",
    "import/", "link/", "earlier/", "share/", "leave/", "delete/", "applications/add/", "notes/add/", "dates/add/",
    "return/", "several/",
    "save/?guide=bookbinder", "save/?guide=bookbinder&step=step-1",
]  # fmt: skip


@pytest.mark.any_database
def test_pages_of_a_plan_are_valid_html(client, guide, plan, tmp_path):
    need_checker()
    documents = {f"empty {page}": client.get(f"/plan/{page}").content.decode() for page in PAGES}
    client.post("/plan/save/?guide=bookbinder", {"steps": "on"})
    item = make_application(
        plan, status="applied", applied_on="2026-10-05", next_on="2026-10-09", link="https://a.example/"
    )
    client.post(address("notes"), new("notes", text="one\n\ntwo & <three>"))
    documents |= {f"full {page}": client.get(f"/plan/{page}").content.decode() for page in PAGES}
    own = item.get_absolute_url()
    for page in [own, f"{own}delete/"]:
        documents[page] = client.get(page).content.decode()
    clash = client.post(own, {"was-contact": "old", "contact": "new", "was-status": "saved", "status": "offer"})
    sent = new("notes", text="x") | {"begun_for": "0" * 12}
    documents["another"] = client.post(address("notes"), sent).content.decode()
    client.post("/plan/several/keep/", {"name": "Ana & Co"})
    documents["clash"] = clash.content.decode()
    documents["gone"] = client.post(address("notes"), {"was-text": "x", "text": "y"}).content.decode()
    documents["mend"] = client.post(address("applications"), new("applications", link="x")).content.decode()
    documents["refused file"] = client.post("/plan/import/").content.decode()
    file = {"file": SimpleUploadedFile("plan.json", client.get("/plan/plan.json").content)}
    documents["imported"] = client.post("/plan/import/", file | {"way": "instead"}, follow=True).content.decode()
    step = {"id": "abcdefgh2345", "guide": "bookbinder", "step": "step-1", "name": "Another"}
    other = {"file": SimpleUploadedFile("plan.json", json.dumps({"format": 1, "steps": [step]}).encode())}
    documents["left out"] = client.post("/plan/import/", other, follow=True).content.decode()
    documents["wrong key"] = Client().post("/plan/return/", {"key": "x", "place": "own"}, follow=True).content.decode()
    for step in ("", "&step=step-1"):
        fragment = Client().get(f"/plan/save/?guide=bookbinder{step}", headers={"HX-Request": "true"})
        documents[f"fragment {step}"] = FRAGMENT.format(fragment.content.decode())
    assert check_html(documents, tmp_path) == []
