"""Documents as rows, in words: who signs, whom a step would bind."""

from cms.documents.enums import KindStep, Signer
from cms.documents.kinds.models import KindDecision
from cms.documents.kinds.selectors import bound_by, concerned, signatures_held
from cms.documents.versions.models import Document

SHORT = {
    Signer.STRUCTURES: "les structures",
    Signer.UNITS: "les unités",
    Signer.SERVICES: "les services demandeurs",
    Signer.NOBODY: "personne : on le lit",
}
PARTNERS = {
    Signer.STRUCTURES: ("structure sous convention", "structures sous convention"),
    Signer.UNITS: ("unité de police ou de gendarmerie", "unités de police ou de gendarmerie"),
    Signer.SERVICES: ("service demandeur", "services demandeurs"),
}


def counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count < 2 else many}"


def bound_words(signed_by: str) -> str:
    """« 12 structures sous convention auraient à signer. 15 personnes seraient prévenues. Dans 2, personne ne signe
    encore : à régler d’abord. »
    """
    found = bound_by(signed_by)
    names = PARTNERS[Signer(signed_by)]
    if not found.partners:
        return f"Aucune signature ne serait demandée aujourd’hui : 0 {names[0]}."
    words = (
        f"{counted(found.partners, *names)} {'aurait' if found.partners < 2 else 'auraient'} à signer. "
        f"{counted(found.people, 'personne serait prévenue', 'personnes seraient prévenues')}."
    )
    if found.without:
        words += f" Pour {found.without}, personne n’a encore la signature : donnez-la d’abord."
    return words


def step_words(document: Document, step: str, signed_by: str = "") -> str:
    """Say what a step would move, counted now."""
    if step == KindStep.SIGN:
        return bound_words(signed_by)
    if step == KindStep.ALONE:
        return "Une seule personne pourrait publier une version, sauf si le réglage du réseau demande une validation."
    count = signatures_held(document)
    return (
        f"{counted(count, 'partenaire l’a signé', 'partenaires l’ont signé')} : les signatures et les reçus restent, "
        "plus rien ne se signe ni ne se publie."
    )


def decision_words(row: KindDecision) -> str:
    """« Le faire signer : les structures », then what it would move, counted when asked and now."""
    what = str(KindStep(row.step).label).capitalize()
    who = f" : {SHORT[Signer(row.signed_by)]}" if row.signed_by else ""
    count = concerned(row.document, row.step, row.signed_by)
    then = f" À la demande : {row.asked_count}." if count != row.asked_count else ""
    return f"{what}{who}. {step_words(row.document, row.step, row.signed_by)}{then}"
