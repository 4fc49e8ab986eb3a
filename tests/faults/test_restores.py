"""Whatever past state of the tables a backup was made in, or a database is in: a restore leads to the newest one.

The suite takes the oldest state; the long form every one.
"""

import hashlib
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from careerguide.backups import engine
from guides.models import Guide
from tests import databases, factories

from . import state
from .outage import LONG

# Raised by a restore on purpose.
LEFT_OUT = {"guides_contentversion", *state.FILLED_AGAIN}
# SQLite's indexes for search stay where the tables that they read are taken back.
INDEXES = ("guides_passage_fts", "guides_name_fts", "guides_word_trigrams")


def own_migrations():
    """The project's own migrations as (app, name), in the order in which they are applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    own = {config.label for config in apps.get_app_configs() if is_own(Path(config.path))}
    return [(migration.app_label, migration.name) for migration, _backwards in plan if migration.app_label in own]


def is_own(folder):
    return folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts


def states(migrations):
    """After how many of the migrations to try: from the first one that makes guides on."""
    oldest = next(count for count, (app, _name) in enumerate(migrations, 1) if app == "guides")
    return range(oldest, len(migrations)) if LONG else [oldest]


def take_back(migrations, count):
    """Leave only the first `count` of these migrations applied."""
    targets = {app: None for app, _name in migrations} | dict(migrations[:count])
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets.items()))


def content():
    """A digest of the rows of each table that there is."""
    result = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - LEFT_OUT:
            if table.startswith(INDEXES):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            # What is written anew has new keys.
            keys = {"id", "entry_id"} if table in state.MADE_ANEW else set()
            kept = [place for place, column in enumerate(cursor.description) if column[0] not in keys]
            rows = sorted(repr([row[place] for place in kept]) for row in cursor.fetchall())
            result[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return result


def columns():
    """The columns of every table."""
    look = connection.introspection
    with connection.cursor() as cursor:
        return {
            table: sorted(column.name for column in look.get_table_description(cursor, table))
            for table in look.table_names(cursor)
        }


def backup(path):
    call_command("backup", str(path), stdout=StringIO())


def restore(path):
    call_command("restore", str(path), yes=True, stdout=StringIO())
    connection.check_constraints()


def test_every_past_state_leads_to_the_newest(transactional_db, tmp_path):
    factories.make_guide()
    User.objects.create(username="pat")
    backup(newest := tmp_path / "newest")
    before, newest_columns = content(), columns()
    with databases.empty(tmp_path):
        restore(newest)
        assert content() == before
        assert columns() == newest_columns
        assert not state.problems()
        migrations, past = own_migrations(), {}
        for count in sorted(states(migrations), reverse=True):
            take_back(migrations, count)
            past[count] = content()
            backup(tmp_path / str(count))
        restore(newest)
        for count in past:
            engine().load(tmp_path / str(count))
            assert content() == past[count], "what was there is there again, and nothing else"
            restore(newest)
            assert content() == before
            restore(tmp_path / str(count))
            assert columns() == newest_columns
            assert Guide.objects.get().slug == "bookbinder"
            assert User.objects.get().username == "pat"
