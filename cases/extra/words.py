"""What is said of added fields: actions of the journal."""

from cms.kit.words import actions_register

ACTIONS = {
    "cases.extra_field.create": "champ ajouté créé",
    "cases.extra_field.change": "champ ajouté modifié",
    "cases.extra_field.retire": "champ ajouté retiré",
    "cases.extra_field.return": "champ ajouté remis en service",
    "cases.extra_field.unseal_ask": "levée du scellé d’un champ demandée",
    "cases.extra_field.unseal_agree": "levée du scellé d’un champ accordée",
    "cases.extra_field.seal": "champ ajouté remis sous scellé",
    "cases.sollicitation.extra": "champs ajoutés remplis",
    "cases.case.extra": "champs ajoutés remplis",
}
"""Labels of the actions of the journal."""


def register() -> None:
    actions_register(ACTIONS)
