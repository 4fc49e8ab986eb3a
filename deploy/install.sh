#!/usr/bin/env bash
# Sets the site up on a fresh Debian 12, or brings it up to date: as root, from a clone in /opt/careerguide.
#   deploy/install.sh guides.example.org
#   deploy/install.sh                      # once it is set up, the name is known
set -euo pipefail
umask 022
stop() { echo "$*" >&2; exit 1; }
[[ $EUID == 0 ]] || stop "Run this as root."
cd "$(dirname "$0")/.."
[[ $PWD == /opt/careerguide ]] || stop "Clone the project to /opt/careerguide and start it from there."
command -v apt-get >/dev/null || stop "This sets up Debian and its like, which have apt-get; elsewhere do by hand what it does."
settings=/etc/careerguide.env
known=
[[ ! -e $settings ]] || known=$(sed -nE "s|^SITE_URL=[\"']?https://([^:/\"']+).*|\1|p" $settings | tail -1)
name=${1:-$known}
[[ -n $name ]] || stop "Give the name readers will use: deploy/install.sh guides.example.org"
[[ $name =~ ^[a-z0-9-]+(\.[a-z0-9-]+)+$ ]] || stop "'$name' is no name of a site. Give it alone and in small letters: guides.example.org"
[[ -z $known || $name == "$known" ]] ||
    stop "The site is $known so far. To change that, change SITE_URL in $settings, then run this again."
if ! systemctl is-active --quiet careerguide 2>/dev/null && (exec 3<>/dev/tcp/127.0.0.1/8000) 2>/dev/null; then
    stop "Another program listens on port 8000, which the site needs. End it, then run this again."
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends make nginx python3 python3-venv
id careerguide >/dev/null 2>&1 || useradd --system --home-dir /var/lib/careerguide careerguide
install -d -o careerguide -g careerguide -m 700 /var/lib/careerguide
runuser -u careerguide -- test -r manage.py || stop "The site's account may not read $PWD: chmod -R a+rX $PWD"

if [[ ! -e $settings ]]; then
    key=$(python3 -c 'import secrets; print(secrets.token_urlsafe(60))')
    draft=$(mktemp $settings.XXXXXX) # for root alone
    sed -e "s|^SITE_URL=.*|SITE_URL=https://$name|" -e "s|^SECRET_KEY=.*|SECRET_KEY=$key|" \
        deploy/careerguide.env.example >"$draft"
    # Whole or not at all: a half-written one would be taken for the site's settings the next time.
    mv "$draft" $settings
fi
# Those of a machine that was lost are brought here before the site's account is made.
chgrp careerguide $settings
chmod 640 $settings
# Earlier releases left backups to a timer.
grep -q '^BACKUP_DIR=' $settings || echo "BACKUP_DIR=/var/lib/careerguide/backups" >>$settings
# Commands that are run in this folder by hand or by cron take the same settings.
ln -sfn $settings settings.env

deploy/build.sh
deploy/prepare.sh
# What nginx shows where it refuses something or the site is stopped.
install -d -o careerguide -g careerguide -m 755 /var/www/careerguide
deploy/manage.sh write_error_pages /var/www/careerguide

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
    if grep -qiE '^CLOCK=(0|false|no|off)\s*$' $settings; then
        systemctl enable --quiet --now careerguide-due.timer
    elif systemctl is-enabled --quiet careerguide-due.timer; then
        systemctl disable --quiet --now careerguide-due.timer
    fi
    # New code comes with a reload, which loses no request. How the server itself is run needs a restart.
    now=$(cat deploy/careerguide.service requirements.txt $settings | sha256sum)
    if systemctl is-active --quiet careerguide && [[ $now == "$(cat /var/lib/careerguide/started-with 2>/dev/null)" ]]; then
        systemctl reload careerguide
    else
        systemctl restart careerguide
        echo "$now" >/var/lib/careerguide/started-with
    fi
    if [[ -e /etc/nginx/sites-enabled/careerguide ]]; then
        nginx -t -q && systemctl reload-or-restart nginx
    fi
    answers() { python3 -c 'from urllib.request import urlopen; urlopen("http://127.0.0.1:8000/readyz", timeout=3)' 2>/dev/null; }
    for _second in {1..30}; do
        ! answers || break
        sleep 1
    done
    answers || stop "The site does not answer as it should. What it says itself: journalctl -u careerguide -n 30"
fi
if [[ ! -e /etc/nginx/sites-enabled/careerguide ]]; then
    echo "Careerguide is set up. Get a certificate for $name (certbot), then link the nginx site:"
    echo "  ln -s ../sites-available/careerguide /etc/nginx/sites-enabled/ && nginx -t && systemctl reload nginx"
    echo "The first login, which invites the others: careerguide make_editor --superuser"
fi
