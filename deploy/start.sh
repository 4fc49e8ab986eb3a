#!/bin/sh
# Starts the site in a container: brings database and static files up to date, then serves.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python manage.py migrate --noinput
.venv/bin/python manage.py load_release
.venv/bin/python manage.py rebuild_search --missing
.venv/bin/python manage.py collectstatic --noinput --verbosity 0
exec .venv/bin/granian --interface wsgi --host 0.0.0.0 --port 8000 --workers "${WORKERS:-2}" --blocking-threads 16 --backpressure 512 --http1-header-read-timeout 10000 \
    --respawn-failed-workers --respawn-interval 10 --log-level warning careerguide.wsgi:application
