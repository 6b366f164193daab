"""Who signs in, and what they may do: what their groups say, and nothing given to one person alone."""

import uuid

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from cms.users.models import User


class GroupsOnlyBackend(AuthenticationBackend):
    """The database refuses a permission given to one person (`rights_closed`): asking for them, at each request of
    the admin, would read an empty table.
    """

    def get_user(self, user_id: uuid.UUID) -> User | None:
        """Return the person with their choices of the admin, which each of its pages reads."""
        user = User.objects.select_related("wagtail_userprofile").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def _get_user_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.none()
