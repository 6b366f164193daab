"""« Notifications » in the navigation of the portal, with what is not read."""

from cms.navigation.registry import nav_register
from cms.wall import scope


def register() -> None:
    nav_register("Notifications", "inbox:list", order=90, badge=_badge)


def _badge() -> str:
    count = scope.current().unread
    return str(count) if count else ""
