"""The drill of docs/hosting.md on a fresh Debian: from the settings and the newest backup to the site, in ten minutes.

Only the long form does it, where debootstrap and systemd-nspawn are installed and nothing listens on the three ports.
"""

import shutil
import time

import pytest

from tests import drills
from tests.installed import need_debian

from .debian import Debian
from .nginx import NAME
from .visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
SETTINGS = f"""SITE_URL=https://{NAME}
SECRET_KEY={"0123456789abcdef" * 4}
DATA_DIR=/var/lib/careerguide
PROXY_ADDRESS=127.0.0.1
BACKUP_DIR=/var/lib/careerguide/backups
BACKUP_KEY="{drills.KEY}"
"""
MOST_SECONDS = 600


def test_from_a_lost_machine_to_the_site(tmp_path, settings):
    need_debian()
    newest = drills.newest_backup(tmp_path, settings)
    with Debian(tmp_path / "root") as debian:
        shutil.copy(newest, debian.folder / "root" / "newest.backup")
        (debian.folder / "root" / "careerguide.env").write_text(SETTINGS)
        begun, said = time.monotonic(), ""
        for line in drills.commands("## When a machine is lost"):
            # A clone of what stands here now is there already.
            if not line.startswith("git clone"):
                started = time.monotonic()
                said = debian.run("sh", "-c", line)
                print(f"{time.monotonic() - started:6.1f} s  {line}")  # noqa: T201
        took = time.monotonic() - begun
        print(f"{took:6.1f} s in all")  # noqa: T201
        assert said.startswith("ready")
        page = Visitor(("127.0.0.1", 8000), Host=NAME, **{"X-Forwarded-Proto": "https"}).get("/guides/bookbinder/")
        assert debian.run("stat", "--format=%U %G %a", "/etc/careerguide.env") == "root careerguide 640"
        assert (
            debian.run("careerguide", "verify", "/var/lib/careerguide/newest.backup").count("can be brought back") == 1
        )
        assert page.status in {200, 301}
    assert took < MOST_SECONDS
