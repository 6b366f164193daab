"""« Notifications » in the navigation of the portal, with what is not read."""

from cms.access import scope
from cms.access.panels import nav_register


def register() -> None:
    nav_register("Notifications", "inbox:list", order=90, badge=_badge)


def _badge() -> str:
    count = scope.current().unread
    return str(count) if count else ""
