"""The copy of one minor's file: read through by one person, agreed on by another, made on demand and never stored."""

import uuid
from collections import Counter
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.common.services import NOT_OPEN, lock, manager_only
from cms.data_rights.copies.rules import Item, digest_of, file_items
from cms.data_rights.enums import Right, StepKind, WithheldReason
from cms.data_rights.models import FileCopy, RightsRequest
from cms.data_rights.register.services import ANSWERS, KIND, step_add
from cms.decisions.services import decision_agree, decision_ask
from cms.journal.services import journal_append
from cms.users.models import User
from cms.wall import scope
from cms.wall.reveals.services import reveal_live

LEAVES = "leaves"
"""Choice of a passage that goes with the copy; any other is a reason of `WithheldReason`."""
NO_REVEAL = "Ouvrez d’abord l’identité, avec votre motif : la copie la contient."


@transaction.atomic
def copy_items(*, request: RightsRequest) -> list[Item]:
    """Return what the copy would hold, masked, for whoever reads it through under a live reveal of their own."""
    manager_only()
    case_id = _check_ready(request)
    if reveal_live(kind="case", object_id=case_id) is None:
        raise ValidationError(NO_REVEAL, code="reveal")
    return file_items(case_id)


@transaction.atomic
def copy_prepare(*, request: RightsRequest, by: User, choices: Mapping[str, str]) -> FileCopy:
    """Keep what was decided of each passage: it leaves, or the reason why it stays. No passage goes unread."""
    lock(request)
    items = copy_items(request=request)
    to_read = [item.key for item in items if item.is_read_through]
    wrong = [key for key in to_read if choices.get(key) not in (LEAVES, *WithheldReason.values)]
    if wrong:
        raise ValidationError("Dites de chaque passage s’il part, ou pourquoi il reste.")
    copy = FileCopy(
        request=request,
        choices={key: choices[key] for key in to_read},
        digest=digest_of(items),
    )
    counts = Counter(copy.choices.values())
    details = {"coded": {name: [None, number] for name, number in sorted(counts.items())}}
    decision_ask(copy, by=by, tell=lambda verb, row: _tell(request, "rights.copy.prepare", details))
    step_add(request, StepKind.PREPARED, by=by)
    return copy


@transaction.atomic
def copy_agree(*, copy: FileCopy, by: User) -> None:
    """Record the agreement of a second person, direction or data protection, who reads the decisions, not the file."""
    if not scope.current().has_role(*ANSWERS):
        raise ValidationError(NOT_OPEN, code="scope")
    _check_ready(copy.request)
    decision_agree(copy, by=by, tell=lambda verb, row: _tell(copy.request, f"rights.copy.{verb}"))
    step_add(copy.request, StepKind.AGREED, by=by)


@transaction.atomic
def copy_make(*, copy: FileCopy, by: User) -> list[Item]:
    """Return the lines that leave. Refused when nobody agreed, or when the file has changed since its reading."""
    items = copy_items(request=copy.request)
    if not FileCopy.objects.filter(pk=copy.pk, agreed_at__isnull=False).exists():
        raise ValidationError("Une seconde personne doit d’abord autoriser cette copie.")
    if digest_of(items) != copy.digest:
        raise ValidationError("Le dossier a changé depuis la relecture : relisez-le avant de le remettre.")
    leaving = [item for item in items if not item.is_read_through or copy.choices.get(item.key) == LEAVES]
    _tell(copy.request, "rights.copy.export", {"rows": len(leaving), "withheld": len(items) - len(leaving)})
    step_add(copy.request, StepKind.MADE, by=by)
    return leaving


def _check_ready(request: RightsRequest) -> uuid.UUID:
    """Return the file that the copy is of, once everything allows one."""
    if not request.is_open:
        raise ValidationError("Cette demande est close.")
    if request.right != Right.ACCESS:
        raise ValidationError("Une copie répond à une demande d’accès.")
    if request.case_id is None:
        raise ValidationError("Rapprochez d’abord la demande d’une situation.")
    if not request.identity_check:
        raise ValidationError("Vérifiez d’abord l’identité du demandeur : rien ne part sans elle.")
    return request.case_id


def _tell(request: RightsRequest, action: str, details: dict | None = None) -> None:
    journal_append(action=action, kind=KIND, object_id=request.pk, details=details)
    journal_append(action=action, kind="case", object_id=request.case_id, details=details)
