"""Added fields on the page of a file, and the files that a compulsory answer would send to be corrected."""

from typing import Any

from django.db.models import Model
from django.urls import reverse

from cases.common.admin.blocks import Blocks
from cases.extra.enums import ExtraTarget
from cases.extra.models import ExtraField
from cases.extra.selectors import extra_rows, unanswered
from cms.kit.blocks import Cell, Facts, Listing
from cms.kit.words import day

SHOWN = 100
"""Files listed before a decision, the oldest first: the count says how many there are."""
KINDS = {
    ExtraTarget.SOLLICITATION: ("demande en cours", "demandes en cours"),
    ExtraTarget.CASE: ("situation ouverte", "situations ouvertes"),
}


def extra_blocks(row: Model) -> Blocks:
    """Fields that the network added. The page read them in the query of the file; sealed answers of a situation are
    read with its identity. What is compulsory and was never asked (a situation opens from a request, and a unit on the
    telephone is made to answer nothing) is to be completed, and leads to its form.
    """
    rows = extra_rows(getattr(row, "extra_shown", []))
    if missing := getattr(row, "extra_missing", []):
        url = reverse(f"cases_{row._meta.model_name}:edit", args=[row.pk])
        rows = [("À compléter", Cell(" ; ".join(missing), url)), *rows]
    return [Facts("Champs ajoutés par le réseau", rows)] if rows else []


def files_words(field: ExtraField, count: int) -> str:
    """« 11 demandes en cours »."""
    one, many = KINDS[ExtraTarget(field.target)]
    return f"{count} {one if count < 2 else many}"


def impact_words(field: ExtraField, count: int) -> str:
    """« 11 fiches deviendraient à corriger : 11 demandes en cours, sans réponse aujourd’hui. »."""
    if not count:
        return f"Aucune fiche ne deviendrait à corriger : pas une {KINDS[ExtraTarget(field.target)][0]} sans réponse."
    fiches = "1 fiche deviendrait" if count == 1 else f"{count} fiches deviendraient"
    return f"{fiches} à corriger : {files_words(field, count)}, sans réponse aujourd’hui."


def impact_listing(field: ExtraField) -> Listing:
    """List the files without an answer, each with its page: a reference and a day, nothing of anybody."""
    dated = "opened_on" if field.target == ExtraTarget.CASE else "received_at"
    rows = unanswered(field)
    count = rows.count()
    shown = list(rows.order_by(dated, "reference")[:SHOWN])
    title = f"{files_words(field, count)} sans réponse"
    if count > SHOWN:
        title += f", dont voici les {SHOWN} plus anciennes"
    heading = "Ouverte le" if field.target == ExtraTarget.CASE else "Reçue le"
    return Listing(
        title,
        ("Fiche", heading),
        [(_file_cell(field, row), day(getattr(row, dated))) for row in shown],
        "Chaque fiche en cours a déjà sa réponse.",
    )


def _file_cell(field: ExtraField, row: Any) -> Cell:
    return Cell(row.reference, reverse(f"cases_{field.target}:inspect", args=[row.pk]))
