"""Settings that the rules of figures read."""

from cms.values.settings import setting_register

setting_register(
    "figures.convention_start",
    "Début de la convention avec l’État",
    "2025-01-01",
    help="Premier jour de l’année 1 : les années de convention, leurs cibles et le cumul en découlent.",
    is_day=True,
)
setting_register(
    "figures.frame_days",
    "À corriger : séjour sans cadre juridique",
    8,
    unit="jours",
    help="Au-delà, le séjour est à corriger.",
    least=1,
    most=90,
)
setting_register(
    "figures.entry_days",
    "À corriger : arrivée saisie tard",
    3,
    unit="jours",
    help="Une arrivée confirmée, ou attendue, depuis plus longtemps est à corriger.",
    least=1,
    most=90,
)
