"""A plan's packet as a PDF, read by a program that reads PDFs."""

import io
from datetime import timedelta

from django.utils import timezone
from pypdf import PdfReader

from guides.plan.models import Note, SavedGuide
from guides.toolkit.models import KeptDocument

from ..plan.conftest import make_application, open_plan

EVERYTHING = "?part=summary&part=results&part=documents&part=plan&part=log&part=guide&with_key=on"


def read(client, query=""):
    response = client.get(f"/plan/packet.pdf{query}")
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    return PdfReader(io.BytesIO(response.content))


def text(file):
    return " ".join(" ".join(page.extract_text() for page in file.pages).split())


def test_a_summary_is_two_pages_and_says_what_the_page_says(client, guide):
    plan = open_plan(client)
    SavedGuide.objects.create(plan=plan, guide="bookbinder", name="Bookbinder")
    for number in range(20):
        day = timezone.localdate() + timedelta(days=number)
        make_application(plan, post=f"Post {number}", closes_on=day)
    file = read(client)
    assert len(file.pages) <= 3  # two, and one of addresses
    assert "Closes: Post 0, Hill College" in text(file)
    assert "/guides/bookbinder/" in text(file)


def test_everything_is_in_it_that_was_chosen(client, guide):
    plan = open_plan(client)
    Note.objects.create(plan=plan, text="Ask about <Saturdays> & #nights")
    make_application(plan, contact="Ms. Reyes", documents="resume\nletter", applied_on=timezone.localdate())
    letter = '[["name","Zoë Łódź"],["body","Dear library, I bind books."]]'
    KeptDocument.objects.create(plan=plan, tool="letter", guide="bookbinder", name="To Hill", content=letter)
    said = text(read(client, EVERYTHING))
    for words in ["Ask about <Saturdays> & #nights", "Ms. Reyes", "resume, letter", "Zoë Łódź", "I bind books", "key="]:
        assert words in said
    assert "key=" not in text(read(client))


def test_an_empty_plan_and_a_browser_without_one(client, db):
    assert client.get("/plan/packet.pdf").status_code == 302
    open_plan(client)
    assert "Open this plan" in text(read(client, EVERYTHING))
