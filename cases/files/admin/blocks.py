"""Blocks of the file of a minor: facts, protection, who may see it. The sealed identity is never among them."""

from typing import Any

from cases.common.admin.blocks import Blocks, fact_rows, forms_block
from cases.common.admin.words import day, moment
from cases.extra.admin.blocks import extra_blocks
from cases.extra.selectors import answers_missing, answers_subquery
from cases.files.duplicates.admin import same_person_block
from cases.files.identity.selectors import identity_missing, identity_waits
from cases.files.models import Case
from cases.files.protection.admin import protection_blocks
from cms.admin.parts import FilePart
from cms.files.admin import pieces_block
from cms.kit.blocks import Listing
from cms.partners.models import Partner
from cms.retention.admin.blocks import retention_block
from cms.wall.models import Grant


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
        pieces_block("case", row.pk, "cases_case"),
    ]


def grants_block(case: Case) -> Listing:
    """List who, beside the coordination, may see this file today, at which level and why."""
    grants = list(Grant.objects.live().on("case", case.pk).select_related("user"))
    partners = Partner.objects.in_bulk([grant.partner_id for grant in grants if grant.partner_id])
    rows = [
        (
            grant.user or partners.get(grant.partner_id),
            grant.get_role_display() or "toute l’équipe",
            grant.get_level_display(),
            grant.reason,
            moment(grant.starts_at),
            moment(grant.ends_at),
        )
        for grant in grants
    ]
    headings = ("Qui", "Rôle", "Jusqu’où", "Motif", "Depuis", "Jusqu’au")
    nobody = "La coordination et la direction, personne d’autre."
    return Listing("Qui peut voir ce dossier", headings, rows, nobody, is_aside=True)


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
    FilePart(order=90, blocks=lambda row: [grants_block(row), retention_block("case", row.pk)]),
)
"""What the file of a minor shows by itself. Other capabilities add theirs between these, by `order`."""
