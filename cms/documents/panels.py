"""Documents in the navigation of the portal."""

from cms.access.panels import nav_register


def register() -> None:
    nav_register("Documents", "documents:index", order=45)
