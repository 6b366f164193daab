"""« Avis de fugue » for the police: what helps to find a minor, and nothing of why they were taken in.

It reads the identity under a live reveal, is made on demand, and is kept nowhere.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from django.utils import timezone

from cases.files.models import Case, CaseIdentity
from cases.incidents.models.declared import Incident
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.papers import pdf_write

TEMPLATE = Path(__file__).resolve().parent / "data" / "avis.typ"
LAWS = (
    "La disparition d’un mineur est toujours inquiétante : elle appelle des recherches immédiates "
    "(loi du 21 janvier 1995, article 26)."
)


def notice_pdf(*, incident: Incident, answers: dict[str, Any]) -> bytes:
    """Return the PDF; `answers` is the cleaned data of the form.

    The journal keeps that the notice was made and that the identity was read.
    """
    case = _case_of(incident)
    journal_append(action="cases.identity.read", kind="case", object_id=case.pk, outcome=Outcome.READ)
    journal_append(action="cases.runaway.notice", kind="incident", object_id=incident.pk, outcome=Outcome.READ)
    row = CaseIdentity.objects.filter(pk=case.pk).first() or CaseIdentity()
    return pdf_write(TEMPLATE, notice_data(incident=incident, identity=row, answers=answers))


def notice_data(*, incident: Incident, identity: CaseIdentity, answers: dict[str, Any]) -> dict[str, Any]:
    """Return what the template prints.

    No alias of an earlier life, no place, no narrative: the police ask the guardian service for more.
    """
    case = _case_of(incident)
    born = f"{identity.birth_date:%d/%m/%Y}" if identity.birth_date else str(case.birth_year or "non connue")
    return {
        "title": "Avis de fugue d’un mineur",
        "stamp": f"Établi le {timezone.localtime():%d/%m/%Y à %H h %M}",
        "number": incident.reference,
        "lead": LAWS,
        "parts": [
            (
                "Le mineur",
                [
                    ("Nom", str(identity.last_name or "non connu")),
                    ("Prénom", str(identity.first_name or "non connu")),
                    ("Date de naissance", born),
                    ("Sexe", str(case.sex or "non connu")),
                    ("Téléphone", str(identity.phone or "non connu")),
                    ("Signalement", answers["description"]),
                    ("Photo", "jointe à cet avis" if answers["has_photo"] else "non disponible"),
                ],
            ),
            (
                "La disparition",
                [
                    ("Vu pour la dernière fois le", _moment(incident.occurred_at)),
                    ("Absence constatée le", _moment(incident.noticed_at)),
                    ("Circonstances", answers["circumstances"]),
                    ("Danger particulier", answers["danger"]),
                ],
            ),
            ("Qui appeler", [("À toute heure", answers["contact"])]),
        ],
    }


def _case_of(incident: Incident) -> Case:
    """Return the file of the child, known by the stay. Raise `ValueError` for an incident without one."""
    if incident.placement is None:
        raise ValueError(f"{incident.reference} concerns no stay.")
    return incident.placement.case


def _moment(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y à %H h %M}"
