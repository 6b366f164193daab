"""Numbers that the rules of training read, and that the coordination may change."""

from cms.values.settings import setting_register

setting_register(
    "formation.trained_share",
    "Part des heures à suivre pour être compté formé",
    80,
    unit="%",
    help="Indicateur 6. Une demi-journée quittée avant la fin ne compte pas.",
    least=1,
    most=100,
)
setting_register(
    "formation.awareness_hours",
    "Durée à partir de laquelle une session forme",
    3,
    unit="heures",
    help="Plus courte, elle sensibilise : l’indicateur 6 la compte à part.",
)
setting_register(
    "formation.refresh_months",
    "Délai avant un recyclage",
    24,
    unit="mois",
    help="Au-delà, l’équipe voit « à renouveler » à côté de la personne.",
)
setting_register(
    "formation.signing_before",
    "Ouverture de l’émargement avant la demi-journée",
    30,
    unit="minutes",
    most=90,
)
setting_register(
    "formation.signing_after",
    "Fermeture de l’émargement après la demi-journée",
    15,
    unit="minutes",
    most=90,
)
setting_register(
    "formation.late_minutes",
    "Retard à partir duquel il est noté",
    15,
    unit="minutes",
    help="La personne compte présente ; la feuille dit à quelle heure elle a signé.",
)
setting_register(
    "formation.attestation_share",
    "Part des heures à suivre pour recevoir une attestation",
    80,
    unit="%",
    help="Une attestation déjà établie ne change pas.",
    most=100,
)
setting_register(
    "formation.before_minutes",
    "Questionnaire d’avant : jusqu’à combien de temps après le début",
    60,
    unit="minutes",
    help="Au-delà, les réponses ne diraient plus ce que la personne savait en arrivant.",
    most=240,
)
setting_register(
    "formation.after_minutes",
    "Questionnaire d’après : à partir de combien de temps avant la fin",
    60,
    unit="minutes",
    help="Pour y répondre ensemble avant de se quitter.",
    most=240,
)
setting_register(
    "formation.answer_days",
    "Questionnaire d’après : jusqu’à combien de jours après la session",
    7,
    unit="jours",
    help="La satisfaction ne s’affiche qu’ensuite, ou dès que tout le monde a répondu, et jamais sous cinq réponses.",
    most=60,
)
setting_register(
    "formation.acquired_share",
    "Bonnes réponses d’après pour un résultat « acquis »",
    70,
    unit="%",
    help="Repris sur l’attestation d’un module évalué, quand qui anime n’a pas noté de résultat.",
    most=100,
)
setting_register(
    "formation.partly_share",
    "Bonnes réponses d’après pour « en cours d’acquisition »",
    40,
    unit="%",
    help="En dessous, le résultat est « non acquis ».",
    most=100,
)
setting_register(
    "formation.invitation_days",
    "Invitation d’une structure : rappel avant la session",
    10,
    unit="jours",
    help="Un seul rappel, à la direction d’une structure qui n’a ni inscrit quelqu’un, ni répondu.",
    least=1,
    most=60,
)
