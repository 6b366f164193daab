"""The copy of a file as it leaves: a tagged PDF to read, or JSON for a machine. Neither is kept."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from cms.data_rights.copies.rules import Item
from cms.data_rights.copies.services import LEAVES
from cms.data_rights.enums import WithheldReason
from cms.data_rights.models import FileCopy

TEMPLATE = Path(__file__).resolve().parent / "data" / "copie.typ"
INTRODUCTION = (
    "Ce document contient ce que le réseau a écrit sur vous dans son dossier, à la date ci-dessous.",
    "Les professionnels y sont désignés par leur fonction et les lieux d’accueil par un numéro : leurs noms et leurs "
    "adresses sont protégés, comme les vôtres.",
)
RIGHTS = (
    "Vous pouvez demander à corriger ce qui est faux ou à effacer ce qui n’a plus lieu d’être. Si la réponse ne vous "
    "convient pas, vous pouvez saisir la Commission nationale de l’informatique et des libertés (cnil.fr, "
    "3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07) ou le juge.",
    "Gardez ce document en lieu sûr : il parle de vous.",
)


def copy_content(copy: FileCopy, items: list[Item]) -> dict[str, Any]:
    """Return what both forms say: the lines that leave, by section, and how many passages stay, by reason."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for item in items:
        sections.setdefault(item.section, []).append((item.label, item.value))
    withheld = Counter(choice for choice in copy.choices.values() if choice != LEAVES)
    return {
        "title": "Copie de votre dossier",
        "made_on": f"{timezone.localdate():%d/%m/%Y}",
        "request": copy.request.reference,
        "sections": [{"title": title, "lines": lines} for title, lines in sections.items()],
        "withheld": [(WithheldReason(reason).label, str(number)) for reason, number in sorted(withheld.items())],
    }


def copy_pdf(copy: FileCopy, items: list[Item]) -> bytes:
    content = copy_content(copy, items)
    introduction = [f"Copie faite le {content['made_on']}, en réponse à la demande {content['request']}."]
    if settings.HAVRE_FICTITIOUS:
        introduction.insert(0, "Réseau fictif : ce dossier est inventé.")
    data = content | {
        "introduction": [*INTRODUCTION, *introduction],
        "withheld_title": "Passages qui ne vous sont pas remis",
        "rights_title": "Vos droits",
        "rights": RIGHTS,
        "footer": content["request"],
    }
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, cls=DjangoJSONEncoder)},
        pdf_standards=["ua-1"],
    )


def copy_json(copy: FileCopy, items: list[Item]) -> bytes:
    return json.dumps(copy_content(copy, items), ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()
