"""Writing accounts, and the rights of roles. Two people decide who holds one: `cms.accounts`."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.users.roles import GROUP_PERMISSIONS


@transaction.atomic
def user_create(
    *, email: str, first_name: str, last_name: str, position: str = "", phone: str = "", password: str | None = None
) -> User:
    """Open an account, without any right: roles and memberships are given apart."""
    user = User(email=email.lower(), first_name=first_name, last_name=last_name, position=position, phone=phone)
    user.set_password(password)
    row_clean(user, exclude=["password"])
    user.save(force_insert=True)
    journal_append(action="users.user.create", kind="user", object_id=user.pk)
    return user


@transaction.atomic
def roles_sync() -> dict[str, int]:
    """Make groups and their permissions equal to `GROUP_PERMISSIONS`; answer the number of permissions per group."""
    counts = {}
    for role, labels in GROUP_PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=role.value)
        permissions = [_permission(label) for label in sorted(labels)]
        group.permissions.set(permissions)
        counts[role.value] = len(permissions)
    Group.objects.exclude(name__in=[role.value for role in GROUP_PERMISSIONS]).delete()
    return counts


def _permission(label: str) -> Permission:
    app_label, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)
