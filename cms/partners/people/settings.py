"""What is done with the people of a partner, as the screens say it."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register(
        {
            "partners.membership.open": "personne rattachée",
            "partners.membership.end": "fin de rattachement",
            "partners.membership.renew": "rattachement prolongé",
            "partners.membership.revoke": "rattachement retiré sur-le-champ",
            "partners.membership.delegate": "délégation de la direction donnée ou retirée",
            "partners.contact.add": "contact ajouté",
            "partners.contact.change": "contact corrigé",
            "partners.contact.remove": "contact retiré",
        }
    )
