"""Entries and panels that belong to no trade: the way to the administration, who to call."""

from dataclasses import dataclass

from django.utils import timezone

from cms.navigation.registry import nav_register, panel_register
from cms.portal.selectors import memberships_of
from cms.users.models import User
from cms.users.roles import NETWORK_ROLES, Role
from cms.wall import scope
from cms.wall.scope import Scope

ADMIN_WORK = {
    Role.COORDINATION: "Sollicitations, situations, partenaires et incidents se tiennent dans l’administration.",
    Role.DIRECTION: "Situations, partenaires, incidents et indicateurs du réseau se lisent dans l’administration.",
    Role.EDITOR: "Les pages du site et le référentiel se rédigent et se publient dans l’administration.",
    Role.TRAINER: "Les modules de formation se rédigent et se publient dans l’administration.",
    Role.DPO: "L’administration vous montre ce que votre mission demande. Aucune fiche de mineur n’y est ouverte.",
    Role.TECH_ADMIN: "L’administration vous donne les réglages techniques, sans aucune donnée sur les mineurs.",
}


@dataclass(frozen=True)
class Guidance:
    """What to say to a person who holds no role today."""

    title: str
    text: str


def guidance_for(user: User) -> Guidance | None:
    """A person without any role is told what they can do here, and whom to call; `None` for everybody else."""
    if scope.current().roles:
        return None
    ended = memberships_of(user).filter(ends_on__lt=timezone.localdate()).order_by("-ends_on").first()
    if ended:
        return Guidance(
            "Votre rattachement a pris fin",
            f"Il s’est terminé le {ended.ends_on:%d/%m/%Y} : les situations ne vous sont plus ouvertes. "
            "Si vous exercez toujours, appelez la direction de votre structure ou la coordination du réseau.",
        )
    return Guidance(
        "Votre compte sert aux formations",
        "Vous y trouvez les sessions auxquelles vous êtes inscrit. Aucune situation ne vous est ouverte. "
        "Pour une question sur une session, appelez la coordination du réseau.",
    )


def _admin(current: Scope) -> dict:
    return {"sentences": [sentence for role, sentence in ADMIN_WORK.items() if current.has_role(role)]}


def register() -> None:
    nav_register("Accueil", "portal:home", order=0)
    panel_register("portal/panels/admin.html", _admin, order=10, roles=tuple(sorted(NETWORK_ROLES)))
