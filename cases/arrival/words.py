"""What is missing before an arrival, said to people. The codes come from `linking_missing`, in the database."""

from collections.abc import Iterable

from django.urls import reverse

from cases.arrival.enums import Party
from cases.arrival.models import Linking
from cases.common.words import soon
from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register
from cms.values.models import Value

AGREEMENT, CHECK, FINANCE, DECISION = "agreement", "check", "finance", "decision"
AGREEMENTS = {
    Party.REQUESTER: "l’accord du service gardien",
    Party.STRUCTURE: "l’accord de la structure",
    Party.NETWORK: "l’accord de la coordination",
}
ACTIONS = {
    "cases.linking.open": "mise en lien ouverte",
    "cases.linking.agree": "accord de mise en lien donné",
    "cases.linking.answer": "réponse d’une partie notée",
    "cases.linking.guardian": "service gardien nommé",
    "cases.linking.pay": "accord de l’autorité qui paie donné",
    "cases.linking.checks": "protocole de sécurité changé",
    "cases.linking.finance": "accord financier écrit",
    "cases.linking.waive": "arrivée permise par dérogation",
    "cases.linking.cancel": "mise en lien abandonnée",
    "cases.linking.arrive": "arrivée sous cette mise en lien",
    "cases.journey.write": "acheminement écrit",
    "cases.journey.share": "acheminement transmis",
    "cases.journey.read": "acheminement consulté",
}
"""What the actions of the journal are called on the screens."""
SENTENCES = {
    "placement_linked": "Avant l’arrivée, complétez la mise en lien, ou dites pourquoi l’arrivée n’attend pas.",
    "linking_same_case": "Cette mise en lien concerne une autre situation, ou une autre structure.",
    "linking_frozen": "Cette mise en lien ne se modifie plus ainsi.",
    "linking_one_waiting": "Une mise en lien est déjà ouverte avec cette structure.",
    "linkingagreement_once": "Cet accord est déjà donné.",
    "payeragreement_once": "Cet accord financier est déjà validé.",
}
"""What the constraints say to people, the same whether the row in the way may be seen or not."""


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(**SENTENCES)


def missing_words(missing: Iterable[str]) -> list[str]:
    """Return what is missing in words: agreements, then the points of the security protocol by their name."""
    codes = [code.partition(":")[::2] for code in missing]
    points = [f"protocole_securite:{name}" for kind, name in codes if kind == CHECK]
    labels = Value.objects.filter(pk__in=points).order_by("position").values_list("label", flat=True) if points else ()
    return [
        *(["la décision du magistrat ou de l’ASE"] if (DECISION, "") in codes else []),
        *(words for party, words in AGREEMENTS.items() if (AGREEMENT, party.value) in codes),
        *(["l’accord financier"] if (FINANCE, "") in codes else []),
        *(f"«\u00a0{label}\u00a0»" for label in labels),
    ]


def missing_in_short(missing: Iterable[str]) -> str:
    """Return `missing_words` in one line: points of the protocol are counted, since the file lists them below."""
    codes = list(missing)
    points = sum(code.startswith(f"{CHECK}:") for code in codes)
    words = missing_words(code for code in codes if not code.startswith(f"{CHECK}:"))
    if points:
        words.append(
            f"{points} points du protocole de sécurité" if points > 1 else "un point du protocole de sécurité"
        )
    return ", ".join(words) or "rien"


def euros(cents: int | None) -> str:
    """Return a price, stored in whole cents, as « 185,50 € »."""
    if cents is None:
        return ""
    whole = f"{cents // 100:,}".replace(",", "\u202f")
    return f"{whole},{cents % 100:02d}\u00a0€"


def linking_line(linking: Linking) -> dict:
    arrived = "La convention a changé : relisez-la" if linking.is_again else "Le jeune est arrivé par dérogation"
    return {
        "label": "Donner votre accord à un accueil",
        "url": reverse("cases:linking", args=[linking.pk]),
        "hint": arrived if linking.placement_id else "L’arrivée attend cet accord",
        "due": f"mise en lien ouverte le {soon(linking.opened_at)}",
        "badge_label": "À régulariser" if linking.placement_id else "À signer",
        "badge_tone": "danger" if linking.placement_id else "warning",
    }
