"""Settings that the rules of figures read."""

from cms.values.settings import setting_register

setting_register(
    "figures.convention_start",
    "Début de la convention avec l’État",
    "2025-01-01",
    help="Premier jour de l’année 1, au format AAAA-MM-JJ : les années de convention et le cumul en découlent.",
)
