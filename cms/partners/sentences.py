"""What the actions of the app are called on the screens."""

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
            "partners.membership.open": "personne rattachée",
            "partners.membership.end": "fin de rattachement",
            "partners.membership.renew": "rattachement prolongé",
            "partners.membership.revoke": "rattachement retiré sur-le-champ",
            "partners.contact.add": "contact ajouté",
            "partners.contact.change": "contact corrigé",
            "partners.contact.remove": "contact retiré",
            "partners.convention.open": "convention ouverte",
            "partners.convention.advance": "étape de convention",
            "partners.convention.follow": "responsable ou prochaine étape changés",
            "partners.convention.remind": "rappel d’échéance envoyé",
            "partners.import": "partenaires importés d’un classeur",
            "partners.place.open": "place ouverte",
            "partners.place.close": "place fermée",
        }
    )
