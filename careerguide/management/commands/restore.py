"""Bring the database back from a backup."""

import io
from argparse import ArgumentParser
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from careerguide.backups import BackupError, engine, left_out
from careerguide.backups.errors import database_errors
from careerguide.backups.files import opened
from guides.models import ContentVersion, Guide
from guides.publishing import content_version


class Command(BaseCommand):
    help = (
        "Replace everything in the database, which may be empty, by what FILE holds, a file that `backup` wrote, and "
        "bring it up to date where an older release of the site wrote it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: str, file: Path, yes: bool, **options: object) -> None:
        with database_errors(), opened(file) as plain:
            refuse_other_database()
            if not yes:
                confirm()
            newest = version()
            engine().load(plain)
        bring_up_to_date()
        # Workers that run meanwhile must not take their stored pages for new: go past every version they know.
        while version() <= newest:
            content_version.content_changed()
        self.stdout.write(f"Restored: {Guide.objects.count()} guides.")
        if left_out():
            self.stdout.write("The official data of this release follows as soon as the site runs.")


def refuse_other_database() -> None:
    """Never empty a database that is not this site's: it must hold this site's tables, or none of other programs."""
    ours = set(connection.introspection.django_table_names()) | {"django_migrations"}
    others = sorted(set(connection.introspection.table_names()) - ours)
    if others and not any(app == "guides" for app, _name in MigrationRecorder(connection).applied_migrations()):
        raise BackupError(
            f"The database {connection.settings_dict['NAME']} holds tables that are not this site's, such as "
            f"{others[0]}. Set DATABASE_URL to the site's database, or to an empty one."
        )


def confirm() -> None:
    """Ask the person at the terminal."""
    try:
        answer = input("Everything in the database is replaced. Type 'restore' to go on: ")
    except EOFError:
        raise BackupError("Nothing was changed: nobody could be asked. Say --yes to go on without.") from None
    if answer != "restore":
        raise BackupError("Nothing was changed.")


def bring_up_to_date() -> None:
    """Migrate a backup of an older release, and write anew what it lacks of lists and search."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0)
        call_command("rebuild_search", missing=True, stdout=io.StringIO())
    except DatabaseError as error:
        raise BackupError(
            f"The backup is in the database, but is not up to date: {str(error).strip()}. Run `manage.py migrate` and "
            "then `manage.py rebuild_search --missing`."
        ) from None


def version() -> int:
    """The content version; 0 in an empty database, or one of a release that had none."""
    if ContentVersion._meta.db_table not in connection.introspection.table_names():
        return 0
    return ContentVersion.objects.values_list("number", flat=True).first() or 0
