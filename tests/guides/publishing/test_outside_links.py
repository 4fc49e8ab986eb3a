"""Links out of the site, visited on a real server: moved, gone, slow, broken, with a bad certificate, led inward."""

import ssl
import subprocess
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import httpx
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import URLField
from django.urls import reverse
from django.utils import timezone

from guides import fetching, freezing, jobs, registry
from guides.exercises import editions as exercise_editions
from guides.exercises.models import DeskQuestion, Exercise
from guides.models import ContentVersion, LinkVisit, Source
from guides.publishing import editions, outside_links
from guides.registry import content_models
from tests.guides import desk

pytestmark = pytest.mark.django_db

State = LinkVisit.State


class Pages(BaseHTTPRequestHandler):
    """Answers by its address: /404 with that status, /slow after a while, /moved from somewhere else."""

    asked: list[tuple[str, str, float]] = []
    works = True

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path, time.monotonic()))
        status = int(self.path[1:4]) if self.path[1:4].isdecimal() else 200
        if self.path.startswith("/slow"):
            time.sleep(0.6)
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        if self.path == "/sometimes" and not self.works:
            status = 404
        self.send_response(status)
        if self.path.startswith("/301/loop"):
            self.send_header("Location", self.path)
        elif status in (301, 302):
            self.send_header("Location", "/here")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def site(settings, monkeypatch):
    settings.VISIT_PRIVATE_ADDRESSES = True
    monkeypatch.setattr(fetching, "TIMEOUT", httpx.Timeout(0.3))
    Pages.asked, Pages.works = [], True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def write(guide, *addresses: str) -> None:
    """Publish a text of the guide that leads to `addresses`."""
    section = guide.sections.get(slug="text")
    section.body = "\n\n".join(f"Read [page {number}]({address})." for number, address in enumerate(addresses))
    section.save()
    editions.publish(editions.save(guide))


def pass_a_week() -> None:
    LinkVisit.objects.update(visited_at=timezone.now() - timedelta(days=8))


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/here", State.WORKS),
        ("/no-head", State.WORKS),
        ("/302", State.WORKS),
        ("/301", State.MOVED),
        ("/301/loop", State.UNREACHABLE),
        ("/403", State.SHUT),
        ("/404", State.GONE),
        ("/410", State.GONE),
        ("/500", State.FAULT),
        ("/slow", State.UNREACHABLE),
    ],
)
def test_what_is_seen(guide, site, path, state):
    write(guide, site + path)
    outside_links.visit_due(pause=0)
    visit = LinkVisit.objects.get(url=site + path)
    assert visit.state == state
    assert (visit.worked_at is not None) == (state in (State.WORKS, State.MOVED))
    assert visit.failures == (state not in (State.WORKS, State.MOVED, State.SHUT))
    assert visit.moved_to == (f"{site}/here" if state == State.MOVED else "")


def test_a_certificate_that_browsers_warn_of(guide, settings, tmp_path, monkeypatch):
    settings.VISIT_PRIVATE_ADDRESSES = True
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout {key} -out {certificate}"
    subprocess.run(command.split(), check=True, capture_output=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"https://127.0.0.1:{server.server_port}/"
        write(guide, address)
        outside_links.visit_due(pause=0)
    finally:
        server.shutdown()
        server.server_close()
    assert LinkVisit.objects.get(url=address).state == State.CERTIFICATE


def test_readers_lose_a_link_that_failed_twice_and_get_it_back(client, guide, site):
    address = f"{site}/sometimes"
    Source.objects.update(url=address)
    write(guide, address)
    link = f'<a href="{address}"'
    pages = ["/guides/bookbinder/text/", "/guides/bookbinder/print/", "/guides/bookbinder/sources/"]

    def linked() -> list[bool]:
        pass_a_week()
        outside_links.visit_due(pause=0)
        return [link in client.get(page).content.decode() for page in pages]

    assert all(linked())
    Pages.works = False
    assert all(linked())
    before = ContentVersion.objects.get().number
    assert not any(linked())
    assert ContentVersion.objects.get().number > before
    page = client.get(pages[0]).content.decode()
    assert "Read page 0 (this page no longer answers)." in page
    assert "Its address no longer answers" in client.get(pages[2]).content.decode()
    Pages.works = True
    assert all(linked())


def test_a_link_is_visited_weekly_and_one_that_fails_daily(guide, site):
    write(guide, f"{site}/here", f"{site}/404")
    assert len(outside_links.visit_due(pause=0)) >= 2
    now = timezone.now()

    def due(after: timedelta) -> set[str]:
        return {visit.url for visit in LinkVisit.objects.due(now + after) if visit.url.startswith(site)}

    assert due(timedelta(hours=1)) == set()
    assert due(timedelta(days=1)) == {f"{site}/404"}
    assert due(timedelta(days=7, hours=1)) == {f"{site}/404", f"{site}/here"}


def test_a_site_is_not_asked_twice_at_once(guide, site):
    write(guide, *(f"{site}/here/{number}" for number in range(3)))
    LinkVisit.objects.exclude(url__startswith=site).update(visited_at=timezone.now())
    outside_links.visit_due(pause=0.2)
    moments = [moment for _method, _path, moment in Pages.asked]
    assert len(moments) == 3
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.2


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/admin/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://0.0.0.0/",
    ],
)
def test_no_visit_leads_into_the_hosts_own_network(guide, settings, address):
    settings.VISIT_PRIVATE_ADDRESSES = False
    with fetching.visitor() as client, pytest.raises(fetching.Refused):
        fetching.look(client, address)
    write(guide, address)
    outside_links.list_all()
    visit = LinkVisit.objects.get(url=address)
    with fetching.visitor() as client:
        outside_links.see(client, visit)
    assert (visit.state, visit.detail) == (State.UNREACHABLE, "It leads into a private network.")


def test_links_that_no_live_guide_has_any_more_are_forgotten(guide, site):
    write(guide, f"{site}/here")
    write(guide, f"{site}/302")
    outside_links.list_all()
    own = LinkVisit.objects.filter(url__startswith=site)
    assert [visit.url for visit in own] == [f"{site}/302"]
    editions.unpublish(guide)
    outside_links.list_all()
    assert not LinkVisit.objects.exists()


def test_editors_see_what_moved_and_died_and_where_it_stands(guide, site, capsys):
    write(guide, f"{site}/404", f"{site}/301")
    LinkVisit.objects.exclude(url__startswith=site).update(visited_at=timezone.now())
    call_command("check_links")
    said = capsys.readouterr().out
    assert f"{site}/404: gone" in said
    assert f"{site}/301 -> {site}/here: moved" in said
    assert "Links visited: 2. Without an answer that works: 1. Moved: 1." in said
    editor = desk.editor()
    front = editor.get(reverse("admin:index")).content.decode()
    assert "1 outside link does not work." in front
    assert "1 outside link has moved." in front
    listed = editor.get(reverse("admin:guides_linkvisit_changelist")).content.decode()
    assert f"{site}/404" in listed
    visit = LinkVisit.objects.get(url=f"{site}/404")
    page = editor.get(reverse("admin:guides_linkvisit_change", args=[visit.pk])).content.decode()
    assert "gone: the site says that there is no such page" in page
    assert "Bookbinder: Text" in page


def test_the_clock_visits_where_the_host_lets_it(guide, site, settings):
    job = next(job for job in jobs.JOBS if job.name == "visit_links")
    write(guide, f"{site}/here")
    settings.VISIT_LINKS = False
    assert not job.is_needed()
    settings.VISIT_LINKS = True
    assert job.is_needed()
    LinkVisit.objects.exclude(url__startswith=site).update(visited_at=timezone.now())
    assert job.run() == "Links visited: 1. Without an answer that works: 0. Moved: 0."
    assert not job.is_needed()


def test_an_exercises_link_is_visited_and_lost_like_a_guides(client, guide, site):
    address = f"{site}/sometimes"
    exercise = Exercise.objects.create(
        slug="at-the-desk",
        name="At the desk",
        summary="Choose.",
        introduction="Choose.",
        rules=f"Read [the rules]({address}).",
    )
    item = DeskQuestion.objects.create(
        slug="one", title="One", situation="?", good_answer="a", good_why="a", first_answer="b", first_why="b",
        second_answer="c", second_why="c",
    )  # fmt: skip
    exercise_editions.publish(exercise_editions.save(exercise))
    outside_links.list_all()
    visit = LinkVisit.objects.get(url=address)
    screen = desk.editor().get(reverse("admin:guides_linkvisit_change", args=[visit.pk])).content.decode()
    assert reverse("admin:exercises_exercise_change", args=[exercise.pk]) in screen
    answer = f"/exercises/at-the-desk/{item.slug}/answer/?answer=1"

    def linked() -> bool:
        pass_a_week()
        outside_links.visit_due(pause=0)
        return f'<a href="{address}"' in client.get(answer).content.decode()

    assert linked()
    Pages.works = False
    linked()
    assert not linked()
    Pages.works = True
    assert linked()
    # A draft that readers do not see leads nobody there.
    Exercise.objects.update(rules="No link.")
    outside_links.list_all()
    assert LinkVisit.objects.filter(url=address).exists()
    exercise_editions.publish(exercise_editions.save(Exercise.objects.get()))
    outside_links.list_all()
    assert not LinkVisit.objects.filter(url=address).exists()


def test_what_another_app_shares_is_walked_without_being_named():
    LinkVisit.objects.create(url="https://guild.example/shared")

    def walked() -> set[str]:
        return {
            address for plain, _row in outside_links.beside_guides() for address in outside_links.addresses_of(plain)
        }

    assert "https://guild.example/shared" not in walked()
    # Any model will do that nobody has registered yet.
    registry.add(registry.Extension("pretend", shared={"guides.linkvisit": "visits"}))
    try:
        assert "https://guild.example/shared" in walked()
    finally:
        registry.remove("pretend")


def test_every_registered_field_that_can_lead_out_is_walked():
    """Whatever field of a registered model holds an address or Markdown, its addresses are found."""
    labels = ["guides.guide", *content_models.SHARED, *(content.label for content in content_models.CONTENT_MODELS)]
    leading = {}
    for label in labels:
        model = apps.get_model(label)
        markdown = set(getattr(model, "markdown_fields", ()))
        for field in freezing.fields_of(model):
            if isinstance(field, URLField) or field.name in markdown:
                leading[label, field.name] = isinstance(field, URLField)
    assert {app.partition(".")[0] for app, _name in leading} >= {"guides", "datasets", "exercises"}
    for (label, name), is_address in leading.items():
        text = "https://out.example/" if is_address else "See [it](https://out.example/)."
        plain = {"model": label, "fields": {name: text}}
        assert list(outside_links.addresses_of(plain)) == ["https://out.example/"], f"{label}.{name}"
