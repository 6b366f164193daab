"""Around each writing of what lets somebody sign in, the process says whose it is: the database refuses any other.

Forms and services of ours, and of allauth, write these rows through their models; a statement that somebody injected
does not, and holds no seal.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from cms.kit.bound import bound_cursor
from cms.sessions.models import ApiToken
from cms.users.models import User
from cms.wall.doors import seal

CREDENTIALS: tuple[type[Model], ...] = (EmailAddress, Authenticator, SocialAccount, ApiToken)
EVERY: tuple[type[Model], ...] = (User, *CREDENTIALS)
GUARDED = frozenset({"id", "password", "email", "is_active", "is_staff", "is_superuser"})
"""Columns of an account that nobody else writes."""


def hands_register() -> None:
    for model in EVERY:
        name = f"sessions.hands.{model._meta.label_lower}"
        pre_save.connect(_take, sender=model, dispatch_uid=name)
        post_save.connect(_let_go, sender=model, dispatch_uid=name)
    for model in CREDENTIALS:
        name = f"sessions.hands.{model._meta.label_lower}"
        pre_delete.connect(_take, sender=model, dispatch_uid=name)
        post_delete.connect(_let_go, sender=model, dispatch_uid=name)


def _take(sender: type[Model], instance: Any, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if _is_guarded(sender, update_fields):
        owner = instance.pk if sender is User else instance.user_id
        with bound_cursor() as cursor:
            cursor.execute("SELECT account_take(%s, %s)", [owner, seal(f"account|{owner}")])


def _let_go(sender: type[Model], instance: Any, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if not _is_guarded(sender, update_fields):
        return
    with bound_cursor() as cursor:
        if sender is User and instance.password_digest:
            cursor.execute("SELECT password_keep(%s, %s)", [instance.pk, instance.password_digest])
            instance.password_digest = ""
        cursor.execute("SELECT account_take(NULL, '')")


def _is_guarded(sender: type[Model], fields: frozenset[str] | None) -> bool:
    """Most writings of an account note when it last signed in: they ask nothing."""
    return sender is not User or fields is None or bool(GUARDED & frozenset(fields))
