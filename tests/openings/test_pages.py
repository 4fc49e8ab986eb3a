"""What readers see of openings: the list, one posting, the links beside guides and profiles, and the plan's log."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.http import QueryDict
from django.urls import reverse

from guides.alerts import searches
from guides.alerts.models import Alert
from guides.openings import paging, soundness
from guides.openings.models import Feed, Posting
from guides.openings.understanding import words_of
from guides.plan.models import Application
from tests.addresses import Site, make_imported

from .feeds import in_days, library_job, neogov

pytestmark = pytest.mark.django_db


def make_posting(**values):
    """A posting of today, open for ten days, in the one feed there is."""
    closes = values.pop("closes_on", in_days(10))
    feed = values.pop("feed", None) or Feed.objects.on().first()
    posting = Posting.objects.create(
        **{
            "title": "Book Finisher", "employer": "County of Glue", "place": "Tacoma, WA", "state": "WA",
            "posted_on": in_days(0), "closes_on": closes, "first_seen": "2026-11-01T08:00Z",
            "last_seen": "2026-11-20T08:00Z", "same_address": "x", "pay_stated": "$18.50 - $22 Hour",
            "pay_unit": "hour", "pay_low": Decimal("18.50"), "pay_high": 22, "year_low": 38_480, "year_high": 45_760,
            "excerpt": "Sews books & glues them.", "guide": "bookbinder", "occupation": "51-5113",
            "why": "Its title is another name of Bookbinder.",
        }
        | ({"ends_on": closes} if closes else {})
        | values
    )  # fmt: skip
    posting.address = values.get("address", f"https://glue.example/{posting.pk}")
    posting.save()
    posting.sources.create(feed=feed, guid=str(posting.pk), address=posting.address, fingerprint="x")
    return posting


@pytest.fixture
def feed(db):
    return Feed.objects.create(
        name="County jobs", address="https://glue.example/jobs", terms="Free to show, says its page.", is_on=True,
        worked_at="2026-11-28T06:00Z", count=3, states="WA OR",
    )  # fmt: skip


def text(client, address, status=200):
    """A page's words, without its tags."""
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("&amp;", "&").split())


def shown(client, **query):
    """The titles on the list for that query."""
    answer = client.get("/openings/", query)
    assert answer.status_code == 200
    return [posting.title for posting in answer.context["page"]]


def test_without_a_feed_nothing_leads_there(client, guide):
    make_imported()
    Feed.objects.create(
        name="Off", address="https://glue.example/jobs", terms="Free to show.", worked_at="2026-11-28T06:00Z"
    )
    for address in ("/", "/tools/", "/guides/", "/guides/bookbinder/", "/occupations/binders/", "/search/?q=openings"):
        assert "/openings/" not in client.get(address).content.decode(), address
    assert "There are no openings here." in text(client, "/openings/")


def test_where_there_are_some_guides_and_profiles_lead_there(client, guide, feed):
    make_imported()
    assert "/openings/?guide" not in client.get("/guides/bookbinder/").content.decode()
    make_posting()
    assert '"/openings/?guide=bookbinder">Openings for this job' in client.get("/guides/bookbinder/").content.decode()
    assert '"/openings/?occupation=51-5113">Openings' in client.get("/occupations/binders/").content.decode()
    assert '"/openings/"' in client.get("/tools/").content.decode()
    Posting.objects.update(ends_on=in_days(-1))
    assert "/openings/?" not in client.get("/guides/bookbinder/").content.decode()


def test_the_list_is_narrowed_by_its_address(client, guide, feed):
    make_posting(title="Near", latitude=47.25, longitude=-122.44)
    make_posting(title="Not far", place="Seattle, WA", latitude=47.60, longitude=-122.33, hours="part")
    make_posting(title="Far", place="Portland, OR", state="OR", latitude=45.52, longitude=-122.67, closes_on=in_days(3))
    make_posting(title="Anywhere", place="", state="", remote="remote", year_low=None, guide="", closes_on=None)
    make_posting(title="Other job", guide="", occupation="25-4031")
    make_posting(title="Ended", ends_on=in_days(-1))
    assert shown(client) == ["Other job", "Anywhere", "Far", "Not far", "Near"]
    assert shown(client, sort="closing") == ["Far", "Other job", "Not far", "Near", "Anywhere"]
    assert shown(client, guide="bookbinder") == ["Far", "Not far", "Near"]
    assert shown(client, occupation="25-4031") == ["Other job"]
    assert shown(client, state="OR") == ["Far"]
    assert shown(client, near="tacoma, wa", miles=10) == ["Other job", "Near"]
    assert shown(client, near="Tacoma, WA") == ["Other job", "Not far", "Near"]
    assert shown(client, near="tacoma washington", miles=100) == ["Other job", "Not far", "Near"]
    assert shown(client, near="Tacoma", miles=10) == ["Other job", "Near"]
    assert "Of the others, those that name this place are listed too." in text(client, "/openings/?near=Tacoma, WA")
    # What counts where nothing is chosen is what the form shows.
    assert '<option value="25" selected>' in client.get("/openings/").content.decode()
    assert shown(client, hours="part") == ["Not far"]
    assert shown(client, remote="remote") == ["Anywhere"]
    assert shown(client, pay="on", occupation="51-5113") == ["Far", "Not far", "Near"]
    assert shown(client, closing="on") == ["Far"]
    assert shown(client, near="Nowhere, ZZ") == []
    assert "No opening names that place and matches the rest." in text(client, "/openings/?near=Nowhere")
    page = text(client, "/openings/?state=WA&guide=bookbinder")
    assert "From 1 feed that lists jobs in Washington." in page
    # What was found comes first, below what was looked for in words; the filters fold.
    assert "2 openings match your choices: Bookbinder, Washington" in page
    assert '<details class="filters">' in client.get("/openings/?state=WA").content.decode()
    assert "many small employers post on their own sites alone" in page
    assert "Free to show, says its page." in page
    fragment = client.get("/openings/?state=WA", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment


@pytest.mark.parametrize(
    "query",
    ["guide=nobody", "occupation=x", "state=ZZ", "miles=7", "hours=all", "remote=x", "sort=x", "after=0", "before=x",
     "after=2026-02-31.5", "after=2026-11-28.", "before=2026-11-28.%D9%A1" + "9" * 20, "near=%00",
     "near=" + "a" * 101],
)  # fmt: skip
def test_an_address_that_says_something_else_is_refused(client, feed, query):
    assert client.get(f"/openings/?{query}").status_code == 400


@pytest.mark.parametrize(
    ("typed", "titles", "said"),
    [
        ("$18.50 an hour", ["By the year", "By the hour"], "$18.50 an hour"),
        ("18.51/hr", ["By the year"], "$18.51 an hour"),
        ("17", ["By the year", "By the hour"], "$17 an hour"),
        ("38,480 a year", ["By the year", "By the hour"], "$38,480 a year"),
        ("39k", ["By the year"], "$39,000 a year"),
        ("  $40,001   annually ", [], "$40,001 a year"),
        ("$3,300 monthly", ["By the year"], "$3,300 a month"),
        ("", ["Unstated", "By the year", "By the hour"], ""),
    ],
)
def test_a_least_pay_by_the_hour_or_the_year(client, feed, typed, titles, said):
    make_posting(title="By the hour")
    make_posting(
        title="By the year", pay_low=40_000, pay_high=48_000, pay_unit="year", year_low=40_000, year_high=50_000
    )
    make_posting(title="Unstated", year_low=None, year_high=None, pay_low=None, pay_high=None, pay_stated="DOE")
    answer = client.get("/openings/", {"least": typed})
    assert [posting.title for posting in answer.context["page"]] == titles
    page = text(client, answer.wsgi_request.get_full_path())
    assert ("1 other matches and states no pay" in page) == bool(said)
    if not said:
        return
    # What is paid for another time than the one that was typed is said for that one as well.
    other = "By the hour" if "a year" in said else "By the year"
    assert ("(from about" in page) == (other in titles)
    # A saved search has it in one form of words, whatever was typed, and finds the same.
    form = searches.bound(f"least={quote(typed)}&state=WA")
    assert form.is_valid()
    query = searches.in_order(form)
    assert (searches.in_words(form), QueryDict(query)["least"]) == (f"Washington, pay of at least {said}", said)
    Alert(subject="openings", query=query, name="Pay", slug="pay").clean_fields(exclude=["plan", "slug"])
    assert [posting.title for posting in searches.found(query).newest()] == titles


@pytest.mark.parametrize("typed", ["much", "-5", "$17-20", "$2,500", "£17 an hour", "0", "9" * 12, "a" * 41])
def test_a_least_pay_that_is_no_sum_is_asked_for_again(client, feed, typed):
    make_posting()
    answer = client.get("/openings/", {"least": typed, "state": "WA"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'href="#id_least"' in html
    assert f'value="{typed}"' in html
    assert '<option value="WA" selected>' in html
    fragment = client.get("/openings/", {"least": typed}, headers={"HX-Request": "true"})
    assert (fragment.status_code, b"<html" in fragment.content) == (422, False)


@pytest.mark.parametrize("sort", ["newest", "closing"])
def test_pages_lead_on_and_back_and_show_each_posting_once(client, feed, sort):
    """Several of one day, and one that comes in the middle of reading."""
    every = [
        make_posting(title=f"Page {number}", posted_on=in_days(-(number % 3)), closes_on=in_days(number % 4))
        for number in range(65)
    ]
    day = {"newest": lambda each: -each.posted_on.toordinal(), "closing": lambda each: each.ends_on.toordinal()}[sort]
    in_order = [each.title for each in sorted(every, key=lambda each: (day(each), -each.pk))]
    pages, address = [], f"/openings/?sort={sort}&state=WA"
    while address:
        answer = client.get(address)
        assert "65 openings match" in text(client, address)
        pages.append([posting.title for posting in answer.context["page"]])
        links = dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', answer.content.decode()))
        assert ("prev" in links) == (len(pages) > 1)
        last, address = address, links.get("next", "").replace("&amp;", "&")
    assert [len(page) for page in pages] == [30, 30, 5]
    assert [title for page in pages for title in page] == in_order
    back = re.search(r'rel="prev" href="([^"]+)"', client.get(last).content.decode())[1].replace("&amp;", "&")
    assert [posting.title for posting in client.get(back).context["page"]] == pages[1]
    back = re.search(r'rel="prev" href="([^"]+)"', client.get(back).content.decode())[1].replace("&amp;", "&")
    first = client.get(back)
    assert [posting.title for posting in first.context["page"]] == pages[0]
    assert 'rel="prev"' not in first.content.decode()
    # Behind the end one begins anew.
    assert shown(client, sort=sort, after="1990-01-01.1" if sort == "newest" else "9999-12-31.1") == pages[0]


def test_a_city_that_no_feed_has_on_the_map_is_found_by_its_name(client, feed):
    make_posting(title="Of Oregon", place="Portland, OR", state="OR")
    make_posting(title="Of Maine", place="Portland, ME", state="ME", latitude=43.66, longitude=-70.26)
    for near in ("Portland, OR", "portland or", "Portland, Oregon 97214", "Portland, Oregon, United States"):
        assert shown(client, near=near) == ["Of Oregon"], near
    page = text(client, "/openings/?near=Portland, OR")
    assert "Found by the name of the place alone: no opening says where it is on the map" in page
    assert "1 opening matches your choices" in page
    # Without a state nobody can say which is meant: all of the name, and no distance.
    assert shown(client, near="Portland") == ["Of Maine", "Of Oregon"]
    assert [posting.title for posting in searches.found("near=Portland, OR").newest()] == ["Of Oregon"]


def test_words_are_looked_for_in_title_employer_department_and_place(client, feed):
    for title, employer, department in [
        ("Dental Hygienist", "City of Portland", "Health"),
        ("Page", "City of Portland", "Public Library"),
        ("Librarian 100%_", "State of Oregon", ""),
    ]:
        words = words_of(title, employer, department, "Portland, OR")
        make_posting(title=title, employer=employer, department=department, words=words)
    assert shown(client, q="library") == ["Librarian 100%_", "Page"]
    assert shown(client, q="  LIBRARIES   pages ") == ["Page"]
    assert shown(client, q="portland hygienist", state="WA") == ["Dental Hygienist"]
    assert shown(client, q="age") == []
    form = searches.bound("q=a%20%20library&state=WA")
    assert form.is_valid()
    assert searches.in_words(form) == "“a library”, Washington"
    assert [posting.title for posting in searches.found(searches.in_order(form))] == ["Librarian 100%_", "Page"]
    assert client.get("/alerts/new/openings/", {"q": "é" * 90, "near": "ü" * 90}).status_code == 400
    for typed in ("%", "the", " ".join(f"word{'x' * count}" for count in range(9)), "a" * 101):
        answer = client.get("/openings/", {"q": typed})
        assert answer.status_code == 422, typed
        assert 'href="#id_q"' in answer.content.decode()


def test_part_time_is_compared_by_the_hour_and_by_its_own_year(client, feed):
    make_imported()
    part = make_posting(hours="part", week_hours_low=Decimal("20.00"), week_hours_high=Decimal("20.00"))
    page = text(client, part.get_absolute_url())
    for said in (
        "Part time, 20 hours a week", "At 20 hours a week that is about $19,240–$22,880 a year: our estimate",
        "By the hour that is about $19.23 an hour. That lies within what it offers. It is part-time:",
    ):  # fmt: skip
        assert said in page, said
    assert "full-time year that is" not in page
    unknown = text(client, make_posting(hours="part").get_absolute_url())
    assert "It does not say how many hours a week" in unknown
    monthly = make_posting(hours="part", pay_unit="month", pay_low=1_500, pay_high=1_600, year_low=18_000)
    assert "names no hours, so nobody can hold its pay against that" in text(client, monthly.get_absolute_url())


def test_what_is_unpaid_old_or_closes_at_an_hour_says_so(client, feed):
    nothing = {"pay_stated": "", "pay_low": None, "pay_high": None, "pay_unit": "", "year_low": None, "year_high": None}
    unpaid = make_posting(title="Volunteer", is_unpaid=True, closes_at=time(17), **nothing)
    page = text(client, unpaid.get_absolute_url())
    assert "It is unpaid: it offers the work of a volunteer, and no pay." in page
    assert ", 5:00 PM, by the employer’s clock" in page
    assert "Seen in its feed since November 1, 2026." in page
    assert shown(client, pay="on") == shown(client, least="$5 an hour") == []
    row = text(client, "/openings/")
    assert "unpaid, a volunteer’s work" in row
    assert ", 5:00 PM" in row
    old = make_posting(title="Old", closes_on=None, posted_on=in_days(-181))
    fresh = make_posting(title="Fresh", closes_on=None, posted_on=in_days(-179))
    assert shown(client) == ["Volunteer", "Fresh", "Old"]
    assert "with no end named: may be filled" in text(client, "/openings/")
    assert "may be filled and forgotten" in text(client, old.get_absolute_url())
    assert "may be filled" not in text(client, fresh.get_absolute_url())


def test_a_list_asks_little_however_many_there_are(client, feed, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(paging, "MOST_COUNTED", 3)
    for number in range(5):
        make_posting(title=f"Page {number}")
    with django_assert_max_num_queries(6):
        assert "More than 3 openings" in text(client, "/openings/")


def test_one_posting(client, guide, feed):
    make_imported()
    posting = make_posting(skills=[["sewing", "Sewing", "Sews <books>"]])
    page = text(client, posting.get_absolute_url())
    for said in (
        "Book Finisher", "County of Glue, Tacoma, WA", "$18.50 to $22 an hour", "Its title is another name of",
        "about $38,480–$45,760: our estimate", "Sews books & glues them.", "Skills of the guide to Bookbinder",
        "In Washington the mean pay for this job is $40,000 a year.", "That lies within what it offers.",
        "Nothing of what we look for stands out", "County jobs (Free to show, says its page.)",
    ):  # fmt: skip
        assert said in page, said
    html = client.get(posting.get_absolute_url()).content.decode()
    assert f'href="{posting.address}" rel="noopener nofollow">Apply at the employer' in html
    assert "Sews &lt;books&gt;" in html
    for address in ("/openings/999999/", "/openings/99999999999999999999/"):
        assert client.get(address).status_code == 404


def test_a_posting_that_is_not_sound_says_why(client, feed):
    posting = make_posting(
        employer="", year_low=None, year_high=None, pay_low=None, pay_stated="DOE", earlier_on=in_days(-40),
        asks_money="Pay a $50 processing fee.", closes_on=in_days(-2), guide="", occupation="",
    )  # fmt: skip
    page = text(client, posting.get_absolute_url(), status=410)
    for said in (
        "It asks for money or for a bank account: “Pay a $50 processing fee.”", "It closed on", "It names no employer.",
        "It gives no sum for the pay.", "It was posted again after 40 days", "This opening has ended",
        "We are not sure which job this is, so we name none.",
    ):  # fmt: skip
        assert said in page, said


def test_an_ended_posting_says_so_and_leads_to_others_like_it(client, guide, feed):
    ended = make_posting(title="Over", closes_on=in_days(-1))
    for title, values in {
        "Of another state": {"state": "OR"}, "Of the same state": {},
        "Another job": {"guide": "", "occupation": "25-4031"},
    }.items():  # fmt: skip
        make_posting(title=title, **values)
    answer = client.get(ended.get_absolute_url())
    assert answer.status_code == 410
    assert [each.title for each in answer.context["similar"]] == ["Of the same state", "Of another state"]
    page = text(client, ended.get_absolute_url(), status=410)
    for said in (
        "one can no longer apply",
        "These are open for the same job:",
        "Its page at the employer",
        "It closed on",
    ):
        assert said in page, said
    assert "Apply at the employer" not in page
    unknown = make_posting(title="Over too", closes_on=in_days(-1), guide="", occupation="")
    assert "These are open" not in text(client, unknown.get_absolute_url(), status=410)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-28T23:59Z", True),
        ("2026-11-29T04:30Z", True),
        ("2026-11-29T09:59Z", True),
        ("2026-11-29T10:01Z", False),
    ],
)
def test_what_closes_today_is_open_until_the_day_is_over_in_every_state(client, feed, monkeypatch, moment, is_open):
    """Half past eight in the evening in Seattle is the next day at Greenwich."""
    posting = make_posting(title="Tonight", closes_on=date(2026, 11, 28), posted_on=date(2026, 11, 20))
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime.fromisoformat(moment))
    assert shown(client) == shown(client, closing="on") == (["Tonight"] if is_open else [])
    assert client.get(posting.get_absolute_url()).status_code == (200 if is_open else 410)


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("You must pay a $45 training fee before you start.", True),
        ("Send the background check fee via Zelle to our HR.", True),
        ("We mail you a check; deposit the check in your account and buy equipment from our vendor.", True),
        ("Please provide your bank account details and a photo of your debit card.", True),
        ("Buy gift cards for our clients.", True),
        ("A refundable deposit holds your place.", True),
        ("Collects fines and fees from patrons and makes bank deposits.", False),
        ("There is no application fee.", False),
        ("Never send money to anybody who says that he hires for us.", False),
        ("Processes credit card payments of patrons.", False),
        ("We pay a sign-on bonus and your certification.", False),
        ("Direct deposit, paid holidays.", False),
        ("Helps patrons who ask about gift cards.", False),
    ],
)
def test_what_asks_for_money(words, asks):
    assert bool(soundness.asks_money(f"Shelve books. {words} Apply now.")) == asks


def test_one_click_logs_it_in_the_plan(client, feed):
    site = Site()
    site.sign_in(client, "anonymous")
    posting = make_posting(title="Book " * 40, department="Library")
    address = reverse("openings:log", args=[posting.pk])
    answer = client.get(address)
    assert "no-store" in answer["Cache-Control"]
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302
    logged = Application.objects.get()
    assert (logged.employer, logged.link, logged.closes_on) == ("County of Glue", posting.address, in_days(10))
    assert (len(logged.post), logged.status) == (120, "saved")
    assert logged.note == "Place: Tacoma, WA\nDepartment: Library\nPay: $18.50 - $22 Hour"
    logged.full_clean()
    assert "It stands among your applications already." in text(client, address)
    assert client.post("/openings/999999/log/").status_code == 404
    nameless = make_posting(employer="", closes_at=time(17))
    client.post(reverse("openings:log", args=[nameless.pk]))
    assert Application.objects.get(link=nameless.address).note.endswith("Closes at: 5:00 PM")
    assert Application.objects.get(link=nameless.address).employer == "Employer not named"


def test_from_a_feed_to_the_plan(client, guide, feeds):
    """The whole way: an employer's feed is fetched, a guide leads to it, the posting is logged in a new plan."""
    job = library_job(
        title="Bookbinder (Part-Time)", state="Washington", location="Tacoma", department="Works", description="Sews."
    )
    feeds.feed("/jobs.rss", neogov(job))
    call_command("fetch_openings", "--all")
    link = re.search(r'href="([^"]+)">Openings for this job', client.get("/guides/bookbinder/").content.decode())[1]
    found = client.get(link.replace("&amp;", "&")).content.decode()
    posting = re.search(r'href="(/openings/\d+/)"', found)[1]
    log = re.search(r'href="([^"]+)" rel="nofollow">Log it', client.get(posting).content.decode())[1]
    assert client.post(log, follow=True).status_code == 200
    assert Application.objects.get().closes_on == in_days(10)
