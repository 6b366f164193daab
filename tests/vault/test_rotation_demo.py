"""A change of keys on the whole demonstration: rotate, seal again, drop the old key, sign in, verify."""

import os
import shutil
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from cms.portal.demo_accounts import DEMO_PASSWORD
from cms.users.models import User
from cms.vault.keyring import keyring as keyring_now
from tests import database
from tests.cast.session import code_of
from tests.vault.test_rotation import key_dropped


@pytest.fixture
def network(django_db_setup, django_db_blocker, settings, tmp_path, keyring):
    """The network of the demonstration in a database of its own, under a ring of its own."""
    name = f"havre_rotation_{os.getpid()}"
    settings.HAVRE_FICTITIOUS = False
    settings.HAVRE_KEYRING = Path(shutil.copy(keyring, tmp_path / "keyring.json"))
    with database.locked():
        database.run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        database.manage(name, "createcachetable limits_cache", database.MIGRATE, "sync_roles", "load_reference")
    database.manage(name, "load_demo --graine 2024")
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        try:
            yield name
        finally:
            for alias in connections:
                connections[alias].close()
                connections[alias].settings_dict["NAME"] = before[alias]
            database.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


def as_owner(*command: str) -> None:
    """Run a command as the login of the owner does."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        try:
            call_command(*command)
        finally:
            cursor.execute("SET ROLE havre_app")


@pytest.mark.whole
def test_the_old_key_leaves_and_nobody_is_locked_out(network, settings, capsys):
    user = User.objects.get(email="dpo@havre.example")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    old = keyring_now().writing_id
    call_command("keys_rotate")
    as_owner("reseal")
    key_dropped(settings.HAVRE_KEYRING, old)
    capsys.readouterr()
    as_owner("verify", "seals")
    assert f"clé {keyring_now().writing_id} : " in (said := capsys.readouterr().out)
    assert f"clé {old} : " not in said
    caches["limits"].clear()
    client = Client()
    client.post("/compte/login/", {"login": user.email, "password": DEMO_PASSWORD})
    client.post("/compte/2fa/authenticate/", {"code": code_of(secret)})
    assert client.session["_auth_user_id"] == str(user.pk)
