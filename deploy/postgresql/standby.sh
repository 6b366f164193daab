#!/bin/sh
# Makes this machine the standby of another. Run it as root, on the standby; its cluster, which must be new, is replaced.
#   standby.sh PRIMARY        the password of havre_standby stands in ~postgres/.pgpass
# On the primary, first: CREATE ROLE havre_standby LOGIN REPLICATION PASSWORD '…', and the lines of pg_hba.conf.
set -eu
primary=$1
set -- $(pg_lsclusters -h | head -n 1)
version=$1 cluster=$2 data=$6
if [ -n "$(setpriv --reuid=postgres --regid=postgres --init-groups psql -XAtd postgres -c \
        "SELECT 1 FROM pg_database WHERE datname = 'havre'" 2>/dev/null)" ]; then
    echo "Ce serveur tient déjà une base havre : rien n’est remplacé." >&2
    exit 1
fi
pg_ctlcluster "$version" "$cluster" stop || true
rm -rf "$data"
setpriv --reuid=postgres --regid=postgres --init-groups pg_basebackup --pgdata="$data" --write-recovery-conf \
    --checkpoint=fast --create-slot --slot=havre_standby \
    --dbname="host=$primary user=havre_standby application_name=havre_standby sslmode=verify-full"
pg_ctlcluster "$version" "$cluster" start
