"""Settings: after how many days a stay or an arrival is to be corrected, and what a change would affect."""

from django.utils import timezone

from cms.values.settings import setting_counts_register, setting_register
from dashboards.consistency.selectors import late_entries, unconfirmed, unframed


def register() -> None:
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
    today = timezone.localdate
    setting_counts_register(
        "figures.frame_days", "Séjours à corriger, sans cadre juridique", lambda: unframed(today()).count()
    )
    setting_counts_register(
        "figures.entry_days", "Arrivées à confirmer, trop tard", lambda: unconfirmed(today()).count()
    )
    setting_counts_register(
        "figures.entry_days", "Arrivées confirmées tard, ces 90 jours", lambda: late_entries(today()).count()
    )
