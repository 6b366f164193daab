"""What the settings of every capability share."""

from cms.users.models import User
from cms.wall import scope

GROUP = "Accueil et protection"


def open_to_managers(user: User) -> bool:
    return scope.current().sees_all_cases()
