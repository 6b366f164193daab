"""Who signs in, and what they may do: what their groups say, and nothing given to one person alone."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet

from cms.users.models import User


class GroupsOnlyBackend(AuthenticationBackend):
    """The database refuses a permission given to one person (`rights_closed`): asking for them, at each request of
    the admin, would read an empty table.
    """

    def _get_user_permissions(self, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.none()
