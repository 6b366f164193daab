"""Roles are code: the groups of the database are what `roles.py` says, and a change of rights shows in a snapshot."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cms.users.roles import DELEGATED_ROLES, GROUP_PERMISSIONS, MEMBERSHIP_ROLES, NETWORK_ROLES, Role
from cms.users.services import roles_sync, user_create
from cms.wall import scope
from tests.journal.sql import as_owner


def rights_of(group: Group) -> list[str]:
    return sorted(f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type"))


def test_rights_of_every_role(db, snapshot):
    assert {group.name: rights_of(group) for group in Group.objects.order_by("name")} == snapshot


def test_every_role_is_held_in_one_way():
    assert not NETWORK_ROLES & MEMBERSHIP_ROLES
    assert not DELEGATED_ROLES & (NETWORK_ROLES | MEMBERSHIP_ROLES)
    assert set(Role) == NETWORK_ROLES | MEMBERSHIP_ROLES | DELEGATED_ROLES
    assert set(GROUP_PERMISSIONS) == NETWORK_ROLES


def test_synchronising_takes_back_what_code_does_not_give(db):
    group = Group.objects.get(name=Role.EDITOR.value)
    with as_owner():
        group.permissions.add(Permission.objects.get(codename="change_user"))
        Group.objects.create(name="groupe inventé")
        roles_sync()
    assert "users.change_user" not in rights_of(group)
    assert not Group.objects.filter(name="groupe inventé").exists()


def test_nobody_administers_accounts_or_groups(db):
    forbidden = {"add_user", "change_user", "delete_user", "add_group", "change_group", "delete_group"}
    assert not Permission.objects.filter(group__isnull=False, codename__in=forbidden).exists()


def test_no_account_has_every_right(cast):
    cast["tech_admin"].is_superuser = True
    with pytest.raises(IntegrityError), transaction.atomic():
        cast["tech_admin"].save()


def test_an_address_opens_one_account(cast):
    with scope.acting(scope.REFERENCE), pytest.raises(ValidationError) as refused:
        user_create(email="Coordination@havre.example", first_name="Autre", last_name="Personne")
    assert "email" in refused.value.message_dict
