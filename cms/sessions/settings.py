"""How long a connexion lasts. The numbers are the coordination's, within what the CNIL and ANSSI recommend."""

from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    setting_register(
        "access.idle_minutes",
        "Connexion : durée sans activité",
        15,
        unit="minutes",
        help="Passé ce délai sans rien faire, il faut se reconnecter. Un avertissement s’affiche deux minutes avant.",
        least=5,
        most=30,
    )
    setting_register(
        "access.session_hours",
        "Connexion : durée maximale",
        12,
        unit="heures",
        help="Même avec de l’activité, il faut se reconnecter passé ce délai.",
        least=1,
        most=12,
    )
    now = "Vaut aussitôt pour toutes les connexions ouvertes : celles qui passent ce délai se ferment."
    setting_still_register(**dict.fromkeys(("access.idle_minutes", "access.session_hours"), now))
