"""Who may read and take out the figures of the network."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from cms.users.models import User
from cms.wall import scope

VIEW = "dashboards.view_indicators"
EXPORT = "dashboards.export_indicators"


class PartialScopeError(PermissionDenied):
    """Figures were asked under a scope that does not see every row: they would be wrong."""


def figures_check(user: User | AnonymousUser, right: str = VIEW) -> None:
    """Raise `PermissionDenied` unless the account holds the right."""
    if not user.is_authenticated or not user.has_perm(right):
        raise PermissionDenied("Les chiffres du réseau sont réservés à la coordination et à la direction.")


def whole_scope_check() -> None:
    """Raise `PartialScopeError` unless every row is in sight."""
    if scope.current().system != scope.FIGURES.name:
        raise PartialScopeError("Les chiffres se calculent sur toutes les fiches, ou pas du tout.")
