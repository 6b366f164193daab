"""What the file of a linking shows."""

import uuid

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from cases.arrival.convention.enums import Paper
from cases.arrival.convention.models import LinkingVersion
from cases.arrival.convention.selectors import version_latest, versions_of
from cases.arrival.enums import Party, Reply, Way
from cases.arrival.models import Journey, Linking, LinkingAgreement, PayerAgreement
from cases.arrival.protocol.selectors import protocol_points
from cases.arrival.selectors import payer_agreement_of
from cases.arrival.words import euros, missing_in_short
from cases.common.admin.words import day, linked, moment, partner_cell
from cases.files.identity.selectors import identity_missing
from cases.files.protection.services import frame_in_force
from cms.admin.parts import FilePart
from cms.kit.blocks import Cell, Facts, Listing

TO_COMPLETE = "Une arrivée se prépare : complétez sa mise en lien."


def linking_blocks(row: Linking, missing: list[str]) -> list[Facts | Listing]:
    facts = [
        ("Situation", linked(row.case)),
        ("Structure", partner_cell(row.partner)),
        ("Service demandeur", row.requester and partner_cell(row.requester)),
        ("Service gardien", row.guardian and partner_cell(row.guardian)),
        ("Orientation", linked(row.orientation)),
        ("Ouverte le", moment(row.opened_at)),
        ("Séjour", linked(row.placement)),
        ("Abandonnée le", moment(row.cancelled_at)),
        ("Ce qui manque", missing_in_short(missing)),
        ("Identité à demander", ", ".join(identity_missing(row.case_id)) or "rien"),
    ]
    return [
        Facts("Mise en lien", facts),
        Facts("Décision", decision_rows(row)),
        papers_block(row),
        agreements_block(row),
        checks_block(row),
        Facts("Accord financier", finance_rows(row)),
        Facts("Acheminement", journey_rows(row)),
        *([Facts("Dérogation", waiver_rows(row))] if row.waived_at else []),
    ]


def decision_rows(row: Linking) -> list[tuple]:
    """Return the decision of the frame in force, on which the stay rests."""
    frame = frame_in_force(row.case)
    if frame is None or frame.decider is None:
        return [("Qui a décidé", "attendue"), ("Cadre juridique", frame and frame.frame)]
    return [
        ("Qui a décidé", frame.decider),
        ("Juridiction, ou département", frame.court),
        ("Numéro", frame.number or "document joint à la situation"),
        ("Cadre juridique", frame.frame),
        ("Décidé le", moment(frame.decided_at)),
        ("Prend fin le", day(frame.ends_on)),
    ]


def agreements_block(row: Linking) -> Listing:
    """Return every answer heard, with the version that it is about, then the parties that have not agreed to the
    version in force.
    """
    answers = list(row.agreements.select_related("given_by", "version"))
    rows = [
        (
            answer.get_party_display().capitalize(),
            answer.get_reply_display(),
            str(answer.version or ""),
            moment(answer.answered_at),
            _how(answer),
            answer.words,
        )
        for answer in answers
    ]
    latest = version_latest(row)
    agreed = [answer for answer in answers if answer.reply == Reply.AGREED]
    signed = {answer.party for answer in agreed if answer.version == latest}
    former = {answer.party: answer for answer in agreed}
    rows += [
        (_expected(row, party), _asked(former.get(party.value)), str(latest or ""), "", "", "")
        for party in Party
        if party not in signed
    ]
    headings = ("Partie", "Réponse", "Version", "Quand", "Comment", "Ce qui a été dit")
    return Listing("Accords", headings, rows, "")


def _asked(former: LinkingAgreement | None) -> str:
    return f"à redemander : seule la {str(former.version).lower()} est signée" if former else "attendu"


def _expected(row: Linking, party: Party) -> str:
    if party == Party.REQUESTER:
        return f"Service gardien : {row.guardian or 'à nommer'}"
    return party.label.capitalize()


def _how(answer: LinkingAgreement | PayerAgreement) -> str:
    if answer.way == Way.ONLINE:
        return f"en ligne, {answer.given_by}"
    parts = [answer.get_way_display(), str(answer.said_by), f"noté par {answer.given_by}"]
    return ", ".join(part for part in parts if part)


def papers_block(row: Linking) -> Listing:
    """List the versions of the convention and of the protocol, each with its two papers."""
    rows = [
        (
            str(version),
            moment(version.written_at),
            version.written_by,
            *(Cell(paper.label, _paper_url(version, paper)) for paper in Paper),
        )
        for version in versions_of(row)
    ]
    headings = ("Version", "Écrite le", "Par", "Convention", "Protocole")
    return Listing("Convention tripartite et protocole de sécurité", headings, rows, "Aucune version n’est écrite.")


def _paper_url(version: LinkingVersion, paper: Paper) -> str:
    return reverse(f"cases_linking:{paper.value}", args=[version.linking_id, version.pk])


def checks_block(row: Linking) -> Listing:
    rows = [
        (point.value.label, point.words or "à régler", "oui" if point.is_required else "conseillé")
        for point in protocol_points(row)
    ]
    return Listing("Protocole de sécurité", ("Point", "Consigne", "Obligatoire"), rows, "Aucun point n’est demandé.")


def finance_rows(row: Linking) -> list[tuple]:
    return [
        ("Qui paie", row.payer_kind),
        ("Autorité qui paie", row.payer and row.payer.name),
        ("Prix de journée", euros(row.daily_price_cents)),
        ("Accord du", day(row.financed_on)),
        ("Jusqu’au", day(row.finance_ends_on)),
        ("Validé par l’autorité", _payer_words(row)),
    ]


def _payer_words(row: Linking) -> str:
    if row.payer_id is None:
        return "sans objet"
    agreement = payer_agreement_of(row)
    if agreement is None:
        return "attendu"
    return f"{moment(agreement.answered_at)}, {_how(agreement)}"


def journey_rows(row: Linking) -> list[tuple]:
    journey = Journey.objects.select_related("driver", "shelter").filter(linking=row).first() or Journey()
    return [
        ("Qui conduit", journey.driver_id and journey.driver),
        ("Rendez-vous", moment(journey.leaves_at)),
        ("Point de rencontre", journey.meeting_point),
        ("Personne relais", journey.relay),
        ("Abri en attendant", journey.shelter),
        ("À l’abri jusqu’à", moment(journey.shelter_until)),
        ("Transmis le", moment(journey.shared_at)),
    ]


def waiver_rows(row: Linking) -> list[tuple]:
    return [
        ("Donnée le", moment(row.waived_at)),
        ("Par", row.waived_by),
        ("Motif", row.waiver_reason),
        ("Précision", row.waiver_words),
    ]


def linkings_block(linkings: QuerySet[Linking]) -> Listing:
    rows = [
        (linked(row), row.partner, "par dérogation" if row.waived_at else "", linking_state(row))
        for row in linkings.select_related("partner")
    ]
    return Listing("Mises en lien", ("Mise en lien", "Structure", "Dérogation", "État"), rows, "Aucune mise en lien.")


def linking_state(row: Linking) -> str:
    if row.cancelled_at:
        return "abandonnée"
    return "arrivé" if row.placement_id else "en préparation"


def _live() -> dict[str, Subquery]:
    linkings = Linking.objects.live().filter(case=OuterRef("pk"), placement=None).order_by("-opened_at")
    return {"linking_waits": Subquery(linkings.values("pk")[:1])}


def _waiting_cell(linking_pk: uuid.UUID | None) -> Cell | None:
    """Link to the linking in which the next arrival is prepared."""
    if not linking_pk:
        return None
    return Cell("à compléter avant l’arrivée", reverse("cases_linking:inspect", args=[linking_pk]))


ORIENTATION_PARTS = (FilePart(order=10, blocks=lambda row: [linkings_block(row.linkings.all())]),)
CASE_PARTS = (
    FilePart(
        order=70,
        annotations=_live,
        facts=lambda case: [("Mise en lien en préparation", _waiting_cell(case.linking_waits))],
        next_step=lambda case: TO_COMPLETE if case.linking_waits else "",
    ),
)
