"""The WSGI application that granian serves: stored pages first, then Django."""

import gc
import os
import re
import sys
from importlib import import_module
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from guides.registry.concerns import Concerns, concerns_of
from guides.registry.public_pages import is_same_for_everyone

from . import databases
from .bad_requests import Request
from .page_store import PageStore
from .proxy import Proxy
from .request_ids import RequestIds
from .requestlog import RequestLog
from .version_reader import development_version, version

DIGEST = re.compile(r"\.[0-9a-f]{12}\.")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")


def is_named_by_content(path: str) -> bool:
    """Whether that is a static file whose name holds a digest of what is in it, so that it never changes."""
    return path.startswith(settings.STATIC_URL) and DIGEST.search(path) is not None


def is_page_or_static_file(path: str) -> bool:
    """Whether everyone gets the same bytes there."""
    return is_named_by_content(path) or is_same_for_everyone(path)


def concerns_of_page_or_file(path: str) -> Concerns:
    """The concerns of a page; a static file that never changes has none."""
    return () if is_named_by_content(path) else concerns_of(path)


def with_page_store(application: WSGIApplication) -> PageStore:
    """Put the page store in front of `application`."""
    from .page_counts import PageCounts  # it names models: not before Django has loaded them

    return PageStore(
        application,
        development_version if settings.DEBUG else version,
        is_same_for_everyone=is_page_or_static_file,
        hosts={settings.SITE.netloc, *(f"{host}:{settings.SITE.port or 80}" for host in settings.ALLOWED_HOSTS)},
        most_bytes=settings.PAGE_STORE_MB * 1_000_000,
        trust_proxy=bool(settings.PROXY_ADDRESS),
        count=PageCounts().count if settings.PAGE_COUNTS else None,
        any_after=None if settings.DEBUG else version.any_after,
        concerns_of=concerns_of_page_or_file,
        # What is published in a crowd is made anew by every worker: the hard work comes when that is over.
        pack_after=3.0,
    )


databases.set_time_outs(settings.DATABASES["default"])
handler = get_wsgi_application()
version.watch()
handler.request_class = Request
# It names models: not before Django has loaded them.
count_answers = import_module("careerguide.monitoring.answers").AnswerCounts
application: WSGIApplication = count_answers(RequestIds(handler))
# What is loaded now stays for good. Walking through it again and again took a tenth of the time that pages are made in,
# in pauses of 50 ms and more that every reader had to wait for.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
# A thread that makes a page lets those that send stored ones go first after 0.5 ms, where Python's usual 5 ms, once
# for each hand-over, would be most of what a reader waits for.
sys.setswitchinterval(0.0005)
if settings.PAGE_STORE_MB:
    application = with_page_store(application)
if settings.PROXY_ADDRESS:
    application = Proxy(application, settings.PROXY_ADDRESS)
if settings.LOG_REQUESTS:
    application = RequestLog(application)
if not settings.DEBUG:
    import_module("careerguide.preloading").start_in_server()
if settings.CLOCK:
    # Not before Django is set up: it has a model.
    import_module("careerguide.clock").start_in_server()
