"""Writing: the rota, what rings, and the messages that leave."""

from cms.notify.services.duties import duty_add, duty_cancel, swap_answer, swap_propose, swap_withdraw
from cms.notify.services.rings import ring_acknowledge, ring_close, ring_open, ring_read, ring_seen
from cms.notify.services.scan import rings_scan, step_delivered

__all__ = [
    "duty_add",
    "duty_cancel",
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
