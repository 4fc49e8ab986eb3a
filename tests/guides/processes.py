"""Other processes that work on the test's database."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).parents[2]


def database_url():
    """The address of the test's database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user = quote(database["USER"]) + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgres://{user}@{quote(database['HOST'], safe='')}{port}/{database['NAME']}"


def start(*arguments, **options):
    """Start Python with `arguments` on the test's database, in DEBUG so that it needs no collected files."""
    environment = os.environ | {"DATABASE_URL": database_url(), "DEBUG": "1"}
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment, text=True, **options)
