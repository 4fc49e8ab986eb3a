"""install.sh sets the site up on a fresh Debian whose systemd runs: it serves over https, and goes on.

Only the long form does it, on SQLite, where debootstrap and systemd-nspawn are installed and nothing listens on the
three ports.
"""

import contextlib
import re
import socket
import time

import pytest

from tests.installed import need_debian

from .debian import Debian
from .load import Load
from .nginx import NAME, unverified, write
from .visitor import Visitor

INSTALL = ("/opt/careerguide/deploy/install.sh", NAME)
GUIDE = "/guides/library-technical-assistant/"
HTTPS = ("127.0.0.1", 443)


@pytest.fixture(scope="module")
def debian(tmp_path_factory):
    """A Debian with the site set up as the README says, its certificate our own."""
    need_debian()
    for port in (80, 443, 8000):
        with contextlib.closing(socket.socket()) as probe:
            assert probe.connect_ex(("127.0.0.1", port)), f"Something listens on port {port} already."
    folder = tmp_path_factory.mktemp("debian")
    with Debian(folder / "root") as debian:
        debian.run(*INSTALL)
        write(folder)
        live = debian.folder / "etc" / "letsencrypt" / "live" / NAME
        live.mkdir(parents=True)
        (live / "fullchain.pem").write_bytes((folder / "certificate.pem").read_bytes())
        (live / "privkey.pem").write_bytes((folder / "key.pem").read_bytes())
        debian.run("ln", "-s", "../sites-available/careerguide", "/etc/nginx/sites-enabled/")
        debian.run("nginx", "-t")
        debian.run("systemctl", "restart", "nginx")
        eventually(lambda: get("/healthz").status == 200)
        yield debian


def refused(debian, *command):
    """Run a command that must fail, and return the last line that it says."""
    said = debian.run("sh", "-c", 'out=$("$@" 2>&1) && echo "It did." || echo "$out" | tail -1', "sh", *command)
    assert said != "It did."
    return said


def get(path):
    return Visitor(HTTPS, tls=unverified(), Host=NAME).get(path)


def main_process(debian):
    return debian.run("systemctl", "show", "--property=MainPID", "--value", "careerguide")


def workers(debian):
    return set(debian.run("pgrep", "--parent", main_process(debian), check=False).split())


def eventually(holds, patience=40):
    ends = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.2)


def test_it_serves_over_https(debian):
    page = get(GUIDE)
    assert page.status == 200
    assert "Library Technical Assistant" in page.text
    assert page.headers["Strict-Transport-Security"]
    assert get("/readyz").status == 200
    style = re.search(r"/static/css/site[^\"]+", page.text)[0]
    assert get(style).status == 200


def test_what_it_stores_is_for_the_site_alone(debian):
    assert debian.run("find", "/var/lib/careerguide", "-maxdepth", "0", "-perm", "/077") == ""
    database = "/var/lib/careerguide/careerguide.sqlite3"
    assert debian.run("stat", "--format=%U %a", database, "/etc/careerguide.env").split("\n") == [
        "careerguide 600",
        "root 640",
    ]


def test_the_server_does_what_is_due_and_its_backup_is_restored(debian):
    eventually(lambda: backups(debian), 120)
    newest = backups(debian)[-1]
    assert debian.run("stat", "--format=%U %a", newest) == "careerguide 600"
    assert "Restored" in debian.run("careerguide", "restore", "--yes", newest)
    assert get(GUIDE).status == 200


def backups(debian):
    """The backups that there are, the newest last."""
    return sorted(debian.run("sh", "-c", "ls -1 /var/lib/careerguide/backups/*.backup", check=False).split())


def test_a_timer_does_what_is_due_where_the_server_shall_not(debian):
    timers = ("systemctl", "list-timers", "--all", "--no-legend")
    assert "careerguide" not in debian.run(*timers)
    debian.run("sh", "-c", "echo CLOCK=0 >>/etc/careerguide.env")
    debian.run(*INSTALL)
    assert "careerguide-due.timer" in debian.run(*timers)
    debian.run("systemctl", "start", "careerguide-due.service")
    debian.run("sed", "-i", "/^CLOCK=/d", "/etc/careerguide.env")
    debian.run(*INSTALL)
    assert "careerguide" not in debian.run(*timers)
    eventually(lambda: get("/healthz").status == 200)


def test_what_root_and_cron_run_there_is_the_sites_own(debian):
    """Commands take the site's settings and become its user, whoever runs them from wherever."""
    manage = ["/opt/careerguide/.venv/bin/python", "/opt/careerguide/manage.py"]
    debian.run("env", "-i", *manage, "run_due")
    debian.run("sh", "-c", "cd /opt/careerguide && .venv/bin/python manage.py load_guides --publish")
    assert debian.run("sh", "-c", "ls -d /opt/careerguide/var 2>&1; find /var/lib/careerguide ! -user careerguide") == (
        "ls: cannot access '/opt/careerguide/var': No such file or directory\n/var/lib/careerguide/started-with"
    )
    assert get(GUIDE).status == 200
    assert "you may not read. Run it as root." in refused(debian, "runuser", "-u", "www-data", "--", *manage, "run_due")


def test_what_install_sh_cannot_do_it_says(debian):
    install = INSTALL[0]
    assert refused(debian, "runuser", "-u", "www-data", "--", install) == "Run this as root."
    assert refused(debian, install, f"https://{NAME}/").endswith(
        "Give it alone and in small letters: guides.example.org"
    )
    assert refused(debian, install, "other.example.org").startswith(f"The site is {NAME} so far.")
    debian.run(install)  # the name is known


def test_a_stopped_site_is_a_page_in_its_look(debian):
    debian.run("systemctl", "stop", "careerguide")
    stopped = get(GUIDE)
    debian.run("systemctl", "start", "careerguide")
    assert stopped.status == 502
    assert "Back in a moment" in stopped.text
    style = re.search(r"/static/css/base[^\"]+", stopped.text)[0]
    assert get(style).status == 200
    eventually(lambda: get("/healthz").status == 200)


def test_what_is_killed_comes_back(debian):
    before = workers(debian)
    assert len(before) == 2
    debian.run("kill", "-9", min(before))
    eventually(lambda: len(workers(debian)) == 2 and workers(debian) != before)
    killed = main_process(debian)
    debian.run("kill", "-9", killed)
    eventually(lambda: main_process(debian) not in {killed, "0"} and len(workers(debian)) == 2)
    eventually(lambda: get("/healthz").status == 200)


def test_an_upgrade_loses_no_request(debian):
    before, process = workers(debian), main_process(debian)
    health = debian.folder / "opt" / "careerguide" / "careerguide" / "health.py"
    health.write_text(health.read_text().replace('"ok\\n"', '"new\\n"'))
    with Load(HTTPS, ["/", "/guides/", GUIDE], readers=2, tls=unverified(), headers={"Host": NAME}) as load:
        debian.run(*INSTALL)
        eventually(lambda: len(workers(debian)) == 2 and not before & workers(debian), 60)
    assert not load.lost
    assert main_process(debian) == process, "it was reloaded, not restarted"
    assert get("/healthz").text == "new\n"
    assert debian.run("systemctl", "--failed", "--no-legend") == ""
