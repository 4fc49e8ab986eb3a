"""What each person may do at each address: a walk over the whole URL configuration, held against two tables.

A new address without a row fails here, and so does a new screen of the admin without its rights.
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
from tests.asking import WithoutTokens, ask, environ_of

pytestmark = pytest.mark.django_db

# The answer to GET, and to a POST that holds nothing: one status for everybody, or one each for a reader with a plan,
# an editor, a publisher and a superuser.
TABLE = """
/healthz                       200                | 405
/readyz                        200                | 405
guides:home                    200                | 405
guides:list                    200                | 405
guides:json                    200                | 405
guides:image                   200                | 405
guides:guide                   200                | 405
guides:print                   200                | 405
guides:sources                 200                | 405
guides:tool                    200                | 405
guides:section                 200                | 405
guides:search                  200                | 405
guides:glossary                200                | 405
guides:sitemap                 200                | 405
guides:robots                  200                | 405
guides:feed                    200                | 405
guides:schema                  200                | 405
guides:compare                 200                | 405
guides:report                  200                | 422
guides:report_thanks           200                | 405
guides:preview                 200                | 405
guides:accessibility           200                | 405
guides:privacy                 200                | 405
readiness:skills_gap           200                | 405
readiness:so_far               200                | 405
readiness:resume               200                | 422
readiness:keep_skills_gap      302                | 302
readiness:readiness            200                | 405
readiness:keep_readiness       302                | 302
toolkit:resume                 200                | 405
toolkit:resume_build           200                | 200
toolkit:cover_letter           200                | 405
toolkit:letter_write           200                | 200
toolkit:interview              200                | 405
toolkit:interview_sheet        200                | 405
toolkit:interview_practice     200                | 200
toolkit:job_description        200                | 405
toolkit:posting_write          200                | 200
plan:plan                      200                | 405
plan:save                      200                | 302
plan:marks                     200                | 405
plan:applications              200 302 302 302    | 405
plan:record                    200 302 302 302    | 405
plan:record_csv                200 302 302 302    | 405
plan:calendar                  200 302 302 302    | 405
plan:export                    200 302 302 302    | 405
plan:schema                    200                | 405
plan:import                    200                | 422
plan:packet                    200 302 302 302    | 405
plan:link                      200 302 302 302    | 405
plan:return                    200                | 404
plan:leave                     200 302 302 302    | 302
plan:delete                    200 302 302 302    | 302
plan:add                       200                | 405
plan:item                      200 404 404 404    | 400 400 400 400
plan:delete_item               200 302 302 302    | 409 302 302 302
admin:login                    200 302 302 302    | 200
admin:logout                   302 405 405 405    | 302 200 200 200
admin:second_factor            302 200 200 200    | 302 200 200 200
admin:second_factor_set_up     302 200 200 200    | 302 200 200 200
admin:second_factor_remove     302 200 200 200    | 302 200 200 200
admin:index                    302 200 200 200    | 302 200 200 200
admin:password_change          302 200 200 200    | 302 200 200 200
admin:password_change_done     302 200 200 200    | 302 405 405 405
admin:autocomplete             302 403 403 403    | 302 405 405 405
admin:jsi18n                   302 200 200 200    | 302 405 405 405
admin:view_on_site             302 404 404 404    | 302 404 404 404
admin:app_list                 302 200 200 200    | 302 200 200 200
admin:auth_user_password_change    302 403 403 200  | 302 403 403 200
admin:guides_edition_compare       302 400 400 400  | 302 400 400 400
admin:guides_edition_preview       302 200 200 200  | 302 405 405 405
admin:guides_guide_draft           302 302 302 302  | 302 302 302 302
admin:guides_guide_preview         302 200 200 200  | 302 405 405 405
admin:guides_section_markdown      302 200 200 200  | 302 200 200 200
admin:datasets_checkedfigure_changelist  302 200 200 200  | 302 405 405 405
admin:datasets_checkedfigure_use         302 405 405 405  | 302 400 400 400
/admin/<url>                   302 404 404 404    | 302 404 404 404
"""

# What editors, publishers and superusers may do on each screen of the admin: view, add, change, delete. A guide that
# readers have seen is never deleted, an edition is made by saving alone, and nobody there sees a reader's plan.
SCREENS = """
auth.group                    -     -     vacd
auth.user                     -     -     vacd
axes.accessattempt            -     -     vcd
axes.accessfailurelog         -     -     vcd
axes.accesslog                -     -     vcd
datasets.dataset              v     v     v
datasets.handbookentry        vacd  vacd  vacd
datasets.importedobservation  v     v     v
datasets.occupationtitle      v     v     v
guides.edition                v     v     v
guides.figure                 vacd  vacd  vacd
guides.guide                  vac   vac   vac
guides.report                 vc    vc    vcd
guides.section                vacd  vacd  vacd
guides.source                 vacd  vacd  vacd
guides.synonym                vacd  vacd  vacd
guides.term                   vacd  vacd  vacd
readiness.area                vacd  vacd  vacd
readiness.band                vacd  vacd  vacd
readiness.practice            vacd  vacd  vacd
readiness.question            vacd  vacd  vacd
readiness.stage               vacd  vacd  vacd
toolkit.coverletter           vacd  vacd  vacd
toolkit.interviewquestion     vacd  vacd  vacd
toolkit.jobphrase             vacd  vacd  vacd
toolkit.resumeentry           vacd  vacd  vacd
toolkit.resumeexample         vacd  vacd  vacd
toolkit.wording               vacd  vacd  vacd
"""
# Which right each page of a screen asks for, to see it and to send its form.
PAGES = {"changelist": "vv", "add": "aa", "change": "vc", "delete": "dd", "history": "vv"}
# What a screen answers to whom it is open to: a form that holds nothing is shown again, or clashes with what is stored.
OPEN = {200, 302, 409}
# What addresses need beside their parameters.
QUERIES = {
    "guides:report": "?guide=bookbinder&section=steps",
    "guides:report_thanks": "?guide=bookbinder&section=steps",
    "plan:save": "?guide=bookbinder",
}
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
    """Return the statuses that the tables allow, empty for an address that stands in neither."""
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
    found = {}
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
            found.setdefault(model._meta.label_lower, {})[role] = "".join(filter(has.get, has)) or "-"
    assert found == rights()


def test_a_publisher_has_an_editors_rights_and_one_more():
    editors, publishers = (set(group.permissions.all()) for group in Group.objects.order_by("name"))
    assert [right.codename for right in publishers - editors] == ["publish_guide"]
    assert editors < publishers
    assert {right.content_type.app_label for right in publishers} <= {"guides", "datasets", "readiness", "toolkit"}


def test_no_form_is_taken_without_its_token(site):
    client = Client(enforce_csrf_checks=True)
    site.sign_in(client, "superuser")
    addresses = [address for address in every_address() if address.name not in {"admin:logout"}]
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
    answers = {address.name: client.post(site.path(address)) for address in every_address()}
    assert [name for name, answer in answers.items() if answer.status_code != 429] == []
    assert all(1 <= int(answer["Retry-After"]) <= 3600 for answer in answers.values())
