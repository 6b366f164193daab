"""Merging two files of one minor, by two people; undoing it; recording that they are of two minors."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from cases.common.services import lock, manager_only, row_change, row_create
from cases.files.duplicates.models import CaseApart, CaseMerge
from cases.files.models import Case
from cms.decisions.services import decision_agree, decision_ask, decision_dismiss
from cms.journal.services import changes, journal_append
from cms.users.models import User

ERASED = "X-"
"""How the reference of a file made anonymous begins: its person is not known any more, and cannot be again."""


@transaction.atomic
def case_merge_ask(*, kept: Case, merged: Case, by: User) -> CaseMerge:
    """Ask that two files count as one minor. Nothing changes until another person agrees."""
    manager_only()
    _one_at_a_time()
    _check_pair(kept, merged)
    return decision_ask(CaseMerge(kept=kept, merged=merged), by=by, tell=_tell)


@transaction.atomic
def case_merge_agree(*, merge: CaseMerge, by: User) -> CaseMerge:
    """Agree to a merge, as another person: every file of the second minor takes the person key of the first.

    Raises `ValidationError` for who asked, and once the request has its answer.
    """
    manager_only()
    _one_at_a_time()
    return decision_agree(merge, by=by, tell=_tell, effect=_join)


def _join(merge: CaseMerge) -> dict[str, Any]:
    kept, merged = _locked(merge.kept_id), _locked(merge.merged_id)
    _check_pair(kept, merged)
    files = list(Case.objects.filter(person_key=merged.person_key).select_for_update().order_by("pk"))
    moved = {str(file.pk): str(file.person_key) for file in files}
    Case.objects.filter(pk__in=moved).update(person_key=kept.person_key)
    return {"moved": moved}


@transaction.atomic
def case_merge_refuse(*, merge: CaseMerge, by: User) -> CaseMerge:
    """Refuse a merge: the pair is recorded as two minors, and not proposed again."""
    manager_only()
    _one_at_a_time()
    merge = decision_dismiss(merge, by=by, tell=_tell)
    cases_tell_apart(first=_locked(merge.kept_id), second=_locked(merge.merged_id), by=by)
    return merge


@transaction.atomic
def case_merge_undo(*, merge: CaseMerge, by: User) -> CaseMerge:
    """Give each file back the person key that it had. The latest merge of a person is undone first."""
    manager_only()
    _one_at_a_time()
    lock(merge)
    if merge.agreed_at is None or merge.undone_at:
        raise ValidationError("Ce rapprochement n’est pas en vigueur.")
    ids = list(merge.moved)
    later = CaseMerge.objects.open().filter(agreed_at__gt=merge.agreed_at)
    if later.filter(moved__has_any_keys=ids).exists() or later.filter(kept_id__in=ids).exists():
        raise ValidationError("Un rapprochement plus récent concerne ce mineur : défaites-le d’abord.")
    for file in Case.objects.filter(pk__in=ids).select_for_update().order_by("pk"):
        Case.objects.filter(pk=file.pk).update(person_key=merge.moved[str(file.pk)])
    values = {"undone_by_id": by.pk, "undone_at": timezone.now()}
    row_change(merge, values, kind="case", action="cases.merge.undo", object_id=merge.kept_id)
    _journal_on("cases.merge.undo", ids)
    return merge


@transaction.atomic
def cases_tell_apart(*, first: Case, second: Case, by: User) -> CaseApart:
    """Record that two files are of two minors: they are not proposed again. A merge that waits is refused."""
    manager_only()
    _one_at_a_time()
    if first.pk == second.pk:
        raise ValidationError("Choisissez deux dossiers différents.")
    if first.person_key == second.person_key:
        raise ValidationError("Ces deux dossiers sont rapprochés : défaites d’abord le rapprochement.")
    if known := _apart(first, second):
        return known
    low, high = sorted((first, second), key=lambda case: case.pk)
    apart = CaseApart(first=low, second=high, said_by=by, said_at=timezone.now())
    row_create(apart, kind="case", action="cases.apart.say", coded=("first_id", "second_id"), object_id=low.pk)
    _journal_on("cases.apart.say", [high.pk])
    for merge in CaseMerge.objects.waiting().filter(kept__in=(low, high), merged__in=(low, high)):
        decision_dismiss(merge, by=by, tell=_tell)
    return apart


@transaction.atomic
def cases_apart_lift(*, apart: CaseApart, by: User) -> CaseApart:
    """Lift the decision that two files are of two minors: they are proposed again."""
    manager_only()
    lock(apart)
    if apart.lifted_at:
        raise ValidationError("Ce choix est déjà levé.")
    values = {"lifted_by_id": by.pk, "lifted_at": timezone.now()}
    row_change(apart, values, kind="case", action="cases.apart.lift", object_id=apart.first_id)
    _journal_on("cases.apart.lift", [apart.second_id])
    return apart


def _one_at_a_time() -> None:
    """Wait for other merges: each may move files that the next one reads."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.merge'))")


def _check_pair(kept: Case, merged: Case) -> None:
    if kept.pk == merged.pk:
        raise ValidationError("Choisissez deux dossiers différents.")
    if kept.person_key == merged.person_key:
        raise ValidationError("Ces deux dossiers sont déjà ceux d’un même mineur.")
    if kept.is_test != merged.is_test:
        raise ValidationError("Une fiche d’essai ne se mêle pas aux situations réelles.")
    if ERASED in (kept.reference[:2], merged.reference[:2]):
        raise ValidationError("L’un de ces dossiers est anonyme : on ne sait plus de qui il s’agit.")
    one, other = kept.person_key, merged.person_key
    apart = Q(first__person_key=one, second__person_key=other) | Q(first__person_key=other, second__person_key=one)
    if CaseApart.objects.filter(apart, lifted_at=None).exists():
        raise ValidationError("Ces deux dossiers sont dits de deux mineurs distincts : revenez d’abord sur ce choix.")


def _apart(one: Case, other: Case) -> CaseApart | None:
    low, high = sorted((one.pk, other.pk))
    return CaseApart.objects.filter(first_id=low, second_id=high, lifted_at=None).first()


def _locked(pk: uuid.UUID) -> Case:
    return Case.objects.select_for_update().get(pk=pk)


def _tell(verb: str, merge: CaseMerge) -> None:
    """Write the pair on the file kept; the same line on the file merged, or on each of those that moved."""
    details = changes({}, {"kept_id": merge.kept_id, "merged_id": merge.merged_id}, ("kept_id", "merged_id"))
    journal_append(action=f"cases.merge.{verb}", kind="case", object_id=merge.kept_id, details=details)
    _journal_on(f"cases.merge.{verb}", merge.moved or [merge.merged_id])


def _journal_on(action: str, ids: Iterable[uuid.UUID | str]) -> None:
    """Write the same line in the journal of each other file."""
    for pk in ids:
        journal_append(action=action, kind="case", object_id=uuid.UUID(str(pk)))
