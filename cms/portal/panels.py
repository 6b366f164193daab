"""The entry of the portal, and whom to call when it opens nothing else."""

from dataclasses import dataclass

from django.utils import timezone

from cms.navigation.registry import nav_condition_register, nav_register
from cms.portal.middleware import is_open_to
from cms.portal.selectors import memberships_of
from cms.users.models import User
from cms.wall import scope


@dataclass(frozen=True)
class Guidance:
    """What to say to a person who holds no role today."""

    title: str
    text: str


def guidance_for(user: User) -> Guidance | None:
    """Tell a person without any role what they can do here, and whom to call; `None` for everybody else."""
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


def register() -> None:
    nav_register("Accueil", "portal:home", order=0)
    nav_condition_register(is_open_to)
