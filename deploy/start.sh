#!/usr/bin/env bash
# Starts the site in a container: brings it up to this release, then serves, as careerguide.service does elsewhere.
set -euo pipefail
# What it writes is for the site alone: the database holds plans and logins.
umask 077
cd "$(dirname "$0")/.."
deploy/prepare.sh
# Workers that do not end by themselves are ended before ten seconds are over, after which the container would be killed.
exec .venv/bin/granian --interface wsgi --host 0.0.0.0 --port "${PORT:-8000}" --workers "${WORKERS:-2}" --blocking-threads 16 --backpressure 512 --http1-header-read-timeout 10000 \
    --respawn-failed-workers --respawn-interval 10 --workers-kill-timeout 7 --backlog 1024 --log-level warning careerguide.wsgi:application
