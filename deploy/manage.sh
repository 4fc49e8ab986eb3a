#!/usr/bin/env bash
# Runs one of the site's commands as its user and with its settings; install.sh puts it on the path:
#   careerguide make_editor --publisher
set -euo pipefail
# What it writes is for the site alone: the database holds plans and logins.
umask 077
[[ $EUID == 0 ]] || { echo "Run this as root: the settings hold secrets."; exit 1; }
cd "$(dirname "$(readlink -f "$0")")/.."
while IFS= read -r line; do
    [[ ! $line =~ ^[A-Z_]+= ]] || export "$line"
done </etc/careerguide.env
exec runuser -u careerguide -- .venv/bin/python manage.py "$@"
