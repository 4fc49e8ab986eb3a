"""Bring the database up to date: the tables, the guides where it has none, and what stands beside live ones."""

import io
import logging
import os

import django


def prepare():
    """Migrate where a migration is missing, and load the guides into a database without one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerguide.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    # A first start is no event for the log of who changed what.
    logging.disable(logging.INFO)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    call_command("load_guides", if_empty=True, publish=True, stdout=io.StringIO())
    logging.disable(logging.NOTSET)
    call_command("rebuild_search", missing=True, stdout=io.StringIO())
    connection.close()


if __name__ == "__main__":
    prepare()
