"""Settings that the rules of figures read."""

from cms.values.settings import setting_register

setting_register(
    "figures.convention_start",
    "Début de la convention avec l’État",
    "2025-01-01",
    help="Premier jour de l’année 1, au format AAAA-MM-JJ : les années de convention et le cumul en découlent.",
)
setting_register(
    "figures.acknowledgement_days",
    "Tolérance après une nouvelle version du référentiel",
    60,
    unit="jours",
    help="Une structure qui avait signé la version précédente compte encore pendant ce délai (indicateur 4).",
)
