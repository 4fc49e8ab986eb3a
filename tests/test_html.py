"""Every page that links lead to exists, and is valid HTML."""

import json
import subprocess
from pathlib import Path

import pytest

from .crawl import crawl, is_html
from .installed import CHECKER, JAVA, need_checker

# For a run of seconds, what Java does to be faster later takes twice the time that the checking does.
QUICK_START = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
# A fragment goes below a section's heading.
FRAGMENT = '<!doctype html><html lang="en"><title>Fragment</title><body><h1>Guide</h1><h2>Section</h2>{}'


def check_html(documents, folder):
    """Run the HTML checker once over `documents`, HTML by name, saved in `folder`; return a line a complaint."""
    names = {}
    for number, (name, html) in enumerate(documents.items()):
        path = folder / f"{number:04}.html"
        path.write_text(html, encoding="utf-8")
        names[path.name] = name
    command = [
        JAVA,
        *QUICK_START,
        "-Xss4m",
        "-jar",
        CHECKER,
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        folder,
    ]
    result = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    return [
        f"{names[Path(message['url']).name]}, line {message.get('lastLine')}: {message['message']}"
        for message in json.loads(result.stdout)["messages"]
    ]


def test_pages_of_an_empty_site(client, db):
    assert missing(*crawl(client)) == []


@pytest.mark.any_database
def test_every_page_exists_and_is_valid_html(client, lta, guide, tmp_path):
    pages, fragments = crawl(client)
    assert missing(pages, fragments) == []
    need_checker()
    # The page of a section is the guide's with that section open: the section is checked by itself, and all of them
    # at once on the guide's page with every section open.
    whole = {address: response for address, response in pages.items() if address not in fragments}
    documents = {address: response.content.decode() for address, response in whole.items() if is_html(response)}
    assert any("open=all" in address for address in documents)
    documents["a missing page"] = client.get("/no-such-page/").content.decode()
    for address, response in fragments.items():
        documents[f"{address} as a fragment"] = FRAGMENT.format(response.content.decode())
    complaints = check_html(documents, tmp_path)
    assert not complaints, "\n".join(complaints)


def missing(pages, fragments):
    """Return the addresses that were linked to and did not answer with a page."""
    answers = [*pages.items(), *fragments.items()]
    return [address for address, answer in answers if answer.status_code != 200]
