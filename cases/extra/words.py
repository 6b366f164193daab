"""What is said of added fields: actions of the journal."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "cases.extra_field.create": "champ ajouté créé",
    "cases.extra_field.change": "champ ajouté modifié",
    "cases.extra_field.retire": "champ ajouté retiré",
    "cases.extra_field.return": "champ ajouté remis en service",
    "cases.extra_field.unseal_ask": "levée du scellé d’un champ demandée",
    "cases.extra_field.unseal_agree": "levée du scellé d’un champ accordée",
    "cases.extra_field.seal": "champ ajouté remis sous scellé",
    "cases.extra_field.require_ask": "réponse obligatoire demandée",
    "cases.extra_field.require_agree": "réponse obligatoire accordée",
    "cases.extra_field.require_dismiss": "demande de réponse obligatoire écartée",
    "cases.extra_field.require_undo": "accord d’une réponse obligatoire levé",
    "cases.extra_field.require": "réponse rendue obligatoire",
    "cases.extra_field.lift": "réponse rendue facultative",
    "cases.sollicitation.extra": "champs ajoutés remplis",
    "cases.case.extra": "champs ajoutés remplis",
}
"""Labels of the actions of the journal."""

SENTENCES = {
    "extrafield_required_by_two": "Une réponse ne devient obligatoire qu’à deux : demandez-le, une autre "
    "personne décide.",
    "extrafield_required_as_asked": "Une autre personne a décidé, ou décide, pour cette question telle qu’elle est : "
    "rechargez la page.",
    "extrarequirement_two_people": "Une autre personne que celle qui a demandé doit accorder cette réponse "
    "obligatoire.",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)
