"""Whether somebody else validates each version, and what proposing one is called on the screens."""

from cms.documents.enums import VALIDATION
from cms.kit.words import actions_register
from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    actions_register(
        {
            "documents.proposal.propose": "version proposée à la validation",
            "documents.proposal.validate": "version validée",
            "documents.proposal.return": "version renvoyée à son auteur",
            "documents.proposal.withdraw": "version proposée retirée",
        }
    )
    setting_register(
        VALIDATION,
        "Documents : une autre personne valide chaque version avant sa publication",
        False,
        help="La personne qui valide n’a rien écrit de ce qui change. Sans elle, la version n’est pas publiée. Qui "
        "lève cette règle y reste tenu : une autre personne publie.",
    )
    later = (
        "Vaut pour les versions à venir. Ce qui est publié le reste, et ce qui attend une validation l’attend encore."
    )
    setting_still_register(**{VALIDATION: later})
