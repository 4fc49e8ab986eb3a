#!/usr/bin/env bash
# Runs one of the site's commands; install.sh puts it on the path:
#   careerguide make_editor --superuser
# manage.py itself takes the site's settings and becomes the site's user.
set -euo pipefail
# What it writes is for the site alone: the database holds plans and logins.
umask 077
folder=$(dirname "$(dirname "$(readlink -f "$0")")")
exec "$folder/.venv/bin/python" "$folder/manage.py" "$@"
