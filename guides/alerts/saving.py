"""Putting an alert into a person's plan, and asking an address whether it wants mail of one."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.forms import refused
from guides.models import Listing
from guides.plan import room
from guides.plan.models import Plan
from guides.plan.validators import one_line

from . import mailing, searches
from .models import Alert, MailAlert

# Of confirmations that an address has not answered: more are refused, so that nobody is flooded from here.
MOST_ASKED, ASKED_IN = 3, timedelta(days=1)
LONGEST_QUERY = Alert._meta.get_field("query").max_length or 0
TOO_MANY_ASKED = gettext_lazy(
    "Three such mails wait at this address already. Open the link in one of them, or ask again tomorrow."
)


def asked_for(subject: str, query: QueryDict) -> Alert:
    """Return the alert that an address names, in no plan yet. Raises Http404, or BadRequest for a search refused."""
    match subject:
        case Alert.Subject.OPENINGS:
            form = searches.bound(query.urlencode())
            if not form.is_valid():
                raise refused(form)
            kept = searches.in_order(form)
            if len(kept) > LONGEST_QUERY:
                form.add_error("q", _("Look for fewer words: this search is too long to be kept."))
                raise refused(form)
            return Alert(subject=subject, query=kept, name=one_line(searches.in_words(form))[:120])
        case Alert.Subject.FIGURES:
            listing = Listing.objects.filter(slug=query.get("guide", "")).first()
            if listing is None:
                raise Http404
            return Alert(subject=subject, query=f"guide={listing.slug}", name=one_line(listing.title)[:120])
        case Alert.Subject.DATES:
            return Alert(subject=subject, name=_("What is due"))
    raise Http404


def held(plan: Plan | None, alert: Alert) -> Alert | None:
    """The same alert where the plan has it."""
    same = Alert.objects.filter(plan=plan, subject=alert.subject, query=alert.query)
    return same.first() if plan else None


def save(plan: Plan, alert: Alert, name: str) -> Alert:
    """Put it into `plan`; twice changes nothing. Raises ValidationError where the plan is full."""
    with room.changing(plan):
        saved, _is_new = Alert.objects.get_or_create(
            plan=plan, subject=alert.subject, query=alert.query, defaults={"name": name}
        )
    return saved


def ask(alert: Alert, email: str, rhythm: str) -> MailAlert:
    """Ask the address, in place of one that the alert had before. Raises ValidationError, and keeps what there was."""
    since = timezone.now() - ASKED_IN
    if MailAlert.objects.filter(email__iexact=email, confirmed_at=None, asked_at__gt=since).count() >= MOST_ASKED:
        raise ValidationError(TOO_MANY_ASKED)
    mail = MailAlert(alert=alert, email=email, rhythm=rhythm)
    before = MailAlert.objects.filter(alert=alert)
    kept = before.first()
    before.delete()
    mail.save()
    try:
        mailing.ask_to_confirm(mail)
    except OSError as failure:
        mail.delete()
        if kept:
            kept.save(force_insert=True)
        raise ValidationError(
            _("The mail server did not take the mail, so nothing is changed. Look at the address, or try again later.")
        ) from failure
    return mail
