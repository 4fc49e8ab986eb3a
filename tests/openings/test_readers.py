"""Each form of feed against recorded samples, and what feeds write of pay, days and places."""

import json
from datetime import date, time
from decimal import Decimal

import pytest

from guides.openings import days, feed_forms, pay, texts
from guides.openings.documents import Document
from guides.openings.found import FoundPosting, Unreadable
from guides.openings.models import Feed
from guides.openings.understanding import understand

from .feeds import DATA, greenhouse, in_days, item, library_job, neogov, page, rss


def read(body: str | bytes, content_type: str = "", url: str = "https://feeds.example/jobs"):
    """The form of a document, and what is kept of its postings."""
    document = Document(url, content_type, body.encode() if isinstance(body, str) else body)
    form = feed_forms.recognized(document)
    content = form.read(document)
    return form.slug, [understand(found, Feed(name="A feed"), url) for found in content.postings]


def values(body: str | bytes, content_type: str = ""):
    """The values of the one posting of a document."""
    _form, [posting] = read(body, content_type)
    return posting.values


@pytest.mark.parametrize(
    ("name", "title", "place", "state", "pay_stated", "closes_on", "years"),
    [
        ("less_items", "Professional Development and Training Intern-DHS", "Lansing, MI", "MI", "", date(2022, 1, 31),
         None),
        ("expired", "Dentist-A", "Freeland, MI", "MI", "37.33 - 51.66 USD Hour", date(2012, 3, 13), (77_646, 107_453)),
        (
            "bad_locations", "Information Technology Programmer Analyst", "Michigan", "MI", "17.4 - 31.91 USD Hour",
            None, (36_192, 66_373),
        ),
    ],
)  # fmt: skip
def test_neogov_as_michigan_wrote_it(name, title, place, state, pay_stated, closes_on, years):
    form, postings = read((DATA / f"neogov_{name}.rss").read_bytes())
    first = postings[0].values
    assert form == "neogov"
    assert (first["title"], first["place"], first["state"], first["closes_on"]) == (title, place, state, closes_on)
    assert first["employer"] == "State of Michigan"
    assert first["pay_stated"] == pay_stated
    assert (first["year_low"], first["year_high"]) == (years or (None, None))
    assert first["excerpt"]
    assert "<" not in first["excerpt"]


def test_schema_org_s_own_example():
    form, [posting] = read((DATA / "job_posting.html").read_bytes(), url="https://abc.example/jobs/1")
    assert form == "job-posting"
    assert posting.values["title"] == "Software Engineer"
    assert (posting.values["place"], posting.values["state"]) == ("Kirkland, WA", "WA")
    assert posting.values["hours"] == "full"
    assert (posting.values["year_low"], posting.posted) == (100_000, date(2011, 10, 31))
    assert posting.values["address"] == "https://abc.example/jobs/1"


def test_a_posting_of_today_s_form():
    posted = {
        "@type": ["JobPosting"],
        "title": "Library Clerk",
        "url": "/jobs/7",
        "hiringOrganization": {"@type": "Organization", "name": "Town of Glue"},
        "jobLocation": [{"address": {"addressLocality": "Dayton", "addressRegion": "OH"},
                         "geo": {"latitude": 39.76, "longitude": "-84.19"}}],
        "jobLocationType": "TELECOMMUTE",
        "employmentType": ["PART_TIME", "TEMPORARY"],
        "baseSalary": {"currency": "USD", "value": {"minValue": 15, "maxValue": 17.5, "unitText": "HOUR"}},
        "validThrough": "2027-01-05T23:59:59-05:00",
        "description": "&lt;p&gt;Shelves &amp;amp; sorts.&lt;/p&gt;",
    }  # fmt: skip
    of_page = values(page({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, posted]}))
    assert of_page == values(json.dumps([posted])) | {"address": of_page["address"]}
    assert (of_page["remote"], of_page["hours"], of_page["employer"]) == ("remote", "part", "Town of Glue")
    assert (of_page["latitude"], of_page["longitude"]) == (39.76, -84.19)
    assert (of_page["pay_low"], of_page["pay_high"], of_page["pay_unit"]) == (15, Decimal("17.5"), "hour")
    assert of_page["closes_on"] == date(2027, 1, 5)
    assert of_page["excerpt"] == "Shelves & sorts."


def test_greenhouse():
    job = {
        "id": 127817,
        "title": "Archive Technician",
        "absolute_url": "https://boards.greenhouse.io/glue/jobs/127817?gh_src=x",
        "location": {"name": "Remote - Ohio"},
        "company_name": "Glue Works",
        "first_published": "2026-11-20T10:55:28-05:00",
        "content": "&lt;div&gt;Label boxes. Pay: $19.25 per hour.&lt;/div&gt;",
        "departments": [{"name": "Archive"}, None],
    }
    got = values(greenhouse(job))
    assert (got["employer"], got["department"], got["state"], got["remote"]) == (
        "Glue Works",
        "Archive",
        "OH",
        "remote",
    )
    assert (got["year_low"], got["pay_stated"]) == (40_040, "$19.25 per hour")
    job["pay_input_ranges"] = [
        {"min_cents": 4_100_000, "max_cents": 5_200_000, "currency_type": "USD", "title": "Annual"}
    ]
    assert (values(greenhouse(job))["year_low"], values(greenhouse(job))["year_high"]) == (41_000, 52_000)
    assert read(greenhouse())[1] == []


@pytest.mark.parametrize(
    ("fields", "unpaid"),
    [
        ({"jobType": "Volunteer", "minimumSalary": "Not Displayed", "maximumSalary": "Not Displayed",
          "description": "Unpaid. Compare to staff paid $20 per hour."}, True),
        ({"title": "Library Volunteer", "minimumSalary": "", "maximumSalary": "", "description": "$20 an hour."}, True),
        ({"minimumSalary": "", "maximumSalary": "", "description": "An unpaid internship. $20 per hour."}, True),
        ({"minimumSalary": "Not Displayed", "maximumSalary": "", "description": "Staff are paid $20 per hour."}, False),
    ],
)  # fmt: skip
def test_no_pay_is_taken_from_the_prose_of_what_is_unpaid_or_shows_none(fields, unpaid):
    got = values(neogov(library_job(**fields)))
    assert (got["pay_stated"], got["year_low"], got["is_unpaid"]) == ("", None, unpaid)


@pytest.mark.parametrize(
    ("title", "text"),
    [("Volunteer Coordinator", "Leads volunteers."), ("Clerk", "Unpaid leave. Paid or unpaid position counts."),
     ("Page", "Works beside volunteers.")],
)  # fmt: skip
def test_what_only_speaks_of_volunteers_is_paid(title, text):
    got = values(rss(item(title, description=f"{text} It pays $20 per hour.")))
    assert (got["is_unpaid"], got["year_low"]) == (False, 41_600)


@pytest.mark.parametrize(
    ("text", "hours", "low", "high"),
    [
        ("Part-time, 15-19 hours", "part", "15", "19"),
        ("It is 20 hours a week.", "part", "20", "20"),
        ("Up to 18.75 hrs/wk", "part", "18.75", "18.75"),
        ("A 40-hour per week job", "full", "40", "40"),
        ("The library is open 60 hours per week.", "", None, None),
        ("20 hours a week in summer, 30 hours a week else", "", None, None),
        ("Give 8 hours of notice.", "", None, None),
    ],
)
def test_hours_of_a_week(text, hours, low, high):
    got = values(rss(item("Clerk", description=text)))
    assert got["hours"] == hours
    assert (got["week_hours_low"], got["week_hours_high"]) == (low and Decimal(low), high and Decimal(high))


def test_the_last_day_in_a_text_and_the_hour_in_a_feed():
    day = in_days(5)
    for text, closes in [
        (f"We read them as they come. Apply by {day:%B} {day.day}, {day.year}.", day),
        (f"Closing date: {day:%m/%d/%Y}.", day),
        (f"Open until filled; apply by {day:%B} {day.day}, {day.year} for first consideration.", None),
        (f"Apply by {in_days(-5):%B %d, %Y}.", None),
        ("Apply by all means.", None),
    ]:
        assert values(rss(item("Clerk", description=text)))["closes_on"] == closes, text
    for hour, at in [("17:00:00", time(17)), ("23:59:00", None), ("00:00:00", None), ("05:30 PM", time(17, 30))]:
        got = values(neogov(library_job(advertiseToDateTime=f"{day:%a, %d %b %Y} {hour}")))
        assert (got["closes_on"], got["closes_at"]) == (day, at)


def test_atom_and_a_place_on_the_map():
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss"><entry>
    <title type="html">&lt;b&gt;Page&lt;/b&gt;, Part-Time</title><id>tag:x,1</id>
    <link rel="self" href="https://a.example/self"/><link href="https://a.example/page"/>
    <updated>{in_days(-1)}T08:00:00Z</updated><author><name>Glue Library</name></author>
    <georss:point>40.37 -82.39</georss:point><content type="html">Shelve.</content></entry></feed>"""
    form, [posting] = read(feed)
    assert (form, posting.values["title"]) == ("syndication", "Page, Part-Time")
    assert posting.values["address"] == "https://a.example/page"
    assert (posting.values["latitude"], posting.values["hours"], posting.posted) == (40.37, "part", in_days(-1))


def test_every_form_of_feed_is_read_in_any_charset():
    whole = neogov(library_job(title="Café Aide – Bibliothèque"))
    for charset in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-15"):
        declared = whole.replace("UTF-8", charset.removesuffix("-sig").upper())
        assert values(declared.encode(charset, "replace"))["title"].startswith("Café Aide"), charset
    # It says that it is UTF-8, and is not.
    assert values(whole.encode("cp1252"))["title"] == "Café Aide – Bibliothèque"
    # Nothing but the header says it.
    bare = rss(item("Café Aide")).replace(' encoding="UTF-8"', "")
    assert values(bare.encode("utf-16-le"), "text/xml; charset=utf-16-le")["title"] == "Café Aide"


def test_what_real_feeds_have_wrong_is_let_pass():
    wrong = (
        rss(item("Page")).replace("<title>Page", "<title>Page&nbsp;\x0bII").replace("<channel>", "<channel><!-- a -->")
    )
    assert values(wrong)["title"] in ("Page II", "PageII")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (rss(item("Page"))[:-20], "no whole XML"),
        (greenhouse({"absolute_url": "https://x.example/1", "title": "Page"})[:-9], "no whole JSON"),
        ("[" * 100_000, "no whole JSON"),
        ("<!doctype html><title>Jobs</title>", "page for people"),
        ("Not a feed.", "no feed of a form"),
        ("", "no feed of a form"),
        ("\x00\xff\xfe", "no feed of a form"),
        ("{}", "no feed of a form"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(body, said):
    with pytest.raises(Unreadable, match=said):
        read(body)


def test_entities_are_not_followed():
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY file SYSTEM "file:///etc/passwd">]>'
    feed = rss(item("Page").replace("<title>Page", "<title>Page &b;&file;")).replace("?>", f"?>{bomb}", 1)
    assert values(feed)["title"] == "Page &b;&file;"


@pytest.mark.parametrize(
    ("stated", "low", "high", "unit"),
    [
        ("$18.50-$22/hr DOE", "18.50", "22", "hour"),
        ("17.4 - 31.91 USD Hour", "17.40", "31.91", "hour"),
        ("$15.00/hour to $18.00/hour", "15", "18", "hour"),
        ("Hourly: $16.25", "16.25", "16.25", "hour"),
        ("$20+", "20", "20", "hour"),
        ("$500 sign-on bonus; $18/hr", "18", "18", "hour"),
        ("$18.50 hourly for 20 hours per week", "18.50", "18.50", "hour"),
        ("$45K–$52K annually", "45000", "52000", "year"),
        ("$45-52K", "45000", "52000", "year"),
        ("Salary: $41,000", "41000", "41000", "year"),
        ("$3,500.00 - $4,200.00 Monthly", "3500", "4200", "month"),
        ("$1,234.56 bi-weekly", "1234.56", "1234.56", "two-weeks"),
        ("$200 - $300 per day", "200", "300", "day"),
    ],
)
def test_pay_in_the_words_of_employers(stated, low, high, unit):
    found = pay.stated(stated)
    assert (found.low, found.high, found.unit) == (Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    "stated",
    ["DOE", "Competitive", "Not Displayed", "", "0.00", "$5,000", "£20 an hour", "20 hours a week", "401k match",
     "$" + "9" * 5_000, "10% more", "$1 - $900000 a year"],
)  # fmt: skip
def test_what_states_no_pay(stated):
    assert pay.stated(stated) is None


@pytest.mark.parametrize(
    "written",
    ["2026-11-05", "2026-11-05T23:59:00-05:00", "2026-11-05 15:52:34.19", "Thu, 05 Nov 2026 23:59:00 GMT",
     "Thu, 05 Nov 2026", "11/05/2026", "11/5/26", "November 5, 2026", "5 Nov 2026", "05-Nov-2026", "1793836800",
     "1793836800000", "2026-11-05T10:00Z", "Nov 5th, 2026 11:59 PM"],
)  # fmt: skip
def test_days_in_every_form(written):
    assert days.day(written) == date(2026, 11, 5)


@pytest.mark.parametrize(
    "written", ["", "Continuous", "Open until filled", "2026-02-31", "0000-00-00", "9999-99-99", "soon"]
)
def test_what_names_no_day(written):
    assert days.day(written) is None


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("https://x.example/a?b=1&amp;c=2", "https://x.example/a?b=1&c=2"),
        ("/jobs/1", "https://feeds.example/jobs/1"),
        ("javascript:alert(1)", ""),
        (" JavaScript:alert(1)", ""),
        ("java\u200bscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://user:secret@x.example/", ""),
        ('https://x.example/"onclick="', ""),
        ("https://[", ""),
        ("https://x.example/" + "a" * 600, ""),
        ("", ""),
    ],
)
def test_links_lead_to_the_web_or_nowhere(link, leads):
    assert texts.address(link, "https://feeds.example/jobs") == leads
    kept = understand(FoundPosting("Page", link), Feed(), "https://feeds.example/jobs")
    assert (kept is not None) == bool(leads)


def test_titles_are_one_line_of_plain_text():
    title = (
        "<script>alert(1)</script><b>Library</b> Clerk &amp; Page\n<img src=x onerror=alert(1)>\u202e\x00 I" + "x" * 400
    )
    got = values(rss(item(title.replace("\x00", ""), "https://x.example/1")))["title"]
    assert got.startswith("Library Clerk & Page Ix")
    assert len(got) == 200
