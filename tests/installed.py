"""Programs that some tests need and not every machine has."""

import os
import shutil
from pathlib import Path

import pytest

# Chromium's own build without a window takes a third less processor time for the same pages.
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
JAVA = shutil.which("java")
CHECKER = Path(__file__).parent.parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def need_chromium():
    """Skip the test where no Chromium is installed."""
    _need(CHROMIUM, "Chromium is not installed (Debian: apt install chromium-headless-shell): no browser test has run.")


def need_checker():
    """Skip the test where the HTML checker cannot run."""
    _need(
        JAVA and CHECKER.exists(),
        "The HTML checker needs npm and Java 17 (Debian: apt install npm default-jre-headless), then `make test`.",
    )


def need_nginx():
    """Skip the test where nginx cannot run."""
    _need(
        shutil.which("nginx") and shutil.which("openssl"),
        "What stands behind nginx is not tested: it is not installed (Debian: apt install nginx openssl).",
    )


def need_root():
    """Skip the test where we may not act for other accounts."""
    _need(os.geteuid() == 0, "What other accounts may do is not tested: it takes root.")


def need_network():
    """Skip the test where no network of its own can be made."""
    _need(
        os.geteuid() == 0 and shutil.which("ip"),
        "Two hosts behind a balancer are not tested: it takes root (Debian: apt install iproute2).",
    )
    need_nginx()


def need_debian():
    """Skip the test where no Debian can be made and started."""
    _need(
        os.geteuid() == 0 and shutil.which("debootstrap") and shutil.which("systemd-nspawn"),
        "install.sh is not tested: it takes root (Debian: apt install debootstrap systemd-container).",
    )


def _need(reading, message):
    if not reading:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
