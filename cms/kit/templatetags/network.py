"""What every page may say of the network without reading the database: pages of failures are among them."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def network_phone() -> str:
    """Return the number of the network's on-call, empty when the instance has none."""
    return settings.HAVRE_ON_CALL_PHONE
