"""What the actions of the app are called on the screens."""

from cms.access.actions import actions_register


def register() -> None:
    actions_register(
        {
            "referentiel.campaign.open": "campagne d’auto-évaluation ouverte",
            "referentiel.assessment.start": "auto-évaluation commencée",
            "referentiel.assessment.mark": "exigences cotées",
            "referentiel.assessment.plan": "action écrite",
            "referentiel.assessment.done": "action faite",
            "referentiel.assessment.evidence": "preuve jointe",
            "referentiel.assessment.submit": "auto-évaluation envoyée",
            "referentiel.assessment.carry_over": "auto-évaluation reprise sur une nouvelle version",
        }
    )
