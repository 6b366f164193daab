"""What the mail of each kind says: a first text in code, reworded by the coordination, every version kept."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from cms.notify.inbox.models import MessageText
from cms.notify.inbox.rules import notification_kind

LINK, DAY, HOUR, CONTENT = "{lien}", "{jour}", "{heure}", "{contenu}"
"""What a text may hold: the address of the page, compulsory; the day when it is due, empty when there is none; its
hour (`due_words`); for kinds that have some, what each message says (a session and its half-days)."""
DIGEST = "digest"
DIGEST_SUBJECT = "Votre récapitulatif du matin"
DIGEST_BODY = (
    "Bonjour,\n\nCe qui vous attend ce matin :\n\n{liste}\n\nTout est dans votre boîte : {lien}\n\n"
    "Vous choisissez ce que vous recevez, et quand, dans « Mes notifications »."
)
ITEMS = "{liste}"


@dataclass(frozen=True)
class Text:
    subject: str
    body: str


def text_in_force(kind: str) -> Text:
    """Return the latest version, else the text of the code."""
    return texts_in_force([kind])[kind]


def texts_in_force(kinds: list[str]) -> dict[str, Text]:
    """Several at once, in one query."""
    rows = MessageText.objects.filter(kind__in=kinds).order_by("kind", "-written_at").distinct("kind")
    written = {row.kind: Text(row.subject, row.body) for row in rows}
    return {kind: written.get(kind) or text_of_code(kind) for kind in kinds}


def text_of_code(kind: str) -> Text:
    if kind == DIGEST:
        return Text(DIGEST_SUBJECT, DIGEST_BODY)
    spec = notification_kind(kind)
    return Text(spec.subject, spec.body) if spec else Text("", "")


def text_check(kind: str, subject: str, body: str) -> None:
    """Raise `ValidationError` beside its field: a message without its link leads nowhere."""
    spec = notification_kind(kind)
    own = {ITEMS} if kind == DIGEST else {CONTENT} if spec and spec.particulars else set()
    allowed = {LINK, DAY, HOUR} | own
    unknown = set(re.findall(r"\{[^}]*\}?", subject + body)) - allowed
    if re.search(r"[\r\n]", subject):
        raise ValidationError({"subject": "L’objet tient sur une ligne."})
    if unknown:
        raise ValidationError({"body": f"Ce repère n’existe pas : {', '.join(sorted(unknown))}."})
    markers = {LINK} | (own if CONTENT in text_of_code(kind).body or kind == DIGEST else set())
    if missing := sorted(mark for mark in markers if mark not in body):
        raise ValidationError({"body": f"Gardez le repère {' et '.join(missing)} : sans lui, le message ne dit rien."})


def text_fill(text: str, *, link: str, day: str = "", due: str = "", items: str = "", content: str = "") -> str:
    """Put the values in their places, and nothing else: a text is never run as a template. Content comes last: nothing
    in it is a place.
    """
    return (
        text.replace(LINK, link).replace(DAY, day).replace(HOUR, due).replace(ITEMS, items).replace(CONTENT, content)
    )


DIGEST_LABEL = "Récapitulatif du matin"
