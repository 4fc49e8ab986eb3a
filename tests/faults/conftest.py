"""A site of its own for the tests of this room, and people who use it."""

import subprocess
from io import StringIO

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection

from guides.groups import PUBLISHERS
from tests import factories

from . import outage
from .postgres import Cluster
from .site import Site


@pytest.fixture(scope="session")
def snapshot(django_db_setup, django_db_blocker, tmp_path_factory):
    """A backup of a database with one guide and one publisher, 'pat'."""
    path = tmp_path_factory.mktemp("snapshot") / "site.backup"
    with django_db_blocker.unblock():
        factories.make_guide()
        password = PBKDF2PasswordHasher().encode(outage.PASSWORD, "salt")
        pat = User.objects.create(username="pat", is_staff=True, password=password)
        pat.groups.add(Group.objects.get(name=PUBLISHERS))
        call_command("backup", str(path), stdout=StringIO())
        call_command("flush", interactive=False, verbosity=0)
    return path


@pytest.fixture(scope="session")
def on_postgresql(django_db_setup):
    return connection.vendor == "postgresql"


@pytest.fixture(scope="module")
def cluster(on_postgresql):
    """A PostgreSQL server of this module's own; None on SQLite."""
    if not on_postgresql:
        yield None
        return
    with Cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def database_url(snapshot, cluster, tmp_path_factory):
    """The address of a database filled from the snapshot."""
    if cluster is None:
        path = tmp_path_factory.mktemp("database") / "site.sqlite3"
        path.write_bytes(snapshot.read_bytes())
        return f"sqlite:///{path}"
    command = ["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={cluster.url}", str(snapshot)]
    subprocess.run(command, check=True)
    return cluster.url


@pytest.fixture(scope="module")
def site(database_url, tmp_path_factory):
    """The running site."""
    with Site(tmp_path_factory.mktemp("site"), database_url, respawn_interval=10 if outage.LONG else 3) as site:
        yield site


@pytest.fixture(scope="module")
def visited(site):
    """The site, every page of VISITED in the store of every worker."""
    outage.visit(site, outage.VISITS)
    return site


@pytest.fixture(scope="module")
def signed_in(site):
    return outage.sign_in(site)


@pytest.fixture
def editor(signed_in):
    return outage.type_as_editor(signed_in)


@pytest.fixture
def seeker(site):
    return outage.type_as_seeker(site)
