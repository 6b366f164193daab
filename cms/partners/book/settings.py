"""What is done with the book of partners, as the screens say it."""

from cms.kit.words import actions_register


def register() -> None:
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
        }
    )
