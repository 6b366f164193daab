"""Documents among the settings of the coordination, and what the journal calls their changes."""

from typing import Any

from django.urls import reverse

from cms.documents.enums import KindStep, Signer
from cms.documents.kinds.selectors import FACTS, decision_waiting, kind_facts
from cms.documents.kinds.services import (
    PART,
    document_change,
    document_create,
    document_retire,
    document_unsign,
    document_validate,
    kind_ask,
)
from cms.documents.kinds.words import SHORT
from cms.documents.versions.models import Document
from cms.kit.words import actions_register
from cms.users.models import User
from cms.users.roles import Role
from cms.values.config import REASON, config_register
from cms.values.editable import Editable, Trail, editable_register, kept_of_part


def register() -> None:
    editable_register(_documents())
    config_register(PART, "Documents à lire ou à signer", kinds_dump, kinds_load, order=36)
    actions_register(
        {
            "documents.kind.create": "document ajouté",
            "documents.kind.change": "document modifié",
            "documents.kind.sign": "document à signer",
            "documents.kind.unsign": "document qui ne se signe plus",
            "documents.kind.validate": "versions d’un document validées à deux",
            "documents.kind.alone": "versions d’un document publiées par une personne",
            "documents.kind.retire": "document retiré",
            "documents.kind.return": "document remis en service",
            "documents.kind.decision_ask": "décision sur un document demandée",
            "documents.kind.decision_agree": "décision sur un document accordée",
            "documents.kind.decision_dismiss": "décision sur un document écartée",
            "documents.kind.decision_undo": "décision sur un document levée",
        }
    )


def _documents() -> Editable:
    return Editable(
        code="documents",
        label="Documents à lire ou à signer",
        effect="Les chartes, protocoles et procédures du réseau : qui les signe, dans quel délai, qui les lit, où ils "
        "se montrent.",
        url=lambda: reverse("documents_kinds"),
        group="Formulaires et listes",
        order=13,
        is_open=lambda user: user.has_perm("values.change_value"),
        trail=Trail(
            kept=kept_of_part(PART),
            name=lambda key: str(Document.objects.filter(kind=key).first() or key),
            words=_words,
            restore=_restore,
        ),
        part=PART,
        models=("documents.Document", "documents.Visibility"),
    )


def _words(key: str, content: dict[str, Any]) -> dict[str, str]:
    delay = content["ack_days"]
    return {
        "Titre": content["title"],
        "Qui signe": SHORT[Signer(content["signed_by"])],
        "Délai": f"{delay} jours" if delay else "celui des réglages",
        "Rappels": "oui" if content["is_reminded"] else "non",
        "Carte sur l’accueil": "oui" if content["is_on_home"] else "non",
        "Validation": "par une autre personne" if content["is_validated"] else "selon le réglage",
        "Qui lit": ", ".join(str(Role(role).label) for role in content["read_by"]) or "selon « Qui lit quoi »",
        "État": "retiré" if content["is_retired"] else "en service",
    }


def _restore(key: str, content: dict[str, Any], reason: str, by: User) -> Document:
    """Restore what one person may change. Who signs, who validates and the retirement have their own actions."""
    row = Document.objects.get(kind=key)
    return document_change(document=row, by=by, reason=reason, **{name: content[name] for name in FACTS})


def kinds_dump() -> dict[str, Any]:
    return {row.kind: kind_facts(row) for row in Document.objects.order_by("kind")}


def kinds_load(content: dict[str, Any], by: User) -> int:
    """Import the documents of a file. What takes two people is asked here, and waits for the second one; texts are
    published, and are in no file.
    """
    return sum(_put(kind, item, Document.objects.filter(kind=kind).first(), by) for kind, item in content.items())


def _put(kind: str, item: dict[str, Any], row: Document | None, by: User) -> bool:
    facts = {name: item[name] for name in FACTS}
    if row is None:
        if item["is_builtin"]:
            return False
        made = {"kind": kind, "is_validated": item["is_validated"], "roles": item["read_by"]}
        row = document_create(by=by, reason=REASON, **made, **facts)
        return _steps_put(item, row, by) or True
    is_changed = {name: getattr(row, name) for name in FACTS} != facts
    if is_changed:
        row = document_change(document=row, by=by, reason=REASON, **facts)
    if item["is_validated"] and not row.is_validated:
        row, is_changed = document_validate(document=row, by=by, reason=REASON), True
    return _steps_put(item, row, by) or is_changed


def _steps_put(item: dict[str, Any], row: Document, by: User) -> bool:
    """Free at once what the file frees, and ask for what binds: nothing does until another person agrees here."""
    if row.is_builtin or row.retired_on or decision_waiting(row):
        return False
    if item["is_retired"]:
        return bool(document_retire(document=row, by=by, reason=REASON))
    signed_by = item["signed_by"]
    if signed_by == row.signed_by:
        return False
    if row.must_be_acknowledged:
        row = document_unsign(document=row, by=by, reason=REASON)
    if signed_by != Signer.NOBODY:
        kind_ask(document=row, step=KindStep.SIGN, signed_by=signed_by, reason=REASON, by=by)
    return True
