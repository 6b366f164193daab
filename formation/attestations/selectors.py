"""Attestations of a session, of a person, and the public check."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404

from cms.journal.services import refusal_queue
from formation.attestations.models import Attestation
from formation.sessions.models.sessions import Session
from formation.sessions.selectors import runs


@dataclass(frozen=True)
class PublicCheck:
    """What anybody may learn of an attestation whose number and code they hold."""

    title: str
    starts_on: dt.date
    ends_on: dt.date
    expires_on: dt.date | None
    state: str


def attestation_checked(number: str, code: str) -> PublicCheck | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM attestation_check(%s, %s)", [number.strip(), code.strip()])
        row = cursor.fetchone()
    return PublicCheck(*row) if row else None


def attestations_of(session: Session) -> QuerySet[Attestation]:
    rows = Attestation.objects.filter(enrolment__session=session)
    return rows.select_related("enrolment__professional", "successor").order_by("issued_at", "number")


def attestation_get(attestation_id: uuid.UUID, *, must_run: bool = False) -> Attestation:
    """Return an attestation that the actor may read: one's own, of the team, of a session run.

    Its content may be erased. Raise `Http404`, and journal the refusal, for any other.
    """
    row = Attestation.objects.select_related("enrolment__session").filter(pk=attestation_id).first()
    if row is None or (must_run and not runs(row.enrolment.session)):
        refusal_queue("attestation", attestation_id, "formation.attestation.read")
        raise Http404
    return row
