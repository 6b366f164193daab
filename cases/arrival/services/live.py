"""A linking that is still under way, locked before it is written."""

from django.core.exceptions import ValidationError

from cases.arrival.models import Linking
from cases.common.services import lock

KIND = "linking"
OVER = "Cette mise en lien n’a plus cours."


def lock_live(linking: Linking) -> None:
    """Lock a linking; raise `ValidationError` once it is given up."""
    lock(linking)
    if linking.cancelled_at:
        raise ValidationError(OVER)
