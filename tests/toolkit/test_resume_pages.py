"""Resume examples and the builder, page by page."""

import io
import json
import logging
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from guides.models import Skill
from guides.readiness import answers
from guides.registry import tools
from tests import factories

EXAMPLES = "/guides/bookbinder/toolkit/resume/"
BUILDER = "/guides/bookbinder/toolkit/resume/build/"
TYPED = {
    "basics.name": "Zoë Łódź",
    "basics.email": "zoe@example.org",
    "basics.summary": "I bind books.",
    "work.0.position": "Assistant",
    "work.0.name": "Glue & Sons",
    "work.0.startDate": "2022-05",
    "work.0.highlights": "Sewed 40 books\r\n- Mended 12",
    "skills.0.keywords": "Skill 0",
    "advert": "We need skill 1.",
}


def html(response):
    return response.content.decode()


def test_the_examples_are_a_page_for_everyone(client, guide, django_assert_num_queries):
    with django_assert_num_queries(4):
        response = client.get(EXAMPLES)
    assert "Sewed 40 books (club)" in html(response)
    assert "It says what she does." in html(response)
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in html(response)
    assert "no-store" not in response.get("Cache-Control", "")


def test_the_guide_leads_to_the_tools(client, guide, django_assert_num_queries):
    with django_assert_num_queries(4):
        response = client.get("/guides/bookbinder/toolkit/")
    assert not response.cookies
    assert "no-store" not in response.get("Cache-Control", "")
    for name in ["resume", "cover_letter", "interview", "job_description"]:
        address = reverse(f"toolkit:{name}", args=["bookbinder"])
        tool = tools.TOOLS[f"toolkit/{name.replace('_', '-')}"]
        assert tool.url(guide) == address
        assert f'href="{address}"' in html(response)
        assert str(tool.about) in html(response)
        assert 'href="/guides/bookbinder/toolkit/"' in html(client.get(address))


def test_the_builder_is_private(client, guide):
    for response in [client.get(BUILDER), client.post(BUILDER, TYPED)]:
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]


def test_a_placeholder_is_no_word_of_the_resume(client, guide):
    assert "0 words so far." in html(client.get(BUILDER))
    assert "3 words so far." in html(client.post(BUILDER, {"basics.name": "Zoë Maria Łódź"}))


def test_everything_typed_comes_back(client, guide):
    page = html(client.post(BUILDER, TYPED))
    for value in ["Zoë Łódź", "zoe@example.org", "I bind books.", "Glue &amp; Sons", "We need skill 1."]:
        assert value in page
    assert '<option value="05" selected>May</option>' in page
    assert "May 2022 – present" in page
    assert "<li>Mended 12</li>" in page


def test_it_starts_from_an_example(client, guide):
    page = html(client.get(f"{BUILDER}?example=first"))
    assert 'value="Zoë Łódź"' in page
    assert page.index("Book club") < page.index("Glue &amp; Sons")
    assert client.get(f"{BUILDER}?example=none").status_code == 404
    assert client.get(f"{BUILDER}?example=../x").status_code == 400


def test_entries_are_added_and_the_cursor_is_there(client, guide):
    page = html(client.post(BUILDER, TYPED | {"do": "add work"}))
    assert 'name="work.1.position"' in page
    assert page.count("autofocus") == 1
    field = page.index('name="work.1.position"')
    assert page.index("autofocus") - field < 80


def shown(response):
    """The step that a phone shows, by its key."""
    [key] = re.findall(r'class="pane pane--current" id="step-([\w-]+)"', html(response))
    return key


def test_each_button_leads_to_the_step_that_it_is_about(client, guide):
    assert shown(client.get(BUILDER)) == "you"
    assert shown(client.get(f"{BUILDER}?step=work")) == "work"
    assert shown(client.get(f"{BUILDER}?step=cats")) == "you"
    assert client.get(f"{BUILDER}?step=../x").status_code == 400
    for action, key in {
        "add work": "work", "add languages": "languages", "add profiles": "you", "raise education": "education",
        "skill skill-1": "skills", "save": "save",
    }.items():  # fmt: skip
        assert shown(client.post(BUILDER, TYPED | {"do": action}, follow=True)) == key, action
    assert shown(client.post(f"{BUILDER}?step=skills", TYPED | {"do": "preview"})) == "skills"
    wrong = client.post(BUILDER, TYPED | {"do": "pdf", "work.0.startDate": "summer 2020"})
    assert shown(wrong) == "work"
    assert wrong.context["steps"][1].is_wrong
    assert not wrong.context["steps"][2].is_wrong


def test_what_was_removed_is_named_and_can_be_undone(client, guide):
    sent = TYPED | {"work.1.position": "Page", "languages.0.language": "Polish"}
    response = client.post(BUILDER, sent | {"do": "remove work 0"})
    assert shown(response) == "work"
    assert "Removed: Assistant, Glue &amp; Sons." in html(response)
    assert re.search(r'value="undo work"[^>]* autofocus>', html(response))
    carried = {"removed": response.context["form"]["removed"].value(), "work.0.position": "Page"}
    rest = {name: value for name, value in sent.items() if not name.startswith("work.")} | carried
    assert 'value="undo work"' in html(client.post(BUILDER, rest | {"do": "preview"}))
    back = client.post(BUILDER, rest | {"do": "undo work"})
    assert shown(back) == "work"
    assert [entry.heading for entry in back.context["form"].parts[1].forms] == ["Assistant, Glue & Sons", "Page"]
    assert "Mended 12" in html(back)
    assert "Removed:" not in html(back)
    # The last of a part takes its step with it: the way back stands where such parts are added.
    last = client.post(BUILDER, sent | {"do": "remove languages 0"})
    assert shown(last) == "more"
    assert 'value="undo languages"' in html(last)
    saved = client.post(BUILDER, rest | {"do": "save"}, follow=True)
    assert "Removed:" not in html(saved)


def test_a_fault_elsewhere_leaves_a_person_where_they_are(client, guide):
    faulty = TYPED | {"work.0.startDate": "31 February 2020"}
    for action, key in {"add education": "education", "remove skills 0": "skills", "skill skill-1": "skills"}.items():
        response = client.post(BUILDER, faulty | {"do": action})
        assert shown(response) == key, action
        assert response.context["steps"][1].is_wrong
    page = html(client.post(BUILDER, faulty | {"do": "add education"}))
    assert page.count("autofocus") == 1
    assert page.index("autofocus") - page.index('name="education.0.studyType"') < 80
    # Where the entry itself is at fault, what is wrong with it takes the focus.
    moved = html(client.post(BUILDER, faulty | {"work.1.position": "Page", "do": "down work 0"}))
    assert moved.count("autofocus") == 1
    assert re.search(r'class="error-summary"[^>]* autofocus', moved)


def test_the_steps_are_one_form_that_loses_nothing_and_name_the_next(client, guide):
    response = client.post(BUILDER, TYPED | {"work.1.position": "Page"})
    page = html(response)
    steps = response.context["steps"]
    keys = [step.key for step in steps]
    assert keys == ["you", "work", "education", "certificates", "skills", "volunteer", "more", "posting", "save"]
    assert page.count("<form id=") == 1
    for step in steps:
        assert f'id="step-{step.key}"' in page
        assert page.count(f'href="#step-{step.key}"') >= 2
    # Of several jobs those that one is not at are folded.
    assert page.count('<details class="builder__fold">') == 2
    assert '<details class="builder__fold" open>' in html(client.post(BUILDER, TYPED | {"do": "add work"}))


def test_htmx_gets_the_preview_alone_or_the_form(client, guide):
    preview = html(client.post(BUILDER, TYPED, headers={"HX-Request": "true"}))
    assert "<form" not in preview
    assert "Glue &amp; Sons" in preview
    form = html(client.post(BUILDER, TYPED | {"do": "add work"}, headers={"HX-Request": "true"}))
    assert form.lstrip().startswith("<form")
    assert "<html" not in form


def test_a_skill_of_the_guide_is_added(client, guide):
    page = html(client.post(BUILDER, {"do": "skill skill-1"}))
    assert "Skill 1</textarea>" in page
    assert client.post(BUILDER, {"do": "skill none"}).status_code == 200


def test_the_checks_hold_the_resume_against_the_guide_and_the_advert(client, guide):
    Skill.objects.update(weight="core")
    factories.editions.publish(factories.editions.save(guide))
    assert "This job needs skills that your resume does not name: Skill 1." in html(
        client.post(BUILDER, TYPED | {"advert": ""})
    )
    assert "The posting asks for skills that your resume does not name: Skill 1." in html(client.post(BUILDER, TYPED))
    page = html(client.post(BUILDER, TYPED | {"advert": "Come and have fun."}))
    assert "names none of this guide" in page


@pytest.mark.parametrize("design", ["quiet", "cloth", "neon", ""])
def test_a_pdf_is_downloaded(client, guide, design):
    response = client.post(BUILDER, TYPED | {"do": "pdf", "design": design})
    assert response["Content-Type"] == "application/pdf"
    assert "resume-zo%C3%AB-%C5%82%C3%B3d%C5%BA.pdf" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert "Glue & Sons" in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()


def test_a_docx_a_text_and_a_json_are_downloaded(client, guide):
    response = client.post(BUILDER, TYPED | {"do": "docx"})
    assert any("Mended 12" in row.text for row in docx.Document(io.BytesIO(response.content)).paragraphs)
    assert "- Sewed 40 books" in client.post(BUILDER, TYPED | {"do": "txt"}).content.decode()
    resume = json.loads(client.post(BUILDER, TYPED | {"do": "json"}).content)
    assert resume["work"][0]["highlights"] == ["Sewed 40 books", "Mended 12"]


def test_an_export_is_taken_in_again(client, guide):
    exported = client.post(BUILDER, TYPED | {"do": "json"}).content
    uploaded = {"do": "import", "file": SimpleUploadedFile("resume.json", exported), "basics.name": "Gone"}
    page = html(client.post(BUILDER, uploaded))
    assert "Glue &amp; Sons" in page
    assert "Gone" not in page
    assert "Glue &amp; Sons" in html(client.post(BUILDER, {"do": "import", "pasted": exported.decode()}))


def test_a_refused_import_changes_nothing(client, guide):
    wrong = SimpleUploadedFile("resume.json", b'{"work": [{"startDate": "May"}')
    response = client.post(BUILDER, TYPED | {"do": "import", "file": wrong})
    assert response.status_code == 422
    assert "line 1 cannot be read from column" in html(response)
    assert "Glue &amp; Sons" in html(response)
    assert client.post(BUILDER, {"do": "import"}).status_code == 422
    large = SimpleUploadedFile("resume.json", b" " * 1_100_000)
    assert "larger than 1 MB" in html(client.post(BUILDER, {"do": "import", "file": large}))
    larger = SimpleUploadedFile("resume.json", b" " * 2_700_000)
    assert client.post(BUILDER, TYPED | {"do": "import", "file": larger}).status_code == 413


def test_characters_that_a_pdf_lacks_are_said_before_it_is_made(client, guide):
    response = client.post(BUILDER, TYPED | {"do": "pdf", "basics.name": "東京 花子"})
    assert response.status_code == 422
    assert "The PDF cannot show 東 京 花 子" in html(response)
    assert "東京 花子" in html(response)
    assert client.post(BUILDER, TYPED | {"do": "pdf anyway", "basics.name": "東京"}).content.startswith(b"%PDF")
    assert client.post(BUILDER, TYPED | {"do": "docx", "basics.name": "東京"}).status_code == 200


def test_what_is_wrong_is_named_at_its_field_and_kept(client, guide):
    response = client.post(BUILDER, TYPED | {"do": "pdf", "work.0.startDate": "in May", "basics.summary": "x" * 20_000})
    assert response.status_code == 422
    assert 'href="#f-work-0-startdate"' in html(response)
    assert 'id="f-work-0-startdate"' in html(response)
    assert "in May" in html(response)
    assert "you wrote 20000" in html(response)


def test_two_hundred_entries_are_refused_with_a_sentence(client, guide):
    many = {f"work.{number}.{name}": "x" for number in range(200) for name in ("position", "name", "rest", "endDate")}
    many |= {f"work.{number}.{name}": "" for number in range(200) for name in ("location", "startDate", "summary")}
    response = client.post(BUILDER, {**many, "do": "pdf"})
    assert response.status_code == 422
    assert "200 entries" in html(response)


def test_an_advert_has_its_limit(client, guide):
    assert client.post(BUILDER, {"advert": "x" * 20_001}).status_code == 422


def test_nothing_typed_is_logged(client, guide, caplog, settings):
    with caplog.at_level(logging.DEBUG):
        client.post(BUILDER, TYPED | {"do": "pdf"})
        client.post(BUILDER, TYPED | {"do": "import", "pasted": "{Glue"})
    assert "Glue" not in caplog.text
    assert "zoe@" not in caplog.text


def test_markup_is_shown_as_text(client, guide):
    page = html(client.post(BUILDER, TYPED | {"basics.name": "<script>alert(1)</script>"}))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_strengths_of_a_skills_gap_are_taken_over(client, guide):
    result = client.get(
        "/guides/bookbinder/skills-gap/", {f"s-{answers.code('skill-0')}": "2", "sent": "1"}, follow=True
    )
    address = re.search(r'href="(/guides/bookbinder/toolkit/resume/\?a=\w+)"', html(result))[1]
    led = client.get(address, follow=True)
    onward, page = led.redirect_chain[0][0], html(led)
    assert onward == address.replace("resume/", "resume/build/")
    assert "Skill 0</textarea>" in page
    line = "Experience with skill 0"  # as the skills gap words it
    assert line in html(result)
    assert f"{line}</textarea>" in page
    kept = TYPED | {"do": "restore", "a": onward.partition("=")[2], "skills.0.keywords": "Glue\r\nSkill 0"}
    restored = html(client.post(BUILDER, kept))
    assert "Glue\nSkill 0</textarea>" in restored
    assert restored.count(f"{line}</textarea>") == 1
    again = html(client.post(BUILDER, kept | {"work.0.highlights": f"{line}\r\nMore"}))
    assert f"{line}\nMore</textarea>" in again
    told = html(client.post(BUILDER, kept | {"work.0.highlights": "I use skill 0 each day"}))
    assert "I use skill 0 each day</textarea>" in told, "their own words stand, and none of ours beside them"
    assert line not in told
    text = "Zoë Łódź\nMEMBERSHIPS\nGuild of binders\nUsed skill 0 for the guild\n"
    brought = client.post(BUILDER, {"do": "import", "pasted": text, "a": kept["a"]})
    assert "Used skill 0 for the guild</textarea>" in html(brought)
    assert "Used skill 0" not in brought.context["form"].typed("unplaced")
    assert line not in html(brought)
    assert client.get(f"{BUILDER}?a=zzz").status_code == 400
