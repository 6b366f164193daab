"""What the file of a stay shows, and the stays that other files list."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from cases.common.admin.blocks import Blocks
from cases.common.admin.sight import sight_block
from cases.common.admin.words import day, linked, moment, partner_cell, years
from cases.stays.models import Placement
from cases.stays.selectors import stays_too_near
from cms.admin.parts import FilePart, under
from cms.kit.blocks import Facts, Listing
from cms.territory.models import Territory

UNDER_WAY = "Un séjour est en cours : suivez-le, et enregistrez sa fin le moment venu."


def reviews_block(row: Placement) -> Listing:
    reviews = row.reviews.select_related("safety", "schooling", "adhesion", "next_goal")
    rows = [
        (
            review,
            day(review.written_on),
            review.safety,
            "soin à engager" if review.needs_care else "aucun soin à engager",
            review.schooling,
            review.adhesion,
            review.next_goal,
            review.words,
        )
        for review in reviews
    ]
    headings = ("Bilan", "Fait le", "Sécurité", "Santé", "Scolarité", "Adhésion", "Prochain objectif", "Autre")
    return Listing("Bilans d’étape", headings, rows, "Aucun bilan.")


def after_words(row: Placement) -> str:
    after = getattr(row, "after", None)
    return f"{after.exploitation}, su le {after.known_on:%d/%m/%Y}" if after else ""


def stay_place(stays: list[Placement]) -> Territory | None:
    """Return the département of the structure where the minor stays now."""
    return next((stay.partner.territory for stay in stays if stay.ended_on is None), None)


def stays_block(stays: QuerySet[Placement]) -> Listing:
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
        under("Suivi", Listing("Absences", ("Du", "Retour le", "Nature"), absences, "Aucune absence.")),
        under("Suivi", reviews_block(row)),
    ]


def _stays_read() -> list[Prefetch]:
    return [Prefetch("placements", Placement.objects.select_related("partner__territory", "legal_frame"))]


TOO_NEAR = (
    "Ce mineur est accueilli trop près d’un lieu à éviter : préparez un passage vers une autre structure, ou décidez "
    "à deux d’une dérogation d’accueil."
)


def _sight(row: Placement) -> Listing:
    """Return who reads a stay: the team that houses the minor, and the services that a grant opens it to."""
    own = ((row.partner, "la direction et l’équipe : le séjour et le dossier, sans l’identité"),)
    return sight_block("Qui peut le voir", "placement", row.pk, own)


PARTS = (FilePart(blocks=placement_blocks), FilePart(order=90, blocks=lambda row: [_sight(row)]))
ORIENTATION_PARTS = (
    FilePart(
        order=20,
        blocks=lambda row: [stays_block(row.placements.select_related("partner", "legal_frame", "case"))],
    ),
)
CASE_PARTS = (
    FilePart(order=99, next_step=lambda case: TOO_NEAR if case.has_stay and stays_too_near(case) else ""),
    FilePart(
        order=10,
        annotations=lambda: {"has_stay": Exists(Placement.objects.filter(case=OuterRef("pk"), ended_on=None))},
        prefetch=_stays_read,
        facts=lambda case: [("Département du séjour", stay_place(list(case.placements.all())))],
    ),
    FilePart(
        order=50,
        tab="Séjour",
        blocks=lambda case: [stays_block(case.placements.all())],
        next_step=lambda case: UNDER_WAY if case.has_stay else "",
    ),
)
"""The stays of a minor are read once, with the row: `case.placements.all()` holds them."""
