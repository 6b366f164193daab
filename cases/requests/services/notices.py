"""Who is told of what happens to a request, in the transaction that makes it happen."""

from cases.enums import MessageKind
from cases.requests.models import Sollicitation
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.users.models import User

QUESTION = "request_question"
ADVICE = "request_advice"
REPLY = "request_reply"


def message_owe(sollicitation: Sollicitation, kind: MessageKind, by: User) -> None:
    """A question waits for an answer; an advice and an answer wait to be read."""
    if kind == MessageKind.REPLY:
        notification_close(kind=QUESTION, object_id=sollicitation.pk)
        if sollicitation.taken_by_id:
            _owe(REPLY, Recipient(object_id=sollicitation.pk, person_id=sollicitation.taken_by_id))
        return
    if sollicitation.submitted_by_id in (None, by.pk):
        return
    told = Recipient(
        object_id=sollicitation.pk, person_id=sollicitation.submitted_by_id, partner_id=sollicitation.requester_id
    )
    _owe(QUESTION if kind == MessageKind.MORE else ADVICE, told)


def request_done(sollicitation: Sollicitation) -> None:
    """Closed: no answer is awaited any more."""
    notification_close(kind=QUESTION, object_id=sollicitation.pk)


def _owe(kind: str, owed: Recipient) -> None:
    notification_owe(kind=kind, owed=[owed])
