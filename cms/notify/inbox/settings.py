"""Texts and hours of the messages, among what is set without a developer, and as a part of the configuration."""

from typing import Any

from django.urls import reverse

from cms.kit.words import actions_register
from cms.notify.duty.policies import manages_rota
from cms.notify.enums import DIGEST_HOUR, QUIET_FROM, QUIET_TO
from cms.notify.inbox.models import MessageText
from cms.notify.inbox.rules import notification_kind, notification_kinds
from cms.notify.inbox.services.obligations import message_text_change
from cms.notify.inbox.words import DIGEST, DIGEST_LABEL, text_of_code, texts_in_force
from cms.users.models import User
from cms.values.config import REASON, config_register
from cms.values.editable import LONGEST, Editable, Trail, Version, editable_register
from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    _delays()
    actions_register({"notify.text.change": "texte d’un message changé"})
    config_register("messages", "Textes des messages", texts_dump, texts_put, order=25)
    editable_register(
        Editable(
            code="messages",
            label="Textes des messages",
            effect="Ce que disent les courriels envoyés aux structures, aux services et à la coordination.",
            url=lambda: reverse("havre_texts:index"),
            group="Délais et messages",
            order=25,
            is_open=lambda user: manages_rota(),
            trail=Trail(
                kept=_kept,
                name=_name,
                words=lambda key, content: {"Objet": content["subject"], "Texte": content["body"]},
                restore=_restore,
                origin=_of_code,
                impact=_impact,
            ),
            part="messages",
            models=("notify.MessageText",),
        )
    )


def _delays() -> None:
    setting_register(
        QUIET_FROM,
        "Notifications : début des heures calmes",
        20,
        unit="h",
        help="Jusqu’à leur fin, les courriels qui peuvent attendre ne partent pas. L’astreinte et l’urgent partent.",
        most=23,
    )
    setting_register(
        QUIET_TO,
        "Notifications : fin des heures calmes",
        7,
        unit="h",
        help="Heure de Paris. La même heure au début et à la fin : pas d’heures calmes.",
        most=23,
    )
    setting_register(
        DIGEST_HOUR,
        "Notifications : heure du récapitulatif du matin",
        8,
        unit="h",
        help="Heure de Paris. Qui l’a choisi reçoit en un seul message tout ce qui l’attend.",
        most=12,
    )
    mails = "Vaut pour les messages à venir. Ceux qui sont partis ne changent pas."
    setting_still_register(**dict.fromkeys((QUIET_FROM, QUIET_TO, DIGEST_HOUR), mails))


def _kinds() -> list[str]:
    return sorted([*(spec.kind for spec in notification_kinds()), DIGEST])


def texts_dump() -> dict[str, dict[str, str]]:
    return {kind: {"subject": text.subject, "body": text.body} for kind, text in texts_in_force(_kinds()).items()}


def texts_put(content: dict[str, dict[str, str]], by: User) -> int:
    here = texts_dump()
    changed = {kind: text for kind, text in content.items() if here.get(kind) != text}
    for kind, text in changed.items():
        message_text_change(kind=kind, subject=text["subject"], body=text["body"], by=by, reason=REASON)
    return len(changed)


def _kept(key: str) -> list[Version]:
    rows = MessageText.objects.order_by("-written_at")
    rows = rows.filter(kind=key) if key else rows
    return [
        Version(str(row.pk), row.kind, {"subject": row.subject, "body": row.body}, row.written_at, row.written_by_id,
             row.reason)
        for row in rows[:LONGEST]
    ]  # fmt: skip


def _name(key: str) -> str:
    spec = notification_kind(key)
    return DIGEST_LABEL if key == DIGEST else spec.label if spec else key


def _of_code(key: str) -> Any:
    text = text_of_code(key)
    return {"subject": text.subject, "body": text.body} if text.body else None


def _impact(key: str, content: dict[str, str]) -> list[str]:
    return ["Les messages à venir diront ce texte ; ceux qui sont partis ne changent pas."]


def _restore(key: str, content: dict[str, str], reason: str, by: User) -> MessageText:
    return message_text_change(kind=key, by=by, reason=reason, **content)
