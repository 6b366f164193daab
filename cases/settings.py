"""Delays that the coordination may change."""

from cms.values.settings import setting_register


def register() -> None:
    setting_register(
        "cases.relance_days",
        "Relance : délai après la clôture de la première demande",
        30,
        unit="jours",
        help="Une nouvelle demande du même service pour le même mineur, reçue dans ce délai, n’est pas comptée.",
    )
    setting_register(
        "cases.runaway_days",
        "Fugue : durée au-delà de laquelle le séjour prend fin",
        30,
        unit="jours",
        help="Le retour dans ce délai continue le même séjour ; au-delà, un nouveau séjour commence.",
    )
    setting_register(
        "cases.answer_hours",
        "Proposition : délai de réponse demandé aux structures",
        48,
        unit="heures",
        help="Proposé à l’envoi ; une réponse plus tardive reste prise en compte et se voit.",
    )
    setting_register(
        "cases.sheet_days",
        "Proposition : durée de lecture de la fiche après un refus ou un retrait",
        7,
        unit="jours",
        help="Passé ce délai, la structure ne lit plus la fiche. Un changement vaut pour les réponses à venir.",
    )
    setting_register(
        "cases.away_km",
        "Éloignement : rayon proposé autour d’un lieu à éviter",
        150,
        unit="km",
        help="À vol d’oiseau. Le département lui-même et ses voisins sont toujours écartés.",
    )
    setting_register(
        "cases.hold_hours",
        "Place retenue après une réponse favorable",
        24,
        unit="heures",
        help="Le temps pour la coordination de choisir. Passé ce délai, la place redevient libre.",
    )
    setting_register(
        "cases.arrival_hours",
        "Place retenue pour la structure choisie, jusqu’à l’arrivée",
        72,
        unit="heures",
        help="Passé ce délai sans arrivée, la place redevient libre.",
    )
    setting_register(
        "cases.ring_minutes",
        "Astreinte : les appels partent quand la réponse est attendue dans ce délai, ou avant",
        240,
        unit="minutes",
        help="Le délai de réponse est celui du degré d’urgence. 240 minutes : danger immédiat, et dans la nuit.",
        most=10080,
    )
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
    _incidents()


def _incidents() -> None:
    for level, label, minutes in ((2, "significative", 60), (3, "grave", 15), (4, "critique", 5)):
        setting_register(
            f"cases.incident_answer_minutes_g{level}",
            f"Incident de gravité {label} : temps laissé pour répondre à un appel",
            minutes,
            unit="minutes",
            help="Passé ce délai, l’échelon suivant est appelé : structure, astreinte, direction, État. "
            "Un changement vaut aussitôt pour ce qui sonne.",
            least=1,
            most=1440,
        )
    setting_register(
        "cases.incident_state_level",
        "Incident : gravité à partir de laquelle l’État est prévenu, en dernier",
        4,
        help="4 : critique seulement. 5 : jamais. L’État apprend qu’un incident existe et sa gravité, rien d’autre.",
        least=3,
        most=5,
    )
    setting_register(
        "cases.retex_level",
        "Incident : gravité à partir de laquelle un retour d’expérience précède la clôture",
        3,
        help="3 : grave et critique. 5 : jamais. Un changement vaut pour les clôtures à venir.",
        least=1,
        most=5,
    )
    setting_register(
        "cases.silence_months",
        "Silence d’une structure : mois d’accueil sans aucune déclaration",
        12,
        unit="mois",
        help="Une structure qui accueille des mineurs et ne déclare rien pendant ce temps est signalée.",
        least=1,
        most=36,
    )
