#!/usr/bin/env bash
# Brings what the site serves up to this release: from install.sh, and whenever a container starts.
set -euo pipefail
# What it writes is for the site alone: the database holds plans and logins.
umask 077
cd "$(dirname "$0")/.."
# Static files first: the old ones stay beside them, so that pages of both versions find theirs.
.venv/bin/python -m scripts.prepare static
deploy/manage.sh migrate --noinput
deploy/manage.sh load_release
deploy/manage.sh rebuild_search --missing
