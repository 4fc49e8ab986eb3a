#!/usr/bin/env bash
# Whether the process answers: the health check of a container. It never asks the database, without which the site goes on
# with stored pages: a restart would take those away.
exec python3 - "${PORT:-8000}" <<'END'
import sys
from urllib.request import urlopen

try:
    urlopen(f"http://127.0.0.1:{sys.argv[1]}/healthz", timeout=2)
except OSError as fault:
    sys.exit(f"The site does not answer on port {sys.argv[1]}: {fault}")
END
