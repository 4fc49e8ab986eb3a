"""What each person may do at each address: a walk over the whole URL configuration, held against two tables.

They stand in access_tables.py. A new address without a row fails here, and so does a new screen without its rights.
"""

import os
from functools import cache
from time import time

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection, transaction
from django.test import Client

from careerguide import throttle
from careerguide.models import RecentWrites
from guides.datasets.models import CheckedFigure
from tests.addresses import Site, every_address
from tests.raw_requests import WithoutTokens, ask, environ_of

from .access_tables import PAGES, SCREENS, TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# What a screen answers to whom it is open to: a form that holds nothing is shown again, or clashes with what is stored.
OPEN = {200, 302, 409}
# What addresses need beside their parameters.
QUERIES = {
    "guides:report": "?guide=bookbinder&section=steps",
    "guides:feedback": "?page=/guides/bookbinder/&helped=no",
    "guides:feedback_thanks": "?page=/guides/bookbinder/",
    "guides:report_thanks": "?guide=bookbinder&section=steps",
    "asking:missing": "?guide=bookbinder&section=steps&q=dogs",
    "plan:save": "?guide=bookbinder",
}
# Answered before a form would be looked at: they read none, and refuse every POST.
TAKE_NO_FORM = {"/healthz", "/readyz"}
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE", "CREATE", "ALTER", "DROP")


def by_role(text):
    """One status for everybody, or one a role."""
    statuses = [int(word) for word in text.split()]
    return dict(zip(Site.ROLES, statuses if len(statuses) > 1 else statuses * 4, strict=True))


@cache
def rows():
    """The first table: what GET and POST answer to each role, by the address's name."""
    table = {}
    for line in TABLE.strip().splitlines():
        name, statuses = line.split(maxsplit=1)
        table[name] = dict(zip(("GET", "POST"), map(by_role, statuses.split("|")), strict=True))
    return table


@cache
def rights():
    """The second table: what each role may do on a screen, by the model's label."""
    lines = [line.split() for line in SCREENS.strip().splitlines()]
    return {label: dict(zip(Site.ROLES[1:], letters, strict=True)) for label, *letters in lines}


def allowed(address, method, role):
    """Return the statuses that the tables allow, empty for an address that stands in neither.

    What is the same for everyone is open to everyone, and takes no form.
    """
    if getattr(address.view, "same_for_everyone", False):
        return {200} if method == "GET" else {405}
    if address.name in (table := rows()):
        return {table[address.name][method][role]}
    if address.model is None or address.model._meta.label_lower not in (screens := rights()):
        return set()
    if role == "anonymous":
        return {302}  # to the login
    page = address.name.rpartition("_")[2]
    if address.name.endswith("<path:object_id>/"):
        return {302}  # an old form of the address, which leads to the screen
    letter = PAGES[page][method == "POST"]
    return OPEN if letter in screens[address.model._meta.label_lower][role] else {403}


class NothingWritten:
    """Fails on a query that writes, but for the session that an editor's page keeps alive."""

    def __call__(self, execute, sql, params, many, context):
        assert not sql.lstrip().upper().startswith(WRITES) or "django_session" in sql, sql
        return execute(sql, params, many, context)


def is_walked(address, method, role):
    """Whether to ask at all. The long form always does; the short one leaves out what costs much and says little:
    reader pages for those who are signed in, and most screens for those whom the test of rights shows they are open to.
    """
    if "FAULTS" in os.environ:
        return True
    if role != "anonymous" and not address.route.startswith(("admin", "plan")):
        return False
    statuses = allowed(address, method, role)
    if statuses != OPEN:
        return True
    page = address.name.rpartition("_")[2]
    is_news = role == "editor" or allowed(address, method, "editor") != OPEN
    return is_news and (page, method) in {("add", "POST"), ("change", "GET")}


@pytest.fixture
def site():
    site = Site()
    for model in (AccessAttempt, AccessFailureLog):
        model.objects.create(username="ed", ip_address="192.0.2.1", **made_up(model))
    AccessLog.objects.create(username="ed", ip_address="192.0.2.1")
    return site


def made_up(model):
    return {"failures_since_start": 1} if model is AccessAttempt else {}


@pytest.mark.parametrize("role", Site.ROLES)
def test_what_each_may_do(site, kept_connection, role):
    wrong, client, application = [], Client(), WithoutTokens()
    site.sign_in(client, role)
    cookies = client.cookies.output(attrs=[], header="", sep=";")
    for address in every_address():
        path = site.path(address) + QUERIES.get(address.name, "")
        for method in ("GET", "HEAD", "POST") if role == "anonymous" else ("GET", "POST"):
            as_if = "POST" if method == "POST" else "GET"
            expected = allowed(address, as_if, role)
            if not is_walked(address, as_if, role) or (method == "HEAD" and expected != {200}):
                continue
            # Each request finds the site as it was made.
            with transaction.atomic():
                environ = environ_of(method, *path.partition("?")[::2], cookie=cookies)
                if method == "POST":
                    status = ask(application, environ).status
                else:
                    with connection.execute_wrapper(NothingWritten()):
                        status = ask(application, environ).status
                if status not in expected:
                    wrong.append(f"{method} {address.name}: {status}, not {expected or 'in the tables'}")
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def test_every_row_of_the_tables_is_an_address():
    addresses = list(every_address())
    assert set(rows()) <= {address.name for address in addresses}
    assert set(rights()) <= {address.model._meta.label_lower for address in addresses if address.model}


def test_each_screen_is_open_to_those_whom_the_table_names(site, rf):
    result = {}
    for model, screen in admin.site._registry.items():
        if model is CheckedFigure:
            continue  # a list with two addresses of its own, which stand in the first table
        row = model.objects.order_by("pk").last()
        for role in Site.ROLES[1:]:
            request = rf.get("/")
            request.user = site.accounts[role]
            has = {
                "v": screen.has_view_permission(request, row),
                "a": screen.has_add_permission(request),
                "c": screen.has_change_permission(request, row),
                "d": screen.has_delete_permission(request, row),
            }
            result.setdefault(model._meta.label_lower, {})[role] = "".join(filter(has.get, has)) or "-"
    assert result == rights()


def test_a_publisher_has_an_editors_rights_and_one_more():
    editors, publishers = (set(group.permissions.all()) for group in Group.objects.order_by("name"))
    assert [right.codename for right in publishers - editors] == ["publish_guide"]
    assert editors < publishers
    assert {right.content_type.app_label for right in publishers} <= {
        "guides",
        "datasets",
        "readiness",
        "exercises",
        "toolkit",
        "openings",
    }


def test_what_takes_no_form_says_so(client):
    for name in TAKE_NO_FORM:
        assert client.post(name).status_code == 405


def test_no_form_is_taken_without_its_token(site):
    client = Client(enforce_csrf_checks=True)
    site.sign_in(client, "superuser")
    # The button of a mail program has no token: the signed key in its address is what counts.
    without = {"admin:logout", "alerts:stop", *TAKE_NO_FORM}
    addresses = [address for address in every_address() if address.name not in without]
    taken = [address.name for address in addresses if client.post(site.path(address)).status_code != 403]
    assert taken == []
    assert client.post("/admin/logout/").status_code == 403
    assert User.objects.filter(username="editor").exists()


def test_every_form_waits_once_its_limit_is_reached(site, client):
    limits = {getattr(address.view, "limit", throttle.ANY_WRITE) for address in every_address()}
    now = time()
    for moment in (limit.seconds for limit in limits):
        for limit in limits:
            throttle.count(limit, "127.0.0.1", now + moment)
    for limit in limits:
        throttle.count(limit, "127.0.0.1", now)
    RecentWrites.objects.update(count=1_000_000)
    client.force_login(site.accounts["superuser"])
    addresses = [address for address in every_address() if address.name not in TAKE_NO_FORM]
    answers = {address.name: client.post(site.path(address)) for address in addresses}
    assert [name for name, answer in answers.items() if answer.status_code != 429] == []
    assert all(1 <= int(answer["Retry-After"]) <= 3600 for answer in answers.values())
