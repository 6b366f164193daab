"""Delays of an arrival, and what they move today."""

from django.utils import timezone

from cases.arrival.selectors import waivers_to_settle
from cms.values.settings import setting_counts_register, setting_register, setting_still_register


def register() -> None:
    setting_register(
        "cases.linking_hours",
        "Arrivée par dérogation : délai pour régulariser la mise en lien",
        72,
        unit="heures",
        help="Passé ce délai, ce qui manque s’affiche en retard sur l’accueil de la coordination.",
    )
    setting_register(
        "cases.journey_days",
        "Acheminement : durée de lecture après le rendez-vous",
        7,
        unit="jours",
        help="Passé ce délai, la structure et le service demandeur ne lisent plus le point de rencontre.",
    )
    setting_register(
        "cases.night_from",
        "Arrivée de nuit : à partir de",
        21,
        unit="h",
        help="La nuit, personne ne signe : l’arrivée par dérogation est proposée d’office.",
        least=0,
        most=23,
    )
    setting_register("cases.night_to", "Arrivée de nuit : jusqu’à", 7, unit="h", least=0, most=23)
    setting_register(
        "cases.night_due_hour",
        "Arrivée de nuit : heure à laquelle le reste est dû, le lendemain",
        18,
        unit="h",
        help="Ce que la nuit a laissé de côté s’affiche « à régulariser », avec cette échéance.",
        least=8,
        most=23,
    )
    setting_counts_register("cases.linking_hours", "Dérogations d’arrivée en retard", _late_waivers)
    setting_counts_register("cases.night_due_hour", "Dérogations d’arrivée en retard", _late_waivers)
    setting_counts_register("cases.night_from", "Dérogations d’arrivée en retard", _late_waivers)
    setting_counts_register("cases.night_to", "Dérogations d’arrivée en retard", _late_waivers)
    read = "Ce qui est déjà lisible garde sa date de fin : ce réglage vaut pour les prochains."
    setting_still_register(**{"cases.journey_days": read})


def _late_waivers() -> int:
    now = timezone.now()
    return sum(row.due_at <= now for row in waivers_to_settle())
