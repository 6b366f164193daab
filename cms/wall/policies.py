"""What the admin may offer on a walled model: signposts that repeat, for menus and buttons, what the wall decides."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from cms.users.models import User
from cms.wall import scope

Account = User | AnonymousUser
READING = ("add", "change", "view")
"""Holding one of these on a model opens its list."""


class ScopedPolicy(ModelPermissionPolicy):
    """Rights of a role on the model, and the row seen through the wall. Nobody deletes.

    The wall answers for whoever acts: asked about somebody else, the policy answers no.
    """

    def user_has_permission(self, user: Account, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Account, actions: Iterable[str]) -> bool:
        return super().user_has_any_permission(user, set(actions) - {"delete"})

    def instances_user_has_any_permission_for(self, user: Account, actions: Iterable[str]) -> QuerySet:
        if user.pk != scope.current().user_id or not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        return self.model._default_manager.all()

    def user_has_permission_for_instance(self, user: Account, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Account, actions: Iterable[str], instance: Model) -> bool:
        """Asks the row of the database: an unsaved form may already carry the id of another partner."""
        return self.instances_user_has_any_permission_for(user, actions).filter(pk=instance.pk).exists()
