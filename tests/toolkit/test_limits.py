"""What one page of the toolkit takes the next one takes too: forms, plan, files, up to their limits."""

import json
from urllib.parse import urlencode

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides.readiness.matching import LONGEST_TEXT
from guides.toolkit import packing
from guides.toolkit.documents.designs import DESIGNS
from guides.toolkit.downloads import WRITERS
from guides.toolkit.models import KeptDocument
from guides.toolkit.resume import draft, jsonresume, layout
from guides.toolkit.resume.forms import BasicsForm
from guides.toolkit.resume.parts import MOST_ENTRIES, PARTS

GUIDE = "/guides/library-technical-assistant/"
TOOLS = {
    "resume": f"{GUIDE}toolkit/resume/build/",
    "letter": f"{GUIDE}toolkit/cover-letter/write/",
    "interview": f"{GUIDE}toolkit/interview/practice/",
    "posting": f"{GUIDE}toolkit/job-description/write/",
}
# Four bytes as they stand, escaped in JSON and once more in JSON within JSON, and what addresses escape.
SIGNS = ["😀", '"', "&"]


def fields(tool, page):
    """Names of the tool's fields of many lines, and how much each takes."""
    if tool == "resume":
        for number in range(MOST_ENTRIES):
            yield f"work.{number}.summary", 5_000
            yield f"work.{number}.highlights", 5_000
    elif tool == "letter":
        yield "body", 8_000
    elif tool == "interview":
        yield from ((f"answer.{slug}", 5_000) for slug in page.context["deck"].waiting)
    else:
        yield from ((name, 5_000) for name in ("about", "apply", "more.duty", "more.requirement", "more.offer"))
        for part in page.context["form"].parts():
            yield from ((wording.html_name, 500) for _tick, wording in part.lines)


def filled(tool, sign, client):
    """The tool's form as it is sent, every field to its end, and how much of that the tool takes together."""
    started = client.post(TOOLS[tool], {"start": "yes"}) if tool == "interview" else client.get(TOOLS[tool])
    posted, room = QueryDict(mutable=True), packing.LARGEST
    if tool == "interview":
        posted["waiting"] = " ".join(started.context["deck"].waiting)
    for name, most in fields(tool, started):
        posted[name] = sign * most
        room -= packed_size(name, posted[name])
        if room < 0:
            break
    return posted, packing.fault(posted)


def packed_size(name: str, value: str) -> int:
    """How many bytes a field adds to a form as it is kept."""
    return len(json.dumps([name, value], ensure_ascii=False).encode())


def send(client, tool, posted, action):
    """Send the form as a browser does."""
    if tool == "resume":
        return client.post(TOOLS[tool], {**posted.dict(), "do": action})
    body = f"{posted.urlencode()}&{urlencode({'do': action})}"
    assert len(body) < site.DATA_UPLOAD_MAX_MEMORY_SIZE
    return client.post(TOOLS[tool], body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("tool", TOOLS)
def test_what_a_form_takes_the_plan_keeps_and_its_file_brings_back(client, lta, tool, sign):
    posted, fault = filled(tool, sign, client)
    if fault:
        refused = send(client, tool, posted, "save")
        assert refused.status_code == 422
        assert fault in refused.content.decode()
        assert not KeptDocument.objects.exists()
        posted.popitem()
    assert send(client, tool, posted, "preview").status_code == 200
    assert send(client, tool, posted, "save").status_code == 302
    kept = KeptDocument.objects.get()
    assert client.get(kept.get_absolute_url()).status_code == 200
    raw, other = client.get("/plan/plan.json").content, Client()
    assert other.post("/plan/import/", {"file": SimpleUploadedFile("plan.json", raw)}).status_code == 302
    assert other.get("/plan/plan.json").content == raw
    assert KeptDocument.objects.latest("pk").content == kept.content


odd = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from([*'-•*· \t\n\xa0\u2028\ufeff"\\', "- ", "\n- "])
typed = st.lists(odd, max_size=9).map("".join)
# Fields that take no text but of a certain kind.
STRICT = ("email", "url", "startDate", "endDate", "date", "releaseDate")
lines = [f"basics.{name}" for name in BasicsForm.base_fields if name not in STRICT]
lines += [
    f"{key}.{number}.{name}"
    for key, part in PARTS.items()
    for number in (0, 3)
    for name in part.form.names()
    if name not in STRICT
]
# What a page carries along, as a file can bring it, or as nobody's page sends it.
carried = st.sampled_from(
    ["", '{"awards": [{"title": "x"}]}', '{"work": 5, "basics": 5}', '{"basics": {"location": [1]}}']
)
resumes = st.builds(
    lambda values, order, rest: values | {"order": " ".join(order), "rest": rest, "work.0.rest": rest},
    st.dictionaries(st.sampled_from(lines), typed, max_size=6),
    st.permutations(list(PARTS)),
    carried,
)
some = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@some
@given(resumes)
def test_a_json_resume_that_we_write_we_read_and_write_again(values):
    posted = QueryDict(mutable=True)
    posted.update(values)
    resume = draft.read(posted)
    assert resume.form(posted).is_valid()
    raw = jsonresume.dump(resume)
    if not jsonresume.faults(json.loads(raw)):
        assert jsonresume.dump(jsonresume.load(raw)[0]) == raw


@some
@given(resumes)
def test_every_resume_that_the_form_takes_becomes_a_file(values):
    posted = QueryDict(mutable=True)
    posted.update(values)
    document = layout.document(jsonresume.to_json(draft.read(posted)))
    for kind, (_type, write) in WRITERS.items():
        assert write(document, "quiet"), kind


@pytest.mark.parametrize("value", ["a\n" * 2_500, "😀" * 5_000, '"' * 5_000])
def test_the_largest_resume_is_read_back(value):
    posted, room = QueryDict(mutable=True), packing.LARGEST - 2
    for number in range(MOST_ENTRIES):
        for name in (f"work.{number}.highlights", f"volunteer.{number}.highlights", f"skills.{number}.keywords"):
            room -= packed_size(name, value)
            if room > 0:
                posted[name] = value
    resume = draft.read(posted)
    assert resume.form(posted).is_valid()
    raw = jsonresume.dump(resume)
    assert len(raw) <= jsonresume.LARGEST_FILE
    again, _remarks = jsonresume.load(raw)
    assert again.form().is_valid()
    assert jsonresume.dump(again) == raw


def test_what_a_file_holds_beside_the_form_comes_back_up_to_a_limit_that_is_told(client, lta):
    resume = {"basics": {"name": "Zoë"}, "meta": {"notes": ["x" * 90_000]}}
    taken, _remarks = jsonresume.load(json.dumps(resume).encode())
    assert jsonresume.dump(jsonresume.load(jsonresume.dump(taken))[0]) == jsonresume.dump(taken)
    resume["meta"]["notes"] *= 2
    file = SimpleUploadedFile("resume.json", json.dumps(resume).encode())
    refused = client.post(TOOLS["resume"], {"do": "import", "file": file})
    assert refused.status_code == 422
    assert "more than 100000 characters of what this form does not show" in refused.content.decode()


def offered(client, sent):
    """The skills that the reader of resumes finds in what is sent, and what it says."""
    page = client.post(f"{GUIDE}skills-gap/resume/", sent)
    assert page.status_code == 200
    return [offer.match.skill.slug for offer in page.context["offers"]], page.content.decode()


@pytest.mark.parametrize("design", DESIGNS)
def test_a_resume_that_we_write_shows_our_reader_every_skill(client, lta, design):
    """Each skill of the guide by its own name: as a list, and in the middle of a sentence."""
    builder = client.get(TOOLS["resume"])
    skills = [skill.name for skill in builder.context["suggested"]]
    sentences = [f"Showed new staff how {name} helps readers every day" for name in skills]
    posted = {
        "basics.name": "Zoë Łódź",
        "skills.0.keywords": "\n".join(skills),
        "work.0.highlights": "\n".join(sentences),
    }
    files = {
        kind: client.post(TOOLS["resume"], {**posted, "do": kind, "design": design}) for kind in ("txt", "docx", "pdf")
    }
    pasted, _page = offered(client, {"text": files["txt"].content.decode()})
    assert len(pasted) == len(skills)
    for kind, file in files.items():
        assert offered(client, {"file": SimpleUploadedFile(f"resume.{kind}", file.content)})[0] == pasted, kind


@pytest.mark.parametrize("kind", ["txt", "docx", "pdf"])
def test_a_resume_longer_than_our_reader_reads_is_told(client, lta, kind):
    posted = {f"work.{number}.summary": "cataloging " * 450 for number in range(12)}
    file = client.post(TOOLS["resume"], {**posted, "do": kind})
    assert file.status_code == 200
    _skills, page = offered(client, {"file": SimpleUploadedFile(f"resume.{kind}", file.content)})
    assert f"at most {LONGEST_TEXT:,} characters" in page
    assert "at most" not in offered(client, {"text": "cataloging " * 40})[1]
