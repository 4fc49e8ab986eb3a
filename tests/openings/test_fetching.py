"""Fetching feeds from a real server on loopback: politely, within bounds, all or nothing; and what is kept of them."""

import gzip
import socket
import threading
from datetime import timedelta
from io import StringIO

import httpx
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from guides import fetching as visits
from guides.models import ContentVersion
from guides.openings import fetching, jobs, naming, storing, visiting
from guides.openings.models import Feed, Posting, PostingSource

from .feeds import Answer, bomb, greenhouse, in_days, item, library_job, neogov, page, rss

pytestmark = pytest.mark.django_db


def fetch(feed: Feed) -> Feed:
    """Fetch a feed as the clock does, due or not."""
    with visiting.visiting() as visitor:
        return fetching.fetch(Feed.objects.get(pk=feed.pk), visitor)


def titles() -> list[str]:
    """What readers are shown."""
    return sorted(Posting.objects.open().values_list("title", flat=True))


def pass_days(days: int) -> None:
    """Have so many days gone by, as far as the rows know."""
    back = timedelta(days=days)
    for posting in Posting.objects.all():
        posting.posted_on -= back
        posting.ends_on -= back if posting.ends_on.year < 9999 else timedelta()
        posting.save()
    Feed.objects.update(worked_at=timezone.now() - back)


def test_a_feed_is_fetched_and_kept(feeds):
    feed = feeds.feed("/jobs.rss", neogov(library_job()))
    version = ContentVersion.objects.get_or_create()[0].number
    fetched = fetch(feed)
    posting = Posting.objects.get()
    assert (fetched.form, fetched.count, fetched.states, fetched.fault) == ("neogov", 1, "OH", "")
    assert (posting.title, posting.employer, posting.department) == (
        "Library Assistant",
        "City of Columbus",
        "Public Library",
    )
    assert (posting.place, posting.hours, posting.closes_on, posting.ends_on) == (
        "Columbus, OH",
        "part",
        in_days(10),
        in_days(10),
    )
    assert (posting.year_low, posting.year_high, posting.posted_on) == (38_480, 45_760, in_days(-3))
    assert posting.excerpt == "Check out books at the circulation desk and shelve returned materials."
    assert ContentVersion.objects.get().number > version
    assert fetched.next_at > timezone.now() + timedelta(hours=5)
    agent = feeds.asked[0][1]["User-Agent"]
    assert "Careerguide openings" in agent
    assert "http" in agent


def test_no_feed_is_asked_that_is_off_or_not_due(feeds):
    off = feeds.feed("/off.rss", rss(item("Page")), on=False)
    soon = feeds.feed("/soon.rss", rss(item("Page")), next_at=timezone.now() + timedelta(hours=1))
    assert not jobs.JOBS[0].is_needed()
    said = StringIO()
    call_command("fetch_openings", stdout=said)
    assert (said.getvalue(), feeds.asked) == ("No feed is due: --all fetches every feed that is on at once.\n", [])
    call_command("fetch_openings", "--all", stdout=StringIO())
    assert feeds.paths() == ["/soon.rss"]
    assert not off.sources.exists()
    assert soon.sources.count() == 1


def test_what_has_not_changed_is_not_sent_again(feeds):
    feed = feeds.feed("/jobs.rss")
    feeds.put(
        "/jobs.rss", rss(item("Page")), headers={"ETag": '"one"', "Last-Modified": "Sat, 28 Nov 2026 10:00:00 GMT"}
    )
    fetch(feed)
    posting = Posting.objects.get()
    again = fetch(feed)
    sent = feeds.asked[-1][1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"one"', "Sat, 28 Nov 2026 10:00:00 GMT")
    assert (again.fault, titles(), Posting.objects.get().pk) == ("", ["Page"], posting.pk)
    # Where postings would be read otherwise now, they are read again.
    Feed.objects.update(read_with="other rules")
    fetch(feed)
    assert "If-None-Match" not in feeds.asked[-1][1]


def test_postings_come_change_end_and_come_again(feeds):
    feed = feeds.feed("/jobs.rss", rss(item("Page"), item("Clerk")))
    fetch(feed)
    page_of = Posting.objects.get(title="Page")
    feeds.put("/jobs.rss", rss(item("Page", description="Shelve."), item("Aide")))
    fetch(feed)
    assert titles() == ["Aide", "Page"]
    assert (Posting.objects.get(pk=page_of.pk).excerpt, Posting.objects.count()) == ("Shelve.", 3)
    # Gone for some days, it is the same posting; gone for longer, it was posted again.
    pass_days(3)
    feeds.put("/jobs.rss", rss(item("Page"), item("Aide"), item("Clerk")))
    fetch(feed)
    assert Posting.objects.filter(title="Clerk").count() == 1
    assert Posting.objects.get(title="Clerk").posted_again_after is None
    feeds.put("/jobs.rss", rss(item("Page"), item("Aide")))
    fetch(feed)
    pass_days(37)
    feeds.put("/jobs.rss", rss(item("Page"), item("Aide"), item("Clerk")))
    fetch(feed)
    again = Posting.objects.open().get(title="Clerk")
    assert (again.posted_again_after, again.earlier_on) == (40, timezone.localdate() - timedelta(days=40))


def test_a_posting_whose_day_moves_on_was_posted_again(feeds):
    def listed(days):
        return neogov(library_job(advertiseFromDate=f"{in_days(days):%Y-%m-%d}"))

    feed = feeds.feed("/jobs.rss", listed(-60))
    for days, after in [(-60, None), (-55, None), (-10, 45)]:
        feeds.put("/jobs.rss", listed(days))
        fetch(feed)
        assert Posting.objects.get().posted_again_after == after


def test_the_same_job_in_two_feeds_is_one(feeds):
    first = feeds.feed("/city.rss", neogov(library_job(), library_job(jobId="1002", title="Page")))
    other = feeds.feed(
        "/board.json",
        greenhouse(
            {"id": 5, "title": "Library assistant", "company_name": "City of Columbus",
             "location": {"name": "Columbus, Ohio"}, "absolute_url": "https://board.example/5"},
            {"id": 6, "title": "Shelver", "absolute_url": "http://governmentjobs.com/jobs/1002/?utm_source=board"},
        ),
    )  # fmt: skip
    fetch(first)
    fetch(other)
    assert titles() == ["Library Assistant", "Page"]
    both = Posting.objects.get(title="Library Assistant")
    assert set(both.feeds.all()) == {first, other}
    # What the second feed says of it changes nothing; when the first has it no longer, the second leads to it.
    feeds.put("/city.rss", neogov())
    fetch(first)
    both.refresh_from_db()
    assert (both.is_open, both.address) == (True, "https://board.example/5")
    storing.take_out(other)
    assert titles() == []


def test_two_jobs_of_one_title_in_one_feed_are_two(feeds):
    fetch(feeds.feed("/jobs.rss", neogov(library_job(), library_job(jobId="1002"))))
    assert len(titles()) == 2


def test_one_guid_listed_twice_is_one_and_is_said(feeds):
    feed = fetch(feeds.feed("/jobs.rss", neogov(library_job(), library_job(title="Library Clerk"))))
    assert (titles(), feed.note) == (["Library Assistant"], "1 posting listed twice.")


def test_what_has_closed_is_not_shown(feeds):
    old = library_job(jobId="2", advertiseToDateTime=f"{in_days(-1):%m/%d/%Y}")
    last_day = library_job(jobId="3", title="Clerk", advertiseToDateTime=f"{in_days(0):%m/%d/%Y}")
    feed = fetch(feeds.feed("/jobs.rss", neogov(old, last_day)))
    assert (titles(), feed.note) == (["Clerk"], "1 posting that had closed.")
    Posting.objects.update(ends_on=in_days(-401))
    assert storing.forget()
    assert not PostingSource.objects.exists()


def test_a_feed_that_is_broken_harms_no_other_and_keeps_what_it_had(feeds):
    broken, good = feeds.feed("/broken.rss", rss(item("Page"))), feeds.feed("/good.rss", rss(item("Clerk")))
    fetch(broken)
    feeds.put("/broken.rss", rss(item("Page"), item("Aide"))[:-30])
    Feed.objects.update(next_at=None)
    said = StringIO()
    call_command("fetch_openings", stdout=said)
    broken.refresh_from_db()
    assert "no whole XML" in broken.fault
    assert (broken.failures, broken.worked_at is not None) == (1, True)
    assert titles() == ["Clerk", "Page"]
    assert f"{good.name}: 1 posting." in said.getvalue()
    # After two weeks nobody knows whether there is such a job.
    Feed.objects.filter(pk=broken.pk).update(worked_at=timezone.now() - timedelta(days=15), next_at=None)
    with pytest.raises(CommandError, match="No feed worked"):
        call_command("fetch_openings", stdout=StringIO())
    assert titles() == ["Clerk"]


def endless():
    yield b"<rss><channel>"
    while True:
        yield b"<item><title>Page</title></item>" * 2_000


def slow():
    while True:
        yield b" "


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(status=404), "nothing at this address"),
        (Answer(status=410), "gone for good"),
        (Answer(status=403), "lets no program in"),
        (Answer(status=500), "status 500"),
        (Answer(status=204), "status 204"),
        (Answer(status=302, headers={"Location": "/jobs"}), "redirects"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "no address of the web"),
        (Answer(bomb(50_000_000), headers={"Content-Encoding": "gzip"}), "larger than 1 MB"),
        (Answer(bytes(1_000_001)), "larger than 1 MB"),
        (Answer(b"no gzip", headers={"Content-Encoding": "gzip"}), "cannot be unpacked"),
        (Answer(gzip.compress(b"<rss/>" * 900)[:-9], headers={"Content-Encoding": "gzip"}), "cut off"),
        (Answer(b"<rss/>", headers={"Content-Encoding": "br"}), "packed as br"),
        (Answer(pieces=endless), "larger than 1 MB"),
        (Answer(pieces=slow, pause=0.1), "in time"),
        (Answer(b"<rss/>", headers={"Content-Length": "900"}), "cannot be reached"),
        (Answer(rss(*(item(f"Page {number}") for number in range(21))).encode()), "more than the 20"),
        (Answer(rss(item("Page", "javascript:alert(1)")).encode()), "None of its postings"),
        (Answer(page({"@type": "ItemList", "itemListElement": [
            {"@type": "ListItem", "url": f"/{number}"} for number in range(9)]}).encode()), "leads to 9 pages"),
    ],
)  # fmt: skip
def test_bad_answers_are_bounded_and_said(feeds, monkeypatch, answer, said):
    for name, value in {"SECONDS": 0.6, "MOST_BYTES": 1_000_000, "MOST_POSTINGS": 20, "MOST_PAGES": 8}.items():
        for module in (fetching, visiting):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(visits, "TIMEOUT", httpx.Timeout(2))
    feed = feeds.feed("/jobs")
    feeds.answers["/jobs"] = answer
    fetched = fetch(feed)
    assert said in fetched.fault
    assert not Posting.objects.exists()
    assert len(fetched.fault) <= 500


@pytest.mark.parametrize("wait", ["7200", "date", "900000000", "soon", "-5"])
def test_a_server_that_says_when_to_ask_again_is_obeyed(feeds, wait):
    hours = {"7200": 6, "date": 9, "900000000": 7 * 24}.get(wait, 6)
    header = f"{timezone.now() + timedelta(hours=9):%a, %d %b %Y %H:%M:%S} GMT" if wait == "date" else wait
    feed = feeds.feed("/jobs")
    feeds.put("/jobs", status=429, headers={"Retry-After": header})
    fetched = fetch(feed)
    assert abs(fetched.next_at - timezone.now() - timedelta(hours=hours)) < timedelta(minutes=1)
    assert not Feed.objects.due().exists()


def test_one_that_fails_is_asked_ever_less_often(feeds):
    feed, waits = feeds.feed("/nothing"), []
    feeds.answers.clear()
    for _time in range(5):
        waits.append(round((fetch(feed).next_at - timezone.now()).total_seconds() / 3600))
    assert waits == [6, 12, 24, 48, 48]


def test_robots_are_asked_and_obeyed(feeds):
    feed = feeds.feed("/private/jobs", rss(item("Page")))
    feeds.put("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    assert "robots.txt" in fetch(feed).fault
    assert feeds.paths() == []
    feeds.put("/robots.txt", "User-agent: careerguide\nAllow: /\n\nUser-agent: *\nDisallow: /private/\n")
    assert fetch(feed).fault == ""
    feeds.put("/robots.txt", status=503)
    assert "status 503" in fetch(feed).fault
    assert feeds.paths() == ["/private/jobs"]


def test_private_addresses_are_refused_also_where_a_redirect_leads(feeds, settings):
    feed = feeds.feed("/jobs", rss(item("Page")))
    settings.VISIT_PRIVATE_ADDRESSES = False
    assert fetch(feed).fault == "It leads into a private network."
    assert feeds.asked == []
    for address in ("http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://169.254.169.254/latest", "http://2130706433/",
                    "http://localhost/", "http://224.0.0.1/", "http://10.0.0.8/", "ftp://x.example/"):  # fmt: skip
        with pytest.raises(visits.Refused):
            visits.outward(address)


def test_a_name_that_leads_elsewhere_a_moment_later_leads_nowhere(feeds, monkeypatch):
    """The machine that was looked at is the one that is asked, under the name that was meant."""
    machines = []

    def outward(url):
        machines.append(url)
        return ["127.0.0.1"]

    def never(*args, **kwargs):
        raise AssertionError(f"{args} was looked up again.")

    monkeypatch.setattr(visits, "outward", outward)
    feeds.put("/jobs", b"Jobs", headers={})
    port = feeds.url.rpartition(":")[2]
    known = socket.getaddrinfo

    def only_numbers(host, *args, **kwargs):
        return known(host, *args, **kwargs) if host == "127.0.0.1" else never(host)

    monkeypatch.setattr(socket, "getaddrinfo", only_numbers)
    with visits.visitor("openings") as client:
        sent = visits.load(client, f"http://feeds.example:{port}/jobs", {}, 5, 100)
    assert (sent.body, sent.url) == (b"Jobs", f"http://feeds.example:{port}/jobs")
    assert feeds.asked[-1][1]["Host"] == f"feeds.example:{port}"


def test_a_list_that_leads_to_pages_is_followed_on_its_own_site(feeds):
    elements = [
        {"@type": "ListItem", "url": address} for address in ("/1", "/2", "/gone", "https://elsewhere.example/3")
    ]
    feed = feeds.feed("/jobs", page({"@type": "ItemList", "itemListElement": elements}))
    for number in (1, 2):
        feeds.put(f"/{number}", page({"@type": "JobPosting", "title": f"Page {number}"}))
    fetched = fetch(feed)
    assert (fetched.fault, titles()) == ("", ["Page 1", "Page 2"])
    assert feeds.paths() == ["/jobs", "/1", "/2", "/gone"]
    # All or nothing: where one page is out of order, nothing is changed.
    feeds.put("/2", status=500)
    feeds.put("/1", page({"@type": "JobPosting", "title": "Another"}))
    assert "status 500" in fetch(feed).fault
    assert titles() == ["Page 1", "Page 2"]


def test_sites_are_asked_at_once_and_each_for_one_feed_after_the_other(feeds):
    """Two sites answer only when both are asked; two feeds of one site are never asked in the same moment."""
    both, now, most = threading.Barrier(2, timeout=20), [], []

    def together(body):
        both.wait()
        yield body

    def alone(body):
        now.append(body)
        most.append(len(now))
        yield body
        now.remove(body)

    for number in range(2):
        feeds.feed(f"/{number}", name=f"Together {number}")
        feeds.answers[f"/{number}"] = Answer(pieces=lambda title=f"Page {number}": together(rss(item(title)).encode()))
    Feed.objects.filter(name="Together 1").update(address=f"{feeds.url.replace('127.0.0.1', 'localhost')}/1")
    assert [feed.fault for feed in fetching.fetch_due()] == ["", ""]
    for number in range(2, 6):
        feeds.feed(f"/{number}", name=f"Alone {number}")
        feeds.answers[f"/{number}"] = Answer(pieces=lambda title=f"Page {number}": alone(rss(item(title)).encode()))
    assert [feed.fault for feed in fetching.fetch_due()] == [""] * 4
    assert set(most) == {1}
    assert titles() == [f"Page {number}" for number in range(6)]


def test_what_a_feed_says_as_before_is_not_named_anew(feeds, monkeypatch):
    feed = feeds.feed("/jobs", rss(item("Page 1"), item("Page 2")))
    fetch(feed)
    named, name_all = [], naming.name_all
    monkeypatch.setattr(
        naming, "name_all", lambda listed: (named.extend(each.title for each in listed), name_all(listed))
    )
    feeds.put("/jobs", rss(item("Page 1"), item("Page 2", description="Now it says more."), item("Page 3")))
    fetch(feed)
    assert named == ["Page 2", "Page 3"]
    assert titles() == ["Page 1", "Page 2", "Page 3"]


def test_a_feed_that_is_turned_off_while_it_is_fetched_stays_off(feeds):
    feed = feeds.feed("/jobs", rss(item("Page")))
    with visiting.visiting() as visitor:
        listed = fetching.look(feed, visitor)
    Feed.objects.update(is_on=False)
    assert storing.store(feed, listed.postings) is None
    assert not Posting.objects.exists()


def test_generated_bad_items_harm_no_good_one(feeds):
    """Everything that a feed can say of an item, wrong in every way, beside one that is right."""
    wrong = [
        "",
        " ",
        "\u202e",
        "<" * 50,
        "&" * 50,
        "9" * 400,
        "-1",
        "$",
        "0",
        "Ω" * 300,
        "<script>",
        "null",
        "1e999",
        "NaN",
    ]
    names = [name for name in library_job() if name not in ("title", "jobId")]
    jobs_listed = [
        library_job(jobId=f"{number}-{name}", **{name: value}) for number, value in enumerate(wrong) for name in names
    ]
    feed = fetch(feeds.feed("/jobs.rss", neogov(*jobs_listed, library_job(title="Library Clerk"))))
    assert (feed.fault, feed.count) == ("", len(jobs_listed) + 1)
    assert "Library Clerk" in titles()
    lengths = {field.name: field.max_length for field in Posting._meta.fields if field.max_length}
    for posting in Posting.objects.values(*lengths):
        assert all(len(posting[name]) <= longest for name, longest in lengths.items())
