"""Reading the identity of a minor under a live reveal: each reading leaves a line in the journal."""

import uuid
from typing import Any

from cases.extra.models import ExtraAnswer
from cases.extra.selectors import answer_rows
from cases.files.models import CaseIdentity
from cms.journal.enums import Outcome
from cms.journal.services import journal_append


def identity_rows(case_id: uuid.UUID) -> list[tuple[str, Any]]:
    """Return labels and values; the reading is recorded in the journal first. All empty while nothing was written."""
    journal_append(action="cases.identity.read", kind="case", object_id=case_id, outcome=Outcome.READ)
    row = CaseIdentity.objects.filter(pk=case_id).first() or CaseIdentity()
    return [
        ("Nom", row.last_name),
        ("Prénom", row.first_name),
        ("Date de naissance", f"{row.birth_date:%d/%m/%Y}" if row.birth_date else ""),
        ("Autres identités", ", ".join(str(alias) for alias in row.aliases)),
        ("Téléphone", row.phone),
        ("Lieu précis", row.place),
        ("Récit", row.narrative),
        *sealed_extra_rows(case_id),
    ]


def sealed_extra_rows(case_id: uuid.UUID) -> list[tuple[str, Any]]:
    """Return sealed answers to added fields: row security gives them under the same reveal as the identity."""
    rows = ExtraAnswer.objects.filter(case_id=case_id, is_sealed=True).select_related("field")
    return answer_rows(rows.order_by("field__position", "field__label"))
