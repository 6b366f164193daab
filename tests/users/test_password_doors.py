"""What a right password opens, where, and how it is kept."""

import importlib

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.test import Client

from tests.cast.people import PASSWORD

LONG = "deux oies grises traversent le pré avant la pluie ; " * 3


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/password_reset/", "/django-admin/login/"])
def test_no_other_door_opens_a_session(cast, address):
    told = {"username": cast["coordination"].email, "login": cast["coordination"].email, "password": PASSWORD}
    client = Client()
    answer = client.post(address, told)
    assert answer.status_code in (302, 404)
    assert "_auth_user_id" not in client.session


def test_a_password_of_128_characters_opens(cast):
    person, password = cast["gendarme"], LONG[:128]
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    client = Client()
    client.post("/compte/login/", {"login": person.email, "password": password})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_hash_is_argon2id_and_an_older_one_is_replaced(cast, settings):
    """The tests hash in a quicker way: the list is that of every other settings."""
    settings.PASSWORD_HASHERS = importlib.import_module("cms.settings.base").PASSWORD_HASHERS
    person, older = cast["gendarme"], PBKDF2PasswordHasher()
    person.password = older.encode(PASSWORD, older.salt(), iterations=1000)
    person.save(update_fields=["password"])
    Client().post("/compte/login/", {"login": person.email, "password": PASSWORD})
    person.refresh_from_db()
    assert person.password.startswith("argon2$argon2id$")
    assert person.check_password(PASSWORD)
    assert not person.check_password(PASSWORD[:-1])
