"""What is done with the book of partners, as the screens say it."""

from cms.columns.rules.columns import Target, target_register
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.partners.book.models import Partner
from cms.partners.enums import EXTRA_DAYS
from cms.values.settings import setting_register, setting_still_register

SENTENCES = {
    "place_extra_allowed": "Cette structure n’ouvre pas de place aujourd’hui : elle est suspendue, sortie du carnet, "
    "ou sans convention en vigueur.",
    "place_extra_bounded": "Une place supplémentaire s’ouvre aujourd’hui, pour quelques jours au plus.",
    "place_extra_ends": "Une place supplémentaire a un dernier jour.",
}


def register() -> None:
    target_register("partners.Partner", Target(("code_name",), choices=_partners, key="code_name"))
    sentence_register(**SENTENCES)
    setting_register(
        EXTRA_DAYS,
        "Place supplémentaire : durée la plus longue",
        3,
        unit="jours",
        help="Une structure l’ouvre pour la nuit et la tient jusque-là au plus. La coordination ouvre celle qui dure.",
        least=1,
        most=14,
    )
    setting_still_register(**{EXTRA_DAYS: "Une place déjà ouverte garde son dernier jour."})
    actions_register(
        {
            "partners.partner.create": "entrée au carnet",
            "partners.partner.change": "carte corrigée",
            "partners.partner.suspend": "suspension",
            "partners.suspension.end": "fin de suspension",
            "partners.identity.read": "nom réel et adresse consultés",
            "partners.identity.write": "nom réel ou adresse écrits sous scellé",
            "partners.profile.set": "profil d’accueil écrit",
            "partners.import": "partenaires importés d’un classeur",
            "partners.place.open": "place ouverte",
            "partners.place.close": "place fermée",
            "partners.place.extra": "place supplémentaire ouverte pour un temps court",
        }
    )


def _partners() -> list[tuple[str, str]]:
    return [(name, name) for name in Partner.objects.order_by("code_name").values_list("code_name", flat=True)]
