"""How long a connexion lasts, and what is typed and not sent. The numbers are the coordination's, within what the CNIL
and ANSSI recommend.
"""

from cms.values.settings import setting_register, setting_still_register

DRAFT_HOURS = "access.draft_hours"


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
    setting_register(
        DRAFT_HOURS,
        "Formulaire commencé : gardé",
        72,
        unit="heures",
        help="Passé ce délai, ce qui a été saisi et n’a pas été envoyé est effacé. Seul son auteur peut le reprendre.",
        least=1,
        most=72,
    )
    now = "Vaut aussitôt pour toutes les connexions ouvertes : celles qui passent ce délai se ferment."
    setting_still_register(**dict.fromkeys(("access.idle_minutes", "access.session_hours"), now))
    setting_still_register(
        **{DRAFT_HOURS: "Vaut aussitôt pour tout ce qui est gardé : ce qui passe ce délai s’efface dans l’heure."}
    )
