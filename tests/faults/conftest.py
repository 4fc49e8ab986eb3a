"""A site of its own for the tests of this room, and people who use it."""

import subprocess
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from guides.registry.groups import PUBLISHERS
from tests import databases, factories
from tests.guides import desk

from . import outage
from . import place as places
from .postgres import Cluster
from .site import Site

ON_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
collect_ignore = ["test_readers_on_sqlite.py" if ON_POSTGRESQL else "test_readers_on_postgresql.py"]
if not outage.LONG:
    collect_ignore += ["test_clock.py", "test_disks.py", "test_reloads.py"]
if not outage.LONG or ON_POSTGRESQL:
    collect_ignore += ["test_container.py", "test_drill.py", "test_install.py"]


@pytest.fixture(scope="session")
def snapshot(django_db_setup, django_db_blocker, tmp_path_factory):
    """A backup of a database with one guide and one publisher, 'pat'."""
    path = tmp_path_factory.mktemp("snapshot") / "site.backup"
    with django_db_blocker.unblock():
        first = databases.FirstContent(tmp_path_factory.mktemp("first"))
        guide = factories.make_guide()
        outage.SCREENS["section"] = desk.screen(guide.sections.get(kind="text"))
        password = PBKDF2PasswordHasher().encode(outage.PASSWORD, "salt")
        pat = User.objects.create(username="pat", is_staff=True, password=password)
        pat.groups.add(Group.objects.get(name=PUBLISHERS))
        call_command("backup", str(path), stdout=StringIO())
        # Not Django's flush: that takes along what migrations brought, and lets keys begin at 1 again.
        first.put_back()
    return path


@pytest.fixture(scope="session")
def cluster():
    """A PostgreSQL server of this room's own; None on SQLite."""
    if not ON_POSTGRESQL:
        yield None
        return
    with Cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def new_database(snapshot, cluster, tmp_path_factory):
    """A function that fills a database of that name from the snapshot and returns its address."""

    def make(name):
        if cluster is None:
            path = tmp_path_factory.mktemp(name) / "site.sqlite3"
            path.write_bytes(snapshot.read_bytes())
            return f"sqlite:///{path}"
        cluster.run(f"CREATE DATABASE {name} TEMPLATE template0")
        return fill(f"{cluster.url.rpartition('/')[0]}/{name}", snapshot)

    return make


@pytest.fixture(scope="session")
def database_url(new_database):
    """The address of the database that the sites of this room share."""
    return new_database("site")


def fill(url, snapshot):
    """Fill an empty PostgreSQL database from the snapshot, and return its address."""
    subprocess.run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={url}", str(snapshot)], check=True)  # noqa: S607
    return url


@pytest.fixture(scope="session")
def site(database_url, tmp_path_factory):
    """The running site."""
    with Site(tmp_path_factory.mktemp("site"), database_url) as site:
        yield site


@pytest.fixture(scope="session")
def visited(site):
    """The site, every page of VISITED in the store of every worker."""
    outage.visit(site, outage.VISITS)
    return site


@pytest.fixture(scope="session")
def signed_in(site):
    return outage.sign_in(site)


@pytest.fixture
def editor(signed_in):
    return outage.type_as_editor(signed_in)


@pytest.fixture
def seeker(site):
    return outage.type_as_seeker(site)


@pytest.fixture(scope="module", params=places.KINDS)
def place(request, database_url, tmp_path_factory):
    """The site alone, or with nginx in front of it."""
    with places.at(request.param, database_url, tmp_path_factory.mktemp("place")) as place:
        yield place
