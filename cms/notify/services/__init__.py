"""Writing: the rota, what rings, what people are told, and the messages that leave."""

from cms.notify.services.duties import duty_add, duty_cancel, swap_answer, swap_propose, swap_withdraw
from cms.notify.services.obligations import (
    Owed,
    message_text_change,
    notification_choose,
    notification_close,
    notification_open,
    notification_owe,
    notifications_follow,
    notifications_read,
)
from cms.notify.services.rings import ring_acknowledge, ring_close, ring_open, ring_read, ring_seen
from cms.notify.services.scan import rings_scan, step_delivered
from cms.notify.services.sending import notifications_send

__all__ = [
    "Owed",
    "duty_add",
    "duty_cancel",
    "message_text_change",
    "notification_choose",
    "notification_close",
    "notification_open",
    "notification_owe",
    "notifications_follow",
    "notifications_read",
    "notifications_send",
    "ring_acknowledge",
    "ring_close",
    "ring_open",
    "ring_read",
    "ring_seen",
    "rings_scan",
    "step_delivered",
    "swap_answer",
    "swap_propose",
    "swap_withdraw",
]
