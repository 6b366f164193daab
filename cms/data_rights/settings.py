"""Thresholds that the coordination may change."""

from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    setting_register(
        "rights.name_searches",
        "Recherche par nom : recherches par personne et par heure",
        20,
        unit="recherches",
        help="Au-delà, il faut attendre. Chaque recherche laisse une ligne au journal, jamais le nom cherché.",
        least=1,
        most=100,
    )
    setting_register(
        "rights.unusual_files",
        "Revue des accès : dossiers ouverts à partir desquels une activité se signale",
        10,
        unit="dossiers",
        help="Signalée si la personne en a ouvert au moins ce nombre dans le mois, et deux fois plus que d’habitude.",
        least=1,
        most=1000,
    )
    setting_still_register(
        **{
            "rights.name_searches": "Vaut aussitôt, recherches de l’heure en cours comprises.",
            "rights.unusual_files": "La revue du mois se relit avec ce seuil ; une revue signée ne change pas.",
        }
    )
