"""The site's settings as deployed, but for static files: collecting and compressing them takes seconds."""

from careerguide.settings import *  # noqa: F403
from careerguide.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
# One test loads it; here it would take the machine's time from the others.
OFFICIAL_DATA = False
