"""Attacks on the scope: what one actor leaves to the next, and roles that nobody gave."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from cms.partners.models import Membership, Partner
from cms.users.roles import NETWORK_ROLES
from cms.wall import scope
from formation.models import Professional
from tests.cast.session import token_header


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [name])
        return cursor.fetchone()[0] or ""


def test_a_person_reached_by_one_trainer_is_not_left_to_the_next(acting_as):
    with acting_as("coordination"):
        person = Professional.objects.get(last_name="Faure")
    with acting_as("trainer_b"):
        assert not Professional.objects.filter(pk=person.pk).exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT professional_reach(%s)", [person.email])
        assert Professional.objects.filter(pk=person.pk).exists()
    with acting_as("trainer_b"):
        assert not Professional.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("role", sorted(NETWORK_ROLES))
def test_a_membership_never_carries_a_role_of_the_network(acting_as, cast, role):
    with acting_as("coordination"):
        partner = Partner.objects.get(code_name="Collège 7")
        with pytest.raises(IntegrityError, match="membership_role_of_partner"), transaction.atomic():
            Membership.objects.create(
                user=cast["transmitter"], partner=partner, role=role.value, starts_on=dt.date(2026, 1, 1)
            )


def test_nothing_of_a_failed_request_is_left_on_the_connection(client_of):
    """One connection serves many people: an error in between must leave no scope behind."""
    for path in (
        "/admin/",
        "/admin/pages/abc/",
        "/situations/demander/",
        "/chiffres/",
        "/api/v1/referentiel/versions/",
    ):
        client = client_of("coordination")
        client.raise_request_exception = False
        client.post(path, {"x": "\x00"})
        client.get(path)
        left = [setting(f"app.{name}") for name in ("user_id", "system", "memberships", "partners")]
        assert left[0] == left[1] == "", path
        assert set(left[2:]) <= {"", "{}"}, path
        assert scope.current() == scope.NOBODY


def test_a_token_gives_its_own_scope_and_never_that_of_the_session(client_of, cast):
    header = token_header(cast["coordination"])
    days = {"du": "2026-01-01", "au": "2026-06-30"}
    assert client_of("director_b").get("/api/v1/indicators/", days).status_code == 404
    assert client_of("director_b").get("/api/v1/indicators/", days, **header).status_code == 200
    other = token_header(cast["director_b"])
    assert client_of("coordination").get("/api/v1/indicators/", days, **other).status_code == 404
    refused = client_of("anonymous").get("/api/v1/formation/sessions/", HTTP_AUTHORIZATION="Token rien")
    assert refused.status_code == 401
    assert client_of("anonymous").get("/situations/sejours/", **header).status_code == 302
