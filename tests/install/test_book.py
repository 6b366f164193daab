"""`docs/production.md` on a real Debian: every command of « One machine », from nothing to two people signed in."""

import os
import re
import subprocess

import pytest

from tests.install.machine import Machine, why_not
from tools.paths import CLONE

BOOK = CLONE / "docs" / "production.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
ONLINE = ("apt-get ", "tools.environment")
"""What installs packages reaches the network; nothing else of the book does."""
HERE = CLONE / "tests" / "install"
SITE, MAILS = "havre.example", "/root/mails"
BEFORE = f"""
printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d
rm -f /etc/nginx/sites-enabled/*
printf '127.0.0.1 localhost {SITE} smtp.example\\n' > /etc/hosts
install -m 755 /srv/book/systemctl.py /usr/bin/systemctl
mkdir -p {MAILS} /etc/havre/tls; cd /etc/havre/tls
openssl req -quiet -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.pem -subj '/CN=Essai' \
  -addext keyUsage=critical,keyCertSign,cRLSign
openssl req -quiet -newkey rsa:2048 -nodes -keyout privkey.pem -out site.csr -subj '/CN={SITE}'
printf '%s\\n' subjectAltName=DNS:{SITE},DNS:smtp.example basicConstraints=CA:FALSE subjectKeyIdentifier=hash \
  authorityKeyIdentifier=keyid keyUsage=critical,digitalSignature,keyEncipherment extendedKeyUsage=serverAuth > names
openssl x509 -req -in site.csr -CA ca.pem -CAkey ca.key -days 2 -extfile names -out fullchain.pem 2>/dev/null
install -m 644 ca.pem /usr/local/share/ca-certificates/essai.crt; update-ca-certificates >/dev/null
mkdir -p /var/lib/clamav; rm -f /var/lib/clamav/*
printf 'Essai:0:*:4f4f4f4f4f4f4f4f\\n' > /var/lib/clamav/essai.ndb; chmod 755 /var/lib/clamav
"""
"""What the administration that installs has already: names, a certificate, a mail server, signatures."""

pytestmark = [pytest.mark.whole, pytest.mark.install]


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    if missing := why_not():
        if os.environ.get("CI") == "true":
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    machine = Machine(tmp_path_factory.mktemp("machine"))
    yield machine
    machine.stop()


def blocks() -> list[str]:
    """Return the blocks of commands of « One machine », in order."""
    section = BOOK.read_text().split("\n## One machine\n")[1].split("\n## ")[0]
    return BLOCK.findall(section)


def source_copy(machine: Machine) -> None:
    """Put the repository as it stands, changes included, where `git clone` finds it."""
    place = machine.root / "srv" / "havre.git"
    place.mkdir()
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=CLONE, capture_output=True, check=True).stdout
    there = b"\0".join(name for name in names.split(b"\0") if name and (CLONE / name.decode()).exists())
    packed = subprocess.run(
        ["tar", "-c", "--null", "-T", "-"], cwd=CLONE, input=there, capture_output=True, check=True
    ).stdout
    subprocess.run(["tar", "-x", "--no-same-owner", "-C", str(place)], input=packed, check=True)
    kept = "git init -q; git add -A; git -c user.name=Essai -c user.email=essai@havre.example commit -qm book"
    done = machine.run(f"cd /srv/havre.git; {kept}")
    assert done.returncode == 0, done.stderr
    (machine.root / "srv" / "book").mkdir()
    for path in HERE.glob("*.py"):
        (machine.root / "srv" / "book" / path.name).write_bytes(path.read_bytes())


def test_the_book_leads_from_nothing_to_two_people_signed_in(machine):
    source_copy(machine)
    done = machine.run(BEFORE)
    assert done.returncode == 0, done.stderr
    certificate = "/etc/havre/tls/fullchain.pem /etc/havre/tls/privkey.pem"
    server = f"cp {certificate} /root; cd /root; printf secret-du-courriel > smtp.password"
    server += f"; setsid python3 /srv/book/mail_server.py 587 fullchain.pem privkey.pem {MAILS} secret-du-courriel"
    done = machine.run(f"{server} >/root/smtp.log 2>&1 &")
    assert done.returncode == 0, done.stderr

    names, *steps = blocks()
    names = re.sub(r"^SOURCE=.*$", "SOURCE=/srv/havre.git", names, flags=re.MULTILINE)
    # One shell, as the book says: what a step names, the next ones know.
    names_kept = "SITE APP_PASSWORD JOB_PASSWORD OWNER_PASSWORD PG PWD"
    kept = f"trap 'declare -p {names_kept} > /root/state 2>/dev/null || true' EXIT\n"
    again = 'if [ -f /root/state ]; then . /root/state; cd "$PWD"; fi\n'
    for step in steps:
        done = machine.run(names + again + kept + step, online=any(word in step for word in ONLINE))
        assert done.returncode == 0, f"{step}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}\n{logs(machine)}"

    for address in ("coordination@havre.example", "direction@havre.example"):
        done = machine.run(f"python3 /srv/book/sign_in.py {SITE} {address} {MAILS}")
        assert "signed in" in done.stdout, f"{done.stdout}\n{done.stderr}\n{logs(machine)}"


HOSTED = """
PG=$(pg_lsclusters -h | awk 'NR == 1 { print $1 }')
pg_createcluster "$PG" hosted -p 5444 --start >/dev/null 2>&1
ask() { setpriv --reuid=postgres --regid=postgres --init-groups psql -XAtq -p 5444 "$@"; }
ask -c "CREATE ROLE hosting LOGIN CREATEROLE CREATEDB PASSWORD 'hosting'"
export PGPASSWORD=hosting HAVRE_OWNER_PASSWORD=owner
roles() { psql -XAtq -h 127.0.0.1 -p 5444 -U hosting -d postgres -f /srv/havre.git/deploy/postgresql/roles.sql; }
if roles; then exit 1; fi
export HAVRE_APP_PASSWORD=app HAVRE_JOB_PASSWORD=job
roles
roles
POWERS='rolsuper, rolbypassrls, rolcreaterole, rolcreatedb'
ask -c "SELECT rolname, $POWERS FROM pg_roles WHERE rolname LIKE 'havre%' ORDER BY 1"
ask -c "SELECT pg_get_userbyid(datdba), datlocprovider FROM pg_database WHERE datname = 'havre'"
PGPASSWORD=app psql -XAtq -h 127.0.0.1 -p 5444 -U havre_app -d havre -c 'SHOW jit' -c 'SHOW statement_timeout'
if PGPASSWORD=app psql -XAtq -h 127.0.0.1 -p 5444 -U havre_app -d havre -c 'CREATE TABLE mine ()'; then exit 1; fi
PGPASSWORD=owner psql -XAtq -h 127.0.0.1 -p 5444 -U havre_owner -d havre -c 'CREATE EXTENSION pg_trgm' \\
  -c 'CREATE EXTENSION btree_gist' -c 'CREATE EXTENSION unaccent'
ask -c 'ALTER ROLE havre_app BYPASSRLS'
if roles; then exit 1; fi
"""


def test_a_hosted_postgresql_gives_the_roles_without_a_superuser(machine):
    if not (machine.root / "srv" / "havre.git").exists():
        source_copy(machine)
    done = machine.run(HOSTED)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    logins = ["havre_app|f|f|f|f", "havre_job|f|f|f|f", "havre_owner|f|f|f|f"]
    assert done.stdout.split() == [*logins, "havre_owner|i", "off", "1min"]
    assert "HAVRE_APP_PASSWORD manque" in done.stderr
    assert "a trop de droits" in done.stderr


def logs(machine: Machine) -> str:
    return machine.run("tail -n 20 /run/book/*.log /root/smtp.log 2>/dev/null || true").stdout[-4000:]
