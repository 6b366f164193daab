"""What the file of a linking shows."""

import uuid

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from cases.arrival.convention.enums import Paper
from cases.arrival.convention.models import LinkingVersion
from cases.arrival.convention.selectors import version_latest, versions_of
from cases.arrival.enums import Party
from cases.arrival.models import Journey, Linking
from cases.arrival.selectors import payer_agreement_of
from cases.arrival.words import euros, missing_in_short
from cases.common.admin.words import day, linked, moment, partner_cell
from cases.files.identity.selectors import identity_missing
from cms.admin.parts import FilePart
from cms.kit.blocks import Cell, Facts, Listing
from cms.values.selectors import values_of

TO_COMPLETE = "Une arrivée se prépare : complétez sa mise en lien."


def linking_blocks(row: Linking, missing: list[str]) -> list[Facts | Listing]:
    facts = [
        ("Situation", linked(row.case)),
        ("Structure", partner_cell(row.partner)),
        ("Service demandeur", row.requester and partner_cell(row.requester)),
        ("Orientation", linked(row.orientation)),
        ("Ouverte le", moment(row.opened_at)),
        ("Séjour", linked(row.placement)),
        ("Abandonnée le", moment(row.cancelled_at)),
        ("Ce qui manque", missing_in_short(missing)),
        ("Identité à demander", ", ".join(identity_missing(row.case_id)) or "rien"),
    ]
    return [
        Facts("Mise en lien", facts),
        papers_block(row),
        agreements_block(row),
        checks_block(row),
        Facts("Accord financier", finance_rows(row)),
        Facts("Acheminement", journey_rows(row)),
        *([Facts("Dérogation", waiver_rows(row))] if row.waived_at else []),
    ]


def agreements_block(row: Linking) -> Listing:
    latest = version_latest(row)
    given = list(row.agreements.select_related("given_by", "version").order_by("agreed_on"))
    rows = []
    for party in Party:
        own = [agreement for agreement in given if agreement.party == party]
        agreement = next((one for one in own if one.version_id == (latest.pk if latest else None)), None)
        if agreement is None:
            asked_again = f"à redemander : seule la {str(own[-1].version).lower()} est signée" if own else "attendu"
            rows.append((party.label.capitalize(), asked_again, "", ""))
            continue
        how = "sur papier, noté par" if agreement.is_on_paper else "donné par"
        signed = str(agreement.version or "")
        rows.append((party.label.capitalize(), day(agreement.agreed_on), signed, f"{how} {agreement.given_by}"))
    return Listing("Accords", ("Partie", "Accord", "Version", "Comment"), rows, "")


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
    done = set(row.checks.values_list("item_id", flat=True))
    rows = [
        (
            value.label,
            "réglé" if value.pk in done else "à régler",
            "oui" if value.extra.get("is_required") else "conseillé",
        )
        for value in values_of("protocole_securite")
    ]
    return Listing("Protocole de sécurité", ("Point", "État", "Obligatoire"), rows, "Aucun point n’est demandé.")


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
    return f"{day(agreement.agreed_on)}, reçu sur papier" if agreement.is_on_paper else day(agreement.agreed_on)


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
