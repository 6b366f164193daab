"""What people are told of a request, in the transaction of the change."""

from cases.enums import MessageKind, SollicitationState
from cases.notices.services import transition_done, transition_tell
from cases.requests.models import Sollicitation
from cases.requests.services.rings import urgency_rings

TOLD = {
    MessageKind.MORE: "request_question",
    MessageKind.ADVICE: "request_advice",
    MessageKind.NEWS: "request_news",
}
WRITTEN = ("request_reply", "request_message")
"""What a service writes: its answer to a question, or a message that nobody asked for."""


def request_received(sollicitation: Sollicitation) -> None:
    """Tell the coordination that a request waits; an urgent one rings instead (`ring_follow`)."""
    is_waiting = not sollicitation.is_test and sollicitation.state == SollicitationState.RECEIVED
    if is_waiting and not urgency_rings(sollicitation.urgency):
        transition_tell("request_received", object_id=sollicitation.pk, at=sollicitation.received_at)


def request_taken(sollicitation: Sollicitation) -> None:
    """Nobody is awaited to take it any more; the service knows who follows it."""
    transition_done("request_received", object_id=sollicitation.pk)
    transition_tell("request_taken", object_id=sollicitation.pk, at=sollicitation.received_at)


def message_owe(sollicitation: Sollicitation, kind: MessageKind) -> None:
    """Notify whoever must answer a question, or read an advice, an answer or a message that nobody asked for."""
    if kind == MessageKind.REPLY:
        is_answer = transition_done("request_question", object_id=sollicitation.pk)
        transition_tell("request_reply" if is_answer else "request_message", object_id=sollicitation.pk)
        return
    if kind != MessageKind.NEWS:  # who writes back has read
        for code in ("request_received", *WRITTEN):
            transition_done(code, object_id=sollicitation.pk)
    transition_tell(TOLD[kind], object_id=sollicitation.pk)


def request_done(sollicitation: Sollicitation) -> None:
    """End what was awaited of a request that is oriented or closed."""
    transition_done("request_received", object_id=sollicitation.pk)
    if sollicitation.state == SollicitationState.CLOSED:
        for code in ("request_question", *WRITTEN):
            transition_done(code, object_id=sollicitation.pk)
