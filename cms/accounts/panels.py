"""What the portal and the file of a partner show of accounts."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cms.accounts import selectors
from cms.kit.blocks import Action
from cms.navigation.registry import nav_register, panel_register
from cms.partners.book.admin.blocks import partner_action_register
from cms.partners.models import Partner
from cms.users.roles import Role
from cms.wall.scope import Scope


def team_counts(current: Scope) -> dict[str, QuerySet]:
    return {"count": selectors.team_to_review()}


def team_panel(current: Scope, members: Mapping[str, int]) -> dict:
    today = timezone.localdate()
    due_on = selectors.review_due_on(today)
    return {**members, "due_on": due_on, "is_late": due_on < today}


def invite_action(partner: Partner) -> Action:
    return Action("Inviter une personne", reverse("havre_accounts:invite", args=[partner.pk]))


def register() -> None:
    nav_register("Mon équipe", "accounts:team", order=15, roles=(Role.STRUCTURE_DIRECTOR,))
    directs = (Role.STRUCTURE_DIRECTOR,)
    panel_register("accounts/parts/panel_team.html", team_panel, order=45, roles=directs, counts=team_counts)
    partner_action_register(invite_action)
