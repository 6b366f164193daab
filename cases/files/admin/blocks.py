"""Blocks of the file of a minor: facts, protection, who may see it. The sealed identity is never among them."""

from typing import Any

from cases.common.admin.blocks import Blocks, fact_rows, forms_block
from cases.common.admin.sight import sight_block
from cases.common.admin.words import day
from cases.extra.admin.blocks import extra_blocks
from cases.extra.selectors import answers_missing, answers_subquery
from cases.files.duplicates.admin import same_person_block
from cases.files.identity.selectors import identity_missing, identity_waits
from cases.files.models import Case
from cases.files.protection.admin import protection_blocks
from cms.admin.parts import FilePart, under
from cms.files.admin import pieces_block
from cms.retention.admin.blocks import retention_block

TITLE = "Qui peut voir ce dossier"


def _facts(row: Case) -> list[tuple[str, Any]]:
    return [
        ("Ouverte le", day(row.opened_on)),
        ("Close le", day(row.closed_on)),
        ("Motif de clôture", row.closing_reason),
        ("Identité à demander", ", ".join(identity_missing(row.pk)) or "rien"),
        *fact_rows(row),
    ]


def _protection_facts(row: Case) -> list[tuple[str, Any]]:
    return [
        ("Adhésion du mineur", row.adhesion),
        ("Niveau de contenance requis", row.containment),
        ("Cadre juridique", row.legal_frame),
    ]


def _blocks(row: Case) -> Blocks:
    return [
        *extra_blocks(row),
        forms_block(row),
        *protection_blocks(row),
        same_person_block(row),
        under("Pièces", pieces_block("case", row.pk, "cases_case")),
    ]


PARTS = (
    FilePart(
        annotations=lambda: {
            "identity_waits": identity_waits(),
            "extra_shown": answers_subquery("case"),
            "extra_missing": answers_missing("case"),
        },
        facts=_facts,
        blocks=_blocks,
    ),
    FilePart(order=20, facts=_protection_facts),
    FilePart(order=90, blocks=lambda row: [sight_block(TITLE, "case", row.pk), retention_block("case", row.pk)]),
)
"""What the file of a minor shows by itself. Other capabilities add theirs between these, by `order`."""
