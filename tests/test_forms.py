"""Every form that faces a reader is held to the same rules: found by the URL configuration, filled in wrongly, sent."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import lxml.html
from django.http import QueryDict

from guides.readiness import answers

from .addresses import Site, every_address

# Addresses that are about something by their query.
QUERIES = {
    "guides:feedback": "page=/guides/bookbinder/",
    "guides:report": "guide=bookbinder&section=steps",
    "asking:missing": "guide=bookbinder&section=steps",
    "plan:save": "guide=bookbinder&step=step-1",
    "readiness:keep_skills_gap": f"a={answers.code('skill-0')}1",
}
# A form without any only asks whether it is meant.
TO_FILL_IN = ".//textarea|.//select|.//input[not(@type='hidden' or @name='website')]"
# The places to fill of the letter, without which it has no fields for them, and more than any field takes.
LONG = "[name] [shop] " + "word " * 8_000


def test_every_form_of_a_reader_follows_the_rules(client, db):
    site, faults, refused, sent = Site(), [], set(), set()
    site.sign_in(client, "anonymous")
    for address in every_address():
        if address.route.startswith("admin/"):
            continue
        path = f"{site.path(address)}?{QUERIES.get(address.name, '')}".rstrip("?")
        waiting = [(path, client.get(path))]
        while waiting:
            page, response = waiting.pop()
            if response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
                continue
            document = lxml.html.fromstring(response.content)
            if document.find(".//title") is None:
                continue
            faults += [f"{page}: {fault}" for fault in faults_of(document)]
            for form in document.forms:
                key = (address.name, form.get("class"))
                if form.get("role") == "search" or key in sent or not form.xpath(TO_FILL_IN):
                    continue
                sent.add(key)
                answer, values = send(client, page, form)
                if answer.status_code == 422:
                    refused.add(address.name)
                    wrong = faults_of(document := lxml.html.fromstring(answer.content))
                    wrong += errors_of(document) + lost(document, values)
                    faults += [f"{page}, sent wrongly: {fault}" for fault in wrong]
                else:
                    # A form may lead to the next one.
                    waiting.append((page, answer))
    assert not faults, "\n".join(faults)
    names = {name.partition(":")[2] for name in refused}
    assert names == {
        "add", "feedback", "import", "interview_practice", "item", "job_description_write", "letter_write", "mail",
        "edit", "missing", "new", "new_in_steps", "paste", "readiness", "report", "resume", "resume_build", "return",
        "save", "share", "skills_gap", "step", "written",
    }  # fmt: skip


def send(client, page, form):
    """Fill a form in with what no field takes, and send it; return the answer, and the texts by name."""
    data, texts = QueryDict(mutable=True), {}
    for control in form.xpath(".//input|.//select|.//textarea"):
        name, kind = control.get("name"), control.get("type", control.tag)
        if not name or name == "website" or kind in {"file", "submit"}:
            continue
        if kind == "hidden":
            data.appendlist(name, control.get("value", ""))
        elif kind == "radio" and name not in {"design", "minutes"}:
            data[name] = "no such"
        elif kind in {"radio", "checkbox"}:
            continue
        elif kind == "select":
            data[name] = (control.xpath("./option[@selected]/@value") or control.xpath("./option/@value"))[0]
        else:
            data[name] = texts[name] = LONG if form.method == "POST" else "word"
    for button in form.xpath(".//button[@name]")[:1]:
        data[button.get("name")] = button.get("value", "")
    if data.get("do"):
        data["do"] = "save"
    target = form.get("action") or page
    if form.method == "POST":
        if form.get("enctype") == "multipart/form-data":
            return client.post(target, dict(data.lists())), texts
        return client.post(target, data.urlencode(), content_type="application/x-www-form-urlencoded"), texts
    query = urlencode([*parse_qsl(urlsplit(target).query), *((name, value) for name, value in data.items())])
    return client.get(f"{urlsplit(target).path}?{query}"), texts


def faults_of(document):
    """What is wrong with the forms of any page."""
    ids = document.xpath("//@id")
    faults = [f"two elements have the id {each}" for each in set(ids) if ids.count(each) > 1]
    labelled = {label.get("for") for label in document.xpath("//label[@for]")}
    for control in document.xpath("//input|//select|//textarea"):
        if control.get("type") in {"hidden", "submit"} or control.xpath("ancestor::*[@aria-hidden='true']"):
            continue
        if not (control.get("id") in labelled or control.get("aria-label") or control.xpath("ancestor::label")):
            faults.append(f"{control.get('name')} has no label")
    for name in document.xpath("//@aria-describedby|//label/@for"):
        faults += [f"nothing has the id {each}" for each in name.split() if each not in ids]
    for form in document.forms:
        if not form.xpath(".//button[@type='submit' or not(@type)]"):
            faults.append(f"the form to {form.get('action')} cannot be sent without JavaScript")
        if form.method == "POST" and not form.xpath(".//input[@name='csrfmiddlewaretoken']"):
            faults.append(f"the form to {form.get('action')} has no token")
    has_errors = bool(document.xpath("//*[@data-error-summary]"))
    if document.findtext(".//title").strip().startswith("Error:") != has_errors:
        faults.append("the title and the list of errors do not agree")
    if len(document.xpath("//*[@autofocus]")) > 1:
        faults.append("two elements want the focus")
    return faults


def errors_of(document):
    """What is wrong with a page that refuses a form: it lists the errors, and each one leads to its field."""
    summaries = document.xpath("//*[@data-error-summary and @role='alert' and @tabindex='-1' and @autofocus]")
    if len(summaries) != 1:
        return ["there is no list of errors that takes the focus"]
    lines = summaries[0].xpath(".//li")
    faults = [] if lines else ["the list of errors is empty"]
    listed = set()
    for line in lines:
        for link in line.xpath("./a"):
            target = document.get_element_by_id(link.get("href")[1:], None)
            if target is None:
                faults.append(f"'{line.text_content()}' leads nowhere")
                continue
            listed.add(target.get("id"))
            about = [document.get_element_by_id(each) for each in (target.get("aria-describedby") or "").split()]
            texts = [text for each in about for text in each.xpath("descendant-or-self::p/text()")]
            if not any(text in line.text_content() for text in texts):
                faults.append(f"'{line.text_content()}' does not stand at its field")
            if target.tag != "fieldset" and target.get("aria-invalid") != "true":
                faults.append(f"{target.get('id')} is not marked as invalid")
    marked = set(document.xpath("//*[@aria-invalid='true']/@id"))
    return faults + [f"{each} is wrong, and not listed" for each in marked - listed]


def lost(document, values):
    """The fields that do not hold any more what was typed into them."""
    squeezed = {name: re.sub(r"\s+", " ", value).strip() for name, value in values.items()}
    held = {}
    for control in document.xpath("//main//input|//main//textarea"):
        text = control.get("value", "") if control.tag == "input" else control.text or ""
        held[control.get("name")] = re.sub(r"\s+", " ", text).strip()
    return [f"{name} has lost what was typed" for name, value in squeezed.items() if held.get(name) != value]
