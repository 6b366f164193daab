"""What the pages of a file show: facts, the chain, who may see it. The sealed identity is never among them."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from cases.common.admin.words import day, linked, moment, partner_cell, years
from cases.enums import ANSWERS_ACCEPTING
from cases.extra.selectors import extra_rows
from cases.files.admin.chain import after_words, linkings_block, reviews_block, running_circuit, waiting_linking
from cases.files.duplicates.admin import same_person_block
from cases.files.models import Case
from cases.files.protection.admin import protection_blocks
from cases.grid.models import FilledGrid
from cases.incidents.models.declared import Incident
from cases.proposals.models import Orientation, Proposal
from cases.requests.models import Sollicitation
from cases.stays.models import Placement
from cms.files.admin import pieces_block
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.partners.models import Partner
from cms.retention.admin.blocks import retention_block
from cms.wall.models import Grant

Blocks = list[Facts | Listing]


def birth(row: Any) -> str:
    if not row.birth_year:
        return ""
    return f"{row.birth_month:02d}/{row.birth_year}" if row.birth_month else str(row.birth_year)


def fact_rows(row: Any) -> list[tuple[str, Any]]:
    """Facts that a sollicitation and a case share."""
    return [
        ("Sexe", row.sex),
        ("Naissance", birth(row)),
        ("Précision de l’âge", row.age_precision),
        ("Niveau d’identification", row.identification_level),
        ("Zone de nationalité", row.nationality_zone),
        ("Mineur non accompagné", row.is_unaccompanied),
        ("Suivi antérieur", row.prior_follow_up),
        ("Département d’origine", row.origin),
        ("Département d’exploitation", row.exploitation_place),
    ]


def forms_block(row: Any) -> Listing:
    rows = [
        (form.form, "principale" if form.is_main else "secondaire")
        for form in row.forms.select_related("form").order_by("-is_main", "form__position")
    ]
    return Listing("Formes d’exploitation", ("Forme", "Rang"), rows, "Aucune forme indiquée.")


def stay_place(stays: list[Placement]) -> Any:
    """Département of the structure where the minor stays now."""
    return next((stay.partner.territory for stay in stays if stay.ended_on is None), None)


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


def extra_blocks(row: Case | Sollicitation) -> Blocks:
    """Fields that the network added. The page read them in the query of the file; sealed answers of a situation are
    read with its identity. What is compulsory and was never asked (a situation opens from a request, and a unit on the
    telephone is made to answer nothing) is to be completed, and leads to its form.
    """
    rows = extra_rows(getattr(row, "extra_told", []))
    if missing := getattr(row, "extra_missing", []):
        url = reverse(f"cases_{row._meta.model_name}:edit", args=[row.pk])
        rows = [("À compléter", Cell(" ; ".join(missing), url)), *rows]
    return [Facts("Champs ajoutés par le réseau", rows)] if rows else []


def sollicitations_block(case: Case) -> Listing:
    # Said in the same query: the grids themselves are read in the file of the request.
    has_grid = Exists(FilledGrid.objects.filter(sollicitation=OuterRef("pk")))
    asked = case.sollicitations.select_related("nature", "urgency", "requester").annotate(has_grid=has_grid)
    rows = [
        (
            linked(row),
            row.nature,
            row.urgency,
            row.requester,
            moment(row.received_at),
            row.get_state_display(),
            row.has_grid,
        )
        for row in asked
    ]
    headings = ("Référence", "Nature", "Urgence", "Service", "Reçue le", "État", "Grille jointe")
    return Listing("Sollicitations", headings, rows, "Aucune sollicitation.")


def orientations_block(orientations) -> Listing:
    rows = [
        (linked(row), row.decision, years(row.age_at_decision), "annulée" if row.cancelled_at else "en cours")
        for row in orientations
    ]
    return Listing("Orientations", ("Orientation", "Décision", "Âge", "État"), rows, "Aucune orientation.")


def proposal_state(row: Proposal) -> str:
    if row.confirmed_at:
        return "retenue"
    if row.withdrawn_at:
        return "retirée"
    if row.answer_id:
        return "répondue"
    return "réponse en retard" if row.answer_by < timezone.now() else "en attente"


def proposals_block(proposals, *, with_actions: bool = False) -> Listing:
    found = list(proposals.select_related("partner", "answer", "refusal_reason"))
    rows = [
        (
            partner_cell(row.partner),
            moment(row.sent_at),
            moment(row.answer_by),
            row.answer,
            row.refusal_reason,
            proposal_state(row),
        )
        for row in found
    ]
    headings = ("Structure", "Envoyée le", "Réponse avant", "Réponse", "Motif de refus", "État")
    actions = [proposal_actions(row) for row in found] if with_actions else ()
    return Listing("Structures interrogées", headings, rows, "Aucune structure interrogée.", actions)


def proposal_actions(row: Proposal) -> list[Action]:
    def action(label: str, page: str, *, is_main: bool = False) -> Action:
        return Action(label, reverse(f"cases_orientation:proposal_{page}", args=[row.orientation_id, row.pk]), is_main)

    if row.withdrawn_at:
        return []
    actions = []
    if not row.answer_id:
        actions.append(action("Saisir la réponse", "answer"))
    if row.answer_id in ANSWERS_ACCEPTING and not row.confirmed_at:
        actions.append(action("Retenir", "confirm", is_main=True))
    return [*actions, action("Retirer", "withdraw")]


def orientation_blocks(row: Orientation) -> Blocks:
    facts = [
        ("Situation", linked(row.case)),
        ("Sollicitation", linked(row.sollicitation)),
        ("Décision", row.decision),
        ("Décidée le", moment(row.decided_at)),
        ("Décidée par", row.decided_by),
        ("Niveau d’identification", row.identification_level),
        ("Âge à la décision", years(row.age_at_decision)),
        ("Service de droit commun", row.ordinary_service),
        ("Annulée le", moment(row.cancelled_at)),
    ]
    stays = row.placements.select_related("partner", "legal_frame", "case")
    return [
        Facts("Décision", facts),
        proposals_block(row.proposals, with_actions=row.cancelled_at is None),
        linkings_block(row.linkings),
        stays_block(stays),
    ]


def stays_block(stays) -> Listing:
    rows = [
        (linked(row), row.partner, row.legal_frame, "oui" if row.confirmed_at else "non", day(row.ended_on))
        for row in stays
    ]
    headings = ("Séjour", "Structure", "Cadre juridique", "Arrivée confirmée", "Fin")
    return Listing("Séjours", headings, rows, "Aucun séjour.")


def placement_blocks(row: Placement) -> Blocks:
    facts = [
        ("Situation", linked(row.case)),
        ("Orientation", linked(row.orientation)),
        ("Structure", partner_cell(row.partner)),
        ("Place", row.place),
        ("Convention", row.convention),
        ("Mise en lien", linked(getattr(row, "linking", None))),
        ("Motif hors convention", row.outside_reason),
        ("Cadre juridique", row.legal_frame),
        ("Fin du cadre juridique", day(row.legal_frame_ends_on)),
        ("Arrivée", moment(row.arrived_at)),
        ("Arrivée confirmée le", moment(row.confirmed_at)),
        ("Confirmée par", row.confirmed_by),
        ("Âge à l’arrivée", years(row.age_at_arrival)),
        ("Fin du séjour", day(row.ended_on)),
        ("Motif de fin", row.end_reason),
        ("Ré-exploitation, six mois après", after_words(row)),
    ]
    absences = [
        (day(absence.starts_on), day(absence.ends_on), "fugue" if absence.is_runaway else "absence")
        for absence in row.absences.all()
    ]
    return [
        Facts("Séjour", facts),
        Listing("Absences", ("Du", "Retour le", "Nature"), absences, "Aucune absence."),
        reviews_block(row),
        incidents_block(Incident.objects.about(placements=[row])),
    ]


def incidents_block(incidents) -> Listing:
    rows = [
        (linked(row), row.incident_type, row.severity, moment(row.declared_at), row.get_state_display())
        for row in incidents.select_related("incident_type", "severity")
    ]
    return Listing("Incidents", ("Référence", "Type", "Gravité", "Déclaré le", "État"), rows, "Aucun incident.")


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
