"""What is due again and again for the content."""

from datetime import timedelta

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from .models import Feedback, PageCount, PreviewLink, Report, UnsavedText
from .publishing import editions, outside_links, retention, unused_pictures
from .registry.jobs import Job
from .search import index


def publish() -> str:
    published = editions.publish_due()
    if not published:
        return gettext("Nothing: what is overdue says why.")
    return "; ".join(map(str, published))


def thin_editions() -> str:
    count = retention.thin()
    return ngettext("%(count)d edition deleted.", "%(count)d editions deleted.", count) % {"count": count}


def forget_reports() -> str:
    count = Report.objects.closed_long_ago().forget()
    return ngettext("The text of %(count)d report deleted.", "The text of %(count)d reports deleted.", count) % {
        "count": count
    }


def forget_feedback() -> str:
    count = Feedback.objects.all().forget()
    PageCount.objects.past().delete()
    return ngettext("The words of %(count)d answer deleted.", "The words of %(count)d answers deleted.", count) % {
        "count": count
    }


def forget_unsaved_texts() -> str:
    count, _models = UnsavedText.objects.past().delete()
    return ngettext("%(count)d text deleted.", "%(count)d texts deleted.", count) % {"count": count}


def forget_preview_links() -> str:
    count, _models = PreviewLink.objects.past().delete()
    return ngettext("%(count)d link deleted.", "%(count)d links deleted.", count) % {"count": count}


def forget_unused_pictures() -> str:
    count = unused_pictures.forget()
    return ngettext("%(count)d picture deleted.", "%(count)d pictures deleted.", count) % {"count": count}


def visit_links() -> str:
    outside_links.list_all()
    return outside_links.summary(outside_links.visit_due())


def fill_search() -> str:
    count = index.refresh_all()
    return ngettext("%(count)d entry written.", "%(count)d entries written.", count) % {"count": count}


JOBS = [
    Job(
        "publish",
        _("Publishes the editions whose moment has come."),
        every=timedelta(seconds=30),
        run=publish,
        # Short, so that guides do not wait long where it is killed. What it did not come to is left to the next run.
        limit=timedelta(minutes=2),
        is_needed=editions.is_any_due,
    ),
    Job(
        "thin_editions",
        _("Deletes old drafts: all stay for 30 days, then one of each day for a year, then one of each month."),
        every=timedelta(days=1),
        run=thin_editions,
    ),
    Job(
        "forget_reports",
        _("Deletes what readers wrote in reports that were closed more than 12 months ago."),
        every=timedelta(days=1),
        run=forget_reports,
    ),
    Job(
        "forget_feedback",
        _("Deletes what readers missed more than 12 months ago, and page counts of over two years ago."),
        every=timedelta(days=1),
        run=forget_feedback,
    ),
    Job(
        "forget_unsaved_texts",
        _("Deletes what editors typed, did not save, and have not asked for in 30 days."),
        every=timedelta(days=1),
        run=forget_unsaved_texts,
    ),
    Job(
        "forget_preview_links",
        _("Deletes links to previews that have ended."),
        every=timedelta(days=1),
        run=forget_preview_links,
    ),
    Job(
        "forget_unused_pictures",
        _("Deletes files of pictures that no draft, no edition and no release has shown for 60 days."),
        every=timedelta(days=1),
        run=forget_unused_pictures,
    ),
    Job(
        "visit_links",
        _("Visits the pages of others that guides lead to: each weekly, one that failed daily."),
        every=timedelta(hours=1),
        run=visit_links,
        limit=timedelta(minutes=45),
        is_needed=outside_links.are_due,
    ),
    Job(
        "fill_search",
        _("Brings what search finds beside guides up to date, such as occupations and the glossary."),
        every=timedelta(minutes=1),
        run=fill_search,
        is_needed=index.is_stale,
    ),
]
