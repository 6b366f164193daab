"""How far a minor is kept away from a place."""

from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    setting_register(
        "cases.away_km",
        "Éloignement : rayon proposé autour d’un lieu à éviter",
        150,
        unit="km",
        help="À vol d’oiseau. Le département lui-même et ses voisins sont toujours écartés.",
    )
    still = (
        "Un lieu à éviter déjà noté garde son rayon : celui-ci est proposé pour les suivants, et sert à la recherche "
        "de lieu quand aucun n’est noté."
    )
    setting_still_register(**{"cases.away_km": still})
