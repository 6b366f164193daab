"""Share of the hours that an attestation asks, and the words of its actions."""

from cms.documents.versions.rules.canonical import content_hash
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.operations.integrity import check_register
from cms.values.settings import setting_counts_register, setting_register, setting_value
from formation.attestations.models import Attestation
from formation.enums import SessionState
from formation.sessions.models.sessions import Enrolment

ACTIONS = {
    "auth.attestation.refused": "vérification d’une attestation inconnue",
    "formation.attestation.export": "attestation imprimée",
    "formation.attestation.issue": "attestations établies",
    "formation.attestation.replace": "attestation remplacée",
    "formation.attestation.withdraw": "attestation retirée",
}


def register() -> None:
    setting_register(
        "formation.attestation_share",
        "Part des heures à suivre pour recevoir une attestation",
        80,
        unit="%",
        help="Une attestation déjà établie ne change pas.",
        most=100,
    )
    setting_counts_register("formation.attestation_share", "Attestations à établir", _attestations)
    check_register("attestations", "Attestations de formation", attestations_check)
    actions_register(ACTIONS)
    sentence_register(
        attestation_first_once="L’attestation de cette personne vient d’être établie. Rechargez la page.",
    )


def _attestations() -> int:
    rows = Enrolment.objects.live().filter(session__state=SessionState.HELD, session__is_test=False, attestations=None)
    return rows.attended(setting_value("formation.attestation_share")).count()


def attestations_check() -> list[str]:
    """List the attestations whose content is no longer the one issued; content erased by retention is left out."""
    return [
        f"L’attestation {row.number} ne dit plus ce qui a été établi."
        for row in Attestation.objects.exclude(content={}).order_by("number")
        if content_hash(row.content) != row.content_hash
    ]
