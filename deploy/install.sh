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
# Earlier releases left backups to a timer.
grep -q '^BACKUP_DIR=' /etc/careerguide.env || echo "BACKUP_DIR=/var/lib/careerguide/backups" >>/etc/careerguide.env

make .venv/.run
# The site's user may not write here, and would compile everything at each start.
.venv/bin/python -m compileall -q careerguide guides
ln -sf "$PWD/deploy/manage.sh" /usr/local/bin/careerguide
# Static files first: the old ones stay beside them, so that pages of both versions find theirs.
deploy/manage.sh collectstatic --noinput --verbosity 0
# What nginx shows where it refuses something or the site is stopped.
install -d -o careerguide -g careerguide -m 755 /var/www/careerguide
deploy/manage.sh write_error_pages /var/www/careerguide
deploy/manage.sh migrate --noinput
deploy/manage.sh load_guides --if-empty --publish
deploy/manage.sh rebuild_search --missing

# The timers of earlier releases: the server does what they did.
if [[ -e /etc/systemd/system/careerguide-backup.timer ]]; then
    [[ ! -d /run/systemd/system ]] || systemctl disable --quiet --now careerguide-backup.timer \
        careerguide-task@{publish_due,thin_editions,expire_plans}.timer || true
    rm -f /etc/systemd/system/careerguide-{backup,task@}*
fi
cp deploy/*.service deploy/*.timer /etc/systemd/system/
sed "s/guides\.example\.org/$name/g" deploy/nginx.conf >/etc/nginx/sites-available/careerguide
# What waits at a worker that ends is handed to another one.
install -d /etc/sysctl.d
echo "net.ipv4.tcp_migrate_req = 1" >/etc/sysctl.d/60-careerguide.conf
echo 1 2>/dev/null >/proc/sys/net/ipv4/tcp_migrate_req || true # a container must not
if [[ -d /run/systemd/system ]]; then
    systemctl daemon-reload
    systemctl enable --quiet careerguide.service
    # What is due is done by the server, or where it is told not to, by a timer.
    if grep -qiE '^CLOCK=(0|false|no|off)\s*$' /etc/careerguide.env; then
        systemctl enable --quiet --now careerguide-due.timer
    elif systemctl is-enabled --quiet careerguide-due.timer; then
        systemctl disable --quiet --now careerguide-due.timer
    fi
    # New code comes with a reload, which loses no request. How the server itself is run needs a restart.
    now=$(cat deploy/careerguide.service requirements.txt /etc/careerguide.env | sha256sum)
    if systemctl is-active --quiet careerguide && [[ $now == "$(cat /var/lib/careerguide/started-with 2>/dev/null)" ]]; then
        systemctl reload careerguide
    else
        systemctl restart careerguide
        echo "$now" >/var/lib/careerguide/started-with
    fi
    if [[ -e /etc/nginx/sites-enabled/careerguide ]]; then
        nginx -t -q && systemctl reload nginx
    fi
fi
if [[ ! -e /etc/nginx/sites-enabled/careerguide ]]; then
    echo "Careerguide is set up. Get a certificate for $name (certbot), then link the nginx site:"
    echo "  ln -s ../sites-available/careerguide /etc/nginx/sites-enabled/ && nginx -t && systemctl reload nginx"
    echo "A login for the first editor: careerguide make_editor --publisher"
fi
