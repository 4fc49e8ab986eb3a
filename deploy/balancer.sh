#!/usr/bin/env bash
# Prints nginx's site for a balancer in front of web hosts (docs/hosting.md, "From one machine to two"):
#   deploy/balancer.sh guides.example.org 192.0.2.11 192.0.2.12 >/etc/nginx/sites-available/careerguide
# A host that is not named gets no request: so each is upgraded while the other one serves.
set -euo pipefail

stop() {
    echo "$1" >&2
    exit 1
}
[[ $# -ge 2 ]] || stop "Name the site and the addresses of its hosts: $0 guides.example.org 192.0.2.11 192.0.2.12"
name=$1
shift
[[ $name =~ ^[a-z0-9-]+(\.[a-z0-9-]+)+$ ]] || stop "'$name' is no name of a site. Give it alone and in small letters: guides.example.org"
servers=
for host; do
    [[ $host =~ ^([0-9]+\.){3}[0-9]+$|^\[[0-9a-f:]+\]$ ]] || stop "'$host' is no address of a host, such as 192.0.2.11."
    # One that does not answer is left alone for ten seconds.
    servers+="    server $host:8000 max_fails=1 fail_timeout=10s;\n"
done
# One alone is asked again, as on one machine.
[[ $# -gt 1 ]] || servers=$(printf "    server $1:8000 max_fails=0;\\\\n%.0s" {1..4})
# A machine that is gone does not refuse: after the two seconds of proxy_connect_timeout the next one is asked. What a
# host takes too long for is not asked again, since that takes longer than five seconds.
sed -e "s/guides\.example\.org/$name/g" -e '/^    server 127\.0\.0\.1:8000 /d' -e '/^    # Named four times/,/^    # one once more/d' \
    -e "s/^    keepalive 32;/$servers&/" \
    -e 's/^    proxy_next_upstream error;/    proxy_next_upstream error timeout;\n    proxy_next_upstream_timeout 5s;/' \
    "$(dirname "$(readlink -f "$0")")/nginx.conf"
