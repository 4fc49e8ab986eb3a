"""What must hold while the database is away, and once it is back."""

import contextlib
import os
import time
from concurrent.futures import ThreadPoolExecutor

from .visitor import fields_of

# `make faults` sets FAULTS: the number of kills, and that figures are held to what we promise.
LONG = "FAULTS" in os.environ
PASSWORD = "correct horse battery"
GUIDE = "/guides/bookbinder/"
# Where the text of the guide is edited: known once the guide is made.
SCREENS = {}
VISITED = ["/", "/guides/", GUIDE, f"{GUIDE}text/", f"{GUIDE}steps/", "/guides/bookbinder.json", "/feed/", "/glossary/"]
# They ask the database every time, or nobody has visited them.
NEVER_STORED = [f"{GUIDE}print/", "/search/?q=bookbinder", "/guides/?order=title"]
# Enough for both workers to meet each page: with 24, one that does not has odds of 1 to 8 million.
VISITS = 24
SOON, LATE = (0.1, 2) if LONG else (2, 6)
# A save waits for another one, but no longer than this.
LOCKED = 3 + LATE


def visit(site, times):
    """GET every page so often; return the longest time."""
    visitor = site.visitor()
    answers = [visitor.get(path) for _time in range(times) for path in VISITED]
    assert {answer.status for answer in answers} == {200}
    return max(answer.seconds for answer in answers)


def sign_in(site):
    """Return a publisher who is signed in."""
    visitor = site.visitor()
    visitor.sign_in("pat", PASSWORD)
    return visitor


def type_as_editor(visitor):
    """Open a section's screen and change the text, without saving."""
    visitor.screen = SCREENS["section"]
    visitor.typed = visitor.form(visitor.screen) | {
        "body": f'Typed at {time.time()}: "<quotes>" & more.\r\n\r\nAnd more.'
    }
    assert "heading" in visitor.typed
    return visitor


def type_as_seeker(site):
    """Return a person with a form of the plan open."""
    visitor = site.visitor()
    visitor.screen = "/plan/save/?guide=bookbinder"
    visitor.typed = visitor.form(visitor.screen) | {"steps": "on"}
    return visitor


def refused(visitor, within):
    """Try to save: 503 in time, and what was typed stands in the page. Return what its button sends."""
    answer = visitor.post(visitor.screen, visitor.typed)
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert "Saving is not possible now" in answer.text
    kept = fields_of(answer.text)
    assert kept == visitor.typed
    assert answer.seconds < within
    return kept


def tell(name, **figures):
    """Print the figures of the long form."""
    if LONG:
        print(name, *(f"{key} {value * 1000:.0f} ms" for key, value in figures.items()), sep=" · ")  # noqa: T201


@contextlib.contextmanager
def crowd(*visitors):
    """More people than there are threads, who all save at once what the database does not take."""
    with ThreadPoolExecutor(12) as people:
        saving = [people.submit(refused, visitor, LOCKED) for visitor in visitors for _time in range(6)]
        yield
    for future in saving:
        future.result()


def outage(site, name, *visitors, reads=False, ready=503, seconds=0.0):
    """Everything that must hold while the database is away; `reads` where it can still be read."""
    ends = time.monotonic() + seconds
    slowest, others, health = 0.0, 0.0, 0.0
    while True:
        slowest = max(slowest, visit(site, 6))
        answer = site.visitor().get("/healthz")
        assert answer.status == 200
        health = max(health, answer.seconds)
        answer = site.visitor().get("/readyz")
        assert answer.status == ready
        others = max(others, answer.seconds)
        for path in NEVER_STORED:
            answer = site.visitor().get(path)
            assert answer.status == (200 if reads else 503), path
            assert reads or ("Back in a moment" in answer.text and answer.headers["Retry-After"] == "30")
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            others = max(others, answer.seconds)
        for visitor in visitors:
            refused(visitor, LATE)
        if time.monotonic() > ends:
            break
    tell(name, visited=slowest, health=health, others=others)
    assert max(slowest, health) < SOON
    assert others < LATE


def back(site, editor, seeker):
    """By itself, without a restart, everything works again; what was typed is saved when it is sent again."""
    until(site, lambda: site.visitor().get("/readyz").status == 200)
    for _time in range(8):
        assert site.visitor().get("/search/?q=book").status == 200
    until(site, lambda: editor.post(editor.screen, editor.typed | {"_continue": "1"}).status == 302)
    assert editor.form(editor.screen)["body"].splitlines() == editor.typed["body"].splitlines()
    until(site, lambda: seeker.post(seeker.screen, seeker.typed).status in {200, 302, 303})
    assert "Bookbinder" in seeker.get("/plan/").text


def until(site, holds, patience=15):
    """Wait until something holds, as it must within seconds."""
    ends = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < ends, site.said()
        time.sleep(0.1)
