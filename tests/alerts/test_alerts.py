"""Word of what is new: saved searches, feeds, calendars, mail that one confirms and ends, and openings that fit."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from guides.alerts import mailing
from guides.alerts.checks import links_in_mails
from guides.alerts.models import Alert, MailAlert
from guides.models import Observation
from guides.openings.models import Posting
from guides.plan.models import Event, SavedGuide
from guides.publishing import editions
from guides.readiness import answers
from guides.readiness.models import KeptResult
from tests import factories
from tests.openings.test_pages import feed, make_posting  # noqa: F401 (a fixture)
from tests.plan.conftest import open_plan

from .smtp import serving_mail

pytestmark = pytest.mark.django_db
ADDRESS = "ann@mail.example"


@pytest.fixture
def mailbox(settings):
    with serving_mail(settings) as mailbox:
        yield mailbox


@pytest.fixture
def plan(client):
    return open_plan(client)


@pytest.fixture
def postings(feed):  # noqa: F811
    factories.make_guide()
    return make_posting(title="Old Job", first_seen=timezone.now() - timedelta(days=3))


def new_posting(title, **values):
    return make_posting(title=title, first_seen=timezone.now(), **values)


def save(client, subject="openings", query="state=WA", **values):
    client.post(f"/alerts/new/{subject}/?{query}", {"name": "Jobs in Washington", **values})
    return Alert.objects.get(subject=subject)


def links(text):
    return [link.removeprefix("http://localhost:8000") for link in re.findall(r"https?://\S+", text)]


def ask_for_mail(client, alert, rhythm="weekly", email=ADDRESS):
    return client.post(f"/alerts/{alert.slug}/mail/", {"email": email, "rhythm": rhythm})


def path(link):
    return re.sub(r"^https?://[^/]+", "", link)


def confirmed(client, mailbox, alert, rhythm="weekly"):
    ask_for_mail(client, alert, rhythm)
    Client().post(path(links(mailbox.texts[-1])[0]))
    mailbox.messages.clear()
    return MailAlert.objects.get(alert=alert)


def a_week_on(mail):
    MailAlert.objects.filter(pk=mail.pk).update(next_at=timezone.now() - timedelta(minutes=1))


def test_a_search_is_saved_once_in_its_own_words(client, postings):
    page = client.get("/openings/?state=WA&sort=closing")
    assert page.headers.get("Set-Cookie") is None
    [link] = re.findall(r'href="(/alerts/new/openings/[^"]+)"', page.content.decode())
    form = client.get(link.replace("&amp;", "&")).content.decode()
    assert 'value="Washington"' in form
    assert not Alert.objects.exists(), "a page that is looked at saves nothing"
    alert = save(client, query="sort=closing&state=WA&page=2")
    assert (alert.query, alert.get_subject_url()) == ("state=WA", "/openings/?state=WA")
    assert "Your plan has it already" in client.get("/alerts/new/openings/?state=WA").content.decode()
    assert client.get("/alerts/new/openings/?state=ZZ").status_code == 400
    assert client.get("/alerts/new/figures/?guide=nobody").status_code == 404
    assert client.get("/alerts/new/dreams/").status_code == 404
    for cut_short, whole in (("new", ""), (alert.slug, f"#{alert.anchor}")):
        assert client.get(f"/alerts/{cut_short}/").headers["Location"] == f"/alerts/{whole}"
    assert client.get("/alerts/nothing/").status_code == 404
    assert Client().get(f"/alerts/{alert.slug}/").headers["Location"] == "/alerts/"


def test_a_feed_and_a_calendar_show_one_search_and_nothing_else(client, plan, postings):
    new_posting("Ohio Job", state="OH", place="Dayton, OH")
    alert = save(client)
    addresses = {}
    for what in ("feed", "closings"):
        page = client.post(f"/alerts/{alert.slug}/{what}/")
        assert "no-store" in page["Cache-Control"]
        [address] = re.findall(r'value="(https?://[^"]+key=[^"]+)"', page.content.decode())
        addresses[what] = path(address)
    stranger = Client()
    feed_text = stranger.get(addresses["feed"]).content.decode()
    assert "Old Job" in feed_text
    assert "Ohio Job" not in feed_text
    assert "key=" not in feed_text
    calendar = stranger.get(addresses["closings"]).content.decode()
    assert "Closes: Old Job" in calendar
    # One for the other's purpose, or for the plan, opens nothing.
    assert stranger.get(addresses["feed"].replace("feed.atom", "closings.ics")).status_code == 404
    assert stranger.get(addresses["feed"].replace("/alerts/feed.atom", "/plan/dates.ics")).status_code == 404
    assert "a feed of what is new" in client.get("/plan/share/").content.decode()
    alert.delete()
    assert stranger.get(addresses["feed"]).status_code == 404
    assert not plan.shared_keys.exists()


def test_mail_comes_only_once_it_is_confirmed_and_only_of_what_is_new(client, plan, postings, mailbox):
    alert = save(client)
    assert ask_for_mail(client, alert).status_code == 302
    [asked] = mailbox.texts
    new_posting("While Nobody Confirmed")
    MailAlert.objects.update(next_at=timezone.now() - timedelta(days=1))
    assert mailing.send_due() == "0 mails sent."
    [confirm, *_more] = links(asked)
    assert "Do you want these mails?" in Client().get(path(confirm)).content.decode()
    assert MailAlert.objects.get().confirmed_at is None, "a program that looks links over has said nothing"
    page = Client().post(path(confirm)).content.decode()
    assert "Mails will come" in page
    mail = MailAlert.objects.get()
    assert not mailing.due().exists()
    a_week_on(mail)
    assert mailing.send_due() == "0 mails sent.", "nothing new, no mail"
    new_posting("Brand New Job")
    new_posting("Ohio Job", state="OH")
    a_week_on(mail)
    assert mailing.send_due() == "1 mail sent."
    told = mailbox.texts[-1]
    assert "Brand New Job" in told
    for other in ("Old Job", "Ohio Job", "While Nobody Confirmed"):
        assert other not in told
    a_week_on(mail)
    assert mailing.send_due() == "0 mails sent."
    assert len(mailbox.messages) == 2
    assert not mailing.due().exists()


def test_one_click_ends_mail_without_the_plan(client, plan, postings, mailbox):
    mail = confirmed(client, mailbox, save(client))
    new_posting("Brand New Job")
    a_week_on(mail)
    mailing.send_due()
    [message] = mailbox.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = path(message["List-Unsubscribe"].strip(" <>"))
    assert stop in map(path, links(message.get_content()))
    program = Client(enforce_csrf_checks=True)
    assert "End these mails?" in program.get(stop).content.decode()
    assert MailAlert.objects.exists(), "a program that looks links over ends nothing"
    assert program.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not MailAlert.objects.exists()
    assert Alert.objects.exists()
    assert program.post(stop).status_code == 200
    assert "ended already" in program.get(stop).content.decode()
    assert program.get("/alerts/confirm/?key=1-abc").status_code == 404
    assert client.get("/alerts/stop/?key=%00").status_code == 400


def test_a_link_does_one_thing_for_one_address(client, plan, postings, mailbox):
    alert = save(client)
    ask_for_mail(client, alert)
    first = path(links(mailbox.texts[-1])[0])
    assert client.post(first.replace("/confirm/", "/stop/")).status_code == 200
    assert MailAlert.objects.exists(), "the key to confirm ends nothing"
    ask_for_mail(client, alert, email="other@mail.example")
    assert Client().get(first).status_code == 404, "the address was replaced"
    MailAlert.objects.update(asked_at=timezone.now() - timedelta(days=4))
    mailing.send_due()
    assert not MailAlert.objects.exists(), "nobody confirmed: the address is forgotten"


def test_the_address_is_in_no_export_no_log_and_goes_with_its_alert(client, plan, postings, mailbox, caplog, capsys):
    alert = save(client)
    confirmed(client, mailbox, alert)
    assert ADDRESS in client.get("/alerts/").content.decode()
    exported = client.get("/plan/plan.json").content.decode()
    assert alert.name in exported
    assert ADDRESS not in exported
    mailbox.refuses.add(ADDRESS)
    new_posting("Brand New Job")
    a_week_on(MailAlert.objects.get())
    mailing.send_due()
    assert ADDRESS not in caplog.text + "".join(capsys.readouterr())
    plan.delete()
    assert not MailAlert.objects.exists()


def test_an_address_that_is_refused_again_and_again_gets_no_more(client, plan, postings, mailbox):
    mail = confirmed(client, mailbox, save(client))
    mailbox.refuses.add(ADDRESS)
    new_posting("Brand New Job")
    for _time in range(mailing.MOST_FAILURES):
        a_week_on(mail)
        assert mailing.send_due() == "0 mails sent. Did not go: 1."
    assert MailAlert.objects.get().next_at is None
    assert "refused five times" in client.get("/alerts/").content.decode()


def test_no_mail_server_loses_nothing(client, plan, postings, mailbox, settings):
    alert = save(client)
    mail = confirmed(client, mailbox, alert)
    new_posting("Brand New Job")
    a_week_on(mail)
    there, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens
    assert mailing.send_due() == "0 mails sent. Did not go: 1."
    answer = ask_for_mail(client, alert, email="new@mail.example")
    assert answer.status_code == 422
    assert "nothing is changed" in answer.content.decode()
    assert MailAlert.objects.get().email == ADDRESS
    settings.EMAIL_PORT = there
    a_week_on(mail)
    assert mailing.send_due() == "1 mail sent."
    assert "Brand New Job" in mailbox.texts[-1]


class Killed(BaseException):
    """A process that ends where it stands."""


@pytest.mark.parametrize(
    "when", ["before the server has it", "while the server may have it", "after the server has it"]
)
def test_a_process_that_is_killed_sends_nobody_two_and_loses_nothing(
    client, plan, postings, mailbox, monkeypatch, when
):
    mail = confirmed(client, mailbox, save(client))
    new_posting("Brand New Job")
    a_week_on(mail)
    with monkeypatch.context() as patch:

        def killed(*_args, **_kwargs):
            raise Killed

        if when == "before the server has it":
            patch.setattr(mailing.news, "of", killed)
        elif when == "while the server may have it":
            patch.setattr("django.core.mail.message.EmailMessage.send", killed)
        else:
            patch.setattr(mailing, "_done", killed)
        with pytest.raises(Killed):
            mailing.send_due()
    assert mailing.send_due() == "0 mails sent.", "another process may still be at it"
    MailAlert.objects.update(claimed_at=timezone.now() - mailing.GONE_AFTER * 2)
    if when == "before the server has it":
        assert mailing.send_due() == "1 mail sent."
        assert len(mailbox.messages) == 1
        return
    had = len(mailbox.messages)
    assert mailing.send_due() == "0 mails sent."
    assert len(mailbox.messages) == had == int(when.startswith("after"))
    new_posting("Another Job")
    a_week_on(mail)
    assert mailing.send_due() == "1 mail sent."
    told = mailbox.texts[-1]
    assert "We do not know whether our last mail reached you" in told
    assert "Brand New Job" in told
    assert "Another Job" in told
    identities = [message["Message-ID"] for message in mailbox.messages]
    assert len(set(identities)) == len(identities)


def test_nobody_is_flooded_with_questions(client, plan, postings, mailbox):
    alert = save(client)
    answers_given = []
    for number in range(5):
        other = Client()
        open_plan(other)
        other.post("/alerts/new/openings/", {"name": f"All {number}"})
        mine = Alert.objects.latest("pk")
        answers_given.append(ask_for_mail(other, mine, email=ADDRESS.upper()).status_code)
    assert answers_given == [302, 302, 302, 422, 422]
    assert len(mailbox.messages) == 3
    assert ask_for_mail(client, alert, email="no address").status_code == 422


def test_changed_figures_and_dates_are_told(client, plan, mailbox):
    guide = factories.make_guide()
    figures = save(client, "figures", f"guide={guide.slug}", name="Binder")
    mail = confirmed(client, mailbox, figures, "daily")
    dates = save(client, "dates", "", name="My dates")
    dated = confirmed(client, mailbox, dates, "daily")
    observation = Observation.objects.filter(figure__section__guide=guide, value__isnull=False).first()
    was = observation.value
    Observation.objects.filter(pk=observation.pk).update(value=was + 1000)
    editions.publish(editions.save(guide))
    Event.objects.create(plan=plan, name="Course begins", on=timezone.localdate() + timedelta(days=1))
    for each in (mail, dated):
        a_week_on(each)
    assert mailing.send_due() == "2 mails sent."
    told = "\n".join(mailbox.texts)
    assert "became" in told
    assert f"{was + 1000:,}" in told
    assert "Course begins" in told
    for each in (mail, dated):
        a_week_on(each)
    assert mailing.send_due() == "0 mails sent."


def test_a_mail_server_without_an_address_of_the_site_is_warned_of(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SITE_URL = "http://127.0.0.1:8000"
    said = StringIO()
    call_command("check", stderr=said)
    assert "MAIL_URL names a mail server, and links in mails begin with http://127.0.0.1:8000" in said.getvalue()
    settings.SITE_URL = "https://guides.example.org"
    assert links_in_mails() == []


def test_openings_that_fit_say_why_and_what_they_lack(client, plan, postings):
    SavedGuide.objects.create(plan=plan, guide="bookbinder", name="Bookbinder")
    skills = f"a={answers.code('sewing')}3{answers.code('gluing')}0"
    KeptResult.objects.create(
        plan=plan, tool="skills-gap", guide="bookbinder", guide_name="Bookbinder", query=skills, score=50,
        kept_on=timezone.localdate(),
    )  # fmt: skip
    save(client)
    fits = new_posting(
        "Fits Best", skills=[["sewing", "Sewing", "sews books"], ["gluing", "Gluing", "glue them"]], pay_stated="",
    )  # fmt: skip
    new_posting("No Match", guide="", state="OH")
    page = client.get("/alerts/fitting/").content.decode()
    assert page.index("Fits Best") < page.index("Old Job")
    assert "No Match" not in page
    for said in (
        "It names what you said you can do: Sewing.",
        "It names what you rated lower: Gluing.",
        "It states no pay.",
    ):
        assert said in page
    assert "In your plan already" not in page
    client.post(f"/openings/{fits.pk}/log/")
    assert page.count("Log it") - 1 == client.get("/alerts/fitting/").content.decode().count("Log it")
    assert "In your plan already" in client.get("/alerts/fitting/").content.decode()
    Posting.objects.filter(pk=fits.pk).update(ends_on=timezone.localdate() - timedelta(days=2))
    assert "Fits Best" not in client.get("/alerts/fitting/").content.decode()


def test_where_no_mail_is_sent_none_is_offered(client, plan, postings, settings):
    settings.SENDS_MAIL = False
    alert = save(client)
    assert "Get mail of it" not in client.get("/alerts/").content.decode()
    assert client.get(f"/alerts/{alert.slug}/mail/").status_code == 302
    assert "e-mail address, how often" not in client.get("/privacy/").content.decode()
