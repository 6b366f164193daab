"""Notifications of what happens to a request, in the transaction of the change."""

from cases.enums import MessageKind
from cases.requests.models import Sollicitation
from cms.notify.duty.selectors import people_on_call
from cms.notify.inbox.services.obligations import Recipient, notification_close, notification_owe
from cms.users.models import User

QUESTION = "request_question"
ADVICE = "request_advice"
REPLY = "request_reply"
MESSAGE = "request_message"
NEWS = "request_news"
OWED = {MessageKind.MORE: QUESTION, MessageKind.ADVICE: ADVICE, MessageKind.NEWS: NEWS}
"""What a message of the coordination is to the service that asked."""


def message_owe(sollicitation: Sollicitation, kind: MessageKind, by: User) -> None:
    """Notify whoever must answer a question, or read an advice, a reply or a message that nobody asked for."""
    if kind == MessageKind.REPLY:
        _service_wrote(sollicitation)
        return
    if kind != MessageKind.NEWS:  # who writes back has read
        for told in (REPLY, MESSAGE):
            notification_close(kind=told, object_id=sollicitation.pk)
    if sollicitation.submitted_by_id in (None, by.pk):
        return
    recipient = Recipient(
        object_id=sollicitation.pk, person_id=sollicitation.submitted_by_id, partner_id=sollicitation.requester_id
    )
    _owe(OWED[kind], recipient)


def _service_wrote(sollicitation: Sollicitation) -> None:
    """Notify who follows the request; a message that nobody asked for, and that nobody follows, the coordination."""
    is_answer = bool(notification_close(kind=QUESTION, object_id=sollicitation.pk))
    if is_answer and sollicitation.taken_by_id:
        _owe(REPLY, Recipient(object_id=sollicitation.pk, person_id=sollicitation.taken_by_id))
        return
    people = (
        [sollicitation.taken_by_id] if sollicitation.taken_by_id else people_on_call().values_list("pk", flat=True)
    )
    _owe(MESSAGE, *(Recipient(object_id=sollicitation.pk, person_id=pk) for pk in people))


def request_done(sollicitation: Sollicitation) -> None:
    """End what was awaited of a request that is closed."""
    for kind in (QUESTION, MESSAGE):
        notification_close(kind=kind, object_id=sollicitation.pk)


def _owe(kind: str, *recipients: Recipient) -> None:
    notification_owe(kind=kind, owed=recipients)
