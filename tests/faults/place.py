"""Where readers come to: the site itself, or nginx in front of it."""

import os
import socket
from contextlib import contextmanager

from tests.installed import need_nginx

from . import nginx
from .load import Load
from .outage import LONG, VISITED, tell
from .site import Site, free_port
from .visitor import Visitor

KINDS = ["alone", "behind nginx"] if LONG else ["behind nginx"]


class Place:
    """Where readers come: the site itself, or nginx in front of it."""

    def __init__(self, site, address, tls=None, host=None):
        self.site, self.address, self.tls = site, address, tls
        self.headers = {"Host": host} if host else {}

    def visitor(self):
        return Visitor(self.address, tls=self.tls, **self.headers)

    def load(self):
        return Load(self.address, VISITED, tls=self.tls, headers=self.headers)

    def connect(self):
        """A bare connection."""
        connection = socket.create_connection(self.address)
        return self.tls.wrap_socket(connection) if self.tls else connection


@contextmanager
def at(kind, database_url, folder):
    """A site of that kind."""
    # Seconds that a new worker gets before the old one goes.
    interval = 10 if LONG else 3
    if kind == "alone":
        with Site(folder, database_url, respawn_interval=interval, PROXY_ADDRESS="") as site:
            yield Place(site, site.address)
        return
    need_nginx()
    https, public = free_port(), {"SITE_URL": f"https://{nginx.NAME}", "SECRET_KEY": os.urandom(40).hex()}
    with (
        Site(folder, database_url, respawn_interval=interval, **public) as site,
        nginx.in_front_of(site.port, folder, https, free_port()),
    ):
        yield Place(site, ("127.0.0.1", https), nginx.unverified(), nginx.NAME)


def report(name, load):
    """Print the figures of the long form."""
    tell(
        f"{name}: {len(load.answered)} answered, {len(load.lost)} lost, {load.again} sent again {load.lost[:3]}",
        slowest=max(load.answered),
    )
