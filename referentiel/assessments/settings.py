"""Words of the actions and of the errors of self-assessments."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "referentiel.campaign.open": "campagne d’auto-évaluation ouverte",
    "referentiel.assessment.start": "auto-évaluation commencée",
    "referentiel.assessment.mark": "exigences cotées",
    "referentiel.assessment.plan": "action écrite",
    "referentiel.assessment.done": "action faite",
    "referentiel.assessment.evidence": "preuve jointe",
    "referentiel.assessment.submit": "auto-évaluation envoyée",
    "referentiel.assessment.carry_over": "auto-évaluation reprise sur une nouvelle version",
    "referentiel.assessment.renew": "preuve remplacée",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(
        assessment_frozen="Cette auto-évaluation est envoyée : elle ne change plus.",
        mark_unique="Une autre personne de l’équipe vient de répondre. Rechargez la page.",
    )
