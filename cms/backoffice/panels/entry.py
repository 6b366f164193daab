"""On the home page of the portal, the way to the administration."""

from cms.navigation.registry import panel_register
from cms.users.roles import NETWORK_ROLES, Role
from cms.wall.scope import Scope

ADMIN_WORK = {
    Role.COORDINATION: "Sollicitations, situations, partenaires et incidents se tiennent dans l’administration.",
    Role.DIRECTION: "Situations, partenaires, incidents et indicateurs du réseau se lisent dans l’administration.",
    Role.EDITOR: "Les pages du site et le référentiel se rédigent et se publient dans l’administration.",
    Role.TRAINER: "Les modules de formation se rédigent et se publient dans l’administration.",
    Role.DPO: "L’administration vous montre ce que votre mission demande. Aucune fiche de mineur n’y est ouverte.",
    Role.TECH_ADMIN: "L’administration vous donne les réglages techniques, sans aucune donnée sur les mineurs.",
}


def _admin(current: Scope) -> dict:
    return {"sentences": [sentence for role, sentence in ADMIN_WORK.items() if current.has_role(role)]}


def register() -> None:
    panel_register("backoffice/panels/entry.html", _admin, order=10, roles=tuple(sorted(NETWORK_ROLES)))
