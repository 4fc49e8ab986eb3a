"""What two processes do to one database at the same moment, as where two containers start: it is done once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection

from tests import databases
from tests.guides.processes import start

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_migrations_at_once(tmp_path):
    with databases.empty(tmp_path) as address:
        processes = [start("manage.py", "migrate", "--no-input", database=address) for _one in range(2)]
        with ThreadPoolExecutor(2) as waiting:
            assert list(waiting.map(lambda process: process.wait(timeout=120), processes)) == [0, 0]
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations GROUP BY app, name HAVING count(*) > 1")
            assert cursor.fetchall() == []
        call_command("migrate", check_unapplied=True, verbosity=0)
