"""What the publication of a version is called on the screens."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register({"documents.version.publish": "version publiée"})
