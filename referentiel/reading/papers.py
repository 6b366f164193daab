"""The référentiel and its receipts on paper."""

import re
from pathlib import Path
from typing import Any

from django.utils import timezone

from cms.documents.models import Acknowledgement, DocumentVersion
from cms.documents.pages.selectors import source_of
from cms.kit.papers import pdf_write
from cms.kit.templatetags.french import date
from referentiel.reading.rules import Exigence, chapters_of, grouped

DATA = Path(__file__).resolve().parent / "data"


def referentiel_pdf(version: DocumentVersion) -> bytes:
    """Draw the whole of a version read by `version_to_read` as a PDF, its number and date on each page."""
    title, since = version.content["title"], date(version.effective_on, "j F Y")
    data = {
        "title": f"{title}, version {version.number}",
        "stamp": f"{title}, version {version.number}, en vigueur depuis le {since}",
        "introduction": version.content["introduction"],
        "facts": [
            f"Version {version.number}, en vigueur depuis le {since}.",
            f"Ce qui change : {version.change_note}",
            f"Empreinte : {' '.join(grouped(version.content_hash))}",
        ],
        "summary_title": "Sommaire",
        "chapters": [
            {
                "title": chapter.title,
                "introduction": chapter.introduction,
                "items": [_item(exigence) for exigence in chapter.exigences],
            }
            for chapter in chapters_of(version)
        ],
    }
    return pdf_write(DATA / "referentiel.typ", data)


def _item(exigence: Exigence) -> dict[str, Any]:
    lines = [
        ("Preuves attendues", " ; ".join(exigence.evidence)),
        ("Ce que regarde l’évaluateur", exigence.assessment),
        ("Comment on le vérifie", exigence.checked_by),
        ("Modules de formation", ", ".join(exigence.module_codes)),
        ("Texte de loi", exigence.law),
    ]
    title = f"{exigence.code} ({exigence.level_label.lower()})"
    return {"title": title, "text": exigence.text, "lines": [line for line in lines if line[1]]}


def receipt_pdf(row: Acknowledgement) -> bytes:
    """Draw the receipt of an acknowledgement as a PDF: who, for whom, when, and each hash of what was read."""
    version = row.version
    title = f"Reçu d’engagement, {version.document.title.lower()}, version {version.number}"
    data = {
        "title": title,
        "stamp": title,
        "number": f"Reçu {row.pk}",
        "lead": f"{row.partner.code_name} s’engage à tenir ce texte, mot pour mot.",
        "lines": receipt_lines(row),
        "check_title": "Empreinte de la version",
        "check": [
            " ".join(grouped(row.version_hash)),
            "L’empreinte est calculée à partir du texte lu : si un seul mot en changeait, elle ne serait plus la "
            "même.",
        ],
        "clauses_title": f"Empreinte de chaque {source_of(version.document.kind).clause}",
        "clauses": sorted(row.clause_hashes.items(), key=lambda pair: _rank(pair[0])),
    }
    return pdf_write(DATA / "recu.typ", data)


def _rank(code: str) -> list[tuple[int, str]]:
    """Return the key that sorts E1.2 before E1.10."""
    return [(int(part) if part.isdigit() else 0, part) for part in re.split(r"(\d+)", code)]


def receipt_lines(row: Acknowledgement) -> list[tuple[str, str]]:
    signed_at = timezone.localtime(row.signed_at)
    lines = [
        ("Signé par", f"{row.signer_name}, {row.signer_position}"),
        ("Au nom de", row.partner.code_name),
        ("Le", date(signed_at, "j F Y" if row.is_on_paper else "j F Y à H:i")),
        ("Version", f"{row.version.number}, en vigueur depuis le {date(row.version.effective_on, 'j F Y')}"),
    ]
    if row.recorded_at:
        day = date(timezone.localtime(row.recorded_at), "j F Y")
        lines.append(("Signature", f"sur papier, enregistrée par la coordination le {day}"))
    if row.previous:
        day = date(timezone.localtime(row.previous.signed_at), "j F Y")
        lines.append(("Engagement précédent", f"version {row.previous.version.number}, le {day}"))
    return lines
