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
