"""The site's settings with the jobs of this app, and without collected static files."""

from careerguide.settings import *  # noqa: F403
from careerguide.settings import INSTALLED_APPS, STORAGES

INSTALLED_APPS = [*INSTALLED_APPS, "tests.clockwork"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
# One test loads it; here it would take the machine's time from the others.
OFFICIAL_DATA = False
