"""The WSGI application that granian serves: stored pages first, then Django."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from .contentversion import version
from .pagestore import PageStore
from .proxy import Proxy
from .requestlog import RequestLog
from .requests import Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")


def with_page_store(application):
    """Put the page store in front of `application`."""
    return PageStore(
        application,
        version,
        hosts={settings.SITE.netloc, *(f"{host}:{settings.SITE.port or 80}" for host in settings.ALLOWED_HOSTS)},
        most_bytes=settings.PAGE_STORE_MB * 1_000_000,
        trust_proxy=bool(settings.PROXY_ADDRESS),
    )


application = get_wsgi_application()
application.request_class = Request
if settings.PAGE_STORE_MB:
    application = with_page_store(application)
if settings.PROXY_ADDRESS:
    application = Proxy(application, settings.PROXY_ADDRESS)
if settings.LOG_REQUESTS:
    application = RequestLog(application)
