"""The wall of the database: no scope, no row; each actor, its own rows."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from cms.partners.models import Partner, PartnerIdentity
from cms.wall import scope


def test_connections_act_as_the_application(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("havre_app",)


def test_no_scope_no_row(cast):
    assert not Partner.objects.exists()
    assert not PartnerIdentity.objects.exists()


def test_a_structure_sees_itself_and_public_partners(acting_as):
    with acting_as("director_a"):
        names = set(Partner.objects.values_list("code_name", flat=True))
    assert "Les Tilleuls" in names
    assert "Brigade 12" in names
    assert "Aubépine" not in names


def test_an_ended_membership_ends_every_right(acting_as):
    with acting_as("former_member") as current:
        assert current.memberships == frozenset()
        assert not Partner.objects.filter(code_name="Les Tilleuls").exists()


def test_the_previous_scope_comes_back(acting_as):
    with acting_as("coordination"):
        before = Partner.objects.count()
        with acting_as("director_a"):
            assert Partner.objects.count() < before
        assert Partner.objects.count() == before
        assert scope.current().sees_all_cases()


def test_a_disabled_account_has_no_scope(cast, acting_as):
    user = cast["coordination"]
    user.is_active = False
    user.save()
    with acting_as(user):
        assert not Partner.objects.exists()


def test_a_structure_cannot_write_a_partner(acting_as):
    with (
        acting_as("director_a"),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Partner.objects.create(id=uuid.uuid4(), kind="state", code_name="Intrus", opened_on="2026-01-01")
