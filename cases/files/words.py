"""What is said of the file of a minor: actions of the journal, and what constraints refuse."""

from django.utils import timezone

from cases.files.models import MinorFacts
from cases.files.rules import birth_of
from cms.columns.rules.columns import Target, target_register
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "cases.case.open": "situation ouverte",
    "cases.case.update": "faits changés",
    "cases.case.forms": "formes d’exploitation changées",
    "cases.case.close": "situation close",
    "cases.people_to_avoid.write": "personnes à éviter écrites",
    "cases.case.needs": "besoins ou langues changés",
    "cases.keep_away.add": "lieu à éviter ajouté",
    "cases.keep_away.lift": "lieu à éviter levé",
    "cases.legal_frame.set": "cadre juridique en vigueur",
    "cases.legal_frame.decide": "décision du cadre juridique notée",
    "cases.legal_frame.met": "démarche du cadre juridique faite",
    "cases.legal_frame.replace": "cadre juridique remplacé",
    "cases.merge.ask": "rapprochement de dossiers demandé",
    "cases.merge.agree": "rapprochement de dossiers accordé",
    "cases.merge.dismiss": "rapprochement de dossiers refusé",
    "cases.merge.undo": "rapprochement de dossiers défait",
    "cases.apart.say": "dossiers dits de deux mineurs distincts",
    "cases.apart.lift": "dossiers à nouveau comparables",
    "cases.duplicates.read": "doublons possibles consultés",
    "cases.names.enter": "empreintes de noms recalculées",
    "cases.identity.write": "identité écrite sous scellé",
    "cases.identity.give": "identité dite par un service ou une structure",
    "cases.identity.take": "identité dite reprise sous scellé",
    "case.search": "recherche par nom exact",
    "cases.access.read": "droits et accès consultés",
    "cases.identity.read": "identité consultée",
}
"""Labels of the actions of the journal."""
SENTENCES = {
    "casemerge_once": "Un rapprochement de ces deux dossiers est déjà demandé ou en vigueur.",
}
"""Messages of the constraints, the same whether the conflicting row may be seen or not."""


def register() -> None:
    target_register("cases.Case", Target(("reference",)))
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


def age_today(facts: MinorFacts) -> int | None:
    birth = birth_of(facts)
    return birth.age_on(timezone.localdate()) if birth else None
