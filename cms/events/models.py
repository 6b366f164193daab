"""Models of the app, by capability."""

from cms.events.feed.models import Event
from cms.events.software.models import SoftwareAccount
from cms.events.webhooks.models import Attempt, Channel, Delivery, Subscription

__all__ = ["Attempt", "Channel", "Delivery", "Event", "SoftwareAccount", "Subscription"]
