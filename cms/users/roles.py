"""Roles, as code. A role of the network is a group; a role inside a partner is carried by a dated membership.

`sync_roles` writes the groups and their permissions from `GROUP_PERMISSIONS`; nothing else may edit them.
"""

from collections.abc import Iterable

from django.db import models


class Role(models.TextChoices):
    COORDINATION = "coordination", "Coordination"
    DIRECTION = "direction", "Direction du réseau"
    EDITOR = "editor", "Rédaction"
    TRAINER = "trainer", "Formation"
    DPO = "dpo", "Protection des données"
    TECH_ADMIN = "tech_admin", "Administration technique"
    STRUCTURE_DIRECTOR = "structure_director", "Direction de structure"
    STRUCTURE_EDUCATOR = "structure_educator", "Équipe de structure"
    STRUCTURE_DELEGATE = "structure_delegate", "Délégation de la direction de structure"
    REQUESTER = "requester", "Service demandeur"
    TRANSMITTER = "transmitter", "Transmetteur"
    STATE_READER = "state_reader", "État"


NETWORK_ROLES = {
    Role.COORDINATION,
    Role.DIRECTION,
    Role.EDITOR,
    Role.TRAINER,
    Role.DPO,
    Role.TECH_ADMIN,
}
"""Roles held for the whole network, through a group."""

MEMBERSHIP_ROLES = {
    Role.STRUCTURE_DIRECTOR,
    Role.STRUCTURE_EDUCATOR,
    Role.REQUESTER,
    Role.TRANSMITTER,
    Role.STATE_READER,
}
"""Roles held inside one partner, through a membership with dates."""

DELEGATED_ROLES = {Role.STRUCTURE_DELEGATE}
"""Roles that no membership names: an educator holds it while the direction delegates (`Membership.may_answer`)."""

ANSWERS = (Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_DELEGATE)
"""Who answers for a structure: proposals, free places, arrivals."""

SEES_ALL_CASES = {Role.COORDINATION, Role.DIRECTION}
"""Roles whose scope is every row about minors; everybody else holds grants."""

ADMIN = "wagtailadmin.access_admin"

_CRUD = ("add", "change", "view")
_BUSINESS = (
    "cases.case",
    "cases.sollicitation",
    "cases.orientation",
    "cases.linking",
    "cases.circuit",
    "cases.circuittemplate",
    "cases.unmetneed",
    "cases.placement",
    "cases.incident",
)
_NETWORK = ("partners.partner", "partners.convention", "partners.membership")


def _permissions(models_: Iterable[str], verbs: Iterable[str]) -> set[str]:
    return {f"{model.split('.')[0]}.{verb}_{model.split('.')[1]}" for model in models_ for verb in verbs}


_COORDINATION = (
    {ADMIN, "dashboards.view_indicators", "dashboards.export_indicators"}
    | _permissions(_BUSINESS + _NETWORK, _CRUD)
    | _permissions(("values.value",), _CRUD)
    | _permissions(("proconnect.accountrequest", "cases.unverifiedrequest", "cases.voicemessage"), ("change", "view"))
    | _permissions(("formation.session", "formation.supportact"), _CRUD)
)

GROUP_PERMISSIONS: dict[Role, set[str]] = {
    Role.COORDINATION: _COORDINATION,
    Role.DIRECTION: _COORDINATION,
    Role.EDITOR: {ADMIN},
    Role.TRAINER: {ADMIN},
    Role.DPO: {ADMIN},
    Role.TECH_ADMIN: {ADMIN},
}
"""Model permissions of each group. Rights on pages are given per branch of the tree, by `PAGE_PERMISSIONS`."""

MEDIA_ROLES = (Role.COORDINATION, Role.DIRECTION, Role.EDITOR)
"""Who adds and changes the images and files of the site."""

PAGE_PERMISSIONS: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.COORDINATION: {"accueil": ("add_page", "change_page", "publish_page")},
    Role.DIRECTION: {"accueil": ("add_page", "change_page", "publish_page")},
    Role.EDITOR: {"accueil": ("add_page", "change_page", "publish_page")},
    Role.TRAINER: {"formation": ("add_page", "change_page", "publish_page")},
}
"""Rights on a branch of pages, by the slug of its root; `accueil` is the site's home page."""
