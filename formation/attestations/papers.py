"""Attestations as they are printed: tagged PDF, drawn each time from the frozen words. No file is kept."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone

from cms.kit.addresses import address_of
from cms.kit.papers import drawing_of
from formation.attestations.models import Attestation

TEMPLATE = Path(__file__).resolve().parent / "data" / "attestation.typ"
TITLE = "Attestation de fin de formation"
FICTITIOUS = "Réseau fictif : cette attestation est inventée et ne vaut rien."


def attestations_pdf(attestations: Sequence[Attestation]) -> bytes:
    """One page each, in the order given."""
    data = {
        "title": TITLE if len(attestations) == 1 else "Attestations de fin de formation",
        "network": settings.WAGTAIL_SITE_NAME,
        "sheets": [_sheet(row) for row in attestations],
    }
    return typst.compile(
        TEMPLATE.read_bytes(), format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_standards=["ua-1"]
    )


def check_address(row: Attestation) -> str:
    return address_of("formation:attestation-check", row.number, row.check_code)


def _sheet(row: Attestation) -> dict[str, Any]:
    words = row.content
    facts = [
        ("Nature :", words["nature"]),
        ("Intitulé :", f"{words['module']} – {words['title']}"),
        ("Programme :", f"version {words['version']}" if words["version"] else "—"),
        ("Dates :", f"du {row.starts_on:%d/%m/%Y} au {row.ends_on:%d/%m/%Y}"),
        ("Lieu :", words["place"] or "—"),
        ("Durée :", f"{_hours(words['hours_present'])} suivies sur {_hours(words['hours'])}"),
        ("Animée par :", ", ".join(words["trainers"]) or "—"),
        ("Résultats de l’évaluation :", _result(words)),
    ]
    issued = f"Établie le {timezone.localtime(row.issued_at):%d/%m/%Y} sous le numéro {row.number}."
    return {
        "heading": TITLE,
        "introduction": [
            *([FICTITIOUS] if settings.HAVRE_FICTITIOUS else []),
            f"Le réseau atteste que {words['person']} a suivi la formation ci-dessous.",
        ],
        "facts": facts,
        "objectives_title": "Objectifs",
        "objectives": words["objectives"] or ["—"],
        "days_title": "Demi-journées",
        "days": [f"{day}, {period} : {_hours(hours)}" for day, period, hours in words["days"]],
        "closing": [issued, "Attestation remise en application de l’article L. 6353-1 du code du travail."],
        "code": drawing_of(check_address(row)).decode(),
        "code_words": "Code qui ouvre la page de vérification",
        "check": [
            f"Pour vérifier : {address_of('formation:attestation-verify')}",
            f"Numéro {row.number}, code {row.check_code}",
            f"Empreinte {row.content_hash[:16]}",
        ],
    }


def _hours(number: str) -> str:
    return f"{number.replace('.', ',')} h"


def _result(words: dict[str, Any]) -> str:
    if words["result"]:
        known = words.get("knowledge")
        return words["result"] if known is None else f"{words['result']} ({known} % de bonnes réponses)"
    return "non relevés individuellement" if words["is_assessed"] else "la formation ne prévoit pas d’évaluation"
