"""Who reads, in words."""

from cms.documents.enums import VisibilityLevel
from cms.documents.visibility.rules import Reach
from cms.users.roles import Role

COPIED = "Ce qui a été lu par tout le monde a pu être copié ailleurs : cela ne se reprend pas."


def reach_words(reach: Reach) -> str:
    """« Tout le monde, sans compte », « Certains métiers du réseau : Formation, Rédaction »."""
    words = str(VisibilityLevel(reach.level).label)
    if reach.roles:
        words += "\u00a0: " + ", ".join(sorted(str(Role(role).label) for role in reach.roles))
    if reach.with_older:
        words += ", versions d’avant comprises"
    return words
