"""What the pages of a file show: facts, the chain, who may see it. The sealed identity is never among them."""

from django.urls import reverse

from cases.common.admin.blocks import Blocks, fact_rows, forms_block
from cases.common.admin.words import day, moment
from cases.extra.admin import extra_blocks
from cases.files.duplicates.admin import same_person_block
from cases.files.models import Case
from cases.files.protection.admin import protection_blocks
from cases.incidents.admin.blocks import incidents_block
from cases.incidents.models.declared import Incident
from cases.proposals.admin.blocks import orientations_block, proposals_block
from cases.proposals.models import Proposal
from cases.requests.admin.blocks import sollicitations_block
from cases.stays.admin.blocks import stay_place, stays_block
from cms.files.admin import pieces_block
from cms.kit.blocks import Cell, Facts, Listing
from cms.partners.models import Partner
from cms.retention.admin.blocks import retention_block
from cms.wall.models import Grant


def case_blocks(row: Case) -> Blocks:
    stays = list(row.placements.select_related("partner__territory", "legal_frame"))
    facts = [
        ("Ouverte le", day(row.opened_on)),
        ("Close le", day(row.closed_on)),
        ("Motif de clôture", row.closing_reason),
        *fact_rows(row),
        ("Département du séjour", stay_place(stays)),
        ("Adhésion du mineur", row.adhesion),
        ("Niveau de contenance requis", row.containment),
        ("Cadre juridique", row.legal_frame),
        ("Autorité qui paie", row.payer and row.payer.name),
        ("Mise en lien en préparation", waiting_linking(row)),
        ("Circuit de protection", running_circuit(row)),
    ]
    return [
        Facts("Faits", facts),
        *extra_blocks(row),
        forms_block(row),
        *protection_blocks(row),
        same_person_block(row),
        pieces_block("case", row.pk, "cases_case"),
        sollicitations_block(row),
        orientations_block(row.orientations.select_related("decision", "case")),
        proposals_block(Proposal.objects.filter(orientation__case=row)),
        stays_block(stays),
        incidents_block(Incident.objects.about(placements=stays, cases=[row])),
        grants_block(row),
        retention_block("case", row.pk),
    ]


def grants_block(case: Case) -> Listing:
    """Who, beside the coordination, may see this file today, how far and why."""
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
    return Listing("Qui peut voir ce dossier", headings, rows, "La coordination et la direction, personne d’autre.")


def waiting_linking(row: Case) -> Cell | None:
    """`row.linking_waits`: the linking in which the next arrival is prepared, read with the case."""
    if not row.linking_waits:
        return None
    return Cell("à compléter avant l’arrivée", reverse("cases_linking:inspect", args=[row.linking_waits]))


def running_circuit(row: Case) -> Cell | None:
    if not row.circuit_runs:
        return None
    return Cell("en cours", reverse("cases_circuit:inspect", args=[row.circuit_runs]))
