"""What the page of a file says of its end: until when it is kept, and why."""

import uuid

from cms.kit.blocks import Facts
from cms.kit.words import day
from cms.retention.enums import Deed
from cms.retention.selectors import RetentionDate, duration_words, retention_of


def kept_until(kept: RetentionDate) -> str:
    """One sentence: « Conservé jusqu’au 3 mars 2029, puis rendu anonyme. »"""
    if kept.forgotten_at:
        done = "Rendu anonyme" if kept.deed == Deed.ANONYMISE else "Détruit"
        return f"{done} le {day(kept.forgotten_at)}."
    if kept.is_held:
        return "Conservation forcée : rien ne part tant qu’elle n’est pas levée."
    if kept.due_on is None:
        return f"Pas de date tant que rien n’est terminé ; ensuite {duration_words(kept.months)}."
    return f"Conservé jusqu’au {day(kept.due_on)}, puis {Deed(kept.deed).label}."


def kept_because(kept: RetentionDate) -> str:
    """Why, in the words of the rule; a law that nobody verified is told as such."""
    basis = ""
    if kept.basis:
        basis = f" {kept.basis}." if kept.is_basis_verified else f" Base légale à vérifier : {kept.basis}."
    return f"{duration_words(kept.months).capitalize()} après {kept.starting_point}. {kept.reason}{basis}"


def retention_block(object_kind: str, object_id: uuid.UUID) -> Facts:
    rows = []
    for kept in retention_of(object_kind, object_id):
        label = kept.label[0].upper() + kept.label[1:]
        rows += [(label, kept_until(kept)), ("Pourquoi", kept_because(kept))]
    return Facts("Jusqu’à quand ce dossier est conservé", rows)
