"""The WSGI application that granian serves: stored pages first, then Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")
django_application = get_wsgi_application()


def with_page_store(application):
    """Put the page store in front of `application`, as the settings say."""
    from django.conf import settings

    from .contentversion import reader
    from .pagestore import PageStore

    if not settings.PAGE_STORE_MB:
        return application
    hosts = {settings.SITE.netloc, *(f"{host}:{settings.SITE.port or 80}" for host in settings.ALLOWED_HOSTS)}
    return PageStore(
        application,
        reader(settings.DATABASES),
        hosts,
        most_bytes=settings.PAGE_STORE_MB * 1_000_000,
        trust_proxy=bool(settings.PROXY_ADDRESS),
    )


application = with_page_store(django_application)
