"""Notifications of what happens to a request, in the transaction of the change."""

from cases.enums import MessageKind
from cases.requests.models import Sollicitation
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.users.models import User

QUESTION = "request_question"
ADVICE = "request_advice"
REPLY = "request_reply"


def message_owe(sollicitation: Sollicitation, kind: MessageKind, by: User) -> None:
    """Notify whoever must answer a question, or read an advice or a reply."""
    if kind == MessageKind.REPLY:
        notification_close(kind=QUESTION, object_id=sollicitation.pk)
        if sollicitation.taken_by_id:
            _owe(REPLY, Recipient(object_id=sollicitation.pk, person_id=sollicitation.taken_by_id))
        return
    if sollicitation.submitted_by_id in (None, by.pk):
        return
    recipient = Recipient(
        object_id=sollicitation.pk, person_id=sollicitation.submitted_by_id, partner_id=sollicitation.requester_id
    )
    _owe(QUESTION if kind == MessageKind.MORE else ADVICE, recipient)


def request_done(sollicitation: Sollicitation) -> None:
    """End what was awaited of a request that is closed."""
    notification_close(kind=QUESTION, object_id=sollicitation.pk)


def _owe(kind: str, recipient: Recipient) -> None:
    notification_owe(kind=kind, owed=[recipient])
