"""Words and addresses that the portal and the admin share."""

from django.utils import timezone

from cms.kit.addresses import address_of
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.partners.models import Membership


def link_of(token: str) -> str:
    return address_of("accounts:link", token)


def known_of(row: Membership) -> str:
    """Return what helps to say whether somebody is still there."""
    seen = row.user.last_login
    words = f"dernière connexion le {timezone.localtime(seen):%d/%m/%Y}" if seen else "jamais connecté"
    return f"{row.get_role_display()}, {words}"


TWO_PEOPLE = "Il faut deux personnes : ni celle qui a demandé, ni celle que cela concerne ne décide."

OVER = "Cette demande n’attend plus de décision."


def register() -> None:
    actions_register(
        {
            "accounts.invitation.send": "invitation envoyée",
            "accounts.invitation.resend": "invitation renvoyée",
            "accounts.invitation.cancel": "invitation annulée",
            "accounts.invitation.accept": "invitation acceptée",
            "accounts.rights.ask": "changement de droits demandé",
            "accounts.rights.approved": "changement de droits accordé",
            "accounts.rights.refused": "changement de droits refusé",
            "accounts.rights.withdrawn": "changement de droits retiré",
            "accounts.factor.ask": "perte de la double authentification déclarée",
            "accounts.factor.approved": "perte de la double authentification confirmée par un rappel",
            "accounts.factor.refused": "perte de la double authentification refusée",
            "accounts.factor.withdrawn": "déclaration de perte retirée",
            "accounts.review.confirm": "accès confirmé à la revue",
            "accounts.account.warn": "compte inutilisé prévenu",
            "accounts.account.suspend": "compte suspendu",
            "accounts.account.reopen": "compte rouvert",
            "users.role.take": "rôle retiré",
        }
    )
    sentence_register(
        decision_pending=OVER,
        decision_two_people=TWO_PEOPLE,
        rights_two_people=TWO_PEOPLE,
        factor_two_people=TWO_PEOPLE,
        rights_two_remain="Le réseau garde au moins deux personnes à la coordination ou à la direction : "
        "nommez d’abord quelqu’un d’autre.",
        network_founded="Le réseau a déjà ses deux premières personnes : les droits se donnent maintenant à deux.",
        invitation_once="Une invitation attend déjà cette personne : renvoyez-la ou annulez-la.",
        invitation_stands="Cette invitation ne peut plus être acceptée.",
        invitation_fixed="Cette invitation a déjà été acceptée ou annulée.",
        membership_no_overlap="Cette personne a déjà ce rôle dans ce partenaire.",
        membership_within_director="Cette date dépasse ce que vos droits permettent.",
        account_reopened_by_right="Ce compte n’est pas suspendu, ou c’est à la coordination de le rouvrir.",
        rights_one_pending="Un changement de ce rôle attend déjà une décision.",
        factor_one_pending="Une demande attend déjà le rappel de la coordination.",
    )
