#!/usr/bin/env bash
# Sets the site up on a fresh Debian 12, or brings it up to date: as root, from a clone in /opt/careerguide.
#   deploy/install.sh guides.example.org
set -euo pipefail
name=${1:?Give the name readers will use: deploy/install.sh guides.example.org}
[[ $EUID == 0 ]] || { echo "Run this as root."; exit 1; }
cd "$(dirname "$0")/.."
[[ $PWD == /opt/careerguide ]] || { echo "Clone the project to /opt/careerguide and start it from there."; exit 1; }
export DEBIAN_FRONTEND=noninteractive

apt-get update -qq
apt-get install -y -qq --no-install-recommends make nginx python3 python3-venv
id careerguide >/dev/null 2>&1 || useradd --system --home-dir /var/lib/careerguide careerguide
install -d -o careerguide -g careerguide -m 700 /var/lib/careerguide

if [[ ! -e /etc/careerguide.env ]]; then
    key=$(python3 -c 'import secrets; print(secrets.token_urlsafe(60))')
    sed -e "s|^SITE_URL=.*|SITE_URL=https://$name|" -e "s|^SECRET_KEY=.*|SECRET_KEY=$key|" \
        deploy/careerguide.env.example >/etc/careerguide.env
    chgrp careerguide /etc/careerguide.env
    chmod 640 /etc/careerguide.env
fi

make .venv/.run
as_site() { runuser -u careerguide -- env $(grep -vE '^(#|$)' /etc/careerguide.env) .venv/bin/python manage.py "$@"; }
as_site migrate --noinput
as_site load_guides --if-empty --publish
as_site collectstatic --noinput --verbosity 0

cp deploy/*.service deploy/*.timer /etc/systemd/system/
sed "s/guides\.example\.org/$name/g" deploy/nginx.conf >/etc/nginx/sites-available/careerguide
if [[ -d /run/systemd/system ]]; then
    systemctl daemon-reload
    systemctl enable --now careerguide.service careerguide-backup.timer \
        careerguide-task@{publish_due,thin_editions,expire_plans}.timer
    systemctl reload-or-restart careerguide.service
fi
echo "Careerguide is set up. Get a certificate for $name (certbot), then link the nginx site:"
echo "  ln -s ../sites-available/careerguide /etc/nginx/sites-enabled/ && nginx -t && systemctl reload nginx"
echo "A login for the first editor: set -a; . /etc/careerguide.env; .venv/bin/python manage.py make_editor --publisher"
