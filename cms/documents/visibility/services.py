"""Opening a document or a page takes two people; closing it takes one, at once."""

import uuid
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from wagtail.models import Page

from cms.decisions.services import decision_agree, decision_ask, decision_dismiss
from cms.documents.enums import Signer, VisibilityLevel
from cms.documents.signatures.policies import SIGNER_ROLES
from cms.documents.versions.models import Document
from cms.documents.versions.policies import PUBLISHERS_OF
from cms.documents.visibility.models import Visibility
from cms.documents.visibility.policies import may_agree, may_ask
from cms.documents.visibility.rules import Reach, within
from cms.documents.visibility.selectors import (
    Target,
    page_models,
    reach_asked,
    reach_of,
    reaches_above,
    shown_hash,
    versions_shown,
    visibility_waiting,
)
from cms.journal.services import journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.users.models import User
from cms.users.roles import SEES_ALL_CASES
from cms.wall import scope

ASKED = "visibility"
"""Kind of the notification to whoever may agree."""
SAME = "C’est déjà ainsi : rien ne changerait."
ABOVE = "La page au-dessus est lue par moins de monde : ouvrez-la d’abord, ou gardez celle-ci plus fermée."
CHANGED = "Ce qui se montrerait a changé depuis la demande. Écartez-la, relisez, puis demandez de nouveau."
NOTHING = "Aucune version n’est en vigueur : publiez d’abord ce document."
GONE = "Cette page n’existe plus : écartez la demande."
FROZEN = "Cette page se lit dans son document : décidez pour le document entier."


@transaction.atomic
def visibility_change(
    *,
    target: Target,
    level: str,
    reason: str,
    by: User,
    roles: Collection[str] = (),
    with_older: bool = False,
) -> Visibility:
    """Say who reads a document or a page. What narrows holds at once, and sets aside the opening that waited; what
    widens waits for another person.

    Raises `ValidationError` for what changes nothing, for a page wider than the one above it, and for an opening while
    another waits.
    """
    document = target if isinstance(target, Document) else None
    if scope.current().user_id != by.pk or not may_ask(document):
        raise PermissionDenied
    _lock()
    _check_target(target)
    if level == VisibilityLevel.ROLES and document and roles:
        roles = {*roles, *(role.value for role in PUBLISHERS_OF.get(document.kind, ()))}
    asked, held = Reach(level, frozenset(roles), with_older), reach_of(target)
    if asked == held:
        raise ValidationError(SAME)
    if document and level == VisibilityLevel.ROLES and not document.is_builtin:
        _check_signers(document, asked)
    row = Visibility(
        document=document,
        page=None if document else target,
        level=level,
        roles=sorted(roles),
        with_older=with_older,
        reason=reason.strip(),
        is_widening=asked.widens(held),
        shown=shown_hash(target, with_older=with_older),
    )
    if row.is_widening:
        _check_opens(target, asked)
        decision_ask(row, by=by, tell=_tell)
        notification_owe(kind=ASKED, owed=[Recipient(row.pk, person_id=pk) for pk in _deciders(but=by)])
        return row
    return _narrow(row, target, by=by)


def _narrow(row: Visibility, target: Target, *, by: User) -> Visibility:
    """Let it hold at once, and set aside the opening that waited."""
    waiting = visibility_waiting(target)
    if waiting is not None:
        visibility_dismiss(row=waiting, by=by)
    return decision_ask(row, by=by, tell=lambda verb, row: _tell("narrow", row))


@transaction.atomic
def visibility_agree(*, row: Visibility, by: User) -> Visibility:
    """Agree, as another person, to what was looked at: it is open at once.

    Raises `ValidationError` when what would show, or what stands above, has changed since it was asked.
    """
    if scope.current().user_id != by.pk or not may_agree():
        raise PermissionDenied
    return _close(decision_agree(_locked(row), by=by, tell=_tell, effect=_check_agreed))


@transaction.atomic
def visibility_dismiss(*, row: Visibility, by: User) -> Visibility:
    """Set aside an opening that waits: whoever asked may as well. Raises `ValidationError` when it waits no more."""
    if scope.current().user_id != by.pk or not (may_ask(row.document) or may_agree()):
        raise PermissionDenied
    return _close(decision_dismiss(_locked(row), by=by, tell=_tell))


def _deciders(but: User) -> list[uuid.UUID]:
    people = User.objects.filter(is_active=True, groups__name__in=[role.value for role in SEES_ALL_CASES])
    return list(people.exclude(pk=but.pk).distinct().values_list("pk", flat=True))


def _lock() -> None:
    """One decision at a time: each reads the one before. The trigger of the table takes the same lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('documents.visibility', 0))")


def _locked(row: Visibility) -> Visibility:
    _lock()
    return row


def _close(row: Visibility) -> Visibility:
    notification_close(kind=ASKED, object_id=row.pk)
    return row


def _target(row: Visibility) -> Target:
    """Return what a decision is about. Raises `ValidationError` for a page that is no more."""
    if row.document:
        return row.document
    page = Page.objects.filter(pk=row.page_id).first()
    if page is None:
        raise ValidationError(GONE)
    return page


def _check_target(target: Target) -> None:
    if isinstance(target, Page) and not issubclass(target.specific_class, tuple(page_models())):
        raise ValidationError(FROZEN)


def _check_signers(document: Document, asked: Reach) -> None:
    """Raise `ValidationError` when whoever signs a document that the network added would read it no more."""
    signer = SIGNER_ROLES.get(Signer(document.signed_by))
    if signer is not None and signer not in asked.roles:
        raise ValidationError({"roles": f"« {signer.label} » signe ce document : ce métier le lit aussi."})


def _check_opens(target: Target, asked: Reach) -> None:
    """Raise `ValidationError` for a page wider than the one above it, or a document that has nothing to show."""
    if isinstance(target, Page):
        if not within(asked, reaches_above(target)):
            raise ValidationError(ABOVE)
    elif asked.level == VisibilityLevel.PUBLIC and not versions_shown(target, with_older=asked.with_older):
        raise ValidationError(NOTHING)


def _check_agreed(row: Visibility) -> dict[str, Any]:
    target = _target(row)
    _check_opens(target, reach_asked(row))
    if shown_hash(target, with_older=row.with_older) != row.shown:
        raise ValidationError(CHANGED)
    return {}


def _tell(verb: str, row: Visibility) -> None:
    details = {"level": row.level, "roles": list(row.roles), "with_older": row.with_older}
    named = {"document": row.document.kind} if row.document else {"page": row.page_id}
    journal_append(
        action=f"documents.visibility.{verb}", kind="visibility", object_id=row.pk, details={**named, **details}
    )
