"""On-call, and what people are told: who is on duty, what rings, what became of each message."""

from cms.notify.duty.models import Duty, DutySwap, Ring, RingStep
from cms.notify.inbox.models import MessageText, NotificationChoice, Obligation, Sending

__all__ = [
    "Duty",
    "DutySwap",
    "MessageText",
    "NotificationChoice",
    "Obligation",
    "Ring",
    "RingStep",
    "Sending",
]
