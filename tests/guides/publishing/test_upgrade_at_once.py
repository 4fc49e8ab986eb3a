"""Several hosts start with a new release at the same moment: what it ships arrives once."""

import subprocess

import pytest

from guides.models import Edition, Guide, Release, ShippedContent, Term
from tests.guides import processes
from tests.guides.releases import GUIDE, Releases

HOSTS = 2
# A host of the release in that folder. It waits for a line once it has loaded, so that all of them begin together.
HOST = """
import sys
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.FIXTURES_DIR, settings.RELEASE = sys.argv[1:]
print("ready", flush=True)
input()
call_command("load_release")
"""


def start_hosts(releases):
    """Start several hosts at once, see that each ends well, and return what each said."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    arguments = ["-c", HOST, str(releases.folder), releases.settings.RELEASE]
    hosts = [processes.start(*arguments, **pipes) for _host in range(HOSTS)]
    for host in hosts:
        assert host.stdout.readline() == "ready\n"
    for host in hosts:
        host.stdin.write("\n")
        host.stdin.flush()
    said = [host.communicate(timeout=120) for host in hosts]
    assert [error for _out, error in said if "Not brought in" in error or "Traceback" in error] == []
    assert [host.returncode for host in hosts] == [0] * HOSTS
    return [out for out, _error in said]


@pytest.mark.django_db(transaction=True)
def test_each_piece_arrives_once(tmp_path, settings, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "careerguide.settings")
    releases = Releases(tmp_path, settings)
    assert sum("published" in said for said in start_hosts(releases)) == 1
    assert Guide.objects.get().editions.get().state == Edition.State.LIVE
    assert ShippedContent.objects.filter(model="guides.term").count() == Term.objects.count()

    releases.change("guides.point", position=1, new={"text": "A corrected sentence."})
    settings.RELEASE = "0.2.0"
    assert sum(f"published: {GUIDE}." in said for said in start_hosts(releases)) == 1
    assert list(Edition.objects.values_list("number", "state")) == [(2, "live"), (1, "retired")]
    assert Release.objects.count() == 2
