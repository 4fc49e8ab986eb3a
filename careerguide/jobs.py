"""What is due again and again for the site itself."""

from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guides.registry.jobs import Job

from . import kept_pages
from .backups import nightly
from .people import invitations
from .signing_in import kept


def end_sessions() -> str:
    call_command("clearsessions")
    return _("Done.")


def forget_kept_forms() -> str:
    count = kept.delete_old()
    return ngettext("%(count)d form deleted.", "%(count)d forms deleted.", count) % {"count": count}


def forget_kept_pages() -> str:
    count = kept_pages.delete_old()
    return ngettext("%(count)d page deleted.", "%(count)d pages deleted.", count) % {"count": count}


def forget_invitations() -> str:
    count = invitations.delete_old()
    return ngettext("%(count)d invitation deleted.", "%(count)d invitations deleted.", count) % {"count": count}


def jobs() -> list[Job]:
    """What the clock does for the site; backups only on a host that says where to."""
    end = Job(
        "end_sessions",
        gettext_lazy("Deletes what is left of sessions that have ended."),
        every=timedelta(days=1),
        run=end_sessions,
    )
    forget = Job(
        "forget_kept_forms",
        gettext_lazy("Deletes what editors typed when their session had ended, and have not asked for since."),
        every=timedelta(days=1),
        run=forget_kept_forms,
    )
    forget_pages = Job(
        "forget_kept_pages",
        gettext_lazy("Deletes pages that answered a reader’s form over an hour ago."),
        every=timedelta(minutes=5),
        run=forget_kept_pages,
        is_needed=kept_pages.is_any_old,
    )
    forget_invites = Job(
        "forget_invitations",
        gettext_lazy("Deletes invitations that ended three months ago."),
        every=timedelta(days=1),
        run=forget_invitations,
    )
    backup = Job(
        "backup",
        gettext_lazy("Copies the database into the folder for backups, and keeps the newest thirty copies."),
        every=timedelta(days=1),
        run=nightly.back_up,
        limit=timedelta(hours=1),
    )
    verify_backup = Job(
        nightly.JOB,
        gettext_lazy("Brings the newest backup back into a scratch database, to see that it can be brought back."),
        # A backup that could not be read back is tried again after so long.
        every=timedelta(hours=1),
        run=nightly.verify,
        limit=nightly.LIMIT,
        is_needed=nightly.is_unverified,
    )
    backups = [backup, verify_backup] if settings.BACKUP_DIR else []
    return [end, forget, forget_pages, forget_invites, *backups]
