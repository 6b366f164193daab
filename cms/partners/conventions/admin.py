"""The file of a convention: its dates, who follows it, its steps, its document, the reminders that were sent."""

from django.urls import reverse
from django.utils import timezone

from cms.files.admin import piece_action, pieces_block
from cms.files.selectors import attachments_of
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.kit.words import day
from cms.partners.conventions.models import Convention
from cms.partners.conventions.pipeline.models import ConventionFollowUp
from cms.partners.conventions.services import STAGE_AFTER
from cms.partners.conventions.writing.admin import versions_block
from cms.partners.enums import Stage

SPACE = "partners_convention"


def convention_blocks(row: Convention) -> list[Facts | Listing]:
    facts = [
        ("Partenaire", Cell(row.partner, reverse("partners_partner:inspect", args=[row.partner_id]))),
        ("Étape", row.get_stage_display()),
        ("Signée le", day(row.signed_on)),
        ("Prend effet le", day(row.starts_on)),
        ("Prend fin le", day(row.ends_on)),
        ("Dénoncée le", day(row.denounced_on)),
    ]
    return [
        Facts("Convention", facts),
        followup_block(row),
        steps_block(row),
        versions_block(row),
        pieces_block("convention", row.pk, SPACE),
    ]


def followup_block(row: Convention) -> Facts:
    followup = getattr(row, "followup", None) or ConventionFollowUp()
    return Facts(
        "Suivi",
        [
            ("Responsable", followup.owner),
            ("Prochaine étape", followup.next_step),
            ("À faire le", day(followup.next_step_on)),
        ],
    )


def steps_block(row: Convention) -> Listing:
    steps = [
        (step.get_stage_display(), day(step.happened_on), step.recorded_by or "à l’échéance")
        for step in row.steps.select_related("recorded_by")
    ]
    return Listing("Étapes", ("Étape", "Le", "Saisie par"), steps, "Aucune étape.")


def convention_next_step(row: Convention) -> str:
    if not STAGE_AFTER[Stage(row.stage)]:
        return "Cette convention est finie : ouvrez-en une autre pour continuer avec ce partenaire."
    if row.stage != Stage.SIGNED:
        return (
            "Prochaine étape : écrivez la convention et faites-la signer, ou notez la lettre d’intention, le projet "
            "ou la signature dès qu’elle est là."
        )
    if row.ends_on and row.ends_on < timezone.localdate():
        return (
            "Le terme est passé : ouvrez une nouvelle convention, ou dites au partenaire qu’elle n’est plus en cours."
        )
    if not attachments_of(kind="convention", object_id=row.pk).exists():
        return "La convention est signée : joignez le document signé."
    return "La convention est signée : il n’y a rien à faire avant son échéance."


def convention_actions(row: Convention) -> list[Action]:
    pieces, follow = (
        piece_action(SPACE, row.pk),
        Action("Responsable et prochaine étape", reverse(f"{SPACE}:follow", args=[row.pk])),
    )
    if not STAGE_AFTER[Stage(row.stage)]:
        return [pieces]
    advance = Action("Passer à l’étape suivante", reverse(f"{SPACE}:advance", args=[row.pk]), is_main=True)
    write = Action("Écrire la convention", reverse(f"{SPACE}:write", args=[row.pk]))
    return [advance, write, follow, pieces]
