"""The site with Django's own per-site cache in memory instead of the page store."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")

from django.conf import settings

settings.MIDDLEWARE = [
    "django.middleware.cache.UpdateCacheMiddleware",
    *settings.MIDDLEWARE,
    "django.middleware.cache.FetchFromCacheMiddleware",
]
settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
