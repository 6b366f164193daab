"""The embedded server of the tests, as the tests themselves use it."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tools import pg
from tools.paths import CLONE


@pytest.fixture(scope="module")
def owner_url() -> str:
    return pg.ensure_server(tests=True)


def test_url_names_a_socket_short_enough(owner_url):
    parts = urlsplit(owner_url)
    folder = parse_qs(parts.query)["host"][0]
    assert (parts.scheme, parts.username, parts.path, parts.netloc) == ("postgresql", "havre", "/havre", "havre@")
    assert len(os.fsencode(f"{folder}/{pg.SOCKET_NAME}")) <= 107


def test_socket_folder_is_closed_to_others(owner_url):
    folder = Path(parse_qs(urlsplit(owner_url).query)["host"][0])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_no_network_port_is_open(owner_url):
    with psycopg.connect(owner_url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_application_role_owns_nothing_and_cannot_bypass(owner_url):
    with psycopg.connect(owner_url, options="-c role=havre_app") as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("havre_app",)
        row = connection.execute(
            "SELECT rolcanlogin, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
        assert not any(row)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE public.x ()")


def test_server_speaks_french_and_counts_in_utc(owner_url):
    with psycopg.connect(owner_url) as connection:
        assert connection.execute("SELECT lower('ÉCOLE À ŒUVRER')").fetchone() == ("école à œuvrer",)
        assert connection.execute("SHOW timezone").fetchone() == ("UTC",)


def test_log_of_the_server_keeps_no_statement(owner_url):
    with psycopg.connect(owner_url) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT 'Prénom-à-taire' FROM no_such_table")
    log = (pg.log_dir() / "postgres-test.log").read_text(errors="replace")
    assert "no_such_table" in log
    assert "Prénom-à-taire" not in log


def test_long_temporary_folder_does_not_lengthen_the_socket(monkeypatch, tmp_path):
    monkeypatch.setattr(pg.tempfile, "gettempdir", lambda: f"/{'long' * 30}")
    assert len(os.fsencode(pg.socket_dir(tmp_path) / pg.SOCKET_NAME)) <= 107


def test_two_clusters_never_share_a_socket(tmp_path):
    assert pg.socket_dir(tmp_path / "postgres") != pg.socket_dir(tmp_path / "postgres-test")


def test_settings_in_use_choose_the_cluster(owner_url, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    assert pg.ensure_server() == owner_url


def test_somebody_elses_socket_folder_is_refused(tmp_path):
    folder = tmp_path / "havre-0"
    folder.mkdir(mode=0o755)
    with pytest.raises(pg.ServerError, match="n’est pas à nous"):
        pg._make_socket_dir(folder)


def test_data_of_another_version_say_how_to_start_over(tmp_path):
    (tmp_path / "PG_VERSION").write_text("12\n")
    with pytest.raises(pg.ServerError, match="make demo-reset"):
        pg._check_version(tmp_path)


def test_two_processes_start_one_server_between_them(tmp_path):
    env = os.environ | {"HAVRE_VAR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    command = [sys.executable, "-m", "tools.pg"]
    starts = [
        subprocess.Popen([*command, "start"], cwd=CLONE, env=env, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    try:
        urls = {start.communicate()[0] for start in starts}
        assert [start.returncode for start in starts] == [0, 0, 0]
        assert len(urls) == 1
        assert subprocess.run([*command, "status"], cwd=CLONE, env=env, capture_output=True).returncode == 0
    finally:
        subprocess.run([*command, "stop"], cwd=CLONE, env=env, check=True, capture_output=True)
    assert subprocess.run([*command, "status"], cwd=CLONE, env=env, capture_output=True).returncode == 3
