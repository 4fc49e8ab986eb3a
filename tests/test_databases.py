"""What keeps a test run away from the site's own database."""

import pytest
from django.db import connection

from . import databases


def test_the_database_of_the_site_is_not_copied(monkeypatch):
    monkeypatch.setattr(databases, "OF_THE_SITE", str(connection.settings_dict["NAME"]))
    with pytest.raises(RuntimeError, match="marked django_db"), databases.copy("never"):
        pass
