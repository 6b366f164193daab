"""Documents shared on a question and on a committee, as the back office lists them."""

import uuid

from django.urls import reverse

from cms.files.selectors import attachments_of
from cms.files.words import size_words, title_of
from cms.kit.blocks import Action, Cell, Listing

QUESTION, COMMITTEE = "statequestion", "committee"
SPACES = {QUESTION: "question", COMMITTEE: "committee"}
"""How the addresses of each kind are called, in the portal and in the back office."""


def pieces_block(kind: str, pk: uuid.UUID) -> tuple[Listing, Action]:
    """Return the documents of a question or of a committee for the back office, and the action that adds one."""
    name = SPACES[kind]
    rows = list(attachments_of(kind=kind, object_id=pk))
    lines = [
        (
            Cell(title_of(row), reverse(f"dashboards:{name}_piece", args=[pk, row.pk])),
            f"{row.get_file_type_display()}, {size_words(row.size)}",
            f"{row.added_by}, le {row.added_at:%d/%m/%Y}",
        )
        for row in rows
    ]
    actions = [[Action("Retirer", reverse(f"dashboards:{name}_piece_remove", args=[pk, row.pk]))] for row in rows]
    add = Action("Partager un document", reverse(f"dashboards:{name}_piece_add", args=[pk]))
    return Listing(
        "Documents partagés", ("Document", "Fichier", "Partagé par"), lines, "Aucun document.", actions
    ), add
