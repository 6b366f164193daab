"""What the page of a file says of its end: until when it is kept, and why."""

import uuid

from cms.kit.blocks import Facts
from cms.kit.words import day
from cms.retention.enums import Deed
from cms.retention.selectors import RetentionDate, duration_words, retention_of


def kept_until(date: RetentionDate) -> str:
    """One sentence: « Conservé jusqu’au 3 mars 2029, puis rendu anonyme. »"""
    if date.forgotten_at:
        done = "Rendu anonyme" if date.deed == Deed.ANONYMISE else "Détruit"
        return f"{done} le {day(date.forgotten_at)}."
    if date.is_held:
        return "Conservation forcée : rien ne part tant qu’elle n’est pas levée."
    if date.due_on is None:
        return f"Pas de date tant que rien n’est terminé ; ensuite {duration_words(date.months)}."
    return f"Conservé jusqu’au {day(date.due_on)}, puis {Deed(date.deed).label}."


def kept_because(date: RetentionDate) -> str:
    """Why, in the words of the rule; a law that nobody verified is told as such."""
    basis = ""
    if date.basis:
        basis = f" {date.basis}." if date.is_basis_verified else f" Base légale à vérifier : {date.basis}."
    return f"{duration_words(date.months).capitalize()} après {date.starting_point}. {date.reason}{basis}"


def retention_block(object_kind: str, object_id: uuid.UUID) -> Facts:
    rows = []
    for date in retention_of(object_kind, object_id):
        label = date.label[0].upper() + date.label[1:]
        rows += [(label, kept_until(date)), ("Pourquoi", kept_because(date))]
    return Facts("Jusqu’à quand ce dossier est conservé", rows, is_aside=True)
