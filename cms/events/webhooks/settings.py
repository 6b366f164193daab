"""How long an address that does not answer is tried."""

from cms.events.webhooks.enums import FAILING_DAYS
from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    setting_register(
        FAILING_DAYS,
        "Logiciel prévenu qui ne répond plus",
        5,
        unit="jours",
        help="Passé ce délai, il n’est plus appelé et la direction le sait. Ce qui l’attend n’est pas perdu.",
        least=1,
        most=30,
    )
    setting_still_register(**{FAILING_DAYS: "Vaut aussitôt, pour les logiciels qui ne répondent déjà plus aussi."})
