"""What the actions of the app are called on the screens."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register(
        {
            "referentiel.steering.export": "pilotage du référentiel exporté",
            "referentiel.campaign.open": "campagne d’auto-évaluation ouverte",
            "referentiel.assessment.start": "auto-évaluation commencée",
            "referentiel.assessment.mark": "exigences cotées",
            "referentiel.assessment.plan": "action écrite",
            "referentiel.assessment.done": "action faite",
            "referentiel.assessment.evidence": "preuve jointe",
            "referentiel.assessment.submit": "auto-évaluation envoyée",
            "referentiel.assessment.carry_over": "auto-évaluation reprise sur une nouvelle version",
            "referentiel.assessment.renew": "preuve remplacée",
            "referentiel.derogation.agree": "dérogation accordée",
            "referentiel.derogation.ask": "dérogation proposée",
            "referentiel.derogation.revoke": "dérogation levée",
            "referentiel.visit.agree": "cotations acceptées confirmées",
            "referentiel.visit.answer": "observations envoyées",
            "referentiel.visit.cancel": "visite abandonnée",
            "referentiel.visit.close": "visite close",
            "referentiel.visit.decide": "cotation décidée",
            "referentiel.visit.mark": "cotations de la coordination écrites",
            "referentiel.visit.observe": "observations écrites",
            "referentiel.visit.open": "visite préparée",
            "referentiel.visit.remind": "rappel de visite envoyé",
            "referentiel.visit.send": "cotations envoyées à la structure",
            "referentiel.visit.silence": "délai d’observations passé",
        }
    )
