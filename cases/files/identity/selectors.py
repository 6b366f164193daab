"""Who a minor is: read under a live reveal, each reading leaving a line in the journal; what is missing, by anybody
who may add to it.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func

from cases.common.words import day
from cases.extra.models import ExtraAnswer
from cases.extra.selectors import answer_rows
from cases.files.identity.enums import IdentityPart
from cases.files.identity.models import IdentityGiven
from cases.files.models import CaseIdentity
from cms.files.models import Attachment
from cms.journal.enums import Outcome
from cms.journal.services import journal_append

LABELS = {"last_name": "Nom", "first_name": "Prénom", "birth_date": "Date de naissance", "phone": "Téléphone"}


@dataclass(frozen=True)
class KnownIdentity:
    """What the coordination sealed, completed by what the service and the structure said, the latest word first.

    `said` holds what differs from it: label, value, day.
    """

    values: dict[str, Any]
    aliases: list[str]
    place: str = ""
    narrative: str = ""
    said: list[tuple[str, str, str]] = field(default_factory=list)


def identity_read(case_id: uuid.UUID) -> KnownIdentity:
    """Return the identity, under a live reveal; the reading is recorded first. Empty while nothing was written."""
    journal_append(action="cases.identity.read", kind="case", object_id=case_id, outcome=Outcome.READ)
    row = CaseIdentity.objects.filter(pk=case_id).first() or CaseIdentity()
    given = list(IdentityGiven.objects.filter(case_id=case_id).order_by("-given_at"))
    values: dict[str, Any] = {}
    said = []
    for name, label in LABELS.items():
        answers = [(getattr(one, name), one) for one in given if getattr(one, name)]
        values[name] = getattr(row, name) or (answers[0][0] if answers else None)
        others = {written(value): one for value, one in reversed(answers) if value != values[name]}
        said += [(label, value, day(one.given_at)) for value, one in others.items()]
    aliases = [*row.aliases, *(alias for one in given for alias in one.aliases)]
    return KnownIdentity(values, list(dict.fromkeys(aliases)), row.place, row.narrative, said)


def written(value: Any) -> str:
    """Return a name as it stands, a date as people read it."""
    if not value:
        return ""
    return f"{value:%d/%m/%Y}" if hasattr(value, "year") else str(value)


def identity_rows(case_id: uuid.UUID) -> list[tuple[str, Any]]:
    """Return labels and values; the reading is recorded in the journal first. All empty while nothing was written."""
    known = identity_read(case_id)
    values = {label: written(known.values[name]) for name, label in LABELS.items()}
    phone = values.pop("Téléphone")
    return [
        *values.items(),
        ("Autres identités", ", ".join(known.aliases)),
        ("Téléphone", phone),
        *((f"{label}, dit aussi le {on}", value) for label, value, on in known.said),
        ("Lieu précis", known.place),
        ("Récit", known.narrative),
        *sealed_extra_rows(case_id),
    ]


def sealed_extra_rows(case_id: uuid.UUID) -> list[tuple[str, Any]]:
    """Return sealed answers to added fields: row security gives them under the same reveal as the identity."""
    rows = ExtraAnswer.objects.filter(case_id=case_id, is_sealed=True).select_related("field")
    return answer_rows(rows.order_by("field__position", "field__label"))


def identity_missing(case_id: uuid.UUID) -> list[str]:
    """Return what is still to be asked, in words: the parts that are filled are known without opening any seal.

    Nothing is said to whoever may neither see the file nor add to it.
    """
    return identity_to_ask(case_id) or []


def identity_to_ask(case_id: uuid.UUID) -> list[str] | None:
    """Return the same; `None` for whoever may neither see the file nor add to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity_known(%s)", [case_id])
        known = cursor.fetchone()[0]
    return None if known is None else [part.label for part in IdentityPart if part.value not in known]


def identity_waits() -> Func:
    """Return, for a list of files, whether something was said that the coordination has not taken over."""
    return Func(F("pk"), function="identity_waits", output_field=BooleanField())


def identity_may_give(case_id: uuid.UUID) -> bool:
    """Return whether the actor may say who this minor is, as the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT can_see_case_to_name(%s)", [case_id])
        return bool(cursor.fetchone()[0])


def portrait_of(case_id: uuid.UUID) -> Attachment | None:
    """Return the latest photo of a minor, for whoever may see the file; it opens under a reveal alone."""
    return Attachment.objects.on("case", case_id).portraits().order_by("-added_at").first()
