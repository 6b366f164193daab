"""Numbers that the rules of training read, and that the coordination may change."""

from cms.values.settings import setting_register

setting_register(
    "formation.trained_share",
    "Part des heures à suivre pour être compté formé",
    80,
    unit="%",
    help="Indicateur 6. Une demi-journée quittée avant la fin ne compte pas.",
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
