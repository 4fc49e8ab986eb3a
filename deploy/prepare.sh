#!/usr/bin/env bash
# Brings what the site serves up to this release: from install.sh, and whenever a container starts.
set -euo pipefail
manage=$(dirname "$0")/manage.sh
# Static files first: the old ones stay beside them, so that pages of both versions find theirs.
"$manage" collectstatic --noinput --verbosity 0
"$manage" migrate --noinput
"$manage" load_release
"$manage" rebuild_search --missing
