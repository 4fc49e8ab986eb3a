"""Two web hosts, PostgreSQL and a balancer, each on a machine of a network of its own, as docs/hosting.md sets them up.

The lines of its pages are run as they stand there, but for what a test has already: packages, a clone, a certificate.
"""

import re
import subprocess
import sys
import time

import psycopg

from tests import drills
from tests.faults import nginx
from tests.faults.site import Site
from tests.faults.visitor import Visitor
from tests.guides.processes import ROOT

from . import release
from .network import ADDRESSES

PASSWORD = "PASSWORD"
# What install.sh has the site do; the rest are packages, static files and the units of systemd.
INSTALLS = re.findall(
    r"^deploy/manage\.sh ((?:migrate|load_release|rebuild_search).*)$",
    (ROOT / "deploy" / "prepare.sh").read_text(),
    re.MULTILINE,
)


class Hosting:
    """The machines. `code` is the folder of what runs on each host so far, `pulled` of what comes; `stop` ends it."""

    def __init__(self, network, cluster, folder, code, pulled):
        self.network, self.cluster, self.folder, self.pulled = network, cluster, folder, pulled
        self.code, self.sites, self.balancer = dict.fromkeys(("one", "two"), code), {}, None
        lines = drills.commands("**Each host** has these lines")
        self.settings = dict(line.split("=", 1) for line in lines)

    def database(self):
        """Let PostgreSQL listen as the page says, with the data of the last release."""
        self.cluster.run(f"CREATE ROLE careerguide LOGIN CREATEDB PASSWORD '{PASSWORD}'")
        self.cluster.run("CREATE DATABASE careerguide OWNER careerguide TEMPLATE template0")
        here = self.cluster.url.rpartition("/")[0]
        restore = ["pg_restore", "--no-owner", "--role=careerguide", f"--dbname={here}/careerguide"]
        # pg_trgm is a trusted extension: whoever owns the database may make it.
        subprocess.run([*restore, "--exit-on-error", release.DATA / "postgresql.dump"], check=True)
        for line in drills.commands("**The database**, as root"):
            if said := re.fullmatch(r'echo "(.*)" >>/etc/postgresql/\d+/main/(.*)', line):
                with (self.cluster.folder / "data" / said[2]).open("a") as file:
                    file.write(f"{said[1]}\n")
        self.cluster.command = [word for word in self.cluster.command if word != b"listen_addresses="]
        self.cluster.command.remove(b"-c")
        self.cluster.stop()
        with self.network.at("data"):
            self.cluster.start()

    def start(self, host, **more):
        """Start the site on a host, as its code and settings are there."""
        folder = self.folder / host
        folder.mkdir(exist_ok=True)
        own = (
            self.settings | {"SECRET_KEY": release.SECRET_KEY, "SITE_URL": f"https://{nginx.NAME}", "CLOCK": "0"} | more
        )
        url, address = own.pop("DATABASE_URL"), (ADDRESSES[host], 8000)
        with self.network.at(host):
            self.sites[host] = Site(folder, url, address=address, root=self.code[host], **own).__enter__()

    def do(self, line):
        """Run one line of the page, on the machine that stands before it."""
        machine, _sign, command = line.partition("# ")
        if "balancer.sh" in command:
            self.balance(command)
        elif command.startswith("nginx -t"):
            self.nginx("-s", "reload")
            time.sleep(1)  # the old workers end what they are at
        elif command.endswith(" pull"):
            self.code[machine] = self.pulled
        else:
            assert command.endswith("/install.sh"), line
            self.install(machine)

    def install(self, host):
        """What install.sh does beside installing."""
        site = self.sites[host]
        for words in INSTALLS:
            manage = [sys.executable, "manage.py", *words.split()]
            with self.network.at(host):
                said = subprocess.run(
                    manage, cwd=self.code[host], env=site.environment, capture_output=True, text=True, check=False
                )
            assert said.returncode == 0, said.stderr[-3000:]
        site.__exit__()
        self.start(host)

    def balance(self, command):
        """Write nginx's site as the command does."""
        words = command.partition(" >")[0].replace("/opt/careerguide", str(ROOT)).split()
        site = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        folder = self.folder / "balancer"
        folder.mkdir(exist_ok=True)
        nginx.write(folder, site=site, address=ADDRESSES["balancer"])

    def nginx(self, *words):
        folder = self.folder / "balancer"
        command = ["nginx", "-e", str(folder / "errors"), "-c", str(folder / "nginx.conf"), *words]
        with self.network.at("balancer"):
            return subprocess.run(command, check=True) if words else subprocess.Popen(command)

    def start_all(self, **more):
        self.database()
        for host in self.sites or self.code:
            self.start(host, **more)
        (line,) = [line for line in drills.commands("**The balancer**, as root") if "balancer.sh" in line]
        self.balance(line)
        self.balancer = self.nginx()
        ends = time.monotonic() + 20
        while not (self.folder / "balancer" / "pid").exists():
            assert time.monotonic() < ends
            time.sleep(0.05)

    def stop(self):
        """End nginx and the sites; the network and the cluster end what is left."""
        for site in self.sites.values():
            site.__exit__()
        if self.balancer:
            self.balancer.terminate()
            self.balancer.wait(timeout=30)

    def reader(self, **headers):
        """A reader of the site, to be used on the network of the machine `reader`."""
        origin = f"https://{nginx.NAME}"
        return Visitor(
            (ADDRESSES["balancer"], 443), tls=nginx.unverified(), Host=nginx.NAME, Referer=f"{origin}/", **headers
        )

    def at_host(self, host):
        """Somebody who asks a host as the balancer does, to be used on its network."""
        return Visitor((ADDRESSES[host], 8000), Host=nginx.NAME, **{"X-Forwarded-Proto": "https"})

    def ask(self, statement):
        """The one value that a statement gives."""
        with psycopg.connect(f"{self.cluster.url.rpartition('/')[0]}/careerguide") as connection:
            return connection.execute(statement).fetchone()[0]


assert INSTALLS
