#!/usr/bin/env bash
# Makes this folder ready to serve: as root, from install.sh and the Containerfile.
set -euo pipefail
cd "$(dirname "$0")/.."
make .venv/.run
# The site's user may not write here, and would compile everything at each start.
.venv/bin/python -m compileall -q careerguide guides
ln -sf "$PWD/deploy/manage.sh" /usr/local/bin/careerguide
