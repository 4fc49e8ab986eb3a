"""nginx in front of a site, with the file that deploy/ has for it."""

import contextlib
import io
import os
import re
import ssl
import subprocess
import time

from django.core.management import call_command

from tests.guides.processes import ROOT

NAME = "guides.example.org"


def run(*command):
    """Run a program and return what came of it."""
    return subprocess.run(command, capture_output=True, text=True, check=False)


def write(folder, upstream=8000, https=443, http=80, patience="30s", site=None, address="127.0.0.1"):
    """Write nginx's configuration around deploy/nginx.conf, or another `site`, and return its path.

    The certificate is our own.
    """
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subject = ["-subj", f"/CN={NAME}", "-keyout", str(key), "-out", str(certificate)]
    openssl = run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject)
    assert openssl.returncode == 0, openssl.stderr
    site = site or (ROOT / "deploy" / "nginx.conf").read_text()
    site = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {key};", site)
    site = re.sub(r"ssl_certificate .*;", f"ssl_certificate {certificate};", site)
    site = re.sub(r" *listen \[::\].*\n", "", site)
    site = site.replace("listen 443", f"listen {address}:{https}").replace("listen 80", f"listen {address}:{http}")
    site = site.replace("/var/cache/careerguide", f"{folder}/cache")
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}").replace("/var/www/careerguide", f"{folder}/www")
    site = site.replace("proxy_read_timeout 30s", f"proxy_read_timeout {patience}")
    kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    paths = [f"{kind}_temp_path {folder}/{kind};" for kind in kinds]
    around = ["include /etc/nginx/mime.types;", "access_log off;", *paths, site]
    path = folder / "nginx.conf"
    # Tests that run as root have folders for root alone.
    user = "user root;" if os.geteuid() == 0 else ""
    path.write_text(f"{user} daemon off; pid {folder}/pid; events {{}} http {{ {' '.join(around)}\n}}")
    return path


@contextlib.contextmanager
def in_front_of(site_port, folder, https, http, patience="30s"):
    """Run nginx in front of the site until the block ends."""
    call_command("write_error_pages", str(folder / "www"), stdout=io.StringIO())
    command = ["nginx", "-e", str(folder / "errors"), "-c", str(write(folder, site_port, https, http, patience))]
    process = subprocess.Popen(command)
    try:
        ends = time.monotonic() + 10
        while not (folder / "pid").exists():
            assert process.poll() is None, (folder / "errors").read_text()
            assert time.monotonic() < ends
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def unverified():
    """TLS that takes our own certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
