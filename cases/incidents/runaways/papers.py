"""« Avis de fugue » for the police: what helps to find a minor, and nothing of why they were taken in.

It reads the identity under a live reveal, is made on demand, and is kept nowhere.
"""

from pathlib import Path
from typing import Any

from django.utils import timezone

from cases.files.models import CaseIdentity
from cases.incidents.models.declared import Incident
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.papers import pdf_write

TEMPLATE = Path(__file__).resolve().parent / "data" / "avis.typ"
LAWS = (
    "La disparition d’un mineur est toujours inquiétante : elle appelle des recherches immédiates "
    "(loi du 21 janvier 1995, article 26)."
)


def notice_pdf(*, incident: Incident, told: dict[str, Any]) -> bytes:
    """`told`: what the form asked. The journal keeps that the notice was made and that the identity was read."""
    case = incident.placement.case
    journal_append(action="cases.identity.read", kind="case", object_id=case.pk, outcome=Outcome.READ)
    journal_append(action="cases.runaway.notice", kind="incident", object_id=incident.pk, outcome=Outcome.READ)
    row = CaseIdentity.objects.filter(pk=case.pk).first() or CaseIdentity()
    return pdf_write(TEMPLATE, notice_data(incident=incident, identity=row, told=told))


def notice_data(*, incident: Incident, identity: CaseIdentity, told: dict[str, Any]) -> dict[str, Any]:
    """No aliases of an earlier life, no place, no narrative: the police ask the guardian service for more."""
    case = incident.placement.case
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
                    ("Signalement", told["description"]),
                    ("Photo", "jointe à cet avis" if told["has_photo"] else "non disponible"),
                ],
            ),
            (
                "La disparition",
                [
                    ("Vu pour la dernière fois le", _moment(incident.occurred_at)),
                    ("Absence constatée le", _moment(incident.noticed_at)),
                    ("Circonstances", told["circumstances"]),
                    ("Danger particulier", told["danger"]),
                ],
            ),
            ("Qui appeler", [("À toute heure", told["contact"])]),
        ],
    }


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y à %H h %M}"
