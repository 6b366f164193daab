"""Merging two files of one person, undoing a merge, declaring two files to be two people."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.services import journal_append
from cms.users.models import User
from formation.common.policies import runs_all_sessions
from formation.people.models import Professional, ProfessionalApart, ProfessionalMerge
from formation.sessions.models.queues import WaitingEntry
from formation.sessions.models.sessions import Enrolment

_models: dict[str, Any] = {"enrolments": Enrolment, "waiting": WaitingEntry}
"""What follows a person: the name under which a merge keeps it, and its model."""


def moved_register(name: str, model: Any) -> None:
    """Declare rows of another capability that follow a person, by their `professional`."""
    _models[name] = model


@transaction.atomic
def professionals_merge(*, kept: Professional, merged: Professional, by: User) -> ProfessionalMerge:
    """Count two files as one person. What the second had goes to the first; nothing is erased.

    Raise `ValidationError` for two people who were in one room, two accounts, a file merged already. An enrolment
    cancelled because the other file had the place stays where it was: a person has one in a session.
    """
    kept, merged = _locked(kept, merged)
    if merged.user_id and kept.user_id:
        raise ValidationError("Chacune a un compte : ce sont deux personnes, ou un compte est à fermer d’abord.")
    if merged.user_id:
        raise ValidationError("La fiche qui a un compte est celle à garder : choisissez l’autre sens.")
    staying = _cancelled_twice(kept, merged)
    rows_by_name = {}
    for name, model in _models.items():
        rows = model.objects.filter(professional=merged).exclude(pk__in=staying if model is Enrolment else [])
        rows_by_name[name] = [str(pk) for pk in rows.values_list("pk", flat=True)]
        model.objects.filter(pk__in=rows_by_name[name]).update(professional=kept)
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    row = ProfessionalMerge(kept=kept, merged=merged, moved=rows_by_name, merged_by=by)
    row.save(force_insert=True)
    details = {"merged": str(merged.pk), "rows": sum(len(ids) for ids in rows_by_name.values())}
    journal_append(action="formation.professional.merge", kind="professional", object_id=kept.pk, details=details)
    return row


def _cancelled_twice(kept: Professional, merged: Professional) -> list[uuid.UUID]:
    """Return the cancelled enrolments of the second file in sessions where the first has one.

    Raise `ValidationError` when both are enrolled in one session, or when only the second still is.
    """
    both = Enrolment.objects.filter(professional=merged, session__in=kept.enrolments.values("session"))
    live = both.live().values("session")
    if kept.enrolments.live().filter(session__in=live).exists():
        raise ValidationError("Les deux sont inscrites à la même session : ce sont deux personnes.")
    if live.exists():
        raise ValidationError(
            "À une session, la fiche à garder est désinscrite et l’autre est inscrite : choisissez l’autre sens."
        )
    return list(both.values_list("pk", flat=True))


def _locked(kept: Professional, merged: Professional) -> tuple[Professional, Professional]:
    if not runs_all_sessions():
        raise ValidationError("Seule la coordination rapproche deux fiches.")
    if kept.pk == merged.pk:
        raise ValidationError("Choisissez deux fiches différentes.")
    # In the order of their ids: two people who merge the other way round do not deadlock.
    rows = {
        row.pk: row
        for row in Professional.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    }
    if len(rows) < 2 or any(row.merged_into_id for row in rows.values()):
        raise ValidationError("L’une de ces fiches est déjà rapprochée. Rechargez la page.")
    return rows[kept.pk], rows[merged.pk]


@transaction.atomic
def professionals_separate(*, merge: ProfessionalMerge, by: User) -> None:
    """Give back what the merge moved, and nothing that came since. Raise `ValidationError` when undone already."""
    if not runs_all_sessions():
        raise ValidationError("Seule la coordination défait un rapprochement.")
    row = ProfessionalMerge.objects.select_for_update().filter(pk=merge.pk, undone_at=None).first()
    if row is None:
        raise ValidationError("Ce rapprochement est déjà défait.")
    for name, model in _models.items():
        model.objects.filter(pk__in=row.moved.get(name, []), professional=row.kept_id).update(
            professional=row.merged_id
        )
    Professional.objects.filter(pk=row.merged_id).update(merged_into=None)
    row.undone_by, row.undone_at = by, timezone.now()
    row.save(update_fields=["undone_by", "undone_at"])
    details = {"merged": str(row.merged_id)}
    journal_append(
        action="formation.professional.separate", kind="professional", object_id=row.kept_id, details=details
    )


@transaction.atomic
def professionals_apart(*, one: Professional, other: Professional, by: User) -> None:
    """Write that these are two people: they are not proposed together again."""
    if not runs_all_sessions():
        raise ValidationError("Seule la coordination décide de deux fiches.")
    first, second = sorted([one, other], key=lambda row: row.pk)
    if not ProfessionalApart.objects.filter(first=first, second=second).exists():
        ProfessionalApart.objects.create(first=first, second=second, said_by=by)
        details = {"other": str(second.pk)}
        journal_append(action="formation.professional.apart", kind="professional", object_id=first.pk, details=details)
