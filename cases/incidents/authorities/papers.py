"""The report to the authority that licensed the structure: the minimum content of the arrêté of 28 December 2016, and
nothing more. No child is named. It is made on demand and kept nowhere; whoever sends it attaches what was sent.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from cases.incidents.authorities.selectors import LICENSER, authority_calls
from cases.incidents.models.declared import Incident, IncidentDetail
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.papers import docx_response, docx_write, pdf_response, pdf_write
from cms.partners.book.selectors import address_rows
from cms.values.selectors import values_of
from cms.wall.reveals.services import reveal_live

TEMPLATE = Path(__file__).resolve().parent / "data" / "signalement.typ"
TO_WRITE = "à compléter à la main (l’adresse de la structure n’est pas ouverte)"


NAME = "signalement"


def report_response(*, incident: Incident, answers: dict[str, Any]) -> HttpResponse:
    """Return the document to download, a PDF or a text to edit; `answers` is the cleaned data of the form.

    The journal keeps that it was made, never what it says.
    """
    journal_append(
        action="cases.incident.report", kind="incident", object_id=incident.pk, outcome=Outcome.READ, details={}
    )
    data = report_data(incident=incident, answers=answers)
    if answers["format"] == "docx":
        return docx_response(docx_write(data), NAME)
    return pdf_response(pdf_write(TEMPLATE, data), NAME)


def report_data(*, incident: Incident, answers: dict[str, Any]) -> dict[str, Any]:
    detail = IncidentDetail.objects.filter(pk=incident.pk).first() or IncidentDetail()
    return {
        "title": "Information sur un dysfonctionnement grave ou un événement",
        "stamp": f"Établi le {_moment(timezone.now())}",
        "number": incident.reference,
        "lead": "Code de l’action sociale et des familles, article L. 331-8-1 ; arrêté du 28 décembre 2016.",
        "parts": [
            ("L’établissement", [*_structure(incident), ("Destinataire", _authority(incident))]),
            (
                "L’événement",
                [
                    ("Survenu le", _moment(incident.occurred_at)),
                    ("Constaté le", _moment(incident.noticed_at)),
                    ("Nature", _categories(incident)),
                    ("Faits", str(detail.narrative or "")),
                    ("Personnes blessées ou victimes", str(answers["hurt"])),
                    ("Personnes exposées", str(answers["exposed"])),
                ],
            ),
            (
                "Les mesures prises",
                [
                    ("Dès le constat", str(detail.measures or "")),
                    ("Protection et soutien", answers["protection"]),
                    ("Pour faire cesser et prévenir", answers["prevention"]),
                    ("Information des personnes", answers["informed"]),
                ],
            ),
            ("Les suites", [("Administratives ou judiciaires", answers["follow_up"]), ("Médias", answers["media"])]),
        ],
    }


def _structure(incident: Incident) -> list[tuple[str, str]]:
    """Return the real name and address, under a live reveal alone: an authority does not know the code name."""
    if incident.partner_id is None or not reveal_live(kind="partner", object_id=incident.partner_id):
        return [("Nom et adresse", TO_WRITE)]
    known = dict(address_rows(incident.partner_id))
    return [("Nom", str(known["Nom réel"] or "")), ("Adresse", str(known["Adresse"] or ""))]


def _authority(incident: Incident) -> str:
    codes = (LICENSER, "PREFET", "DTPJJ", "ARS")
    return " ; ".join(call.name for call in authority_calls(incident) if call.authority.code in codes)


def _categories(incident: Incident) -> str:
    """Return categories of the arrêté, in its order; the type of the network when it belongs to none."""
    codes = incident.incident_type.extra.get("arrete", [])
    categories = [value for value in values_of("categorie_arrete") if value.code in codes]
    return (
        " ; ".join(f"{value.extra['number']}. {value.label}" for value in categories) or incident.incident_type.label
    )


def _moment(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y à %H h %M}"
