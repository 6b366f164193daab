"""The register of processings as a text, to be completed by the network and kept with its other papers."""

from collections.abc import Iterator

from cms.data_rights.processings.rules import WITHOUT_PEOPLE, joined
from cms.data_rights.processings.selectors import Held, Kept, Sheet, sheets

HEAD = """# Registre des traitements

Article 30 du RGPD. Écrit par « manage.py processing_register » à partir des tables, des règles de lecture de la base
et des durées de conservation en vigueur : ne pas le corriger à la main, le relancer. Sur une instance, il dit les
durées que deux personnes y ont signées ; dans le dépôt, celles d’origine.

À compléter par le réseau, sur une page de garde : responsable du traitement et, s’il y a lieu, responsables
conjoints ; déléguée ou délégué à la protection des données ; hébergeur et autres sous-traitants, avec leurs contrats
(art. 28) ; date et signature. Les bases légales sont proposées : elles valent quand le réseau les a vérifiées.

## Ce qui vaut pour tous

- **Destinataires hors de l’Union** : aucun du fait du logiciel. Ce qui en sort : messages et appels sans nom ni lieu,
  identité des agents échangée avec ProConnect, sauvegardes chiffrées là où le réseau les met.
- **Sécurité** : une règle par ligne dans la base, identités et récits scellés, deuxième facteur, ouverture motivée,
  journal enchaîné, antivirus, sauvegardes chiffrées gardées 35 jours, effacement signé par deux personnes.
- **Origine** : les professionnels qui écrivent ; un enfant pour sa parole ; ProConnect pour l’identité d’un agent.
- **Décision automatisée** : aucune. La recherche de lieu classe et explique ; une personne choisit.
- **En clair, scellé** : colonnes de chaque table, avec les mots des écrans. Ce qui est scellé ne s’ouvre pas sans le
  trousseau, tenu hors de la base. « Les programmes du service » : la table n’a pas de règle par ligne, et aucun écran
  ne la montre à d’autres que ceux que ses droits nomment.
"""


def register_text() -> str:
    """Return the whole register, in Markdown."""
    return "\n".join(_lines(sheets())) + "\n"


def _lines(written: list[Sheet]) -> Iterator[str]:
    yield HEAD
    for number, sheet in enumerate(written, 1):
        yield from _sheet(number, sheet)
    yield "## Tables qui ne parlent de personne\n"
    for module, words in sorted(WITHOUT_PEOPLE.items(), key=lambda pair: pair[1]):
        yield f"- {words} ({module})"


def _sheet(number: int, sheet: Sheet) -> Iterator[str]:
    processing = sheet.processing
    yield f"## {number}. {processing.label}\n\n| | |\n|---|---|"
    yield f"| Finalité | {processing.purpose} |"
    yield f"| Base légale, à vérifier | {processing.basis} |"
    yield f"| Personnes concernées | {processing.people} |"
    yield f"| Destinataires | {processing.recipients} |"
    yield "\n| ce qui est gardé | en clair | scellé | qui lit, dans la base |\n|---|---|---|---|"
    yield from map(_table, sheet.tables)
    if sheet.libraries:
        counted = (f"{name} ({count})" for name, count in sorted(sheet.libraries.items()))
        yield f"\nEt les tables apportées par des bibliothèques : {joined(counted)}."
    if sheet.delays:
        yield "\n| durée de | à partir de | mois | à la fin | pourquoi | base |\n|---|---|---|---|---|---|"
        yield from map(_delay, sheet.delays)
    yield ""


def _table(held: Held) -> str:
    return f"| {held.label} | {joined(held.fields)} | {joined(held.sealed)} | {joined(held.readers)} |"


def _delay(kept: Kept) -> str:
    basis = kept.basis if kept.is_basis_verified else f"{kept.basis} (à vérifier)"
    return f"| {kept.label} | {kept.starting_point} | {kept.months} | {kept.deed.lower()} | {kept.reason} | {basis} |"
